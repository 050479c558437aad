//! Submissions and votes.

use domain::consensus::{Answer, Tally, VoteWeights};
use store::StoreError;
use store::labeling::SubmissionRow;

use super::bench::Bench;
use super::ground::{NOW, ground, populate, settings, vote, wnid};

cases! {
    a_submission_comes_back_by_its_key_for_its_worker_alone,
    a_key_is_used_once_by_a_worker,
    a_workers_second_vote_on_a_candidate_does_not_count,
    two_answers_about_one_candidate_in_one_submission_are_one_vote,
    tallies_add_up_over_workers,
    a_vote_on_nothing_is_refused,
    votes_are_exported_in_order_of_submission_page_by_page,
}

async fn a_submission_comes_back_by_its_key_for_its_worker_alone(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.through().await.unwrap().submission_id, 0);
    let assignment = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 10, &ids).await.unwrap();
    let id = tx.insert_submission(ground.ann, "key", "body", assignment, None, NOW).await.unwrap();
    tx.finish_submission(id, 1, Some(assignment)).await.unwrap();
    assert!(matches!(tx.finish_submission(id + 1, 1, None).await, Err(StoreError::NotFound(_))));
    let expected = SubmissionRow {
        submission_id: id,
        account_id: ground.ann,
        submission_key: "key".to_owned(),
        body_hash: "body".to_owned(),
        assignment_id: assignment,
        recorded: 1,
        next_assignment_id: Some(assignment),
        submitted_at: NOW,
    };
    assert_eq!(tx.submission(ground.ann, "key").await.unwrap(), Some(expected));
    assert_eq!(tx.submission(ground.bob, "key").await.unwrap(), None);
    assert_eq!(tx.through().await.unwrap().submission_id, id);
}

async fn a_key_is_used_once_by_a_worker(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let assignment = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 10, &ids).await.unwrap();
    tx.insert_submission(ground.ann, "key", "body", assignment, None, NOW).await.unwrap();
    tx.insert_submission(ground.bob, "key", "body", assignment, None, NOW).await.unwrap();
    let again = tx.insert_submission(ground.ann, "key", "other", assignment, None, NOW).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
}

async fn a_workers_second_vote_on_a_candidate_does_not_count(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = [(ids[2], Answer::Yes), (ids[0], Answer::No)];
    let (_, recorded) = vote(&mut tx, ground.ann, ground.dog, "a", &first).await;
    assert_eq!(recorded, [(ids[0], Answer::No), (ids[2], Answer::Yes)]);
    let second = [(ids[2], Answer::No), (ids[1], Answer::Unsure), (ids[0], Answer::No)];
    let (_, recorded) = vote(&mut tx, ground.ann, ground.dog, "b", &second).await;
    assert_eq!(recorded, [(ids[1], Answer::Unsure)]);
    let (_, recorded) = vote(&mut tx, ground.ann, ground.dog, "c", &second).await;
    assert_eq!(recorded, []);
    tx.commit().await.unwrap();
    for row in bench.store.recounted(ground.dog).await.unwrap() {
        assert_eq!(
            (row.stored(), row.counted().total()),
            (row.counted(), 1),
            "candidate {}",
            row.candidate_id
        );
    }
    assert_eq!(
        bench.store.tally_counts(ground.dog).await.unwrap(),
        [(0, 0, 1, 1), (0, 1, 0, 1), (1, 0, 0, 1)]
    );
}

async fn two_answers_about_one_candidate_in_one_submission_are_one_vote(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let assignment = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 10, &ids).await.unwrap();
    let submission = tx.insert_submission(ground.ann, "key", "body", assignment, None, NOW).await.unwrap();
    let twice = [(ids[0], Answer::Yes), (ids[0], Answer::No)];
    let recorded = tx.record_votes(&twice, VoteWeights::FULL, ground.ann, submission, NOW).await.unwrap();
    assert_eq!(recorded, [(ids[0], Answer::Yes)]);
    assert_eq!(tx.record_votes(&[], VoteWeights::FULL, ground.ann, submission, NOW).await.unwrap(), []);
}

async fn tallies_add_up_over_workers(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.add_to_tallies(
        &[(ids[0], Answer::Yes), (ids[0], Answer::Yes), (ids[0], Answer::No)],
        VoteWeights::FULL,
    )
    .await
    .unwrap();
    tx.add_to_tallies(&[(ids[0], Answer::Unsure), (ids[1], Answer::No)], VoteWeights::FULL).await.unwrap();
    tx.add_to_tallies(&[], VoteWeights::FULL).await.unwrap();
    let states = tx.candidate_states(&ids).await.unwrap();
    assert_eq!(states[0].known.tally(), Tally { yes: 2, no: 1, unsure: 1 });
    assert_eq!(states[1].known.tally(), Tally { yes: 0, no: 1, unsure: 0 });
}

async fn a_vote_on_nothing_is_refused(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let assignment = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 10, &ids).await.unwrap();
    let submission = tx.insert_submission(ground.ann, "key", "body", assignment, None, NOW).await.unwrap();
    let error = tx
        .record_votes(&[(812_812, Answer::Yes)], VoteWeights::FULL, ground.ann, submission, NOW)
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Sql(_)), "{error:?}");
    assert!(matches!(tx.commit().await, Err(StoreError::BrokenTransaction)));
}

async fn votes_are_exported_in_order_of_submission_page_by_page(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 3).await;
    let cats = populate(&bench.store, ground.cat, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let other = tx.insert_project("other", &settings(), NOW).await.unwrap();
    let dog_votes = [(dogs[2], Answer::Yes), (dogs[0], Answer::No), (dogs[1], Answer::Unsure)];
    let (first, _) = vote(&mut tx, ground.bob, ground.dog, "a", &dog_votes).await;
    let (second, _) = vote(&mut tx, ground.ann, ground.cat, "b", &[(cats[0], Answer::Yes)]).await;
    tx.commit().await.unwrap();
    let (mut after, mut all) = ((0, 0), Vec::new());
    loop {
        let page = bench.store.votes_of_project(ground.project, after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = (last.submission_id, last.candidate_id);
        all.extend(page);
    }
    let shown: Vec<_> = all.iter().map(|row| (row.submission_id, row.candidate_id, row.answer)).collect();
    assert_eq!(
        shown,
        [
            (first, dogs[0], Answer::No),
            (first, dogs[1], Answer::Unsure),
            (first, dogs[2], Answer::Yes),
            (second, cats[0], Answer::Yes),
        ]
    );
    assert_eq!((all[3].wnid, all[3].account_id, all[3].voted_at), (wnid(3), ground.ann, NOW));
    assert_eq!(all[3].sha256, format!("image {} 0", ground.cat));
    assert_eq!(
        (all[3].source_url.as_deref(), all[3].licence.as_deref()),
        (Some("https://example.org/"), Some("CC0"))
    );
    assert_eq!(bench.store.votes_of_project(other, (0, 0), 2).await.unwrap(), []);
}
