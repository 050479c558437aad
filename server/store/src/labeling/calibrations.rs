//! Versions of confidence tables: the figures from which a table comes back bit by bit.

use domain::consensus::{Method, Offsets};
use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::id_list;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

/// A version of a synset's confidence table.
#[derive(Clone, Debug, PartialEq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct CalibrationRow {
    pub calibration_id: i64,
    pub project_synset_id: i64,
    /// 1 is the first.
    pub version: i64,
    /// The last submission whose votes were counted.
    pub through_submission_id: i64,
    /// The last decision about a worker that was in force.
    pub through_exclusion_id: i64,
    /// The last expert label that was known.
    pub through_expert_label_id: i64,
    /// The last decision about whose votes teach.
    pub through_trust_id: i64,
    /// Who decides.
    #[sqlx(try_from = "Parsed<Method>")]
    pub method: Method,
    /// The level that the model leans on; none leans on what is known before any vote.
    pub prior_id: Option<i64>,
    pub images: i64,
    pub anchored: i64,
    pub prevalence: f64,
    pub good_yes_rate: f64,
    pub good_concentration: f64,
    pub bad_yes_rate: f64,
    pub bad_concentration: f64,
    pub near_miss_share: f64,
    pub target_precision: f64,
    pub fixed_threshold: Option<f64>,
    /// `None`: no threshold reaches the target precision.
    pub threshold: Option<f64>,
    pub rejection: f64,
    pub votes_cap: i64,
    pub initial_votes: i64,
    pub difficulty: Option<i64>,
    pub hold_reason: Option<String>,
    pub audit_shift: f64,
    pub audited_good: i64,
    pub audited_bad: i64,
    /// Of images of each source.
    #[sqlx(try_from = "Parsed<Offsets>")]
    pub source_offsets: Offsets,
    pub created_at: i64,
}

/// How far the append-only facts had come: what is recorded later does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Through {
    /// The last submission; with it, the votes, corrections and reports in it.
    pub submission_id: i64,
    /// The last decision about a worker.
    pub exclusion_id: i64,
    /// The last expert label.
    pub expert_label_id: i64,
    /// The last decision about whose votes teach tables; 0 is before the first, and all do.
    pub trust_id: i64,
}

impl Through {
    /// Everything that is recorded.
    pub const NOW: Self = Self {
        submission_id: i64::MAX,
        exclusion_id: i64::MAX,
        expert_label_id: i64::MAX,
        trust_id: i64::MAX,
    };
}

/// A version to be; its number comes from the database.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct NewCalibration {
    pub project_synset_id: i64,
    pub through: Through,
    pub method: Method,
    pub prior_id: Option<i64>,
    pub images: i64,
    pub anchored: i64,
    pub prevalence: f64,
    pub good_yes_rate: f64,
    pub good_concentration: f64,
    pub bad_yes_rate: f64,
    pub bad_concentration: f64,
    pub near_miss_share: f64,
    pub target_precision: f64,
    pub fixed_threshold: Option<f64>,
    pub threshold: Option<f64>,
    pub rejection: f64,
    pub votes_cap: i64,
    pub initial_votes: i64,
    pub difficulty: Option<i64>,
    pub hold_reason: Option<String>,
    pub audit_shift: f64,
    pub audited_good: i64,
    pub audited_bad: i64,
    pub source_offsets: Offsets,
    pub created_at: i64,
}

/// The select of all columns of [`CalibrationRow`].
macro_rules! calibration {
    () => {
        "select calibration_id, project_synset_id, version, through_submission_id, through_exclusion_id,
                through_expert_label_id, through_trust_id, method, prior_id, images, anchored, prevalence, good_yes_rate, good_concentration,
                bad_yes_rate, bad_concentration, near_miss_share, target_precision, fixed_threshold, threshold, rejection, votes_cap, initial_votes, difficulty, hold_reason,
                audit_shift, audited_good, audited_bad, source_offsets, created_at
         from calibration"
    };
}

reads! {
    /// The version of this id.
    calibration(calibration_id: i64) -> Option<CalibrationRow>, executor => {
        let sql = concat!(calibration!(), " where calibration_id = $1");
        sqlx::query_as(sql).bind(calibration_id).fetch_optional(executor).await
    };

    /// The newest version of a synset's table.
    latest_calibration(project_synset_id: i64) -> Option<CalibrationRow>, executor => {
        let sql = concat!(calibration!(), " where project_synset_id = $1 order by version desc limit 1");
        sqlx::query_as(sql).bind(project_synset_id).fetch_optional(executor).await
    };

    /// All versions of a synset's table, the first one first.
    calibrations(project_synset_id: i64) -> Vec<CalibrationRow>, executor => {
        let sql = concat!(calibration!(), " where project_synset_id = $1 order by version");
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };
}

impl CalibrationRow {
    /// How far the facts had come when it was built.
    #[must_use]
    pub fn through(&self) -> Through {
        Through {
            submission_id: self.through_submission_id,
            exclusion_id: self.through_exclusion_id,
            expert_label_id: self.through_expert_label_id,
            trust_id: self.through_trust_id,
        }
    }
}

reads! {
    /// The tables that are current in a project.
    calibrations_of_project(project_id: i64) -> Vec<CalibrationRow>, executor => {
        let sql = concat!(
            calibration!(),
            " where calibration_id in (select calibration_id from project_synset where project_id = $1)"
        );
        sqlx::query_as(sql).bind(project_id).fetch_all(executor).await
    };
}

impl Store {
    /// The current tables of these synsets; those that have none are left out.
    pub async fn current_calibrations(
        &self,
        project_synset_ids: &[i64],
    ) -> Result<Vec<CalibrationRow>, StoreError> {
        let current = format!(
            concat!(
                calibration!(),
                " where calibration_id in (select calibration_id from project_synset where project_synset_id {})"
            ),
            self.dialect().among()
        );
        let list = id_list(project_synset_ids);
        on_db!(self, pool => sqlx::query_as(AssertSqlSafe(current)).bind(list).fetch_all(pool).await)
    }
}

impl Tx {
    /// How far the facts have come.
    pub async fn through(&mut self) -> Result<Through, StoreError> {
        let sql = "select (select coalesce(max(submission_id), 0) from submission) as submission_id,
                          (select coalesce(max(exclusion_id), 0) from exclusion) as exclusion_id,
                          (select coalesce(max(expert_label_id), 0) from expert_label) as expert_label_id,
                          (select coalesce(max(trust_id), 0) from trust) as trust_id";
        on_tx!(self, connection => sqlx::query_as(sql).fetch_one(connection).await)
    }

    /// Stores the next version of a synset's table; returns its id. See [`Tx::set_calibration`] for making it the current one.
    pub async fn insert_calibration(&mut self, new: &NewCalibration) -> Result<i64, StoreError> {
        let sql = "insert into calibration (
                       project_synset_id, version, through_submission_id, through_exclusion_id,
                       through_expert_label_id, images, anchored, prevalence, good_yes_rate,
                       good_concentration, bad_yes_rate, bad_concentration, near_miss_share, target_precision,
                       fixed_threshold, threshold, rejection, votes_cap, initial_votes, difficulty, hold_reason,
                       audit_shift, audited_good, audited_bad, created_at, through_trust_id, method, prior_id, source_offsets)
                   select $1, 1 + coalesce(max(version), 0), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
                          $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28
                   from calibration where project_synset_id = $1
                   returning calibration_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(new.project_synset_id).bind(new.through.submission_id);
            let query = query.bind(new.through.exclusion_id).bind(new.through.expert_label_id);
            let query = query.bind(new.images).bind(new.anchored).bind(new.prevalence).bind(new.good_yes_rate);
            let query = query.bind(new.good_concentration).bind(new.bad_yes_rate).bind(new.bad_concentration);
            let query = query.bind(new.near_miss_share).bind(new.target_precision).bind(new.fixed_threshold);
            let query = query.bind(new.threshold).bind(new.rejection).bind(new.votes_cap).bind(new.initial_votes);
            let query = query.bind(new.difficulty).bind(&new.hold_reason).bind(new.audit_shift);
            let query = query.bind(new.audited_good).bind(new.audited_bad).bind(new.created_at);
            let query = query.bind(new.through.trust_id).bind(new.method.to_string()).bind(new.prior_id);
            let query = query.bind(new.source_offsets.to_string());
            query.fetch_one(connection).await
        })
    }
}
