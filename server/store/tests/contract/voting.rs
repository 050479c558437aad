//! Submissions and votes.

use domain::consensus::{Answer, Tally, VoteWeights};
use domain::roles::Role;
use store::StoreError;
use store::labeling::{NewSubmission, SubmissionRow, TallyChange};

use super::bench::Bench;
use super::ground::{
    NOW, assign, changes, ground, new_submission, new_votes, populate, settings, submit_as, vote, wnid,
};

cases! {
    a_submission_comes_back_by_its_key_for_its_worker_alone,
    submissions_are_found_by_whatever_text_their_key_is,
    a_key_is_used_once_by_a_worker,
    a_workers_second_vote_on_a_candidate_does_not_count,
    a_second_vote_is_refused_wherever_the_first_one_is,
    who_has_voted_on_what_is_told_of_pairs,
    many_votes_are_recorded_and_counted_at_once,
    tallies_add_up_over_workers,
    a_vote_on_nothing_is_refused,
    votes_are_exported_in_order_of_submission_page_by_page,
}

async fn a_submission_comes_back_by_its_key_for_its_worker_alone(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.through().await.unwrap().submission_id, 0);
    let assignment = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &ids).await;
    let id = tx.submission_ids(1).await.unwrap()[0];
    let new = NewSubmission {
        recorded: 1,
        next_assignment_id: Some(assignment),
        ..new_submission(id, ground.ann, "key", assignment)
    };
    tx.insert_submissions(&[new]).await.unwrap();
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
    let found = tx.submissions(&[(ground.ann, "other"), (ground.ann, "key")]).await.unwrap();
    assert_eq!(found, [expected]);
    assert_eq!(tx.submissions(&[(ground.bob, "key")]).await.unwrap(), []);
    assert_eq!(tx.submissions(&[]).await.unwrap(), []);
    assert_eq!(tx.through().await.unwrap().submission_id, id);
}

async fn submissions_are_found_by_whatever_text_their_key_is(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let keys = [
        "1",
        "01",
        "1.0",
        "null",
        "true",
        "",
        " ",
        "\"quoted\"",
        "it's",
        "back\\slash",
        "tab\tand\nline",
        "{\"a\":[1]}",
        "[]",
        "日本語 🐕",
        "\u{1}\u{7f}",
        "key",
        "KEY",
        "k%",
        "k_y",
        "$1 %s",
        "--",
    ];
    let mut tx = bench.store.begin().await.unwrap();
    let ids = tx.submission_ids(2 * keys.len()).await.unwrap();
    let mut new = Vec::new();
    for (worker, ids) in [ground.ann, ground.bob].into_iter().zip(ids.chunks(keys.len())) {
        let assignment = assign(&mut tx, worker, ground.dog, NOW, NOW + 10, &[]).await;
        new.extend(ids.iter().zip(keys).map(|(id, key)| new_submission(*id, worker, key, assignment)));
    }
    tx.insert_submissions(&new).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.store.begin().await.unwrap();
    for one in &new {
        let found = tx.submissions(&[(one.account_id, &one.submission_key)]).await.unwrap();
        let found: Vec<_> =
            found.iter().map(|row| (row.submission_id, row.submission_key.as_str())).collect();
        assert_eq!(found, [(one.submission_id, one.submission_key.as_str())]);
    }
    let pairs: Vec<(i64, &str)> = keys.iter().map(|key| (ground.bob, *key)).collect();
    let mut found: Vec<i64> =
        tx.submissions(&pairs).await.unwrap().iter().map(|row| row.submission_id).collect();
    found.sort_unstable();
    assert_eq!(found, ids[keys.len()..], "all of one worker's, and none of the other's");
}

async fn a_key_is_used_once_by_a_worker(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let assignment = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &ids).await;
    submit_as(&mut tx, ground.ann, "key", assignment, NOW).await;
    submit_as(&mut tx, ground.bob, "key", assignment, NOW).await;
    let id = tx.submission_ids(1).await.unwrap()[0];
    let again = tx.insert_submissions(&[new_submission(id, ground.ann, "key", assignment)]).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    assert!(matches!(tx.commit().await, Err(StoreError::BrokenTransaction)));
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

async fn a_second_vote_is_refused_wherever_the_first_one_is(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    let (submission, _) = vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[0], Answer::Yes)]).await;
    tx.commit().await.unwrap();
    let recorded_before = [(ids[1], Answer::Yes), (ids[0], Answer::No)];
    let twice_at_once = [(ids[1], Answer::Yes), (ids[1], Answer::No)];
    for votes in [recorded_before, twice_at_once] {
        let mut tx = bench.store.begin().await.unwrap();
        let new = new_votes(ground.ann, submission, &votes, VoteWeights::FULL, NOW);
        let refused = tx.insert_votes(&new).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
        assert!(matches!(tx.commit().await, Err(StoreError::BrokenTransaction)));
    }
    assert_eq!(bench.store.tally_counts(ground.dog).await.unwrap(), [(0, 0, 0, 1), (1, 0, 0, 1)]);
    assert_eq!(bench.store.recounted_synset(ground.dog).await.unwrap().votes, 1);
}

async fn who_has_voted_on_what_is_told_of_pairs(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(ids[0], Answer::Yes), (ids[1], Answer::Unsure)]).await;
    vote(&mut tx, ground.bob, ground.dog, "a", &[(ids[1], Answer::No)]).await;
    let asked = [(ids[0], ground.ann), (ids[0], ground.bob), (ids[1], ground.bob), (812, ground.ann)];
    let mut found = tx.voted(&asked).await.unwrap();
    found.sort_unstable();
    assert_eq!(found, [(ids[0], ground.ann), (ids[1], ground.bob)]);
    assert_eq!(tx.voted(&[]).await.unwrap(), []);
}

async fn many_votes_are_recorded_and_counted_at_once(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 140).await;
    let mut tx = bench.store.begin().await.unwrap();
    let (mut votes, mut counted) = (Vec::new(), Vec::new());
    for number in 0..10 {
        let name = format!("worker {number}");
        let worker = tx.insert_account(&name, Role::Worker, "hash", NOW).await.unwrap();
        let assignment = assign(&mut tx, worker, ground.dog, NOW, NOW + 10, &ids).await;
        let submission = submit_as(&mut tx, worker, "key", assignment, NOW).await;
        let answer = if number < 7 { Answer::Yes } else { Answer::No };
        let answers: Vec<(i64, Answer)> = ids.iter().map(|id| (*id, answer)).collect();
        votes.extend(new_votes(worker, submission, &answers, VoteWeights::FULL, NOW));
        counted.extend(changes(&answers, VoteWeights::FULL));
    }
    assert_eq!((votes.len(), counted.len()), (1_400, 1_400));
    tx.insert_votes(&votes).await.unwrap();
    tx.insert_votes(&[]).await.unwrap();
    tx.change_tallies(&counted).await.unwrap();
    let pairs: Vec<(i64, i64)> = votes.iter().map(|vote| (vote.candidate_id, vote.account_id)).collect();
    assert_eq!(tx.voted(&pairs).await.unwrap().len(), 1_400);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.tally_counts(ground.dog).await.unwrap(), [(7, 3, 0, 140)]);
    let rows = bench.store.recounted(ground.dog).await.unwrap();
    assert!(rows.iter().all(|row| row.stored() == row.counted()));
    let exported = bench.store.votes_of_project(ground.project, (0, 0), 2_000).await.unwrap();
    assert_eq!(exported.len(), 1_400);
    assert!(exported.iter().all(|row| (row.voted_at, row.weight_yes, row.counts) == (NOW, 1_000_000, true)));
}

async fn tallies_add_up_over_workers(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    let thrice = [(ids[0], Answer::Yes), (ids[0], Answer::Yes), (ids[0], Answer::No)];
    tx.change_tallies(&changes(&thrice, VoteWeights::FULL)).await.unwrap();
    let both = [(ids[0], Answer::Unsure), (ids[1], Answer::No)];
    tx.change_tallies(&changes(&both, VoteWeights::FULL)).await.unwrap();
    tx.change_tallies(&[]).await.unwrap();
    tx.change_tallies(&[TallyChange::of(812).report(1)]).await.unwrap();
    let states = tx.candidate_states(&ids).await.unwrap();
    assert_eq!(states[0].known.tally(), Tally { yes: 2, no: 1, unsure: 1 });
    assert_eq!(states[1].known.tally(), Tally { yes: 0, no: 1, unsure: 0 });
}

async fn a_vote_on_nothing_is_refused(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let assignment = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &ids).await;
    let submission = submit_as(&mut tx, ground.ann, "key", assignment, NOW).await;
    let nothing = new_votes(ground.ann, submission, &[(812_812, Answer::Yes)], VoteWeights::FULL, NOW);
    let error = tx.insert_votes(&nothing).await.unwrap_err();
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
