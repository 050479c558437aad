//! Reads of many rows as one JSON text: SQLite's driver makes an object of every value, which takes longer than to find it.

use std::fmt;

use serde::de::{DeserializeOwned, Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::text::Text;

/// SQLite's select of all rows as one JSON array. What a row has is written as `array(…)`, with arrays in it for structs in structs.
pub fn packed(row: &str, from: &str) -> String {
    format!("select json_group_array({}) {from}", row.replace("array(", "json_array("))
}

/// PostgreSQL's select of the same, row by row, which is faster there.
pub fn plain(row: &str, from: &str) -> String {
    format!("select {} {from}", row.replace("array(", "").replace(')', ""))
}

/// Rows of a transaction, in no order: `row` and `from` as for [`packed`](crate::packed::packed), and what binds the parameters.
macro_rules! packed_rows {
    ($tx:expr, $row:expr, $from:expr, |$query:ident| $bound:expr) => {{
        let outcome = match &mut $tx.connection {
            $crate::tx::TxConnection::Sqlite(pooled) => {
                let sql = sqlx::AssertSqlSafe($crate::packed::packed($row, &$from));
                let $query = sqlx::query_scalar(sql);
                let text: Result<String, sqlx::Error> = $bound.fetch_one(&mut **pooled).await;
                text.and_then(|text| $crate::packed::unpacked(&text))
            }
            $crate::tx::TxConnection::Postgres(pooled) => {
                let sql = sqlx::AssertSqlSafe($crate::packed::plain($row, &$from));
                let $query = sqlx::query_as(sql);
                $bound.fetch_all(&mut **pooled).await
            }
        };
        $tx.noted(outcome)
    }};
}

/// The rows in such a text. Fails where a value is none of its column's.
pub fn unpacked<T: DeserializeOwned>(list: &str) -> Result<Vec<T>, sqlx::Error> {
    serde_json::from_str(list)
        .map_err(|error| sqlx::Error::Decode(format!("{error} in {}", excerpt(list, &error)).into()))
}

/// Some characters around what is wrong.
fn excerpt<'l>(list: &'l str, error: &serde_json::Error) -> &'l str {
    const AROUND: usize = 60;
    let (from, to) = (error.column().saturating_sub(AROUND), error.column() + AROUND);
    let inside = |place: usize| list.floor_char_boundary(place.min(list.len()));
    list.get(inside(from)..inside(to)).unwrap_or_default()
}

/// Yes or no, which SQLite spells 1 or 0.
struct Flag(bool);

impl<'d> Deserialize<'d> for Flag {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(EitherSpelling).map(Self)
    }
}

struct EitherSpelling;

impl Visitor<'_> for EitherSpelling {
    type Value = bool;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("true, false, 1 or 0")
    }

    fn visit_bool<E: Error>(self, word: bool) -> Result<bool, E> {
        Ok(word)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<bool, E> {
        match number {
            0 | 1 => Ok(number == 1),
            _ => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
        }
    }
}

/// Reads a `boolean`.
pub fn flag<'d, D: Deserializer<'d>>(from: D) -> Result<bool, D::Error> {
    Flag::deserialize(from).map(|Flag(word)| word)
}

/// Reads a `boolean` that may be null.
pub fn optional_flag<'d, D: Deserializer<'d>>(from: D) -> Result<Option<bool>, D::Error> {
    Ok(Option::<Flag>::deserialize(from)?.map(|Flag(word)| word))
}

/// Reads what is stored as a text.
pub fn text<'d, T: Text, D: Deserializer<'d>>(from: D) -> Result<T, D::Error> {
    let found = std::borrow::Cow::<'d, str>::deserialize(from)?;
    T::of(&found).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&found), &T::KIND))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::consensus::Verdict;

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    struct Row {
        id: i64,
        #[serde(deserialize_with = "flag")]
        sampled: bool,
        #[serde(deserialize_with = "optional_flag")]
        expert: Option<bool>,
        #[serde(deserialize_with = "text")]
        verdict: Verdict,
    }

    #[test]
    fn both_spellings_of_yes_and_no_are_read() {
        let rows: Vec<Row> = unpacked(r#"[[1,1,0,"positive"],[2,false,null,"undecided"]]"#).unwrap();
        let one = Row { id: 1, sampled: true, expert: Some(false), verdict: Verdict::Positive };
        let other = Row { id: 2, sampled: false, expert: None, verdict: Verdict::Undecided };
        assert_eq!(rows, [one, other]);
        assert_eq!(unpacked::<Row>("[]").unwrap(), []);
    }

    #[test]
    fn a_value_that_is_none_is_shown_with_what_it_should_be() {
        let error = unpacked::<Row>(r#"[[1,1,0,"perhaps"]]"#).unwrap_err().to_string();
        assert!(error.contains("perhaps") && error.contains("expected verdict"), "{error}");
        let error = crate::StoreError::from(unpacked::<Row>(r#"[[1,"ß"]]"#).unwrap_err());
        assert!(
            matches!(&error, crate::StoreError::Corrupt(text) if text.contains("[[1,\"ß\"]]")),
            "{error}"
        );
    }

    #[test]
    fn the_same_row_is_written_for_either_engine() {
        let (row, from) = ("array(candidate_id, array(yes, no), verdict)", "from candidate");
        assert_eq!(
            packed(row, from),
            "select json_group_array(json_array(candidate_id, json_array(yes, no), verdict)) from candidate"
        );
        assert_eq!(plain(row, from), "select candidate_id, yes, no, verdict from candidate");
    }
}
