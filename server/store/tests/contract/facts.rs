//! Corrections, reports, experts' labels and exclusions: added, never changed, and the newest counts.

use domain::consensus::{Answer, Tally, VoteWeights};
use store::labeling::{ExpertAnswer, GivenRow, ReportKind, TallyChange, Through};

use super::bench::Bench;
use super::ground::{
    Ground, NOW, assign, ground, open_candidates, populate, settings, submit_as, vote, wnid,
};

cases! {
    the_newest_of_what_a_worker_said_counts,
    a_recount_knows_corrections_reports_and_labels,
    an_excluded_workers_answers_do_not_count_until_restored,
    the_sample_is_recounted_as_it_was,
    an_exclusion_ends_what_the_worker_holds_in_the_project,
    a_candidate_that_was_reported_is_answered_by_its_reporter_alone,
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
    let assignment = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 9, &[candidate]).await;
    let submission = submit_as(&mut tx, ground.ann, key, assignment, NOW).await;
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
    assert_eq!(tx.exclusion(ground.project, ground.ann).await.unwrap(), None);
    tx.insert_exclusion(ground.project, ground.ann, true, "too fast", ground.bob, NOW).await.unwrap();
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

async fn an_exclusion_ends_what_the_worker_holds_in_the_project(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 2).await;
    let cats = populate(&bench.store, ground.cat, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let other = tx.insert_project("other", &settings(), NOW).await.unwrap();
    tx.seed_synsets(other, &[wnid(2)], NOW).await.unwrap();
    let elsewhere = tx.project_synset(other, wnid(2)).await.unwrap().unwrap().project_synset_id;
    let hers = assign(&mut tx, ground.ann, ground.dog, NOW - 5, NOW + 9, &dogs).await;
    let his = assign(&mut tx, ground.bob, ground.dog, NOW, NOW + 9, &dogs).await;
    let late = assign(&mut tx, ground.ann, ground.cat, NOW - 9, NOW - 1, &cats).await;
    let kept = assign(&mut tx, ground.ann, elsewhere, NOW, NOW + 9, &dogs).await;
    let mut before = Vec::new();
    for synset in [ground.dog, ground.cat, elsewhere] {
        before.push(tx.project_synset_by_id(synset).await.unwrap().unwrap().revision);
    }
    tx.insert_exclusion(ground.project, ground.ann, true, "too fast", ground.bob, NOW).await.unwrap();
    let open = tx.open_assignments(&[ground.ann, ground.bob], NOW).await.unwrap();
    assert_eq!(open.iter().map(|row| row.assignment.assignment_id).collect::<Vec<_>>(), [his, kept]);
    let live = tx.live_assignments(ground.dog, NOW).await.unwrap();
    assert_eq!(live.iter().map(|row| row.assignment_id).collect::<Vec<_>>(), [his]);
    let ended = tx.assignment(hers, ground.ann).await.unwrap().unwrap();
    assert_eq!((ended.expires_at, ended.submitted_at), (NOW, None), "it can still be submitted, late");
    assert_eq!(tx.assignment(late, ground.ann).await.unwrap().unwrap().expires_at, NOW - 1);
    for (synset, (before, more)) in
        [ground.dog, ground.cat, elsewhere].into_iter().zip(before.into_iter().zip([1, 1, 0]))
    {
        let revision = tx.project_synset_by_id(synset).await.unwrap().unwrap().revision;
        assert_eq!(
            revision,
            before + more,
            "whoever remembers what she had pages of in the project looks again"
        );
    }
    tx.commit().await.unwrap();
    assert_eq!(bench.store.live_leases(NOW).await.unwrap(), 4, "his two and hers in the other project");
}

async fn a_candidate_that_was_reported_is_answered_by_its_reporter_alone(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let submission = say_again(bench, &ground, (ids[0], None, Some(ReportKind::Broken)), "a").await;
    assert!(submission > 0);
    let open = open_candidates(&bench.store, ground.dog).await;
    assert_eq!(open.iter().map(|row| row.candidate_id).collect::<Vec<_>>(), ids, "others are asked still");
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.who_answered(&ids).await.unwrap(), [(ground.ann, ids[0])]);
}

async fn the_last_page_is_the_one_submitted_last(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.last_submitted(ground.ann, ground.project).await.unwrap(), None);
    let first = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 9, &ids[..1]).await;
    let second = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 9, &ids[1..]).await;
    for (key, assignment) in [("a", second), ("b", first), ("c", first)] {
        submit_as(&mut tx, ground.ann, key, assignment, NOW).await;
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
