//! What is still to be expected of a project's synsets: derived, kept with what it was computed from, and so never taken for
//! newer than it is.

use sqlx::{AssertSqlSafe, FromRow};

use crate::candidates::FactsRow;
use crate::dialect::id_list;
use crate::rows::Rows;
use crate::{Store, StoreError, Tx};

/// The outlook of a synset, and what it was computed from.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct OutlookRow {
    pub project_synset_id: i64,
    pub expected_votes: f64,
    pub state: super::SynsetState,
    pub calibration_id: Option<i64>,
    pub candidates: i64,
    pub positive: i64,
    pub negative: i64,
    pub escalated: i64,
    pub votes: i64,
}

/// Open candidates of a synset that have the same votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "columns of candidate, by their names")]
pub struct OpenTallies {
    pub project_synset_id: i64,
    pub in_initial_sample: bool,
    /// With weights rounded to tenths of a vote.
    #[sqlx(flatten)]
    pub known: FactsRow,
    /// How many.
    pub images: i64,
}

impl Store {
    /// At most `limit` synsets of a project whose outlook is not that of their present figures, ascending by id.
    pub async fn stale_outlooks(&self, project_id: i64, limit: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "select p.project_synset_id
                   from project_synset p left join outlook o on o.project_synset_id = p.project_synset_id
                   where p.project_id = $1 and p.candidates > 0
                     and (o.project_synset_id is null or o.votes <> p.votes or o.candidates <> p.candidates
                          or o.positive <> p.positive or o.negative <> p.negative or o.escalated <> p.escalated
                          or o.state <> p.state or coalesce(o.calibration_id, 0) <> coalesce(p.calibration_id, 0))
                   order by p.project_synset_id limit $2";
        on_db!(self, pool => sqlx::query_scalar(sql).bind(project_id).bind(limit).fetch_all(pool).await)
    }

    /// The open candidates of these synsets, near duplicates left out, counted by their votes.
    pub async fn open_tallies(&self, project_synset_ids: &[i64]) -> Result<Vec<OpenTallies>, StoreError> {
        let among = self.dialect().among();
        let sql = format!(
            concat!(
                "select project_synset_id, in_initial_sample, ",
                rounded_facts!(),
                ", count(*) as images
                 from candidate
                 where project_synset_id {} and verdict = 'undecided' and duplicate_of is null
                 group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"
            ),
            among
        );
        let list = id_list(project_synset_ids);
        on_db!(self, pool => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(pool).await)
    }

    /// Votes still to be expected in a project: the sum over its synsets that are not on hold.
    pub async fn expected_votes(&self, project_id: i64) -> Result<f64, StoreError> {
        let sql = "select coalesce(sum(o.expected_votes), 0.0)
                   from project_synset p join outlook o on o.project_synset_id = p.project_synset_id
                   where p.project_id = $1 and p.state <> 'hold'";
        on_db!(self, pool => sqlx::query_scalar(sql).bind(project_id).fetch_one(pool).await)
    }
}

impl Tx {
    /// Stores outlooks, in place of older ones.
    pub async fn save_outlooks(&mut self, rows: &[OutlookRow]) -> Result<(), StoreError> {
        let columns = Rows::new()
            .integers(rows.iter().map(|outlook| outlook.project_synset_id))
            .reals(rows.iter().map(|outlook| outlook.expected_votes))
            .texts(rows.iter().map(|outlook| outlook.state.as_str()))
            .integers(rows.iter().map(|outlook| outlook.calibration_id))
            .integers(rows.iter().map(|outlook| outlook.candidates))
            .integers(rows.iter().map(|outlook| outlook.positive))
            .integers(rows.iter().map(|outlook| outlook.negative))
            .integers(rows.iter().map(|outlook| outlook.escalated))
            .integers(rows.iter().map(|outlook| outlook.votes));
        let into =
            "insert into outlook (project_synset_id, expected_votes, state, calibration_id, candidates, positive, negative,
                                  escalated, votes)";
        let again = "on conflict (project_synset_id) do update
                     set expected_votes = excluded.expected_votes, state = excluded.state,
                         calibration_id = excluded.calibration_id, candidates = excluded.candidates,
                         positive = excluded.positive, negative = excluded.negative, escalated = excluded.escalated,
                         votes = excluded.votes";
        self.over(into, columns, again).await.map(drop)
    }

    /// Forgets the outlooks of a project, because the settings that they rest on have changed.
    pub async fn forget_outlooks(&mut self, project_id: i64) -> Result<(), StoreError> {
        let sql = "delete from outlook where project_synset_id in
                       (select project_synset_id from project_synset where project_id = $1)";
        on_tx!(self, connection => sqlx::query(sql).bind(project_id).execute(connection).await.map(drop))
    }
}
