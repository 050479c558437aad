//! Opening, migrating, transactions and failures.

use std::time::Duration;

use domain::roles::Role;
use sqlx::{Connection, SqliteConnection};
use store::{Store, StoreError, StoreOptions};

use super::bench::Bench;
use super::ground::{NOW, animals};

cases! {
    a_dropped_transaction_leaves_nothing_and_the_next_one_works,
    a_rolled_back_transaction_leaves_nothing,
    what_follows_a_savepoint_is_undone_by_itself,
    what_is_committed_is_read_at_once_and_after_reopening,
    a_transaction_with_a_failed_statement_cant_be_committed,
    a_unique_violation_names_the_table,
    a_stored_text_without_meaning_is_corruption,
    migrating_again_changes_nothing,
    a_database_of_a_newer_release_is_refused,
    readiness_is_a_write_that_is_kept,
    after_closing_the_database_is_unavailable,
}

async fn a_dropped_transaction_leaves_nothing_and_the_next_one_works(bench: &Bench) {
    for _ in 0..5 {
        let mut tx = bench.store.begin().await.unwrap();
        tx.insert_account("ann", Role::Worker, "hash", NOW).await.unwrap();
        drop(tx);
    }
    assert!(!bench.store.has_accounts().await.unwrap());
    let mut tx = bench.store.begin().await.unwrap();
    assert!(!tx.has_accounts().await.unwrap());
    tx.insert_account("ann", Role::Worker, "hash", NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert!(bench.store.has_accounts().await.unwrap());
}

async fn what_follows_a_savepoint_is_undone_by_itself(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    for (colour, is_kept) in [("red", true), ("green", false), ("blue", true)] {
        tx.savepoint().await.unwrap();
        tx.set_setting(colour, "seen").await.unwrap();
        if is_kept {
            tx.release_savepoint().await.unwrap();
        } else {
            tx.back_to_savepoint().await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    for (colour, is_kept) in [("red", true), ("green", false), ("blue", true)] {
        assert_eq!(bench.store.setting(colour).await.unwrap().is_some(), is_kept, "{colour}");
    }
    let mut tx = bench.store.begin().await.unwrap();
    tx.savepoint().await.unwrap();
    tx.insert_account("ann", Role::Worker, "hash", NOW).await.unwrap();
    assert!(matches!(
        tx.insert_account("ann", Role::Worker, "hash", NOW).await,
        Err(StoreError::Conflict(_))
    ));
    tx.back_to_savepoint().await.unwrap();
    assert!(matches!(tx.commit().await, Err(StoreError::BrokenTransaction)), "what broke it stays broken");
}

async fn a_rolled_back_transaction_leaves_nothing(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_setting("colour", "red").await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(bench.store.setting("colour").await.unwrap(), None);
}

async fn what_is_committed_is_read_at_once_and_after_reopening(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_setting("colour", "red").await.unwrap();
    tx.set_setting("colour", "blue").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.setting("colour").await.unwrap().as_deref(), Some("blue"));
    bench.store.close().await.unwrap();
    let again = Store::open(&bench.options).await.unwrap();
    again.migrate().await.unwrap();
    assert_eq!(again.setting("colour").await.unwrap().as_deref(), Some("blue"));
    again.close().await.unwrap();
}

async fn a_transaction_with_a_failed_statement_cant_be_committed(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_account("ann", Role::Worker, "hash", NOW).await.unwrap();
    tx.insert_account("ann", Role::Worker, "hash", NOW).await.unwrap_err();
    assert!(matches!(tx.commit().await, Err(StoreError::BrokenTransaction)));
    assert!(!bench.store.has_accounts().await.unwrap());
}

async fn a_unique_violation_names_the_table(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_account("ann", Role::Worker, "hash", NOW).await.unwrap();
    match tx.insert_account("ann", Role::Admin, "other", NOW).await {
        Err(StoreError::Conflict(text)) => assert!(text.contains("account"), "{text}"),
        other => panic!("{other:?}"),
    }
}

async fn a_stored_text_without_meaning_is_corruption(bench: &Bench) {
    bench.execute("insert into synset values ('dog', 'dog', 'an animal', '')").await;
    let error = bench.store.ontology_nodes().await.unwrap_err();
    assert!(matches!(&error, StoreError::Corrupt(text) if text.contains("\"dog\" is not a wnid")), "{error}");
}

async fn migrating_again_changes_nothing(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    tx.replace_ontology(&animals()).await.unwrap();
    tx.commit().await.unwrap();
    bench.store.migrate().await.unwrap();
    assert_eq!(bench.store.count_synsets().await.unwrap(), 3);
}

async fn a_database_of_a_newer_release_is_refused(bench: &Bench) {
    bench
        .execute(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             select 9999, 'from the future', success, checksum, 1 from _sqlx_migrations where version = 1",
        )
        .await;
    let error = bench.store.migrate().await.unwrap_err();
    assert!(matches!(error, StoreError::NewerSchema { found: 9999, .. }), "{error:?}");
}

async fn readiness_is_a_write_that_is_kept(bench: &Bench) {
    bench.store.ready(false).await.unwrap();
    bench.store.ready(true).await.unwrap();
    assert_eq!(bench.store.setting("readiness").await.unwrap().as_deref(), Some("written"));
}

async fn after_closing_the_database_is_unavailable(bench: &Bench) {
    let clone = bench.store.clone();
    bench.store.close().await.unwrap();
    assert!(matches!(clone.has_accounts().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(clone.begin().await.map(drop), Err(StoreError::Unavailable(_))));
    assert!(matches!(clone.ready(false).await, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn a_second_store_on_a_sqlite_file_is_refused_until_the_first_is_closed() {
    let bench = Bench::sqlite().await;
    let error = Store::open(&bench.options).await.map(drop).unwrap_err();
    assert!(matches!(error, StoreError::InUse(_)), "{error:?}");
    assert!(error.to_string().contains("stop the server"));
    bench.store.close().await.unwrap();
    Store::open(&bench.options).await.unwrap();
}

#[tokio::test]
async fn sqlite_keeps_a_write_ahead_log() {
    let bench = Bench::sqlite().await;
    let mut connection = SqliteConnection::connect(&bench.options.url).await.unwrap();
    let mode: String = sqlx::query_scalar("pragma journal_mode").fetch_one(&mut connection).await.unwrap();
    assert_eq!(mode, "wal");
}

/// Writes a text of 1 MiB in a transaction of its own, so many times.
async fn write_mebibytes(bench: &Bench, number: usize) {
    for round in 0..number {
        let mut tx = bench.store.begin().await.unwrap();
        tx.set_setting("colour", &format!("{round:08}").repeat(131_072)).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn mebibytes(path: &str) -> f64 {
    std::fs::metadata(path).map_or(0.0, |file| file.len() as f64 / 1_048_576.0)
}

#[tokio::test]
async fn sqlites_log_is_moved_while_nobody_writes_and_is_gone_after_closing() {
    let bench = Bench::sqlite().await;
    let path = bench.options.url.strip_prefix("sqlite:").unwrap();
    write_mebibytes(&bench, 4).await;
    // The database has the text once, the log each time.
    let moved = async {
        while mebibytes(path) < 1.0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), moved).await.expect("the log stays where it is");
    assert!(mebibytes(&format!("{path}-wal")) > 1.0);
    bench.store.close().await.unwrap();
    assert!(!std::fs::exists(format!("{path}-wal")).unwrap());
}

#[tokio::test]
async fn sqlites_log_begins_anew_while_somebody_writes_on_and_on() {
    let bench = Bench::sqlite().await;
    let path = bench.options.url.strip_prefix("sqlite:").unwrap();
    write_mebibytes(&bench, 300).await;
    let log = mebibytes(&format!("{path}-wal"));
    assert!(log < 200.0, "{log} MiB");
    bench.store.close().await.unwrap();
}

#[tokio::test]
async fn a_locked_sqlite_file_is_unavailable_and_works_again_without_the_lock() {
    let bench = Bench::sqlite().await;
    let mut other = SqliteConnection::connect(&bench.options.url).await.unwrap();
    sqlx::raw_sql("begin immediate").execute(&mut other).await.unwrap();
    // The writer waits for the lock as long as its patience lasts, which is not for ever.
    assert!(matches!(bench.store.ready(false).await, Err(StoreError::Unavailable(_))));
    assert!(matches!(bench.store.begin().await.map(drop), Err(StoreError::Unavailable(_))));
    sqlx::raw_sql("rollback").execute(&mut other).await.unwrap();
    bench.store.ready(false).await.unwrap();
    bench.store.begin().await.unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn an_address_that_names_no_database_is_refused_with_what_would_be_right() {
    for url in
        ["sqlite:", "sqlite::memory:", "sqlite:a.db?mode=ro", "mysql://localhost/synvote", "synvote.db"]
    {
        let options = StoreOptions { url: url.to_owned(), readers: 1, allow_unsafe: false };
        let error = Store::open(&options).await.map(drop).unwrap_err();
        assert!(
            matches!(&error, StoreError::UnsafeSettings(text) if text.contains("would be right")),
            "{url}: {error}"
        );
    }
}

#[tokio::test]
async fn a_postgres_that_may_lose_votes_is_refused() {
    let Some(bench) = Bench::postgres().await else { return };
    let (_, database) = bench.options.url.rsplit_once('/').unwrap();
    bench.execute(&format!("alter database {database} set synchronous_commit = off")).await;
    let strict = StoreOptions { allow_unsafe: false, ..bench.options.clone() };
    let error = Store::open(&strict).await.map(drop).unwrap_err();
    assert!(matches!(&error, StoreError::UnsafeSettings(text) if text.contains("= off")), "{error}");
    bench.clear().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_gives_up_a_lock_that_someone_else_holds_too_long() {
    let Some(bench) = Bench::postgres().await else { return };
    let mut first = bench.store.begin().await.unwrap();
    first.set_setting("colour", "red").await.unwrap();
    let mut second = bench.store.begin().await.unwrap();
    // Whoever works on keeps the lock; the other one's patience ends.
    let works = async {
        loop {
            tokio::time::sleep(Duration::from_millis(200)).await;
            first.set_setting("colour", "red").await.unwrap();
        }
    };
    let error = tokio::select! {
        outcome = second.set_setting("colour", "blue") => outcome.unwrap_err(),
        () = works => unreachable!(),
    };
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    drop((first, second));
    bench.clear().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_ends_a_transaction_that_does_nothing() {
    let Some(bench) = Bench::postgres().await else { return };
    let mut frozen = bench.store.begin().await.unwrap();
    frozen.set_setting("colour", "red").await.unwrap();
    let mut other = bench.store.begin().await.unwrap();
    other.set_setting("colour", "blue").await.unwrap();
    other.commit().await.unwrap();
    assert!(frozen.commit().await.is_err(), "it was ended meanwhile");
    assert_eq!(bench.store.setting("colour").await.unwrap().as_deref(), Some("blue"));
    bench.clear().await;
}
