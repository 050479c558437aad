//! What screens ask of imports: how they stand, and to open, stop or resume them.

use super::Provenance;
use super::upload::{finish, leave_out, open, receiving};
use crate::language::locale;
use crate::service::judging::Tables;
use crate::service::ontology::words;
use crate::service::{Failure, Outcome};
use crate::texts::{imports as say, missing};
use crate::world::World;
use app::api::duplicates::{Decision, DuplicatesPage, PairFilter};
use app::api::importing::{
    FileFilter, FileKey, FileLine, FileState, ImportCounts, ImportForm, ImportPage, ImportState,
    ImportSynset, LeftOut, MAX_ASKED,
};
use app::backend::{Answer, Importing, Origin};
use app::viewer::Admin;
use async_trait::async_trait;
use std::collections::HashSet;
use store::jobs::{
    FileFilter as StoredFilter, FileState as StoredFileState, ImportCountsRow, ImportFileRow, JobRow,
    JobState,
};

/// Files on one page of an import.
const FILES: i64 = 200;
/// Imports that the form lists.
const IMPORTS: i64 = 20;

/// Implements [`Importing`].
pub struct ImportingService {
    pub(super) world: World,
    pub(super) tables: Tables,
}

#[async_trait]
impl Importing for ImportingService {
    async fn form(&self, _: &Admin, project: i64) -> Answer<ImportForm> {
        Ok(self.shown_form(project).await?)
    }

    async fn page(
        &self,
        _: &Admin,
        import: i64,
        shown: FileFilter,
        after: Option<i64>,
    ) -> Answer<ImportPage> {
        Ok(self.shown(&self.job(import).await?, Some((shown, after))).await?)
    }

    async fn open(&self, admin: &Admin, project: i64, wnid: &str, from: &Origin) -> Answer<i64> {
        let from = Provenance::parse(from)?;
        Ok(open(&self.world, admin, project, wnid, &from).await?)
    }

    async fn missing(&self, _: &Admin, import: i64, files: &[FileKey]) -> Answer<Vec<u32>> {
        Ok(self.not_received(import, files).await?)
    }

    async fn leave_out(&self, _: &Admin, import: i64, files: Vec<LeftOut>) -> Answer<()> {
        asked(files.len())?;
        let files: Vec<(String, String)> = files.into_iter().map(|file| (file.name, file.reason)).collect();
        Ok(leave_out(&self.world, import, &files).await?)
    }

    async fn finish(&self, _: &Admin, import: i64) -> Answer<()> {
        Ok(finish(&self.world, import).await?)
    }

    async fn cancel(&self, admin: &Admin, import: i64) -> Answer<()> {
        Ok(self.cancelled(admin, import).await?)
    }

    async fn resume(&self, admin: &Admin, import: i64) -> Answer<()> {
        Ok(self.resumed(admin, import).await?)
    }

    async fn duplicates(
        &self,
        _: &Admin,
        project: i64,
        wnid: &str,
        shown: PairFilter,
        after: Option<&str>,
    ) -> Answer<DuplicatesPage> {
        Ok(self.pairs(project, wnid, shown, after).await?)
    }

    async fn review(&self, admin: &Admin, left: i64, right: i64, decision: Decision) -> Answer<String> {
        Ok(self.reviewed(admin, left, right, decision).await?)
    }
}

impl ImportingService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world, tables: Tables::default() }
    }

    pub(super) async fn project_name(&self, project: i64) -> Outcome<String> {
        let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
        Ok(self.world.store.project(project).await?.ok_or_else(unknown)?.name)
    }

    async fn job(&self, import: i64) -> Outcome<JobRow> {
        let unknown = || Failure::not_found(missing::import(locale(), import.to_string()));
        self.world.store.job(import).await?.ok_or_else(unknown)
    }

    async fn shown_form(&self, project: i64) -> Outcome<ImportForm> {
        let name = self.project_name(project).await?;
        let mut latest = Vec::new();
        for job in self.world.store.imports_of_project(project, IMPORTS).await? {
            latest.push(self.shown(&job, None).await?);
        }
        Ok(ImportForm { project: name, latest })
    }

    async fn shown(&self, job: &JobRow, files: Option<(FileFilter, Option<i64>)>) -> Outcome<ImportPage> {
        let store = &self.world.store;
        let project =
            job.project_id.ok_or_else(|| Failure::Defect(format!("import {} has no project", job.job_id)))?;
        let counts = store.import_counts(job.job_id).await?;
        let (mut lines, mut next, mut synsets) = (Vec::new(), None, Vec::new());
        let shown = files.map(|(shown, _)| shown).unwrap_or_default();
        if let Some((_, after)) = files {
            lines =
                store.import_files(job.job_id, stored_filter(shown), after.unwrap_or(-1), FILES + 1).await?;
            if lines.len() > usize::try_from(FILES).unwrap_or(usize::MAX) {
                lines.pop();
                next = lines.last().map(|file| file.position);
            }
            for row in store.import_counts_by_synset(job.job_id).await? {
                let Some(id) = row.project_synset_id else { continue };
                let (wnid, words) = self.synset(id).await?;
                synsets.push(ImportSynset { wnid, words, counts: shown_counts(&row.counts) });
            }
        }
        let synset = match job.project_synset_id {
            Some(id) => Some(self.synset(id).await?),
            None => None,
        };
        Ok(ImportPage {
            import: job.job_id,
            project: (project, self.project_name(project).await?),
            synset,
            synsets,
            state: import_state(job.state),
            message: job.message.clone(),
            counts: shown_counts(&counts),
            shown,
            files: lines.into_iter().map(file_line).collect(),
            next,
            can_resume: stopped(job) && counts.waiting > 0,
            created_at: job.created_at,
        })
    }

    async fn synset(&self, project_synset: i64) -> Outcome<(String, Vec<String>)> {
        let missing = || Failure::Defect(format!("synset {project_synset} of an import is missing"));
        let row = self.world.store.project_synset_by_id(project_synset).await?.ok_or_else(missing)?;
        Ok((row.wnid.to_string(), words(&self.world.ontology.get(), row.wnid)))
    }

    async fn not_received(&self, import: i64, files: &[FileKey]) -> Outcome<Vec<u32>> {
        asked(files.len())?;
        receiving(&self.world, import).await?;
        let received: HashSet<(String, i64, i64)> =
            self.world.store.received_files(import).await?.into_iter().collect();
        let is_missing = |file: &FileKey| {
            !received.contains(&(super::staging::kept_name(&file.name), file.bytes, file.modified))
        };
        Ok((0..).zip(files).filter(|(_, file)| is_missing(file)).map(|(place, _)| place).collect())
    }

    async fn cancelled(&self, admin: &Admin, import: i64) -> Outcome<()> {
        let job = self.job(import).await?;
        if stopped(&job) || job.state == JobState::Finished {
            return Err(Failure::conflict(say::is_over(locale())));
        }
        let now = self.world.now();
        let message =
            "Stopped by an admin. What went in stays; for a day the import can be resumed with the rest.";
        let mut tx = self.world.store.begin().await?;
        tx.set_job_state(import, JobState::Cancelled, Some(message), Some(now)).await?;
        tx.record_event(Some(admin.id()), "cancel", &format!("import {import}"), "", now).await?;
        Ok(tx.commit().await?)
    }

    async fn resumed(&self, admin: &Admin, import: i64) -> Outcome<()> {
        let job = self.job(import).await?;
        if !stopped(&job) {
            return Err(Failure::conflict(say::has_not_stopped(locale())));
        }
        let mut tx = self.world.store.begin().await?;
        if tx.every_waiting_file(import).await?.is_empty() {
            return Err(Failure::conflict(say::nothing_waits(locale())));
        }
        tx.queue_import(import).await?;
        tx.record_event(Some(admin.id()), "resume", &format!("import {import}"), "", self.world.now())
            .await?;
        Ok(tx.commit().await?)
    }
}

fn asked(files: usize) -> Outcome<()> {
    if files <= MAX_ASKED {
        Ok(())
    } else {
        Err(Failure::invalid(say::too_many_asked(locale(), files, MAX_ASKED)))
    }
}

fn stopped(job: &JobRow) -> bool {
    matches!(job.state, JobState::Failed | JobState::Cancelled)
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

fn shown_counts(row: &ImportCountsRow) -> ImportCounts {
    ImportCounts {
        files: row.files,
        waiting: row.waiting,
        added: row.added,
        known: row.known,
        duplicate: row.duplicate,
        refused: row.refused,
        read: row.read,
    }
}

fn stored_filter(shown: FileFilter) -> StoredFilter {
    match shown {
        FileFilter::All => StoredFilter::All,
        FileFilter::Notable => StoredFilter::Notable,
        FileFilter::In(state) => StoredFilter::In(match state {
            FileState::Waiting => StoredFileState::Waiting,
            FileState::Added => StoredFileState::Added,
            FileState::Known => StoredFileState::Known,
            FileState::Duplicate => StoredFileState::Duplicate,
            FileState::Refused => StoredFileState::Refused,
            FileState::Read => StoredFileState::Read,
        }),
    }
}

fn file_line(row: ImportFileRow) -> FileLine {
    let state = match row.state {
        StoredFileState::Waiting => FileState::Waiting,
        StoredFileState::Added => FileState::Added,
        StoredFileState::Known => FileState::Known,
        StoredFileState::Duplicate => FileState::Duplicate,
        StoredFileState::Refused => FileState::Refused,
        StoredFileState::Read => FileState::Read,
    };
    FileLine { name: row.name, state, reason: row.reason }
}
