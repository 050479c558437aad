//! SQLite's write-ahead log is moved into the database beside the writer, which would else do all of it within its commits, while all wait.

use std::time::Duration;

use sqlx::{AssertSqlSafe, SqlitePool};
use tokio::task::AbortHandle;

/// How often it is looked how much has come into the log. What is moved between two commits is synced then; what is moved while the writer
/// goes on is synced by whoever moves the last of it, and that may be the writer: so it is moved often, when there is little of it.
const LOOK: Duration = Duration::from_millis(50);
/// The same while nobody writes.
const LOOK_AT_REST: Duration = Duration::from_millis(500);

/// Pages of the log that are worth moving: 1 MiB.
const WORTH: i64 = 256;

/// Pages of the log, 64 MiB, from which on the writer moves what is left of it: only when nothing is left can the log begin anew, and
/// while one writes and another moves something always is.
pub const LONGEST: &str = "16384";

/// Moves the log until it is dropped, with a connection of its own.
pub struct Checkpoints {
    pool: SqlitePool,
    task: AbortHandle,
}

impl Checkpoints {
    /// Begins; the pool has one connection.
    pub fn begin(pool: SqlitePool) -> Self {
        let task = tokio::spawn(now_and_then(pool.clone())).abort_handle();
        Self { pool, task }
    }

    /// Waits until nothing is being moved any more. The last connection that is closed moves what is left.
    pub async fn close(&self) {
        self.task.abort();
        self.pool.close().await;
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn now_and_then(pool: SqlitePool) {
    let (mut before, mut pause, mut fails) = ((0, 0), LOOK, false);
    while !pool.is_closed() {
        tokio::time::sleep(pause).await;
        // What can't be moved stays in the log, where it is as safe; the writer tries too, once the log is long.
        let now = match moved(&pool).await {
            Ok(now) => {
                fails = false;
                now
            }
            Err(error) => {
                if !fails && !pool.is_closed() {
                    tracing::warn!(%error, "SQLite's log can't be moved into the database, and grows until it can");
                }
                fails = true;
                before
            }
        };
        pause = if now == before { LOOK_AT_REST } else { LOOK };
        before = now;
    }
}

/// Moves the log, if that is worth it; how many pages it had, and how many of them were moved before.
async fn moved(pool: &SqlitePool) -> Result<(i64, i64), sqlx::Error> {
    let (log, moved) = ask(pool, "noop").await?;
    if log - moved >= WORTH {
        ask(pool, "passive").await?;
    }
    Ok((log, moved))
}

/// A checkpoint of this kind; how many pages the log has, and how many of them are moved. Whoever finds another at it leaves it to that one.
async fn ask(pool: &SqlitePool, kind: &'static str) -> Result<(i64, i64), sqlx::Error> {
    let sql = AssertSqlSafe(format!("pragma wal_checkpoint({kind})"));
    let (_is_busy, log, moved): (i64, i64, i64) = sqlx::query_as(sql).fetch_one(pool).await?;
    Ok((log, moved))
}
