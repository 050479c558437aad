//! Versions of confidence tables.

use domain::consensus::{Method, Offsets, Source};
use store::labeling::{CalibrationRow, NewCalibration, Through};

use super::bench::Bench;
use super::ground::{NOW, ground};

cases! {
    a_calibration_comes_back_bit_by_bit,
    versions_count_up_within_a_synset,
}

pub fn new(project_synset_id: i64) -> NewCalibration {
    NewCalibration {
        project_synset_id,
        through: Through { submission_id: 17, exclusion_id: 3, expert_label_id: 5, trust_id: 7 },
        method: Method::Full,
        prior_id: None,
        images: 20,
        anchored: 0,
        prevalence: 0.1 + 0.2,
        good_yes_rate: 1.0 / 3.0,
        good_concentration: 6.02e23,
        bad_yes_rate: f64::MIN_POSITIVE,
        bad_concentration: 200.0,
        near_miss_share: 1e-17,
        target_precision: 0.997,
        fixed_threshold: Some(0.99),
        threshold: None,
        rejection: 0.1,
        votes_cap: 20,
        initial_votes: 10,
        difficulty: Some(5),
        hold_reason: Some("No threshold reaches it.".to_owned()),
        audit_shift: -0.1 - 0.2,
        audited_good: 28,
        audited_bad: 2,
        source_offsets: Offsets::new([(Source(3), -0.1 - 0.2), (Source(0), 1e-17)]),
        created_at: NOW,
    }
}

fn stored(new: NewCalibration, calibration_id: i64, version: i64) -> CalibrationRow {
    CalibrationRow {
        calibration_id,
        project_synset_id: new.project_synset_id,
        version,
        through_submission_id: new.through.submission_id,
        through_exclusion_id: new.through.exclusion_id,
        through_expert_label_id: new.through.expert_label_id,
        through_trust_id: new.through.trust_id,
        method: new.method,
        prior_id: new.prior_id,
        images: new.images,
        anchored: new.anchored,
        prevalence: new.prevalence,
        good_yes_rate: new.good_yes_rate,
        good_concentration: new.good_concentration,
        bad_yes_rate: new.bad_yes_rate,
        bad_concentration: new.bad_concentration,
        near_miss_share: new.near_miss_share,
        target_precision: new.target_precision,
        fixed_threshold: new.fixed_threshold,
        threshold: new.threshold,
        rejection: new.rejection,
        votes_cap: new.votes_cap,
        initial_votes: new.initial_votes,
        difficulty: new.difficulty,
        hold_reason: new.hold_reason,
        audit_shift: new.audit_shift,
        audited_good: new.audited_good,
        audited_bad: new.audited_bad,
        source_offsets: new.source_offsets,
        created_at: new.created_at,
    }
}

async fn a_calibration_comes_back_bit_by_bit(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let id = tx.insert_calibration(&new(ground.dog)).await.unwrap();
    assert!(tx.calibration(id).await.unwrap().is_some());
    tx.commit().await.unwrap();
    assert_eq!(bench.store.calibration(id).await.unwrap(), Some(stored(new(ground.dog), id, 1)));
    assert_eq!(bench.store.calibration(id + 1).await.unwrap(), None);
}

async fn versions_count_up_within_a_synset(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = tx.insert_calibration(&new(ground.dog)).await.unwrap();
    tx.insert_calibration(&new(ground.cat)).await.unwrap();
    let open =
        NewCalibration { threshold: Some(0.98), hold_reason: None, difficulty: None, ..new(ground.dog) };
    let second = tx.insert_calibration(&open).await.unwrap();
    tx.commit().await.unwrap();
    let versions = [stored(new(ground.dog), first, 1), stored(open, second, 2)];
    assert_eq!(bench.store.calibrations(ground.dog).await.unwrap(), versions);
    assert_eq!(bench.store.latest_calibration(ground.dog).await.unwrap().as_ref(), versions.last());
    assert_eq!(bench.store.latest_calibration(812).await.unwrap(), None);
    assert_eq!(bench.store.calibrations(812).await.unwrap(), []);
}
