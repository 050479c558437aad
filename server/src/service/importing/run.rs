//! The import job: opens archives, reads tables, makes candidates, and can be taken up again wherever it stopped.

use super::candidates::{FileOutcome, Incoming, add_files, picture_outcome};
use super::staging::{discard, staged_path};
use super::table::{self, IN_ARCHIVE};
use super::upload::{failed, seeded};
use super::{CHUNK, Provenance};
use crate::language::locale;
use crate::service::judging::Tables;
use crate::service::{Failure, Outcome};
use crate::world::World;
use app::api::importing::{MAX_TABLE_BYTES, too_long};
use bytes::Bytes;
use media::archive::{Archive, ArchiveLimits, Entry};
use std::collections::HashMap;
use std::io::BufReader;
use store::jobs::{FileState, ImportFileRow, JobRow, JobState, NewImportFile};

/// Waiting files among which those of one synset are looked for.
const LOOKED_AT: i64 = 8 * CHUNK as i64;

/// Works an import off: first every archive, then every table, then the pictures. Every step is committed, so a restart goes
/// on with the files that still wait.
///
/// # Errors
/// The database, the blob store or the folder of uploads; the job stays to be tried again.
pub async fn run_import(world: &World, tables: &Tables, job: &JobRow) -> Outcome<()> {
    loop {
        let current = world.store.job(job.job_id).await?;
        if !current.is_some_and(|now| now.is_attempt_of(job)) {
            return Ok(());
        }
        if let Some(archive) = world.store.waiting_file_ending(job.job_id, ".zip").await? {
            open_archive(world, job, &archive).await?;
            continue;
        }
        if let Some(table) = world.store.waiting_file_ending(job.job_id, ".csv").await? {
            read_table(world, job, &table).await?;
            continue;
        }
        let waiting = world.store.waiting_files(job.job_id, LOOKED_AT).await?;
        if waiting.is_empty() {
            let mut tx = world.store.begin().await?;
            tx.set_job_state(job.job_id, JobState::Finished, None, Some(world.now())).await?;
            return Ok(tx.commit().await?);
        }
        take_pictures(world, tables, job, waiting).await?;
    }
}

/// Takes the first picture, and of those after it as many as are for the same synset.
async fn take_pictures(
    world: &World,
    tables: &Tables,
    job: &JobRow,
    mut waiting: Vec<ImportFileRow>,
) -> Outcome<()> {
    let synset_of = |file: &ImportFileRow| file.project_synset_id.or(job.project_synset_id);
    let synset = waiting.first().and_then(synset_of);
    waiting.retain(|file| synset_of(file) == synset);
    waiting.truncate(CHUNK);
    let Some(synset) = synset else {
        let reason = "is for no synset: the form named none, and no line of a table names this file";
        let refused: Vec<FileOutcome> = waiting.iter().map(|_| picture_outcome(reason.to_owned())).collect();
        return finish(world, waiting.iter().zip(&refused)).await;
    };
    let mut files = Vec::with_capacity(waiting.len());
    for file in &waiting {
        let bytes = read_staged(world, file).await?;
        files.push(Incoming { name: file.name.clone(), bytes, provenance: provenance_of(job, file) });
    }
    let outcomes = add_files(world, tables, synset, files).await?;
    finish(world, waiting.iter().zip(&outcomes)).await
}

/// What a table said of the file; for what it did not say, what the form said of all.
fn provenance_of(job: &JobRow, file: &ImportFileRow) -> Provenance {
    let (own, all) = (file.provenance.clone(), Provenance::of_job(job));
    Provenance {
        source_url: own.source_url.or(all.source_url),
        licence: own.licence.or(all.licence),
        attribution: own.attribution.or(all.attribution),
        creator: own.creator.or(all.creator),
        found_by: own.found_by.or(all.found_by),
    }
}

/// Reads a table: what it says of waiting files is noted with them, and what is wrong with its lines stands in the list. All
/// of it is one transaction: a restart in between reads it again.
async fn read_table(world: &World, job: &JobRow, table: &ImportFileRow) -> Outcome<()> {
    let read = match read_staged(world, table).await? {
        Ok(bytes) if bytes.len() as u64 > MAX_TABLE_BYTES => Err(too_long(locale(), MAX_TABLE_BYTES)),
        Ok(bytes) => table::read(&bytes),
        Err(reason) => Err(reason),
    };
    let read = match read {
        Ok(read) => read,
        Err(reason) => return finish(world, std::iter::once((table, &picture_outcome(reason)))).await,
    };
    let synsets = synsets_named(world, job, &read).await?;
    let mut tx = world.store.begin().await?;
    let mut files = tx.every_waiting_file(job.job_id).await?;
    files.retain(|file| file.position != table.position);
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let plan = table::plan(&table.name, read, &names, |wnid| {
        synsets.get(wnid).cloned().unwrap_or_else(|| Err(format!("{wnid} is no synset of this project")))
    });
    let mut refused_files = Vec::new();
    for (place, synset, provenance) in &plan.described {
        let Some(file) = files.get(*place) else { continue };
        tx.describe_import_file(job.job_id, file.position, *synset, &provenance.row()).await?;
    }
    for (place, reason) in &plan.refused {
        let Some(file) = files.get(*place) else { continue };
        tx.finish_import_file(job.job_id, file.position, FileState::Refused, Some(reason), None).await?;
        refused_files.extend(file.staged.clone());
    }
    let first = tx.next_import_position(job.job_id).await?;
    for (position, (name, reason)) in (first..).zip(&plan.reports) {
        tx.add_import_file(job.job_id, position, &NewImportFile::refused(name, Some(reason))).await?;
    }
    let summary = format!(
        "describes {} of the files; {} of its lines could not be used",
        plan.described.len(),
        plan.refused.len() + plan.reports.len()
    );
    if !tx.finish_import_file(job.job_id, table.position, FileState::Read, Some(&summary), None).await? {
        // Somebody else has read it meanwhile.
        return Ok(tx.rollback().await?);
    }
    tx.commit().await?;
    refused_files.extend(table.staged.clone());
    for staged in refused_files {
        discard(&staged_path(world, &staged)).await;
    }
    Ok(())
}

/// Every wnid of a table, with the seeded synset or why there is none.
async fn synsets_named(
    world: &World,
    job: &JobRow,
    table: &table::Table,
) -> Outcome<HashMap<String, Result<i64, String>>> {
    let project =
        job.project_id.ok_or_else(|| Failure::Defect(format!("import {} has no project", job.job_id)))?;
    let mut found = HashMap::new();
    for wnid in table.lines.iter().map(|line| line.wnid.as_str()).filter(|wnid| !wnid.is_empty()) {
        if found.contains_key(wnid) {
            continue;
        }
        let synset = match seeded(world, project, wnid).await {
            Ok(synset) => Ok(synset),
            Err(Failure::Refused(error)) => Err(error.to_string()),
            Err(other) => return Err(other),
        };
        found.insert(wnid.to_owned(), synset);
    }
    Ok(found)
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

/// Stages an archive's files in place of the archive. Rows and state change in one transaction: whoever goes on after a restart
/// unpacks it again, to names of its own, for the one before may still be writing.
async fn open_archive(world: &World, job: &JobRow, archive: &ImportFileRow) -> Outcome<()> {
    let Some(staged) = archive.staged.clone() else { return Ok(()) };
    let path = staged_path(world, &staged);
    let (folder, stem) = (world.incoming.clone(), format!("{staged}-{}", job.attempts));
    let unpacked = tokio::task::spawn_blocking(move || unpack(&path, &folder, &stem)).await;
    let unpacked = unpacked.map_err(|error| Failure::Defect(error.to_string()))??;
    let mut tx = world.store.begin().await?;
    let first = tx.next_import_position(archive.job_id).await?;
    for (position, file) in (first..).zip(&unpacked.files) {
        let name = format!("{}{IN_ARCHIVE}{}", archive.name, file.name);
        let file = match (&file.staged, &file.refused) {
            (Some(staged), None) => NewImportFile::waiting(&name, staged),
            (_, reason) => NewImportFile::refused(&name, reason.as_deref()),
        };
        tx.add_import_file(archive.job_id, position, &file).await?;
    }
    match unpacked.refused {
        Some(reason) => {
            let (job, place) = (archive.job_id, archive.position);
            if !tx.finish_import_file(job, place, FileState::Refused, Some(&reason), None).await? {
                // Somebody else has opened it meanwhile.
                return Ok(tx.rollback().await?);
            }
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

fn unpack(path: &std::path::Path, folder: &std::path::Path, stem: &str) -> Outcome<Unpacked> {
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
                let staged = format!("{stem}-{number}");
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
