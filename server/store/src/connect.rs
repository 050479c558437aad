//! Opens the pools with the settings under which nothing that was acknowledged is lost.

use std::fs::{File, OpenOptions, TryLockError};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Executor, PgPool, SqlitePool};

use crate::checkpoints::{self, Checkpoints};
use crate::db::Db;
use crate::{StoreError, StoreOptions};

/// Older versions can corrupt a database in WAL mode.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// How long a call waits for a connection, or SQLite for a lock, before storage counts as unavailable.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Prepared statements that a connection keeps: those over many rows come in five sizes each.
const STATEMENTS: usize = 250;

/// Rows that SQLite's thread reads ahead: whoever reads many is not woken for each few.
const ROWS: usize = 2_048;

/// What SQLite's writer keeps in memory, in units of -1 KiB.
const WRITER_CACHE: &str = "-65536";

/// How often a locked database file is tried, and how long after each time.
const LOCK_TRIES: u32 = 10;
const BETWEEN_LOCK_TRIES: Duration = Duration::from_millis(100);

/// How long a statement waits for a lock.
macro_rules! lock_timeout {
    () => {
        "3s"
    };
}

/// The same, for who has waited for another time and goes on as usual.
pub const LOCK_TIMEOUT: &str = lock_timeout!();

/// A server that is cut off while it holds a lock must not freeze the others. Statements are short and their tables mostly in memory: an
/// index is worth it sooner than PostgreSQL thinks, and compiling a plan never is.
const POSTGRES_SESSION: &str = concat!(
    "set statement_timeout = '8s'; set lock_timeout = '",
    lock_timeout!(),
    "'; set idle_in_transaction_session_timeout = '2500ms'; set random_page_cost = 1.1; set jit = off;
     set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3"
);

pub async fn open(options: &StoreOptions) -> Result<(Db, Option<Arc<File>>), StoreError> {
    match sqlite_path(&options.url)? {
        Some(path) => open_sqlite(path, options.readers.max(1)).await,
        None => Ok((Db::Postgres(open_postgres(options).await?), None)),
    }
}

/// The file that an address of SQLite names; none in an address of PostgreSQL.
pub fn sqlite_path(url: &str) -> Result<Option<&str>, StoreError> {
    let is_postgres = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
    match url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path)) {
        None if !is_postgres => {
            // The address is not repeated: it may hold a password.
            let text =
                "the database's address has no known scheme: sqlite:PATH or postgres://… would be right";
            Err(StoreError::UnsafeSettings(text.to_owned()))
        }
        Some(path) if path.is_empty() || path.starts_with(':') || path.contains('?') => {
            let found = format!("sqlite:{path} names no file: sqlite: and the path of a file would be right");
            Err(StoreError::UnsafeSettings(found))
        }
        path => Ok(path),
    }
}

async fn open_sqlite(path: &str, readers: u32) -> Result<(Db, Option<Arc<File>>), StoreError> {
    let lock = lock_file(path).await?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS)
        .row_buffer_size(ROWS)
        .busy_timeout(PATIENCE);
    // A large transaction that does not fit is written to the log piece by piece, and read back. What undoes a statement over many rows
    // would go to a temporary file.
    let writing = options
        .clone()
        .pragma("cache_size", WRITER_CACHE)
        .pragma("temp_store", "memory")
        .pragma("wal_autocheckpoint", checkpoints::LONGEST);
    let pool = SqlitePoolOptions::new()
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false);
    let writer = pool.clone().max_connections(1).connect_with(writing).await?;
    check_sqlite(&writer).await?;
    let reading = options.pragma("query_only", "on");
    let moving = pool.clone().max_connections(1).connect_with(reading.clone()).await?;
    let readers = pool.max_connections(readers).connect_with(reading).await?;
    let checkpoints = Arc::new(Checkpoints::begin(moving));
    Ok((Db::Sqlite { writer, readers, checkpoints }, Some(Arc::new(lock))))
}

/// One process at a time: the file `<path>.lock` stays, its lock goes with the process. A process that was killed a moment ago
/// may still be going: it is waited for a little.
pub async fn lock_file(path: &str) -> Result<File, StoreError> {
    let unavailable = |error: std::io::Error| StoreError::Unavailable(error.into());
    let mut options = OpenOptions::new();
    let file =
        options.create(true).truncate(false).write(true).open(format!("{path}.lock")).map_err(unavailable)?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(BETWEEN_LOCK_TRIES).await,
            Err(TryLockError::Error(error)) => return Err(unavailable(error)),
        }
    }
    Err(StoreError::InUse(path.to_owned()))
}

async fn check_sqlite(writer: &SqlitePool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(writer).await?;
    if is_recent_enough(&version) {
        return Ok(());
    }
    let [major, minor, patch] = OLDEST_SQLITE;
    let text =
        format!("SQLite {version} can corrupt a database: {major}.{minor}.{patch} or newer would be right");
    Err(StoreError::UnsafeSettings(text))
}

fn is_recent_enough(version: &str) -> bool {
    let numbers: Vec<u32> = version.split('.').filter_map(|number| number.parse().ok()).collect();
    numbers.as_slice() >= OLDEST_SQLITE.as_slice()
}

async fn open_postgres(options: &StoreOptions) -> Result<PgPool, StoreError> {
    let address = postgres_address(&options.url)?;
    let pool = PgPoolOptions::new()
        .max_connections(options.readers.max(1).saturating_add(2))
        .acquire_timeout(PATIENCE)
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute(sqlx::raw_sql(POSTGRES_SESSION)).await.map(drop) })
        })
        .connect_with(address)
        .await?;
    if !options.allow_unsafe {
        refuse_off(&pool, "fsync", "show fsync").await?;
        refuse_off(&pool, "synchronous_commit", "show synchronous_commit").await?;
    }
    Ok(pool)
}

/// Where a PostgreSQL is, and who asks.
pub fn postgres_address(url: &str) -> Result<PgConnectOptions, StoreError> {
    PgConnectOptions::from_str(url).map(|options| options.statement_cache_capacity(STATEMENTS)).map_err(
        |error| {
            let text = format!(
                "the database's address can't be read ({error}): sqlite:PATH or postgres://… would be right"
            );
            StoreError::UnsafeSettings(text)
        },
    )
}

async fn refuse_off(pool: &PgPool, name: &str, question: &'static str) -> Result<(), StoreError> {
    let value: String = sqlx::query_scalar(question).fetch_one(pool).await?;
    if value == "off" {
        let text = format!(
            "PostgreSQL runs with {name} = off and could lose votes in a crash: {name} = on would be right"
        );
        return Err(StoreError::UnsafeSettings(text));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers_and_not_as_texts() {
        assert!(is_recent_enough("3.51.3") && is_recent_enough("3.100.0") && is_recent_enough("4.0.0"));
        assert!(!is_recent_enough("3.51.2") && !is_recent_enough("3.9.9") && !is_recent_enough(""));
    }
}
