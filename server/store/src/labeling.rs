//! Who looks at what: which synsets need workers, which candidates a worker can be given, and who holds which.

use domain::wnid::Wnid;
use sqlx::{AssertSqlSafe, FromRow, QueryBuilder};

use crate::candidates::FactsRow;
use crate::projects::SynsetState;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

mod calibrations;
mod facts;
mod voting;

pub use calibrations::{CalibrationRow, NewCalibration, Through};
pub use facts::{ExclusionRow, ExpertAnswer, ExpertLabelRow, GivenRow, ReportKind, TallyChange};
pub use voting::{SubmissionRow, VoteExportRow};

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

/// A synset that a worker could be given a batch of.
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
    /// Holds of workers on its candidates that are not expired.
    pub live_leases: i64,
    /// Whether this worker's latest assignment in the project was in it.
    pub mine: bool,
}

/// One screen of candidates handed to a worker.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct AssignmentRow {
    pub assignment_id: i64,
    pub account_id: i64,
    pub project_synset_id: i64,
    pub assigned_at: i64,
    pub expires_at: i64,
    pub submitted_at: Option<i64>,
}

/// A candidate on a screen.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AssignedCandidate {
    /// The candidate.
    pub candidate_id: i64,
    /// Its image.
    pub sha256: String,
    /// Its place on the screen, from 0.
    pub position: i64,
    /// The candidate that it has turned out to be a near duplicate of.
    pub duplicate_of: Option<i64>,
}

/// A candidate that a worker could be given.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LeasableRow {
    /// The candidate.
    pub candidate_id: i64,
    /// Its place in the synset's random order of serving.
    pub serving_rank: i64,
    /// Whether it was drawn into the initial sample.
    pub in_initial_sample: bool,
    /// What decides its verdict.
    #[sqlx(flatten)]
    pub known: FactsRow,
    /// Holds of workers on it that are not expired.
    pub live_leases: i64,
}

reads! {
    /// How many synsets of a project are served and have open candidates.
    open_synsets(project_id: i64) -> i64, executor => {
        let sql = "select count(*) from project_synset
                   where project_id = $1 and not paused and state in ('calibrating', 'labelling')
                     and candidates > positive + negative + escalated";
        sqlx::query_scalar(sql).bind(project_id).fetch_one(executor).await
    };

    /// The synsets that a worker could be given a batch of: not paused, calibrating or labelling. First the one that the worker
    /// was in last, then those that are calibrating, then those with the fewest live leases for each open candidate.
    active_synsets(project_id: i64, account_id: i64, now: i64) -> Vec<ActiveSynset>, executor => {
        let sql = "select p.project_synset_id, p.wnid, p.state,
                          p.candidates - p.positive - p.negative - p.escalated as open,
                          coalesce(l.live, 0) as live_leases,
                          coalesce(p.project_synset_id = (
                              select a.project_synset_id from assignment a
                              join project_synset q on q.project_synset_id = a.project_synset_id
                              where a.account_id = $2 and q.project_id = $1
                              order by a.assignment_id desc limit 1), false) as mine
                   from project_synset p
                   left join (select a.project_synset_id, count(*) as live
                              from lease l join assignment a on a.assignment_id = l.assignment_id
                              where l.expires_at > $3 group by a.project_synset_id) l
                          on l.project_synset_id = p.project_synset_id
                   where p.project_id = $1 and not p.paused and p.state in ('calibrating', 'labelling')
                   order by mine desc, case p.state when 'calibrating' then 0 else 1 end,
                            cast(coalesce(l.live, 0) as double precision)
                                / (1 + p.candidates - p.positive - p.negative - p.escalated),
                            p.project_synset_id";
        sqlx::query_as(sql).bind(project_id).bind(account_id).bind(now).fetch_all(executor).await
    };

    /// A worker's assignment; `None` when it is another worker's.
    assignment(assignment_id: i64, account_id: i64) -> Option<AssignmentRow>, executor => {
        let sql = "select assignment_id, account_id, project_synset_id, assigned_at, expires_at, submitted_at
                   from assignment where assignment_id = $1 and account_id = $2";
        sqlx::query_as(sql).bind(assignment_id).bind(account_id).fetch_optional(executor).await
    };

    /// The candidates of an assignment, in the order of the screen.
    assignment_candidates(assignment_id: i64) -> Vec<AssignedCandidate>, executor => {
        let sql = "select c.candidate_id, c.sha256, a.position, c.duplicate_of
                   from assignment_candidate a join candidate c on c.candidate_id = a.candidate_id
                   where a.assignment_id = $1 order by a.position";
        sqlx::query_as(sql).bind(assignment_id).fetch_all(executor).await
    };
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

    /// How many holds are not expired at `now`.
    pub async fn live_leases(&self, now: i64) -> Result<i64, StoreError> {
        let sql = "select count(*) from lease where expires_at > $1";
        on_db!(self, pool => sqlx::query_scalar(sql).bind(now).fetch_one(pool).await)
    }

    /// Deletes the holds that are expired at `now`, which count for nothing already; returns how many there were. One statement
    /// by itself.
    pub async fn delete_expired_leases(&self, now: i64) -> Result<u64, StoreError> {
        on_writer!(self, writer => {
            let query = sqlx::query("delete from lease where expires_at <= $1").bind(now);
            query.execute(writer).await.map(|done| done.rows_affected())
        })
    }
}

impl Tx {
    /// The worker's oldest assignment in a project that is neither submitted nor expired at `now`: the one that was on the
    /// screen first. With `other_than`, another one than that.
    pub async fn open_assignment(
        &mut self,
        account_id: i64,
        project_id: i64,
        other_than: Option<i64>,
        now: i64,
    ) -> Result<Option<AssignmentRow>, StoreError> {
        let sql = "select a.assignment_id, a.account_id, a.project_synset_id, a.assigned_at, a.expires_at, a.submitted_at
                   from assignment a join project_synset p on p.project_synset_id = a.project_synset_id
                   where a.account_id = $1 and p.project_id = $2 and a.submitted_at is null and a.expires_at > $3
                     and a.assignment_id <> $4
                   order by a.assignment_id limit 1";
        on_tx!(self, connection => {
            let query = sqlx::query_as(sql).bind(account_id).bind(project_id).bind(now);
            query.bind(other_than.unwrap_or(0)).fetch_optional(connection).await
        })
    }

    /// At most `limit` candidates of a synset that a worker could be given: undecided, no near duplicates, without a vote, a
    /// report and a live lease of this worker. By (serving rank, candidate id), after such a pair. With `sample_only`, those of
    /// the initial sample alone. How many leases a candidate may have is the caller's to say.
    pub async fn leasable(
        &mut self,
        project_synset_id: i64,
        account_id: i64,
        sample_only: bool,
        after: Option<(i64, i64)>,
        limit: i64,
        now: i64,
    ) -> Result<Vec<LeasableRow>, StoreError> {
        let sql = format!(
            concat!("select c.candidate_id, c.serving_rank, c.in_initial_sample, ", facts_columns!(), ",
                    (select count(*) from lease l where l.candidate_id = c.candidate_id and l.expires_at > $3)
                        as live_leases
             from candidate c
             where c.project_synset_id = $1 and c.verdict = 'undecided' and c.duplicate_of is null{}
               and (c.serving_rank, c.candidate_id) > ($4, $5)
               and not exists (select 1 from vote v where v.candidate_id = c.candidate_id and v.account_id = $2)
               and not exists (select 1 from report r where r.candidate_id = c.candidate_id and r.account_id = $2)
               and not exists (select 1 from lease l
                               where l.candidate_id = c.candidate_id and l.account_id = $2 and l.expires_at > $3)
             order by c.serving_rank, c.candidate_id limit $6"),
            if sample_only { " and c.in_initial_sample" } else { "" }
        );
        let (rank, candidate_id) = after.unwrap_or((i64::MIN, i64::MIN));
        on_tx!(self, connection => {
            let query = sqlx::query_as(AssertSqlSafe(sql)).bind(project_synset_id).bind(account_id).bind(now);
            query.bind(rank).bind(candidate_id).bind(limit).fetch_all(connection).await
        })
    }

    /// Hands a worker the candidates, in the order of the screen, and holds them until `expires_at`; returns the assignment's
    /// id. There must be at least one candidate. A hold that the worker had on one of them passes to this assignment.
    pub async fn insert_assignment(
        &mut self,
        account_id: i64,
        project_synset_id: i64,
        now: i64,
        expires_at: i64,
        candidate_ids: &[i64],
    ) -> Result<i64, StoreError> {
        let sql = "insert into assignment (account_id, project_synset_id, assigned_at, expires_at)
                   values ($1, $2, $3, $4) returning assignment_id";
        let assignment_id: i64 = on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(account_id).bind(project_synset_id).bind(now).bind(expires_at);
            query.fetch_one(connection).await
        })?;
        self.insert_assignment_candidates(assignment_id, candidate_ids).await?;
        let sql = "insert into lease (candidate_id, account_id, assignment_id, expires_at)
                   select candidate_id, $2, $1, $3 from assignment_candidate where assignment_id = $1
                   order by candidate_id
                   on conflict (candidate_id, account_id) do update
                   set assignment_id = excluded.assignment_id, expires_at = excluded.expires_at";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(assignment_id).bind(account_id).bind(expires_at);
            query.execute(connection).await.map(|_| assignment_id)
        })
    }

    async fn insert_assignment_candidates(
        &mut self,
        assignment_id: i64,
        candidate_ids: &[i64],
    ) -> Result<(), StoreError> {
        on_tx!(self, connection => {
            let mut query = QueryBuilder::new("insert into assignment_candidate (assignment_id, position, candidate_id) ");
            query.push_values((0_i64..).zip(candidate_ids), |mut row, (position, candidate_id)| {
                row.push_bind(assignment_id).push_bind(position).push_bind(*candidate_id);
            });
            query.build().persistent(false).execute(connection).await.map(drop)
        })
    }

    /// Marks an assignment as submitted and lets go of its candidates. False when it was submitted before.
    pub async fn close_assignment(&mut self, assignment_id: i64, now: i64) -> Result<bool, StoreError> {
        let sql = "update assignment set submitted_at = $2 where assignment_id = $1 and submitted_at is null";
        let closed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(assignment_id).bind(now);
            query.execute(connection).await.map(|done| done.rows_affected() == 1)
        })?;
        on_tx!(self, connection => {
            let query = sqlx::query("delete from lease where assignment_id = $1").bind(assignment_id);
            query.execute(connection).await.map(|_| closed)
        })
    }
}
