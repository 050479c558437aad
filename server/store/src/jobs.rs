//! Work that outlives a request, kept as rows so that a restart takes it up again: imports and their files.

use sqlx::FromRow;

use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

mod files;

pub use files::{FileFilter, ImportCountsRow, ImportFileRow, NewImportFile, SynsetCountsRow};

text_enum! {
    /// Where a job stands.
    JobState, "state of a job" {
        /// Its files are still arriving.
        Receiving = "receiving",
        /// It waits for its turn.
        Queued = "queued",
        /// It is being worked on.
        Running = "running",
        /// All is done.
        Finished = "finished",
        /// It can't go on; the message says why.
        Failed = "failed",
        /// Someone stopped it.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What became of a file of an import.
    FileState, "state of a file" {
        /// Not looked at yet.
        Waiting = "waiting",
        /// A new candidate.
        Added = "added",
        /// The synset has this very image already.
        Known = "known",
        /// A new candidate, but a near duplicate of another.
        Duplicate = "duplicate",
        /// Not taken; the reason says why.
        Refused = "refused",
        /// A table of provenance: its lines were read.
        Read = "read",
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct JobRow {
    pub job_id: i64,
    pub kind: String,
    #[sqlx(try_from = "Parsed<JobState>")]
    pub state: JobState,
    /// How often it was begun.
    pub attempts: i64,
    /// How often that failed since somebody queued it.
    pub failures: i64,
    pub project_id: Option<i64>,
    /// What files are proposed for that no table names.
    pub project_synset_id: Option<i64>,
    pub created_by: Option<i64>,
    pub source_url: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    pub creator: Option<String>,
    pub found_by: Option<String>,
    pub message: Option<String>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
    /// When the last file came by itself.
    pub received_at: Option<i64>,
    /// Files that came by themselves.
    pub received_files: i64,
    /// Their bytes.
    pub received_bytes: i64,
}

impl JobRow {
    /// Whether this row, read now, is still of the attempt that `taken` began.
    pub fn is_attempt_of(&self, taken: &Self) -> bool {
        self.state == JobState::Running && self.attempts == taken.attempts
    }
}

/// Where files come from; what is not known is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names")]
pub struct ProvenanceRow {
    pub source_url: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    pub creator: Option<String>,
    pub found_by: Option<String>,
}

/// The columns of [`JobRow`].
macro_rules! job_columns {
    () => {
        "job_id, kind, state, attempts, failures, project_id, project_synset_id, created_by, source_url, licence, attribution, creator,
         found_by, message, created_at, finished_at, received_at, received_files, received_bytes"
    };
}

/// A job that waits, or that nobody has said a word of for $2 ms at $1; nor is a word from the future one.
macro_rules! to_take {
    () => {
        "state in ('queued', 'running')
         and (state = 'queued' or worked_at is null or worked_at not between $1 - $2 and $1 + $2)"
    };
}

reads! {
    /// The job of this id.
    job(job_id: i64) -> Option<JobRow>, executor => {
        let sql = concat!("select ", job_columns!(), " from job where job_id = $1");
        sqlx::query_as(sql).bind(job_id).fetch_optional(executor).await
    };

    /// Whether there is a job for [`Tx::take_job`].
    has_job_to_take(now: i64, silence: i64) -> bool, executor => {
        let sql = concat!("select exists (select 1 from job where ", to_take!(), ")");
        sqlx::query_scalar(sql).bind(now).bind(silence).fetch_one(executor).await
    };
}

impl Store {
    /// Imports that nobody goes on with: nothing came since `before`, or they stopped before it with files that still wait.
    pub async fn stale_imports(&self, before: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "select job_id from job
                   where (state = 'receiving' and coalesce(received_at, created_at) < $1)
                      or (state in ('failed', 'cancelled') and finished_at < $1 and exists
                          (select 1 from import_file f where f.job_id = job.job_id and f.state = 'waiting'))
                   order by job_id";
        on_db!(self, pool => sqlx::query_scalar(sql).bind(before).fetch_all(pool).await)
    }

    /// Says that an attempt at a job goes on at `now`; false when it does not, because somebody stopped it or took it over.
    pub async fn keep_job(&self, job_id: i64, attempt: i64, now: i64) -> Result<bool, StoreError> {
        let sql = "update job set worked_at = $3 where job_id = $1 and attempts = $2 and state = 'running'";
        on_writer!(self, writer => {
            let query = sqlx::query(sql).bind(job_id).bind(attempt).bind(now);
            query.execute(writer).await.map(|done| done.rows_affected() == 1)
        })
    }

    /// Ends an attempt at a job before its time: whoever comes first takes it.
    pub async fn let_go_of_job(&self, job_id: i64, attempt: i64) -> Result<(), StoreError> {
        let sql = "update job set state = 'queued' where job_id = $1 and attempts = $2 and state = 'running'";
        on_writer!(self, writer => sqlx::query(sql).bind(job_id).bind(attempt).execute(writer).await.map(drop))
    }

    /// At most `limit` imports into a project, newest first.
    pub async fn imports_of_project(&self, project_id: i64, limit: i64) -> Result<Vec<JobRow>, StoreError> {
        let sql = concat!(
            "select ",
            job_columns!(),
            " from job where kind = 'import' and project_id = $1 order by job_id desc limit $2"
        );
        on_db!(self, pool => sqlx::query_as(sql).bind(project_id).bind(limit).fetch_all(pool).await)
    }
}

impl Tx {
    /// Begins an import into a project, in [`JobState::Receiving`]; returns its id. Files go to the synset unless a table
    /// names another.
    pub async fn insert_import(
        &mut self,
        project_id: i64,
        project_synset_id: Option<i64>,
        created_by: Option<i64>,
        provenance: &ProvenanceRow,
        now: i64,
    ) -> Result<i64, StoreError> {
        let sql = "insert into job (kind, state, project_id, project_synset_id, created_by, source_url, licence, attribution,
                                    creator, created_at, found_by)
                   values ('import', 'receiving', $1, $2, $3, $4, $5, $6, $7, $8, $9) returning job_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(project_id).bind(project_synset_id).bind(created_by);
            let query = query.bind(&provenance.source_url);
            let query = query.bind(&provenance.licence).bind(&provenance.attribution).bind(&provenance.creator);
            query.bind(now).bind(&provenance.found_by).fetch_one(connection).await
        })
    }

    /// Moves a job to a state. Fails with [`StoreError::NotFound`].
    pub async fn set_job_state(
        &mut self,
        job_id: i64,
        state: JobState,
        message: Option<&str>,
        finished_at: Option<i64>,
    ) -> Result<(), StoreError> {
        let sql = "update job set state = $2, message = $3, finished_at = $4 where job_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(job_id).bind(state.as_str()).bind(message).bind(finished_at);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        if changed == 1 { Ok(()) } else { Err(StoreError::NotFound(format!("there is no job {job_id}"))) }
    }

    /// Notes that a file of so many bytes came by itself, and locks the import; returns how many files and bytes came so far,
    /// or `None` when the import takes no more.
    pub async fn receive_file(
        &mut self,
        job_id: i64,
        bytes: i64,
        now: i64,
    ) -> Result<Option<(i64, i64)>, StoreError> {
        let sql = "update job set received_files = received_files + 1, received_bytes = received_bytes + $2, received_at = $3
                   where job_id = $1 and state = 'receiving' returning received_files, received_bytes";
        on_tx!(self, connection => {
            sqlx::query_as(sql).bind(job_id).bind(bytes).bind(now).fetch_optional(connection).await
        })
    }

    /// Queues an import that is receiving, failed or cancelled, as if it had never been tried; says whether it was one.
    pub async fn queue_import(&mut self, job_id: i64) -> Result<bool, StoreError> {
        let sql = "update job set state = 'queued', failures = 0, message = null, finished_at = null
                   where job_id = $1 and state in ('receiving', 'failed', 'cancelled')";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(job_id);
            query.execute(connection).await.map(|done| done.rows_affected() == 1)
        })
    }

    /// Notes that an attempt at a job failed.
    pub async fn count_failure(&mut self, job_id: i64) -> Result<(), StoreError> {
        let sql = "update job set failures = failures + 1 where job_id = $1";
        on_tx!(self, connection => sqlx::query(sql).bind(job_id).execute(connection).await.map(drop))
    }

    /// Takes the oldest job that waits, or that a server has said nothing of for `silence` ms at `now`: it is running then, with
    /// one attempt more. Two callers never take the same one.
    pub async fn take_job(&mut self, now: i64, silence: i64) -> Result<Option<JobRow>, StoreError> {
        let sql = concat!(
            "update job set state = 'running', attempts = attempts + 1, worked_at = $1
             where ",
            to_take!(),
            " and job_id = (select min(job_id) from job where ",
            to_take!(),
            ") returning ",
            job_columns!()
        );
        on_tx!(self, connection => sqlx::query_as(sql).bind(now).bind(silence).fetch_optional(connection).await)
    }
}
