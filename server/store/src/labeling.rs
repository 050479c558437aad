//! Who looks at what: which synsets need workers, what is open in them, and who holds what.

use domain::wnid::Wnid;
use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};

use crate::candidates::FactsRow;
use crate::dialect::{Dialect, id_list};
use crate::packed::flag;
use crate::projects::SynsetState;
use crate::rows::Rows;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

mod calibrations;
mod facts;
mod people;
mod voting;

pub use crate::text::Ids;
pub use calibrations::{CalibrationRow, NewCalibration, Through};
pub use facts::{ExclusionRow, ExpertAnswer, ExpertLabelRow, GivenRow, ReportKind, TallyChange};
pub use people::ParticipantRow;
pub use voting::{NewSubmission, NewVote, SubmissionRow, VoteExportRow};

/// A project on a worker's first page.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct OpenProjectLine {
    /// Its id.
    pub project_id: i64,
    /// Its name.
    pub name: String,
    /// Synsets that are served and have open candidates.
    pub open_synsets: i64,
    /// This worker's recorded votes in it.
    pub my_votes: i64,
}

/// A synset that workers are asked about.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ActiveSynset {
    /// Its row.
    pub project_synset_id: i64,
    /// The synset.
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    /// Calibrating or labelling.
    #[sqlx(try_from = "Parsed<SynsetState>")]
    pub state: SynsetState,
    /// Candidates that are neither settled nor escalated.
    pub open: i64,
    /// Higher ones are served first.
    pub priority: i64,
    /// Grows with every change of it.
    pub revision: i64,
}

/// One screen of candidates handed to a worker, who holds them until it is submitted or has expired.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct AssignmentRow {
    pub assignment_id: i64,
    pub account_id: i64,
    pub project_synset_id: i64,
    pub assigned_at: i64,
    pub expires_at: i64,
    pub submitted_at: Option<i64>,
    /// In the order of the screen.
    #[sqlx(try_from = "Parsed<Ids>")]
    pub candidates: Ids,
}

/// An assignment with the project that it is in.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PlacedAssignmentRow {
    /// The project.
    pub project_id: i64,
    /// The assignment.
    #[sqlx(flatten)]
    pub assignment: AssignmentRow,
}

/// A candidate on a screen.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AssignedCandidate {
    /// The candidate.
    pub candidate_id: i64,
    /// Its image.
    pub sha256: String,
    /// The candidate that it has turned out to be a near duplicate of.
    pub duplicate_of: Option<i64>,
}

/// A candidate that has no verdict yet.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Deserialize)]
pub struct OpenRow {
    /// The candidate.
    pub candidate_id: i64,
    /// Its place in an order that was drawn by chance.
    pub serving_rank: i64,
    /// Whether it was drawn into the initial sample.
    #[serde(deserialize_with = "flag")]
    pub in_initial_sample: bool,
    /// Its image.
    pub sha256: String,
    /// What decides its verdict.
    #[sqlx(flatten)]
    pub known: FactsRow,
}

/// The select of all columns of [`AssignmentRow`].
macro_rules! assignment {
    ($more:literal) => {
        concat!(
            "select ",
            $more,
            "a.assignment_id, a.account_id, a.project_synset_id, a.assigned_at, a.expires_at, a.submitted_at, a.candidates
             from assignment a"
        )
    };
}

reads! {
    /// The first assignment of a worker that is neither submitted nor expired at `now`, other than `after`, in the project of `after`, which
    /// is the worker's too. Not ordered by the id itself: an index of all pages, which has the open ones last, would be gone through for it.
    open_after(account_id: i64, after: i64, now: i64) -> Option<PlacedAssignmentRow>, executor => {
        let sql = concat!(
            assignment!("p.project_id, "),
            " join project_synset p on p.project_synset_id = a.project_synset_id
              join assignment f on f.account_id = a.account_id
              join project_synset g on g.project_synset_id = f.project_synset_id and g.project_id = p.project_id
              where f.assignment_id = $2 and a.account_id = $1 and a.assignment_id <> $2
                and a.submitted_at is null and a.expires_at > $3
              order by a.assignment_id + 0 limit 1"
        );
        sqlx::query_as(sql).bind(account_id).bind(after).bind(now).fetch_optional(executor).await
    };

    /// The synsets of a project that workers are asked about: not paused, calibrating or labelling, with open candidates; in the
    /// order in which they were seeded.
    active_synsets(project_id: i64) -> Vec<ActiveSynset>, executor => {
        let sql = "select project_synset_id, wnid, state, candidates - positive - negative - escalated as open, priority,
                          revision
                   from project_synset
                   where project_id = $1 and not paused and state in ('calibrating', 'labelling')
                     and candidates > positive + negative + escalated
                   order by project_synset_id";
        sqlx::query_as(sql).bind(project_id).fetch_all(executor).await
    };

    /// A worker's assignment; `None` when it is another worker's.
    assignment(assignment_id: i64, account_id: i64) -> Option<AssignmentRow>, executor => {
        let sql = concat!(assignment!(""), " where a.assignment_id = $1 and a.account_id = $2");
        sqlx::query_as(sql).bind(assignment_id).bind(account_id).fetch_optional(executor).await
    };

    /// The assignments of a synset that are neither submitted nor expired at `now`, ascending.
    live_assignments(project_synset_id: i64, now: i64) -> Vec<AssignmentRow>, executor => {
        let sql = concat!(assignment!(""), " where a.project_synset_id = $1 and a.submitted_at is null and a.expires_at > $2
                   order by a.assignment_id");
        sqlx::query_as(sql).bind(project_synset_id).bind(now).fetch_all(executor).await
    };
}

fn assigned_candidates(dialect: Dialect) -> String {
    let among = dialect.among();
    format!(
        "select candidate_id, sha256, duplicate_of from candidate where candidate_id {among} order by candidate_id"
    )
}

impl Store {
    /// Every project, for a worker's first page.
    pub async fn open_project_lines(&self, account_id: i64) -> Result<Vec<OpenProjectLine>, StoreError> {
        let sql = "select p.project_id, p.name,
                          (select count(*) from project_synset q
                           where q.project_id = p.project_id and not q.paused
                             and q.state in ('calibrating', 'labelling')
                             and q.candidates > q.positive + q.negative + q.escalated) as open_synsets,
                          coalesce(v.votes, 0) as my_votes
                   from project p
                   left join (select q.project_id, cast(sum(s.recorded) as bigint) as votes
                              from submission s
                              join assignment a on a.assignment_id = s.assignment_id
                              join project_synset q on q.project_synset_id = a.project_synset_id
                              where s.account_id = $1 group by q.project_id) v on v.project_id = p.project_id
                   order by p.project_id";
        on_db!(self, pool => sqlx::query_as(sql).bind(account_id).fetch_all(pool).await)
    }

    /// How many candidates workers hold at `now`, each as often as it is held.
    pub async fn live_leases(&self, now: i64) -> Result<i64, StoreError> {
        let sql = "select cast(coalesce(sum(tiles), 0) as bigint) from assignment
                   where submitted_at is null and expires_at > $1";
        on_db!(self, pool => sqlx::query_scalar(sql).bind(now).fetch_one(pool).await)
    }

    /// The same as [`Tx::assigned_candidates`], outside of a transaction.
    pub async fn assigned_candidates(
        &self,
        candidate_ids: &[i64],
    ) -> Result<Vec<AssignedCandidate>, StoreError> {
        let (sql, list) = (assigned_candidates(self.dialect()), id_list(candidate_ids));
        on_db!(self, pool => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(pool).await)
    }
}

impl Tx {
    /// The candidates of a synset that have no verdict and are no near duplicates, ascending. So many are read `at_once`, in a text of about
    /// 150 bytes each.
    pub async fn open_candidates(
        &mut self,
        project_synset_id: i64,
        at_once: usize,
    ) -> Result<Vec<OpenRow>, StoreError> {
        let row = concat!(
            "array(candidate_id, serving_rank, in_initial_sample, sha256, array(",
            facts_columns!(),
            "))"
        );
        let from = "from (select * from candidate
                          where project_synset_id = $1 and verdict = 'undecided' and duplicate_of is null and candidate_id > $2
                          order by candidate_id limit $3) candidate";
        let limit = i64::try_from(at_once).unwrap_or(i64::MAX);
        let mut open: Vec<OpenRow> = Vec::new();
        loop {
            let last = open.last().map_or(0, |row| row.candidate_id);
            let mut some: Vec<OpenRow> =
                packed_rows!(self, row, from, |query| query.bind(project_synset_id).bind(last).bind(limit))?;
            let is_last = some.len() < at_once;
            some.sort_unstable_by_key(|row| row.candidate_id);
            open.append(&mut some);
            if is_last {
                return Ok(open);
            }
        }
    }

    /// The synsets of these assignments, ascending.
    pub async fn synsets_of_assignments(&mut self, assignment_ids: &[i64]) -> Result<Vec<i64>, StoreError> {
        let among = self.dialect().among();
        let sql = format!(
            "select distinct project_synset_id from assignment where assignment_id {among} order by project_synset_id"
        );
        let list = id_list(assignment_ids);
        on_tx!(self, connection => sqlx::query_scalar(AssertSqlSafe(sql)).bind(list).fetch_all(connection).await)
    }

    /// Who has voted on, or reported, which of these candidates: (worker, candidate). Somebody who did both is there twice.
    pub async fn who_answered(&mut self, candidate_ids: &[i64]) -> Result<Vec<(i64, i64)>, StoreError> {
        let among = self.dialect().among();
        let sql = format!(
            "select account_id, candidate_id from vote where candidate_id {among}
             union all
             select account_id, candidate_id from report where candidate_id {among}"
        );
        let list = id_list(candidate_ids);
        on_tx!(self, connection => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(connection).await)
    }

    /// These assignments with their projects, ascending; ids that nobody has are left out.
    pub async fn placed_assignments(
        &mut self,
        assignment_ids: &[i64],
    ) -> Result<Vec<PlacedAssignmentRow>, StoreError> {
        let sql = format!(
            concat!(
                assignment!("p.project_id, "),
                " join project_synset p on p.project_synset_id = a.project_synset_id
                 where a.assignment_id {} order by a.assignment_id"
            ),
            self.dialect().among()
        );
        let list = id_list(assignment_ids);
        on_tx!(self, connection => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(connection).await)
    }

    /// The assignments of these workers that are neither submitted nor expired at `now`, with their projects, ascending: a worker's
    /// first one in a project was on the screen first.
    pub async fn open_assignments(
        &mut self,
        account_ids: &[i64],
        now: i64,
    ) -> Result<Vec<PlacedAssignmentRow>, StoreError> {
        let sql = format!(
            concat!(
                assignment!("p.project_id, "),
                " join project_synset p on p.project_synset_id = a.project_synset_id
                 where a.account_id {} and a.submitted_at is null and a.expires_at > $2 order by a.assignment_id"
            ),
            self.dialect().among()
        );
        let list = id_list(account_ids);
        on_tx!(self, connection => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(list).bind(now).fetch_all(connection).await
        })
    }

    /// The candidates of these ids as a screen shows them, ascending; ids that nobody has are left out.
    pub async fn assigned_candidates(
        &mut self,
        candidate_ids: &[i64],
    ) -> Result<Vec<AssignedCandidate>, StoreError> {
        let (sql, list) = (assigned_candidates(self.dialect()), id_list(candidate_ids));
        on_tx!(self, connection => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(connection).await)
    }

    /// Ids for so many new assignments, ascending; SQLite gives the same ones again until they are taken.
    pub async fn assignment_ids(&mut self, number: usize) -> Result<Vec<i64>, StoreError> {
        self.new_ids("assignment", number).await
    }

    /// Records what workers are handed, and hold from now on. The ids are of [`Tx::assignment_ids`].
    pub async fn insert_assignments(&mut self, new: &[AssignmentRow]) -> Result<(), StoreError> {
        let rows = Rows::new()
            .integers(new.iter().map(|new| new.assignment_id))
            .integers(new.iter().map(|new| new.account_id))
            .integers(new.iter().map(|new| new.project_synset_id))
            .integers(new.iter().map(|new| new.assigned_at))
            .integers(new.iter().map(|new| new.expires_at))
            .texts(new.iter().map(|new| id_list(&new.candidates.0)))
            .integers(new.iter().map(|new| i64::try_from(new.candidates.0.len()).unwrap_or(i64::MAX)));
        let into = "insert into assignment (assignment_id, account_id, project_synset_id, assigned_at, expires_at, candidates, tiles)";
        self.over(into, rows, "").await.map(drop)
    }

    /// Marks assignments as submitted, which lets go of their candidates. Those that were submitted before stay as they are; returns
    /// how many were not.
    pub async fn close_assignments(&mut self, assignment_ids: &[i64], now: i64) -> Result<u64, StoreError> {
        let sql = format!(
            "update assignment set submitted_at = $2 where assignment_id {} and submitted_at is null",
            self.dialect().among()
        );
        let list = id_list(assignment_ids);
        on_tx!(self, connection => {
            let query = sqlx::query(AssertSqlSafe(sql)).bind(list).bind(now);
            query.execute(connection).await.map(|done| done.rows_affected())
        })
    }

    /// Ids for new rows of a table whose key is `TABLE_id`.
    async fn new_ids(&mut self, table: &'static str, number: usize) -> Result<Vec<i64>, StoreError> {
        let sql = self.dialect().new_ids(table);
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        on_tx!(self, connection => {
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(number).fetch_all(connection).await
        })
    }
}
