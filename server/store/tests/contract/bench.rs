//! An empty, migrated database of either engine, for one case.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::{Store, StoreOptions};
use tempfile::TempDir;

/// The database of one case.
pub struct Bench {
    pub store: Store,
    pub options: StoreOptions,
    place: Place,
}

enum Place {
    /// The folder goes when the case ends.
    Folder(#[expect(dead_code, reason = "kept so that the folder stays")] TempDir),
    Server {
        address: String,
        database: String,
    },
}

impl Bench {
    pub async fn sqlite() -> Self {
        Self::sqlite_at(i64::MAX).await
    }

    /// With the schema of an older release: that of the migrations up to this version.
    pub async fn sqlite_at(version: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("synvote.db").display());
        Self::open(url, Place::Folder(folder), version).await
    }

    /// `None` when there is no PostgreSQL to test on.
    pub async fn postgres() -> Option<Self> {
        Self::postgres_at(i64::MAX).await
    }

    /// The same with the schema of an older release.
    pub async fn postgres_at(version: i64) -> Option<Self> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let Ok(address) = std::env::var("SYNVOTE_TEST_POSTGRES") else {
            assert!(
                std::env::var_os("CI").is_none(),
                "in CI, SYNVOTE_TEST_POSTGRES must be a PostgreSQL's address"
            );
            eprintln!("skipped on PostgreSQL: SYNVOTE_TEST_POSTGRES has no address");
            return None;
        };
        let database =
            format!("synvote_test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        on_server(&address, &format!("drop database if exists {database} with (force)")).await;
        on_server(&address, &format!("create database {database}")).await;
        let (server, _) = address.rsplit_once('/').unwrap();
        let url = format!("{server}/{database}");
        Some(Self::open(url, Place::Server { address, database }, version).await)
    }

    async fn open(url: String, place: Place, version: i64) -> Self {
        let options = StoreOptions { url, readers: 2, allow_unsafe: true };
        let store = Store::open(&options).await.unwrap();
        store.migrate_to(version).await.unwrap();
        Self { store, options, place }
    }

    /// Runs SQL that the store has no function for.
    pub async fn execute(&self, sql: &str) {
        match &self.place {
            Place::Folder(_) => {
                let mut connection = SqliteConnection::connect(&self.options.url).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
            Place::Server { .. } => on_server(&self.options.url, sql).await,
        }
    }

    /// Asks for rows of three texts that the store has no function for.
    pub async fn ask(&self, sql: &str) -> Vec<(String, String, String)> {
        match &self.place {
            Place::Folder(_) => {
                let mut connection = SqliteConnection::connect(&self.options.url).await.unwrap();
                sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap()
            }
            Place::Server { .. } => {
                let mut connection = PgConnection::connect(&self.options.url).await.unwrap();
                sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap()
            }
        }
    }

    pub async fn clear(self) {
        self.store.close().await.unwrap();
        if let Place::Server { address, database } = &self.place {
            on_server(address, &format!("drop database {database} with (force)")).await;
        }
    }
}

async fn on_server(address: &str, sql: &str) {
    let mut connection = PgConnection::connect(address).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
