//! Imports.

use store::StoreError;
use store::jobs::{FileState, ImportCountsRow, ImportFileRow, JobRow, JobState, ProvenanceRow};

use super::bench::Bench;
use super::ground::{NOW, ground, new_candidate, settings};

cases! {
    an_import_comes_back_as_it_was_made,
    the_oldest_queued_job_is_taken_once,
    a_running_job_is_taken_up_again_after_a_restart,
    an_import_whose_files_never_arrived_is_given_up,
    files_are_counted_listed_and_finished,
    an_archive_gives_way_to_its_files,
    what_is_unknown_cant_be_changed,
}

async fn an_import_comes_back_as_it_was_made(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let other = tx.insert_project("other", &settings(), NOW).await.unwrap();
    let provenance = ProvenanceRow {
        source_url: Some("https://example.org/dogs".to_owned()),
        licence: Some("CC0".to_owned()),
        attribution: Some("Example".to_owned()),
        creator: Some("Ann".to_owned()),
    };
    let id = tx.insert_import(ground.dog, Some(ground.ann), &provenance, NOW).await.unwrap();
    let second = tx.insert_import(ground.cat, None, &ProvenanceRow::default(), NOW + 1).await.unwrap();
    tx.set_job_state(second, JobState::Failed, Some("no space"), Some(NOW + 2)).await.unwrap();
    tx.commit().await.unwrap();
    let first = JobRow {
        job_id: id,
        kind: "import".to_owned(),
        state: JobState::Receiving,
        attempts: 0,
        project_synset_id: Some(ground.dog),
        created_by: Some(ground.ann),
        source_url: provenance.source_url,
        licence: provenance.licence,
        attribution: provenance.attribution,
        creator: provenance.creator,
        message: None,
        created_at: NOW,
        finished_at: None,
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
    let receiving = tx.insert_import(ground.dog, None, &ProvenanceRow::default(), NOW).await.unwrap();
    let first = tx.insert_import(ground.dog, None, &ProvenanceRow::default(), NOW).await.unwrap();
    let second = tx.insert_import(ground.dog, None, &ProvenanceRow::default(), NOW).await.unwrap();
    for id in [second, first] {
        tx.set_job_state(id, JobState::Queued, None, None).await.unwrap();
    }
    assert!(tx.has_queued_job().await.unwrap());
    let taken = tx.take_job().await.unwrap().unwrap();
    assert_eq!((taken.job_id, taken.state, taken.attempts), (first, JobState::Running, 1));
    assert_eq!(tx.take_job().await.unwrap().map(|job| job.job_id), Some(second));
    assert!(!tx.has_queued_job().await.unwrap());
    assert_eq!(tx.take_job().await.unwrap(), None);
    assert_eq!(tx.job(receiving).await.unwrap().unwrap().state, JobState::Receiving);
}

async fn a_running_job_is_taken_up_again_after_a_restart(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let id = tx.insert_import(ground.dog, None, &ProvenanceRow::default(), NOW).await.unwrap();
    tx.set_job_state(id, JobState::Queued, None, None).await.unwrap();
    tx.take_job().await.unwrap();
    assert_eq!(tx.requeue_running().await.unwrap(), 1);
    assert_eq!(tx.requeue_running().await.unwrap(), 0);
    assert_eq!(tx.take_job().await.unwrap().unwrap().attempts, 2);
}

async fn an_import_whose_files_never_arrived_is_given_up(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let old = tx.insert_import(ground.dog, None, &ProvenanceRow::default(), NOW).await.unwrap();
    let new = tx.insert_import(ground.dog, None, &ProvenanceRow::default(), NOW + 10).await.unwrap();
    assert_eq!(tx.fail_receiving(NOW + 10, "the upload was cut off", NOW + 20).await.unwrap(), 1);
    let job = tx.job(old).await.unwrap().unwrap();
    assert_eq!((job.state, job.message.as_deref()), (JobState::Failed, Some("the upload was cut off")));
    assert_eq!(job.finished_at, Some(NOW + 20));
    assert_eq!(tx.job(new).await.unwrap().unwrap().state, JobState::Receiving);
}

async fn files_are_counted_listed_and_finished(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let job = tx.insert_import(ground.dog, None, &ProvenanceRow::default(), NOW).await.unwrap();
    tx.upsert_image(&super::ground::image("a")).await.unwrap();
    let candidate = tx.insert_candidate(&new_candidate(ground.dog, "a", 1), NOW).await.unwrap();
    for position in 0..5 {
        let name = format!("{position}.jpg");
        tx.add_import_file(job, position, &name, Some("staged"), FileState::Waiting, None).await.unwrap();
    }
    tx.add_import_file(job, 5, "notes.txt", None, FileState::Refused, Some("no image")).await.unwrap();
    tx.finish_import_file(job, 0, FileState::Added, None, candidate).await.unwrap();
    tx.finish_import_file(job, 2, FileState::Known, None, candidate).await.unwrap();
    tx.finish_import_file(job, 3, FileState::Duplicate, Some("of a.jpg"), candidate).await.unwrap();
    assert_eq!(tx.import_counts(job).await.unwrap().files, 6);
    tx.commit().await.unwrap();
    let counts = ImportCountsRow { files: 6, waiting: 2, added: 1, known: 1, duplicate: 1, refused: 1 };
    assert_eq!(bench.store.import_counts(job).await.unwrap(), counts);
    assert_eq!(bench.store.import_counts(job + 1).await.unwrap(), ImportCountsRow::default());
    let positions = |rows: Vec<ImportFileRow>| rows.iter().map(|row| row.position).collect::<Vec<_>>();
    assert_eq!(positions(bench.store.waiting_files(job, 10).await.unwrap()), [1, 4]);
    assert_eq!(positions(bench.store.waiting_files(job, 1).await.unwrap()), [1]);
    assert_eq!(positions(bench.store.import_files(job, -1, 10, true).await.unwrap()), [2, 3, 5]);
    assert_eq!(positions(bench.store.import_files(job, 2, 2, false).await.unwrap()), [3, 4]);
    let file = bench.store.import_files(job, 2, 1, true).await.unwrap().remove(0);
    let expected = ImportFileRow {
        job_id: job,
        position: 3,
        name: "3.jpg".to_owned(),
        staged: None,
        state: FileState::Duplicate,
        reason: Some("of a.jpg".to_owned()),
        candidate_id: candidate,
    };
    assert_eq!(file, expected);
    let waiting = bench.store.waiting_files(job, 1).await.unwrap().remove(0);
    assert_eq!(waiting.staged.as_deref(), Some("staged"));
}

async fn an_archive_gives_way_to_its_files(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let job = tx.insert_import(ground.dog, None, &ProvenanceRow::default(), NOW).await.unwrap();
    assert_eq!(tx.next_import_position(job).await.unwrap(), 0);
    for position in [0, 3] {
        tx.add_import_file(job, position, "dogs.zip", Some("staged"), FileState::Waiting, None)
            .await
            .unwrap();
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
    let job = tx.insert_import(ground.dog, None, &ProvenanceRow::default(), NOW).await.unwrap();
    let unknown = tx.set_job_state(812, JobState::Queued, None, None).await;
    assert!(matches!(unknown, Err(StoreError::NotFound(_))), "{unknown:?}");
    let unknown = tx.finish_import_file(job, 0, FileState::Added, None, None).await;
    assert!(matches!(unknown, Err(StoreError::NotFound(_))), "{unknown:?}");
    tx.add_import_file(job, 0, "a", None, FileState::Waiting, None).await.unwrap();
    let again = tx.add_import_file(job, 0, "b", None, FileState::Waiting, None).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
}
