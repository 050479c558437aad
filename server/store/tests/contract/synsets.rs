//! The synsets of a project.

use store::StoreError;
use store::projects::{CounterDelta, OverrideSettings, SynsetState};

use super::bench::Bench;
use super::ground::{NOW, ground, settings, synset, wnid};

cases! {
    seeding_again_changes_nothing,
    a_synset_that_wordnet_lacks_cant_be_seeded,
    twelve_thousand_synsets_are_seeded_at_once,
    a_seeded_synset_starts_empty_and_waiting,
    everything_about_a_synset_can_be_changed,
    each_change_gives_a_synset_a_new_revision,
    several_synsets_advance_at_once,
    twelve_hundred_synsets_advance_at_once,
    what_is_unknown_cant_be_changed,
    a_synset_knows_its_projects,
}

async fn seeding_again_changes_nothing(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.seed_synsets(ground.project, &[wnid(3), wnid(1), wnid(2)], NOW + 5).await.unwrap(), 1);
    assert_eq!(tx.seed_synsets(ground.project, &[], NOW).await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.seeded_wnids(ground.project).await.unwrap(), [wnid(1), wnid(2), wnid(3)]);
    assert_eq!(bench.store.project_synset_by_id(ground.dog).await.unwrap().unwrap().seeded_at, NOW);
}

async fn a_synset_that_wordnet_lacks_cant_be_seeded(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let error = tx.seed_synsets(ground.project, &[wnid(99)], NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::Sql(_)), "{error:?}");
}

async fn twelve_thousand_synsets_are_seeded_at_once(bench: &Bench) {
    let many: Vec<_> = (1..=12_000).map(|n| synset(n, &["a word"], &[])).collect();
    let wnids: Vec<_> = many.iter().map(|synset| synset.wnid).collect();
    let mut tx = bench.store.begin().await.unwrap();
    tx.replace_ontology(&many).await.unwrap();
    let project = tx.insert_project("large", &settings(), NOW).await.unwrap();
    assert_eq!(tx.seed_synsets(project, &wnids, NOW).await.unwrap(), 12_000);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.seeded_wnids(project).await.unwrap(), wnids);
}

async fn a_seeded_synset_starts_empty_and_waiting(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let row = bench.store.project_synset(ground.project, wnid(2)).await.unwrap().unwrap();
    assert_eq!((row.project_synset_id, row.project_id, row.wnid), (ground.dog, ground.project, wnid(2)));
    assert_eq!((row.state, row.paused, row.open(), row.votes), (SynsetState::Waiting, false, 0, 0));
    assert_eq!(
        (row.hold_reason, row.sample_seed, row.calibration_id, row.difficulty),
        (None, None, None, None)
    );
    assert_eq!(row.priority, 0);
    assert_eq!((row.target_precision, row.threshold, row.batch_size), (None, None, None));
    assert_eq!(bench.store.project_synset(ground.project, wnid(1)).await.unwrap(), None);
    assert_eq!(bench.store.project_synset_by_id(812).await.unwrap(), None);
}

async fn everything_about_a_synset_can_be_changed(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let own = OverrideSettings {
        target_precision: Some(0.9),
        threshold: Some(0.8),
        rejection: Some(0.2),
        initial_sample: Some(1),
        initial_votes: Some(2),
        votes_cap: Some(3),
        batch_size: Some(4),
        batch_size_phone: Some(3),
        duplicate_distance: Some(5),
    };
    let delta =
        CounterDelta { candidates: 10, duplicates: 2, positive: 3, negative: 4, escalated: 1, votes: 50 };
    let mut tx = bench.store.begin().await.unwrap();
    tx.lock_project_synset(ground.dog).await.unwrap();
    tx.update_overrides(ground.dog, &own).await.unwrap();
    tx.set_paused(ground.dog, true).await.unwrap();
    tx.set_priority(ground.dog, -1).await.unwrap();
    tx.set_state(ground.dog, SynsetState::Hold, Some("too hard")).await.unwrap();
    tx.set_sample_seed(ground.dog, i64::MIN).await.unwrap();
    tx.set_calibration(ground.dog, 17, Some(5)).await.unwrap();
    tx.add_to_counters(ground.dog, &delta).await.unwrap();
    let row = tx.lock_project_synset(ground.dog).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.project_synset_by_id(ground.dog).await.unwrap().as_ref(), Some(&row));
    assert_eq!(row.priority, -1);
    assert_eq!((row.target_precision, row.threshold, row.rejection), (Some(0.9), Some(0.8), Some(0.2)));
    assert_eq!((row.initial_sample, row.initial_votes, row.votes_cap), (Some(1), Some(2), Some(3)));
    assert_eq!((row.batch_size, row.batch_size_phone, row.duplicate_distance), (Some(4), Some(3), Some(5)));
    assert_eq!(
        (row.paused, row.state, row.hold_reason.as_deref()),
        (true, SynsetState::Hold, Some("too hard"))
    );
    assert_eq!((row.sample_seed, row.calibration_id, row.difficulty), (Some(i64::MIN), Some(17), Some(5)));
    assert_eq!((row.candidates, row.duplicates, row.votes, row.open()), (10, 2, 50, 2));
    let rows = bench.store.synsets_of_project(ground.project).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.project_synset_id).collect::<Vec<_>>(), [ground.dog, ground.cat]);
    assert_eq!((rows[1].paused, rows[1].votes), (false, 0), "the cat is another row");
}

async fn each_change_gives_a_synset_a_new_revision(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let before = bench.store.project_synset_by_id(ground.dog).await.unwrap().unwrap();
    assert_eq!((before.revision, before.priority), (0, 0));
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.lock_project_synset(ground.dog).await.unwrap().revision, 1);
    assert_eq!(tx.lock_project_synset(ground.dog).await.unwrap().revision, 2);
    tx.rollback().await.unwrap();
    let mut tx = bench.store.begin().await.unwrap();
    let row = tx.lock_project_synset(ground.dog).await.unwrap();
    assert_eq!(row.revision, 1, "what was undone is no change");
    tx.advance(&[(ground.dog, CounterDelta::default())]).await.unwrap();
    assert_eq!(tx.hold_synsets(&[ground.dog]).await.unwrap()[0].revision, 2, "a hold is none either");
    assert_eq!(tx.try_hold_synset(ground.dog).await.unwrap().unwrap().revision, 2);
    tx.commit().await.unwrap();
    let revision = async |synset| bench.store.project_synset_by_id(synset).await.unwrap().unwrap().revision;
    assert_eq!((revision(ground.dog).await, revision(ground.cat).await), (2, 0));
}

async fn several_synsets_advance_at_once(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let (dog, cat) = (ground.dog, ground.cat);
    let counted = async || {
        let rows = bench.store.synsets_of_project(ground.project).await.unwrap();
        rows.iter()
            .map(|row| (row.project_synset_id, row.votes, row.positive, row.open()))
            .collect::<Vec<_>>()
    };
    let mut tx = bench.store.begin().await.unwrap();
    let one = CounterDelta { candidates: 9, positive: 2, negative: 1, votes: 40, ..CounterDelta::default() };
    let two =
        CounterDelta { candidates: 5, duplicates: 3, escalated: 1, votes: 7, ..CounterDelta::default() };
    tx.advance(&[(cat, two), (dog, one)]).await.unwrap();
    tx.advance(&[]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(counted().await, [(dog, 40, 2, 6), (cat, 7, 0, 4)]);
    let mut tx = bench.store.begin().await.unwrap();
    let less = CounterDelta { votes: -3, ..CounterDelta::default() };
    tx.advance(&[(dog, less), (cat, less), (dog, less), (dog, less)]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(counted().await, [(dog, 31, 2, 6), (cat, 4, 0, 4)], "a synset may come several times");
    let rows = bench.store.synsets_of_project(ground.project).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.revision).collect::<Vec<_>>(), [2, 2], "each advance is one change");
    assert_eq!((rows[1].duplicates, rows[1].escalated), (3, 1));
}

async fn twelve_hundred_synsets_advance_at_once(bench: &Bench) {
    let many: Vec<_> = (1..=1_200).map(|n| synset(n, &["a word"], &[])).collect();
    let wnids: Vec<_> = many.iter().map(|synset| synset.wnid).collect();
    let mut tx = bench.store.begin().await.unwrap();
    tx.replace_ontology(&many).await.unwrap();
    let project = tx.insert_project("large", &settings(), NOW).await.unwrap();
    tx.seed_synsets(project, &wnids, NOW).await.unwrap();
    let ids: Vec<i64> =
        tx.synsets_of_project(project).await.unwrap().iter().map(|row| row.project_synset_id).collect();
    let deltas: Vec<(i64, CounterDelta)> =
        ids.iter().map(|id| (*id, CounterDelta { votes: *id, ..CounterDelta::default() })).collect();
    tx.advance(&deltas).await.unwrap();
    assert_eq!(tx.hold_synsets(&ids).await.unwrap().len(), 1_200);
    tx.commit().await.unwrap();
    let rows = bench.store.synsets_of_project(project).await.unwrap();
    assert!(rows.iter().all(|row| (row.votes, row.revision) == (row.project_synset_id, 1)));
}

async fn what_is_unknown_cant_be_changed(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    let refused = [
        tx.lock_project_synset(812).await.map(drop),
        tx.update_overrides(812, &OverrideSettings::default()).await,
        tx.set_paused(812, true).await,
        tx.set_priority(812, 1).await,
        tx.set_state(812, SynsetState::Done, None).await,
        tx.set_sample_seed(812, 1).await,
        tx.set_calibration(812, 1, None).await,
        tx.add_to_counters(812, &CounterDelta::default()).await,
    ];
    for (index, outcome) in refused.into_iter().enumerate() {
        assert!(
            matches!(&outcome, Err(StoreError::NotFound(text)) if text.contains("812")),
            "{index}: {outcome:?}"
        );
    }
}

async fn a_synset_knows_its_projects(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let other = tx.insert_project("dogs alone", &settings(), NOW).await.unwrap();
    tx.seed_synsets(other, &[wnid(2)], NOW).await.unwrap();
    tx.commit().await.unwrap();
    let both = [(ground.project, "pets".to_owned()), (other, "dogs alone".to_owned())];
    assert_eq!(bench.store.projects_with_synset(wnid(2)).await.unwrap(), both);
    assert_eq!(bench.store.projects_with_synset(wnid(1)).await.unwrap(), []);
}
