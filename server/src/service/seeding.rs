//! Seeds synsets into a project and tells how imports stand.

use super::importing::discard_waiting;
use super::ontology::words;
use super::selection;
use super::{Failure, Outcome};
use crate::world::World;
use app::api::seeding::{FileLine, FileState, ImportCounts, ImportPage, ImportState};
use app::api::selection::{SeedPage, SeedRequest};
use app::backend::{Answer, Seeding};
use app::viewer::Admin;
use async_trait::async_trait;
use store::jobs::{FileState as StoredFileState, ImportFileRow, JobRow, JobState};

/// Files that an import's page lists.
const FILES: i64 = 500;
/// Imports that a project's page lists.
const IMPORTS: i64 = 20;

/// Implements [`Seeding`].
pub struct SeedingService {
    world: World,
}

#[async_trait]
impl Seeding for SeedingService {
    async fn page(
        &self,
        _: &Admin,
        project: i64,
        request: &SeedRequest,
        open: &[String],
    ) -> Answer<SeedPage> {
        Ok(selection::page(&self.world, project, request, open).await?)
    }

    async fn seed(&self, admin: &Admin, project: i64, request: &SeedRequest) -> Answer<u32> {
        Ok(selection::seed(&self.world, admin, project, request).await?)
    }

    async fn undo(&self, admin: &Admin, project: i64, seeding: i64) -> Answer<u32> {
        Ok(selection::undo(&self.world, admin, project, seeding).await?)
    }

    async fn import(&self, _: &Admin, import: i64) -> Answer<ImportPage> {
        Ok(self.import_page(&self.job(import).await?, FILES).await?)
    }

    async fn imports(&self, _: &Admin, project: i64) -> Answer<Vec<ImportPage>> {
        Ok(self.pages(project).await?)
    }

    async fn cancel_import(&self, admin: &Admin, import: i64) -> Answer<()> {
        Ok(self.cancel(admin, import).await?)
    }
}

impl SeedingService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world }
    }

    async fn project_name(&self, project: i64) -> Outcome<String> {
        let unknown = || Failure::not_found(format!("There is no project {project}."));
        Ok(self.world.store.project(project).await?.ok_or_else(unknown)?.name)
    }

    async fn job(&self, import: i64) -> Outcome<JobRow> {
        self.world
            .store
            .job(import)
            .await?
            .ok_or_else(|| Failure::not_found(format!("There is no import {import}.")))
    }

    async fn pages(&self, project: i64) -> Outcome<Vec<ImportPage>> {
        self.project_name(project).await?;
        let mut pages = Vec::new();
        for job in self.world.store.imports_of_project(project, IMPORTS).await? {
            pages.push(self.import_page(&job, 0).await?);
        }
        Ok(pages)
    }

    async fn import_page(&self, job: &JobRow, files: i64) -> Outcome<ImportPage> {
        let broken = || Failure::Defect(format!("import {} has no synset", job.job_id));
        let synset = self
            .world
            .store
            .project_synset_by_id(job.project_synset_id.ok_or_else(broken)?)
            .await?
            .ok_or_else(broken)?;
        let counts = self.world.store.import_counts(job.job_id).await?;
        let mut notable = self.world.store.import_files(job.job_id, -1, files, true).await?;
        notable.sort_by_key(|file| (file.state != StoredFileState::Refused, file.position));
        Ok(ImportPage {
            import: job.job_id,
            project: (synset.project_id, self.project_name(synset.project_id).await?),
            synset: (synset.wnid.to_string(), words(&self.world.ontology.get(), synset.wnid)),
            state: import_state(job.state),
            message: job.message.clone(),
            counts: ImportCounts {
                files: counts.files,
                waiting: counts.waiting,
                added: counts.added,
                known: counts.known,
                duplicate: counts.duplicate,
                refused: counts.refused,
            },
            files: notable.into_iter().map(file_line).collect(),
            created_at: job.created_at,
        })
    }

    async fn cancel(&self, admin: &Admin, import: i64) -> Outcome<()> {
        let job = self.job(import).await?;
        if matches!(job.state, JobState::Finished | JobState::Failed | JobState::Cancelled) {
            return Err(Failure::conflict("This import is over already."));
        }
        let now = self.world.now();
        let mut tx = self.world.store.begin().await?;
        tx.set_job_state(
            import,
            JobState::Cancelled,
            Some("Stopped by an admin; what went in before stays."),
            Some(now),
        )
        .await?;
        tx.record_event(Some(admin.id()), "cancel", &format!("import {import}"), "", now).await?;
        tx.commit().await?;
        discard_waiting(&self.world, import).await
    }
}

fn import_state(state: JobState) -> ImportState {
    match state {
        JobState::Receiving => ImportState::Receiving,
        JobState::Queued => ImportState::Queued,
        JobState::Running => ImportState::Running,
        JobState::Finished => ImportState::Finished,
        JobState::Failed => ImportState::Failed,
        JobState::Cancelled => ImportState::Cancelled,
    }
}

fn file_line(row: ImportFileRow) -> FileLine {
    let state = match row.state {
        StoredFileState::Waiting => FileState::Waiting,
        StoredFileState::Added => FileState::Added,
        StoredFileState::Known => FileState::Known,
        StoredFileState::Duplicate => FileState::Duplicate,
        StoredFileState::Refused => FileState::Refused,
    };
    FileLine { name: row.name, state, reason: row.reason }
}
