//! Images and candidates.

use domain::consensus::{Answer, Verdict};
use store::StoreError;
use store::candidates::{CandidateRow, FactsRow, ImageRow, JudgementRow};

use super::bench::Bench;
use super::ground::{NOW, ground, image, new_candidate, populate, vote};

cases! {
    a_candidate_comes_back_as_it_was_made,
    an_image_is_a_candidate_of_a_synset_once,
    a_candidate_needs_its_image,
    an_image_that_is_known_stays_as_it_is,
    fingerprints_say_what_deduplication_needs,
    a_near_duplicate_is_marked_and_unmarked,
    a_near_duplicate_has_no_judgement_and_may_leave_the_sample,
    the_initial_sample_is_drawn_and_emptied,
}

async fn a_candidate_comes_back_as_it_was_made(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.upsert_image(&image("a")).await.unwrap();
    let id = tx.insert_candidate(&new_candidate(ground.dog, "a", 5), NOW).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let expected = CandidateRow {
        candidate_id: id,
        project_synset_id: ground.dog,
        sha256: "a".to_owned(),
        serving_rank: 5,
        in_initial_sample: false,
        duplicate_of: None,
        duplicate_distance: None,
        known: FactsRow::default(),
        verdict: Verdict::Undecided,
        reason: None,
        confidence: None,
        calibration_id: None,
        settled_at: None,
        file_name: "a.jpg".to_owned(),
        source_url: Some("https://example.org/".to_owned()),
        licence: Some("CC0".to_owned()),
        attribution: None,
        creator: None,
        related_candidate_id: None,
        created_at: NOW,
    };
    assert_eq!(expected.known.tally().total(), 0);
    assert_eq!(bench.store.candidate(id).await.unwrap(), Some(expected));
    assert_eq!(bench.store.candidate(id + 1).await.unwrap(), None);
}

async fn an_image_is_a_candidate_of_a_synset_once(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.upsert_image(&image("a")).await.unwrap();
    assert!(!tx.has_candidate(ground.dog, "a").await.unwrap());
    assert!(tx.insert_candidate(&new_candidate(ground.dog, "a", 1), NOW).await.unwrap().is_some());
    assert_eq!(tx.insert_candidate(&new_candidate(ground.dog, "a", 2), NOW).await.unwrap(), None);
    assert!(tx.insert_candidate(&new_candidate(ground.cat, "a", 1), NOW).await.unwrap().is_some());
    assert!(tx.has_candidate(ground.dog, "a").await.unwrap());
    tx.commit().await.unwrap();
    assert!(bench.store.has_candidate(ground.cat, "a").await.unwrap());
    assert!(!bench.store.has_candidate(ground.cat, "b").await.unwrap());
}

async fn a_candidate_needs_its_image(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let error = tx.insert_candidate(&new_candidate(ground.dog, "a", 1), NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::Sql(_)), "{error:?}");
}

async fn an_image_that_is_known_stays_as_it_is(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    let first = ImageRow { phash: i64::MIN, ..image("a") };
    tx.upsert_image(&first).await.unwrap();
    tx.upsert_image(&ImageRow { width: 1, ..image("a") }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.image("a").await.unwrap(), Some(first));
    assert_eq!(bench.store.image("b").await.unwrap(), None);
}

async fn fingerprints_say_what_deduplication_needs(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    populate(&bench.store, ground.cat, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "k", &[(ids[1], Answer::Unsure)]).await;
    tx.set_duplicate(ids[2], Some((ids[0], 3)), false).await.unwrap();
    tx.mark_initial_sample(&[ids[0]]).await.unwrap();
    let rows = tx.fingerprints(ground.dog).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.candidate_id).collect::<Vec<_>>(), ids);
    assert_eq!(rows.iter().map(|row| row.has_votes).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(rows.iter().map(|row| row.duplicate_of).collect::<Vec<_>>(), [None, None, Some(ids[0])]);
    assert_eq!(rows.iter().map(|row| row.in_initial_sample).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!((rows[0].phash, rows[0].phash_version, rows[0].pixels), (-7, 1, 640 * 480));
    assert_eq!(rows[0].sha256, format!("image {} 0", ground.dog));
}

async fn a_near_duplicate_is_marked_and_unmarked(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[1], Some((ids[0], 3)), false).await.unwrap();
    let row = tx.candidate(ids[1]).await.unwrap().unwrap();
    assert_eq!((row.duplicate_of, row.duplicate_distance), (Some(ids[0]), Some(3)));
    assert_eq!(tx.undecided_ids(ground.dog).await.unwrap(), [ids[0]]);
    tx.set_duplicate(ids[1], None, false).await.unwrap();
    assert_eq!(tx.undecided_ids(ground.dog).await.unwrap(), ids);
    assert!(matches!(tx.set_duplicate(812_812, None, false).await, Err(StoreError::NotFound(_))));
}

async fn a_near_duplicate_has_no_judgement_and_may_leave_the_sample(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let judgement = |candidate_id| JudgementRow {
        candidate_id,
        verdict: Verdict::Positive,
        reason: Some("above_threshold".to_owned()),
        confidence: 0.99,
        calibration_id: Some(1),
        settled_at: Some(NOW),
    };
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&ids).await.unwrap();
    tx.save_judgements(&[judgement(ids[0]), judgement(ids[1]), judgement(ids[2])]).await.unwrap();
    tx.set_duplicate(ids[1], Some((ids[0], 2)), true).await.unwrap();
    tx.set_duplicate(ids[2], Some((ids[0], 2)), false).await.unwrap();
    let rows = tx.fingerprints(ground.dog).await.unwrap();
    let shown: Vec<_> = rows.iter().map(|row| (row.verdict, row.in_initial_sample)).collect();
    let forgotten = Verdict::Undecided;
    assert_eq!(shown, [(Verdict::Positive, true), (forgotten, false), (forgotten, true)]);
    let row = tx.candidate(ids[1]).await.unwrap().unwrap();
    assert_eq!((row.reason, row.confidence, row.calibration_id, row.settled_at), (None, None, None, None));
}

async fn the_initial_sample_is_drawn_and_emptied(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 5).await;
    let cats = populate(&bench.store, ground.cat, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&[]).await.unwrap();
    assert_eq!(tx.sample_tallies(ground.dog).await.unwrap(), []);
    tx.mark_initial_sample(&[ids[3], ids[1], cats[0]]).await.unwrap();
    let drawn: Vec<i64> =
        tx.sample_tallies(ground.dog).await.unwrap().iter().map(|row| row.candidate_id).collect();
    assert_eq!(drawn, [ids[1], ids[3]]);
    tx.clear_initial_sample(ground.dog).await.unwrap();
    assert_eq!(tx.sample_tallies(ground.dog).await.unwrap(), []);
    assert_eq!(tx.sample_tallies(ground.cat).await.unwrap().len(), 1);
}
