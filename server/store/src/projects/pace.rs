//! At what pace votes come in, by the hour.

use crate::rows::Rows;
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

/// New votes of a synset in an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct HourOfVotes {
    pub project_id: i64,
    pub hour: i64,
    pub project_synset_id: i64,
}

impl Tx {
    /// Counts new votes for the hours in which they came, each synset and hour once.
    pub async fn count_for_the_hours(&mut self, counts: &[(HourOfVotes, i64)]) -> Result<(), StoreError> {
        let rows = Rows::new()
            .integers(counts.iter().map(|(of, _)| of.project_id))
            .integers(counts.iter().map(|(of, _)| of.hour))
            .integers(counts.iter().map(|(of, _)| of.project_synset_id))
            .integers(counts.iter().map(|(_, votes)| *votes));
        let into = "insert into vote_hour (project_id, hour, project_synset_id, votes)";
        let add = "on conflict (project_id, hour, project_synset_id) do update
                   set votes = vote_hour.votes + excluded.votes";
        self.over(into, rows, add).await.map(drop)
    }
}
