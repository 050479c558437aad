//! The files of imports, and what became of each.

use sqlx::FromRow;

use super::{FileState, ProvenanceRow};
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

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
    pub project_synset_id: Option<i64>,
    pub bytes: Option<i64>,
    #[sqlx(flatten)]
    pub provenance: ProvenanceRow,
}

/// A file of an import to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewImportFile<'a> {
    /// Its name, as data.
    pub name: &'a str,
    /// Names its bytes until they are looked at.
    pub staged: Option<&'a str>,
    /// Waiting, or refused at once.
    pub state: FileState,
    /// Why it was refused.
    pub reason: Option<&'a str>,
    /// Its length, where it came by itself.
    pub bytes: Option<i64>,
    /// When it was last changed, as the browser said it (Unix ms).
    pub modified_at: Option<i64>,
}

impl<'a> NewImportFile<'a> {
    /// A file that waits to be looked at.
    #[must_use]
    pub fn waiting(name: &'a str, staged: &'a str) -> Self {
        Self { staged: Some(staged), state: FileState::Waiting, ..Self::refused(name, None) }
    }

    /// A file that is not taken.
    #[must_use]
    pub fn refused(name: &'a str, reason: Option<&'a str>) -> Self {
        Self { name, staged: None, state: FileState::Refused, reason, bytes: None, modified_at: None }
    }
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
    pub read: i64,
}

/// The same for the files of one synset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct SynsetCountsRow {
    /// The synset; none for files that are proposed for nothing.
    pub project_synset_id: Option<i64>,
    /// How many files are in each state.
    #[sqlx(flatten)]
    pub counts: ImportCountsRow,
}

/// Which files of an import are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFilter {
    /// Every one.
    All,
    /// Those that were not simply added.
    Notable,
    /// Those in a state.
    In(FileState),
}

macro_rules! file_columns {
    () => {
        "job_id, position, name, staged, state, reason, candidate_id, project_synset_id, bytes, source_url, licence,
         attribution, creator, found_by"
    };
}

macro_rules! state_counts {
    () => {
        "count(*) as files, count(*) filter (where f.state = 'waiting') as waiting,
         count(*) filter (where f.state = 'added') as added, count(*) filter (where f.state = 'known') as known,
         count(*) filter (where f.state = 'duplicate') as duplicate,
         count(*) filter (where f.state = 'refused') as refused, count(*) filter (where f.state = 'read') as read"
    };
}

reads! {
    /// How many files of an import are in each state.
    import_counts(job_id: i64) -> ImportCountsRow, executor => {
        let sql = concat!("select ", state_counts!(), " from import_file f where f.job_id = $1");
        sqlx::query_as(sql).bind(job_id).fetch_one(executor).await
    };

    /// Whether this file came already: the same name, length and time of its last change.
    has_import_file(job_id: i64, name: &str, bytes: i64, modified_at: i64) -> bool, executor => {
        let sql = "select exists (select 1 from import_file
                                  where job_id = $1 and name = $2 and bytes = $3 and modified_at = $4)";
        sqlx::query_scalar(sql).bind(job_id).bind(name).bind(bytes).bind(modified_at).fetch_one(executor).await
    };

    /// Every file of an import that nobody has looked at, in its order.
    every_waiting_file(job_id: i64) -> Vec<ImportFileRow>, executor => {
        let sql = concat!(
            "select ", file_columns!(), " from import_file where job_id = $1 and state = 'waiting' order by position"
        );
        sqlx::query_as(sql).bind(job_id).fetch_all(executor).await
    };
}

impl Store {
    /// Files of an import by synset; those of the import's own synset are among them.
    pub async fn import_counts_by_synset(&self, job_id: i64) -> Result<Vec<SynsetCountsRow>, StoreError> {
        let sql = concat!(
            "select coalesce(f.project_synset_id, j.project_synset_id) as project_synset_id, ",
            state_counts!(),
            " from import_file f join job j on j.job_id = f.job_id where f.job_id = $1
              group by coalesce(f.project_synset_id, j.project_synset_id)
              order by coalesce(f.project_synset_id, j.project_synset_id)"
        );
        on_db!(self, pool => sqlx::query_as(sql).bind(job_id).fetch_all(pool).await)
    }

    /// At most `limit` files of an import after a position (`-1` is before the first), in their order.
    pub async fn import_files(
        &self,
        job_id: i64,
        filter: FileFilter,
        after_position: i64,
        limit: i64,
    ) -> Result<Vec<ImportFileRow>, StoreError> {
        let sql = concat!(
            "select ",
            file_columns!(),
            " from import_file
              where job_id = $1 and position > $2
                and ($3 = 'all' or state = $3 or ($3 = 'notable' and state in ('known', 'duplicate', 'refused', 'read')))
              order by position limit $4"
        );
        let wanted = match filter {
            FileFilter::All => "all",
            FileFilter::Notable => "notable",
            FileFilter::In(state) => state.as_str(),
        };
        on_db!(self, pool => {
            let query = sqlx::query_as(sql).bind(job_id).bind(after_position).bind(wanted).bind(limit);
            query.fetch_all(pool).await
        })
    }

    /// At most `limit` files of an import that nobody has looked at, in their order.
    pub async fn waiting_files(&self, job_id: i64, limit: i64) -> Result<Vec<ImportFileRow>, StoreError> {
        let sql = concat!(
            "select ",
            file_columns!(),
            " from import_file where job_id = $1 and state = 'waiting' order by position limit $2"
        );
        on_db!(self, pool => sqlx::query_as(sql).bind(job_id).bind(limit).fetch_all(pool).await)
    }

    /// The first file of an import that nobody has looked at and whose name ends in this, whatever its case.
    pub async fn waiting_file_ending(
        &self,
        job_id: i64,
        ending: &str,
    ) -> Result<Option<ImportFileRow>, StoreError> {
        let sql = concat!(
            "select ",
            file_columns!(),
            " from import_file where job_id = $1 and state = 'waiting' and lower(name) like '%' || lower($2)
              order by position limit 1"
        );
        on_db!(self, pool => sqlx::query_as(sql).bind(job_id).bind(ending).fetch_optional(pool).await)
    }

    /// The names under which files wait in the folder of uploads.
    pub async fn staged_names(&self) -> Result<Vec<String>, StoreError> {
        let sql = "select staged from import_file where staged is not null";
        on_db!(self, pool => sqlx::query_scalar(sql).fetch_all(pool).await)
    }

    /// Name, length and time of the last change of every file that came by itself.
    pub async fn received_files(&self, job_id: i64) -> Result<Vec<(String, i64, i64)>, StoreError> {
        let sql = "select name, bytes, modified_at from import_file
                   where job_id = $1 and bytes is not null and modified_at is not null order by position";
        on_db!(self, pool => sqlx::query_as(sql).bind(job_id).fetch_all(pool).await)
    }
}

impl Tx {
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
        found(changed, job_id, position)
    }

    /// Notes a file of an import. Fails with [`StoreError::Conflict`] when the position is taken.
    pub async fn add_import_file(
        &mut self,
        job_id: i64,
        position: i64,
        file: &NewImportFile<'_>,
    ) -> Result<(), StoreError> {
        let sql =
            "insert into import_file (job_id, position, name, staged, state, reason, bytes, modified_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8)";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(job_id).bind(position).bind(file.name).bind(file.staged);
            let query = query.bind(file.state.as_str()).bind(file.reason).bind(file.bytes).bind(file.modified_at);
            query.execute(connection).await.map(drop)
        })
    }

    /// Notes what a table says of a file: what it is proposed for, and where it comes from. Fails with
    /// [`StoreError::NotFound`].
    pub async fn describe_import_file(
        &mut self,
        job_id: i64,
        position: i64,
        project_synset_id: Option<i64>,
        provenance: &ProvenanceRow,
    ) -> Result<(), StoreError> {
        let sql = "update import_file
                   set project_synset_id = $3, source_url = $4, licence = $5, attribution = $6, creator = $7, found_by = $8
                   where job_id = $1 and position = $2";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(job_id).bind(position).bind(project_synset_id);
            let query = query.bind(&provenance.source_url).bind(&provenance.licence).bind(&provenance.attribution);
            query.bind(&provenance.creator).bind(&provenance.found_by).execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, job_id, position)
    }

    /// Notes what became of a file that waits: its staged bytes are no longer named. False when no such file waits any more: what is
    /// noted of it stands.
    pub async fn finish_import_file(
        &mut self,
        job_id: i64,
        position: i64,
        state: FileState,
        reason: Option<&str>,
        candidate_id: Option<i64>,
    ) -> Result<bool, StoreError> {
        let sql = "update import_file set state = $3, reason = $4, candidate_id = $5, staged = null
                   where job_id = $1 and position = $2 and state = 'waiting'";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(job_id).bind(position).bind(state.as_str()).bind(reason).bind(candidate_id);
            query.execute(connection).await.map(|done| done.rows_affected() == 1)
        })
    }

    /// Refuses every file of an import that still waits; returns how many.
    pub async fn refuse_waiting_files(&mut self, job_id: i64, reason: &str) -> Result<u64, StoreError> {
        let sql = "update import_file set state = 'refused', reason = $2, staged = null
                   where job_id = $1 and state = 'waiting'";
        on_tx!(self, connection => {
            sqlx::query(sql).bind(job_id).bind(reason).execute(connection).await.map(|done| done.rows_affected())
        })
    }
}

fn found(changed: u64, job_id: i64, position: i64) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::NotFound(format!("import {job_id} has no file {position}")))
    }
}
