//! What can go wrong between the program and its database, sorted by what the caller can do about it.

use sqlx::error::ErrorKind;
use sqlx::migrate::MigrateError;
use thiserror::Error;

use crate::text::UnknownText;

/// Why the store could not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Storage is out of reach for now: the disk is full, the connection is lost, or time ran out. Nothing was recorded;
    /// the same call may succeed later.
    #[error("the database can't be reached or can't write now: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// It contradicts what is recorded; the text names the table and columns, or what stands against it.
    #[error("already there, or still in use: {0}")]
    Conflict(String),
    /// There is no such row; the text says which.
    #[error("{0}")]
    NotFound(String),
    /// Another process holds the SQLite file.
    #[error(
        "the database {0} is in use by another synvote process: stop the server before running a command on its \
         database, or use PostgreSQL"
    )]
    InUse(String),
    /// A newer release of the program has migrated this database.
    #[error("the database has schema version {found}, this program knows {known}: install the newer release")]
    NewerSchema {
        /// The version of the database.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The database could lose what it has acknowledged, or is none that we support; the text says what to change.
    #[error("{0}")]
    UnsafeSettings(String),
    /// A database is none that can be kept elsewhere, or be filled with what was kept; the text says why.
    #[error("{0}")]
    Unkeepable(String),
    /// A stored text is none of the values it can have.
    #[error("a stored value makes no sense: {0}")]
    Corrupt(String),
    /// A migration failed; the database is as the last successful migration left it.
    #[error("the database could not be migrated: {0}")]
    Migration(#[source] MigrateError),
    /// The transaction had an error before, so that it can't be committed.
    #[error("a transaction with a failed statement can't be committed")]
    BrokenTransaction,
    /// Any other refusal of the database: a defect of ours.
    #[error("the database refused a statement: {0}")]
    Sql(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(refusal) => match (refusal.kind(), refusal.code()) {
                (ErrorKind::UniqueViolation, _) => Self::Conflict(refusal.message().to_owned()),
                (_, Some(code)) if is_passing(&code) => Self::Unavailable(error),
                _ => Self::Sql(error),
            },
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            sqlx::Error::RowNotFound => Self::NotFound("no such row".to_owned()),
            sqlx::Error::Decode(source) => Self::Corrupt(source.to_string()),
            sqlx::Error::ColumnDecode { index, source } if source.is::<UnknownText>() => {
                Self::Corrupt(format!("column {index}: {source}"))
            }
            _ => Self::Sql(error),
        }
    }
}

impl StoreError {
    /// Whether this transaction was given up so that others could go on: it may succeed at once when it is tried again.
    #[must_use]
    pub fn is_clash(&self) -> bool {
        self.has_code(&["40001", "40P01"])
    }

    /// Whether another transaction held a lock for longer than this one waits. The database itself is well.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.has_code(&["55P03"])
    }

    fn has_code(&self, codes: &[&str]) -> bool {
        match self {
            Self::Unavailable(sqlx::Error::Database(refusal)) => {
                refusal.code().is_some_and(|code| codes.contains(&code.as_ref()))
            }
            _ => false,
        }
    }
}

/// Whether the cause of a refusal may pass by itself. PostgreSQL's codes have five characters (appendix A of its manual),
/// SQLite's are numbers below 10,000 whose low byte is the primary code (sqlite.org/rescode.html).
fn is_passing(code: &str) -> bool {
    if let [_, _, _, _, _] = code.as_bytes() {
        // Connections, resources, operators, system errors; a read-only standby, deadlocks and timeouts.
        return ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class))
            || ["25006", "25P03", "40001", "40P01", "55P03"].contains(&code);
    }
    // Busy, locked, out of memory, read-only, input/output error, full, can't open, locking protocol.
    code.parse::<u32>().is_ok_and(|code| [5, 6, 7, 8, 10, 13, 14, 15].contains(&(code & 0xff)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_a_busy_file_and_a_timeout_pass_but_a_broken_rule_does_not() {
        for code in ["13", "5", "266", "3850", "57014", "55P03", "53100", "08006", "40P01"] {
            assert!(is_passing(code), "{code}");
        }
        for code in ["787", "2067", "1", "19", "275", "42601", "23503", "23514", ""] {
            assert!(!is_passing(code), "{code}");
        }
    }

    #[test]
    fn an_exhausted_pool_is_unavailability_and_an_unknown_text_is_corruption() {
        assert!(matches!(StoreError::from(sqlx::Error::PoolTimedOut), StoreError::Unavailable(_)));
        let source = Box::new(UnknownText { kind: "role", found: "king".to_owned() });
        let error = StoreError::from(sqlx::Error::ColumnDecode { index: "role".to_owned(), source });
        assert_eq!(error.to_string(), "a stored value makes no sense: column role: \"king\" is not a role");
    }
}
