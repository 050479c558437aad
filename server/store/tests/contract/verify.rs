//! Recounts.

use domain::consensus::{Answer, Tally, Verdict};
use store::candidates::JudgementRow;
use store::labeling::Through;
use store::projects::CounterDelta;
use store::verify::{CounterRow, HourRow};

use super::bench::Bench;
use super::ground::{NOW, count_now, ground, populate, vote};

cases! {
    a_recount_agrees_with_what_the_store_keeps_and_shows_what_was_bent,
    the_sample_is_recounted_through_a_submission,
    a_synsets_counters_are_recounted,
    hours_are_recounted_from_the_votes,
}

async fn a_recount_agrees_with_what_the_store_keeps_and_shows_what_was_bent(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[0], Answer::Yes), (ids[1], Answer::Unsure)]).await;
    vote(&mut tx, ground.bob, ground.dog, "a", &[(ids[0], Answer::No)]).await;
    tx.set_duplicate(ids[2], Some((ids[0], 1)), false).await.unwrap();
    tx.commit().await.unwrap();
    let rows = bench.store.recounted(ground.dog).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.candidate_id).collect::<Vec<_>>(), ids);
    assert!(rows.iter().all(|row| row.stored() == row.counted()));
    assert_eq!(rows[0].counted(), Tally { yes: 1, no: 1, unsure: 0 });
    assert_eq!((rows[2].counted(), rows[2].duplicate_of), (Tally::default(), Some(ids[0])));
    bench.execute(&format!("update candidate set yes = 5 where candidate_id = {}", ids[0])).await;
    let row = &bench.store.recounted(ground.dog).await.unwrap()[0];
    assert_eq!((row.yes, row.counted_yes), (5, 1));
}

async fn the_sample_is_recounted_through_a_submission(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&ids[..2]).await.unwrap();
    let (first, _) =
        vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[0], Answer::Yes), (ids[2], Answer::Yes)]).await;
    let (second, _) =
        vote(&mut tx, ground.bob, ground.dog, "a", &[(ids[0], Answer::No), (ids[1], Answer::Unsure)]).await;
    tx.commit().await.unwrap();
    let through = async |submission| {
        let through = Through { submission_id: submission, ..Through::NOW };
        let rows = bench.store.recounted_sample_through(ground.dog, through).await.unwrap();
        rows.iter()
            .map(|row| (row.candidate_id, row.known.yes, row.known.no, row.known.unsure))
            .collect::<Vec<_>>()
    };
    assert_eq!(through(first - 1).await, [(ids[0], 0, 0, 0), (ids[1], 0, 0, 0)]);
    assert_eq!(through(first).await, [(ids[0], 1, 0, 0), (ids[1], 0, 0, 0)]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[1], Some((ids[2], 1)), false).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(through(second).await, [(ids[0], 1, 1, 0), (ids[1], 0, 0, 1)]);
    assert_eq!(
        bench
            .store
            .recounted_sample_through(ground.dog, Through { submission_id: second, ..Through::NOW })
            .await
            .unwrap(),
        bench.store.sample_tallies(ground.dog).await.unwrap()
    );
}

async fn a_synsets_counters_are_recounted(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 6).await;
    let verdicts =
        [Verdict::Positive, Verdict::Negative, Verdict::Negative, Verdict::Escalated, Verdict::Positive];
    let judged: Vec<JudgementRow> = ids
        .iter()
        .zip(verdicts)
        .map(|(&candidate_id, verdict)| JudgementRow {
            candidate_id,
            verdict,
            reason: None,
            confidence: 0.5,
            calibration_id: Some(1),
            settled_at: Some(NOW),
        })
        .collect();
    let mut tx = bench.store.begin().await.unwrap();
    tx.save_judgements(&judged).await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[0], Answer::Yes), (ids[4], Answer::Yes)]).await;
    tx.set_duplicate(ids[4], Some((ids[0], 1)), false).await.unwrap();
    let delta =
        CounterDelta { candidates: -1, duplicates: 1, positive: 1, negative: 2, escalated: 1, votes: 0 };
    tx.add_to_counters(ground.dog, &delta).await.unwrap();
    tx.commit().await.unwrap();
    let expected =
        CounterRow { candidates: 5, duplicates: 1, positive: 1, negative: 2, escalated: 1, votes: 2 };
    assert_eq!(bench.store.recounted_synset(ground.dog).await.unwrap(), expected);
    let kept = bench.store.project_synset_by_id(ground.dog).await.unwrap().unwrap();
    assert_eq!((kept.candidates, kept.duplicates, kept.positive, kept.negative), (5, 1, 1, 2));
    assert_eq!((kept.escalated, kept.votes, kept.open()), (1, 2, 1));
    let empty = CounterRow { candidates: 0, duplicates: 0, positive: 0, negative: 0, escalated: 0, votes: 0 };
    assert_eq!(bench.store.recounted_synset(ground.cat).await.unwrap(), empty);
}

async fn hours_are_recounted_from_the_votes(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    let said = [(ids[0], Answer::Yes), (ids[1], Answer::No)];
    let (_, recorded) = vote(&mut tx, ground.ann, ground.dog, "a", &said).await;
    count_now(&mut tx, ground.project, ground.dog, recorded.len()).await;
    tx.commit().await.unwrap();
    assert_eq!(bench.store.miscounted_hours(ground.dog).await.unwrap(), []);
    bench.execute("update vote_hour set votes = 3").await;
    let hour = NOW / 3_600_000;
    assert_eq!(
        bench.store.miscounted_hours(ground.dog).await.unwrap(),
        [HourRow { hour, stored: 3, counted: 2 }]
    );
    bench.execute("delete from vote_hour").await;
    assert_eq!(
        bench.store.miscounted_hours(ground.dog).await.unwrap(),
        [HourRow { hour, stored: 0, counted: 2 }]
    );
}
