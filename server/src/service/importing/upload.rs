//! Receives an upload: bytes go to a folder as they come, under names of our own; a job looks at them afterwards.

use super::Provenance;
use crate::service::ontology::known;
use crate::service::{Failure, Outcome};
use crate::world::World;
use app::viewer::Admin;
use bytes::Bytes;
use media::limits::MAX_FILE_BYTES;
use std::path::{Path, PathBuf};
use store::jobs::{FileState, JobState};
use tokio::io::AsyncWriteExt;

/// Longest file name that is kept, in characters.
const MAX_NAME: usize = 255;

/// Most files of one upload.
pub const MAX_FILES: i64 = 20_000;
/// Largest zip archive, in bytes.
pub const MAX_ARCHIVE_FILE_BYTES: u64 = 1_000_000_000;

/// An upload on its way in.
pub struct Upload {
    world: World,
    job: i64,
    files: i64,
    open: Option<Open>,
}

struct Open {
    name: String,
    staged: String,
    file: tokio::fs::File,
    bytes: u64,
    limit: u64,
}

impl Upload {
    /// Opens an import for a synset of a project; the synset must be seeded.
    ///
    /// # Errors
    /// Unknown project or synset; provenance that can't be used; the database.
    pub async fn start(
        world: &World,
        admin: &Admin,
        project: i64,
        wnid: &str,
        provenance: Provenance,
    ) -> Outcome<Self> {
        let wnid = known(&world.ontology.get(), wnid)?;
        let provenance = provenance.checked()?;
        let synset = world.store.project_synset(project, wnid).await?;
        let missing =
            || Failure::not_found(format!("Synset {wnid} is not seeded in this project; seed it first."));
        let synset = synset.ok_or_else(missing)?;
        let mut tx = world.store.begin().await?;
        let job = tx
            .insert_import(synset.project_synset_id, Some(admin.id()), &provenance.row(), world.now())
            .await?;
        tx.commit().await?;
        Ok(Self { world: world.clone(), job, files: 0, open: None })
    }

    /// Begins a file; the bytes follow by [`Self::write`].
    ///
    /// # Errors
    /// Too many files; the folder can't be written.
    pub async fn open(&mut self, name: &str) -> Outcome<()> {
        self.close().await?;
        if self.files >= MAX_FILES {
            return Err(Failure::invalid(format!(
                "At most {MAX_FILES} files can come in one upload; send the rest in another."
            )));
        }
        let staged = format!("{}-{}", self.job, self.files);
        let path = staged_path(&self.world, &staged);
        let file = tokio::fs::File::create(&path).await.map_err(|source| failed(&path, source))?;
        let name: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
        let limit = if is_archive(&name) { MAX_ARCHIVE_FILE_BYTES } else { MAX_FILE_BYTES };
        self.open = Some(Open { name, staged, file, bytes: 0, limit });
        self.files += 1;
        Ok(())
    }

    /// Takes some bytes of the open file. What is over the limit is passed over; the file is refused when it is closed.
    ///
    /// # Errors
    /// The folder can't be written.
    pub async fn write(&mut self, bytes: &Bytes) -> Outcome<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.bytes = open.bytes.saturating_add(bytes.len() as u64);
        if open.bytes > open.limit {
            return Ok(());
        }
        let path = staged_path(&self.world, &open.staged);
        open.file.write_all(bytes).await.map_err(|source| failed(&path, source))
    }

    /// Ends the open file, if there is one.
    ///
    /// # Errors
    /// The folder can't be written; the database.
    pub async fn close(&mut self) -> Outcome<()> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        let path = staged_path(&self.world, &open.staged);
        open.file.flush().await.map_err(|source| failed(&path, source))?;
        open.file.sync_all().await.map_err(|source| failed(&path, source))?;
        let refused = (open.bytes > open.limit)
            .then(|| format!("has more than {} MB; at most that many are taken", open.limit / 1_000_000));
        let (staged, state) = match &refused {
            Some(_) => (None, FileState::Refused),
            None => (Some(open.staged.as_str()), FileState::Waiting),
        };
        if refused.is_some() {
            discard(&path).await;
        }
        let mut tx = self.world.store.begin().await?;
        tx.add_import_file(self.job, self.files - 1, &open.name, staged, state, refused.as_deref()).await?;
        Ok(tx.commit().await?)
    }

    /// Hands the import to the job that looks at its files, and returns its id.
    ///
    /// # Errors
    /// No file came; the database.
    pub async fn finish(mut self) -> Outcome<i64> {
        self.close().await?;
        if self.files == 0 {
            self.set_state(JobState::Failed, Some("No file was chosen.")).await?;
            return Err(Failure::invalid(
                "No file was chosen. Choose one or more pictures, or a zip archive.",
            ));
        }
        self.set_state(JobState::Queued, None).await?;
        Ok(self.job)
    }

    /// Gives the import up; what was staged is removed.
    pub async fn abandon(mut self, why: &str) {
        self.open = None;
        for file in 0..self.files {
            discard(&staged_path(&self.world, &format!("{}-{file}", self.job))).await;
        }
        if let Err(error) = self.set_state(JobState::Failed, Some(why)).await {
            tracing::warn!(%error, job = self.job, "an abandoned import could not be marked; the next start will");
        }
    }

    async fn set_state(&self, state: JobState, message: Option<&str>) -> Outcome<()> {
        let finished_at = (state == JobState::Failed).then(|| self.world.now());
        let mut tx = self.world.store.begin().await?;
        tx.set_job_state(self.job, state, message, finished_at).await?;
        Ok(tx.commit().await?)
    }
}

/// Where a staged file waits.
pub fn staged_path(world: &World, staged: &str) -> PathBuf {
    world.incoming.join(staged)
}

/// Removes a staged file that is no longer needed; one that can't be removed only takes room.
pub async fn discard(path: &Path) {
    if let Err(error) = tokio::fs::remove_file(path).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "a staged file could not be removed");
    }
}

/// A file or folder that failed, by name.
pub fn failed(path: &Path, source: std::io::Error) -> Failure {
    Failure::File { path: path.display().to_string(), source }
}

/// A zip archive, by its name: it has another size limit. What it really is, its bytes tell.
pub fn is_archive(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".zip")
}
