//! What an older release kept comes through a migration.

use store::labeling::Ids;

use super::bench::Bench;

/// The last version with a row for each candidate on a screen, and a lease for each hold.
const WITH_LEASES: i64 = 17;

const NOW: i64 = 1_700_000_000_000;

/// Three assignments: 7 shows 103, 101 and 102, and is held; 9 shows 102, and was submitted; 11 shows nothing and holds nothing.
const SCREENS: &str = "
    insert into synset (wnid, words, definition, examples) values ('n00000002', 'dog', 'a dog', '');
    insert into account (account_id, name, role, password_hash, created_at) values (1, 'ann', 'worker', 'hash', 1);
    insert into project (project_id, name, target_precision, rejection, initial_sample, initial_votes, votes_cap, batch_size,
                         duplicate_distance, created_at)
    values (1, 'pets', 0.997, 0.1, 20, 10, 20, 36, 8, 1);
    insert into project_synset (project_synset_id, project_id, wnid, state, seeded_at) values (5, 1, 'n00000002', 'labelling', 1);
    insert into image (sha256, width, height, bytes, format, phash, phash_version, created_at)
    values ('a', 1, 1, 1, 'jpeg', 0, 1, 1), ('b', 1, 1, 1, 'jpeg', 0, 1, 1), ('c', 1, 1, 1, 'jpeg', 0, 1, 1);
    insert into candidate (candidate_id, project_synset_id, sha256, serving_rank, file_name, created_at)
    values (101, 5, 'a', 1, 'a.jpg', 1), (102, 5, 'b', 2, 'b.jpg', 1), (103, 5, 'c', 3, 'c.jpg', 1);
    insert into assignment (assignment_id, account_id, project_synset_id, assigned_at, expires_at, submitted_at)
    values (7, 1, 5, 1700000000000, 1700000000010, null), (9, 1, 5, 1700000000000, 1700000000010, 1700000000001),
           (11, 1, 5, 1700000000000, 1700000000010, null);
    insert into assignment_candidate (assignment_id, position, candidate_id)
    values (7, 2, 102), (7, 0, 103), (7, 1, 101), (9, 0, 102);
    insert into lease (candidate_id, account_id, assignment_id, expires_at)
    values (101, 1, 7, 1700000000010), (102, 1, 7, 1700000000010), (103, 1, 7, 1700000000010);";

async fn screens_and_holds_move_into_their_assignments(bench: &Bench) {
    bench.execute(SCREENS).await;
    bench.store.migrate().await.unwrap();
    let screens = bench
        .ask("select cast(assignment_id as text), candidates, cast(tiles as text) from assignment a order by a.assignment_id")
        .await;
    let screens: Vec<_> =
        screens.iter().map(|(id, shown, tiles)| (id.as_str(), shown.as_str(), tiles.as_str())).collect();
    assert_eq!(screens, [("7", "[103,101,102]", "3"), ("9", "[102]", "1"), ("11", "[]", "0")]);
    let held = bench.store.live_assignments(5, NOW).await.unwrap();
    let held: Vec<_> = held.iter().map(|row| (row.assignment_id, row.candidates.clone())).collect();
    assert_eq!(held, [(7, Ids(vec![103, 101, 102]))], "what held nothing holds nothing");
    assert_eq!(bench.store.live_leases(NOW).await.unwrap(), 3);
    assert_eq!(bench.store.live_leases(NOW + 10).await.unwrap(), 0);
    let synset = bench.store.project_synset_by_id(5).await.unwrap().unwrap();
    assert_eq!((synset.revision, synset.priority), (0, 0));
    let mut tx = bench.store.begin().await.unwrap();
    let next = tx.assignment_ids(1).await.unwrap();
    assert!(next.len() == 1 && ![7, 9, 11].contains(&next[0]), "{next:?}");
}

#[tokio::test]
async fn sqlite_screens_and_holds_move_into_their_assignments() {
    let bench = Bench::sqlite_at(WITH_LEASES).await;
    screens_and_holds_move_into_their_assignments(&bench).await;
}

#[tokio::test]
async fn postgres_screens_and_holds_move_into_their_assignments() {
    let Some(bench) = Bench::postgres_at(WITH_LEASES).await else { return };
    screens_and_holds_move_into_their_assignments(&bench).await;
    bench.clear().await;
}
