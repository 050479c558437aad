//! Databases that are made for a measurement and removed after it, and the world around one.

use crate::options::Options;
use domain::ontology::Ontology;
use server::boot::{self, OsChance};
use server::live::Live;
use server::world::{SharedOntology, World};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store;

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file on the disk.
    Sqlite,
    /// A server of its own.
    Postgres,
}

impl Engine {
    /// As sections are called.
    pub fn section(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// Those that there are.
    pub fn all(options: &Options) -> impl Iterator<Item = Self> {
        let postgres = options.postgres.is_some().then_some(Self::Postgres);
        std::iter::once(Self::Sqlite).chain(postgres)
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// A database with nothing in it, not even a schema.
pub struct Database {
    /// What it is on.
    pub engine: Engine,
    /// As the store opens it.
    pub url: String,
    folder: PathBuf,
    /// PostgreSQL: where databases are made.
    cluster: Option<String>,
    name: String,
}

impl Database {
    /// Makes one of this name.
    pub async fn create(engine: Engine, options: &Options, name: &str) -> Self {
        let name = format!("synvote_bench_{name}");
        let folder = options.folder.join(&name);
        std::fs::create_dir(&folder).unwrap();
        let (url, cluster) = match engine {
            Engine::Sqlite => (format!("sqlite:{}", folder.join("synvote.db").display()), None),
            Engine::Postgres => {
                let cluster = options.postgres.clone().unwrap();
                on_cluster(&cluster, &format!("create database {name}")).await;
                let (server, _) = cluster.rsplit_once('/').unwrap();
                (format!("{server}/{name}"), Some(cluster))
            }
        };
        Self { engine, url, folder, cluster, name }
    }

    /// The one that another process has made in this folder.
    pub fn in_folder(folder: &Path) -> Self {
        let url = format!("sqlite:{}", folder.join("synvote.db").display());
        Self { engine: Engine::Sqlite, url, folder: folder.to_owned(), cluster: None, name: String::new() }
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of an SQLite.
    pub fn file(&self) -> PathBuf {
        self.folder.join("synvote.db")
    }

    /// Opens it as the program does.
    pub async fn open(&self) -> World {
        let store = Store::open(&boot::options(&self.url)).await.unwrap();
        store.migrate().await.unwrap();
        let ontology = Ontology::new(store.ontology_nodes().await.unwrap()).unwrap();
        World {
            store,
            blobs: media::Blobs::in_folder(&self.folder.join("images")).unwrap(),
            incoming: Path::new(&self.folder).into(),
            ingester: media::Ingester::default(),
            ontology: SharedOntology::new(ontology),
            clock: Arc::new(boot::SystemClock),
            chance: Arc::new(OsChance),
            live: Live::default(),
            peers: server::peers::Peers::default(),
            writer: Arc::default(),
            write_failed: Arc::default(),
            meter: server::meter::Meter::default(),
            public_url: "http://127.0.0.1:3000".into(),
        }
    }

    /// A connection beside the store, for filling and looking.
    pub async fn direct(&self) -> Direct {
        match self.engine {
            Engine::Sqlite => Direct::Sqlite(rusqlite::Connection::open(self.file()).unwrap()),
            Engine::Postgres => Direct::Postgres(PgConnection::connect(&self.url).await.unwrap()),
        }
    }

    /// Removes it with everything in it.
    pub async fn remove(self) {
        if let Some(cluster) = &self.cluster {
            on_cluster(cluster, &format!("drop database {} with (force)", self.name)).await;
        }
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

async fn on_cluster(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// A connection that runs any statement.
pub enum Direct {
    /// To a file.
    Sqlite(rusqlite::Connection),
    /// To a server.
    Postgres(PgConnection),
}

impl Direct {
    /// Which engine it speaks to.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs statements.
    pub async fn run(&mut self, sql: &str) {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(sql).unwrap(),
            Self::Postgres(connection) => {
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.unwrap();
            }
        }
    }

    /// The number that a query finds.
    pub async fn number(&mut self, sql: &str) -> i64 {
        match self {
            Self::Sqlite(connection) => connection.query_row(sql, [], |row| row.get(0)).unwrap(),
            Self::Postgres(connection) => {
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await.unwrap()
            }
        }
    }

    /// The texts that a query finds.
    pub async fn texts(&mut self, sql: &str) -> Vec<String> {
        match self {
            Self::Sqlite(connection) => {
                let mut query = connection.prepare(sql).unwrap();
                let rows = query.query_map([], |row| row.get(0)).unwrap();
                rows.map(Result::unwrap).collect()
            }
            Self::Postgres(connection) => {
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(connection).await.unwrap()
            }
        }
    }
}

/// What PostgreSQL calls itself, where there is one.
pub async fn version(options: &Options) -> Option<String> {
    let mut connection = PgConnection::connect(options.postgres.as_deref()?).await.unwrap();
    Some(sqlx::query_scalar("show server_version").fetch_one(&mut connection).await.unwrap())
}
