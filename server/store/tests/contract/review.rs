//! What waits for experts.

use domain::consensus::Answer;
use store::review::{ReviewCursor, ReviewScope, WaitingFor};

use super::bench::Bench;
use super::ground::{Ground, NOW, ground, populate, vote, wnid};

cases! {
    what_waits_comes_reported_first_then_escalated_then_samples_on_hold_then_disputed,
    a_scope_limits_the_queue_to_a_project_and_a_synset,
    a_case_brings_its_votes_reports_and_the_newest_word,
}

const SET: &str = "update candidate set ";

/// Dogs are labelled: 0 disputed, 1 escalated, 2 reported, 3 agreed on, 4 disputed outside the sample, 5 an expert's. Cats are on
/// hold, with one of three in the sample.
async fn queue(bench: &Bench) -> (Ground, Vec<i64>, Vec<i64>) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 6).await;
    let cats = populate(&bench.store, ground.cat, 3).await;
    for (id, what) in [
        (dogs[0], "in_initial_sample = true, yes = 5, no = 4"),
        (dogs[1], "verdict = 'escalated', in_initial_sample = true, yes = 5, no = 5"),
        (dogs[2], "verdict = 'escalated', reports = 2"),
        (dogs[3], "in_initial_sample = true, yes = 6, no = 3"),
        (dogs[4], "yes = 5, no = 5"),
        (dogs[5], "in_initial_sample = true, yes = 5, no = 5, expert = true"),
        (cats[1], "in_initial_sample = true"),
    ] {
        bench.execute(&format!("{SET}{what} where candidate_id = {id}")).await;
    }
    bench
        .execute(&format!("update project_synset set escalated = 2 where project_synset_id = {}", ground.dog))
        .await;
    bench
        .execute(&format!(
            "update project_synset set state = 'hold' where project_synset_id = {}",
            ground.cat
        ))
        .await;
    (ground, dogs, cats)
}

async fn walk(bench: &Bench, scope: ReviewScope) -> Vec<(i64, WaitingFor)> {
    let (mut after, mut found) = (ReviewCursor::default(), Vec::new());
    loop {
        let rows = bench.store.cases_after(scope, after, 1).await.unwrap();
        let Some(row) = rows.first() else { return found };
        let rank = row.rank.unwrap();
        assert_eq!(bench.store.case_of(row.candidate_id).await.unwrap().as_ref(), Some(row));
        found.push((row.candidate_id, WaitingFor::of_rank(rank).unwrap()));
        after =
            ReviewCursor { rank, project_synset_id: row.project_synset_id, candidate_id: row.candidate_id };
    }
}

async fn what_waits_comes_reported_first_then_escalated_then_samples_on_hold_then_disputed(bench: &Bench) {
    let (ground, dogs, cats) = queue(bench).await;
    let found = walk(bench, ReviewScope::default()).await;
    let expected = [
        (dogs[2], WaitingFor::Reported),
        (dogs[1], WaitingFor::Escalated),
        (cats[1], WaitingFor::OnHold),
        (dogs[0], WaitingFor::Disputed),
    ];
    assert_eq!(found, expected);
    let waiting = bench.store.waiting(ReviewScope::default()).await.unwrap();
    let counts: Vec<_> = waiting
        .iter()
        .map(|row| (row.project_id, row.wnid, row.reported, row.escalated, row.on_hold, row.disputed))
        .collect();
    assert_eq!(counts, [(ground.project, wnid(2), 1, 1, 0, 1), (ground.project, wnid(3), 0, 0, 1, 0)]);
    assert_eq!(bench.store.case_of(dogs[3]).await.unwrap().unwrap().rank, None);
    assert_eq!(bench.store.case_of(999).await.unwrap(), None);
}

async fn a_scope_limits_the_queue_to_a_project_and_a_synset(bench: &Bench) {
    let (ground, _, cats) = queue(bench).await;
    let cat = ReviewScope { project_id: Some(ground.project), wnid: Some(wnid(3)) };
    assert_eq!(walk(bench, cat).await, [(cats[1], WaitingFor::OnHold)]);
    let elsewhere = ReviewScope { project_id: Some(ground.project + 1), wnid: None };
    assert_eq!(walk(bench, elsewhere).await, []);
    assert_eq!(bench.store.waiting(elsewhere).await.unwrap(), []);
    assert_eq!(bench.store.waiting(cat).await.unwrap().len(), 1);
}

async fn a_case_brings_its_votes_reports_and_the_newest_word(bench: &Bench) {
    let (ground, dogs, _) = queue(bench).await;
    let id = dogs[1];
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.bob, ground.dog, "k", &[(id, Answer::No)]).await;
    vote(&mut tx, ground.ann, ground.dog, "k", &[(id, Answer::Yes)]).await;
    tx.commit().await.unwrap();
    assert_eq!(bench.store.decided(id).await.unwrap(), None);
    let (ann, bob, project) = (ground.ann, ground.bob, ground.project);
    bench
        .execute(&format!(
            "insert into exclusion (project_id, account_id, excluded, reason, decided_by, decided_at)
                 values ({project}, {ann}, true, 'why', {bob}, {NOW});
             insert into report (candidate_id, account_id, submission_id, kind, reported_at)
                 values ({id}, {ann}, 1, 'broken', {NOW}), ({id}, {ann}, 2, 'offensive', {NOW}),
                        ({id}, {bob}, 1, 'broken', {NOW}), ({id}, {bob}, 2, 'none', {NOW});
             insert into expert_label (candidate_id, account_id, answer, labelled_at)
                 values ({id}, {ann}, 'no', {NOW}), ({id}, {bob}, 'yes', {NOW})"
        ))
        .await;
    let votes = bench.store.case_votes(id).await.unwrap();
    let votes: Vec<_> = votes.iter().map(|vote| (vote.answer, vote.excluded)).collect();
    assert_eq!(votes, [(Answer::No, false), (Answer::Yes, true)]);
    assert_eq!(bench.store.case_reports(id).await.unwrap(), (0, 1));
    let decided = bench.store.decided(id).await.unwrap().unwrap();
    assert_eq!((decided.account_id, decided.name.as_str()), (bob, "bob"));
}
