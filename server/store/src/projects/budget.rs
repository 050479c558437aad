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

    /// Whether the project has as many votes as it may have. Without a budget nothing is summed.
    is_budget_spent(project_id: i64) -> bool, executor => {
        let sql = "select coalesce((select p.budget_votes <= (select coalesce(sum(s.votes), 0) from project_synset s
                                                              where s.project_id = p.project_id)
                                    from project p where p.project_id = $1 and p.budget_votes is not null), false)";
        sqlx::query_scalar(sql).bind(project_id).fetch_one(executor).await
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
