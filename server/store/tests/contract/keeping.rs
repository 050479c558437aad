//! Everything at once: read in one state, and filled into an empty database.

use domain::consensus::Answer;
use futures::TryStreamExt;
use store::keeping::{Kind, Occupancy, Row, Snapshot, Table, Value, encode, occupancy};
use store::{Store, StoreError};

use super::bench::Bench;
use super::ground::{Ground, ground, populate, vote};

cases! {
    every_table_of_the_schema_is_kept_and_comes_after_those_it_refers_to,
    a_table_that_a_migration_adds_is_kept_without_being_named_anywhere,
    what_is_committed_after_a_snapshot_is_not_in_it_and_nobody_waits_for_it,
    rows_come_in_the_order_of_their_keys_and_go_on_after_any,
    what_a_database_holds_is_told_before_it_is_filled,
    a_database_that_is_being_filled_is_marked_and_the_mark_is_no_row,
    where_there_is_no_database_of_ours_that_is_said,
}

async fn names(bench: &Bench) -> Vec<String> {
    let snapshot = Snapshot::open(&bench.options.url).await.unwrap();
    let names = snapshot.layout().tables.iter().map(|table| table.name.clone()).collect();
    snapshot.close().await.unwrap();
    names
}

async fn every_table_of_the_schema_is_kept_and_comes_after_those_it_refers_to(bench: &Bench) {
    let sqlite = bench.options.url.starts_with("sqlite:");
    let listed = if sqlite {
        "select name, '', '' from sqlite_master where type = 'table'"
    } else {
        "select tablename::text, '', '' from pg_tables where schemaname = 'public'"
    };
    let mut listed: Vec<String> = bench.ask(listed).await.into_iter().map(|(name, _, _)| name).collect();
    listed.retain(|name| name != "_sqlx_migrations" && !name.starts_with("sqlite_"));
    let kept = names(bench).await;
    let mut sorted = kept.clone();
    sorted.sort();
    listed.sort();
    assert_eq!(sorted, listed);
    let place = |name: &str| kept.iter().position(|kept| kept == name).unwrap();
    for (before, after) in [
        ("account", "session"),
        ("synset", "project_synset"),
        ("prior", "project_synset"),
        ("image", "candidate"),
        ("candidate", "vote"),
        ("submission", "vote"),
        ("terms", "consent"),
        ("expert_label", "audit"),
        ("job", "import_file"),
    ] {
        assert!(place(before) < place(after), "{before} before {after}: {kept:?}");
    }
}

async fn a_table_that_a_migration_adds_is_kept_without_being_named_anywhere(bench: &Bench) {
    let sql = "create table aaa (vote_note_id bigint not null, candidate_id bigint not null references candidate (candidate_id),
                   note text, again bigint, sure boolean, worth double precision, primary key (vote_note_id, candidate_id))";
    bench.execute(sql).await;
    let snapshot = Snapshot::open(&bench.options.url).await.unwrap();
    let table = snapshot.layout().table("aaa").unwrap();
    assert_eq!(table.names(), ["vote_note_id", "candidate_id", "again", "note", "sure", "worth"]);
    let kinds: Vec<Kind> = table.columns.iter().map(|column| column.kind).collect();
    assert_eq!(kinds, [Kind::Integer, Kind::Integer, Kind::Integer, Kind::Text, Kind::Flag, Kind::Real]);
    assert_eq!((table.key, table.numbered), (2, false));
    let order: Vec<&str> = snapshot.layout().tables.iter().map(|table| table.name.as_str()).collect();
    let place = |name| order.iter().position(|other| *other == name);
    assert!(place("candidate") < place("aaa"));
    snapshot.close().await.unwrap();
    bench.execute("create table heap (value text)").await;
    let error = Snapshot::open(&bench.options.url).await.map(drop).unwrap_err();
    assert!(matches!(&error, StoreError::Unkeepable(text) if text.contains("heap")), "{error}");
}

async fn read(snapshot: &mut Snapshot, table: &str, after: Option<&[Value]>) -> Vec<Row> {
    let table = snapshot.layout().table(table).unwrap().clone();
    snapshot.rows(&table, after).try_collect().await.unwrap()
}

/// Three votes on the dog, and a near duplicate whose original comes later.
async fn filled(store: &Store) -> (Ground, Vec<i64>) {
    let ground = ground(store).await;
    let ids = populate(store, ground.dog, 3).await;
    let mut tx = store.begin().await.unwrap();
    let said: Vec<(i64, Answer)> = ids.iter().map(|id| (*id, Answer::Yes)).collect();
    vote(&mut tx, ground.ann, ground.dog, "a\ttab \\ and\nline", &said).await;
    tx.set_duplicate(ids[0], Some((ids[2], 3)), false).await.unwrap();
    tx.commit().await.unwrap();
    (ground, ids)
}

async fn what_is_committed_after_a_snapshot_is_not_in_it_and_nobody_waits_for_it(bench: &Bench) {
    let (ground, ids) = filled(&bench.store).await;
    let mut before = Snapshot::open(&bench.options.url).await.unwrap();
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.bob, ground.dog, "b", &[(ids[1], Answer::No)]).await;
    tx.commit().await.unwrap();
    assert_eq!(read(&mut before, "vote", None).await.len(), 3);
    let mut after = Snapshot::open(&bench.options.url).await.unwrap();
    assert_eq!(read(&mut after, "vote", None).await.len(), 4);
    let votes = after.layout().table("vote").unwrap().clone();
    assert_eq!((before.count(&votes).await.unwrap(), after.count(&votes).await.unwrap()), (3, 4));
    assert_eq!((before.versions(), before.engine().len() > 5), (&store::known_versions()[..], true));
    before.close().await.unwrap();
    after.close().await.unwrap();
}

async fn rows_come_in_the_order_of_their_keys_and_go_on_after_any(bench: &Bench) {
    filled(&bench.store).await;
    bench
        .execute(
            "insert into setting (name, value) values ('Zoo', '1'), ('apple', '2'), ('Äpfel', '3'), ('a b', '4');
             insert into hypernym (wnid, hypernym_wnid, is_instance) values ('n00000002', 'n00000001', true)",
        )
        .await;
    let mut snapshot = Snapshot::open(&bench.options.url).await.unwrap();
    for table in snapshot.layout().tables.clone() {
        let all = read(&mut snapshot, &table.name, None).await;
        let keys: Vec<&[Value]> = all.iter().map(|row| table.key_of(row)).collect();
        assert!(keys.is_sorted() && keys.iter().all(|key| !key.contains(&Value::Null)), "{}", table.name);
        for (place, key) in keys.iter().enumerate() {
            let rest = read(&mut snapshot, &table.name, Some(key)).await;
            assert_eq!(rest, all[place + 1..], "{}", table.name);
        }
        assert_eq!(snapshot.last_key(&table).await.unwrap().as_deref(), keys.last().copied());
    }
    let names = read(&mut snapshot, "setting", None).await;
    let names: Vec<&Value> = names.iter().map(|row| &row[0]).collect();
    assert_eq!(names, ["Zoo", "a b", "apple", "Äpfel"].map(|name| Value::Text(name.to_owned())).each_ref());
    snapshot.close().await.unwrap();
}

async fn what_a_database_holds_is_told_before_it_is_filled(bench: &Bench) {
    let url = &bench.options.url;
    assert_eq!(occupancy(url).await.unwrap(), Occupancy::Empty);
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_setting("colour", "red").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(occupancy(url).await.unwrap(), Occupancy::Taken("1 rows in the table setting".to_owned()));
    bench.execute("drop table _sqlx_migrations").await;
    assert!(
        matches!(occupancy(url).await.unwrap(), Occupancy::Taken(text) if text.contains("something else"))
    );
}

async fn a_database_that_is_being_filled_is_marked_and_the_mark_is_no_row(bench: &Bench) {
    assert_eq!(bench.store.unfinished().await.unwrap(), None);
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_unfinished("a test").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.unfinished().await.unwrap().as_deref(), Some("a test"));
    assert_eq!(occupancy(&bench.options.url).await.unwrap(), Occupancy::Unfinished("a test".to_owned()));
    let mut snapshot = Snapshot::open(&bench.options.url).await.unwrap();
    assert_eq!(snapshot.unfinished().await.unwrap().as_deref(), Some("a test"));
    assert_eq!(read(&mut snapshot, "setting", None).await, Vec::<Row>::new());
    snapshot.close().await.unwrap();
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_whole().await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.unfinished().await.unwrap(), None);
    assert_eq!(occupancy(&bench.options.url).await.unwrap(), Occupancy::Empty);
}

async fn where_there_is_no_database_of_ours_that_is_said(bench: &Bench) {
    bench.execute("drop table _sqlx_migrations").await;
    let error = Snapshot::open(&bench.options.url).await.map(drop).unwrap_err();
    assert!(error.to_string().contains("holds no Synvote"), "{error}");
    let error = Snapshot::open("sqlite:/nowhere/at/all.db").await.map(drop).unwrap_err();
    assert!(error.to_string().contains("there is no database at /nowhere/at/all.db"), "{error}");
    assert_eq!(occupancy("sqlite:/nowhere/at/all.db").await.unwrap(), Occupancy::Empty);
}

/// Copies all rows of a database into an empty one, a few at a time.
async fn copy(from: &Bench, to: &Bench) {
    let mut snapshot = Snapshot::open(&from.options.url).await.unwrap();
    for table in snapshot.layout().tables.clone() {
        let rows = read(&mut snapshot, &table.name, None).await;
        let mut tx = to.store.begin().await.unwrap();
        for some in rows.chunks(2) {
            tx.fill(&table, some).await.unwrap();
        }
        tx.fill_late(&table, &rows).await.unwrap();
        tx.number_on(&table).await.unwrap();
        tx.commit().await.unwrap();
    }
    snapshot.close().await.unwrap();
}

/// Every table as text.
async fn text(bench: &Bench) -> Vec<(String, String)> {
    let mut snapshot = Snapshot::open(&bench.options.url).await.unwrap();
    let tables: Vec<Table> = snapshot.layout().tables.clone();
    let mut all = Vec::new();
    for table in tables {
        let mut lines = String::new();
        for row in read(&mut snapshot, &table.name, None).await {
            encode(&row, &mut lines);
        }
        all.push((table.name, lines));
    }
    snapshot.close().await.unwrap();
    all
}

/// What is copied is equal in all tables, refers to itself rightly, and is numbered on after the last row.
async fn check_copy(from: Bench, to: Bench) {
    let (ground, ids) = filled(&from.store).await;
    copy(&from, &to).await;
    let (one, other) = (text(&from).await, text(&to).await);
    assert!(one.iter().filter(|(_, lines)| !lines.is_empty()).count() >= 10);
    assert_eq!(one, other);
    let row = &to.store.recounted(ground.dog).await.unwrap()[0];
    assert_eq!((row.candidate_id, row.duplicate_of), (ids[0], Some(ids[2])));
    let mut tx = to.store.begin().await.unwrap();
    let (submission, _) = vote(&mut tx, ground.bob, ground.dog, "b", &[(ids[1], Answer::No)]).await;
    let first: i64 = one
        .iter()
        .find(|(name, _)| name == "submission")
        .map_or(0, |(_, lines)| lines.lines().count() as i64);
    assert_eq!(submission, first + 1);
    tx.rollback().await.unwrap();
    from.clear().await;
    to.clear().await;
}

#[tokio::test]
async fn a_copy_is_equal_from_sqlite_to_sqlite() {
    check_copy(Bench::sqlite().await, Bench::sqlite().await).await;
}

#[tokio::test]
async fn a_copy_is_equal_from_sqlite_to_postgres() {
    let Some(postgres) = Bench::postgres().await else { return };
    check_copy(Bench::sqlite().await, postgres).await;
}

#[tokio::test]
async fn a_copy_is_equal_from_postgres_to_sqlite() {
    let Some(postgres) = Bench::postgres().await else { return };
    check_copy(postgres, Bench::sqlite().await).await;
}

#[tokio::test]
async fn both_engines_have_the_same_layout() {
    let sqlite = Bench::sqlite().await;
    let Some(postgres) = Bench::postgres().await else { return };
    let one = Snapshot::open(&sqlite.options.url).await.unwrap();
    let other = Snapshot::open(&postgres.options.url).await.unwrap();
    assert_eq!(one.layout(), other.layout());
    one.close().await.unwrap();
    other.close().await.unwrap();
    postgres.clear().await;
}

#[tokio::test]
async fn sqlite_is_read_alone_only_when_no_server_has_it_and_no_server_starts_meanwhile() {
    let bench = Bench::sqlite().await;
    let error = Snapshot::open_alone(&bench.options.url).await.map(drop).unwrap_err();
    assert!(matches!(error, StoreError::InUse(_)), "{error}");
    bench.store.close().await.unwrap();
    let alone = Snapshot::open_alone(&bench.options.url).await.unwrap();
    assert!(matches!(Store::open(&bench.options).await.map(drop), Err(StoreError::InUse(_))));
    drop(alone);
    Store::open(&bench.options).await.unwrap();
}

#[tokio::test]
async fn postgres_is_read_alone_while_servers_read_and_can_not_write() {
    let Some(bench) = Bench::postgres().await else { return };
    filled(&bench.store).await;
    let alone = Snapshot::open_alone(&bench.options.url).await.unwrap();
    assert_eq!(bench.store.projects().await.unwrap().len(), 1);
    assert!(matches!(bench.store.ready(true).await, Err(StoreError::Unavailable(_))));
    alone.close().await.unwrap();
    bench.store.ready(true).await.unwrap();
    bench.clear().await;
}

#[tokio::test]
async fn a_sqlite_file_that_a_killed_server_left_is_read_with_all_that_was_committed() {
    let bench = Bench::sqlite().await;
    filled(&bench.store).await;
    // What a process that is killed leaves: the file and its log, not closed by anybody.
    let (folder, path) = (tempfile::tempdir().unwrap(), bench.options.url.strip_prefix("sqlite:").unwrap());
    let left = folder.path().join("left.db");
    std::fs::copy(path, &left).unwrap();
    std::fs::copy(format!("{path}-wal"), folder.path().join("left.db-wal")).unwrap();
    let mut snapshot = Snapshot::open(&format!("sqlite:{}", left.display())).await.unwrap();
    assert_eq!(read(&mut snapshot, "vote", None).await.len(), 3);
    snapshot.close().await.unwrap();
}
