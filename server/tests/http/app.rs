//! A whole server without a socket: routes and services on an empty database, with a clock that the test sets.

use crate::browser::Browser;
use axum::Router;
use domain::consensus::Method;
use domain::ontology::Ontology;
use domain::roles::Role;
use domain::wnid::Wnid;
use domain::wordnet::Synset;
use media::{Blobs, Ingester};
use server::boot::OsChance;
use server::http::assets::Site;
use server::http::{Surroundings, router};
use server::live::Live;
use server::service::{accounts, wordnet};
use server::world::{Clock, SharedOntology, World};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use store::projects::ProjectSettings;
use store::{Store, StoreOptions};
use tempfile::TempDir;

/// The password of every account of a test.
pub const PASSWORD: &str = "correct horse battery";
/// A synset that is seeded in every test's project.
pub const DOG: &str = "n00000002";
/// When tests begin (Unix ms).
const START: i64 = 1_700_000_000_000;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl TestClock {
    pub fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

/// The server of one case.
pub struct TestApp {
    pub world: World,
    pub clock: Arc<TestClock>,
    /// A project in which the dog is seeded.
    pub project: i64,
    router: Router,
    url: String,
    server: Option<(String, String)>,
    folder: TempDir,
}

/// A database without anything in it, not even a schema, and a folder for files.
pub struct Empty {
    pub options: StoreOptions,
    pub folder: TempDir,
    server: Option<(String, String)>,
}

impl Empty {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("synvote.db").display());
        Self { options: options(url), folder, server: None }
    }

    /// `None` when there is no PostgreSQL to test on.
    pub async fn postgres() -> Option<Self> {
        let (url, server) = database().await?;
        Some(Self { options: options(url), folder: tempfile::tempdir().unwrap(), server: Some(server) })
    }

    pub fn pictures(&self) -> PathBuf {
        self.folder.path().join("images")
    }

    pub async fn clear(self) {
        clear(self.server.as_ref()).await;
    }
}

impl TestApp {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("synvote.db").display());
        Self::open(url, None, folder).await
    }

    /// `None` when there is no PostgreSQL to test on.
    pub async fn postgres() -> Option<Self> {
        let (url, server) = database().await?;
        Some(Self::open(url, Some(server), tempfile::tempdir().unwrap()).await)
    }

    async fn open(url: String, server: Option<(String, String)>, folder: TempDir) -> Self {
        let store = Store::open(&options(url.clone())).await.unwrap();
        store.migrate().await.unwrap();
        let incoming = folder.path().join("incoming");
        std::fs::create_dir_all(&incoming).unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(START)));
        let world = World {
            store,
            blobs: Blobs::in_folder(&folder.path().join("images")).unwrap(),
            incoming: incoming.into(),
            ingester: Ingester::default(),
            ontology: SharedOntology::new(Ontology::new(Vec::new()).unwrap()),
            writer: Arc::default(),
            write_failed: Arc::default(),
            meter: server::meter::Meter::default(),
            clock: clock.clone(),
            chance: Arc::new(OsChance),
            live: Live::default(),
            peers: server::peers::Peers::default(),
            public_url: "http://127.0.0.1:3000".into(),
        };
        let project = furnish(&world).await;
        let router = router(&world, &surroundings("http://127.0.0.1:3000"), &Site::embedded());
        Self { world, clock, project, router, url, server, folder }
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser of a server in other surroundings, on the same database.
    pub fn browser_at(&self, surroundings: &Surroundings) -> Browser {
        Browser::new(router(&self.world, surroundings, &Site::embedded()))
    }

    /// The same, by a server in a world that differs in something.
    pub fn router_of(&self, world: &World) -> Router {
        router(world, &surroundings("http://127.0.0.1:3000"), &Site::embedded())
    }

    /// Makes an account.
    pub async fn account(&self, name: &str, role: Role) -> i64 {
        accounts::create_user(&self.world, name, role, PASSWORD.to_owned()).await.unwrap()
    }

    /// Makes an account, and a browser that is signed in to it.
    pub async fn signed_in(&self, name: &str, role: Role) -> Browser {
        self.account(name, role).await;
        let mut browser = self.browser();
        assert_eq!(browser.sign_in(name, PASSWORD).await.status, 200);
        browser
    }

    /// The stored sessions: hash of the id, account, data.
    pub async fn stored_sessions(&self) -> Vec<(String, Option<i64>, String)> {
        let sql = "select id_hash, account_id, data from session order by created_at, id_hash";
        if self.server.is_some() {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap()
        } else {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap()
        }
    }

    /// Changes the database behind the program's back.
    pub async fn tamper(&self, sql: &str) {
        if self.server.is_some() {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        } else {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        }
    }

    /// Address of its database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Folder of its picture files.
    pub fn pictures(&self) -> PathBuf {
        self.folder.path().join("images")
    }

    pub async fn clear(self) {
        let _ = self.world.store.close().await;
        clear(self.server.as_ref()).await;
    }
}

/// What is around a server that browsers reach at this address.
pub fn surroundings(public_url: &str) -> Surroundings {
    Surroundings {
        public_url: public_url.parse().unwrap(),
        trusted_proxy: Vec::new(),
        metrics_from: server::http::client::Network::loopback(),
    }
}

async fn furnish(world: &World) -> i64 {
    let settings = ProjectSettings {
        target_precision: 0.997,
        threshold: None,
        rejection: 0.1,
        initial_sample: 20,
        initial_votes: 10,
        votes_cap: 20,
        batch_size: 24,
        batch_size_phone: 12,
        duplicate_distance: 8,
        method: Method::Table,
    };
    let mut tx = world.store.begin().await.unwrap();
    tx.replace_ontology(&[synset(1, "animal", &[]), synset(2, "dog", &[1])]).await.unwrap();
    let project = tx.insert_project("pets", &settings, world.now()).await.unwrap();
    tx.seed_synsets(project, &[Wnid::from_offset(2).unwrap()], world.now()).await.unwrap();
    tx.commit().await.unwrap();
    wordnet::load(world).await.unwrap();
    project
}

fn synset(offset: u32, word: &str, hypernyms: &[u32]) -> Synset {
    Synset {
        wnid: Wnid::from_offset(offset).unwrap(),
        words: vec![word.to_owned()],
        definition: format!("what is called {word}"),
        examples: Vec::new(),
        lexicographer_file: 5,
        hypernyms: hypernyms.iter().map(|&offset| Wnid::from_offset(offset).unwrap()).collect(),
        instance_hypernyms: Vec::new(),
    }
}

/// A fresh database of PostgreSQL: its address, and what is needed to drop it.
async fn database() -> Option<(String, (String, String))> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let Ok(address) = std::env::var("SYNVOTE_TEST_POSTGRES") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "in CI, SYNVOTE_TEST_POSTGRES must be a PostgreSQL's address"
        );
        eprintln!("skipped on PostgreSQL: SYNVOTE_TEST_POSTGRES has no address");
        return None;
    };
    let database = format!("synvote_http_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    on_server(&address, &format!("drop database if exists {database} with (force)")).await;
    on_server(&address, &format!("create database {database}")).await;
    let (server, _) = address.rsplit_once('/').unwrap();
    let url = format!("{server}/{database}");
    Some((url, (address, database)))
}

async fn clear(server: Option<&(String, String)>) {
    if let Some((address, database)) = server {
        on_server(address, &format!("drop database {database} with (force)")).await;
    }
}

fn options(url: String) -> StoreOptions {
    StoreOptions { url, readers: 2, allow_unsafe: true }
}

async fn on_server(address: &str, sql: &str) {
    let mut connection = PgConnection::connect(address).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
