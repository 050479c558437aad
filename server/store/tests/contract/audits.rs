//! Blind checks of settled candidates.

use domain::consensus::Verdict;
use store::audits::AnchorsRow;
use store::labeling::{ExpertAnswer, Through};
use store::projects::SynsetState;

use super::bench::Bench;
use super::ground::{NOW, ground, populate};

cases! {
    audits_are_counted_by_what_the_votes_had_made_of_an_image,
    what_is_said_and_taken_back_is_no_audit,
    auditable_is_what_votes_settled_outside_the_sample,
    what_is_accepted_is_summed_and_listed,
    anchors_are_counted_where_there_is_a_table,
}

const SET: &str = "update candidate set ";

/// Dogs: 0 to 3 accepted by votes, 4 and 5 rejected by them, 6 accepted in the sample, 7 open, 8 escalated.
async fn settled(bench: &Bench) -> (super::ground::Ground, Vec<i64>) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 9).await;
    let accepted = "verdict = 'positive', reason = 'above_threshold', confidence = 0.75, yes = 5";
    for (at, what) in [
        (0, accepted),
        (1, accepted),
        (2, accepted),
        (3, accepted),
        (4, "verdict = 'negative', reason = 'below_rejection', confidence = 0.01, no = 3"),
        (5, "verdict = 'negative', reason = 'below_rejection', confidence = 0.01, no = 3"),
        (6, "verdict = 'positive', reason = 'above_threshold', confidence = 0.75, in_initial_sample = true"),
        (8, "verdict = 'escalated', reason = 'cap_reached', confidence = 0.5"),
    ] {
        bench.execute(&format!("{SET}{what} where candidate_id = {}", dogs[at])).await;
    }
    (ground, dogs)
}

async fn audit(bench: &Bench, by: i64, candidate: i64, answer: ExpertAnswer, verdict: Verdict) {
    let mut tx = bench.store.begin().await.unwrap();
    let label = tx.insert_expert_label(candidate, by, answer, NOW).await.unwrap();
    tx.insert_audit(label, candidate, verdict).await.unwrap();
    tx.commit().await.unwrap();
    let settled = if answer == ExpertAnswer::Yes { "positive" } else { "negative" };
    bench
        .execute(&format!("{SET}verdict = '{settled}', reason = 'expert' where candidate_id = {candidate}"))
        .await;
}

async fn audits_are_counted_by_what_the_votes_had_made_of_an_image(bench: &Bench) {
    let (ground, dogs) = settled(bench).await;
    let before = bench.store.audits_of_synset(ground.dog).await.unwrap().unwrap();
    assert_eq!((before.accepted, before.audited, before.audited_rejected), (4, 0, 0));
    assert_eq!(before.state, SynsetState::Labelling);
    audit(bench, ground.ann, dogs[0], ExpertAnswer::Yes, Verdict::Positive).await;
    audit(bench, ground.ann, dogs[1], ExpertAnswer::No, Verdict::Positive).await;
    audit(bench, ground.bob, dogs[4], ExpertAnswer::Yes, Verdict::Negative).await;
    let after = bench.store.audits_of_synset(ground.dog).await.unwrap().unwrap();
    assert_eq!(after.accepted, 2);
    assert_eq!((after.audited, after.audited_good, after.audited_rejected, after.missed), (2, 1, 1, 1));
    assert_eq!(bench.store.audits_of_project(ground.project).await.unwrap(), [after]);
    assert_eq!(bench.store.audits_of_project(ground.project + 1).await.unwrap(), []);
    assert_eq!(bench.store.audits_of_synset(ground.cat).await.unwrap(), None);
    let tallies = bench.store.audited_tallies(ground.dog).await.unwrap();
    let found: Vec<_> =
        tallies.iter().map(|row| (row.candidate_id, row.known.yes, row.known.expert)).collect();
    assert_eq!(found, [(dogs[0], 5, Some(true)), (dogs[1], 5, Some(false))]);
}

async fn what_is_said_and_taken_back_is_no_audit(bench: &Bench) {
    let (ground, dogs) = settled(bench).await;
    audit(bench, ground.ann, dogs[0], ExpertAnswer::No, Verdict::Positive).await;
    let through = bench.store.begin().await.unwrap().through().await.unwrap();
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_expert_label(dogs[0], ground.ann, ExpertAnswer::Open, NOW).await.unwrap();
    tx.commit().await.unwrap();
    bench
        .execute(&format!(
            "{SET}verdict = 'positive', reason = 'above_threshold' where candidate_id = {}",
            dogs[0]
        ))
        .await;
    let row = bench.store.audits_of_synset(ground.dog).await.unwrap().unwrap();
    assert_eq!((row.accepted, row.audited), (4, 0));
    assert_eq!(bench.store.audited_tallies(ground.dog).await.unwrap(), []);
    // As it was before, it still was one.
    let then = bench.store.recounted_audited_through(ground.dog, through).await.unwrap();
    assert_eq!(
        then.iter().map(|row| (row.candidate_id, row.known.expert)).collect::<Vec<_>>(),
        [(dogs[0], Some(false))]
    );
    assert_eq!(bench.store.recounted_audited_through(ground.dog, Through::NOW).await.unwrap(), []);
}

async fn auditable_is_what_votes_settled_outside_the_sample(bench: &Bench) {
    let (ground, dogs) = settled(bench).await;
    let at = async |verdict, place| bench.store.auditable(ground.dog, verdict, place).await.unwrap();
    assert_eq!(at(Verdict::Positive, 0).await, Some(dogs[0]));
    assert_eq!(at(Verdict::Positive, 3).await, Some(dogs[3]));
    assert_eq!(at(Verdict::Positive, 4).await, None);
    let images = async |verdict| bench.store.auditable_images(ground.dog, verdict).await.unwrap();
    assert_eq!((images(Verdict::Positive).await, images(Verdict::Negative).await), (4, 2));
    assert_eq!((at(Verdict::Negative, 1).await, at(Verdict::Negative, 2).await), (Some(dogs[5]), None));
    audit(bench, ground.ann, dogs[0], ExpertAnswer::Yes, Verdict::Positive).await;
    assert_eq!(at(Verdict::Positive, 0).await, Some(dogs[1]));
}

async fn what_is_accepted_is_summed_and_listed(bench: &Bench) {
    let (ground, dogs) = settled(bench).await;
    audit(bench, ground.ann, dogs[4], ExpertAnswer::Yes, Verdict::Negative).await;
    bench.execute(&format!("{SET}duplicate_of = {} where candidate_id = {}", dogs[0], dogs[3])).await;
    let rows = bench.store.accepted_of_project(ground.project).await.unwrap();
    let found: Vec<_> = rows
        .iter()
        .map(|row| (row.project_synset_id, row.by_votes, row.confidence, row.by_experts))
        .collect();
    assert_eq!(found, [(ground.dog, 4, 3.0, 1)]);
    let images = bench.store.accepted_images(ground.dog).await.unwrap();
    assert_eq!(images.len(), 5);
    assert!(images.is_sorted());
}

async fn anchors_are_counted_where_there_is_a_table(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 4).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&dogs[..3]).await.unwrap();
    tx.set_duplicate(dogs[2], Some((dogs[0], 1)), false).await.unwrap();
    tx.insert_expert_label(dogs[0], ground.ann, ExpertAnswer::No, NOW).await.unwrap();
    tx.insert_expert_label(dogs[3], ground.ann, ExpertAnswer::No, NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.anchors_of_project(ground.project).await.unwrap(), [], "no table yet");
    let mut tx = bench.store.begin().await.unwrap();
    let table = tx.insert_calibration(&super::calibrations::new(ground.dog)).await.unwrap();
    tx.set_calibration(ground.dog, table, None).await.unwrap();
    tx.set_state(ground.dog, SynsetState::Hold, Some("too hard")).await.unwrap();
    tx.commit().await.unwrap();
    let row = AnchorsRow { project_synset_id: ground.dog, on_hold: true, images: 2, anchored: 1 };
    assert_eq!(bench.store.anchors_of_project(ground.project).await.unwrap(), [row]);
    let anchorable = bench.store.anchorable(ground.dog).await.unwrap();
    let listed: Vec<_> = anchorable.iter().map(|row| (row.candidate_id, row.is_anchor)).collect();
    assert_eq!(listed, [(dogs[0], true), (dogs[1], false)]);
}
