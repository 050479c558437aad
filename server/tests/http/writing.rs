//! Many writes in one transaction: each gets its own answer, none bears another's fault; on both engines.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, answer, bring_in, dog, form, next, no_differences, submit, workers};
use app::api::ApiError;
use app::api::labeling::{Receipt, Submission};
use app::backend::{Answer, Backend};
use app::viewer::{ScreenSize, Worker};
use server::service::labeling::group::Asked;
use server::service::writing::Writing;
use server::service::{Failure, backend};
use std::collections::HashSet;
use tokio::task::JoinHandle;

cases![
    who_waits_together_is_made_durable_together,
    a_refusal_undoes_its_own_write_alone,
    one_fault_costs_one_answer,
    too_many_are_asked_to_come_again,
];

/// Sends a submission in a task of its own.
fn sent(backend: &Backend, worker: &Worker, submission: Submission) -> JoinHandle<Answer<Receipt>> {
    let (backend, worker) = (backend.clone(), worker.clone());
    tokio::spawn(async move { backend.labeling.submit(&worker, submission, ScreenSize::Large).await })
}

/// Returns when so many writes wait.
async fn waiting(app: &TestApp, number: i64) {
    while app.world.meter.waiting.get() < number {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
}

/// How many transactions there were, and how many writes in them.
fn groups(app: &TestApp) -> (String, String) {
    let text = server::http::metrics::Metrics::of(&app.world.meter).text();
    let of = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
    (of("synvote_write_group_count"), of("synvote_write_group_sum"))
}

async fn who_waits_together_is_made_durable_together(app: &TestApp) {
    let backend = backend(&app.world);
    backend.projects.change_settings(&admin(app).await, app.project, form(12)).await.unwrap();
    bring_in(app, 0..12).await;
    let workers = workers(app, 9).await;
    let mut sheets = Vec::new();
    for worker in &workers {
        sheets.push(next(&backend, worker, app.project).await.unwrap());
    }
    let before = groups(app);
    assert_eq!(before, ("9".to_owned(), "9.0".to_owned()), "one by one nobody waits for anybody");
    let writer = app.world.writer.clone().lock_owned().await;
    let mut under_way = Vec::new();
    for (worker, sheet) in workers.iter().zip(&sheets) {
        under_way.push(sent(&backend, worker, answer(sheet, &HashSet::new())));
    }
    // The same page once more, while the first time is not answered yet.
    under_way.push(sent(&backend, &workers[0], answer(&sheets[0], &HashSet::new())));
    waiting(app, 10).await;
    assert_eq!(dog(app).await.votes, 0);
    drop(writer);
    for receipt in under_way {
        assert_eq!(receipt.await.unwrap().unwrap().recorded, 12);
    }
    assert_eq!(groups(app), ("10".to_owned(), "19.0".to_owned()), "ten in one");
    assert_eq!((dog(app).await.votes, app.world.meter.votes.get()), (9 * 12, 9 * 12));
    no_differences(app).await;
}

async fn a_refusal_undoes_its_own_write_alone(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..12).await;
    let workers = workers(app, 3).await;
    let mut sheets = Vec::new();
    for worker in &workers {
        sheets.push(next(&backend, worker, app.project).await.unwrap());
    }
    let good = answer(&sheets[0], &HashSet::new());
    let other_key = Submission { key: "another-key".into(), ..good.clone() };
    let not_shown =
        Submission { yes: vec![812_812], none_of_these: false, ..answer(&sheets[1], &HashSet::new()) };
    let writer = app.world.writer.clone().lock_owned().await;
    let first = sent(&backend, &workers[0], good);
    waiting(app, 1).await;
    let again = sent(&backend, &workers[0], other_key);
    waiting(app, 2).await;
    let wrong = sent(&backend, &workers[1], not_shown);
    waiting(app, 3).await;
    let last = sent(&backend, &workers[2], answer(&sheets[2], &HashSet::new()));
    waiting(app, 4).await;
    drop(writer);
    assert_eq!(first.await.unwrap().unwrap().recorded, 12);
    let again = again.await.unwrap();
    assert!(
        matches!(&again, Err(ApiError::Conflict(words)) if words.contains("answered already")),
        "{again:?}"
    );
    assert!(matches!(wrong.await.unwrap(), Err(ApiError::Invalid(_))));
    assert_eq!(last.await.unwrap().unwrap().recorded, 12);
    assert_eq!(dog(app).await.votes, 24);
    // Who was refused may still answer the page.
    submit(&backend, &workers[1], answer(&sheets[1], &HashSet::new())).await.unwrap();
    no_differences(app).await;
}

async fn one_fault_costs_one_answer(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..12).await;
    let workers = workers(app, 3).await;
    let mut sheets = Vec::new();
    for worker in &workers {
        sheets.push(next(&backend, worker, app.project).await.unwrap());
    }
    // The second one's page is of a synset that nobody knows any more.
    let other = app.world.store.project_synset(app.project, DOG.parse().unwrap()).await.unwrap().unwrap();
    let mut tx = app.world.store.begin().await.unwrap();
    tx.seed_synsets(app.project, &["n00000001".parse().unwrap()], app.world.now()).await.unwrap();
    let animal = tx.project_synset(app.project, "n00000001".parse().unwrap()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    app.tamper(&format!(
        "update assignment set project_synset_id = {} where assignment_id = {}",
        animal.project_synset_id, sheets[1].assignment
    ))
    .await;
    app.tamper(&format!(
        "update project_synset set calibration_id = 4711 where project_synset_id = {}",
        animal.project_synset_id
    ))
    .await;
    let writer = app.world.writer.clone().lock_owned().await;
    let sent: Vec<_> = workers
        .iter()
        .zip(&sheets)
        .map(|(worker, sheet)| sent(&backend, worker, answer(sheet, &HashSet::new())))
        .collect();
    waiting(app, 3).await;
    drop(writer);
    let mut answers = Vec::new();
    for receipt in sent {
        answers.push(receipt.await.unwrap());
    }
    assert_eq!(answers[0].as_ref().unwrap().recorded, 12);
    assert_eq!(answers[1], Err(ApiError::Internal));
    assert_eq!(answers[2].as_ref().unwrap().recorded, 12);
    let row = app.world.store.project_synset_by_id(other.project_synset_id).await.unwrap().unwrap();
    assert_eq!(row.votes, 24);
}

async fn too_many_are_asked_to_come_again(app: &TestApp) {
    let writing = Writing::new(app.world.clone());
    let writer = app.world.writer.clone().lock_owned().await;
    let nothing = || {
        let writing = writing.clone();
        tokio::spawn(async move { writing.write(Asked::default(), |_| Box::pin(async { Ok(()) })).await })
    };
    let all: Vec<_> = (0..2_048).map(|_| nothing()).collect();
    waiting(app, 2_048).await;
    let refused = nothing().await.unwrap();
    assert!(matches!(refused, Err(Failure::Refused(ApiError::Unavailable { seconds: 1 }))), "{refused:?}");
    drop(writer);
    for done in all {
        done.await.unwrap().unwrap();
    }
    assert_eq!((app.world.meter.waiting.get(), app.world.meter.turned_away.get()), (0, 1));
    assert_eq!(groups(app), ("8".to_owned(), "2048.0".to_owned()), "256 at a time");
}
