//! A row of any table, and its one spelling as a line of text: that of PostgreSQL's `copy`, so that other tools can read it.
//!
//! Equal rows have equal lines whichever engine they come from: checksums of lines can be compared.

use std::fmt::Write;

use super::layout::{Column, Kind};
use crate::StoreError;

/// A value of any column. Values of one column are ordered as the databases order them: texts byte by byte.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Value {
    /// No value.
    Null,
    /// A `bigint`.
    Integer(i64),
    /// A `double precision`.
    Real(f64),
    /// A `text`.
    Text(String),
    /// A `boolean`.
    Flag(bool),
}

impl Value {
    /// What it is, if it is a number without a fraction.
    pub(super) fn integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    /// What it is, if it is a number with a fraction.
    pub(super) fn real(&self) -> Option<f64> {
        if let Self::Real(number) = self { Some(*number) } else { None }
    }

    /// What it is, if it is a text.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// What it is, if it is yes or no.
    pub(super) fn flag(&self) -> Option<bool> {
        if let Self::Flag(flag) = self { Some(*flag) } else { None }
    }
}

/// A row's values, in the order of its table's columns.
pub type Row = Vec<Value>;

/// Adds a row as a line, with its end, to a text.
pub fn encode(row: &[Value], line: &mut String) {
    for (place, value) in row.iter().enumerate() {
        if place > 0 {
            line.push('\t');
        }
        match value {
            Value::Null => line.push_str("\\N"),
            Value::Integer(number) => write!(line, "{number}").unwrap_or_default(),
            // Negative zero is zero: SQLite does not tell them apart. Otherwise the shortest text that is read back bit by bit.
            Value::Real(number) => {
                write!(line, "{:?}", if *number == 0.0 { 0.0 } else { *number }).unwrap_or_default()
            }
            Value::Flag(flag) => line.push(if *flag { 't' } else { 'f' }),
            Value::Text(text) => escape(text, line),
        }
    }
    line.push('\n');
}

fn escape(text: &str, line: &mut String) {
    for character in text.chars() {
        match character {
            '\\' => line.push_str("\\\\"),
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            other => line.push(other),
        }
    }
}

/// Reads what [`encode`] wrote, without the line's end.
///
/// # Errors
/// [`StoreError::Corrupt`] if it is no row of these columns.
pub fn decode(line: &str, columns: &[Column]) -> Result<Row, StoreError> {
    let cells: Vec<&str> = line.split('\t').collect();
    if cells.len() != columns.len() {
        return Err(StoreError::Corrupt(format!("a line of {} values, not {}", cells.len(), columns.len())));
    }
    cells.iter().zip(columns).map(|(cell, column)| value(cell, column)).collect()
}

fn value(cell: &str, column: &Column) -> Result<Value, StoreError> {
    if cell == "\\N" {
        return Ok(Value::Null);
    }
    let read = match column.kind {
        Kind::Integer => cell.parse().ok().map(Value::Integer),
        Kind::Real => cell.parse().ok().map(Value::Real),
        Kind::Flag => match cell {
            "t" => Some(Value::Flag(true)),
            "f" => Some(Value::Flag(false)),
            _ => None,
        },
        Kind::Text => unescape(cell).map(Value::Text),
    };
    read.ok_or_else(|| StoreError::Corrupt(format!("column {}: {cell:?} is no {}", column.name, column.kind)))
}

fn unescape(cell: &str) -> Option<String> {
    let mut text = String::with_capacity(cell.len());
    let mut characters = cell.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => match characters.next()? {
                '\\' => '\\',
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            other => other,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(kinds: &[Kind]) -> Vec<Column> {
        kinds.iter().map(|&kind| Column { name: "one".to_owned(), kind, late: false }).collect()
    }

    #[test]
    fn what_is_written_is_read_back_bit_by_bit() {
        let kinds = columns(&[Kind::Integer, Kind::Real, Kind::Text, Kind::Flag, Kind::Text]);
        for real in [0.1 + 0.2, 1e300, -1e-300, 5e-324, 1.0, f64::MAX, f64::INFINITY] {
            let text = "a\tb\\N\nc\r\\t ß 🐕".to_owned();
            let row = vec![
                Value::Integer(i64::MIN),
                Value::Real(real),
                Value::Text(text),
                Value::Flag(true),
                Value::Null,
            ];
            let mut line = String::new();
            encode(&row, &mut line);
            assert_eq!(line.matches(['\n', '\r']).count(), 1, "{line:?}");
            assert_eq!(decode(line.trim_end_matches('\n'), &kinds).unwrap(), row);
        }
    }

    #[test]
    fn a_text_that_looks_like_no_value_stays_a_text() {
        let mut line = String::new();
        encode(&[Value::Text("\\N".to_owned()), Value::Text(String::new())], &mut line);
        assert_eq!(line, "\\\\N\t\n");
        let read = decode("\\\\N\t", &columns(&[Kind::Text, Kind::Text])).unwrap();
        assert_eq!(read, [Value::Text("\\N".to_owned()), Value::Text(String::new())]);
    }

    #[test]
    fn the_two_zeros_are_one() {
        let (mut one, mut other) = (String::new(), String::new());
        encode(&[Value::Real(0.0)], &mut one);
        encode(&[Value::Real(-0.0)], &mut other);
        assert_eq!(one, other);
    }

    #[test]
    fn what_is_no_row_of_the_table_is_refused_with_what_is_wrong() {
        let kinds = columns(&[Kind::Integer, Kind::Flag]);
        for (line, words) in
            [("1", "1 values"), ("1\tt\tf", "3 values"), ("x\tt", "\"x\" is no"), ("1\tyes", "yes")]
        {
            let error = decode(line, &kinds).unwrap_err().to_string();
            assert!(error.contains(words), "{line}: {error}");
        }
        assert!(decode("a\\", &columns(&[Kind::Text])).is_err());
        assert!(decode("a\\q", &columns(&[Kind::Text])).is_err());
    }
}
