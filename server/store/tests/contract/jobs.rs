//! Imports.

use store::StoreError;
use store::jobs::{
    FileFilter, FileState, ImportCountsRow, ImportFileRow, JobRow, JobState, NewImportFile, ProvenanceRow,
};

use super::bench::Bench;
use super::ground::{NOW, ground, new_candidate, settings};

cases! {
    an_import_comes_back_as_it_was_made,
    the_oldest_queued_job_is_taken_once,
    a_job_of_which_nobody_says_a_word_is_taken_over,
    an_import_that_nobody_goes_on_with_is_found,
    files_that_came_by_themselves_are_known_again,
    only_an_import_that_stopped_is_queued_again,
    a_table_says_what_a_file_is_and_files_are_counted_by_synset,
    files_are_counted_listed_and_finished,
    an_archive_gives_way_to_its_files,
    what_is_unknown_cant_be_changed,
}

/// After so long without a word a job is taken over, in ms.
const SILENCE: i64 = 100;

async fn an_import_comes_back_as_it_was_made(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let other = tx.insert_project("other", &settings(), NOW).await.unwrap();
    let provenance = ProvenanceRow {
        source_url: Some("https://example.org/dogs".to_owned()),
        licence: Some("CC0".to_owned()),
        attribution: Some("Example".to_owned()),
        creator: Some("Ann".to_owned()),
        found_by: Some("dog, en".to_owned()),
    };
    let id =
        tx.insert_import(ground.project, Some(ground.dog), Some(ground.ann), &provenance, NOW).await.unwrap();
    let second = tx
        .insert_import(ground.project, Some(ground.cat), None, &ProvenanceRow::default(), NOW + 1)
        .await
        .unwrap();
    tx.set_job_state(second, JobState::Failed, Some("no space"), Some(NOW + 2)).await.unwrap();
    tx.commit().await.unwrap();
    let first = JobRow {
        job_id: id,
        kind: "import".to_owned(),
        state: JobState::Receiving,
        attempts: 0,
        failures: 0,
        project_id: Some(ground.project),
        project_synset_id: Some(ground.dog),
        created_by: Some(ground.ann),
        source_url: provenance.source_url,
        licence: provenance.licence,
        attribution: provenance.attribution,
        creator: provenance.creator,
        found_by: provenance.found_by,
        message: None,
        created_at: NOW,
        finished_at: None,
        received_at: None,
        received_files: 0,
        received_bytes: 0,
    };
    assert_eq!(bench.store.job(id).await.unwrap().as_ref(), Some(&first));
    let failed = bench.store.job(second).await.unwrap().unwrap();
    assert_eq!((failed.state, failed.message.as_deref()), (JobState::Failed, Some("no space")));
    assert_eq!((failed.created_by, failed.finished_at), (None, Some(NOW + 2)));
    assert_eq!(bench.store.imports_of_project(ground.project, 10).await.unwrap(), [failed.clone(), first]);
    assert_eq!(bench.store.imports_of_project(ground.project, 1).await.unwrap(), [failed]);
    assert_eq!(bench.store.imports_of_project(other, 10).await.unwrap(), []);
    assert_eq!(bench.store.job(second + 1).await.unwrap(), None);
}

async fn the_oldest_queued_job_is_taken_once(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let receiving = tx
        .insert_import(ground.project, Some(ground.dog), None, &ProvenanceRow::default(), NOW)
        .await
        .unwrap();
    let first = tx
        .insert_import(ground.project, Some(ground.dog), None, &ProvenanceRow::default(), NOW)
        .await
        .unwrap();
    let second = tx
        .insert_import(ground.project, Some(ground.dog), None, &ProvenanceRow::default(), NOW)
        .await
        .unwrap();
    for id in [second, first] {
        tx.set_job_state(id, JobState::Queued, None, None).await.unwrap();
    }
    assert!(tx.has_job_to_take(NOW, SILENCE).await.unwrap());
    let taken = tx.take_job(NOW, SILENCE).await.unwrap().unwrap();
    assert_eq!((taken.job_id, taken.state, taken.attempts), (first, JobState::Running, 1));
    assert_eq!(tx.take_job(NOW, SILENCE).await.unwrap().map(|job| job.job_id), Some(second));
    assert!(!tx.has_job_to_take(NOW, SILENCE).await.unwrap());
    assert_eq!(tx.take_job(NOW, SILENCE).await.unwrap(), None);
    assert_eq!(tx.job(receiving).await.unwrap().unwrap().state, JobState::Receiving);
}

async fn a_job_of_which_nobody_says_a_word_is_taken_over(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let none = ProvenanceRow::default();
    let id = tx.insert_import(ground.project, Some(ground.dog), None, &none, NOW).await.unwrap();
    tx.set_job_state(id, JobState::Queued, None, None).await.unwrap();
    tx.take_job(NOW, SILENCE).await.unwrap();
    tx.commit().await.unwrap();
    let store = &bench.store;
    assert!(!store.has_job_to_take(NOW + SILENCE, SILENCE).await.unwrap());
    assert!(store.keep_job(id, 1, NOW + SILENCE).await.unwrap());
    assert!(!store.has_job_to_take(NOW + 2 * SILENCE, SILENCE).await.unwrap(), "it said that it goes on");
    assert!(store.has_job_to_take(NOW + 2 * SILENCE + 1, SILENCE).await.unwrap());
    assert!(store.has_job_to_take(NOW - 1, SILENCE).await.unwrap(), "the clock was set back");
    let mut tx = store.begin().await.unwrap();
    let over = tx.take_job(NOW + 2 * SILENCE + 1, SILENCE).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    assert_eq!((over.job_id, over.attempts), (id, 2));
    assert!(!store.keep_job(id, 1, NOW).await.unwrap(), "the first has lost it");
    store.let_go_of_job(id, 1).await.unwrap();
    assert_eq!(store.job(id).await.unwrap().unwrap().state, JobState::Running, "nor can it give it away");
    store.let_go_of_job(id, 2).await.unwrap();
    assert_eq!(store.job(id).await.unwrap().unwrap().state, JobState::Queued);
    assert!(store.has_job_to_take(NOW, SILENCE).await.unwrap());
}

async fn an_import_that_nobody_goes_on_with_is_found(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let mut jobs = Vec::new();
    for begun in [NOW, NOW, NOW + 10, NOW, NOW, NOW] {
        let none = ProvenanceRow::default();
        jobs.push(tx.insert_import(ground.project, None, None, &none, begun).await.unwrap());
    }
    // One to which a file came later; one that is queued; two that failed, of which one has files that wait.
    assert_eq!(tx.receive_file(jobs[1], 5, NOW + 20).await.unwrap(), Some((1, 5)));
    assert!(tx.queue_import(jobs[3]).await.unwrap());
    for job in [jobs[4], jobs[5]] {
        tx.set_job_state(job, JobState::Failed, Some("no space"), Some(NOW + 5)).await.unwrap();
    }
    tx.add_import_file(jobs[5], 0, &NewImportFile::waiting("a.jpg", "staged")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bench.store.stale_imports(NOW + 5).await.unwrap(), [jobs[0]]);
    assert_eq!(bench.store.stale_imports(NOW + 6).await.unwrap(), [jobs[0], jobs[5]]);
    assert_eq!(bench.store.stale_imports(NOW + 21).await.unwrap(), [jobs[0], jobs[1], jobs[2], jobs[5]]);
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.refuse_waiting_files(jobs[5], "nobody went on").await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.stale_imports(NOW + 6).await.unwrap(), [jobs[0]]);
    let file = bench.store.import_files(jobs[5], FileFilter::All, -1, 1).await.unwrap().remove(0);
    assert_eq!(
        (file.state, file.staged, file.reason.as_deref()),
        (FileState::Refused, None, Some("nobody went on"))
    );
}

async fn files_that_came_by_themselves_are_known_again(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let none = ProvenanceRow::default();
    let job = tx.insert_import(ground.project, Some(ground.dog), None, &none, NOW).await.unwrap();
    assert_eq!(tx.receive_file(job, 700, NOW).await.unwrap(), Some((1, 700)));
    assert_eq!(tx.receive_file(job, 300, NOW + 1).await.unwrap(), Some((2, 1_000)));
    let file =
        NewImportFile { bytes: Some(700), modified_at: Some(5), ..NewImportFile::waiting("a.jpg", "s") };
    tx.add_import_file(job, 0, &file).await.unwrap();
    tx.add_import_file(job, 1, &NewImportFile::waiting("of a form.jpg", "t")).await.unwrap();
    assert!(tx.has_import_file(job, "a.jpg", 700, 5).await.unwrap());
    for (name, bytes, modified_at) in [("b.jpg", 700, 5), ("a.jpg", 701, 5), ("a.jpg", 700, 6)] {
        assert!(!tx.has_import_file(job, name, bytes, modified_at).await.unwrap());
    }
    tx.set_job_state(job, JobState::Cancelled, None, Some(NOW)).await.unwrap();
    assert_eq!(tx.receive_file(job, 1, NOW).await.unwrap(), None, "it takes no more");
    tx.commit().await.unwrap();
    assert_eq!(bench.store.received_files(job).await.unwrap(), [("a.jpg".to_owned(), 700, 5)]);
    let row = bench.store.job(job).await.unwrap().unwrap();
    assert_eq!((row.received_at, row.received_files, row.received_bytes), (Some(NOW + 1), 2, 1_000));
}

async fn only_an_import_that_stopped_is_queued_again(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let none = ProvenanceRow::default();
    let job = tx.insert_import(ground.project, Some(ground.dog), None, &none, NOW).await.unwrap();
    for (state, may) in [
        (JobState::Receiving, true),
        (JobState::Failed, true),
        (JobState::Cancelled, true),
        (JobState::Queued, false),
        (JobState::Running, false),
        (JobState::Finished, false),
    ] {
        tx.set_job_state(job, state, Some("stopped"), Some(NOW)).await.unwrap();
        assert_eq!(tx.queue_import(job).await.unwrap(), may, "{state:?}");
    }
    tx.set_job_state(job, JobState::Cancelled, Some("stopped"), Some(NOW)).await.unwrap();
    assert!(tx.queue_import(job).await.unwrap());
    let row = tx.take_job(NOW, SILENCE).await.unwrap().unwrap();
    assert_eq!((row.attempts, row.failures, row.message, row.finished_at), (1, 0, None, None));
    tx.count_failure(job).await.unwrap();
    tx.set_job_state(job, JobState::Cancelled, Some("stopped"), Some(NOW)).await.unwrap();
    assert_eq!(tx.job(job).await.unwrap().unwrap().failures, 1);
    assert!(tx.queue_import(job).await.unwrap());
    let again = tx.take_job(NOW, SILENCE).await.unwrap().unwrap();
    assert_eq!((again.attempts, again.failures), (2, 0), "whoever had the first attempt finds it gone");
    assert!(!tx.queue_import(812).await.unwrap());
}

async fn a_table_says_what_a_file_is_and_files_are_counted_by_synset(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let none = ProvenanceRow::default();
    let job = tx.insert_import(ground.project, Some(ground.dog), None, &none, NOW).await.unwrap();
    let free = tx.insert_import(ground.project, None, None, &none, NOW).await.unwrap();
    for (position, name) in (0..).zip(["a.jpg", "b.JPG", "photos.ZIP", "table.csv"]) {
        tx.add_import_file(job, position, &NewImportFile::waiting(name, name)).await.unwrap();
    }
    tx.add_import_file(free, 0, &NewImportFile::refused("c.jpg", Some("no synset"))).await.unwrap();
    let provenance = ProvenanceRow {
        source_url: Some("https://example.org/b".to_owned()),
        licence: Some("CC0".to_owned()),
        attribution: None,
        creator: Some("Ann".to_owned()),
        found_by: Some("dog, en".to_owned()),
    };
    tx.describe_import_file(job, 1, Some(ground.cat), &provenance).await.unwrap();
    let unknown = tx.describe_import_file(job, 9, None, &none).await;
    assert!(matches!(unknown, Err(StoreError::NotFound(_))), "{unknown:?}");
    tx.finish_import_file(job, 3, FileState::Read, Some("1 line"), None).await.unwrap();
    let waiting = tx.every_waiting_file(job).await.unwrap();
    assert_eq!(waiting.iter().map(|file| file.position).collect::<Vec<_>>(), [0, 1, 2]);
    tx.commit().await.unwrap();
    assert_eq!((waiting[1].project_synset_id, &waiting[1].provenance), (Some(ground.cat), &provenance));
    let ending = |ending: &'static str| bench.store.waiting_file_ending(job, ending);
    assert_eq!(ending(".zip").await.unwrap().map(|file| file.position), Some(2));
    assert_eq!(ending(".jpg").await.unwrap().map(|file| file.position), Some(0));
    assert_eq!(ending(".csv").await.unwrap(), None, "it is read already");
    let of = |rows: Vec<store::jobs::SynsetCountsRow>| {
        rows.iter()
            .map(|row| (row.project_synset_id, row.counts.files, row.counts.waiting))
            .collect::<Vec<_>>()
    };
    let counts = of(bench.store.import_counts_by_synset(job).await.unwrap());
    assert_eq!(counts, [(Some(ground.dog), 3, 2), (Some(ground.cat), 1, 1)]);
    assert_eq!(of(bench.store.import_counts_by_synset(free).await.unwrap()), [(None, 1, 0)]);
}

async fn files_are_counted_listed_and_finished(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let job = tx
        .insert_import(ground.project, Some(ground.dog), None, &ProvenanceRow::default(), NOW)
        .await
        .unwrap();
    tx.upsert_image(&super::ground::image("a")).await.unwrap();
    let candidate = tx.insert_candidate(&new_candidate(ground.dog, "a", 1), NOW).await.unwrap();
    for position in 0..5 {
        let name = format!("{position}.jpg");
        tx.add_import_file(job, position, &NewImportFile::waiting(&name, "staged")).await.unwrap();
    }
    tx.add_import_file(job, 5, &NewImportFile::refused("notes.txt", Some("no image"))).await.unwrap();
    tx.finish_import_file(job, 0, FileState::Added, None, candidate).await.unwrap();
    tx.finish_import_file(job, 2, FileState::Known, None, candidate).await.unwrap();
    tx.finish_import_file(job, 3, FileState::Duplicate, Some("of a.jpg"), candidate).await.unwrap();
    assert_eq!(tx.import_counts(job).await.unwrap().files, 6);
    tx.commit().await.unwrap();
    let counts =
        ImportCountsRow { files: 6, waiting: 2, added: 1, known: 1, duplicate: 1, refused: 1, read: 0 };
    assert_eq!(bench.store.import_counts(job).await.unwrap(), counts);
    assert_eq!(bench.store.import_counts(job + 1).await.unwrap(), ImportCountsRow::default());
    let positions = |rows: Vec<ImportFileRow>| rows.iter().map(|row| row.position).collect::<Vec<_>>();
    assert_eq!(positions(bench.store.waiting_files(job, 10).await.unwrap()), [1, 4]);
    assert_eq!(positions(bench.store.waiting_files(job, 1).await.unwrap()), [1]);
    let notable = FileFilter::Notable;
    assert_eq!(positions(bench.store.import_files(job, notable, -1, 10).await.unwrap()), [2, 3, 5]);
    assert_eq!(positions(bench.store.import_files(job, FileFilter::All, 2, 2).await.unwrap()), [3, 4]);
    let refused = FileFilter::In(FileState::Refused);
    assert_eq!(positions(bench.store.import_files(job, refused, -1, 10).await.unwrap()), [5]);
    let file = bench.store.import_files(job, notable, 2, 1).await.unwrap().remove(0);
    let expected = ImportFileRow {
        job_id: job,
        position: 3,
        name: "3.jpg".to_owned(),
        staged: None,
        state: FileState::Duplicate,
        reason: Some("of a.jpg".to_owned()),
        candidate_id: candidate,
        project_synset_id: None,
        bytes: None,
        provenance: ProvenanceRow::default(),
    };
    assert_eq!(file, expected);
    let waiting = bench.store.waiting_files(job, 1).await.unwrap().remove(0);
    assert_eq!(waiting.staged.as_deref(), Some("staged"));
}

async fn an_archive_gives_way_to_its_files(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let job = tx
        .insert_import(ground.project, Some(ground.dog), None, &ProvenanceRow::default(), NOW)
        .await
        .unwrap();
    assert_eq!(tx.next_import_position(job).await.unwrap(), 0);
    for position in [0, 3] {
        tx.add_import_file(job, position, &NewImportFile::waiting("dogs.zip", "staged")).await.unwrap();
    }
    assert_eq!(tx.next_import_position(job).await.unwrap(), 4);
    tx.delete_import_file(job, 3).await.unwrap();
    assert!(matches!(tx.delete_import_file(job, 3).await, Err(StoreError::NotFound(_))));
    assert_eq!(tx.next_import_position(job).await.unwrap(), 1);
    assert_eq!(tx.import_counts(job).await.unwrap().files, 1);
}

async fn what_is_unknown_cant_be_changed(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let job = tx
        .insert_import(ground.project, Some(ground.dog), None, &ProvenanceRow::default(), NOW)
        .await
        .unwrap();
    let unknown = tx.set_job_state(812, JobState::Queued, None, None).await;
    assert!(matches!(unknown, Err(StoreError::NotFound(_))), "{unknown:?}");
    assert!(!tx.finish_import_file(job, 0, FileState::Added, None, None).await.unwrap());
    tx.add_import_file(job, 0, &NewImportFile::waiting("a", "staged")).await.unwrap();
    let again = tx.add_import_file(job, 0, &NewImportFile::waiting("b", "staged")).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
}
