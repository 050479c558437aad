//! Many at once.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::consensus::Answer;
use domain::roles::Role;
use store::jobs::{JobState, ProvenanceRow};
use store::projects::CounterDelta;
use store::{Store, StoreError, Tx};

use super::bench::Bench;
use super::ground::{NOW, assign, ground, populate, vote};

cases! {
    forty_workers_at_once_never_hold_a_candidate_more_often_than_allowed,
    who_holds_synsets_waits_for_who_holds_one_of_them,
    forty_submissions_of_one_worker_count_each_candidate_once,
    twenty_people_with_one_invitation_get_one_account,
    ten_takers_of_three_jobs_take_three,
}

/// How many people may hold a candidate.
const ALLOWED: usize = 2;

/// How often each candidate of a synset is held.
async fn held(tx: &mut Tx, project_synset_id: i64) -> Result<BTreeMap<i64, usize>, StoreError> {
    let mut held = BTreeMap::new();
    for assignment in tx.live_assignments(project_synset_id, NOW).await? {
        for candidate in assignment.candidates.0 {
            *held.entry(candidate).or_default() += 1;
        }
    }
    Ok(held)
}

/// Hands a worker up to five candidates of a synset that fewer people hold than may, counting holds as a service would.
async fn hand_out(store: Store, account_id: i64, project_synset_id: i64) -> Result<usize, StoreError> {
    let mut tx = store.begin().await?;
    tx.lock_project_synset(project_synset_id).await?;
    let held = held(&mut tx, project_synset_id).await?;
    let is_free = |id: &i64| held.get(id).is_none_or(|holders| *holders < ALLOWED);
    let open = tx.open_candidates(project_synset_id, 100).await?;
    let free: Vec<i64> = open.iter().map(|row| row.candidate_id).filter(is_free).take(5).collect();
    if free.is_empty() {
        tx.rollback().await?;
    } else {
        assign(&mut tx, account_id, project_synset_id, NOW, NOW + 10, &free).await;
        tx.commit().await?;
    }
    Ok(free.len())
}

async fn forty_workers_at_once_never_hold_a_candidate_more_often_than_allowed(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 60).await;
    let mut tx = bench.store.begin().await.unwrap();
    let mut workers = Vec::new();
    for number in 0..40 {
        workers
            .push(tx.insert_account(&format!("worker {number}"), Role::Worker, "hash", NOW).await.unwrap());
    }
    let before = tx.project_synset_by_id(ground.dog).await.unwrap().unwrap().revision;
    tx.commit().await.unwrap();
    let tasks: Vec<_> = workers
        .iter()
        .map(|&worker| tokio::spawn(hand_out(bench.store.clone(), worker, ground.dog)))
        .collect();
    let mut handed_out = Vec::new();
    for task in tasks {
        handed_out.push(task.await.unwrap().unwrap());
    }
    // 40 workers ask for 200 holds, and there are 120 to be had: all of them are given, and none above.
    assert_eq!(handed_out.iter().sum::<usize>(), 120);
    assert_eq!(bench.store.live_leases(NOW).await.unwrap(), 120);
    let mut tx = bench.store.begin().await.unwrap();
    let held = held(&mut tx, ground.dog).await.unwrap();
    assert_eq!(held, ids.iter().map(|id| (*id, ALLOWED)).collect());
    let live = tx.live_assignments(ground.dog, NOW).await.unwrap();
    let mut people: Vec<i64> = live.iter().map(|row| row.account_id).collect();
    people.sort_unstable();
    people.dedup();
    let served = handed_out.iter().filter(|number| **number > 0).count();
    assert_eq!((live.len(), people.len()), (served, served));
    let revision = tx.project_synset_by_id(ground.dog).await.unwrap().unwrap().revision;
    assert_eq!(revision, before + served as i64, "each hold gave the synset a new revision");
}

/// Holds synsets, and says what votes they have by then.
async fn votes_when_held(store: Store, synsets: Vec<i64>) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut tx = store.begin().await?;
    let rows = tx.hold_synsets(&synsets).await?;
    tx.commit().await?;
    Ok(rows.iter().map(|row| (row.project_synset_id, row.votes)).collect())
}

async fn who_holds_synsets_waits_for_who_holds_one_of_them(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let (dog, cat) = (ground.dog, ground.cat);
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.hold_synsets(&[cat]).await.unwrap().len(), 1);
    let task = tokio::spawn(votes_when_held(bench.store.clone(), vec![cat, 812, dog, cat]));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!task.is_finished());
    let votes = CounterDelta { votes: 5, ..CounterDelta::default() };
    tx.advance(&[(cat, votes)]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        task.await.unwrap().unwrap(),
        [(dog, 0), (cat, 5)],
        "ascending, each once, and as they are now"
    );
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.try_hold_synset(cat).await.unwrap().unwrap().votes, 5, "nobody holds it");
    assert_eq!(tx.try_hold_synset(812).await.unwrap(), None);
    assert_eq!(tx.hold_synsets(&[]).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_passes_over_a_synset_that_someone_else_holds() {
    let Some(bench) = Bench::postgres().await else { return };
    let ground = ground(&bench.store).await;
    let mut first = bench.store.begin().await.unwrap();
    let mut second = bench.store.begin().await.unwrap();
    first.hold_synsets(&[ground.dog]).await.unwrap();
    assert_eq!(second.try_hold_synset(ground.dog).await.unwrap(), None, "at once, without waiting");
    assert!(second.try_hold_synset(ground.cat).await.unwrap().is_some());
    assert_eq!(first.try_hold_synset(ground.cat).await.unwrap(), None, "whoever tries holds, too");
    assert!(first.try_hold_synset(ground.dog).await.unwrap().is_some(), "one's own is no obstacle");
    first.commit().await.unwrap();
    assert!(second.try_hold_synset(ground.dog).await.unwrap().is_some());
    second.lock_project_synset(ground.cat).await.unwrap();
    second.commit().await.unwrap();
    bench.clear().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_holds_those_of_several_synsets_that_nobody_else_holds() {
    let Some(bench) = Bench::postgres().await else { return };
    let ground = ground(&bench.store).await;
    let mut first = bench.store.begin().await.unwrap();
    let mut second = bench.store.begin().await.unwrap();
    first.hold_synsets(&[ground.dog]).await.unwrap();
    let free = second.hold_free_synsets(&[ground.dog, ground.cat, 812]).await.unwrap();
    assert_eq!(free.iter().map(|row| row.project_synset_id).collect::<Vec<_>>(), [ground.cat]);
    let soon = Duration::from_millis(20);
    let mut fourth = bench.store.begin().await.unwrap();
    let refused = fourth.hold_synsets_within(&[ground.cat], soon).await.unwrap_err();
    assert!(refused.is_locked() && !refused.is_clash(), "{refused}");
    drop(fourth);
    first.commit().await.unwrap();
    assert_eq!(second.hold_synsets_within(&[ground.dog], soon).await.unwrap().len(), 1);
    second.hold_synsets_of_project(ground.project).await.unwrap();
    let mut third = bench.store.begin().await.unwrap();
    assert_eq!(third.hold_free_synsets(&[ground.dog, ground.cat]).await.unwrap(), []);
    second.commit().await.unwrap();
    assert_eq!(third.hold_free_synsets(&[ground.dog, ground.cat]).await.unwrap().len(), 2);
    third.commit().await.unwrap();
    bench.clear().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_hear_of_each_other_until_they_are_gone() {
    for bench in [Some(Bench::sqlite().await), Bench::postgres().await].into_iter().flatten() {
        let mut first = bench.store.appear(7).await.unwrap();
        assert_eq!((first.number(), first.all().await.unwrap()), (7, vec![7]));
        if bench.options.url.starts_with("postgres") {
            let taken = bench.store.appear(7).await;
            assert!(matches!(taken, Err(StoreError::Conflict(_))), "{taken:?}");
            let mut second = bench.store.appear(3).await.unwrap();
            assert_eq!((second.all().await.unwrap(), first.all().await.unwrap()), (vec![3, 7], vec![3, 7]));
            drop(second);
            while first.all().await.unwrap() != [7] {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        drop(first);
        bench.clear().await;
    }
}

async fn submit(
    store: Store,
    account_id: i64,
    project_synset_id: i64,
    key: String,
    ids: Vec<i64>,
) -> Result<(), StoreError> {
    let votes: Vec<(i64, Answer)> = ids.into_iter().map(|id| (id, Answer::Yes)).collect();
    let mut tx = store.begin().await?;
    tx.lock_project_synset(project_synset_id).await?;
    vote(&mut tx, account_id, project_synset_id, &key, &votes).await;
    tx.commit().await
}

async fn forty_submissions_of_one_worker_count_each_candidate_once(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 10).await;
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let mut ids = ids.clone();
            ids.rotate_left(number % 10);
            tokio::spawn(submit(bench.store.clone(), ground.ann, ground.dog, number.to_string(), ids))
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(bench.store.tally_counts(ground.dog).await.unwrap(), [(1, 0, 0, 10)]);
    let counted = bench.store.recounted_synset(ground.dog).await.unwrap();
    let kept = bench.store.project_synset_by_id(ground.dog).await.unwrap().unwrap();
    assert_eq!((counted.votes, kept.votes), (10, 10));
}

async fn accept(store: Store, name: String) -> Result<bool, StoreError> {
    let mut tx = store.begin().await?;
    let account_id = tx.insert_account(&name, Role::Worker, "hash", NOW).await?;
    if tx.accept_invitation("token", account_id, NOW).await? {
        tx.commit().await?;
        return Ok(true);
    }
    tx.rollback().await?;
    Ok(false)
}

async fn twenty_people_with_one_invitation_get_one_account(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_invitation("token", Role::Worker, None, NOW, NOW + 10).await.unwrap();
    tx.commit().await.unwrap();
    let tasks: Vec<_> =
        (0..20).map(|number| tokio::spawn(accept(bench.store.clone(), format!("person {number}")))).collect();
    let mut accepted = 0;
    for task in tasks {
        accepted += usize::from(task.await.unwrap().unwrap());
    }
    assert_eq!(accepted, 1);
    assert_eq!(bench.store.accounts_after(None, 100).await.unwrap().len(), 1);
}

async fn take(store: Store) -> Result<Option<i64>, StoreError> {
    let mut tx = store.begin().await?;
    let job = tx.take_job(NOW, 10).await?;
    tx.commit().await?;
    Ok(job.map(|job| job.job_id))
}

async fn ten_takers_of_three_jobs_take_three(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    for _ in 0..3 {
        let id = tx
            .insert_import(ground.project, Some(ground.dog), None, &ProvenanceRow::default(), NOW)
            .await
            .unwrap();
        tx.set_job_state(id, JobState::Queued, None, None).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut taken = Vec::new();
    // A taker that meets another at the same job goes away empty-handed, so they come again until nothing is left.
    while bench
        .store
        .imports_of_project(ground.project, 10)
        .await
        .unwrap()
        .iter()
        .any(|job| job.attempts == 0)
    {
        let tasks: Vec<_> = (0..10).map(|_| tokio::spawn(take(bench.store.clone()))).collect();
        for task in tasks {
            taken.extend(task.await.unwrap().unwrap());
        }
    }
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), 3);
    let attempts: Vec<i64> = bench
        .store
        .imports_of_project(ground.project, 10)
        .await
        .unwrap()
        .iter()
        .map(|job| job.attempts)
        .collect();
    assert_eq!(attempts, [1, 1, 1]);
}
