//! What comes after a vote: second thoughts, reports, pages fetched ahead, experts, exclusions; on both engines.

use crate::app::TestApp;
use crate::ground::{admin, answer, bring_in, dog, form, label_all, next, no_differences, submit, workers};
use app::api::ApiError;
use app::api::labeling::{Batch, Given, Next, Submission};
use app::backend::Backend;
use app::viewer::{ScreenSize, Worker};
use domain::consensus::{Reason, Verdict};
use server::service::backend;
use server::service::exclusions::{Decision, decide, preview};
use server::service::experts::{Label, label};
use std::collections::HashSet;
use store::labeling::ExpertAnswer;
use store::verify::RecountRow;

cases![
    the_last_page_can_be_changed_until_the_next_one_is_submitted,
    a_correction_counts_once_and_says_the_same_when_asked_again,
    two_reports_take_a_picture_out_of_the_crowds_hands,
    a_report_can_be_taken_back,
    the_next_page_is_fetched_ahead_once_and_comes_next,
    a_phone_gets_a_smaller_page,
    an_experts_word_overrides_votes_and_can_be_taken_back,
    two_experts_do_not_overwrite_each_other_unseen,
    an_excluded_worker_is_told_why_and_no_longer_counts,
    a_preview_changes_nothing_and_tells_what_would,
];

async fn rows(app: &TestApp) -> Vec<RecountRow> {
    app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap()
}

/// The page submitted last as a submission with other answers.
async fn again(backend: &Backend, worker: &Worker, project: i64, given: Given) -> Submission {
    let last = backend.labeling.last(worker, project).await.unwrap().unwrap();
    let Given { yes, unsure, broken, offensive } = given;
    let none_of_these = yes.is_empty() && unsure.is_empty() && broken.is_empty() && offensive.is_empty();
    let (key, assignment) = (last.batch.key, last.batch.assignment);
    Submission { key, assignment, yes, unsure, broken, offensive, none_of_these }
}

fn ids(batch: &Batch) -> Vec<i64> {
    batch.tiles.iter().map(|tile| tile.candidate).collect()
}

async fn the_last_page_can_be_changed_until_the_next_one_is_submitted(app: &TestApp) {
    let backend = backend(&app.world);
    let small = app::api::settings::SettingsForm { batch_size: "4".into(), ..form(20) };
    backend.projects.change_settings(&admin(app).await, app.project, small).await.unwrap();
    bring_in(app, 0..8).await;
    let worker = &workers(app, 1).await[0];
    assert_eq!(backend.labeling.last(worker, app.project).await.unwrap(), None);
    let first = next(&backend, worker, app.project).await.unwrap();
    let tiles = ids(&first);
    submit(&backend, worker, answer(&first, &HashSet::from([tiles[0], tiles[1]]))).await.unwrap();
    let last = backend.labeling.last(worker, app.project).await.unwrap().unwrap();
    assert_eq!((ids(&last.batch), last.given.yes.len()), (tiles.clone(), 2));
    let given = Given { yes: vec![tiles[1]], unsure: vec![tiles[2]], ..Given::default() };
    let correction = again(&backend, worker, app.project, given.clone()).await;
    let corrected = backend.labeling.correct(worker, correction.clone()).await.unwrap();
    assert_eq!((corrected.project, corrected.changed), (app.project, 2));
    let last = backend.labeling.last(worker, app.project).await.unwrap().unwrap();
    assert_eq!((last.given, dog(app).await.votes), (given, 4));
    no_differences(app).await;
    let second = next(&backend, worker, app.project).await.unwrap();
    submit(&backend, worker, answer(&second, &HashSet::new())).await.unwrap();
    let late = Submission { key: "too-late".into(), ..correction };
    assert!(matches!(backend.labeling.correct(worker, late).await, Err(ApiError::Conflict(_))));
}

async fn a_correction_counts_once_and_says_the_same_when_asked_again(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..3).await;
    let crowd = workers(app, 2).await;
    let batch = next(&backend, &crowd[0], app.project).await.unwrap();
    let tiles = ids(&batch);
    submit(&backend, &crowd[0], answer(&batch, &HashSet::new())).await.unwrap();
    let correction =
        again(&backend, &crowd[0], app.project, Given { yes: tiles.clone(), ..Given::default() }).await;
    let first = backend.labeling.correct(&crowd[0], correction.clone()).await.unwrap();
    assert_eq!(backend.labeling.correct(&crowd[0], correction.clone()).await.unwrap(), first);
    assert!(rows(app).await.iter().all(|row| (row.yes, row.no) == (1, 0)));
    let other = Submission { yes: vec![tiles[0]], ..correction.clone() };
    assert!(matches!(backend.labeling.correct(&crowd[0], other).await, Err(ApiError::Conflict(_))));
    assert!(matches!(backend.labeling.correct(&crowd[1], correction).await, Err(ApiError::NotFound(_))));
    no_differences(app).await;
}

async fn two_reports_take_a_picture_out_of_the_crowds_hands(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..3).await;
    let crowd = workers(app, 3).await;
    let mut bad = 0;
    for worker in &crowd[..2] {
        let batch = next(&backend, worker, app.project).await.unwrap();
        bad = *ids(&batch).iter().min().unwrap();
        let said = Submission { broken: vec![bad], ..answer(&batch, &HashSet::new()) };
        assert_eq!(submit(&backend, worker, said).await.unwrap().recorded, 2);
    }
    let row = rows(app).await.into_iter().find(|row| row.candidate_id == bad).unwrap();
    assert_eq!((row.verdict, row.reason.as_deref()), (Verdict::Escalated, Some(Reason::Reported.as_str())));
    assert_eq!((row.counted().total(), row.reports), (0, 2));
    let third = next(&backend, &crowd[2], app.project).await.unwrap();
    assert!(!ids(&third).contains(&bad) && third.tiles.len() == 2);
    assert_eq!((dog(app).await.escalated, dog(app).await.votes), (1, 4));
    no_differences(app).await;
}

async fn a_report_can_be_taken_back(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..2).await;
    let worker = &workers(app, 1).await[0];
    let batch = next(&backend, worker, app.project).await.unwrap();
    let tiles = ids(&batch);
    let said =
        Submission { offensive: tiles.clone(), none_of_these: false, ..answer(&batch, &HashSet::new()) };
    assert_eq!(submit(&backend, worker, said).await.unwrap().recorded, 0);
    let back = Given { yes: vec![tiles[0]], offensive: vec![tiles[1]], ..Given::default() };
    let correction = again(&backend, worker, app.project, back).await;
    assert_eq!(backend.labeling.correct(worker, correction).await.unwrap().changed, 1);
    let row = rows(app).await.into_iter().find(|row| row.candidate_id == tiles[0]).unwrap();
    assert_eq!((row.yes, row.reports, dog(app).await.votes), (1, 0, 1));
    no_differences(app).await;
}

async fn the_next_page_is_fetched_ahead_once_and_comes_next(app: &TestApp) {
    let backend = backend(&app.world);
    let small = app::api::settings::SettingsForm { batch_size: "2".into(), ..form(20) };
    backend.projects.change_settings(&admin(app).await, app.project, small).await.unwrap();
    bring_in(app, 0..6).await;
    let crowd = workers(app, 2).await;
    let first = next(&backend, &crowd[0], app.project).await.unwrap();
    let ahead = async || match backend
        .labeling
        .prefetch(&crowd[0], first.assignment, ScreenSize::Large)
        .await
        .unwrap()
    {
        Next::Batch(batch) => batch,
        other => panic!("a batch is expected: {other:?}"),
    };
    let second = ahead().await;
    assert_eq!(ahead().await, second, "asked twice, it is the same one");
    assert!(ids(&first).iter().all(|tile| !ids(&second).contains(tile)));
    assert_eq!(next(&backend, &crowd[0], app.project).await, Some(first.clone()), "a reload shows the first");
    let receipt = submit(&backend, &crowd[0], answer(&first, &HashSet::new())).await.unwrap();
    assert_eq!(receipt.next, Next::Batch(second));
    next(&backend, &crowd[1], app.project).await.unwrap();
    let stolen = backend.labeling.prefetch(&crowd[1], first.assignment, ScreenSize::Large).await;
    assert!(matches!(stolen, Err(ApiError::NotFound(_))));
}

async fn a_phone_gets_a_smaller_page(app: &TestApp) {
    let backend = backend(&app.world);
    let form =
        app::api::settings::SettingsForm { batch_size: "8".into(), batch_size_phone: "3".into(), ..form(20) };
    backend.projects.change_settings(&admin(app).await, app.project, form).await.unwrap();
    bring_in(app, 0..12).await;
    let crowd = workers(app, 2).await;
    let mut sizes = Vec::new();
    for (worker, screen) in crowd.iter().zip([ScreenSize::Small, ScreenSize::Large]) {
        match backend.labeling.next(worker, app.project, screen).await.unwrap() {
            Next::Batch(batch) => sizes.push(batch.tiles.len()),
            other => panic!("a batch is expected: {other:?}"),
        }
    }
    assert_eq!(sizes, [3, 8]);
}

/// A dog whose twelve images of a sample of eight are settled by fourteen workers.
async fn settled(app: &TestApp, backend: &Backend) -> (Vec<Worker>, HashSet<i64>) {
    backend.projects.change_settings(&admin(app).await, app.project, form(8)).await.unwrap();
    bring_in(app, 0..20).await;
    let crowd = workers(app, 14).await;
    let good: HashSet<i64> =
        rows(app).await.iter().map(|row| row.candidate_id).filter(|id| id % 3 == 0).collect();
    label_all(app, backend, &crowd, &good).await;
    (crowd, good)
}

fn by(expert: i64, candidate: i64, answer: ExpertAnswer, seen: Option<bool>) -> Label {
    Label { by: expert, candidate, answer, seen, blind: false }
}

async fn an_experts_word_overrides_votes_and_can_be_taken_back(app: &TestApp) {
    let backend = backend(&app.world);
    let (crowd, good) = settled(app, &backend).await;
    let expert = crowd[0].id();
    let tables = dog(app).await.calibration_id;
    let all = rows(app).await;
    let outside = all
        .iter()
        .find(|row| good.contains(&row.candidate_id) && !row.in_initial_sample)
        .unwrap()
        .candidate_id;
    let inside = all.iter().find(|row| row.in_initial_sample).unwrap().candidate_id;
    let judged = label(&app.world, by(expert, outside, ExpertAnswer::No, None)).await.unwrap();
    assert_eq!((judged.verdict, judged.reason), (Verdict::Negative, Some(Reason::Expert)));
    no_differences(app).await;
    assert_eq!(dog(app).await.calibration_id, tables, "outside of the sample it teaches nothing");
    label(&app.world, by(expert, outside, ExpertAnswer::Open, Some(false))).await.unwrap();
    let row = rows(app).await.into_iter().find(|row| row.candidate_id == outside).unwrap();
    assert_eq!((row.verdict, row.expert), (Verdict::Positive, None));
    label(&app.world, by(expert, inside, ExpertAnswer::Yes, None)).await.unwrap();
    let newest = app.world.store.latest_calibration(dog(app).await.project_synset_id).await.unwrap().unwrap();
    assert_eq!((newest.version, newest.anchored), (2, 1), "in the sample it is an anchor");
    no_differences(app).await;
}

async fn two_experts_do_not_overwrite_each_other_unseen(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..2).await;
    let crowd = workers(app, 2).await;
    let candidate = ids(&next(&backend, &crowd[0], app.project).await.unwrap())[0];
    label(&app.world, by(crowd[0].id(), candidate, ExpertAnswer::Yes, None)).await.unwrap();
    let unseen = label(&app.world, by(crowd[1].id(), candidate, ExpertAnswer::No, None)).await;
    assert!(unseen.unwrap_err().to_string().contains("that it shows the synset"));
    label(&app.world, by(crowd[1].id(), candidate, ExpertAnswer::No, Some(true))).await.unwrap();
    let unknown = label(&app.world, by(crowd[1].id(), 987_654, ExpertAnswer::No, None)).await;
    assert!(unknown.unwrap_err().to_string().contains("987654"));
    let row = rows(app).await.into_iter().find(|row| row.candidate_id == candidate).unwrap();
    assert_eq!((row.verdict, row.calibration_id), (Verdict::Negative, None), "it needs no table");
    no_differences(app).await;
}

fn decision(project: i64, worker: &Worker, excluded: bool) -> Decision<'static> {
    let reason = "Answers came faster than pictures load.";
    Decision { by: worker.id(), project, account: worker.id(), excluded, reason }
}

async fn an_excluded_worker_is_told_why_and_no_longer_counts(app: &TestApp) {
    let backend = backend(&app.world);
    let (crowd, _) = settled(app, &backend).await;
    let before = rows(app).await;
    let effect = decide(&app.world, decision(app.project, &crowd[0], true)).await.unwrap();
    assert!(effect.answers >= 8 && effect.synsets == 1 && effect.tables == 1, "{effect:?}");
    no_differences(app).await;
    assert_eq!(dog(app).await.votes, before.iter().map(|row| row.yes + row.no + row.unsure).sum::<i64>());
    let shown = backend.labeling.next(&crowd[0], app.project, ScreenSize::Large).await.unwrap();
    assert_eq!(shown, Next::Stopped("Answers came faster than pictures load.".to_owned()));
    assert_eq!(backend.labeling.last(&crowd[0], app.project).await.unwrap(), None);
    let twice = decide(&app.world, decision(app.project, &crowd[0], true)).await;
    assert!(twice.unwrap_err().to_string().contains("already"));
    decide(&app.world, decision(app.project, &crowd[0], false)).await.unwrap();
    no_differences(app).await;
    let tallies =
        |rows: &[RecountRow]| rows.iter().map(|row| (row.candidate_id, row.stored())).collect::<Vec<_>>();
    assert_eq!(tallies(&rows(app).await), tallies(&before));
    let verdicts = |rows: &[RecountRow]| rows.iter().map(|row| row.verdict).collect::<Vec<_>>();
    assert_eq!(verdicts(&rows(app).await), verdicts(&before));
}

async fn a_preview_changes_nothing_and_tells_what_would(app: &TestApp) {
    let backend = backend(&app.world);
    let (crowd, _) = settled(app, &backend).await;
    let before = (rows(app).await, dog(app).await);
    let told = preview(&app.world, decision(app.project, &crowd[1], true)).await.unwrap();
    assert_eq!((rows(app).await, dog(app).await), before);
    let done = decide(&app.world, decision(app.project, &crowd[1], true)).await.unwrap();
    assert_eq!(done, told);
    let wrong = Decision { reason: " ", ..decision(app.project, &crowd[2], true) };
    assert!(decide(&app.world, wrong).await.unwrap_err().to_string().contains("reason"));
    let nobody = Decision { account: 987_654, ..decision(app.project, &crowd[2], true) };
    assert!(preview(&app.world, nobody).await.unwrap_err().to_string().contains("987654"));
}
