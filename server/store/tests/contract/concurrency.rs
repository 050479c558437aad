//! Many at once.

use domain::consensus::Answer;
use domain::roles::Role;
use store::jobs::{JobState, ProvenanceRow};
use store::{Store, StoreError};

use super::bench::Bench;
use super::ground::{NOW, ground, populate, vote};

cases! {
    forty_workers_at_once_never_lease_a_candidate_more_often_than_allowed,
    forty_submissions_of_one_worker_count_each_candidate_once,
    twenty_people_with_one_invitation_get_one_account,
    ten_takers_of_three_jobs_take_three,
}

/// Leases a worker up to five candidates of a synset that have fewer than two live leases, as a service would.
async fn lease(store: Store, account_id: i64, project_synset_id: i64) -> Result<usize, StoreError> {
    let mut tx = store.begin().await?;
    tx.lock_project_synset(project_synset_id).await?;
    let rows = tx.leasable(project_synset_id, account_id, false, None, 1000, NOW).await?;
    let free: Vec<i64> =
        rows.iter().filter(|row| row.live_leases < 2).map(|row| row.candidate_id).take(5).collect();
    if free.is_empty() {
        tx.rollback().await?;
    } else {
        tx.insert_assignment(account_id, project_synset_id, NOW, NOW + 10, &free).await?;
        tx.commit().await?;
    }
    Ok(free.len())
}

async fn forty_workers_at_once_never_lease_a_candidate_more_often_than_allowed(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 60).await;
    let mut tx = bench.store.begin().await.unwrap();
    let mut workers = Vec::new();
    for number in 0..40 {
        workers
            .push(tx.insert_account(&format!("worker {number}"), Role::Worker, "hash", NOW).await.unwrap());
    }
    tx.commit().await.unwrap();
    let tasks: Vec<_> =
        workers.iter().map(|&worker| tokio::spawn(lease(bench.store.clone(), worker, ground.dog))).collect();
    let mut leased = 0;
    for task in tasks {
        leased += task.await.unwrap().unwrap();
    }
    // 40 workers ask for 200 leases, and there are 120 to be had: all of them are given, and none above.
    assert_eq!(leased, 120);
    let mut tx = bench.store.begin().await.unwrap();
    let rows = tx.leasable(ground.dog, ground.ann, false, None, 1000, NOW).await.unwrap();
    assert_eq!(rows.len(), ids.len());
    assert!(rows.iter().all(|row| row.live_leases == 2));
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
    let job = tx.take_job().await?;
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
