//! A write transaction: all of it is recorded when `commit` returns, or nothing is.

use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Sqlite};

use crate::db::Db;
use crate::dialect::Dialect;
use crate::{Store, StoreError};

/// An open write transaction. On SQLite there is one at a time, the others wait.
///
/// Dropped without [`Tx::commit`] or [`Tx::rollback`], it closes its connection, which undoes everything: after an error a
/// connection may be unusable for good.
pub struct Tx {
    pub(crate) connection: TxConnection,
    /// A statement failed: PostgreSQL would turn a commit into a rollback without saying so.
    broken: bool,
    ended: bool,
}

pub(crate) enum TxConnection {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Store {
    /// Begins a write transaction. Fails with [`StoreError::Unavailable`] when none can be had in time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let (connection, begin) = match &self.db {
            // Immediate: a transaction that reads first and writes later would fail when another wrote in between.
            Db::Sqlite { writer, .. } => (TxConnection::Sqlite(writer.acquire().await?), "begin immediate"),
            Db::Postgres(pool) => (TxConnection::Postgres(pool.acquire().await?), "begin"),
        };
        let mut tx = Tx { connection, broken: false, ended: false };
        tx.run(begin).await?;
        Ok(tx)
    }
}

impl Tx {
    /// Makes everything durable. After an error nothing is known to be recorded, and most likely nothing is.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        if self.broken {
            return Err(StoreError::BrokenTransaction);
        }
        self.run("commit").await?;
        self.ended = true;
        Ok(())
    }

    /// Undoes everything and keeps the connection, for refusals that are no faults of the database.
    pub async fn rollback(mut self) -> Result<(), StoreError> {
        self.run("rollback").await?;
        self.ended = !self.broken;
        Ok(())
    }

    /// From here on what is done can be undone by itself; see [`Tx::back_to_savepoint`].
    pub async fn savepoint(&mut self) -> Result<(), StoreError> {
        self.run("savepoint one").await
    }

    /// What was done since the savepoint belongs to the transaction now.
    pub async fn release_savepoint(&mut self) -> Result<(), StoreError> {
        self.run("release savepoint one").await
    }

    /// Undoes what was done since the savepoint, and forgets the savepoint. What a failed statement has broken stays broken.
    pub async fn back_to_savepoint(&mut self) -> Result<(), StoreError> {
        self.run("rollback to savepoint one").await?;
        self.run("release savepoint one").await
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self.connection {
            TxConnection::Sqlite(_) => Dialect::Sqlite,
            TxConnection::Postgres(_) => Dialect::Postgres,
        }
    }

    pub(crate) fn noted<T>(&mut self, outcome: Result<T, sqlx::Error>) -> Result<T, StoreError> {
        self.broken |= outcome.is_err();
        outcome.map_err(StoreError::from)
    }

    async fn run(&mut self, statement: &'static str) -> Result<(), StoreError> {
        on_tx!(self, connection => sqlx::raw_sql(statement).execute(connection).await.map(drop))
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        match &mut self.connection {
            TxConnection::Sqlite(pooled) => pooled.close_on_drop(),
            TxConnection::Postgres(pooled) => pooled.close_on_drop(),
        }
    }
}
