//! Tallies and judgements.

use domain::consensus::{Answer, Tally, Verdict};
use store::candidates::JudgementRow;

use super::bench::Bench;
use super::ground::{NOW, ground, populate, vote};

cases! {
    tallies_are_grouped_and_listed_without_near_duplicates_but_the_sample_keeps_them,
    judgements_are_stored_bit_by_bit_and_only_where_they_belong,
    ten_thousand_judgements_are_stored,
    a_judgement_can_be_taken_back,
}

fn judgement(candidate_id: i64, confidence: f64) -> JudgementRow {
    JudgementRow {
        candidate_id,
        verdict: Verdict::Positive,
        reason: Some("above_threshold".to_owned()),
        confidence,
        calibration_id: Some(4),
        settled_at: Some(NOW),
    }
}

async fn tallies_are_grouped_and_listed_without_near_duplicates_but_the_sample_keeps_them(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 4).await;
    populate(&bench.store, ground.cat, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&ids[1..]).await.unwrap();
    let votes =
        [(ids[0], Answer::Yes), (ids[1], Answer::No), (ids[2], Answer::Unsure), (ids[3], Answer::Yes)];
    vote(&mut tx, ground.ann, ground.dog, "k", &votes).await;
    vote(&mut tx, ground.bob, ground.dog, "k", &[(ids[0], Answer::Yes), (ids[1], Answer::Unsure)]).await;
    tx.set_duplicate(ids[3], Some((ids[0], 1)), false).await.unwrap();
    assert_eq!(tx.tally_counts(ground.dog).await.unwrap(), [(0, 0, 1, 1), (0, 1, 1, 1), (2, 0, 0, 1)]);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.tally_counts(ground.cat).await.unwrap(), [(0, 0, 0, 2)]);

    let sample = bench.store.sample_tallies(ground.dog).await.unwrap();
    let tallies: Vec<(i64, Tally)> = sample.iter().map(|row| (row.candidate_id, row.known.tally())).collect();
    let expected = [
        (ids[1], Tally { yes: 0, no: 1, unsure: 1 }),
        (ids[2], Tally { yes: 0, no: 0, unsure: 1 }),
        // A near duplicate now, but the table may rest on it.
        (ids[3], Tally { yes: 1, no: 0, unsure: 0 }),
    ];
    assert_eq!(tallies, expected);

    let every = bench.store.tallied(ground.dog).await.unwrap();
    assert_eq!(every.iter().map(|state| state.candidate_id).collect::<Vec<_>>(), ids[..3]);
    assert_eq!(every[0].known.tally(), Tally { yes: 2, no: 0, unsure: 0 });
    assert_eq!((every[0].in_initial_sample, every[1].in_initial_sample), (false, true));
}

async fn judgements_are_stored_bit_by_bit_and_only_where_they_belong(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 4).await;
    // Numbers that a way over decimal texts is prone to bend in the last bit.
    let confidences = [0.1 + 0.2, 1.0 - f64::EPSILON / 2.0, 5e-324];
    let rows: Vec<JudgementRow> = ids.iter().zip(confidences).map(|(&id, c)| judgement(id, c)).collect();
    let mut tx = bench.store.begin().await.unwrap();
    tx.save_judgements(&rows).await.unwrap();
    tx.commit().await.unwrap();
    for row in &rows {
        let stored = bench.store.candidate(row.candidate_id).await.unwrap().unwrap();
        assert_eq!(stored.confidence.map(f64::to_bits), Some(row.confidence.to_bits()));
        assert_eq!((stored.verdict, stored.reason.as_deref()), (Verdict::Positive, Some("above_threshold")));
        assert_eq!((stored.calibration_id, stored.settled_at), (Some(4), Some(NOW)));
    }
    let untouched = bench.store.candidate(ids[3]).await.unwrap().unwrap();
    assert_eq!((untouched.verdict, untouched.confidence), (Verdict::Undecided, None));
}

async fn ten_thousand_judgements_are_stored(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut rows: Vec<JudgementRow> = (0..10_000).map(|n| judgement(1_000_000 + n, 0.5)).collect();
    rows.push(judgement(ids[2], 0.25));
    let mut tx = bench.store.begin().await.unwrap();
    tx.save_judgements(&rows).await.unwrap();
    let states = tx.candidate_states(&[ids[2], ids[0], 1_000_000]).await.unwrap();
    let verdicts: Vec<_> =
        states.iter().map(|state| (state.candidate_id, state.verdict, state.settled_at)).collect();
    assert_eq!(verdicts, [(ids[0], Verdict::Undecided, None), (ids[2], Verdict::Positive, Some(NOW))]);
}

async fn a_judgement_can_be_taken_back(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let open = JudgementRow {
        verdict: Verdict::Undecided,
        reason: None,
        settled_at: None,
        ..judgement(ids[0], 0.5)
    };
    let mut tx = bench.store.begin().await.unwrap();
    tx.save_judgements(&[judgement(ids[0], 0.9)]).await.unwrap();
    assert!(tx.undecided_ids(ground.dog).await.unwrap().is_empty());
    tx.save_judgements(&[open]).await.unwrap();
    tx.save_judgements(&[]).await.unwrap();
    assert_eq!(tx.undecided_ids(ground.dog).await.unwrap(), ids);
    let row = tx.candidate(ids[0]).await.unwrap().unwrap();
    assert_eq!((row.reason, row.confidence, row.settled_at), (None, Some(0.5), None));
}
