//! Corrections, reports, experts' labels and exclusions: added, never changed, and the newest counts.

use domain::consensus::{Answer, Tally, VoteWeights};
use store::labeling::{ExpertAnswer, GivenRow, ReportKind, TallyChange, Through};

use super::bench::Bench;
use super::ground::{Ground, NOW, ground, populate, vote};

cases! {
    the_newest_of_what_a_worker_said_counts,
    a_recount_knows_corrections_reports_and_labels,
    an_excluded_workers_answers_do_not_count_until_restored,
    the_sample_is_recounted_as_it_was,
    a_candidate_that_was_reported_is_not_handed_out_again,
    the_last_page_is_the_one_submitted_last,
    an_export_tells_what_counts,
    changes_of_tallies_add_up,
}

/// Records what a worker says anew about one candidate, as a correction does; returns the submission.
async fn say_again(
    bench: &Bench,
    ground: &Ground,
    (candidate, answer, report): (i64, Option<Answer>, Option<ReportKind>),
    key: &str,
) -> i64 {
    let mut tx = bench.store.begin().await.unwrap();
    let assignment = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 9, &[candidate]).await.unwrap();
    let submission = tx.insert_submission(ground.ann, key, "b", assignment, None, NOW).await.unwrap();
    tx.close_assignment(assignment, NOW).await.unwrap();
    tx.insert_corrections(&[(candidate, answer)], ground.ann, submission, NOW).await.unwrap();
    tx.insert_reports(&[(candidate, report)], ground.ann, submission, NOW).await.unwrap();
    tx.commit().await.unwrap();
    submission
}

async fn the_newest_of_what_a_worker_said_counts(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[0], Answer::Yes)]).await;
    tx.commit().await.unwrap();
    let given = async || {
        let mut tx = bench.store.begin().await.unwrap();
        let given = tx.given_in_synset(ground.ann, ground.dog).await.unwrap();
        tx.commit().await.unwrap();
        given
    };
    let row = |answer, report| GivenRow {
        candidate_id: ids[0],
        has_vote: true,
        answer,
        weights: VoteWeights::FULL,
        report,
    };
    assert_eq!(given().await, [row(Some(Answer::Yes), None)]);
    say_again(bench, &ground, (ids[0], Some(Answer::No), None), "b").await;
    assert_eq!(given().await, [row(Some(Answer::No), None)]);
    say_again(bench, &ground, (ids[0], None, Some(ReportKind::Broken)), "c").await;
    assert_eq!(given().await, [row(None, Some(ReportKind::Broken))]);
    say_again(bench, &ground, (ids[0], Some(Answer::Unsure), None), "d").await;
    assert_eq!(given().await, [row(Some(Answer::Unsure), None)]);
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.given_in_synset(ground.bob, ground.dog).await.unwrap(), []);
    assert_eq!(tx.synsets_answered(ground.project, ground.ann).await.unwrap(), [ground.dog]);
    assert_eq!(tx.synsets_answered(ground.project, ground.bob).await.unwrap(), [0; 0]);
    tx.commit().await.unwrap();
}

async fn a_recount_knows_corrections_reports_and_labels(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[0], Answer::Yes), (ids[1], Answer::Yes)]).await;
    vote(&mut tx, ground.bob, ground.dog, "a", &[(ids[0], Answer::Yes)]).await;
    tx.insert_expert_label(ids[1], ground.bob, ExpertAnswer::No, NOW).await.unwrap();
    tx.commit().await.unwrap();
    say_again(bench, &ground, (ids[0], None, Some(ReportKind::Offensive)), "b").await;
    let rows = bench.store.recounted(ground.dog).await.unwrap();
    assert_eq!(rows[0].counted(), Tally { yes: 1, no: 0, unsure: 0 });
    assert_eq!((rows[0].counted_reports, rows[0].counted_expert), (1, None));
    assert_eq!(
        (rows[1].counted(), rows[1].counted_expert),
        (Tally { yes: 1, no: 0, unsure: 0 }, Some(false))
    );
    assert_eq!((rows[1].expert, rows[1].reports), (Some(false), 0), "the word is kept with the candidate");
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_expert_label(ids[1], ground.ann, ExpertAnswer::Yes, NOW + 1).await.unwrap();
    tx.insert_expert_label(ids[1], ground.ann, ExpertAnswer::Open, NOW + 2).await.unwrap();
    tx.commit().await.unwrap();
    let row = &bench.store.recounted(ground.dog).await.unwrap()[1];
    assert_eq!((row.expert, row.counted_expert), (None, None));
    let said: Vec<ExpertAnswer> =
        bench.store.expert_labels(ids[1]).await.unwrap().iter().map(|row| row.answer).collect();
    assert_eq!(said, [ExpertAnswer::Open, ExpertAnswer::Yes, ExpertAnswer::No]);
}

async fn an_excluded_workers_answers_do_not_count_until_restored(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[0], Answer::Yes)]).await;
    vote(&mut tx, ground.bob, ground.dog, "a", &[(ids[0], Answer::No)]).await;
    let held = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 9, &ids[1..]).await.unwrap();
    assert_eq!(tx.exclusion(ground.project, ground.ann).await.unwrap(), None);
    tx.insert_exclusion(ground.project, ground.ann, true, "too fast", ground.bob, NOW).await.unwrap();
    let free = tx.leasable(ground.dog, ground.bob, false, None, 9, NOW).await.unwrap();
    assert_eq!(free.iter().map(|row| row.live_leases).sum::<i64>(), 0, "assignment {held} holds nothing");
    tx.commit().await.unwrap();
    let counted = async || bench.store.recounted(ground.dog).await.unwrap()[0].counted();
    assert_eq!(counted().await, Tally { yes: 0, no: 1, unsure: 0 });
    let row = bench.store.exclusion(ground.project, ground.ann).await.unwrap().unwrap();
    assert_eq!((row.excluded, row.reason.as_str(), row.decided_by), (true, "too fast", Some(ground.bob)));
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_exclusion(ground.project, ground.ann, false, "a mistake", ground.bob, NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(counted().await, Tally { yes: 1, no: 1, unsure: 0 });
    assert_eq!(bench.store.exclusions(ground.project, ground.ann).await.unwrap().len(), 2);
}

async fn the_sample_is_recounted_as_it_was(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&ids).await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[0], Answer::Yes)]).await;
    vote(&mut tx, ground.bob, ground.dog, "a", &[(ids[0], Answer::No)]).await;
    let first = tx.through().await.unwrap();
    tx.insert_exclusion(ground.project, ground.bob, true, "r", ground.ann, NOW).await.unwrap();
    let excluded = tx.through().await.unwrap();
    tx.insert_exclusion(ground.project, ground.bob, false, "r", ground.ann, NOW).await.unwrap();
    tx.insert_expert_label(ids[0], ground.bob, ExpertAnswer::Yes, NOW).await.unwrap();
    tx.commit().await.unwrap();
    say_again(bench, &ground, (ids[0], Some(Answer::No), None), "b").await;
    let at = async |through| {
        let row = bench.store.recounted_sample_through(ground.dog, through).await.unwrap().remove(0);
        (row.known.yes, row.known.no, row.known.expert)
    };
    assert_eq!(at(first).await, (1, 1, None));
    assert_eq!(at(excluded).await, (1, 0, None));
    assert_eq!(at(Through::NOW).await, (0, 2, Some(true)));
}

async fn a_candidate_that_was_reported_is_not_handed_out_again(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let submission = say_again(bench, &ground, (ids[0], None, Some(ReportKind::Broken)), "a").await;
    assert!(submission > 0);
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.leasable(ground.dog, ground.ann, false, None, 9, NOW).await.unwrap(), []);
    assert_eq!(tx.leasable(ground.dog, ground.bob, false, None, 9, NOW).await.unwrap().len(), 1);
    tx.commit().await.unwrap();
}

async fn the_last_page_is_the_one_submitted_last(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.last_submitted(ground.ann, ground.project).await.unwrap(), None);
    let first = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 9, &ids[..1]).await.unwrap();
    let second = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 9, &ids[1..]).await.unwrap();
    for (key, assignment) in [("a", second), ("b", first), ("c", first)] {
        tx.insert_submission(ground.ann, key, "b", assignment, None, NOW).await.unwrap();
    }
    assert_eq!(tx.last_submitted(ground.ann, ground.project).await.unwrap(), Some((first, 2)));
    assert_eq!(tx.last_submitted(ground.bob, ground.project).await.unwrap(), None);
    tx.commit().await.unwrap();
}

async fn an_export_tells_what_counts(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    let votes = ids.iter().map(|&id| (id, Answer::Yes)).collect::<Vec<_>>();
    vote(&mut tx, ground.ann, ground.dog, "a", &votes).await;
    vote(&mut tx, ground.bob, ground.dog, "a", &votes[..1]).await;
    tx.insert_exclusion(ground.project, ground.bob, true, "r", ground.ann, NOW).await.unwrap();
    tx.commit().await.unwrap();
    say_again(bench, &ground, (ids[1], Some(Answer::No), None), "b").await;
    say_again(bench, &ground, (ids[2], None, Some(ReportKind::Broken)), "c").await;
    let rows = bench.store.votes_of_project(ground.project, (0, 0), 9).await.unwrap();
    let shown: Vec<_> = rows.iter().map(|row| (row.answer, row.first_answer, row.counts)).collect();
    let (yes, no) = (Answer::Yes, Answer::No);
    assert_eq!(shown, [(yes, yes, true), (no, yes, true), (yes, yes, false), (yes, yes, false)]);
}

async fn changes_of_tallies_add_up(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    let of = TallyChange::of;
    let changes = [
        of(ids[0]).answer(Answer::Yes, VoteWeights::FULL, 1),
        of(ids[0])
            .answer(Answer::Yes, VoteWeights::FULL, 1)
            .answer(Answer::No, VoteWeights::FULL, 1)
            .report(1),
        of(ids[1]).answer(Answer::Unsure, VoteWeights::FULL, 1),
        of(ids[0]).answer(Answer::Yes, VoteWeights::FULL, -1),
    ];
    tx.change_tallies(&changes).await.unwrap();
    tx.change_tallies(&[]).await.unwrap();
    let states = tx.candidate_states(&ids).await.unwrap();
    assert_eq!((states[0].known.tally(), states[0].known.reports), (Tally { yes: 1, no: 1, unsure: 0 }, 1));
    assert_eq!(states[1].known.facts().tally, Tally { yes: 0, no: 0, unsure: 1 });
    tx.commit().await.unwrap();
}
