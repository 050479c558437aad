//! The synsets of a project: settings of their own, state, and counters.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::wnid::Wnid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::connect::LOCK_TIMEOUT;
use crate::dialect::{Dialect, id_list};
use crate::rows::Rows;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

text_enum! {
    /// Where a synset of a project stands.
    SynsetState, "state of a synset" {
        /// It has no candidates yet.
        Waiting = "waiting",
        /// The initial sample is being voted on.
        Calibrating = "calibrating",
        /// Its confidence table exists, and the rest is being voted on.
        Labelling = "labelling",
        /// No more votes are asked for; a person must decide.
        Hold = "hold",
        /// Every candidate is settled or escalated.
        Done = "done",
    }
}

/// A synset seeded into a project.
#[derive(Clone, Debug, PartialEq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct ProjectSynsetRow {
    pub project_synset_id: i64,
    pub project_id: i64,
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    pub target_precision: Option<f64>,
    pub threshold: Option<f64>,
    pub rejection: Option<f64>,
    pub initial_sample: Option<i64>,
    pub initial_votes: Option<i64>,
    pub votes_cap: Option<i64>,
    pub batch_size: Option<i64>,
    pub batch_size_phone: Option<i64>,
    pub duplicate_distance: Option<i64>,
    pub paused: bool,
    #[sqlx(try_from = "Parsed<SynsetState>")]
    pub state: SynsetState,
    pub hold_reason: Option<String>,
    pub sample_seed: Option<i64>,
    pub calibration_id: Option<i64>,
    /// The level that its next table leans on.
    pub prior_id: Option<i64>,
    pub difficulty: Option<i64>,
    /// Candidates that are asked about: near duplicates not counted.
    pub candidates: i64,
    pub duplicates: i64,
    pub positive: i64,
    pub negative: i64,
    pub escalated: i64,
    pub votes: i64,
    pub seeded_at: i64,
    /// Grows whenever its candidates, votes or holds change.
    pub revision: i64,
    /// Higher ones are served first.
    pub priority: i64,
}

impl ProjectSynsetRow {
    /// Candidates that are neither settled nor escalated.
    #[must_use]
    pub fn open(&self) -> i64 {
        self.candidates - self.positive - self.negative - self.escalated
    }
}

/// A synset's own settings; `None`: as the project has it. See [`super::ProjectSettings`] for their units.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the settings of a project, by the same names, which are explained there")]
pub struct OverrideSettings {
    pub target_precision: Option<f64>,
    pub threshold: Option<f64>,
    pub rejection: Option<f64>,
    pub initial_sample: Option<i64>,
    pub initial_votes: Option<i64>,
    pub votes_cap: Option<i64>,
    pub batch_size: Option<i64>,
    pub batch_size_phone: Option<i64>,
    pub duplicate_distance: Option<i64>,
}

/// What is added to a synset's counters; negative numbers take away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the counters of a project's synset, by their names")]
pub struct CounterDelta {
    pub candidates: i64,
    pub duplicates: i64,
    pub positive: i64,
    pub negative: i64,
    pub escalated: i64,
    pub votes: i64,
}

impl CounterDelta {
    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.candidates += other.candidates;
        self.duplicates += other.duplicates;
        self.positive += other.positive;
        self.negative += other.negative;
        self.escalated += other.escalated;
        self.votes += other.votes;
    }
}

/// The select of all columns of [`ProjectSynsetRow`].
macro_rules! synset {
    () => {
        "select project_synset_id, project_id, wnid, target_precision, threshold, rejection, initial_sample, initial_votes,
                votes_cap, batch_size, batch_size_phone, duplicate_distance, paused, state, hold_reason, sample_seed,
                calibration_id, prior_id, difficulty, candidates, duplicates, positive, negative, escalated, votes, seeded_at,
                revision, priority
         from project_synset"
    };
}

reads! {
    /// The row of a synset in a project.
    project_synset(project_id: i64, wnid: Wnid) -> Option<ProjectSynsetRow>, executor => {
        let sql = concat!(synset!(), " where project_id = $1 and wnid = $2");
        sqlx::query_as(sql).bind(project_id).bind(wnid.to_string()).fetch_optional(executor).await
    };

    /// The row of this id.
    project_synset_by_id(project_synset_id: i64) -> Option<ProjectSynsetRow>, executor => {
        let sql = concat!(synset!(), " where project_synset_id = $1");
        sqlx::query_as(sql).bind(project_synset_id).fetch_optional(executor).await
    };

    /// All synsets of a project, in the order in which they were seeded.
    synsets_of_project(project_id: i64) -> Vec<ProjectSynsetRow>, executor => {
        let sql = concat!(synset!(), " where project_id = $1 order by project_synset_id");
        sqlx::query_as(sql).bind(project_id).fetch_all(executor).await
    };
}

impl Store {
    /// The rows of these ids, ascending; ids that nobody has are left out.
    pub async fn project_synsets(
        &self,
        project_synset_ids: &[i64],
    ) -> Result<Vec<ProjectSynsetRow>, StoreError> {
        let sql = format!(
            concat!(synset!(), " where project_synset_id {} order by project_synset_id"),
            self.dialect().among()
        );
        let list = id_list(project_synset_ids);
        on_db!(self, pool => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(pool).await)
    }

    /// The wnids of a project, ascending.
    pub async fn seeded_wnids(&self, project_id: i64) -> Result<Vec<Wnid>, StoreError> {
        let sql = "select wnid from project_synset where project_id = $1 order by wnid";
        let texts: Vec<String> =
            on_db!(self, pool => sqlx::query_scalar(sql).bind(project_id).fetch_all(pool).await)?;
        let wnid = |text: String| Wnid::parse(&text).map_err(|error| StoreError::Corrupt(error.to_string()));
        texts.into_iter().map(wnid).collect()
    }

    /// The projects that a synset is seeded into: (project id, name).
    pub async fn projects_with_synset(&self, wnid: Wnid) -> Result<Vec<(i64, String)>, StoreError> {
        let sql = "select p.project_id, p.name from project p
                   join project_synset s on s.project_id = p.project_id
                   where s.wnid = $1 order by p.project_id";
        on_db!(self, pool => sqlx::query_as(sql).bind(wnid.to_string()).fetch_all(pool).await)
    }
}

impl Tx {
    /// Seeds synsets into a project; those that are there already stay as they are. Returns how many are new.
    pub async fn seed_synsets(
        &mut self,
        project_id: i64,
        wnids: &[Wnid],
        now: i64,
    ) -> Result<u64, StoreError> {
        let rows = Rows::new()
            .integers(wnids.iter().map(|_| project_id))
            .texts(wnids.iter().map(Wnid::to_string))
            .integers(wnids.iter().map(|_| now));
        let into = "insert into project_synset (project_id, wnid, seeded_at)";
        self.over(into, rows, "on conflict (project_id, wnid) do nothing").await
    }

    /// The row of this id, locked until the transaction ends, with a revision of its own: who changes a synset's candidates or votes
    /// calls it first, so that nobody else changes them at the same time, and whoever remembers them looks again. Fails with
    /// [`StoreError::NotFound`].
    pub async fn lock_project_synset(
        &mut self,
        project_synset_id: i64,
    ) -> Result<ProjectSynsetRow, StoreError> {
        let sql = "update project_synset set revision = revision + 1 where project_synset_id = $1";
        let changed = on_tx!(self, connection => {
            sqlx::query(sql).bind(project_synset_id).execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, project_synset_id)?;
        self.project_synset_by_id(project_synset_id).await?.ok_or_else(|| no_synset(project_synset_id))
    }

    /// The rows of these ids, ascending, locked in this order until the transaction ends. Their revisions stay: see
    /// [`Tx::advance`].
    pub async fn hold_synsets(
        &mut self,
        project_synset_ids: &[i64],
    ) -> Result<Vec<ProjectSynsetRow>, StoreError> {
        let lock = self.dialect().for_update();
        self.hold(project_synset_ids, lock).await
    }

    /// The same, waiting for each no longer than `patience`.
    pub async fn hold_synsets_within(
        &mut self,
        project_synset_ids: &[i64],
        patience: Duration,
    ) -> Result<Vec<ProjectSynsetRow>, StoreError> {
        self.set_lock_timeout(&format!("{}ms", patience.as_millis())).await?;
        let rows = self.hold_synsets(project_synset_ids).await?;
        self.set_lock_timeout(LOCK_TIMEOUT).await?;
        Ok(rows)
    }

    /// SQLite's one writer waits for no locks.
    async fn set_lock_timeout(&mut self, text: &str) -> Result<(), StoreError> {
        match self.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => on_tx!(self, connection => {
                let query = sqlx::query("select set_config('lock_timeout', $1, true)").bind(text);
                query.execute(connection).await.map(drop)
            }),
        }
    }

    /// The same, without those that another transaction has locked: it is not waited for them.
    pub async fn hold_free_synsets(
        &mut self,
        project_synset_ids: &[i64],
    ) -> Result<Vec<ProjectSynsetRow>, StoreError> {
        let lock = self.dialect().for_update_or_skip();
        self.hold(project_synset_ids, lock).await
    }

    /// Locks every synset of a project until the transaction ends, ascending.
    pub async fn hold_synsets_of_project(&mut self, project_id: i64) -> Result<(), StoreError> {
        let sql = format!(
            "select project_synset_id from project_synset where project_id = $1 order by project_synset_id{}",
            self.dialect().for_update()
        );
        on_tx!(self, connection => {
            let query = sqlx::query(AssertSqlSafe(sql)).bind(project_id);
            query.execute(connection).await.map(drop)
        })
    }

    async fn hold(&mut self, ids: &[i64], lock: &str) -> Result<Vec<ProjectSynsetRow>, StoreError> {
        let sql = format!(
            concat!(synset!(), " where project_synset_id {} order by project_synset_id{}"),
            self.dialect().among(),
            lock
        );
        let list = id_list(ids);
        on_tx!(self, connection => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(connection).await)
    }

    /// The row of this id, locked until the transaction ends; `None` when another one has locked it, or nobody knows it: it is not
    /// waited for, so that two that lock several can't wait for each other.
    pub async fn try_hold_synset(
        &mut self,
        project_synset_id: i64,
    ) -> Result<Option<ProjectSynsetRow>, StoreError> {
        let lock = self.dialect().for_update_or_skip();
        let sql = format!(concat!(synset!(), " where project_synset_id = $1{}"), lock);
        on_tx!(self, connection => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(project_synset_id).fetch_optional(connection).await
        })
    }

    /// Adds to the counters of synsets, and one to the revision of each: (id, delta). A synset may come several times.
    pub async fn advance(&mut self, deltas: &[(i64, CounterDelta)]) -> Result<(), StoreError> {
        // A statement changes a row once, whatever else it finds for it.
        let mut added: BTreeMap<i64, CounterDelta> = BTreeMap::new();
        for (id, delta) in deltas {
            added.entry(*id).or_default().add(delta);
        }
        let rows = Rows::new()
            .integers(added.keys().copied())
            .integers(added.values().map(|delta| delta.candidates))
            .integers(added.values().map(|delta| delta.duplicates))
            .integers(added.values().map(|delta| delta.positive))
            .integers(added.values().map(|delta| delta.negative))
            .integers(added.values().map(|delta| delta.escalated))
            .integers(added.values().map(|delta| delta.votes));
        let moved = "with moved (id, candidates, duplicates, positive, negative, escalated, votes) as (";
        let update = ") update project_synset
                       set candidates = project_synset.candidates + m.candidates, duplicates = project_synset.duplicates + m.duplicates,
                           positive = project_synset.positive + m.positive, negative = project_synset.negative + m.negative,
                           escalated = project_synset.escalated + m.escalated, votes = project_synset.votes + m.votes,
                           revision = project_synset.revision + 1
                       from moved m where m.id = project_synset.project_synset_id";
        self.over(moved, rows, update).await.map(drop)
    }

    /// Changes a synset's own settings. Fails with [`StoreError::NotFound`].
    pub async fn update_overrides(
        &mut self,
        project_synset_id: i64,
        overrides: &OverrideSettings,
    ) -> Result<(), StoreError> {
        let sql = "update project_synset
                   set target_precision = $2, threshold = $3, rejection = $4, initial_sample = $5, initial_votes = $6,
                       votes_cap = $7, batch_size = $8, duplicate_distance = $9, batch_size_phone = $10
                   where project_synset_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_synset_id);
            let query = query.bind(overrides.target_precision).bind(overrides.threshold).bind(overrides.rejection);
            let query = query.bind(overrides.initial_sample).bind(overrides.initial_votes).bind(overrides.votes_cap);
            let query = query.bind(overrides.batch_size).bind(overrides.duplicate_distance);
            let query = query.bind(overrides.batch_size_phone);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, project_synset_id)
    }

    /// Stops or resumes asking for votes. Fails with [`StoreError::NotFound`].
    pub async fn set_paused(&mut self, project_synset_id: i64, paused: bool) -> Result<(), StoreError> {
        let changed = on_tx!(self, connection => {
            let query = sqlx::query("update project_synset set paused = $2 where project_synset_id = $1");
            query.bind(project_synset_id).bind(paused).execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, project_synset_id)
    }

    /// Says which synsets it is served before: those of lower priority. Fails with [`StoreError::NotFound`].
    pub async fn set_priority(&mut self, project_synset_id: i64, priority: i64) -> Result<(), StoreError> {
        let changed = on_tx!(self, connection => {
            let query = sqlx::query("update project_synset set priority = $2 where project_synset_id = $1");
            query.bind(project_synset_id).bind(priority).execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, project_synset_id)
    }

    /// Moves a synset to a state; the reason is for [`SynsetState::Hold`]. Fails with [`StoreError::NotFound`].
    pub async fn set_state(
        &mut self,
        project_synset_id: i64,
        state: SynsetState,
        hold_reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "update project_synset set state = $2, hold_reason = $3 where project_synset_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_synset_id).bind(state.as_str()).bind(hold_reason);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, project_synset_id)
    }

    /// Notes the seed of the initial sample's draw. Fails with [`StoreError::NotFound`].
    pub async fn set_sample_seed(&mut self, project_synset_id: i64, seed: i64) -> Result<(), StoreError> {
        let changed = on_tx!(self, connection => {
            let query = sqlx::query("update project_synset set sample_seed = $2 where project_synset_id = $1");
            query.bind(project_synset_id).bind(seed).execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, project_synset_id)
    }

    /// Makes a confidence table the current one. Fails with [`StoreError::NotFound`].
    pub async fn set_calibration(
        &mut self,
        project_synset_id: i64,
        calibration_id: i64,
        difficulty: Option<i64>,
    ) -> Result<(), StoreError> {
        let sql =
            "update project_synset set calibration_id = $2, difficulty = $3 where project_synset_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_synset_id).bind(calibration_id).bind(difficulty);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, project_synset_id)
    }

    /// Adds to a synset's counters. Fails with [`StoreError::NotFound`].
    pub async fn add_to_counters(
        &mut self,
        project_synset_id: i64,
        delta: &CounterDelta,
    ) -> Result<(), StoreError> {
        let sql = "update project_synset
                   set candidates = candidates + $2, duplicates = duplicates + $3, positive = positive + $4,
                       negative = negative + $5, escalated = escalated + $6, votes = votes + $7
                   where project_synset_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_synset_id).bind(delta.candidates).bind(delta.duplicates);
            let query = query.bind(delta.positive).bind(delta.negative).bind(delta.escalated).bind(delta.votes);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, project_synset_id)
    }
}

fn found(changed: u64, project_synset_id: i64) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(no_synset(project_synset_id)) }
}

fn no_synset(project_synset_id: i64) -> StoreError {
    StoreError::NotFound(format!("there is no synset {project_synset_id} in any project"))
}
