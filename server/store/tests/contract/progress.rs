//! Votes and verdicts over time.

use domain::consensus::{Answer, Verdict};
use store::candidates::{JudgementRow, ProgressRow};

use super::bench::Bench;
use super::ground::{NOW, ground, populate, vote};

cases! {
    progress_counts_votes_and_what_is_settled_still_in_steps_of_time,
    a_synset_without_votes_has_no_span,
}

async fn progress_counts_votes_and_what_is_settled_still_in_steps_of_time(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 4).await;
    let cats = populate(&bench.store, ground.cat, 1).await;
    let judgement = |candidate_id, verdict, settled_at| JudgementRow {
        candidate_id,
        verdict,
        reason: None,
        confidence: 0.5,
        calibration_id: Some(1),
        settled_at,
    };
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(dogs[0], Answer::Yes), (dogs[1], Answer::No)]).await;
    vote(&mut tx, ground.bob, ground.dog, "b", &[(dogs[0], Answer::Unsure)]).await;
    vote(&mut tx, ground.bob, ground.cat, "c", &[(cats[0], Answer::Yes)]).await;
    tx.save_judgements(&[
        judgement(dogs[0], Verdict::Positive, Some(NOW + 999)),
        judgement(dogs[1], Verdict::Negative, Some(NOW + 2_000)),
        judgement(dogs[2], Verdict::Escalated, Some(NOW + 2_999)),
        judgement(dogs[3], Verdict::Undecided, None),
        judgement(cats[0], Verdict::Positive, Some(NOW + 9_000)),
    ])
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.progress_span(ground.dog).await.unwrap(), Some((NOW, NOW + 2_999)));
    let row = |step, votes, positive, negative, escalated| ProgressRow {
        step,
        votes,
        positive,
        negative,
        escalated,
    };
    let rows = bench.store.progress(ground.dog, NOW, 1_000).await.unwrap();
    assert_eq!(rows, [row(0, 3, 1, 0, 0), row(2, 0, 0, 1, 1)]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(dogs[2], Some((dogs[0], 1)), false).await.unwrap();
    assert_eq!(tx.progress(ground.dog, NOW, 10_000).await.unwrap(), [row(0, 3, 1, 1, 0)]);
}

async fn a_synset_without_votes_has_no_span(bench: &Bench) {
    let ground = ground(&bench.store).await;
    populate(&bench.store, ground.dog, 2).await;
    assert_eq!(bench.store.progress_span(ground.dog).await.unwrap(), None);
    assert_eq!(bench.store.progress(ground.dog, 0, 1_000).await.unwrap(), []);
}
