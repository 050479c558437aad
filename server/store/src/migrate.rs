//! Brings the schema to this program's version: forward only, the same file names for both engines.

use sqlx::migrate::{MigrateError, Migrator};

use crate::db::Db;
use crate::{Store, StoreError};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

impl Store {
    /// Applies the migrations that are missing, each in a transaction; what was applied before a failure stays, and the next
    /// call goes on from there. Fails with [`StoreError::NewerSchema`] on a database of a newer release.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.migrate_to(i64::MAX).await
    }

    /// The same up to the migration of this version: for filling a database with what an older release kept.
    pub async fn migrate_to(&self, version: i64) -> Result<(), StoreError> {
        match &self.db {
            Db::Sqlite { writer, .. } => {
                let mut connection = writer.acquire().await?;
                SQLITE.run_to(version, &mut *connection).await.map_err(|error| refusal(error, &SQLITE))
            }
            Db::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                // A migration may take long, and wait for another server that migrates. The connection is not used again.
                connection.close_on_drop();
                let patient = "set statement_timeout = 0; set lock_timeout = '60s'";
                sqlx::raw_sql(patient).execute(&mut *connection).await?;
                POSTGRES.run_to(version, &mut *connection).await.map_err(|error| refusal(error, &POSTGRES))
            }
        }
    }
}

/// The versions of all migrations that this program knows, ascending.
#[must_use]
pub fn known_versions() -> Vec<i64> {
    SQLITE.iter().map(|migration| migration.version).collect()
}

fn refusal(error: MigrateError, known: &Migrator) -> StoreError {
    let newest = known.iter().map(|migration| migration.version).max().unwrap_or(0);
    match error {
        MigrateError::VersionMissing(found) if found > newest => {
            StoreError::NewerSchema { found, known: newest }
        }
        other => StoreError::Migration(other),
    }
}
