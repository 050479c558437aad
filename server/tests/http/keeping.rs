//! Backups: whole, while people vote, and refused with clear words when they are not; on both engines.

use crate::app::{Empty, TestApp};
use crate::ground::{admin, answer, bring_in, dog, form, label_all, next, picture, submit, workers};
use media::blobs::{BlobKind, file_in};
use media::sha256::Sha256;
use server::boot::SystemClock;
use server::config::{Config, Options};
use server::service::keeping::{
    Backup, KeepingError, Manifest, Progress, Restore, Restored, backup, restore,
};
use server::service::{backend, verify};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use store::Store;

cases![
    a_backup_that_is_restored_is_equal_in_every_table_and_picture,
    all_that_was_acknowledged_before_a_backup_began_is_in_it_though_people_vote,
    pictures_can_be_left_where_they_are,
    what_is_damaged_is_named_and_nothing_is_written,
    an_unfinished_backup_and_a_taken_name_are_told_apart,
    only_what_is_empty_is_filled,
    a_restoration_that_was_stopped_goes_on_and_nobody_serves_it_before,
    an_image_that_is_wanting_is_named_and_the_backup_is_made,
    the_program_does_not_start_on_a_database_that_is_partly_filled,
];

/// A dog that is settled by twelve workers: everything a project holds.
pub async fn settled(app: &TestApp) {
    let backend = backend(&app.world);
    backend.projects.change_settings(&admin(app).await, app.project, form(8)).await.unwrap();
    bring_in(app, 0..14).await;
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    let good: HashSet<i64> = rows.iter().map(|row| row.candidate_id).filter(|id| id % 3 == 0).collect();
    label_all(app, &backend, &workers(app, 12).await, &good).await;
}

async fn back_up(app: &TestApp, to: &Path, with_pictures: bool) -> (Manifest, Vec<String>) {
    let pictures = app.pictures();
    let order = Backup { database: app.url(), pictures: &pictures, to, with_pictures };
    backup(order, &SystemClock, &mut |_| {}).await.unwrap()
}

async fn refused(app: &TestApp, to: &Path) -> KeepingError {
    let pictures = app.pictures();
    let order = Backup { database: app.url(), pictures: &pictures, to, with_pictures: true };
    backup(order, &SystemClock, &mut |_| {}).await.unwrap_err()
}

async fn bring_back(from: &Path, to: &Empty, verify: bool) -> Result<Restored, KeepingError> {
    let pictures = to.pictures();
    let order = Restore { from, database: &to.options, pictures: &pictures, verify };
    restore(order, &mut |_| {}).await
}

/// A backup of what was restored, for comparing.
async fn again(to: &Empty, into: &Path) -> Manifest {
    let pictures = to.pictures();
    let order = Backup { database: &to.options.url, pictures: &pictures, to: into, with_pictures: true };
    backup(order, &SystemClock, &mut |_| {}).await.unwrap().0
}

async fn differences(app: &TestApp, to: &Empty) -> Vec<String> {
    let mut world = app.world.clone();
    world.store = Store::open(&to.options).await.unwrap();
    let report = verify::verify(&world).await.unwrap();
    assert!(report.votes > 0);
    world.store.close().await.unwrap();
    report.differences
}

async fn a_backup_that_is_restored_is_equal_in_every_table_and_picture(app: &TestApp) {
    settled(app).await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("monday");
    let (manifest, wanting) = back_up(app, &to, true).await;
    assert!(manifest.pictures.files >= 14 * 3 && manifest.pictures.bytes > 10_000, "{manifest:?}");
    assert_eq!((manifest.pictures.wanting, wanting), (0, Vec::new()));
    let votes = manifest.tables.iter().find(|sum| sum.name == "vote").unwrap();
    assert_eq!(votes.rows, u64::try_from(dog(app).await.votes).unwrap());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");

    let mut targets = vec![Empty::sqlite()];
    targets.extend(Empty::postgres().await);
    for target in targets {
        let restored = bring_back(&to, &target, true).await.unwrap();
        assert_eq!((restored.pictures, restored.wanting), (manifest.pictures.files, Vec::new()));
        assert_eq!(differences(app, &target).await, Vec::<String>::new());
        let second =
            again(&target, &folder.path().join(restored.manifest.engine + &target.options.url[..6])).await;
        assert_eq!((second.tables, second.pictures), (manifest.tables.clone(), manifest.pictures.clone()));
        target.clear().await;
    }
}

async fn all_that_was_acknowledged_before_a_backup_began_is_in_it_though_people_vote(app: &TestApp) {
    let backend = backend(&app.world);
    let small = app::api::settings::SettingsForm { batch_size: "1".into(), ..form(20) };
    backend.projects.change_settings(&admin(app).await, app.project, small).await.unwrap();
    bring_in(app, 0..10).await;
    let crowd = workers(app, 12).await;
    let acknowledged = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(0));
    let (counter, project) = (acknowledged.clone(), app.project);
    let voting = {
        let backend = server::service::backend(&app.world);
        tokio::spawn(async move {
            for worker in crowd.iter().cycle().take(12 * 10) {
                let Some(batch) = next(&backend, worker, project).await else { continue };
                let receipt = submit(&backend, worker, answer(&batch, &HashSet::new())).await.unwrap();
                counter.fetch_add(i64::from(receipt.recorded), std::sync::atomic::Ordering::SeqCst);
            }
        })
    };
    let folder = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    for number in 0..6 {
        let before = acknowledged.load(std::sync::atomic::Ordering::SeqCst);
        let to = folder.path().join(number.to_string());
        let (manifest, _) = back_up(app, &to, false).await;
        let votes = manifest.tables.iter().find(|sum| sum.name == "vote").unwrap().rows;
        assert!(i64::try_from(votes).unwrap() >= before, "{before} acknowledged, {votes} in the backup");
        seen.push((to, votes));
    }
    voting.await.unwrap();
    assert!(dog(app).await.votes > 0);
    for (from, votes) in seen.into_iter().filter(|(_, votes)| *votes > 0).take(3) {
        let target = Empty::sqlite();
        bring_back(&from, &target, true).await.unwrap();
        assert_eq!(differences(app, &target).await, Vec::<String>::new(), "{votes} votes");
    }
}

async fn pictures_can_be_left_where_they_are(app: &TestApp) {
    settled(app).await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("small");
    let (manifest, _) = back_up(app, &to, false).await;
    assert!(!manifest.pictures.included && manifest.pictures.files >= 14 * 3);
    assert!(!to.join("images").exists() && to.join("pictures.tsv.gz").exists());
    let target = Empty::sqlite();
    let restored = bring_back(&to, &target, true).await.unwrap();
    assert_eq!((restored.pictures, restored.wanting.len() as u64), (0, manifest.pictures.files));
    assert!(restored.wanting[0].contains("is missing"), "{:?}", restored.wanting);
    let other = Empty::sqlite();
    let pictures = app.pictures();
    let order = Restore { from: &to, database: &other.options, pictures: &pictures, verify: true };
    assert_eq!(restore(order, &mut |_| {}).await.unwrap().wanting, Vec::<String>::new());
}

/// Something done to a backup, and words of the refusal.
type Damage = (fn(&Path), &'static str);

fn edit(folder: &Path, from: &str, to: &str) {
    let file = folder.join("manifest.json");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{from}: {text}");
    std::fs::write(file, text.replacen(from, to, 1)).unwrap();
}

fn shorten(file: &Path) {
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
}

fn any_picture(folder: &Path) -> PathBuf {
    file_in(&folder.join("images"), BlobKind::Original, &Sha256::of(&picture(0, 64)))
}

/// Puts other bytes there, in a file of its own: the backup's may be a link.
fn replace(file: &Path, bytes: &[u8]) {
    std::fs::remove_file(file).unwrap();
    std::fs::write(file, bytes).unwrap();
}

const DAMAGES: [Damage; 12] = [
    (
        |folder| std::fs::write(folder.join("manifest.json"), "{\"format\": 1, \"tab").unwrap(),
        "manifest.json",
    ),
    (|folder| edit(folder, "\"format\": 1", "\"format\": 2"), "install the newer release"),
    (|folder| edit(folder, "\"name\": \"vote\"", "\"name\": \"../vote\""), "no name of a table"),
    (|folder| edit(folder, "\"name\": \"vote_hour\"", "\"name\": \"vote_hours\""), "vote_hours"),
    (|folder| edit(folder, "\"engine\"", "\"motor\""), "motor"),
    (|folder| shorten(&folder.join("tables/vote.copy.gz")), "vote.copy.gz"),
    (
        |folder| std::fs::remove_file(folder.join("tables/account.copy.gz")).unwrap(),
        "account.copy.gz can't be read",
    ),
    (
        |folder| {
            std::fs::copy(folder.join("tables/job.copy.gz"), folder.join("tables/vote.copy.gz"))
                .map(drop)
                .unwrap()
        },
        "vote has 0 rows, the manifest says",
    ),
    (|folder| std::fs::write(folder.join("pictures.tsv.gz"), "no list").unwrap(), "pictures.tsv.gz"),
    (|folder| std::fs::remove_file(any_picture(folder)).unwrap(), "is missing"),
    (|folder| replace(&any_picture(folder), b"something else"), "is not as it was"),
    (
        |folder| {
            let mut bytes = picture(0, 64);
            *bytes.last_mut().unwrap() ^= 1;
            replace(&any_picture(folder), &bytes);
        },
        "is not as it was",
    ),
];

async fn what_is_damaged_is_named_and_nothing_is_written(app: &TestApp) {
    settled(app).await;
    let folder = tempfile::tempdir().unwrap();
    for (number, (damage, words)) in DAMAGES.iter().enumerate() {
        let to = folder.path().join(number.to_string());
        back_up(app, &to, true).await;
        damage(&to);
        let target = Empty::sqlite();
        let error = bring_back(&to, &target, true).await.unwrap_err();
        assert!(error.to_string().contains(words), "{number}: {error}");
        let touched = target.folder.path().join("synvote.db").exists();
        assert_eq!(touched, number >= 9, "{number}: only a picture is found out later");
    }
    let to = folder.path().join("versions");
    back_up(app, &to, true).await;
    let newest = store::known_versions().last().copied().unwrap();
    edit(&to, &format!("    {newest}\n"), "    9999\n");
    let error = bring_back(&to, &Empty::sqlite(), false).await.unwrap_err();
    assert!(
        error.to_string().contains("schema version 9999") && error.to_string().contains("newer"),
        "{error}"
    );
    let to = folder.path().join("gap");
    back_up(app, &to, true).await;
    edit(&to, "    2,\n", "");
    let error = bring_back(&to, &Empty::sqlite(), false).await.unwrap_err();
    assert!(error.to_string().contains("migrations"), "{error}");
}

async fn an_unfinished_backup_and_a_taken_name_are_told_apart(app: &TestApp) {
    settled(app).await;
    let folder = tempfile::tempdir().unwrap();
    let (to, partial) = (folder.path().join("monday"), folder.path().join("monday.partial"));
    // Killed after some tables.
    std::fs::create_dir_all(partial.join("tables")).unwrap();
    std::fs::write(partial.join("tables/account.copy.gz"), "half").unwrap();
    let error = bring_back(&partial, &Empty::sqlite(), false).await.unwrap_err();
    assert!(error.to_string().contains("not finished"), "{error}");
    let error = bring_back(&to, &Empty::sqlite(), false).await.unwrap_err();
    assert!(error.to_string().contains("there is no backup in"), "{error}");
    // The next one of that name takes its place.
    back_up(app, &to, true).await;
    assert!(!partial.exists());
    let error = refused(app, &to).await;
    assert!(error.to_string().contains("is there already"), "{error}");
    // Two at once under one name.
    std::fs::create_dir_all(folder.path().join("both.partial")).unwrap();
    let lock = std::fs::File::create(folder.path().join("both.partial/.lock")).unwrap();
    lock.lock().unwrap();
    let error = refused(app, &folder.path().join("both")).await;
    assert!(error.to_string().contains("another backup"), "{error}");
    assert!(folder.path().join("both.partial/.lock").exists(), "which is left alone");
    // What can't be written is removed.
    std::fs::write(folder.path().join("file"), "").unwrap();
    let error = refused(app, &folder.path().join("file/monday")).await;
    assert!(error.to_string().contains("file/monday"), "{error}");
}

async fn only_what_is_empty_is_filled(app: &TestApp) {
    settled(app).await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("monday");
    back_up(app, &to, true).await;
    let target = Empty::sqlite();
    std::fs::create_dir_all(target.pictures()).unwrap();
    std::fs::write(target.pictures().join("cat.jpg"), "mine").unwrap();
    let error = bring_back(&to, &target, false).await.unwrap_err();
    assert!(error.to_string().contains("holds pictures"), "{error}");
    std::fs::remove_dir_all(target.pictures()).unwrap();
    bring_back(&to, &target, false).await.unwrap();
    std::fs::remove_dir_all(target.pictures()).unwrap();
    let error = bring_back(&to, &target, false).await.unwrap_err();
    assert!(
        error.to_string().contains("the target database holds") && error.to_string().contains("rows"),
        "{error}"
    );
}

async fn a_restoration_that_was_stopped_goes_on_and_nobody_serves_it_before(app: &TestApp) {
    settled(app).await;
    let folder = tempfile::tempdir().unwrap();
    let (to, other) = (folder.path().join("monday"), folder.path().join("tuesday"));
    let (manifest, _) = back_up(app, &to, true).await;
    back_up(app, &other, true).await;
    let target = Empty::sqlite();
    let pictures = target.pictures();
    let order = Restore { from: &to, database: &target.options, pictures: &pictures, verify: true };
    for part in ["copying candidate", "copying vote", "restoring pictures"] {
        let stop = std::sync::Arc::new(tokio::sync::Notify::new());
        let mut tell = |progress: Progress<'_>| {
            if progress.doing == part {
                stop.notify_one();
            }
        };
        tokio::select! {
            biased;
            () = stop.notified() => {}
            done = restore(order, &mut tell) => panic!("{part}: {done:?}"),
        }
        let store = Store::open(&target.options).await.unwrap();
        assert!(store.unfinished().await.unwrap().unwrap().starts_with("synvote restore"), "{part}");
        store.close().await.unwrap();
        let error = bring_back(&other, &target, true).await.unwrap_err();
        assert!(error.to_string().contains("part of something else"), "{error}");
    }
    assert_eq!(bring_back(&to, &target, true).await.unwrap().pictures, manifest.pictures.files);
    let store = Store::open(&target.options).await.unwrap();
    assert_eq!(store.unfinished().await.unwrap(), None);
    store.close().await.unwrap();
    assert_eq!(again(&target, &folder.path().join("again")).await.tables, manifest.tables);
}

async fn an_image_that_is_wanting_is_named_and_the_backup_is_made(app: &TestApp) {
    settled(app).await;
    let (lost, changed) = (Sha256::of(&picture(1, 64)), Sha256::of(&picture(2, 64)));
    std::fs::remove_file(file_in(&app.pictures(), BlobKind::Original, &lost)).unwrap();
    replace(&file_in(&app.pictures(), BlobKind::Original, &changed), b"rotten");
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("monday");
    let (manifest, wanting) = back_up(app, &to, true).await;
    assert_eq!(manifest.pictures.wanting, 2);
    let named: HashSet<String> = wanting.into_iter().collect();
    assert_eq!(named, HashSet::from([lost.to_string(), changed.to_string()]));
    let target = Empty::sqlite();
    let restored = bring_back(&to, &target, true).await.unwrap();
    assert_eq!(restored.pictures, manifest.pictures.files);
}

async fn the_program_does_not_start_on_a_database_that_is_partly_filled(app: &TestApp) {
    let mut tx = app.world.store.begin().await.unwrap();
    tx.mark_unfinished("synvote move from nowhere").await.unwrap();
    tx.commit().await.unwrap();
    let options =
        Options { database: Some(app.url().to_owned()), data: Some(app.pictures()), ..Options::default() };
    app.world.store.close().await.unwrap();
    let config = Config::of(options, |_| None).unwrap();
    let error = server::boot::world(&config).await.map(drop).unwrap_err().to_string();
    assert!(error.contains("only partly filled") && error.contains("synvote move from nowhere"), "{error}");
    let folder = tempfile::tempdir().unwrap();
    let error = refused(app, &folder.path().join("monday")).await;
    assert!(error.to_string().contains("is not whole"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_an_older_release_is_brought_to_this_ones_schema() {
    let (old, new, known) = (Empty::sqlite(), Empty::sqlite(), store::known_versions());
    let store = Store::open(&old.options).await.unwrap();
    store.migrate_to(known[known.len() - 2]).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.set_setting("colour", "red").await.unwrap();
    tx.commit().await.unwrap();
    store.close().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let manifest = again(&old, &folder.path().join("monday")).await;
    assert_eq!(manifest.migrations, known[..known.len() - 1]);
    bring_back(&folder.path().join("monday"), &new, true).await.unwrap();
    let store = Store::open(&new.options).await.unwrap();
    assert_eq!(store.setting("colour").await.unwrap().as_deref(), Some("red"));
    store.close().await.unwrap();
    assert_eq!(again(&new, &folder.path().join("tuesday")).await.migrations, known);
}
