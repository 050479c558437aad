//! What is known of the people who vote, read for many of them at once.

use domain::consensus::Skill;
use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::{Dialect, row_list};
use crate::{Store, StoreError, Tx};

/// A worker in a project.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct ParticipantRow {
    /// The worker.
    pub account_id: i64,
    /// The project.
    pub project_id: i64,
    /// Why the worker's answers don't count there, where they don't.
    pub stopped: Option<String>,
    /// The newest wording of the terms that the worker has agreed to.
    pub consented: Option<i64>,
    /// Who came together with the worker: a number drawn by chance.
    pub cohort: Option<i64>,
    /// The synset of the last assignment.
    pub last_synset: Option<i64>,
    misses: Option<f64>,
    expected_misses: Option<f64>,
    false_alarms: Option<f64>,
    expected_false_alarms: Option<f64>,
}

impl ParticipantRow {
    /// The worker's skill, once something is known of it.
    #[must_use]
    pub fn skill(&self) -> Option<Skill> {
        Some(Skill {
            misses: self.misses?,
            expected_misses: self.expected_misses?,
            false_alarms: self.false_alarms?,
            expected_false_alarms: self.expected_false_alarms?,
        })
    }
}

fn participants(dialect: Dialect) -> String {
    format!(
        "select a.account_id, p.project_id, a.cohort,
                (select case when x.excluded then x.reason end from exclusion x
                 where x.project_id = p.project_id and x.account_id = a.account_id
                 order by x.exclusion_id desc limit 1) as stopped,
                (select max(c.version) from consent c
                 where c.account_id = a.account_id and c.project_id = p.project_id) as consented,
                (select s.project_synset_id from assignment s
                 join project_synset q on q.project_synset_id = s.project_synset_id
                 where s.account_id = a.account_id and q.project_id = p.project_id
                 order by s.assignment_id desc limit 1) as last_synset,
                k.misses, k.expected_misses, k.false_alarms, k.expected_false_alarms
         from {} join account a on a.account_id = cast(q.value ->> 0 as bigint)
              join project p on p.project_id = cast(q.value ->> 1 as bigint)
              left join skill k on k.project_id = p.project_id and k.account_id = a.account_id",
        dialect.rows()
    )
}

impl Store {
    /// What is known of a worker in a project, where both exist.
    pub async fn participant(
        &self,
        account_id: i64,
        project_id: i64,
    ) -> Result<Option<ParticipantRow>, StoreError> {
        let (sql, list) = (participants(self.dialect()), row_list(&[(account_id, project_id)]));
        on_db!(self, pool => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_optional(pool).await)
    }
}

impl Tx {
    /// What is known of workers in projects: of (worker, project), those that exist.
    pub async fn participants(&mut self, pairs: &[(i64, i64)]) -> Result<Vec<ParticipantRow>, StoreError> {
        let (sql, list) = (participants(self.dialect()), row_list(pairs));
        on_tx!(self, connection => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(connection).await)
    }
}
