//! How many votes a project may have.

use crate::{StoreError, Tx};

reads! {
    /// The number of votes from which on nobody is asked any more, and how many are recorded. `None` for an unknown project.
    budget(project_id: i64) -> Option<(Option<i64>, i64)>, executor => {
        let sql = "select p.budget_votes,
                          (select cast(coalesce(sum(s.votes), 0) as bigint) from project_synset s
                           where s.project_id = p.project_id)
                   from project p where p.project_id = $1";
        sqlx::query_as(sql).bind(project_id).fetch_optional(executor).await
    };

    /// How many votes the project may have beyond those that are recorded, none below 0; `None` without a budget, where nothing is
    /// summed.
    votes_left(project_id: i64) -> Option<i64>, executor => {
        let sql = "select p.budget_votes - (select cast(coalesce(sum(s.votes), 0) as bigint) from project_synset s
                                            where s.project_id = p.project_id)
                   from project p where p.project_id = $1 and p.budget_votes is not null";
        let left: Option<i64> = sqlx::query_scalar(sql).bind(project_id).fetch_optional(executor).await?;
        Ok::<_, sqlx::Error>(left.map(|votes| votes.max(0)))
    };
}

impl Tx {
    /// Says how many votes a project may have. Fails with [`StoreError::NotFound`] for an unknown project.
    pub async fn set_budget(&mut self, project_id: i64, votes: Option<i64>) -> Result<(), StoreError> {
        let sql = "update project set budget_votes = $2 where project_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id).bind(votes);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        super::found(changed, project_id)
    }
}
