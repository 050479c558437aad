//! At what pace votes come in, by the hour.

use crate::{Store, StoreError, Tx};

impl Store {
    /// Votes of a project in each hour since `first`, counted in hours from the beginning of 1970 in UTC: (hour, votes),
    /// ascending; hours without votes are left out.
    pub async fn votes_by_hour(&self, project_id: i64, first: i64) -> Result<Vec<(i64, i64)>, StoreError> {
        let sql = "select hour, cast(sum(votes) as bigint) from vote_hour
                   where project_id = $1 and hour >= $2 group by hour order by hour";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_id).bind(first).fetch_all(pool).await)
    }

    /// The same of one synset.
    pub async fn votes_by_hour_of_synset(
        &self,
        project_synset_id: i64,
        first: i64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        let sql = "select h.hour, h.votes from project_synset s
                   join vote_hour h on h.project_id = s.project_id and h.project_synset_id = s.project_synset_id
                   where s.project_synset_id = $1 and h.hour >= $2 order by h.hour";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_synset_id).bind(first).fetch_all(pool).await)
    }
}

impl Tx {
    /// Counts a submission's new votes for the hour in which it came.
    pub async fn count_for_the_hour(&mut self, submission_id: i64, votes: i64) -> Result<(), StoreError> {
        let sql = "insert into vote_hour (project_id, hour, project_synset_id, votes)
                   select s.project_id, u.submitted_at / 3600000, s.project_synset_id, $2
                   from submission u
                   join assignment a on a.assignment_id = u.assignment_id
                   join project_synset s on s.project_synset_id = a.project_synset_id
                   where u.submission_id = $1
                   on conflict (project_id, hour, project_synset_id) do update
                   set votes = vote_hour.votes + excluded.votes";
        on_tx!(self, connection => sqlx::query(sql).bind(submission_id).bind(votes).execute(connection).await.map(drop))
    }
}
