//! Who is handed what, when others change things meanwhile: other writers, other writes of one group; on both engines.

use crate::app::{DOG, TestApp};
use crate::ground::{
    OTHER, admin, answer, bring_in, bring_in_others, dog, form, good, next, no_differences, shown, submit,
    workers,
};
use app::api::labeling::{Batch, Next, Submission};
use app::api::serving::Turn;
use app::backend::Backend;
use app::viewer::{Account, Manager, ScreenSize, Worker};
use domain::roles::Role;
use server::service::{backend, experts};
use std::collections::{HashMap, HashSet};
use store::labeling::ExpertAnswer;
use store::projects::SynsetState;

cases![
    people_of_one_server_never_notice_that_others_are_in_their_synset,
    new_images_are_handed_out_at_once,
    what_an_expert_labels_is_not_asked_about_any_more,
    a_page_fetched_ahead_while_the_first_is_answered_is_the_next_one,
    whoever_fetches_ahead_finds_the_next_page_leased_and_waits_for_no_writer,
    what_has_come_up_since_is_said_before_a_page_that_is_leased,
    where_few_images_are_left_none_is_held_before_it_is_fetched,
    whoever_fetches_nothing_ahead_holds_one_page,
    a_page_may_be_changed_in_the_group_that_records_it,
    the_first_in_turn_comes_before_the_synset_that_a_worker_is_in,
];

async fn new_images_are_handed_out_at_once(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..3).await;
    let (crowd, good) = (workers(app, 2).await, good(app).await);
    let batch = next(&backend, &crowd[0], app.project).await.unwrap();
    let receipt = submit(&backend, &crowd[0], answer(&batch, &good)).await.unwrap();
    assert!(matches!(receipt.next, Next::Nothing(_)));
    bring_in(app, 3..5).await;
    let batch = next(&backend, &crowd[0], app.project).await.unwrap();
    assert_eq!(batch.tiles.len(), 2);
    assert_eq!(next(&backend, &crowd[1], app.project).await.unwrap().tiles.len(), 5);
}

async fn what_an_expert_labels_is_not_asked_about_any_more(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..4).await;
    let crowd = workers(app, 2).await;
    let seen = next(&backend, &crowd[0], app.project).await.unwrap();
    let candidate = seen.tiles[0].candidate;
    let label =
        experts::Label { by: crowd[0].id(), candidate, answer: ExpertAnswer::Yes, seen: None, blind: false };
    experts::label(&app.world, label).await.unwrap();
    let batch = next(&backend, &crowd[1], app.project).await.unwrap();
    assert_eq!(batch.tiles.len(), 3);
    assert!(!shown(&batch).contains(&candidate));
}

async fn a_page_fetched_ahead_while_the_first_is_answered_is_the_next_one(app: &TestApp) {
    let backend = backend(&app.world);
    backend.projects.change_settings(&admin(app).await, app.project, form(60)).await.unwrap();
    bring_in(app, 0..60).await;
    let worker = workers(app, 1).await.remove(0);
    let first = next(&backend, &worker, app.project).await.unwrap();
    let writer = app.world.writer.clone().lock_owned().await;
    let ahead = {
        let (backend, worker, id) = (backend.clone(), worker.clone(), first.assignment);
        tokio::spawn(async move { backend.labeling.prefetch(&worker, id, ScreenSize::Large).await })
    };
    while app.world.meter.waiting.get() < 1 {
        tokio::task::yield_now().await;
    }
    let submitted = {
        let (backend, worker, page) = (backend.clone(), worker.clone(), answer(&first, &HashSet::new()));
        tokio::spawn(async move { submit(&backend, &worker, page).await })
    };
    while app.world.meter.waiting.get() < 2 {
        tokio::task::yield_now().await;
    }
    drop(writer);
    let Next::Batch(ahead) = ahead.await.unwrap().unwrap() else { panic!("there is no page ahead") };
    let receipt = submitted.await.unwrap().unwrap();
    assert_eq!(receipt.recorded, 24);
    let Next::Batch(after) = receipt.next else { panic!("there is no next page") };
    assert_eq!((after.assignment, shown(&after)), (ahead.assignment, shown(&ahead)));
    assert!(shown(&ahead).is_disjoint(&shown(&first)));
    no_differences(app).await;
}

/// A worker who has fetched the second page while the first was on the screen, and has submitted that one: the second is on the screen.
async fn on_the_second_page(app: &TestApp, backend: &Backend) -> (Worker, Batch) {
    backend.projects.change_settings(&admin(app).await, app.project, form(200)).await.unwrap();
    bring_in(app, 0..200).await;
    let worker = workers(app, 1).await.remove(0);
    let first = next(backend, &worker, app.project).await.unwrap();
    let ahead = backend.labeling.prefetch(&worker, first.assignment, ScreenSize::Large).await.unwrap();
    let receipt = submit(backend, &worker, answer(&first, &HashSet::new())).await.unwrap();
    assert_eq!(receipt.next, ahead);
    let Next::Batch(second) = ahead else { panic!("there is no second page") };
    (worker, second)
}

async fn whoever_fetches_ahead_finds_the_next_page_leased_and_waits_for_no_writer(app: &TestApp) {
    let backend = backend(&app.world);
    let (worker, second) = on_the_second_page(app, &backend).await;
    let held = app.world.store.live_leases(app.world.now()).await.unwrap();
    assert_eq!(held, i64::try_from(second.tiles.len()).unwrap() * 2, "the second page, and the third");
    let writer = app.world.writer.clone().lock_owned().await;
    let fetched = backend.labeling.prefetch(&worker, second.assignment, ScreenSize::Large);
    let fetched = tokio::time::timeout(std::time::Duration::from_secs(10), fetched).await;
    drop(writer);
    let Next::Batch(third) = fetched.unwrap().unwrap() else { panic!("there is no third page") };
    assert!(shown(&third).is_disjoint(&shown(&second)));
    assert_eq!((third.synset.clone(), third.tiles.len()), (second.synset.clone(), second.tiles.len()));
    let later = third.expires_at - second.expires_at;
    assert_eq!(later, 24 * 3_000, "it comes on the screen when the second page is done");
    let receipt = submit(&backend, &worker, answer(&second, &HashSet::new())).await.unwrap();
    assert_eq!(receipt.next, Next::Batch(third));
    no_differences(app).await;
}

async fn what_has_come_up_since_is_said_before_a_page_that_is_leased(app: &TestApp) {
    let backend = backend(&app.world);
    let (worker, second) = on_the_second_page(app, &backend).await;
    let fetch = || backend.labeling.prefetch(&worker, second.assignment, ScreenSize::Large);
    assert!(matches!(fetch().await.unwrap(), Next::Batch(_)));
    let (id, now) = (worker.id(), app.world.now());
    let mut tx = app.world.store.begin().await.unwrap();
    tx.insert_exclusion(app.project, id, true, "a robot", id, now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(fetch().await.unwrap(), Next::Stopped("a robot".to_owned()));
    let mut tx = app.world.store.begin().await.unwrap();
    tx.insert_exclusion(app.project, id, false, "no robot", id, now).await.unwrap();
    tx.insert_terms(app.project, 1, "Be kind.", None, now).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(fetch().await.unwrap(), Next::Preface(_)));
}

async fn where_few_images_are_left_none_is_held_before_it_is_fetched(app: &TestApp) {
    let backend = backend(&app.world);
    backend.projects.change_settings(&admin(app).await, app.project, form(80)).await.unwrap();
    bring_in(app, 0..80).await;
    let worker = workers(app, 1).await.remove(0);
    let first = next(&backend, &worker, app.project).await.unwrap();
    let ahead = backend.labeling.prefetch(&worker, first.assignment, ScreenSize::Large).await.unwrap();
    let receipt = submit(&backend, &worker, answer(&first, &HashSet::new())).await.unwrap();
    assert_eq!(receipt.next, ahead);
    assert_eq!(app.world.store.live_leases(app.world.now()).await.unwrap(), 24, "the second page alone");
    let Next::Batch(second) = ahead else { panic!("there is no second page") };
    let third = backend.labeling.prefetch(&worker, second.assignment, ScreenSize::Large).await.unwrap();
    let Next::Batch(third) = third else { panic!("there is no third page") };
    assert!(shown(&third).is_disjoint(&shown(&second)));
}

async fn whoever_fetches_nothing_ahead_holds_one_page(app: &TestApp) {
    let backend = backend(&app.world);
    backend.projects.change_settings(&admin(app).await, app.project, form(200)).await.unwrap();
    bring_in(app, 0..200).await;
    let worker = workers(app, 1).await.remove(0);
    let first = next(&backend, &worker, app.project).await.unwrap();
    let receipt = submit(&backend, &worker, answer(&first, &HashSet::new())).await.unwrap();
    let Next::Batch(second) = receipt.next else { panic!("there is no second page") };
    let held = app.world.store.live_leases(app.world.now()).await.unwrap();
    assert_eq!(held, i64::try_from(second.tiles.len()).unwrap());
}

async fn a_page_may_be_changed_in_the_group_that_records_it(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..6).await;
    let worker = workers(app, 1).await.remove(0);
    let page = next(&backend, &worker, app.project).await.unwrap();
    let writer = app.world.writer.clone().lock_owned().await;
    let submitted = {
        let (backend, worker, page) = (backend.clone(), worker.clone(), answer(&page, &HashSet::new()));
        tokio::spawn(async move { submit(&backend, &worker, page).await })
    };
    while app.world.meter.waiting.get() < 1 {
        tokio::task::yield_now().await;
    }
    let changed = {
        let again = Submission {
            key: format!("{}-again-1", page.key),
            broken: vec![page.tiles[1].candidate],
            ..answer(&page, &HashSet::from([page.tiles[0].candidate]))
        };
        let (backend, worker) = (backend.clone(), worker.clone());
        tokio::spawn(async move { backend.labeling.correct(&worker, again).await })
    };
    while app.world.meter.waiting.get() < 2 {
        tokio::task::yield_now().await;
    }
    drop(writer);
    assert_eq!(submitted.await.unwrap().unwrap().recorded, 6);
    assert_eq!(changed.await.unwrap().unwrap().changed, 2);
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    let of =
        rows.iter().map(|row| (row.candidate_id, (row.yes, row.no, row.reports))).collect::<HashMap<_, _>>();
    assert_eq!(of[&page.tiles[0].candidate], (1, 0, 0));
    assert_eq!(of[&page.tiles[1].candidate], (0, 0, 1));
    no_differences(app).await;
}

async fn the_first_in_turn_comes_before_the_synset_that_a_worker_is_in(app: &TestApp) {
    let backend = backend(&app.world);
    backend.projects.change_settings(&admin(app).await, app.project, form(40)).await.unwrap();
    bring_in(app, 0..40).await;
    bring_in_others(app, 100..140).await;
    let boss = app.account("mona", Role::Manager).await;
    let boss = Manager::of(Account { id: boss, name: "mona".into(), role: Role::Manager }).unwrap();
    let worker = workers(app, 1).await.remove(0);
    let dog = dog(app).await.project_synset_id;
    let is_dog = async |page: &Batch| {
        app.world.store.candidate(page.tiles[0].candidate).await.unwrap().unwrap().project_synset_id == dog
    };
    let page = next(&backend, &worker, app.project).await.unwrap();
    let begins_with_dog = is_dog(&page).await;
    let another = if begins_with_dog { OTHER } else { DOG };
    backend.projects.set_turn(&boss, app.project, another, Turn::First).await.unwrap();
    let page = answered(&backend, &worker, &page).await;
    assert_ne!(is_dog(&page).await, begins_with_dog, "the first in turn comes before the one she is in");
    backend.projects.set_turn(&boss, app.project, another, Turn::Last).await.unwrap();
    let page = answered(&backend, &worker, &page).await;
    assert_eq!(is_dog(&page).await, begins_with_dog, "the last in turn waits for the others");
    assert_eq!(page.tiles.len(), 16);
    let page = answered(&backend, &worker, &page).await;
    assert_ne!(is_dog(&page).await, begins_with_dog, "when nothing else is left, its turn has come");
}

/// Labels until there is nothing left, asking twice at once for each page.
async fn label_impatiently(backend: Backend, worker: Worker, project: i64, good: HashSet<i64>) {
    loop {
        let (one, other) = tokio::join!(next(&backend, &worker, project), next(&backend, &worker, project));
        if let (Some(one), Some(other)) = (&one, &other) {
            assert_eq!(one.assignment, other.assignment, "a page is handed out once");
        }
        let Some(page) = one.or(other) else { return };
        submit(&backend, &worker, answer(&page, &good)).await.unwrap();
    }
}

async fn people_of_one_server_never_notice_that_others_are_in_their_synset(app: &TestApp) {
    let backend = backend(&app.world);
    backend.projects.change_settings(&admin(app).await, app.project, form(12)).await.unwrap();
    bring_in(app, 0..40).await;
    bring_in_others(app, 100..140).await;
    let (crowd, good) = (workers(app, 24).await, good(app).await);
    // Whoever finds everything held comes again.
    for _ in 0..8 {
        let labeling: Vec<_> = crowd
            .iter()
            .map(|worker| {
                tokio::spawn(label_impatiently(backend.clone(), worker.clone(), app.project, good.clone()))
            })
            .collect();
        for worker in labeling {
            worker.await.unwrap();
        }
    }
    assert_eq!(dog(app).await.state, SynsetState::Done);
    assert_eq!(app.world.meter.late.get(), 0, "nobody was asked in vain");
    no_differences(app).await;
}

/// Answers a page; returns the next one.
async fn answered(backend: &Backend, worker: &Worker, page: &Batch) -> Batch {
    let receipt = submit(backend, worker, answer(page, &HashSet::new())).await.unwrap();
    let Next::Batch(after) = receipt.next else { panic!("there is no next page") };
    after
}
