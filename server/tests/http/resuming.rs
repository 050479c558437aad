//! Imports that stop: by an admin, by a kill, by nobody coming back. What went in stays, and nothing goes in twice.

use crate::app::{DOG, TestApp};
use crate::arrivals::open;
use crate::ground::{dog, picture};
use domain::roles::Role;
use server::jobs::{self, SILENCE_MS};
use server::service::importing::{run_import, sweep, tidy};
use server::service::judging::Tables;
use server::service::verify;
use std::time::{Duration, SystemTime};
use store::jobs::{JobRow, JobState};
use tokio_util::sync::CancellationToken;

cases![
    an_import_that_is_stopped_in_the_middle_is_resumed_with_the_rest,
    a_killed_import_goes_on_where_it_stopped,
    a_server_whose_import_another_has_taken_over_leaves_it,
    a_server_that_stops_leaves_its_import_to_the_others_at_once,
    an_upload_that_nobody_goes_on_with_is_given_up_after_a_day,
    a_stopped_import_can_be_resumed_for_a_day,
    files_that_nobody_knows_of_are_swept_away,
];

const PICTURES: i64 = 80;

async fn filled(app: &TestApp) -> (crate::browser::Browser, i64) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    for seed in 0..PICTURES {
        let bytes = picture(seed.unsigned_abs(), 64);
        assert_eq!(admin.put_file(import, &format!("{seed}.jpg"), 1, &bytes).await.status, 200);
    }
    (admin, import)
}

async fn taken(app: &TestApp) -> JobRow {
    let mut tx = app.world.store.begin().await.unwrap();
    let job = tx.take_job(app.world.now(), SILENCE_MS).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    job
}

async fn until_some_went_in(app: &TestApp, import: i64) {
    while app.world.store.import_counts(import).await.unwrap().added == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn an_import_that_is_stopped_in_the_middle_is_resumed_with_the_rest(app: &TestApp) {
    let (mut admin, import) = filled(app).await;
    let form = [("import", &*import.to_string())];
    assert_eq!(admin.call("resume_import", &form).await.status, 409, "it has not stopped");
    assert_eq!(admin.call("finish_import", &form).await.status, 200);
    let job = taken(app).await;
    let world = app.world.clone();
    let running = tokio::spawn(async move { run_import(&world, &Tables::default(), &job).await });
    until_some_went_in(app, import).await;
    assert_eq!(admin.call("cancel_import", &form).await.status, 200);
    running.await.unwrap().unwrap();
    let counts = app.world.store.import_counts(import).await.unwrap();
    assert!(counts.added > 0 && counts.waiting > 0, "{counts:?}");
    assert_eq!(dog(app).await.candidates, counts.added, "what went in stays");
    let page = admin.page(&format!("/import/{import}")).await;
    assert!(page.text().contains("/api/resume_import"), "{}", page.text());
    assert_eq!(admin.call("resume_import", &form).await.status, 200);
    run_import(&app.world, &Tables::default(), &taken(app).await).await.unwrap();
    let counts = app.world.store.import_counts(import).await.unwrap();
    assert_eq!((counts.added, counts.waiting), (PICTURES, 0));
    assert_eq!(app.world.store.job(import).await.unwrap().unwrap().state, JobState::Finished);
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
    assert_eq!(std::fs::read_dir(&app.world.incoming).unwrap().count(), 0);
}

async fn a_killed_import_goes_on_where_it_stopped(app: &TestApp) {
    let (mut admin, import) = filled(app).await;
    admin.call("finish_import", &[("import", &import.to_string())]).await;
    let job = taken(app).await;
    let world = app.world.clone();
    let running = tokio::spawn(async move { run_import(&world, &Tables::default(), &job).await });
    until_some_went_in(app, import).await;
    running.abort();
    let _ = running.await;
    app.clock.forward(SILENCE_MS / 1_000 + 1);
    run_import(&app.world, &Tables::default(), &taken(app).await).await.unwrap();
    let counts = app.world.store.import_counts(import).await.unwrap();
    // A chunk that was in, but not yet ticked off, is known the second time.
    assert_eq!((counts.added + counts.known, counts.waiting, counts.refused), (PICTURES, 0, 0), "{counts:?}");
    assert_eq!(dog(app).await.candidates, PICTURES);
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
}

async fn a_server_whose_import_another_has_taken_over_leaves_it(app: &TestApp) {
    let (mut admin, import) = filled(app).await;
    admin.call("finish_import", &[("import", &import.to_string())]).await;
    let slow = taken(app).await;
    app.clock.forward(SILENCE_MS / 1_000 + 1);
    let other = taken(app).await;
    assert_eq!((other.job_id, other.attempts), (slow.job_id, slow.attempts + 1));
    run_import(&app.world, &Tables::default(), &slow).await.unwrap();
    assert_eq!(app.world.store.import_counts(import).await.unwrap().waiting, PICTURES, "it was not its own");
    run_import(&app.world, &Tables::default(), &other).await.unwrap();
    assert_eq!(app.world.store.import_counts(import).await.unwrap().added, PICTURES);
}

async fn a_server_that_stops_leaves_its_import_to_the_others_at_once(app: &TestApp) {
    let (mut admin, import) = filled(app).await;
    let stop = CancellationToken::new();
    let running = jobs::start(app.world.clone(), stop.clone());
    admin.call("finish_import", &[("import", &import.to_string())]).await;
    until_some_went_in(app, import).await;
    stop.cancel();
    running.await.unwrap();
    let left = app.world.store.job(import).await.unwrap().unwrap();
    let counts = app.world.store.import_counts(import).await.unwrap();
    assert_eq!((left.state, counts.waiting > 0), (JobState::Queued, true), "{counts:?}");
    run_import(&app.world, &Tables::default(), &taken(app).await).await.unwrap();
    assert_eq!(app.world.store.import_counts(import).await.unwrap().waiting, 0);
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
}

async fn an_upload_that_nobody_goes_on_with_is_given_up_after_a_day(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    app.clock.forward(80_000);
    admin.sign_in("ann", crate::app::PASSWORD).await;
    assert_eq!(admin.put_file(import, "a.jpg", 1, b"one").await.status, 200);
    app.clock.forward(80_000);
    tidy(&app.world).await.unwrap();
    let job = app.world.store.job(import).await.unwrap().unwrap();
    assert_eq!(job.state, JobState::Receiving, "a file came less than a day ago");
    app.clock.forward(7_000);
    tidy(&app.world).await.unwrap();
    let job = app.world.store.job(import).await.unwrap().unwrap();
    assert_eq!(job.state, JobState::Failed);
    assert!(job.message.unwrap().contains("nobody went on with it for a day"));
    let counts = app.world.store.import_counts(import).await.unwrap();
    assert_eq!((counts.waiting, counts.refused), (0, 1));
    assert_eq!(std::fs::read_dir(&app.world.incoming).unwrap().count(), 0);
}

async fn a_stopped_import_can_be_resumed_for_a_day(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    let form = [("import", &*import.to_string())];
    admin.put_file(import, "a.jpg", 1, &picture(1, 64)).await;
    assert_eq!(admin.call("cancel_import", &form).await.status, 200);
    assert_eq!(admin.call("cancel_import", &form).await.status, 409);
    app.clock.forward(80_000);
    tidy(&app.world).await.unwrap();
    assert_eq!(app.world.store.import_counts(import).await.unwrap().waiting, 1);
    app.clock.forward(7_000);
    tidy(&app.world).await.unwrap();
    tidy(&app.world).await.unwrap();
    assert_eq!(std::fs::read_dir(&app.world.incoming).unwrap().count(), 0);
    admin.sign_in("ann", crate::app::PASSWORD).await;
    let late = admin.call("resume_import", &form).await;
    assert_eq!((late.status, late.error().to_string().contains("No file of this import waits")), (409, true));
    assert_eq!(app.world.store.job(import).await.unwrap().unwrap().state, JobState::Cancelled);
}

async fn files_that_nobody_knows_of_are_swept_away(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    admin.put_file(import, "a.jpg", 1, b"one").await;
    let folder = &app.world.incoming;
    let begun = SystemTime::UNIX_EPOCH + Duration::from_millis(app.world.now().unsigned_abs());
    for (name, age) in [("old", 90_000), ("new", 1_000)] {
        let file = std::fs::File::create(folder.join(name)).unwrap();
        file.set_modified(begun - Duration::from_secs(age)).unwrap();
    }
    let known = app.world.store.waiting_files(import, 1).await.unwrap().remove(0).staged.unwrap();
    let file = std::fs::File::options().write(true).open(folder.join(&known)).unwrap();
    file.set_modified(begun - Duration::from_secs(90_000)).unwrap();
    sweep(&app.world).await.unwrap();
    let mut left: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    let mut expected = [known, "new".to_owned()];
    expected.sort();
    assert_eq!(left, expected);
}
