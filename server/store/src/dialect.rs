//! Where the two engines really differ. Everything else in this crate has one text for both.

use std::fmt::Write;

/// Bind parameters that both engines take in one statement: SQLite's limit is 32,766, PostgreSQL's 65,535.
const MAX_PARAMETERS: usize = 32_766;

/// Which engine a statement is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// A subquery of the ids in `$1`, which is bound to [`id_list`]'s text: one statement text for any number of ids.
    pub fn ids(self) -> &'static str {
        match self {
            Self::Sqlite => "(select value from json_each($1))",
            Self::Postgres => "(select value::bigint from json_array_elements_text($1::json))",
        }
    }

    /// A subquery of the wnids in `$1`, which is bound to [`wnid_list`]'s text.
    pub fn wnids(self) -> &'static str {
        match self {
            Self::Sqlite => "(select value from json_each($1))",
            Self::Postgres => "(select value from json_array_elements_text($1::json))",
        }
    }

    /// Ends a select that locks its rows. SQLite's writer holds the whole database already.
    pub fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for update",
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

/// The wnids as a JSON array of texts; none of them holds anything to escape.
pub fn wnid_list(wnids: &[domain::wnid::Wnid]) -> String {
    let quoted: Vec<String> = wnids.iter().map(|wnid| format!("\"{wnid}\"")).collect();
    format!("[{}]", quoted.join(","))
}

/// How many rows of so many columns go into one `values` list.
pub const fn rows_per_statement(columns: usize) -> usize {
    MAX_PARAMETERS / columns
}
