//! The import job: opens archives, makes candidates, and can be taken up again wherever it stopped.

use super::candidates::{FileOutcome, Incoming, add_files, picture_outcome};
use super::upload::{discard, failed, is_archive, staged_path};
use super::{CHUNK, Provenance};
use crate::service::judging::Tables;
use crate::service::{Failure, Outcome};
use crate::world::World;
use bytes::Bytes;
use media::archive::{Archive, ArchiveLimits, Entry};
use std::io::BufReader;
use store::jobs::{FileState, ImportFileRow, JobRow, JobState};

/// Works an import off. Every chunk is committed, so a restart goes on with the files that still wait.
///
/// # Errors
/// The database, the blob store or the folder of uploads; the job stays to be tried again.
pub async fn run_import(world: &World, tables: &Tables, job: &JobRow) -> Outcome<()> {
    let synset =
        job.project_synset_id.ok_or_else(|| Failure::Defect(format!("job {} has no synset", job.job_id)))?;
    let provenance = Provenance::of_job(job);
    let chunk = i64::try_from(CHUNK).unwrap_or(i64::MAX);
    loop {
        let current = world.store.job(job.job_id).await?;
        if current.is_none_or(|job| job.state != JobState::Running) {
            return Ok(());
        }
        let waiting = world.store.waiting_files(job.job_id, chunk).await?;
        if waiting.is_empty() {
            let mut tx = world.store.begin().await?;
            tx.set_job_state(job.job_id, JobState::Finished, None, Some(world.now())).await?;
            return Ok(tx.commit().await?);
        }
        match waiting.iter().find(|file| is_archive(&file.name)) {
            Some(archive) => open_archive(world, archive).await?,
            None => take_pictures(world, tables, synset, &provenance, waiting).await?,
        }
    }
}

async fn take_pictures(
    world: &World,
    tables: &Tables,
    synset: i64,
    provenance: &Provenance,
    waiting: Vec<ImportFileRow>,
) -> Outcome<()> {
    let mut files = Vec::with_capacity(waiting.len());
    for file in &waiting {
        let bytes = read_staged(world, file).await?;
        files.push(Incoming { name: file.name.clone(), bytes, provenance: provenance.clone() });
    }
    let outcomes = add_files(world, tables, synset, files).await?;
    finish(world, waiting.iter().zip(&outcomes)).await
}

async fn finish<'a>(
    world: &World,
    files: impl Iterator<Item = (&'a ImportFileRow, &'a FileOutcome)>,
) -> Outcome<()> {
    let mut done = Vec::new();
    let mut tx = world.store.begin().await?;
    for (file, outcome) in files {
        tx.finish_import_file(
            file.job_id,
            file.position,
            outcome.state,
            outcome.reason.as_deref(),
            outcome.candidate,
        )
        .await?;
        done.extend(file.staged.clone());
    }
    tx.commit().await?;
    for staged in done {
        discard(&staged_path(world, &staged)).await;
    }
    Ok(())
}

async fn read_staged(world: &World, file: &ImportFileRow) -> Outcome<Result<Bytes, String>> {
    let Some(staged) = &file.staged else { return Ok(Err("was not received".to_owned())) };
    let path = staged_path(world, staged);
    match tokio::fs::read(&path).await {
        Ok(bytes) => Ok(Ok(bytes.into())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(Err("was not received in full; send it again".to_owned()))
        }
        Err(error) => Err(failed(&path, error)),
    }
}

/// Stages an archive's files in place of the archive. Rows and state change in one transaction: a restart in between unpacks
/// it again, to the same names.
async fn open_archive(world: &World, archive: &ImportFileRow) -> Outcome<()> {
    let Some(staged) = archive.staged.clone() else { return Ok(()) };
    let path = staged_path(world, &staged);
    let folder = world.incoming.clone();
    let unpacked = tokio::task::spawn_blocking(move || unpack(&path, &folder, &staged)).await;
    let unpacked = unpacked.map_err(|error| Failure::Defect(error.to_string()))??;
    let mut tx = world.store.begin().await?;
    let first = tx.next_import_position(archive.job_id).await?;
    for (position, file) in (first..).zip(&unpacked.files) {
        let (state, reason) = match &file.refused {
            Some(reason) => (FileState::Refused, Some(reason.as_str())),
            None => (FileState::Waiting, None),
        };
        let name = format!("{} › {}", archive.name, file.name);
        tx.add_import_file(archive.job_id, position, &name, file.staged.as_deref(), state, reason).await?;
    }
    match unpacked.refused {
        Some(reason) => {
            let outcome = picture_outcome(reason);
            tx.finish_import_file(
                archive.job_id,
                archive.position,
                outcome.state,
                outcome.reason.as_deref(),
                None,
            )
            .await?;
        }
        None => tx.delete_import_file(archive.job_id, archive.position).await?,
    }
    tx.commit().await?;
    if let Some(staged) = &archive.staged {
        discard(&staged_path(world, staged)).await;
    }
    Ok(())
}

#[derive(Default)]
struct Unpacked {
    files: Vec<UnpackedFile>,
    refused: Option<String>,
}

struct UnpackedFile {
    name: String,
    staged: Option<String>,
    refused: Option<String>,
}

fn unpack(path: &std::path::Path, folder: &std::path::Path, archive: &str) -> Outcome<Unpacked> {
    let mut unpacked = Unpacked::default();
    let file = std::fs::File::open(path).map_err(|source| failed(path, source))?;
    let entries = match Archive::open(BufReader::new(file), ArchiveLimits::default()) {
        Ok(entries) => entries,
        Err(refusal) => {
            unpacked.refused = Some(refusal.to_string());
            return Ok(unpacked);
        }
    };
    for (number, entry) in entries.enumerate() {
        match entry {
            Ok(Entry { name, bytes: Ok(bytes) }) => {
                let staged = format!("{archive}-{number}");
                let to = folder.join(&staged);
                std::fs::write(&to, bytes).map_err(|source| failed(&to, source))?;
                unpacked.files.push(UnpackedFile { name, staged: Some(staged), refused: None });
            }
            Ok(Entry { name, bytes: Err(refusal) }) => {
                unpacked.files.push(UnpackedFile { name, staged: None, refused: Some(refusal.to_string()) });
            }
            Err(refusal) => unpacked.refused = Some(refusal.to_string()),
        }
    }
    Ok(unpacked)
}

/// Removes the staged files that a stopped import left waiting.
///
/// # Errors
/// The database.
pub async fn discard_waiting(world: &World, import: i64) -> Outcome<()> {
    let every = world.store.waiting_files(import, super::upload::MAX_FILES).await?;
    for staged in every.into_iter().filter_map(|file| file.staged) {
        discard(&staged_path(world, &staged)).await;
    }
    Ok(())
}
