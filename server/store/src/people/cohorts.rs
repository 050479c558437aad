//! People who came together: how many of them may be asked about the same image.

use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::id_list;
use crate::{StoreError, Tx};

reads! {
    /// How many people of one cohort may be asked about an image of a project; none: any number. `None` for an unknown project.
    cohort_limit(project_id: i64) -> Option<Option<i64>>, executor => {
        let sql = "select cohort_limit from project where project_id = $1";
        sqlx::query_scalar(sql).bind(project_id).fetch_optional(executor).await
    };

    /// A worker's cohort with how many of it may be asked about an image of a project, where both are known.
    cohort_held(project_id: i64, account_id: i64) -> Option<(i64, i64)>, executor => {
        let sql = "select a.cohort, p.cohort_limit from account a, project p
                   where p.project_id = $1 and a.account_id = $2 and a.cohort is not null and p.cohort_limit is not null";
        sqlx::query_as(sql).bind(project_id).bind(account_id).fetch_optional(executor).await
    };

    /// How many others are of an account's cohort.
    cohort_of_others(account_id: i64) -> i64, executor => {
        let sql = "select count(*) from account a join account b on b.cohort = a.cohort and b.account_id <> a.account_id
                   where a.account_id = $1";
        sqlx::query_scalar(sql).bind(account_id).fetch_one(executor).await
    };
}

impl Tx {
    /// Notes which cohort an account is of.
    pub async fn set_cohort(&mut self, account_id: i64, cohort: i64) -> Result<(), StoreError> {
        let sql = "update account set cohort = $2 where account_id = $1";
        on_tx!(self, connection => {
            sqlx::query(sql).bind(account_id).bind(cohort).execute(connection).await.map(drop)
        })
    }

    /// Says how many people of one cohort may be asked about an image of a project. Fails with [`StoreError::NotFound`] for an
    /// unknown project.
    pub async fn set_cohort_limit(&mut self, project_id: i64, limit: Option<i64>) -> Result<(), StoreError> {
        let sql = "update project set cohort_limit = $2 where project_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id).bind(limit);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        crate::projects::found(changed, project_id)
    }

    /// Which of these candidates so many people of a cohort have voted on, or hold; ascending. `held` says who holds which: (candidate,
    /// worker).
    pub async fn crowded(
        &mut self,
        candidate_ids: &[i64],
        held: &[(i64, i64)],
        cohort: i64,
        limit: i64,
    ) -> Result<Vec<i64>, StoreError> {
        let among = self.dialect().among();
        let sql = format!(
            "select v.candidate_id, v.account_id from vote v join account a on a.account_id = v.account_id
             where v.candidate_id {among} and a.cohort = $2"
        );
        let list = id_list(candidate_ids);
        let voted: Vec<(i64, i64)> = on_tx!(self, connection => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(list).bind(cohort).fetch_all(connection).await
        })?;
        let sql = format!("select account_id from account where account_id {among} and cohort = $2");
        let holders: BTreeSet<i64> = held.iter().map(|(_, worker)| *worker).collect();
        let list = id_list(&holders.into_iter().collect::<Vec<_>>());
        let of_cohort: Vec<i64> = on_tx!(self, connection => {
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(list).bind(cohort).fetch_all(connection).await
        })?;
        let mut asked: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        let holding = held.iter().filter(|(_, worker)| of_cohort.contains(worker)).copied();
        for (candidate, worker) in voted.into_iter().chain(holding) {
            asked.entry(candidate).or_default().insert(worker);
        }
        let is_full = |people: &BTreeSet<i64>| i64::try_from(people.len()).unwrap_or(i64::MAX) >= limit;
        let wanted = |candidate: &i64| candidate_ids.contains(candidate);
        Ok(asked.into_iter().filter(|(id, people)| wanted(id) && is_full(people)).map(|(id, _)| id).collect())
    }
}
