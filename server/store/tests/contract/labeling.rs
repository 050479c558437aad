//! Who is given what.

use domain::consensus::{Answer, Verdict};
use domain::roles::Role;
use store::candidates::JudgementRow;
use store::labeling::{AssignmentRow, Ids, ReportKind};
use store::projects::{CounterDelta, SynsetState};
use store::{Store, StoreError, Tx};

use super::bench::Bench;
use super::ground::{NOW, assign, ground, open_candidates, populate, settings, submit_as, vote, wnid};

cases! {
    an_assignment_holds_its_candidates_until_it_is_submitted_or_expires,
    what_two_assignments_hold_is_held_by_either_alone,
    open_assignments_are_found_for_their_workers_with_their_projects,
    the_page_after_another_is_the_first_open_one_of_its_worker_and_project,
    assignments_come_with_their_projects_and_unknown_ones_do_not_come,
    the_order_of_the_screen_is_kept,
    new_ids_ascend_and_nobody_has_them,
    many_assignments_are_recorded_at_once,
    open_candidates_come_with_their_ranks_and_images,
    what_is_decided_or_a_near_duplicate_is_not_open,
    who_has_answered_is_known_of_each_candidate,
    so_many_of_a_cohort_are_asked_about_an_image,
    active_synsets_come_as_they_were_seeded_with_what_is_open,
    paused_held_done_and_waiting_synsets_are_not_served,
    project_lines_count_open_synsets_and_the_workers_own_votes,
}

async fn live(store: &Store, project_synset_id: i64, now: i64) -> Vec<i64> {
    let rows = store.live_assignments(project_synset_id, now).await.unwrap();
    rows.iter().map(|row| row.assignment_id).collect()
}

async fn an_assignment_holds_its_candidates_until_it_is_submitted_or_expires(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &[ids[1], ids[0]]).await;
    let second = assign(&mut tx, ground.bob, ground.dog, NOW, NOW + 11, &ids).await;
    tx.commit().await.unwrap();
    let row = AssignmentRow {
        assignment_id: first,
        account_id: ground.ann,
        project_synset_id: ground.dog,
        assigned_at: NOW,
        expires_at: NOW + 10,
        submitted_at: None,
        candidates: Ids(vec![ids[1], ids[0]]),
    };
    assert_eq!(bench.store.assignment(first, ground.ann).await.unwrap().as_ref(), Some(&row));
    assert_eq!(bench.store.assignment(first, ground.bob).await.unwrap(), None);
    assert_eq!(bench.store.live_assignments(ground.dog, NOW).await.unwrap()[0], row);
    let held =
        async |now| (live(&bench.store, ground.dog, now).await, bench.store.live_leases(now).await.unwrap());
    assert_eq!(held(NOW + 9).await, (vec![first, second], 5));
    assert_eq!(held(NOW + 10).await, (vec![second], 3), "the first has just expired");
    assert_eq!(held(NOW + 11).await, (vec![], 0));
    assert_eq!(live(&bench.store, ground.cat, NOW).await, [0; 0]);
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.close_assignments(&[first, first], NOW + 5).await.unwrap(), 1);
    assert_eq!(tx.close_assignments(&[first, second, 812], NOW + 6).await.unwrap(), 1);
    assert_eq!(tx.close_assignments(&[], NOW + 7).await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert_eq!(held(NOW).await, (vec![], 0));
    let closed = bench.store.assignment(first, ground.ann).await.unwrap().unwrap();
    assert_eq!(closed, AssignmentRow { submitted_at: Some(NOW + 5), ..row }, "the first time counts");
}

async fn what_two_assignments_hold_is_held_by_either_alone(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &ids).await;
    let second = assign(&mut tx, ground.ann, ground.dog, NOW + 10, NOW + 20, &ids).await;
    // The late answer to the first screen does not let go of what the second one holds.
    submit_as(&mut tx, ground.ann, "late", first, NOW + 15).await;
    tx.commit().await.unwrap();
    assert_eq!(live(&bench.store, ground.dog, NOW + 15).await, [second]);
    assert_eq!(bench.store.live_leases(NOW + 15).await.unwrap(), 1);
}

/// Another project with a synset of its own: both rows.
async fn another_project(tx: &mut Tx) -> (i64, i64) {
    let other = tx.insert_project("other", &settings(), NOW).await.unwrap();
    tx.seed_synsets(other, &[wnid(2)], NOW).await.unwrap();
    (other, tx.project_synset(other, wnid(2)).await.unwrap().unwrap().project_synset_id)
}

async fn open(tx: &mut Tx, workers: &[i64], now: i64) -> Vec<(i64, i64)> {
    let rows = tx.open_assignments(workers, now).await.unwrap();
    rows.iter().map(|row| (row.project_id, row.assignment.assignment_id)).collect()
}

async fn open_assignments_are_found_for_their_workers_with_their_projects(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    let (other, elsewhere) = another_project(&mut tx).await;
    let older = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 20, &ids[..1]).await;
    let newer = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &ids[1..]).await;
    let third = assign(&mut tx, ground.ann, elsewhere, NOW, NOW + 20, &ids).await;
    let bobs = assign(&mut tx, ground.bob, ground.cat, NOW, NOW + 20, &ids).await;
    let (here, there) = (ground.project, other);
    let (ann, bob) = (ground.ann, ground.bob);
    assert_eq!(open(&mut tx, &[ann], NOW).await, [(here, older), (here, newer), (there, third)]);
    assert_eq!(open(&mut tx, &[ann, bob], NOW + 10).await, [(here, older), (there, third), (here, bobs)]);
    assert_eq!(open(&mut tx, &[bob, bob], NOW).await, [(here, bobs)]);
    assert_eq!(open(&mut tx, &[ann, bob], NOW + 20).await, []);
    assert_eq!(open(&mut tx, &[], NOW).await, []);
    tx.close_assignments(&[older, bobs], NOW).await.unwrap();
    assert_eq!(open(&mut tx, &[ann, bob], NOW).await, [(here, newer), (there, third)]);
}

async fn the_page_after_another_is_the_first_open_one_of_its_worker_and_project(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    let (_, elsewhere) = another_project(&mut tx).await;
    let (ann, bob) = (ground.ann, ground.bob);
    let there = assign(&mut tx, ann, elsewhere, NOW, NOW + 20, &ids).await;
    let submitted = assign(&mut tx, ann, ground.dog, NOW, NOW + 20, &ids[..1]).await;
    let first = assign(&mut tx, ann, ground.dog, NOW, NOW + 10, &ids[1..2]).await;
    let second = assign(&mut tx, ann, ground.cat, NOW, NOW + 20, &[]).await;
    let bobs = assign(&mut tx, bob, ground.dog, NOW, NOW + 20, &ids[2..]).await;
    tx.close_assignments(&[submitted], NOW).await.unwrap();
    tx.commit().await.unwrap();
    let after = async |worker, id, now| {
        let row = bench.store.open_after(worker, id, now).await.unwrap()?;
        assert_eq!(row.project_id, ground.project);
        Some(row.assignment.assignment_id)
    };
    assert_eq!(after(ann, submitted, NOW).await, Some(first));
    assert_eq!(after(ann, first, NOW).await, Some(second));
    assert_eq!(after(ann, second, NOW).await, Some(first));
    assert_eq!(after(ann, submitted, NOW + 10).await, Some(second), "the first has just expired");
    assert_eq!(after(ann, submitted, NOW + 20).await, None);
    assert_eq!(after(ann, there, NOW).await, None, "there is no other in that project");
    assert_eq!(after(bob, bobs, NOW).await, None);
    assert_eq!(after(bob, first, NOW).await, None, "it is not bob's");
    assert_eq!(after(ann, 812_000, NOW).await, None);
}

async fn assignments_come_with_their_projects_and_unknown_ones_do_not_come(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &[ids[1], ids[0]]).await;
    let second = assign(&mut tx, ground.bob, ground.cat, NOW, NOW + 10, &[]).await;
    submit_as(&mut tx, ground.ann, "key", first, NOW + 30).await;
    let rows = tx.placed_assignments(&[second, 812, first]).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.project_id).collect::<Vec<_>>(), [ground.project; 2]);
    let whose = |at: usize| (rows[at].assignment.assignment_id, rows[at].assignment.account_id);
    assert_eq!([whose(0), whose(1)], [(first, ground.ann), (second, ground.bob)]);
    assert_eq!(rows[0].assignment.candidates, Ids(vec![ids[1], ids[0]]));
    assert_eq!(rows[0].assignment.submitted_at, Some(NOW + 30), "a late answer is one");
    assert_eq!(rows[1].assignment.candidates, Ids(vec![]), "an empty screen");
    assert_eq!(tx.placed_assignments(&[]).await.unwrap(), []);
}

async fn the_order_of_the_screen_is_kept(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let order = [ids[2], ids[0], ids[1]];
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[1], Some((ids[0], 1)), false).await.unwrap();
    let assignment = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &order).await;
    let row = tx.assignment(assignment, ground.ann).await.unwrap().unwrap();
    assert_eq!(row.candidates.0, order);
    let shown = tx.assigned_candidates(&[order[0], 812, order[1], order[2]]).await.unwrap();
    let found: Vec<_> = shown.iter().map(|row| (row.candidate_id, row.duplicate_of)).collect();
    assert_eq!(found, [(ids[0], None), (ids[1], Some(ids[0])), (ids[2], None)]);
    assert_eq!(shown[2].sha256, format!("image {} 2", ground.dog));
    assert_eq!(tx.assigned_candidates(&[]).await.unwrap(), []);
    let given = tx.given(ground.ann, assignment).await.unwrap();
    assert_eq!(given.iter().map(|row| row.candidate_id).collect::<Vec<_>>(), ids);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.assigned_candidates(&order).await.unwrap(), shown);
}

async fn new_ids_ascend_and_nobody_has_them(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &ids).await;
    let submission = submit_as(&mut tx, ground.ann, "key", first, NOW).await;
    for number in [0, 1, 700] {
        let assignments = tx.assignment_ids(number).await.unwrap();
        let submissions = tx.submission_ids(number).await.unwrap();
        for (ids, taken) in [(assignments, first), (submissions, submission)] {
            assert_eq!(ids.len(), number);
            assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
            assert!(ids.iter().all(|id| *id > taken), "{taken} is taken: {ids:?}");
        }
    }
    let next = assign(&mut tx, ground.ann, ground.dog, NOW, NOW + 10, &ids).await;
    assert!(next > first);
}

async fn many_assignments_are_recorded_at_once(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    // 1,375 = 1,024 + 256 + 64 + 16 + 3 × 4 + 3 × 1: a statement of each size.
    let new: Vec<AssignmentRow> = tx
        .assignment_ids(1_375)
        .await
        .unwrap()
        .into_iter()
        .map(|assignment_id| AssignmentRow {
            assignment_id,
            account_id: ground.ann,
            project_synset_id: ground.dog,
            assigned_at: NOW,
            expires_at: NOW + 10,
            submitted_at: None,
            candidates: Ids((0..assignment_id % 4).collect()),
        })
        .collect();
    tx.insert_assignments(&new).await.unwrap();
    tx.insert_assignments(&[]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.live_assignments(ground.dog, NOW).await.unwrap(), new);
    let tiles: usize = new.iter().map(|row| row.candidates.0.len()).sum();
    assert_eq!(bench.store.live_leases(NOW).await.unwrap(), tiles as i64);
    let mut tx = bench.store.begin().await.unwrap();
    let again = tx.insert_assignments(&new[..1]).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
}

async fn open_candidates_come_with_their_ranks_and_images(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 5).await;
    populate(&bench.store, ground.cat, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&ids[..2]).await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "k", &[(ids[3], Answer::Unsure), (ids[0], Answer::Yes)]).await;
    tx.commit().await.unwrap();
    let rows = open_candidates(&bench.store, ground.dog).await;
    assert_eq!(rows.iter().map(|row| row.candidate_id).collect::<Vec<_>>(), ids);
    assert_eq!(rows.iter().map(|row| row.serving_rank).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
    let sample: Vec<bool> = rows.iter().map(|row| row.in_initial_sample).collect();
    assert_eq!(sample, [true, true, false, false, false]);
    assert_eq!((rows[0].known.facts().tally.yes, rows[3].known.facts().tally.unsure), (1, 1));
    assert_eq!(rows[2].sha256, format!("image {} 2", ground.dog));
}

fn judged(candidate_id: i64, verdict: Verdict) -> JudgementRow {
    JudgementRow {
        candidate_id,
        verdict,
        reason: None,
        confidence: 0.5,
        calibration_id: Some(1),
        settled_at: None,
    }
}

async fn what_is_decided_or_a_near_duplicate_is_not_open(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 5).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[0], Some((ids[4], 1)), false).await.unwrap();
    let settled = [
        judged(ids[1], Verdict::Escalated),
        judged(ids[2], Verdict::Positive),
        judged(ids[3], Verdict::Negative),
    ];
    tx.save_judgements(&settled).await.unwrap();
    let open = tx.open_candidates(ground.dog, 100).await.unwrap();
    assert_eq!(open.iter().map(|row| row.candidate_id).collect::<Vec<_>>(), [ids[4]]);
    tx.save_judgements(&[judged(ids[2], Verdict::Undecided)]).await.unwrap();
    let open = tx.open_candidates(ground.dog, 100).await.unwrap();
    assert_eq!(open.iter().map(|row| row.candidate_id).collect::<Vec<_>>(), [ids[2], ids[4]]);
}

async fn who_has_answered_is_known_of_each_candidate(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 6).await;
    let cats = populate(&bench.store, ground.cat, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    let all: Vec<_> = ids.iter().map(|id| (*id, Answer::Yes)).collect();
    vote(&mut tx, ground.ann, ground.dog, "a", &all[..5]).await;
    vote(&mut tx, ground.bob, ground.dog, "b", &all[..1]).await;
    vote(&mut tx, ground.bob, ground.cat, "c", &[(cats[0], Answer::No)]).await;
    let held = assign(&mut tx, ground.bob, ground.dog, NOW, NOW + 10, &ids[4..]).await;
    let submission = submit_as(&mut tx, ground.bob, "d", held, NOW).await;
    let reports = [(ids[0], Some(ReportKind::Broken)), (ids[5], Some(ReportKind::Offensive))];
    tx.insert_reports(&reports, ground.bob, submission, NOW).await.unwrap();
    let mut answered = tx.who_answered(&[ids[0], ids[4], ids[5], 812]).await.unwrap();
    answered.sort_unstable();
    let (ann, bob) = (ground.ann, ground.bob);
    assert_eq!(answered, [(ann, ids[0]), (ann, ids[4]), (bob, ids[0]), (bob, ids[0]), (bob, ids[5])]);
    assert_eq!(tx.who_answered(&[]).await.unwrap(), []);
}

async fn active_synsets_come_as_they_were_seeded_with_what_is_open(bench: &Bench) {
    let ground = ground(&bench.store).await;
    populate(&bench.store, ground.dog, 10).await;
    populate(&bench.store, ground.cat, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_state(ground.cat, SynsetState::Calibrating, None).await.unwrap();
    let settled = CounterDelta { positive: 1, negative: 2, escalated: 3, ..CounterDelta::default() };
    tx.add_to_counters(ground.dog, &settled).await.unwrap();
    let other = tx.insert_project("other", &settings(), NOW).await.unwrap();
    tx.commit().await.unwrap();
    bench
        .execute(&format!("update project_synset set priority = 5 where project_synset_id = {}", ground.cat))
        .await;
    let active = bench.store.active_synsets(ground.project).await.unwrap();
    let shown: Vec<_> = active
        .iter()
        .map(|row| (row.project_synset_id, row.wnid, row.state, row.open, row.priority))
        .collect();
    let dog = (ground.dog, wnid(2), SynsetState::Labelling, 4, 0);
    assert_eq!(shown, [dog, (ground.cat, wnid(3), SynsetState::Calibrating, 2, 5)]);
    assert_eq!(bench.store.active_synsets(other).await.unwrap(), []);
    let mut tx = bench.store.begin().await.unwrap();
    tx.add_to_counters(ground.dog, &CounterDelta { positive: 4, ..CounterDelta::default() }).await.unwrap();
    let active = tx.active_synsets(ground.project).await.unwrap();
    assert_eq!(active.iter().map(|row| row.project_synset_id).collect::<Vec<_>>(), [ground.cat]);
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
        let active = tx.active_synsets(ground.project).await.unwrap();
        assert_eq!(active.len(), served, "{state:?} {paused}");
        assert_eq!(tx.active_synsets(ground.project).await.unwrap().len(), served, "{state:?} {paused}");
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
    assert_eq!(bench.store.active_synsets(ground.project).await.unwrap().len(), 1);
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
    let cid = tx.insert_account("cid", Role::Worker, "hash", NOW).await.unwrap();
    let held = [(ids[0], ground.bob), (ids[1], ground.bob), (ids[2], cid), (812, ground.bob)];
    assert_eq!(tx.crowded(&ids, &held, 77, 1).await.unwrap(), [ids[0], ids[1]], "nothing is known of Cid");
    assert_eq!(tx.crowded(&ids, &held, 77, 2).await.unwrap(), [ids[0]], "a vote and a hold");
    assert_eq!(tx.crowded(&ids, &[], 77, 1).await.unwrap(), [ids[0]], "nobody holds anything");
    assert!(tx.crowded(&ids[2..], &held, 77, 1).await.unwrap().is_empty(), "others are not asked for");
    assert!(tx.crowded(&ids, &held, 78, 1).await.unwrap().is_empty(), "another cohort");
    let twice = [(ids[0], ground.ann), (ids[1], ground.bob), (ids[1], ground.bob)];
    assert!(tx.crowded(&ids, &twice, 77, 2).await.unwrap().is_empty(), "a person counts once");
    tx.set_cohort_limit(ground.project, None).await.unwrap();
    let unknown = tx.set_cohort_limit(ground.project + 1, None).await;
    assert!(matches!(unknown, Err(StoreError::NotFound(_))), "{unknown:?}");
}
