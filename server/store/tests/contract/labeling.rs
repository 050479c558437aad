//! Who is given what.

use domain::consensus::{Answer, Verdict};
use store::candidates::JudgementRow;
use store::labeling::AssignmentRow;
use store::projects::{CounterDelta, SynsetState};
use store::{StoreError, Tx};

use super::bench::Bench;
use super::ground::{NOW, ground, populate, settings, vote, wnid};

cases! {
    an_assignment_holds_its_candidates_until_it_is_closed_or_expires,
    a_workers_open_assignment_is_found_again_and_nobody_elses,
    the_order_of_the_screen_is_kept,
    leasing_again_takes_the_hold_over,
    what_is_decided_duplicate_or_voted_on_is_not_leasable,
    leasable_candidates_come_in_pages_by_rank_and_then_by_id,
    while_calibrating_only_the_sample_is_leasable,
    so_many_of_a_cohort_are_asked_about_an_image,
    expired_leases_are_deleted_and_live_ones_stay,
    a_worker_stays_in_a_synset_then_calibration_then_the_least_leased_comes_first,
    paused_held_done_and_waiting_synsets_are_not_served,
    project_lines_count_open_synsets_and_the_workers_own_votes,
}

async fn leasable(tx: &mut Tx, synset: i64, account: i64, now: i64) -> Vec<(i64, i64)> {
    let rows = tx.leasable(synset, account, false, None, 1000, now).await.unwrap();
    rows.iter().map(|row| (row.candidate_id, row.live_leases)).collect()
}

async fn an_assignment_holds_its_candidates_until_it_is_closed_or_expires(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 10, &ids[..1]).await.unwrap();
    let row = tx.assignment(first, ground.ann).await.unwrap().unwrap();
    let expected = AssignmentRow {
        assignment_id: first,
        account_id: ground.ann,
        project_synset_id: ground.dog,
        assigned_at: NOW,
        expires_at: NOW + 10,
        submitted_at: None,
    };
    assert_eq!(row, expected);
    // The ranks fall while the ids rise.
    assert_eq!(leasable(&mut tx, ground.dog, ground.ann, NOW).await, [(ids[1], 0)]);
    assert_eq!(leasable(&mut tx, ground.dog, ground.bob, NOW).await, [(ids[1], 0), (ids[0], 1)]);
    assert_eq!(leasable(&mut tx, ground.dog, ground.ann, NOW + 10).await, [(ids[1], 0), (ids[0], 0)]);
    assert!(tx.close_assignment(first, NOW + 5).await.unwrap());
    assert!(!tx.close_assignment(first, NOW + 6).await.unwrap());
    assert_eq!(leasable(&mut tx, ground.dog, ground.bob, NOW).await, [(ids[1], 0), (ids[0], 0)]);
    tx.commit().await.unwrap();
    let closed = bench.store.assignment(first, ground.ann).await.unwrap().unwrap();
    assert_eq!(closed.submitted_at, Some(NOW + 5));
    assert_eq!(bench.store.assignment(first, ground.bob).await.unwrap(), None);
}

async fn a_workers_open_assignment_is_found_again_and_nobody_elses(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    let other = tx.insert_project("other", &settings(), NOW).await.unwrap();
    let older = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 20, &ids[..1]).await.unwrap();
    let newer = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 10, &ids[1..]).await.unwrap();
    let mut found = Vec::new();
    for (account, project, now) in [
        (ground.ann, ground.project, NOW),
        (ground.ann, ground.project, NOW + 10),
        (ground.ann, ground.project, NOW + 20),
        (ground.ann, other, NOW),
        (ground.bob, ground.project, NOW),
    ] {
        found.push(
            tx.open_assignment(account, project, None, now).await.unwrap().map(|row| row.assignment_id),
        );
    }
    assert_eq!(found, [Some(older), Some(older), None, None, None]);
    let next = tx.open_assignment(ground.ann, ground.project, Some(older), NOW).await.unwrap();
    assert_eq!(next.map(|row| row.assignment_id), Some(newer), "the one after the first");
    tx.close_assignment(older, NOW).await.unwrap();
    let open = tx.open_assignment(ground.ann, ground.project, None, NOW).await.unwrap();
    assert_eq!(open.map(|row| row.assignment_id), Some(newer));
}

async fn the_order_of_the_screen_is_kept(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let order = [ids[2], ids[0], ids[1]];
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[1], Some((ids[0], 1)), false).await.unwrap();
    let assignment = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 10, &order).await.unwrap();
    let inside = tx.assignment_candidates(assignment).await.unwrap();
    tx.commit().await.unwrap();
    let rows = bench.store.assignment_candidates(assignment).await.unwrap();
    assert_eq!(rows, inside);
    let shown: Vec<_> = rows.iter().map(|row| (row.position, row.candidate_id, row.duplicate_of)).collect();
    assert_eq!(shown, [(0, ids[2], None), (1, ids[0], None), (2, ids[1], Some(ids[0]))]);
    assert_eq!(rows[0].sha256, format!("image {} 2", ground.dog));
}

async fn leasing_again_takes_the_hold_over(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 10, &ids).await.unwrap();
    tx.insert_assignment(ground.ann, ground.dog, NOW + 10, NOW + 20, &ids).await.unwrap();
    assert_eq!(leasable(&mut tx, ground.dog, ground.bob, NOW + 15).await, [(ids[0], 1)]);
    // The late answer to the first screen does not let go of what the second one holds.
    assert!(tx.close_assignment(first, NOW + 15).await.unwrap());
    assert_eq!(leasable(&mut tx, ground.dog, ground.bob, NOW + 15).await, [(ids[0], 1)]);
}

async fn what_is_decided_duplicate_or_voted_on_is_not_leasable(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 4).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[0], Some((ids[3], 1)), false).await.unwrap();
    let judgement = JudgementRow {
        candidate_id: ids[1],
        verdict: Verdict::Escalated,
        reason: None,
        confidence: 0.5,
        calibration_id: Some(1),
        settled_at: None,
    };
    tx.save_judgements(&[judgement]).await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "k", &[(ids[2], Answer::Unsure)]).await;
    assert_eq!(leasable(&mut tx, ground.dog, ground.ann, NOW).await, [(ids[3], 0)]);
    let rows = tx.leasable(ground.dog, ground.bob, false, None, 10, NOW).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.candidate_id).collect::<Vec<_>>(), [ids[3], ids[2]]);
    assert_eq!(rows[1].known.facts().tally.unsure, 1);
}

async fn leasable_candidates_come_in_pages_by_rank_and_then_by_id(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 5).await;
    bench.execute("update candidate set serving_rank = 7 where serving_rank < 5").await;
    let mut tx = bench.store.begin().await.unwrap();
    let (mut after, mut all) = (None, Vec::new());
    loop {
        let page = tx.leasable(ground.dog, ground.ann, false, after, 2, NOW).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.serving_rank, last.candidate_id));
        all.extend(page.iter().map(|row| row.candidate_id));
    }
    assert_eq!(all, ids);
}

async fn while_calibrating_only_the_sample_is_leasable(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&ids[..2]).await.unwrap();
    let rows = tx.leasable(ground.dog, ground.ann, true, None, 10, NOW).await.unwrap();
    let sample: Vec<_> = rows.iter().map(|row| (row.candidate_id, row.in_initial_sample)).collect();
    assert_eq!(sample, [(ids[1], true), (ids[0], true)]);
}

async fn expired_leases_are_deleted_and_live_ones_stay(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 10, &ids[..2]).await.unwrap();
    tx.insert_assignment(ground.ann, ground.dog, NOW, NOW + 11, &ids[2..]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.delete_expired_leases(NOW + 10).await.unwrap(), 2);
    assert_eq!(bench.store.delete_expired_leases(NOW + 10).await.unwrap(), 0);
    let active = bench.store.active_synsets(ground.project, ground.ann, NOW).await.unwrap();
    assert_eq!(active[0].live_leases, 1);
}

async fn a_worker_stays_in_a_synset_then_calibration_then_the_least_leased_comes_first(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 10).await;
    let cats = populate(&bench.store, ground.cat, 2).await;
    let order = async |account| {
        let active = bench.store.active_synsets(ground.project, account, NOW).await.unwrap();
        active
            .into_iter()
            .map(|synset| (synset.wnid, synset.open, synset.live_leases, synset.mine))
            .collect::<Vec<_>>()
    };
    let (dog, cat) = (wnid(2), wnid(3));
    assert_eq!(order(ground.ann).await, [(dog, 10, 0, false), (cat, 2, 0, false)]);
    let mut tx = bench.store.begin().await.unwrap();
    let first = tx.insert_assignment(ground.bob, ground.dog, NOW, NOW + 10, &dogs[..2]).await.unwrap();
    tx.insert_assignment(ground.bob, ground.cat, NOW, NOW + 10, &cats[..1]).await.unwrap();
    tx.commit().await.unwrap();
    // Two of ten dogs are fewer than one of two cats; Bob was with the cats last.
    assert_eq!(order(ground.ann).await, [(dog, 10, 2, false), (cat, 2, 1, false)]);
    assert_eq!(order(ground.bob).await, [(cat, 2, 1, true), (dog, 10, 2, false)]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_state(ground.cat, SynsetState::Calibrating, None).await.unwrap();
    tx.close_assignment(first, NOW).await.unwrap();
    let active = tx.active_synsets(ground.project, ground.ann, NOW).await.unwrap();
    assert_eq!(
        active.iter().map(|synset| (synset.state, synset.live_leases)).collect::<Vec<_>>(),
        [(SynsetState::Calibrating, 1), (SynsetState::Labelling, 0),]
    );
}

async fn paused_held_done_and_waiting_synsets_are_not_served(bench: &Bench) {
    let ground = ground(&bench.store).await;
    populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    for (state, paused, served) in [
        (SynsetState::Waiting, false, 0),
        (SynsetState::Calibrating, false, 1),
        (SynsetState::Labelling, false, 1),
        (SynsetState::Labelling, true, 0),
        (SynsetState::Hold, false, 0),
        (SynsetState::Done, false, 0),
    ] {
        tx.set_state(ground.dog, state, None).await.unwrap();
        tx.set_paused(ground.dog, paused).await.unwrap();
        let active = tx.active_synsets(ground.project, ground.ann, NOW).await.unwrap();
        assert_eq!(active.len(), served, "{state:?} {paused}");
        assert_eq!(tx.open_synsets(ground.project).await.unwrap(), served as i64, "{state:?} {paused}");
    }
}

async fn project_lines_count_open_synsets_and_the_workers_own_votes(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 2).await;
    let cats = populate(&bench.store, ground.cat, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let other = tx.insert_project("other", &settings(), NOW).await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "a", &[(dogs[0], Answer::Yes), (dogs[1], Answer::No)]).await;
    vote(&mut tx, ground.ann, ground.cat, "b", &[(cats[0], Answer::Yes)]).await;
    vote(&mut tx, ground.bob, ground.dog, "a", &[(dogs[0], Answer::Yes)]).await;
    tx.add_to_counters(ground.cat, &CounterDelta { positive: 1, ..Default::default() }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.open_synsets(ground.project).await.unwrap(), 1);
    let lines = bench.store.open_project_lines(ground.ann).await.unwrap();
    let shown: Vec<_> = lines
        .iter()
        .map(|line| (line.project_id, line.name.as_str(), line.open_synsets, line.my_votes))
        .collect();
    assert_eq!(shown, [(ground.project, "pets", 1, 3), (other, "other", 0, 0)]);
}

async fn so_many_of_a_cohort_are_asked_about_an_image(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    assert_eq!(bench.store.cohort_limit(ground.project).await.unwrap(), Some(None));
    assert_eq!(bench.store.cohort_limit(ground.project + 1).await.unwrap(), None);
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_cohort(ground.ann, 77).await.unwrap();
    assert_eq!(tx.cohort_held(ground.project, ground.ann).await.unwrap(), None, "there is no limit");
    tx.set_cohort_limit(ground.project, Some(1)).await.unwrap();
    assert_eq!(tx.cohort_held(ground.project, ground.ann).await.unwrap(), Some((77, 1)));
    assert_eq!(tx.cohort_held(ground.project, ground.bob).await.unwrap(), None, "nothing is known of him");
    assert_eq!(tx.cohort_of_others(ground.ann).await.unwrap(), 0);
    tx.set_cohort(ground.bob, 77).await.unwrap();
    assert_eq!(tx.cohort_of_others(ground.ann).await.unwrap(), 1);
    vote(&mut tx, ground.ann, ground.dog, "one", &[(ids[0], Answer::Yes)]).await;
    tx.insert_assignment(ground.bob, ground.dog, NOW, NOW + 10, &[ids[0], ids[1]]).await.unwrap();
    assert_eq!(tx.crowded(&ids, 77, 1, NOW).await.unwrap(), [ids[0], ids[1]]);
    assert_eq!(tx.crowded(&ids, 77, 2, NOW).await.unwrap(), [ids[0]], "a vote and a lease");
    assert_eq!(tx.crowded(&ids, 77, 1, NOW + 10).await.unwrap(), [ids[0]], "the lease is over");
    assert!(tx.crowded(&ids[1..], 78, 1, NOW).await.unwrap().is_empty(), "another cohort");
    tx.set_cohort_limit(ground.project, None).await.unwrap();
    let unknown = tx.set_cohort_limit(ground.project + 1, None).await;
    assert!(matches!(unknown, Err(StoreError::NotFound(_))), "{unknown:?}");
}
