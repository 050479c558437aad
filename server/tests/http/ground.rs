//! What tests of the services stand on: pictures that differ, workers, and their way through a project.

use crate::app::{DOG, TestApp};
use app::api::labeling::{Batch, Next, Receipt, Submission};
use app::api::settings::SettingsForm;
use app::backend::{Answer, Backend};
use app::viewer::{Account, Admin, ScreenSize, Worker};
use domain::roles::Role;
use server::service::importing::{Progress, Provenance, Report, import_folder};
use server::service::verify;
use std::collections::HashSet;

/// A JPEG of coarse random patches: pictures of different seeds are far apart for a perceptual hash, sizes of one seed are not.
pub fn picture(seed: u64, side: u16) -> Vec<u8> {
    const PATCHES: usize = 8;
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let patches: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        u8::try_from(state >> 56).unwrap()
    })
    .take(PATCHES * PATCHES)
    .collect();
    let side_length = usize::from(side);
    let patch = |at: usize| at * PATCHES / side_length;
    let pixels: Vec<u8> = (0..side_length * side_length)
        .map(|i| patches[patch(i / side_length) * PATCHES + patch(i % side_length)])
        .collect();
    let mut jpeg = Vec::new();
    jpeg_encoder::Encoder::new(&mut jpeg, 90)
        .encode(&pixels, side, side, jpeg_encoder::ColorType::Luma)
        .unwrap();
    jpeg
}

/// Imports pictures of these seeds into the dog of the test's project.
pub async fn bring_in(app: &TestApp, seeds: std::ops::Range<u64>) -> Report {
    import(app, pictures(seeds).path()).await
}

/// A folder of pictures of these seeds.
fn pictures(seeds: std::ops::Range<u64>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for seed in seeds {
        std::fs::write(folder.path().join(format!("{seed:04}.jpg")), picture(seed, 64)).unwrap();
    }
    folder
}

/// Imports a folder into the dog of the test's project.
pub async fn import(app: &TestApp, folder: &std::path::Path) -> Report {
    import_into(app, DOG, folder).await
}

async fn import_into(app: &TestApp, wnid: &str, folder: &std::path::Path) -> Report {
    let progress = &mut |_: &Progress| {};
    import_folder(&app.world, app.project, wnid, folder, Provenance::default(), progress).await.unwrap()
}

/// Accounts without a password that opens: services are called directly.
pub async fn workers(app: &TestApp, number: usize) -> Vec<Worker> {
    let mut workers = Vec::new();
    for place in 0..number {
        workers.push(Worker::of(account(app, &format!("worker-{place}"), Role::Worker).await).unwrap());
    }
    workers
}

/// An admin, likewise.
pub async fn admin(app: &TestApp) -> Admin {
    Admin::of(account(app, "admin", Role::Admin).await).unwrap()
}

async fn account(app: &TestApp, name: &str, role: Role) -> Account {
    let mut tx = app.world.store.begin().await.unwrap();
    let id = tx.insert_account(name, role, "none", app.world.now()).await.unwrap();
    tx.commit().await.unwrap();
    Account { id, name: name.to_owned(), role }
}

/// The dog's row.
pub async fn dog(app: &TestApp) -> store::projects::ProjectSynsetRow {
    app.world.store.project_synset(app.project, DOG.parse().unwrap()).await.unwrap().unwrap()
}

/// Settings as a form: the usual ones, with a sample of `sample` images and a target that few votes reach.
pub fn form(sample: u32) -> SettingsForm {
    SettingsForm {
        target_precision: "0.97".into(),
        threshold: String::new(),
        rejection: "0.1".into(),
        initial_sample: sample.to_string(),
        initial_votes: "10".into(),
        votes_cap: "20".into(),
        batch_size: "24".into(),
        batch_size_phone: "12".into(),
        duplicate_distance: "8".into(),
        method: "table".into(),
        ..SettingsForm::default()
    }
}

/// The worker's next batch.
pub async fn next(backend: &Backend, worker: &Worker, project: i64) -> Option<Batch> {
    match backend.labeling.next(worker, project, ScreenSize::Large).await.unwrap() {
        Next::Batch(batch) => Some(batch),
        _ => None,
    }
}

/// An answer to a batch in which the candidates of `good` are picked.
pub fn answer(batch: &Batch, good: &HashSet<i64>) -> Submission {
    let yes: Vec<i64> =
        batch.tiles.iter().map(|tile| tile.candidate).filter(|candidate| good.contains(candidate)).collect();
    Submission {
        key: batch.key.clone(),
        assignment: batch.assignment,
        none_of_these: yes.is_empty(),
        yes,
        unsure: Vec::new(),
        broken: Vec::new(),
        offensive: Vec::new(),
    }
}

/// Submits it.
pub async fn submit(backend: &Backend, worker: &Worker, submission: Submission) -> Answer<Receipt> {
    backend.labeling.submit(worker, submission, ScreenSize::Large).await
}

/// Everybody answers truthfully, in turn, until nobody gets a batch; returns the votes given.
pub async fn label_all(app: &TestApp, backend: &Backend, workers: &[Worker], good: &HashSet<i64>) -> u64 {
    let mut votes = 0;
    loop {
        let mut gave = false;
        for worker in workers {
            let Some(batch) = next(backend, worker, app.project).await else { continue };
            let receipt = submit(backend, worker, answer(&batch, good)).await.unwrap();
            votes += u64::from(receipt.recorded);
            gave = true;
        }
        if !gave {
            return votes;
        }
    }
}

/// An animal that is seeded beside the dog.
pub const OTHER: &str = "n00000001";

/// Images of the other animal, which is seeded for them.
pub async fn bring_in_others(app: &TestApp, seeds: std::ops::Range<u64>) {
    let mut tx = app.world.store.begin().await.unwrap();
    tx.seed_synsets(app.project, &[OTHER.parse().unwrap()], app.world.now()).await.unwrap();
    tx.commit().await.unwrap();
    import_into(app, OTHER, pictures(seeds).path()).await;
}

/// What is stored beside the votes is what they give.
pub async fn no_differences(app: &TestApp) {
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
}

/// A third of the dog's images.
pub async fn good(app: &TestApp) -> HashSet<i64> {
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    rows.iter().map(|row| row.candidate_id).filter(|id| id % 3 == 0).collect()
}

/// The candidates of a page.
pub fn shown(batch: &Batch) -> HashSet<i64> {
    batch.tiles.iter().map(|tile| tile.candidate).collect()
}
