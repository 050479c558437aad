//! SQLite's write-ahead log is moved into the database beside the writer, which would else do it within its commits, while all wait.

use std::time::Duration;

use sqlx::{AssertSqlSafe, SqlitePool};
use tokio::task::AbortHandle;

/// How often it is looked how much has come into the log. What is moved between two commits is synced then; what is moved while the writer
/// goes on is synced by whoever moves the last of it, and that may be the writer: so it is moved in small pieces.
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

    /// Moves all of the log now, and makes it empty. Waits for the writer.
    pub async fn all(&self) -> Result<(), sqlx::Error> {
        ask(&self.pool, "truncate").await.map(drop)
    }

    /// Waits until nothing is being moved any more.
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
    let (mut before, mut pause) = ((0, 0), LOOK);
    while !pool.is_closed() {
        tokio::time::sleep(pause).await;
        // What can't be moved now stays in the log, where it is as safe; the writer tries too, once the log is long.
        let Ok(now) = ask(&pool, "noop").await else { continue };
        let (log, moved) = now;
        if log - moved >= WORTH {
            ask(&pool, "passive").await.ok();
        }
        pause = if now == before { LOOK_AT_REST } else { LOOK };
        before = now;
    }
}

/// A checkpoint of this kind; how many pages the log has, and how many of them are moved.
async fn ask(pool: &SqlitePool, kind: &'static str) -> Result<(i64, i64), sqlx::Error> {
    let sql = AssertSqlSafe(format!("pragma wal_checkpoint({kind})"));
    let (_is_busy, log, moved): (i64, i64, i64) = sqlx::query_as(sql).fetch_one(pool).await?;
    Ok((log, moved))
}
