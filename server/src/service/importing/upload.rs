//! Receives an import: many files of one form, or one file after the other. A job looks at them afterwards.

use super::Provenance;
use super::staging::{Staging, discard, kept_name, staged_path};
use crate::language::locale;
use crate::service::ontology::known;
use crate::service::{Failure, Outcome};
use crate::texts::{imports as say, missing};
use crate::world::World;
use app::api::importing::{FileKind, MAX_FILES, MAX_IMPORT_BYTES, too_long};
use app::viewer::Admin;
use bytes::Bytes;
use std::path::Path;
use store::jobs::{FileState, JobRow, JobState, NewImportFile};

/// Opens an import into a project, for one of its synsets or for those that tables name; returns its id.
///
/// # Errors
/// Unknown project or synset; provenance that can't be used; the database.
pub async fn open(
    world: &World,
    admin: &Admin,
    project: i64,
    wnid: &str,
    provenance: &Provenance,
) -> Outcome<i64> {
    let provenance = provenance.checked()?;
    if world.store.project(project).await?.is_none() {
        return Err(Failure::not_found(missing::project(locale(), project.to_string())));
    }
    let synset = match wnid.trim() {
        "" => None,
        wnid => Some(seeded(world, project, wnid).await?),
    };
    let mut tx = world.store.begin().await?;
    let job = tx.insert_import(project, synset, Some(admin.id()), &provenance.row(), world.now()).await?;
    tx.commit().await?;
    Ok(job)
}

/// A synset that is seeded in a project.
///
/// # Errors
/// WordNet has none of this wnid; it is not seeded; the database.
pub async fn seeded(world: &World, project: i64, wnid: &str) -> Outcome<i64> {
    let wnid = known(&world.ontology.get(), wnid)?;
    let missing = || Failure::not_found(missing::not_seeded_here(locale(), wnid.to_string()));
    Ok(world.store.project_synset(project, wnid).await?.ok_or_else(missing)?.project_synset_id)
}

/// An upload of many files in one form, on its way in.
pub struct Upload {
    world: World,
    job: i64,
    files: u32,
    open: Option<(String, Staging)>,
}

impl Upload {
    /// Opens an import as `open` does.
    ///
    /// # Errors
    /// Those of `open`.
    pub async fn start(
        world: &World,
        admin: &Admin,
        project: i64,
        wnid: &str,
        provenance: Provenance,
    ) -> Outcome<Self> {
        let job = open(world, admin, project, wnid, &provenance).await?;
        Ok(Self { world: world.clone(), job, files: 0, open: None })
    }

    /// Begins a file; the bytes follow by [`Self::write`].
    ///
    /// # Errors
    /// Too many files; the folder can't be written.
    pub async fn open(&mut self, name: &str) -> Outcome<()> {
        self.close().await?;
        if self.files >= MAX_FILES {
            return Err(too_many_files());
        }
        let name = kept_name(name);
        let limit = FileKind::of(&name).max_bytes();
        let staged = format!("{}-{}", self.job, self.files);
        self.open = Some((name, Staging::begin(&self.world, staged, limit).await?));
        self.files += 1;
        Ok(())
    }

    /// Takes some bytes of the open file. What is over the limit is passed over; the file is refused when it is closed.
    ///
    /// # Errors
    /// The folder can't be written.
    pub async fn write(&mut self, bytes: &Bytes) -> Outcome<()> {
        match &mut self.open {
            Some((_, staging)) => staging.write(bytes).await.map(drop),
            None => Ok(()),
        }
    }

    /// Ends the open file, if there is one.
    ///
    /// # Errors
    /// The folder can't be written; the database.
    pub async fn close(&mut self) -> Outcome<()> {
        let Some((name, mut staging)) = self.open.take() else { return Ok(()) };
        let position = i64::from(self.files) - 1;
        let mut tx = self.world.store.begin().await?;
        if staging.is_too_long() {
            let reason = too_long(locale(), FileKind::of(&name).max_bytes());
            tx.add_import_file(self.job, position, &NewImportFile::refused(&name, Some(&reason))).await?;
            return Ok(tx.commit().await?);
        }
        staging.sync().await?;
        tx.add_import_file(self.job, position, &NewImportFile::waiting(&name, staging.name())).await?;
        tx.commit().await?;
        staging.keep();
        Ok(())
    }

    /// Hands the import to the job that looks at its files, and returns its id.
    ///
    /// # Errors
    /// No file came; the database.
    pub async fn finish(mut self) -> Outcome<i64> {
        self.close().await?;
        finish(&self.world, self.job).await?;
        Ok(self.job)
    }

    /// Gives the import up; what was staged is removed.
    pub async fn abandon(mut self, why: &str) {
        self.open = None;
        if let Err(error) = give_up(&self.world, self.job, why).await {
            tracing::warn!(%error, job = self.job, "an abandoned import could not be marked; it will be given up in a day");
        }
    }
}

/// Begins to look at the files of an import that is receiving.
///
/// # Errors
/// Unknown import; no file came; it has begun already; the database.
pub async fn finish(world: &World, import: i64) -> Outcome<()> {
    let job = receiving(world, import).await?;
    if world.store.import_counts(job.job_id).await?.files == 0 {
        give_up(world, import, "No file was chosen.").await?;
        return Err(Failure::invalid(say::none_chosen(locale())));
    }
    let mut tx = world.store.begin().await?;
    if !tx.queue_import(import).await? {
        return Err(over());
    }
    Ok(tx.commit().await?)
}

/// An import that takes files.
///
/// # Errors
/// Unknown; not receiving any more; the database.
pub async fn receiving(world: &World, import: i64) -> Outcome<JobRow> {
    let unknown = || Failure::not_found(missing::import(locale(), import.to_string()));
    let job = world.store.job(import).await?.ok_or_else(unknown)?;
    if job.state == JobState::Receiving { Ok(job) } else { Err(over()) }
}

/// Fails an import that nobody goes on with: files that still wait are refused, and what was staged for them is removed.
///
/// # Errors
/// The database.
pub async fn give_up(world: &World, import: i64, why: &str) -> Outcome<()> {
    let mut tx = world.store.begin().await?;
    let waiting = tx.every_waiting_file(import).await?;
    tx.refuse_waiting_files(import, "was not looked at: the import ended before").await?;
    if tx.job(import).await?.is_some_and(|job| job.state == JobState::Receiving) {
        tx.set_job_state(import, JobState::Failed, Some(why), Some(world.now())).await?;
    }
    tx.commit().await?;
    for staged in waiting.into_iter().filter_map(|file| file.staged) {
        discard(&staged_path(world, &staged)).await;
    }
    Ok(())
}

/// One file that comes by itself.
pub struct Arrival {
    world: World,
    import: i64,
    name: String,
    modified: i64,
    staging: Staging,
}

/// What became of a file that came by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// It waits with the others.
    Received,
    /// It was there already.
    Known,
}

impl Arrival {
    /// Begins a file of an import; `None` when it is there already. `said` is how long it will be, if that is known.
    ///
    /// # Errors
    /// The import is unknown or takes no more; the file is too long; the folder can't be written; the database.
    pub async fn begin(
        world: &World,
        import: i64,
        name: &str,
        modified: i64,
        said: Option<u64>,
    ) -> Outcome<Option<Self>> {
        receiving(world, import).await?;
        let name = kept_name(name);
        if name.is_empty() {
            return Err(Failure::invalid(say::no_name(locale())));
        }
        let limit = FileKind::of(&name).max_bytes();
        if let Some(said) = said {
            if said > limit {
                return Err(Failure::invalid(say::refused(locale(), name, too_long(locale(), limit))));
            }
            if world.store.has_import_file(import, &name, signed(said), modified).await? {
                return Ok(None);
            }
        }
        let staged = format!("{import}-{:016x}", world.chance.seed());
        let staging = Staging::begin(world, staged, limit).await?;
        Ok(Some(Self { world: world.clone(), import, name, modified, staging }))
    }

    /// Takes some bytes.
    ///
    /// # Errors
    /// The file is too long; the folder can't be written.
    pub async fn write(&mut self, bytes: &Bytes) -> Outcome<()> {
        if self.staging.write(bytes).await? {
            return Ok(());
        }
        let limit = FileKind::of(&self.name).max_bytes();
        Err(Failure::invalid(say::refused(locale(), &self.name, too_long(locale(), limit))))
    }

    /// Notes the file. The same file that came twice at once is noted once.
    ///
    /// # Errors
    /// The import takes no more, for its files or their bytes; the folder can't be written; the database.
    pub async fn finish(mut self) -> Outcome<Arrived> {
        self.staging.sync().await?;
        let bytes = signed(self.staging.bytes());
        let mut tx = self.world.store.begin().await?;
        // This locks the import: two files never get one place, nor one file two.
        let so_far = tx.receive_file(self.import, bytes, self.world.now()).await?;
        let (files, total) = so_far.ok_or_else(over)?;
        if tx.has_import_file(self.import, &self.name, bytes, self.modified).await? {
            return Ok(Arrived::Known);
        }
        if files > i64::from(MAX_FILES) {
            return Err(too_many_files());
        }
        if total > signed(MAX_IMPORT_BYTES) {
            let text = say::too_many_bytes(locale(), MAX_IMPORT_BYTES / 1_000_000_000);
            return Err(Failure::invalid(text));
        }
        let position = tx.next_import_position(self.import).await?;
        let file = NewImportFile {
            bytes: Some(bytes),
            modified_at: Some(self.modified),
            ..NewImportFile::waiting(&self.name, self.staging.name())
        };
        tx.add_import_file(self.import, position, &file).await?;
        tx.commit().await?;
        self.staging.keep();
        Ok(Arrived::Received)
    }
}

/// Notes files that were not sent, with the reason.
///
/// # Errors
/// The import is unknown or takes no more; the database.
pub async fn leave_out(world: &World, import: i64, files: &[(String, String)]) -> Outcome<()> {
    receiving(world, import).await?;
    let mut tx = world.store.begin().await?;
    let first = tx.next_import_position(import).await?;
    if first.saturating_add(i64::try_from(files.len()).unwrap_or(i64::MAX)) > 2 * i64::from(MAX_FILES) {
        return Err(too_many_files());
    }
    for (position, (name, reason)) in (first..).zip(files) {
        let (name, reason) = (kept_name(name), kept_name(reason));
        let file =
            NewImportFile { state: FileState::Refused, ..NewImportFile::refused(&name, Some(&reason)) };
        tx.add_import_file(import, position, &file).await?;
    }
    Ok(tx.commit().await?)
}

/// A file or folder that failed, by name.
pub fn failed(path: &Path, source: std::io::Error) -> Failure {
    Failure::File { path: path.display().to_string(), source }
}

fn over() -> Failure {
    Failure::conflict(say::takes_no_more(locale()))
}

fn too_many_files() -> Failure {
    Failure::invalid(say::too_many_files(locale(), MAX_FILES))
}

fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
