//! Photographs in: what goes in, what is refused by name, and what a restart or a second import does.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, answer, bring_in, dog, import, next, picture, submit, workers};
use app::api::importing::FileFilter;
use bytes::Bytes;
use server::jobs;
use server::service::importing::{Progress, Provenance, Upload, import_csv};
use server::service::{backend, verify};
use std::collections::HashSet;
use std::io::Write;
use std::time::Duration;
use store::jobs::JobState;

cases![
    a_bad_file_is_refused_by_name_and_the_others_go_in,
    a_near_duplicate_is_marked_and_the_higher_resolution_kept,
    votes_outweigh_resolution,
    a_csv_says_what_and_where_from,
    a_malformed_csv_imports_nothing,
    an_upload_with_an_archive_is_worked_off,
];

async fn a_bad_file_is_refused_by_name_and_the_others_go_in(app: &TestApp) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jpg"), picture(1, 64)).unwrap();
    std::fs::write(folder.path().join("b.jpg"), b"this is no picture").unwrap();
    std::fs::write(folder.path().join("c.jpg"), picture(2, 64)).unwrap();
    let report = import(app, folder.path()).await;
    assert_eq!((report.added, report.refused.len()), (2, 1));
    assert_eq!(report.refused[0].0, "b.jpg");
    let again = import(app, folder.path()).await;
    assert_eq!((again.added, again.known), (0, 2));
    assert_eq!(dog(app).await.candidates, 2);
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
}

async fn a_near_duplicate_is_marked_and_the_higher_resolution_kept(app: &TestApp) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("small.jpg"), picture(1, 64)).unwrap();
    assert_eq!(import(app, folder.path()).await.added, 1);
    std::fs::write(folder.path().join("large.jpg"), picture(1, 128)).unwrap();
    assert_eq!(import(app, folder.path()).await.added, 1);
    let row = dog(app).await;
    assert_eq!((row.candidates, row.duplicates), (1, 1));
    let rows = app.world.store.recounted(row.project_synset_id).await.unwrap();
    assert_eq!(rows[0].duplicate_of, Some(rows[1].candidate_id), "the small one duplicates the large one");
    assert!(!rows[0].in_initial_sample && rows[1].in_initial_sample);
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
}

async fn votes_outweigh_resolution(app: &TestApp) {
    bring_in(app, 1..2).await;
    let (backend, worker) = (backend(&app.world), &workers(app, 1).await[0]);
    let batch = next(&backend, worker, app.project).await.unwrap();
    submit(&backend, worker, answer(&batch, &HashSet::new())).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("large.jpg"), picture(1, 128)).unwrap();
    assert_eq!(import(app, folder.path()).await.duplicates, 1);
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    assert_eq!((rows[0].duplicate_of, rows[1].duplicate_of), (None, Some(rows[0].candidate_id)));
}

async fn a_csv_says_what_and_where_from(app: &TestApp) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jpg"), picture(1, 64)).unwrap();
    let table = folder.path().join("table.csv");
    let rows = format!(
        "wnid,path,source_url,licence,attribution,creator\n{DOG},a.jpg,https://example.org/a,CC0-1.0,\"A, by Ann\",Ann\n\
         {DOG},missing.jpg,,,,\nn00000009,a.jpg,,,,\n"
    );
    std::fs::write(&table, rows).unwrap();
    let mut seen = Vec::new();
    let progress = &mut |progress: &Progress| seen.push((progress.done, progress.total));
    let report = import_csv(&app.world, app.project, &table, folder.path(), progress).await.unwrap();
    assert_eq!((report.added, seen), (1, vec![(2, 3), (3, 3)]));
    let refused: Vec<&str> = report.refused.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(refused, ["missing.jpg", "a.jpg"]);
    assert!(report.refused[1].1.contains("n00000009"), "{:?}", report.refused);
    let id = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap()[0].candidate_id;
    let candidate = app.world.store.candidate(id).await.unwrap().unwrap();
    assert_eq!(candidate.licence.as_deref(), Some("CC0-1.0"));
    assert_eq!(candidate.attribution.as_deref(), Some("A, by Ann"));
}

async fn a_malformed_csv_imports_nothing(app: &TestApp) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jpg"), picture(1, 64)).unwrap();
    let table = folder.path().join("table.csv");
    let header = "wnid,path,source_url,licence,attribution,creator";
    for (rows, sentence) in [
        ("wnid,file\n".to_owned(), "is expected"),
        (
            format!("{header}\n{DOG},a.jpg,,,,\n{DOG},../a.jpg,,,,\n"),
            "line 3: the path \"../a.jpg\" leaves the folder",
        ),
        (format!("{header}\n{DOG},a.jpg,,,,\n{DOG},a.jpg,javascript:x,,,\n"), "line 3: source_url"),
        (format!("{header}\n{DOG},a.jpg,,,,\n{DOG},a.jpg\n"), "line: 3"),
    ] {
        std::fs::write(&table, rows).unwrap();
        let refused =
            import_csv(&app.world, app.project, &table, folder.path(), &mut |_| {}).await.unwrap_err();
        assert!(refused.to_string().contains(sentence), "{sentence:?} in {refused}");
        assert_eq!(dog(app).await.candidates, 0);
    }
}

async fn an_upload_with_an_archive_is_worked_off(app: &TestApp) {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in
        [("in/1.jpg", picture(1, 64)), ("in/2.jpg", picture(2, 64)), ("in/bad.png", b"nothing".to_vec())]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let boss = admin(app).await;
    let mut upload = Upload::start(&app.world, &boss, app.project, DOG, Provenance::default()).await.unwrap();
    for (name, bytes) in
        [("photos.zip", zip), ("3.jpg", picture(3, 64)), ("broken.zip", b"PK not a zip".to_vec())]
    {
        upload.open(name).await.unwrap();
        upload.write(&Bytes::from(bytes)).await.unwrap();
    }
    let import = upload.finish().await.unwrap();
    // An earlier run was killed in the middle of it.
    let mut tx = app.world.store.begin().await.unwrap();
    tx.take_job(app.world.now(), jobs::SILENCE_MS).await.unwrap();
    tx.commit().await.unwrap();
    app.clock.forward(jobs::SILENCE_MS / 1_000 + 1);

    let stop = tokio_util::sync::CancellationToken::new();
    let running = jobs::start(app.world.clone(), stop.clone());
    let finished = async {
        while app.world.store.job(import).await.unwrap().unwrap().state != JobState::Finished {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), finished).await.unwrap();
    stop.cancel();
    running.await.unwrap();

    let counts = app.world.store.import_counts(import).await.unwrap();
    assert_eq!((counts.added, counts.refused, counts.waiting), (3, 2, 0), "{counts:?}");
    let page = backend(&app.world).importing.page(&boss, import, FileFilter::Notable, None).await.unwrap();
    let refused: Vec<&str> =
        page.files.iter().filter(|file| file.reason.is_some()).map(|file| file.name.as_str()).collect();
    assert_eq!(refused, ["broken.zip", "photos.zip › in/bad.png"]);
    assert_eq!(std::fs::read_dir(&app.world.incoming).unwrap().count(), 0, "nothing staged is left");
    assert_eq!(dog(app).await.candidates, 3);
}
