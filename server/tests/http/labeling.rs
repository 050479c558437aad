//! Batches, votes, tables and verdicts: what the labeling service promises, on both engines.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, answer, bring_in, dog, form, good, label_all, next, submit, workers};
use app::api::ApiError;
use app::viewer::{Account, Worker};
use domain::roles::Role;
use server::service::{backend, export, verify};
use std::collections::{HashMap, HashSet};
use store::projects::SynsetState;

cases![
    a_truthful_crowd_settles_every_image_and_verify_agrees,
    no_image_is_asked_about_more_often_than_it_can_use,
    the_same_submission_is_recorded_once,
    the_same_key_with_other_answers_is_refused,
    a_page_is_answered_once,
    what_was_not_shown_cant_be_voted_on,
    nothing_picked_must_be_said,
    nobody_sees_an_image_twice,
    a_late_answer_counts_and_an_expired_lease_holds_nobody_up,
    few_who_came_together_are_asked_about_an_image,
    a_paused_synset_is_not_served,
    the_seed_of_a_drawn_sample_outlives_later_imports,
    a_changed_target_builds_a_new_table_and_judges_again,
    verify_tells_what_was_tampered_with,
];

/// The candidates whose id is divisible by three are good.
async fn a_truthful_crowd_settles_every_image_and_verify_agrees(app: &TestApp) {
    let backend = backend(&app.world);
    backend.projects.change_settings(&admin(app).await, app.project, form(12)).await.unwrap();
    assert_eq!(bring_in(app, 0..40).await.added, 40);
    assert_eq!(dog(app).await.state, SynsetState::Calibrating);
    let (crowd, good) = (workers(app, 14).await, good(app).await);
    let votes = label_all(app, &backend, &crowd, &good).await;
    let row = dog(app).await;
    assert_eq!((row.state, row.open()), (SynsetState::Done, 0), "{row:?}");
    assert_eq!(row.positive, i64::try_from(good.len()).unwrap());
    assert_eq!((row.escalated, row.votes), (0, i64::try_from(votes).unwrap()));
    assert!(votes < 40 * 10, "a table that is learned saves votes: {votes}");
    let report = verify::verify(&app.world).await.unwrap();
    assert_eq!((report.candidates, report.votes, report.differences), (40, votes, Vec::new()));
    let mut csv = Vec::new();
    assert_eq!(export::votes(&app.world, Some(app.project), &mut csv).await.unwrap(), votes);
    assert_eq!(String::from_utf8(csv).unwrap().lines().count() as u64, votes + 1);
}

async fn no_image_is_asked_about_more_often_than_it_can_use(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..12).await;
    let mut asked: HashMap<i64, u32> = HashMap::new();
    for worker in workers(app, 14).await {
        for tile in next(&backend, &worker, app.project).await.map(|batch| batch.tiles).unwrap_or_default() {
            *asked.entry(tile.candidate).or_default() += 1;
        }
    }
    assert_eq!(asked.len(), 12);
    assert!(
        asked.values().all(|&times| times == 10),
        "each image of the sample can use ten votes: {asked:?}"
    );
}

async fn the_same_submission_is_recorded_once(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..6).await;
    let worker = &workers(app, 1).await[0];
    let batch = next(&backend, worker, app.project).await.unwrap();
    let said = answer(&batch, &HashSet::from([batch.tiles[0].candidate]));
    let first = submit(&backend, worker, said.clone()).await.unwrap();
    let mut reordered = said;
    reordered.yes.reverse();
    assert_eq!(submit(&backend, worker, reordered).await.unwrap(), first);
    assert_eq!((first.recorded, dog(app).await.votes), (6, 6));
}

async fn the_same_key_with_other_answers_is_refused(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..6).await;
    let worker = &workers(app, 1).await[0];
    let batch = next(&backend, worker, app.project).await.unwrap();
    submit(&backend, worker, answer(&batch, &HashSet::new())).await.unwrap();
    let other = answer(&batch, &HashSet::from([batch.tiles[0].candidate]));
    assert!(matches!(submit(&backend, worker, other).await, Err(ApiError::Conflict(_))));
    assert_eq!(dog(app).await.votes, 6);
}

async fn a_page_is_answered_once(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..6).await;
    let worker = &workers(app, 1).await[0];
    let batch = next(&backend, worker, app.project).await.unwrap();
    let said = answer(&batch, &HashSet::new());
    submit(&backend, worker, said.clone()).await.unwrap();
    let again = app::api::labeling::Submission { key: "another-key".into(), ..said };
    assert!(matches!(submit(&backend, worker, again).await, Err(ApiError::Conflict(_))));
    assert_eq!(dog(app).await.votes, 6);
}

async fn what_was_not_shown_cant_be_voted_on(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..6).await;
    let crowd = workers(app, 2).await;
    let batch = next(&backend, &crowd[0], app.project).await.unwrap();
    let mut foreign = answer(&batch, &HashSet::new());
    foreign.yes = vec![987_654];
    foreign.none_of_these = false;
    let refused = submit(&backend, &crowd[0], foreign).await.unwrap_err();
    assert_eq!(refused.to_string(), format!("Candidate 987654 is not in assignment {}.", batch.assignment));
    let stolen = submit(&backend, &crowd[1], answer(&batch, &HashSet::new())).await;
    assert!(matches!(stolen, Err(ApiError::NotFound(_))), "another worker's assignment is as good as none");
    assert_eq!(dog(app).await.votes, 0);
    assert_eq!(next(&backend, &crowd[0], app.project).await, Some(batch), "the batch is still open");
}

async fn nothing_picked_must_be_said(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..3).await;
    let worker = &workers(app, 1).await[0];
    let batch = next(&backend, worker, app.project).await.unwrap();
    let mut silent = answer(&batch, &HashSet::new());
    silent.none_of_these = false;
    assert!(matches!(submit(&backend, worker, silent).await, Err(ApiError::Invalid(_))));
    let mut contradictory = answer(&batch, &HashSet::from([batch.tiles[0].candidate]));
    contradictory.none_of_these = true;
    assert!(matches!(submit(&backend, worker, contradictory).await, Err(ApiError::Invalid(_))));
    let mut unsure = answer(&batch, &HashSet::from([batch.tiles[0].candidate]));
    unsure.unsure = unsure.yes.clone();
    assert_eq!(submit(&backend, worker, unsure).await.unwrap().recorded, 3);
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    let sum = rows.iter().fold((0, 0, 0), |sum, row| (sum.0 + row.yes, sum.1 + row.no, sum.2 + row.unsure));
    assert_eq!(sum, (0, 2, 1), "unsure beats yes");
}

async fn nobody_sees_an_image_twice(app: &TestApp) {
    let backend = backend(&app.world);
    let small = app::api::settings::SettingsForm { batch_size: "4".into(), ..form(20) };
    backend.projects.change_settings(&admin(app).await, app.project, small).await.unwrap();
    bring_in(app, 0..15).await;
    let worker = &workers(app, 1).await[0];
    let mut seen = Vec::new();
    while let Some(batch) = next(&backend, worker, app.project).await {
        seen.extend(batch.tiles.iter().map(|tile| tile.candidate));
        submit(&backend, worker, answer(&batch, &HashSet::new())).await.unwrap();
    }
    let distinct: HashSet<i64> = seen.iter().copied().collect();
    assert_eq!((seen.len(), distinct.len()), (15, 15));
}

async fn a_late_answer_counts_and_an_expired_lease_holds_nobody_up(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..3).await;
    let crowd = workers(app, 12).await;
    let mut batches = Vec::new();
    for worker in &crowd[..10] {
        batches.push(next(&backend, worker, app.project).await.unwrap());
    }
    assert_eq!(next(&backend, &crowd[10], app.project).await, None, "ten hold the three images");
    app.clock.forward(3_600);
    assert!(next(&backend, &crowd[10], app.project).await.is_some(), "their leases have expired");
    let late = submit(&backend, &crowd[0], answer(&batches[0], &HashSet::new())).await.unwrap();
    assert_eq!((late.recorded, dog(app).await.votes), (3, 3));
}

async fn a_paused_synset_is_not_served(app: &TestApp) {
    let (backend, boss) = (backend(&app.world), admin(app).await);
    bring_in(app, 0..3).await;
    let worker = &workers(app, 1).await[0];
    backend.projects.pause(&boss, app.project, DOG, true).await.unwrap();
    assert_eq!(next(&backend, worker, app.project).await, None);
    backend.projects.pause(&boss, app.project, DOG, false).await.unwrap();
    assert!(next(&backend, worker, app.project).await.is_some());
}

async fn the_seed_of_a_drawn_sample_outlives_later_imports(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..20).await;
    let worker = &workers(app, 1).await[0];
    let batch = next(&backend, worker, app.project).await.unwrap();
    submit(&backend, worker, answer(&batch, &HashSet::new())).await.unwrap();
    let seed = dog(app).await.sample_seed;
    assert_eq!(bring_in(app, 20..23).await.added, 3);
    assert!(seed.is_some());
    assert_eq!(dog(app).await.sample_seed, seed, "the sample was complete: nothing was drawn anew");
}

async fn a_changed_target_builds_a_new_table_and_judges_again(app: &TestApp) {
    let (backend, boss) = (backend(&app.world), admin(app).await);
    backend.projects.change_settings(&boss, app.project, form(12)).await.unwrap();
    bring_in(app, 0..30).await;
    let (crowd, good) = (workers(app, 14).await, good(app).await);
    label_all(app, &backend, &crowd, &good).await;
    let id = dog(app).await.project_synset_id;
    let stricter = app::api::settings::SettingsForm { threshold: "0.9999".into(), ..form(12) };
    backend.projects.change_settings(&boss, app.project, stricter).await.unwrap();
    let tables = app.world.store.calibrations(id).await.unwrap();
    assert_eq!(tables.iter().map(|table| table.version).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(tables[1].threshold, Some(0.9999));
    let row = dog(app).await;
    assert!(row.positive < i64::try_from(good.len()).unwrap(), "some no longer reach the threshold: {row:?}");
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
}

async fn verify_tells_what_was_tampered_with(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..3).await;
    let worker = &workers(app, 1).await[0];
    let batch = next(&backend, worker, app.project).await.unwrap();
    submit(&backend, worker, answer(&batch, &HashSet::new())).await.unwrap();
    let candidate = batch.tiles[0].candidate;
    app.tamper(&format!(
        "update candidate set yes = 7, verdict = 'positive' where candidate_id = {candidate}"
    ))
    .await;
    let differences = verify::verify(&app.world).await.unwrap().differences;
    let about =
        |what: &str| differences.iter().any(|text| text.contains(&format!("candidate {candidate}: {what}")));
    assert!(
        about("the stored tally (yes, no, unsure) is (7, 1, 0); the votes give (0, 1, 0)"),
        "{differences:?}"
    );
    assert!(about("the stored verdict is positive; the votes give undecided"), "{differences:?}");
}

async fn few_who_came_together_are_asked_about_an_image(app: &TestApp) {
    let (backend, admin) = (backend(&app.world), admin(app).await);
    backend.projects.change_settings(&admin, app.project, form(4)).await.unwrap();
    bring_in(app, 0..12).await;
    backend.accounts.set_open_sign_up(&admin, true).await.unwrap();
    let (mut crowd, strangers) = (Vec::new(), workers(app, 3).await);
    for name in ["zoe", "yan", "xia", "wim"] {
        let reply = app
            .browser()
            .call("sign_up", &[("name", name), ("password", "correct horse battery"), ("to", "")])
            .await;
        assert!(reply.status < 400, "{reply:?}");
        let row = app.world.store.account_by_name(name).await.unwrap().unwrap();
        crowd.push(Worker::of(Account { id: row.account_id, name: row.name, role: Role::Worker }).unwrap());
    }
    assert_eq!(app.world.store.cohort_of_others(crowd[0].id()).await.unwrap(), 3);
    assert_eq!(app.world.store.cohort_of_others(strangers[0].id()).await.unwrap(), 0);
    let refused = backend.tuning.set_cohort_limit(&admin, app.project, "0").await;
    assert!(
        matches!(&refused, Err(ApiError::Invalid(words)) if words.contains("from 1 to 100")),
        "{refused:?}"
    );
    backend.tuning.set_cohort_limit(&admin, app.project, "2").await.unwrap();
    let votes = label_all(app, &backend, &crowd, &HashSet::new()).await;
    assert_eq!(votes, 2 * 4, "two of them on each image of the sample, and nobody else is there");
    assert_eq!(next(&backend, &crowd[3], app.project).await, None);
    assert!(next(&backend, &strangers[0], app.project).await.is_some(), "others are asked");
    backend.tuning.set_cohort_limit(&admin, app.project, "").await.unwrap();
    assert!(next(&backend, &crowd[3], app.project).await.is_some());
}
