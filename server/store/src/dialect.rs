//! Where the two engines really differ. Everything else in this crate has one text for both.

use std::fmt::Write;

/// Which engine a statement is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Follows a column that is to be one of the ids in `$1`, which is bound to [`id_list`]'s text: one statement text for any number of
    /// ids. PostgreSQL looks an array up in an index whatever it thinks of the table's size, also by a plan that it made long ago.
    pub fn among(self) -> &'static str {
        match self {
            Self::Sqlite => "in (select value from json_each($1))",
            Self::Postgres => "= any (array(select value::bigint from json_array_elements_text($1::json)))",
        }
    }

    /// A table `t` of the ids in a column that holds [`id_list`]'s text, for a `from` in which the column's table stands before it; each
    /// id is `cast(t.value as bigint)`.
    pub fn ids_of(self, column: &str) -> String {
        match self {
            Self::Sqlite => format!("json_each({column}) t"),
            Self::Postgres => format!("json_array_elements_text({column}::json) t (value)"),
        }
    }

    /// A table `q` of the rows in `$1`, which is bound to [`row_list`]'s text; their columns are `q.value ->> 0` and so on, texts or
    /// numbers.
    pub fn rows(self) -> &'static str {
        match self {
            Self::Sqlite => "json_each($1) q",
            Self::Postgres => "json_array_elements($1::json) q (value)",
        }
    }

    /// A subquery of the wnids in `$1`, which is bound to [`wnid_list`]'s text.
    pub fn wnids(self) -> &'static str {
        match self {
            Self::Sqlite => "(select value from json_each($1))",
            Self::Postgres => "(select value from json_array_elements_text($1::json))",
        }
    }

    /// Ends a select that locks its rows, but for rows that only point to them. SQLite's writer holds the whole database already.
    pub fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for no key update",
        }
    }

    /// The same, passing over rows that another transaction has locked.
    pub fn for_update_or_skip(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for no key update skip locked",
        }
    }

    /// Selects `$1` ids that no row of a table with the key `TABLE_id` has, ascending. On SQLite nobody else can take them: there is one
    /// writer.
    pub fn new_ids(self, table: &str) -> String {
        match self {
            Self::Sqlite => format!(
                "with recursive new (id) as (
                     select coalesce(max({table}_id), 0) + 1 from {table}
                     union all select id + 1 from new limit $1)
                 select id from new"
            ),
            Self::Postgres => format!(
                "select nextval(pg_get_serial_sequence('{table}', '{table}_id')) from generate_series(1, $1)"
            ),
        }
    }

    /// Follows a text expression that is compared byte by byte, whatever the database's language.
    pub fn bytewise(self) -> &'static str {
        match self {
            Self::Sqlite => " collate binary",
            Self::Postgres => " collate \"C\"",
        }
    }
}

/// The ids as a JSON array.
pub fn id_list(ids: &[i64]) -> String {
    let mut list = String::with_capacity(2 + 8 * ids.len());
    list.push('[');
    for (index, id) in ids.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(list, "{comma}{id}").unwrap_or_default();
    }
    list.push(']');
    list
}

/// Rows of ids and texts as a JSON array of arrays.
pub fn row_list<T: serde::Serialize>(rows: &[T]) -> String {
    // Arrays of numbers and texts can always be written.
    serde_json::to_string(rows).unwrap_or_default()
}

/// The wnids as a JSON array of texts; none of them holds anything to escape.
pub fn wnid_list(wnids: &[domain::wnid::Wnid]) -> String {
    let quoted: Vec<String> = wnids.iter().map(|wnid| format!("\"{wnid}\"")).collect();
    format!("[{}]", quoted.join(","))
}
