//! Tables of provenance among the files of an import: one import serves several synsets, and a bad line costs only itself.

use crate::app::{DOG, TestApp};
use crate::arrivals::open;
use crate::browser::Browser;
use crate::ground::picture;
use app::api::importing::{FileFilter, MAX_ARCHIVE_BYTES, MAX_PICTURE_BYTES};
use domain::roles::Role;
use server::jobs::SILENCE_MS;
use server::service::importing::run_import;
use server::service::judging::Tables;
use server::service::verify;
use std::io::Write as _;
use store::jobs::FileFilter as StoredFilter;

cases![
    one_import_serves_several_synsets,
    a_bad_line_is_reported_and_the_others_count,
    a_table_in_an_archive_describes_its_files,
    hostile_archives_and_tables_are_refused_by_name,
    files_that_are_for_nothing_say_so,
];

const ANIMAL: &str = "n00000001";

async fn seed_animal(app: &TestApp) {
    let mut tx = app.world.store.begin().await.unwrap();
    tx.seed_synsets(app.project, &[ANIMAL.parse().unwrap()], app.world.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Begins the import and works it off.
pub async fn work_off(app: &TestApp, admin: &mut Browser, import: i64) {
    assert_eq!(admin.call("finish_import", &[("import", &import.to_string())]).await.status, 200);
    let mut tx = app.world.store.begin().await.unwrap();
    let job = tx.take_job(app.world.now(), SILENCE_MS).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    run_import(&app.world, &Tables::default(), &job).await.unwrap();
    assert_eq!(std::fs::read_dir(&app.world.incoming).unwrap().count(), 0, "nothing staged is left");
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
}

async fn refusals(app: &TestApp, import: i64) -> Vec<(String, String)> {
    let filter = StoredFilter::In(store::jobs::FileState::Refused);
    let files = app.world.store.import_files(import, filter, -1, 1_000).await.unwrap();
    files.into_iter().map(|file| (file.name, file.reason.unwrap_or_default())).collect()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

async fn one_import_serves_several_synsets(app: &TestApp) {
    seed_animal(app).await;
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    let table = format!("file,wnid,licence,creator\nb.jpg,{ANIMAL},CC-BY-4.0,Bea\nc.jpg,,,Cem\n");
    admin.put_file(import, "table.csv", 1, table.as_bytes()).await;
    for (seed, name) in (1..).zip(["a.jpg", "b.jpg", "c.jpg"]) {
        admin.put_file(import, name, 1, &picture(seed, 64)).await;
    }
    work_off(app, &mut admin, import).await;
    let files = app.world.store.import_files(import, StoredFilter::All, -1, 10).await.unwrap();
    let mut came = Vec::new();
    for file in files.iter().filter_map(|file| file.candidate_id) {
        let row = app.world.store.candidate(file).await.unwrap().unwrap();
        let synset = app.world.store.project_synset_by_id(row.project_synset_id).await.unwrap().unwrap();
        came.push((row.file_name, synset.wnid.to_string(), row.licence.unwrap(), row.creator));
    }
    came.sort();
    let expected = [
        ("a.jpg", DOG, "CC0", None),
        ("b.jpg", ANIMAL, "CC-BY-4.0", Some("Bea")),
        // What the table does not say, the form said for all.
        ("c.jpg", DOG, "CC0", Some("Cem")),
    ];
    let expected = expected.map(|(name, wnid, licence, by)| {
        (name.to_owned(), wnid.to_owned(), licence.to_owned(), by.map(str::to_owned))
    });
    assert_eq!(came, expected);
    let page = admin.page(&format!("/import/{import}")).await;
    assert!(
        page.text().contains("By synset") && page.text().contains("describes 2 of the files"),
        "{}",
        page.text()
    );
}

async fn a_bad_line_is_reported_and_the_others_count(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, "").await;
    let table = format!(
        "file,wnid,source_url,mood\na.jpg,{DOG},https://example.org/a,good\nnone.jpg,{DOG},,\nb.jpg,{ANIMAL},,\n\
         c.jpg,n0,,\nd.jpg,{DOG},javascript:alert(1),\ne.jpg,{DOG}\n"
    );
    admin.put_file(import, "table.csv", 1, table.as_bytes()).await;
    for (seed, name) in (1..).zip(["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"]) {
        admin.put_file(import, name, 1, &picture(seed, 64)).await;
    }
    work_off(app, &mut admin, import).await;
    let counts = app.world.store.import_counts(import).await.unwrap();
    assert_eq!((counts.added, counts.read, counts.waiting), (1, 1, 0), "{counts:?}");
    let refused = refusals(app, import).await;
    let about = |name: &str| {
        &refused.iter().find(|refusal| refusal.0 == name).unwrap_or_else(|| panic!("{name} in {refused:?}")).1
    };
    assert!(about("table.csv, line 1").contains("\"mood\" and is not used"));
    assert!(about("table.csv, line 3").contains("\"none.jpg\", which is not among the files"));
    assert!(about("b.jpg").starts_with("table.csv, line 4: ") && about("b.jpg").contains("not seeded"));
    assert!(about("c.jpg").starts_with("table.csv, line 5: "));
    assert!(about("d.jpg").starts_with("table.csv, line 6: source_url"));
    assert!(about("table.csv, line 7").contains("has 2 cells; 4 are expected"));
    assert!(about("e.jpg").contains("is for no synset"));
    assert_eq!(refused.len(), 7);
    let csv = admin.get(&format!("/import/{import}/refused.csv")).await;
    assert_eq!(csv.text().lines().count(), 8, "{}", csv.text());
}

async fn a_table_in_an_archive_describes_its_files(app: &TestApp) {
    seed_animal(app).await;
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, "").await;
    let table = format!("path;wnid\n1.jpg;{DOG}\nin/2.jpg;{ANIMAL}\n");
    let (one, two) = (picture(1, 64), picture(2, 64));
    let zip = zip(&[("in/1.jpg", &one), ("in/list.csv", table.as_bytes()), ("in/2.jpg", &two)]);
    admin.put_file(import, "photos.zip", 1, &zip).await;
    work_off(app, &mut admin, import).await;
    let by_synset = app.world.store.import_counts_by_synset(import).await.unwrap();
    let added: Vec<i64> =
        by_synset.iter().filter(|row| row.project_synset_id.is_some()).map(|row| row.counts.added).collect();
    assert_eq!(added, [1, 1]);
}

async fn hostile_archives_and_tables_are_refused_by_name(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    let good = picture(1, 64);
    let zip = zip(&[
        ("../out.jpg", &good),
        ("/root.jpg", &good),
        ("ok.jpg", &good),
        ("in/zip.zip", b"PK\x03\x04rest"),
    ]);
    admin.put_file(import, "hostile.zip", 1, &zip).await;
    admin.put_file(import, "no.csv", 1, b"\xff\xfe\0f\0i\0l\0e").await;
    admin.put_file(import, "cells.csv", 1, "file\n".repeat(3_000).as_bytes()).await;
    work_off(app, &mut admin, import).await;
    let counts = app.world.store.import_counts(import).await.unwrap();
    assert_eq!((counts.added, counts.waiting), (1, 0), "{counts:?}");
    let refused = refusals(app, import).await;
    let names: Vec<&str> = refused.iter().map(|refusal| refusal.0.as_str()).collect();
    for name in ["hostile.zip › ../out.jpg", "hostile.zip › /root.jpg", "hostile.zip › in/zip.zip", "no.csv"]
    {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    assert_eq!(MAX_PICTURE_BYTES, media::limits::MAX_FILE_BYTES);
    const { assert!(MAX_ARCHIVE_BYTES <= server::http::limits::MAX_UPLOAD_BYTES) };
}

async fn files_that_are_for_nothing_say_so(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let parts = [("wnid", None, b"".as_slice()), ("files", Some("a.jpg"), &picture(1, 64))];
    let reply = admin.upload(app.project, &parts).await;
    let import: i64 = reply.header("location").strip_prefix("/import/").unwrap().parse().unwrap();
    let mut tx = app.world.store.begin().await.unwrap();
    let job = tx.take_job(app.world.now(), SILENCE_MS).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    run_import(&app.world, &Tables::default(), &job).await.unwrap();
    assert!(refusals(app, import).await[0].1.contains("is for no synset"));
    let boss = crate::ground::admin(app).await;
    let page = server::service::backend(&app.world)
        .importing
        .page(&boss, import, FileFilter::All, None)
        .await
        .unwrap();
    assert_eq!((page.synset, page.synsets.len(), page.files.len()), (None, 0, 1));
}
