//! The terms of a project, every wording of them, and who agreed to which.

use sqlx::FromRow;

use crate::{StoreError, Tx};

/// A wording of a project's terms.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct TermsRow {
    /// From 1.
    pub version: i64,
    /// The text; empty when no consent is asked for.
    pub text: String,
    /// When it was written.
    pub written_at: i64,
}

reads! {
    /// The newest wording of a project's terms; `None` when there never was one.
    terms(project_id: i64) -> Option<TermsRow>, executor => {
        let sql = "select version, text, written_at from terms where project_id = $1 order by version desc limit 1";
        sqlx::query_as(sql).bind(project_id).fetch_optional(executor).await
    };

    /// The newest wording that a worker has agreed to; `None` before the first.
    consented_version(account_id: i64, project_id: i64) -> Option<i64>, executor => {
        let sql = "select max(version) from consent where account_id = $1 and project_id = $2";
        sqlx::query_scalar(sql).bind(account_id).bind(project_id).fetch_one(executor).await
    };

    /// How many people have agreed to a wording.
    consents(project_id: i64, version: i64) -> i64, executor => {
        let sql = "select count(*) from consent where project_id = $1 and version = $2";
        sqlx::query_scalar(sql).bind(project_id).bind(version).fetch_one(executor).await
    };

    /// Whether the project asks which definition is meant; `None` for an unknown project.
    definition_questions(project_id: i64) -> Option<bool>, executor => {
        let sql = "select definition_questions from project where project_id = $1";
        sqlx::query_scalar(sql).bind(project_id).fetch_optional(executor).await
    };
}

impl Tx {
    /// Adds a wording. Fails with [`StoreError::Conflict`] when somebody else added that version.
    pub async fn insert_terms(
        &mut self,
        project_id: i64,
        version: i64,
        text: &str,
        written_by: Option<i64>,
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = "insert into terms (project_id, version, text, written_by, written_at) values ($1, $2, $3, $4, $5)";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id).bind(version).bind(text).bind(written_by).bind(now);
            query.execute(connection).await.map(drop)
        })
    }

    /// Notes that a worker agrees to a wording; the first time counts.
    pub async fn insert_consent(
        &mut self,
        account_id: i64,
        project_id: i64,
        version: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let sql =
            "insert into consent (account_id, project_id, version, consented_at) values ($1, $2, $3, $4)
                   on conflict (account_id, project_id, version) do nothing";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(account_id).bind(project_id).bind(version).bind(now);
            query.execute(connection).await.map(drop)
        })
    }

    /// Switches the definition questions of a project on or off. Fails with [`StoreError::NotFound`].
    pub async fn set_definition_questions(&mut self, project_id: i64, asked: bool) -> Result<(), StoreError> {
        let sql = "update project set definition_questions = $2 where project_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id).bind(asked);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        crate::projects::found(changed, project_id)
    }
}
