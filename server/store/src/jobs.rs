//! Work that outlives a request, kept as rows so that a restart takes it up again: imports and their files.

use sqlx::FromRow;

use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

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
    pub attempts: i64,
    pub project_synset_id: Option<i64>,
    pub created_by: Option<i64>,
    pub source_url: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    pub creator: Option<String>,
    pub message: Option<String>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

/// Where all files of an import come from; what is not known is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, by their names")]
pub struct ProvenanceRow {
    pub source_url: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    pub creator: Option<String>,
}

/// A file of an import.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct ImportFileRow {
    pub job_id: i64,
    pub position: i64,
    pub name: String,
    pub staged: Option<String>,
    #[sqlx(try_from = "Parsed<FileState>")]
    pub state: FileState,
    pub reason: Option<String>,
    pub candidate_id: Option<i64>,
}

/// How many files of an import are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the states of a file, by their names")]
pub struct ImportCountsRow {
    /// In all.
    pub files: i64,
    pub waiting: i64,
    pub added: i64,
    pub known: i64,
    pub duplicate: i64,
    pub refused: i64,
}

/// The columns of [`JobRow`].
macro_rules! job_columns {
    () => {
        "job_id, kind, state, attempts, project_synset_id, created_by, source_url, licence, attribution, creator, message,
         created_at, finished_at"
    };
}

reads! {
    /// The job of this id.
    job(job_id: i64) -> Option<JobRow>, executor => {
        let sql = concat!("select ", job_columns!(), " from job where job_id = $1");
        sqlx::query_as(sql).bind(job_id).fetch_optional(executor).await
    };

    /// Whether a job waits for its turn.
    has_queued_job() -> bool, executor => {
        sqlx::query_scalar("select exists (select 1 from job where state = 'queued')").fetch_one(executor).await
    };

    /// How many files of an import are in each state.
    import_counts(job_id: i64) -> ImportCountsRow, executor => {
        let sql = "select count(*) as files, count(*) filter (where state = 'waiting') as waiting,
                          count(*) filter (where state = 'added') as added,
                          count(*) filter (where state = 'known') as known,
                          count(*) filter (where state = 'duplicate') as duplicate,
                          count(*) filter (where state = 'refused') as refused
                   from import_file where job_id = $1";
        sqlx::query_as(sql).bind(job_id).fetch_one(executor).await
    };
}

impl Store {
    /// At most `limit` imports into the synsets of a project, newest first.
    pub async fn imports_of_project(&self, project_id: i64, limit: i64) -> Result<Vec<JobRow>, StoreError> {
        let sql = concat!(
            "select ",
            job_columns!(),
            " from job where kind = 'import' and project_synset_id in
                  (select p.project_synset_id from project_synset p where p.project_id = $1)
              order by job_id desc limit $2"
        );
        on_db!(self, pool => sqlx::query_as(sql).bind(project_id).bind(limit).fetch_all(pool).await)
    }

    /// At most `limit` files of an import after a position (`-1` is before the first), in their order. With `only_notable`,
    /// those that were not simply added.
    pub async fn import_files(
        &self,
        job_id: i64,
        after_position: i64,
        limit: i64,
        only_notable: bool,
    ) -> Result<Vec<ImportFileRow>, StoreError> {
        let sql = "select job_id, position, name, staged, state, reason, candidate_id from import_file
                   where job_id = $1 and position > $2 and (not $3 or state in ('known', 'duplicate', 'refused'))
                   order by position limit $4";
        on_db!(self, pool => {
            let query = sqlx::query_as(sql).bind(job_id).bind(after_position).bind(only_notable).bind(limit);
            query.fetch_all(pool).await
        })
    }

    /// At most `limit` files of an import that nobody has looked at, in their order.
    pub async fn waiting_files(&self, job_id: i64, limit: i64) -> Result<Vec<ImportFileRow>, StoreError> {
        let sql = "select job_id, position, name, staged, state, reason, candidate_id from import_file
                   where job_id = $1 and state = 'waiting' order by position limit $2";
        on_db!(self, pool => sqlx::query_as(sql).bind(job_id).bind(limit).fetch_all(pool).await)
    }
}

impl Tx {
    /// Begins an import into a synset, in [`JobState::Receiving`]; returns its id.
    pub async fn insert_import(
        &mut self,
        project_synset_id: i64,
        created_by: Option<i64>,
        provenance: &ProvenanceRow,
        now: i64,
    ) -> Result<i64, StoreError> {
        let sql = "insert into job (kind, state, project_synset_id, created_by, source_url, licence, attribution, creator,
                                    created_at)
                   values ('import', 'receiving', $1, $2, $3, $4, $5, $6, $7) returning job_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(project_synset_id).bind(created_by).bind(&provenance.source_url);
            let query = query.bind(&provenance.licence).bind(&provenance.attribution).bind(&provenance.creator);
            query.bind(now).fetch_one(connection).await
        })
    }

    /// The first position after all files of an import.
    pub async fn next_import_position(&mut self, job_id: i64) -> Result<i64, StoreError> {
        let sql = "select coalesce(max(position), -1) + 1 from import_file where job_id = $1";
        on_tx!(self, connection => sqlx::query_scalar(sql).bind(job_id).fetch_one(connection).await)
    }

    /// Forgets a file of an import: an archive, when its own files stand in its place. Fails with [`StoreError::NotFound`].
    pub async fn delete_import_file(&mut self, job_id: i64, position: i64) -> Result<(), StoreError> {
        let changed = on_tx!(self, connection => {
            let query = sqlx::query("delete from import_file where job_id = $1 and position = $2");
            query.bind(job_id).bind(position).execute(connection).await.map(|done| done.rows_affected())
        })?;
        if changed == 1 {
            Ok(())
        } else {
            Err(StoreError::NotFound(format!("import {job_id} has no file {position}")))
        }
    }

    /// Notes a file of an import; `staged` names its bytes until they are looked at. Fails with [`StoreError::Conflict`] when
    /// the position is taken.
    pub async fn add_import_file(
        &mut self,
        job_id: i64,
        position: i64,
        name: &str,
        staged: Option<&str>,
        state: FileState,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "insert into import_file (job_id, position, name, staged, state, reason)
                   values ($1, $2, $3, $4, $5, $6)";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(job_id).bind(position).bind(name).bind(staged);
            query.bind(state.as_str()).bind(reason).execute(connection).await.map(drop)
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

    /// Takes the oldest queued job: it is running then, with one attempt more. Two callers never take the same one.
    pub async fn take_job(&mut self) -> Result<Option<JobRow>, StoreError> {
        let sql = concat!(
            "update job set state = 'running', attempts = attempts + 1
             where state = 'queued' and job_id = (select min(q.job_id) from job q where q.state = 'queued')
             returning ",
            job_columns!()
        );
        on_tx!(self, connection => sqlx::query_as(sql).fetch_optional(connection).await)
    }

    /// At the start of the program: queues the jobs again that were running when it stopped; returns how many there were.
    pub async fn requeue_running(&mut self) -> Result<u64, StoreError> {
        on_tx!(self, connection => {
            let query = sqlx::query("update job set state = 'queued' where state = 'running'");
            query.execute(connection).await.map(|done| done.rows_affected())
        })
    }

    /// Gives up the jobs whose files are still arriving though they began before `begun_before`; returns how many there were.
    pub async fn fail_receiving(
        &mut self,
        begun_before: i64,
        message: &str,
        now: i64,
    ) -> Result<u64, StoreError> {
        let sql = "update job set state = 'failed', message = $2, finished_at = $3
                   where state = 'receiving' and created_at < $1";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(begun_before).bind(message).bind(now);
            query.execute(connection).await.map(|done| done.rows_affected())
        })
    }

    /// Notes what became of a file, once: its staged bytes are no longer named. Fails with [`StoreError::NotFound`].
    pub async fn finish_import_file(
        &mut self,
        job_id: i64,
        position: i64,
        state: FileState,
        reason: Option<&str>,
        candidate_id: Option<i64>,
    ) -> Result<(), StoreError> {
        let sql = "update import_file set state = $3, reason = $4, candidate_id = $5, staged = null
                   where job_id = $1 and position = $2";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(job_id).bind(position).bind(state.as_str()).bind(reason).bind(candidate_id);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        if changed == 1 {
            Ok(())
        } else {
            Err(StoreError::NotFound(format!("import {job_id} has no file {position}")))
        }
    }
}
