//! Moves from one engine to the other and back, with stops in between.

use crate::app::{Empty, TestApp};
use crate::keeping::settled;
use server::service::keeping::{KeepingError, Move, Moved, Progress, move_database};
use server::service::verify;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::sync::Arc;
use store::{Store, StoreOptions};

async fn moved(from: &str, to: &StoreOptions) -> Result<Moved, KeepingError> {
    move_database(Move { from, to }, &mut |_| {}).await
}

/// A settled project on SQLite, with nobody serving it.
async fn source() -> TestApp {
    let app = TestApp::sqlite().await;
    settled(&app).await;
    app.world.store.close().await.unwrap();
    app
}

async fn differences(app: &TestApp, at: &StoreOptions) -> Vec<String> {
    let mut world = app.world.clone();
    world.store = Store::open(at).await.unwrap();
    let report = verify::verify(&world).await.unwrap();
    assert!(report.votes > 0);
    world.store.close().await.unwrap();
    report.differences
}

async fn execute(url: &str, sql: &str) {
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_moved_to_postgres_and_back_is_equal_and_goes_on_there() {
    let Some(postgres) = Empty::postgres().await else { return };
    let app = source().await;
    let there = moved(app.url(), &postgres.options).await.unwrap();
    assert!(there.iter().filter(|table| table.rows > 0).count() > 10);
    assert_eq!(differences(&app, &postgres.options).await, Vec::<String>::new());
    // New rows are numbered on.
    let store = Store::open(&postgres.options).await.unwrap();
    let last = there.iter().find(|table| table.name == "account").map_or(0, |table| table.rows);
    let mut tx = store.begin().await.unwrap();
    let id = tx.insert_account("newcomer", domain::roles::Role::Worker, "none", 1).await.unwrap();
    assert_eq!(u64::try_from(id).unwrap(), last + 1);
    tx.rollback().await.unwrap();
    store.close().await.unwrap();
    let back = Empty::sqlite();
    assert_eq!(moved(&postgres.options.url, &back.options).await.unwrap(), there);
    assert_eq!(differences(&app, &back.options).await, Vec::<String>::new());
    postgres.clear().await;
}

/// Moves, and is stopped when this part is reached.
async fn stopped_at(part: &str, from: &str, to: &StoreOptions) -> bool {
    let stop = Arc::new(tokio::sync::Notify::new());
    let mut tell = |progress: Progress<'_>| {
        if progress.doing == part {
            stop.notify_one();
        }
    };
    tokio::select! {
        biased;
        () = stop.notified() => true,
        done = move_database(Move { from, to }, &mut tell) => { done.unwrap(); false }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_was_stopped_anywhere_goes_on_to_an_equal_end() {
    let Some(postgres) = Empty::postgres().await else { return };
    let app = source().await;
    for part in
        ["copying synset", "copying candidate", "copying vote", "checking account", "checking vote_hour"]
    {
        assert!(stopped_at(part, app.url(), &postgres.options).await, "{part}");
        let store = Store::open(&postgres.options).await.unwrap();
        assert!(store.unfinished().await.unwrap().is_some(), "{part}");
        store.close().await.unwrap();
    }
    let done = moved(app.url(), &postgres.options).await.unwrap();
    let whole = moved(app.url(), &Empty::sqlite().options).await.unwrap();
    assert_eq!(done, whole);
    assert_eq!(differences(&app, &postgres.options).await, Vec::<String>::new());
    postgres.clear().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_was_changed_meanwhile_is_not_mixed_in() {
    let (app, target) = (source().await, Empty::sqlite());
    assert!(stopped_at("copying candidate", app.url(), &target.options).await);
    execute(app.url(), "insert into setting (name, value) values ('colour', 'red')").await;
    let error = moved(app.url(), &target.options).await.unwrap_err();
    assert!(error.to_string().contains("part of something else"), "{error}");
    execute(app.url(), "delete from setting where name = 'colour'").await;
    // The same number of rows, but another one that is in the target already: found when both are compared.
    execute(app.url(), "update account set name = 'somebody else' where account_id = 1").await;
    let error = moved(app.url(), &target.options).await.unwrap_err();
    assert!(
        error.to_string().contains("the copy differs") && error.to_string().contains("account"),
        "{error}"
    );
    let store = Store::open(&target.options).await.unwrap();
    assert!(store.unfinished().await.unwrap().is_some(), "it is not served");
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_not_be_moved_is_refused_with_what_to_do() {
    let app = TestApp::sqlite().await;
    let target = Empty::sqlite();
    let refusal = async |from: &str, to: &StoreOptions| moved(from, to).await.unwrap_err().to_string();
    let served = refusal(app.url(), &target.options).await;
    assert!(served.contains("stop the server"), "{served}");
    app.world.store.close().await.unwrap();

    let same = StoreOptions { url: app.url().to_owned(), ..target.options.clone() };
    assert!(refusal(app.url(), &same).await.contains("the same database"));
    let missing = refusal("sqlite:/nowhere/synvote.db", &target.options).await;
    assert!(missing.contains("there is no database at /nowhere/synvote.db"), "{missing}");
    let nowhere = StoreOptions { url: "sqlite:/nowhere/moved.db".to_owned(), ..target.options.clone() };
    let nowhere = refusal(app.url(), &nowhere).await;
    assert!(nowhere.contains("there is no folder /nowhere"), "{nowhere}");
    let closed = StoreOptions { url: "postgres://a@127.0.0.1:1/votes".to_owned(), ..target.options.clone() };
    let closed = refusal(app.url(), &closed).await;
    assert!(closed.starts_with("the target:") && closed.contains("can't be reached"), "{closed}");
    let mysql = refusal("mysql://localhost/votes", &target.options).await;
    assert!(mysql.contains("would be right"), "{mysql}");

    moved(app.url(), &target.options).await.unwrap();
    let full = refusal(app.url(), &target.options).await;
    assert!(full.contains("holds") && full.contains("rows in the table") && full.contains("empty"), "{full}");
    let foreign = Empty::sqlite();
    std::fs::write(foreign.options.url.strip_prefix("sqlite:").unwrap(), "").unwrap();
    execute(&foreign.options.url, "create table recipe (recipe_id integer primary key)").await;
    let strange = refusal(app.url(), &foreign.options).await;
    assert!(strange.contains("recipe"), "{strange}");

    let (to, newest) = (Empty::sqlite(), store::known_versions().last().copied().unwrap());
    execute(app.url(), &format!("delete from _sqlx_migrations where version = {newest}")).await;
    let older = refusal(app.url(), &to.options).await;
    assert!(older.contains("schema version") && older.contains("synvote serve"), "{older}");
    let insert = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                  select 9999, 'from the future', success, checksum, 1 from _sqlx_migrations where version = 1";
    execute(app.url(), insert).await;
    let newer = refusal(app.url(), &to.options).await;
    assert!(newer.contains("schema version 9999") && newer.contains("newer release"), "{newer}");
    assert!(!to.folder.path().join("synvote.db").exists(), "nothing is made for a move that is refused");
}
