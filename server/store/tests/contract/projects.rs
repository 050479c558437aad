//! Projects.

use domain::consensus::Method;
use store::StoreError;
use store::projects::{CounterDelta, ProjectSettings, TotalsRow};

use super::bench::Bench;
use super::ground::{NOW, ground, settings};

cases! {
    a_project_comes_back_as_it_was_made,
    a_projects_name_is_taken_once,
    settings_change,
    totals_sum_the_counters_of_the_projects_synsets_alone,
    a_budget_is_what_the_votes_of_all_synsets_leave_of_it,
}

async fn a_project_comes_back_as_it_was_made(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    let fixed = ProjectSettings { threshold: Some(0.1 + 0.2), ..settings() };
    let id = tx.insert_project("pets", &fixed, NOW).await.unwrap();
    let other = tx.insert_project("a second one", &settings(), NOW).await.unwrap();
    tx.commit().await.unwrap();
    let row = bench.store.project(id).await.unwrap().unwrap();
    assert_eq!((row.project_id, row.name.as_str(), row.created_at), (id, "pets", NOW));
    assert_eq!((row.target_precision, row.threshold, row.rejection), (0.997, Some(0.1 + 0.2), 0.1));
    assert_eq!((row.initial_sample, row.initial_votes, row.votes_cap), (20, 10, 20));
    assert_eq!((row.batch_size, row.batch_size_phone, row.duplicate_distance), (36, 24, 8));
    let ids: Vec<i64> = bench.store.projects().await.unwrap().iter().map(|row| row.project_id).collect();
    assert_eq!(ids, [id, other]);
    assert_eq!(bench.store.project(other + 1).await.unwrap(), None);
}

async fn a_projects_name_is_taken_once(bench: &Bench) {
    ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let again = tx.insert_project("pets", &settings(), NOW).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
}

async fn settings_change(bench: &Bench) {
    let project = ground(&bench.store).await.project;
    let other = ProjectSettings {
        target_precision: 0.9,
        threshold: Some(0.8),
        rejection: 0.2,
        initial_sample: 1,
        initial_votes: 2,
        votes_cap: 3,
        batch_size: 4,
        batch_size_phone: 3,
        duplicate_distance: 5,
        method: Method::Fixed { votes: 10, yes: 9 },
    };
    let mut tx = bench.store.begin().await.unwrap();
    tx.update_project_settings(project, &other).await.unwrap();
    assert!(matches!(tx.update_project_settings(812, &other).await, Err(StoreError::NotFound(_))));
    let row = tx.project(project).await.unwrap().unwrap();
    assert_eq!((row.target_precision, row.threshold, row.rejection), (0.9, Some(0.8), 0.2));
    assert_eq!((row.initial_sample, row.initial_votes, row.votes_cap), (1, 2, 3));
    assert_eq!((row.batch_size, row.batch_size_phone, row.duplicate_distance), (4, 3, 5));
    assert_eq!(row.method, other.method);
}

async fn totals_sum_the_counters_of_the_projects_synsets_alone(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let empty = tx.insert_project("empty", &settings(), NOW).await.unwrap();
    let delta =
        CounterDelta { candidates: 10, duplicates: 2, positive: 3, negative: 4, escalated: 1, votes: 50 };
    tx.add_to_counters(ground.dog, &delta).await.unwrap();
    tx.add_to_counters(ground.cat, &CounterDelta { candidates: 5, votes: 7, ..Default::default() })
        .await
        .unwrap();
    tx.add_to_counters(ground.cat, &CounterDelta { votes: -1, ..Default::default() }).await.unwrap();
    tx.commit().await.unwrap();
    let expected = TotalsRow {
        synsets: 2,
        candidates: 15,
        duplicates: 2,
        positive: 3,
        negative: 4,
        escalated: 1,
        votes: 56,
    };
    assert_eq!(bench.store.totals(ground.project).await.unwrap(), expected);
    assert_eq!(bench.store.totals(empty).await.unwrap(), TotalsRow::default());
}

async fn a_budget_is_what_the_votes_of_all_synsets_leave_of_it(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let project = ground.project;
    let mut tx = bench.store.begin().await.unwrap();
    for (synset, votes) in [(ground.dog, 3), (ground.cat, 4)] {
        tx.add_to_counters(synset, &CounterDelta { votes, ..CounterDelta::default() }).await.unwrap();
    }
    assert_eq!(tx.budget(project).await.unwrap(), Some((None, 7)));
    assert_eq!(tx.votes_left(project).await.unwrap(), None, "there is no budget");
    for (budget, left) in [(9, 2), (8, 1), (7, 0), (1, 0)] {
        tx.set_budget(project, Some(budget)).await.unwrap();
        assert_eq!(tx.votes_left(project).await.unwrap(), Some(left), "{budget}");
    }
    assert!(matches!(tx.set_budget(project + 1, None).await, Err(StoreError::NotFound(_))));
    let empty = tx.insert_project("empty", &settings(), NOW).await.unwrap();
    tx.set_budget(empty, Some(5)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.budget(project).await.unwrap(), Some((Some(1), 7)));
    assert_eq!(bench.store.budget(empty + 1).await.unwrap(), None);
    assert_eq!(bench.store.votes_left(empty).await.unwrap(), Some(5), "it has no synsets yet");
    assert_eq!(bench.store.votes_left(empty + 1).await.unwrap(), None);
}
