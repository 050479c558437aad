//! Projects and their settings.

use domain::consensus::Method;
use sqlx::FromRow;

use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

mod budget;
mod choice;
mod cursor;
mod figures;
mod outlook;
mod pace;
mod page;
mod price;
mod seedings;
mod shared;
mod synsets;

pub use choice::{SynsetChoice, SynsetFlag};
pub use cursor::{CursorKey, SynsetCursor};
pub use figures::{ChoiceCounts, SynsetFigures};
pub use outlook::{OpenTallies, OutlookRow};
pub use pace::HourOfVotes;
pub use page::{SynsetOrder, SynsetPageRow, SynsetQuery};
pub use price::Price;
pub use seedings::SeedingRow;
pub use shared::SharedImage;
pub use synsets::{CounterDelta, OverrideSettings, ProjectSynsetRow, SynsetState};

/// A project with its settings.
#[derive(Clone, Debug, PartialEq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct ProjectRow {
    pub project_id: i64,
    pub name: String,
    pub target_precision: f64,
    pub threshold: Option<f64>,
    pub rejection: f64,
    pub initial_sample: i64,
    pub initial_votes: i64,
    pub votes_cap: i64,
    pub batch_size: i64,
    pub batch_size_phone: i64,
    pub duplicate_distance: i64,
    #[sqlx(try_from = "Parsed<Method>")]
    pub method: Method,
    pub created_at: i64,
    /// Whether workers find a synset's definition before their first batch of it.
    pub definition_questions: bool,
}

/// What holds for all synsets of a project that override nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectSettings {
    /// Share of good images among those that come out positive, 0 to 1.
    pub target_precision: f64,
    /// Chance at which an image is positive; `None`: solved from the target precision.
    pub threshold: Option<f64>,
    /// Chance at which an image is negative.
    pub rejection: f64,
    /// Images in the initial sample.
    pub initial_sample: i64,
    /// Yes and no votes on each image of the initial sample.
    pub initial_votes: i64,
    /// Votes at which an image is escalated.
    pub votes_cap: i64,
    /// Candidates on one screen.
    pub batch_size: i64,
    /// Candidates on the screen of a phone.
    pub batch_size_phone: i64,
    /// Images are near duplicates when the distance of their hashes is below this, in bits.
    pub duplicate_distance: i64,
    /// Who decides.
    pub method: Method,
}

/// Sums over a project's synsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct TotalsRow {
    /// Synsets seeded.
    pub synsets: i64,
    /// Candidates that are asked about: near duplicates not counted.
    pub candidates: i64,
    /// Near duplicates.
    pub duplicates: i64,
    /// Candidates settled positive.
    pub positive: i64,
    /// Candidates settled negative.
    pub negative: i64,
    /// Candidates that an expert must look at.
    pub escalated: i64,
    /// Votes recorded.
    pub votes: i64,
}

reads! {
    /// The project of this id.
    project(project_id: i64) -> Option<ProjectRow>, executor => {
        let sql = "select project_id, name, target_precision, threshold, rejection, initial_sample, initial_votes,
                          votes_cap, batch_size, batch_size_phone, duplicate_distance, method, created_at,
                          definition_questions
                   from project where project_id = $1";
        sqlx::query_as(sql).bind(project_id).fetch_optional(executor).await
    };

    /// All projects, in the order in which they were made.
    projects() -> Vec<ProjectRow>, executor => {
        let sql = "select project_id, name, target_precision, threshold, rejection, initial_sample, initial_votes,
                          votes_cap, batch_size, batch_size_phone, duplicate_distance, method, created_at,
                          definition_questions
                   from project order by project_id";
        sqlx::query_as(sql).fetch_all(executor).await
    };
}

impl Store {
    /// Sums of the counters of a project's synsets; zeros for a project without synsets.
    pub async fn totals(&self, project_id: i64) -> Result<TotalsRow, StoreError> {
        let sql = "select count(*) as synsets,
                          cast(coalesce(sum(candidates), 0) as bigint) as candidates,
                          cast(coalesce(sum(duplicates), 0) as bigint) as duplicates,
                          cast(coalesce(sum(positive), 0) as bigint) as positive,
                          cast(coalesce(sum(negative), 0) as bigint) as negative,
                          cast(coalesce(sum(escalated), 0) as bigint) as escalated,
                          cast(coalesce(sum(votes), 0) as bigint) as votes
                   from project_synset where project_id = $1";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_id).fetch_one(pool).await)
    }
}

impl Tx {
    /// Makes a project; returns its id. Fails with [`StoreError::Conflict`] when the name is taken.
    pub async fn insert_project(
        &mut self,
        name: &str,
        settings: &ProjectSettings,
        now: i64,
    ) -> Result<i64, StoreError> {
        let sql =
            "insert into project (name, created_at, target_precision, threshold, rejection, initial_sample,
                                        initial_votes, votes_cap, batch_size, duplicate_distance, batch_size_phone, method)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning project_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(name).bind(now);
            let query = query.bind(settings.target_precision).bind(settings.threshold).bind(settings.rejection);
            let query = query.bind(settings.initial_sample).bind(settings.initial_votes).bind(settings.votes_cap);
            let query = query.bind(settings.batch_size).bind(settings.duplicate_distance);
            query.bind(settings.batch_size_phone).bind(settings.method.to_string()).fetch_one(connection).await
        })
    }

    /// Changes a project's settings. Fails with [`StoreError::NotFound`] for an unknown project.
    pub async fn update_project_settings(
        &mut self,
        project_id: i64,
        settings: &ProjectSettings,
    ) -> Result<(), StoreError> {
        let sql = "update project set target_precision = $2, threshold = $3, rejection = $4, initial_sample = $5,
                                      initial_votes = $6, votes_cap = $7, batch_size = $8, duplicate_distance = $9,
                                      batch_size_phone = $10, method = $11
                   where project_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id);
            let query = query.bind(settings.target_precision).bind(settings.threshold).bind(settings.rejection);
            let query = query.bind(settings.initial_sample).bind(settings.initial_votes).bind(settings.votes_cap);
            let query = query.bind(settings.batch_size).bind(settings.duplicate_distance);
            let query = query.bind(settings.batch_size_phone).bind(settings.method.to_string());
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, project_id)
    }
}

/// One project was changed, or there is none of this id.
pub(crate) fn found(changed: u64, project_id: i64) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound(format!("there is no project {project_id}"))) }
}
