//! Several servers on one database: who hands out what, and who waits for whom; on both engines where SQLite could have two.

use crate::app::TestApp;
use crate::ground::{
    admin, answer, bring_in, bring_in_others, dog, form, good, next, no_differences, shown, submit, workers,
};
use app::api::ApiError;
use app::api::labeling::{Batch, Next};
use app::backend::Backend;
use app::viewer::Worker;
use server::peers::Peers;
use server::service::backend;
use server::service::exclusions::{Decision, decide};
use server::world::World;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::projects::SynsetState;
use tokio::task::JoinHandle;

cases![
    two_servers_ask_no_more_than_one_would,
    what_another_server_records_is_heard_of,
    each_server_hands_out_its_own_synsets_first,
    two_managers_at_two_servers_exclude_a_worker_once,
];

/// Another server on the same database: nothing of what one remembers is known to the other.
fn another(app: &TestApp) -> World {
    World {
        writer: Arc::default(),
        meter: server::meter::Meter::default(),
        peers: Peers::default(),
        ..app.world.clone()
    }
}

/// Labels until there is nothing left, at one server and the other in turn.
async fn label_at_both(backends: [Backend; 2], worker: Worker, project: i64, good: HashSet<i64>) {
    let mut visits = 0;
    loop {
        let (here, there) = (&backends[visits % 2], &backends[(visits + 1) % 2]);
        let Some(batch) = next(here, &worker, project).await else { return };
        submit(there, &worker, answer(&batch, &good)).await.unwrap();
        visits += 1;
    }
}

async fn two_servers_ask_no_more_than_one_would(app: &TestApp) {
    let other = another(app);
    let backends = [backend(&app.world), backend(&other)];
    backends[0].projects.change_settings(&admin(app).await, app.project, form(12)).await.unwrap();
    bring_in(app, 0..60).await;
    let (crowd, good) = (workers(app, 16).await, good(app).await);
    // Whoever finds everything held comes again.
    for _ in 0..6 {
        let labeling: Vec<_> = crowd
            .iter()
            .map(|worker| {
                tokio::spawn(label_at_both(backends.clone(), worker.clone(), app.project, good.clone()))
            })
            .collect();
        for worker in labeling {
            worker.await.unwrap();
        }
    }
    assert_eq!(dog(app).await.state, SynsetState::Done);
    assert_eq!(app.world.meter.late.get() + other.meter.late.get(), 0, "nobody was asked in vain");
    assert!(app.world.meter.votes.get() > 40 && other.meter.votes.get() > 40, "both have worked");
    no_differences(app).await;
}

async fn what_another_server_records_is_heard_of(app: &TestApp) {
    let (here, there) = (backend(&app.world), backend(&another(app)));
    here.projects.change_settings(&admin(app).await, app.project, form(3)).await.unwrap();
    bring_in(app, 0..3).await;
    let (crowd, good) = (workers(app, 12).await, good(app).await);
    let first = next(&here, &crowd[0], app.project).await.unwrap();
    // The other server hands out and takes in, and so does this one: ten people in all.
    for (place, worker) in crowd[1..10].iter().enumerate() {
        let at = if place % 2 == 0 { &there } else { &here };
        let batch = next(at, worker, app.project).await.unwrap();
        assert_eq!(shown(&batch), shown(&first));
        if place < 4 {
            submit(&there, worker, answer(&batch, &good)).await.unwrap();
        }
    }
    assert_eq!(next(&here, &crowd[10], app.project).await, None, "ten are asked already");
    assert_eq!(next(&there, &crowd[10], app.project).await, None);
    submit(&there, &crowd[0], answer(&first, &good)).await.unwrap();
    assert_eq!(next(&here, &crowd[0], app.project).await, None, "she has seen them all");
    no_differences(app).await;
}

/// The synset that a page is about.
async fn synset_of(app: &TestApp, page: &Batch) -> i64 {
    app.world.store.candidate(page.tiles[0].candidate).await.unwrap().unwrap().project_synset_id
}

/// Two animals with forty images each; returns what the servers are of which the first hands out the dog first, the second the other.
async fn two_animals(app: &TestApp, backend: &Backend) -> [Peers; 2] {
    backend.projects.change_settings(&admin(app).await, app.project, form(40)).await.unwrap();
    bring_in(app, 0..40).await;
    bring_in_others(app, 100..140).await;
    let dog = dog(app).await.project_synset_id;
    let rows = app.world.store.synsets_of_project(app.project).await.unwrap();
    let other = rows.iter().map(|row| row.project_synset_id).find(|id| *id != dog).unwrap();
    let peers = [Peers::default(), Peers::default()];
    let split = (2..).find(|number| {
        peers[0].hear(1, vec![1, *number]);
        let first = peers[0].now();
        first.is_first_for(dog) && !first.is_first_for(other)
    });
    peers[1].hear(split.unwrap(), vec![split.unwrap(), 1]);
    peers
}

async fn each_server_hands_out_its_own_synsets_first(app: &TestApp) {
    let [here, there] = two_animals(app, &backend(&app.world)).await;
    let here = backend(&World { peers: here, ..another(app) });
    let there = backend(&World { peers: there, ..another(app) });
    let crowd = workers(app, 8).await;
    let dog = dog(app).await.project_synset_id;
    let mut synsets = [BTreeSet::new(), BTreeSet::new()];
    for (place, worker) in crowd.iter().enumerate() {
        let page = next([&here, &there][place % 2], worker, app.project).await.unwrap();
        synsets[place % 2].insert(synset_of(app, &page).await);
    }
    assert_eq!(synsets[0], BTreeSet::from([dog]));
    assert!(synsets[1].len() == 1 && synsets[1] != synsets[0], "{synsets:?}");
    // Who has seen all of one is shown the other, wherever she is.
    let (worker, mut seen) = (&crowd[0], BTreeSet::new());
    while let Some(page) = next(&here, worker, app.project).await {
        seen.insert(synset_of(app, &page).await);
        submit(&here, worker, answer(&page, &HashSet::new())).await.unwrap();
    }
    assert_eq!(seen.len(), 2);
    no_differences(app).await;
}

async fn two_managers_at_two_servers_exclude_a_worker_once(app: &TestApp) {
    let backends = [backend(&app.world), backend(&another(app))];
    bring_in(app, 0..6).await;
    let (worker, good) = (workers(app, 1).await.remove(0), good(app).await);
    let page = next(&backends[0], &worker, app.project).await.unwrap();
    submit(&backends[0], &worker, answer(&page, &good)).await.unwrap();
    let worlds = [app.world.clone(), another(app)];
    let deciding = worlds.map(|world| {
        let (project, account) = (app.project, worker.id());
        tokio::spawn(async move {
            let decision = Decision { by: account, project, account, excluded: true, reason: "Too fast." };
            decide(&world, decision).await.is_ok()
        })
    });
    let mut decided = 0;
    for deciding in deciding {
        decided += usize::from(deciding.await.unwrap());
    }
    assert_eq!(decided, 1, "the other is told that it is so already");
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    assert!(rows.iter().all(|row| (row.yes, row.no) == (0, 0)), "taken out once");
    no_differences(app).await;
}

/// SQLite has one writer: nobody could be in a synset.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_in_a_synset_holds_up_only_its_own_pages() {
    let Some(app) = TestApp::postgres().await else { return };
    let [here, _] = two_animals(&app, &backend(&app.world)).await;
    let world = World { peers: here, ..another(&app) };
    let (backend, crowd) = (backend(&world), workers(&app, 3).await);
    // Two are in the dog, which this server hands out first; who has seen it is in the other.
    let mut pages = Vec::new();
    for worker in &crowd {
        pages.push(next(&backend, worker, app.project).await.unwrap());
    }
    let dog = dog(&app).await.project_synset_id;
    while synset_of(&app, &pages[2]).await == dog {
        submit(&backend, &crowd[2], answer(&pages[2], &HashSet::new())).await.unwrap();
        pages[2] = next(&backend, &crowd[2], app.project).await.unwrap();
    }
    let mut elsewhere = app.world.store.begin().await.unwrap();
    elsewhere.hold_synsets(&[dog]).await.unwrap();
    let writer = world.writer.clone().lock_owned().await;
    let sent = |place: usize| {
        let (backend, worker, page): (Backend, Worker, _) =
            (backend.clone(), crowd[place].clone(), answer(&pages[place], &HashSet::new()));
        tokio::spawn(async move { submit(&backend, &worker, page).await })
    };
    let (held_up, free) = (sent(0), sent(2));
    while world.meter.waiting.get() < 2 {
        tokio::task::yield_now().await;
    }
    drop(writer);
    assert!(free.await.unwrap().unwrap().recorded > 0, "the other animal is free");
    assert!(!held_up.is_finished());
    assert_eq!(world.meter.put_off.get(), 1);
    elsewhere.commit().await.unwrap();
    assert!(held_up.await.unwrap().unwrap().recorded > 0);
    // Whoever stays for too long is not waited for: nothing is recorded, and the same page counts when it is sent again.
    let staying = stay(&app, dog, 14).await;
    let refused = submit(&backend, &crowd[1], answer(&pages[1], &HashSet::new())).await.unwrap_err();
    assert!(matches!(refused, ApiError::Unavailable { .. }), "{refused}");
    assert!(!world.write_failed.load(Ordering::Relaxed), "the database is well");
    staying.await.unwrap();
    assert!(submit(&backend, &crowd[1], answer(&pages[1], &HashSet::new())).await.unwrap().recorded > 0);
    no_differences(&app).await;
    app.clear().await;
}

/// Another server is in a synset for so many half seconds.
async fn stay(app: &TestApp, synset: i64, halves: u32) -> JoinHandle<()> {
    let mut elsewhere = app.world.store.begin().await.unwrap();
    elsewhere.hold_synsets(&[synset]).await.unwrap();
    tokio::spawn(async move {
        // With a word now and then: a transaction without one is ended.
        for _ in 0..halves {
            tokio::time::sleep(Duration::from_millis(500)).await;
            elsewhere.hold_synsets(&[synset]).await.unwrap();
        }
        elsewhere.commit().await.unwrap();
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_finished_one_synset_goes_on_in_another_when_that_is_free() {
    let Some(app) = TestApp::postgres().await else { return };
    let [_, there] = two_animals(&app, &backend(&app.world)).await;
    let world = World { peers: there, ..another(&app) };
    let (backend, worker) = (backend(&world), workers(&app, 1).await.remove(0));
    let dog = dog(&app).await.project_synset_id;
    let first = next(&backend, &worker, app.project).await.unwrap();
    let receipt = submit(&backend, &worker, answer(&first, &HashSet::new())).await.unwrap();
    let Next::Batch(last) = receipt.next else { panic!("there is no second page") };
    assert_ne!(synset_of(&app, &last).await, dog);
    let staying = stay(&app, dog, 1).await;
    let receipt = submit(&backend, &worker, answer(&last, &HashSet::new())).await.unwrap();
    assert_eq!(receipt.recorded, 16);
    let Next::Batch(page) = receipt.next else { panic!("there is no next page") };
    assert_eq!(synset_of(&app, &page).await, dog);
    staying.await.unwrap();
    no_differences(&app).await;
    app.clear().await;
}
