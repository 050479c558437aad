//! The handle to the database, whichever engine it has.

use std::fs::File;
use std::sync::Arc;

use sqlx::{PgPool, SqlitePool};

use crate::checkpoints::Checkpoints;
use crate::dialect::Dialect;
use crate::{StoreError, connect};

/// Where the database is and how it is opened.
#[derive(Clone)]
pub struct StoreOptions {
    /// `sqlite:PATH` or `postgres://…`. A missing SQLite file is made, its folder is not.
    pub url: String,
    /// Connections for reading, at least 1. SQLite has one more for writing and one for checkpoints, PostgreSQL two.
    pub readers: u32,
    /// Takes a PostgreSQL that may lose acknowledged votes in a crash (`fsync` or `synchronous_commit` off): for tests.
    pub allow_unsafe: bool,
}

/// The database. A clone is the same database.
#[derive(Clone)]
pub struct Store {
    pub(crate) db: Db,
    lock: Option<Arc<File>>,
}

#[derive(Clone)]
pub(crate) enum Db {
    /// `writer` has exactly one connection: writers queue in the program instead of failing with "database is locked".
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        checkpoints: Arc<Checkpoints>,
    },
    Postgres(PgPool),
}

impl Store {
    /// Opens the database without touching its schema; see [`Store::migrate`].
    ///
    /// SQLite: fails with [`StoreError::InUse`] while another process, or another `Store`, has the file open.
    /// PostgreSQL: fails with [`StoreError::UnsafeSettings`] when it may lose acknowledged votes.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let (db, lock) = connect::open(options).await?;
        Ok(Self { db, lock })
    }

    /// Makes a real write, so that a full disk or a read-only standby shows up; a `large` one needs as much room as any submission: a
    /// small one may still fit into what a full disk has left. Fails with [`StoreError::Unavailable`].
    pub async fn ready(&self, large: bool) -> Result<(), StoreError> {
        const LARGE: usize = 256 * 1024;
        let sql = "insert into setting (name, value) values ('readiness', $1)
                   on conflict (name) do update set value = excluded.value";
        let texts = [large.then(|| "written".repeat(LARGE / 7)), Some("written".to_owned())];
        for text in texts.into_iter().flatten() {
            on_writer!(self, writer => sqlx::query(sql).bind(&text).execute(writer).await.map(drop))?;
        }
        Ok(())
    }

    /// Waits until all connections are closed, and lets go of the SQLite file, into which the last of them moves the write-ahead log. Later
    /// calls on any clone fail.
    pub async fn close(&self) -> Result<(), StoreError> {
        match &self.db {
            Db::Sqlite { writer, readers, checkpoints } => {
                readers.close().await;
                checkpoints.close().await;
                writer.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
        match &self.lock {
            Some(lock) => lock.unlock().map_err(|error| StoreError::Unavailable(error.into())),
            None => Ok(()),
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self.db {
            Db::Sqlite { .. } => Dialect::Sqlite,
            Db::Postgres(_) => Dialect::Postgres,
        }
    }
}
