//! Submissions and their votes: facts that are added and never changed.

use domain::consensus::{Answer, VoteWeights};
use domain::wnid::Wnid;
use sqlx::{FromRow, QueryBuilder};

use super::TallyChange;
use crate::dialect::rows_per_statement;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

/// One submission of one worker.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct SubmissionRow {
    pub submission_id: i64,
    pub account_id: i64,
    pub submission_key: String,
    pub body_hash: String,
    pub assignment_id: i64,
    /// Votes that were new.
    pub recorded: i64,
    pub next_assignment_id: Option<i64>,
    pub submitted_at: i64,
}

/// A vote with what an export says of it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "columns of vote, candidate and project_synset, by their names")]
pub struct VoteExportRow {
    pub submission_id: i64,
    pub candidate_id: i64,
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    pub sha256: String,
    pub account_id: i64,
    /// What counts, or, when the vote was taken back, what was said first.
    #[sqlx(try_from = "Parsed<Answer>")]
    pub answer: Answer,
    /// What was said first.
    #[sqlx(try_from = "Parsed<Answer>")]
    pub first_answer: Answer,
    /// What a yes counted for when it was cast, in millionths.
    pub weight_yes: i64,
    /// The same of a no.
    pub weight_no: i64,
    /// The version of the synset's table that was in force.
    pub table_version: Option<i64>,
    /// Neither taken back nor a vote of a worker who is excluded from the project.
    pub counts: bool,
    pub voted_at: i64,
    pub source_url: Option<String>,
    pub licence: Option<String>,
}

impl Store {
    /// At most `limit` votes of a project by (submission id, candidate id), after such a pair; `(0, 0)` is before the first.
    pub async fn votes_of_project(
        &self,
        project_id: i64,
        after: (i64, i64),
        limit: i64,
    ) -> Result<Vec<VoteExportRow>, StoreError> {
        // The cross joins keep SQLite from starting at the candidates and sorting all votes for each page.
        let sql =
            "select v.submission_id, v.candidate_id, p.wnid, c.sha256, v.account_id, v.answer as first_answer,
                          coalesce((select nullif(r.answer, 'none') from correction r
                                    where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                                    order by r.submission_id desc limit 1), v.answer) as answer,
                          not (coalesce((select r.answer = 'none' from correction r
                                         where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                                         order by r.submission_id desc limit 1), false)
                               or coalesce((select x.excluded from exclusion x
                                            where x.project_id = $1 and x.account_id = v.account_id
                                            order by x.exclusion_id desc limit 1), false)) as counts,
                          v.weight_yes, v.weight_no,
                          (select k.version from submission s join calibration k on k.calibration_id = s.calibration_id
                           where s.submission_id = v.submission_id) as table_version,
                          v.voted_at, c.source_url, c.licence
                   from vote v cross join candidate c cross join project_synset p
                   where c.candidate_id = v.candidate_id and p.project_synset_id = c.project_synset_id
                     and p.project_id = $1 and (v.submission_id, v.candidate_id) > ($2, $3)
                   order by v.submission_id, v.candidate_id limit $4";
        on_db!(self, pool => {
            let query = sqlx::query_as(sql).bind(project_id).bind(after.0).bind(after.1).bind(limit);
            query.fetch_all(pool).await
        })
    }
}

impl Tx {
    /// What a worker submitted under a key before.
    pub async fn submission(
        &mut self,
        account_id: i64,
        key: &str,
    ) -> Result<Option<SubmissionRow>, StoreError> {
        let sql = "select submission_id, account_id, submission_key, body_hash, assignment_id, recorded,
                          next_assignment_id, submitted_at
                   from submission where account_id = $1 and submission_key = $2";
        on_tx!(self, connection => sqlx::query_as(sql).bind(account_id).bind(key).fetch_optional(connection).await)
    }

    /// Begins a submission about a synset with this table; returns its id. Fails with [`StoreError::Conflict`] when the worker used the key before.
    pub async fn insert_submission(
        &mut self,
        account_id: i64,
        key: &str,
        body_hash: &str,
        assignment_id: i64,
        calibration_id: Option<i64>,
        now: i64,
    ) -> Result<i64, StoreError> {
        let sql = "insert into submission (account_id, submission_key, body_hash, assignment_id, recorded, submitted_at, calibration_id)
                   values ($1, $2, $3, $4, 0, $5, $6) returning submission_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(account_id).bind(key).bind(body_hash).bind(assignment_id).bind(now);
            query.bind(calibration_id).fetch_one(connection).await
        })
    }

    /// Notes how many votes were new, and what the worker was handed next. Fails with [`StoreError::NotFound`].
    pub async fn finish_submission(
        &mut self,
        submission_id: i64,
        recorded: i64,
        next_assignment_id: Option<i64>,
    ) -> Result<(), StoreError> {
        let sql = "update submission set recorded = $2, next_assignment_id = $3 where submission_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(submission_id).bind(recorded).bind(next_assignment_id);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        if changed != 1 {
            return Err(StoreError::NotFound(format!("there is no submission {submission_id}")));
        }
        Ok(())
    }

    /// Records a worker's answers, which weigh so on their synset, once for each submission; returns those that are new, ascending by candidate. An answer about
    /// a candidate that the worker has voted on before is left out, and so is the second of two about one candidate.
    pub async fn record_votes(
        &mut self,
        votes: &[(i64, Answer)],
        weights: VoteWeights,
        account_id: i64,
        submission_id: i64,
        now: i64,
    ) -> Result<Vec<(i64, Answer)>, StoreError> {
        let mut sorted = votes.to_vec();
        // Stable: the first answer about a candidate stays the first.
        sorted.sort_by_key(|(candidate_id, _)| *candidate_id);
        sorted.dedup_by_key(|(candidate_id, _)| *candidate_id);
        let mut recorded = 0;
        for some in sorted.chunks(rows_per_statement(7)) {
            recorded += self.insert_votes(some, weights, account_id, submission_id, now).await?;
        }
        if recorded < sorted.len() as u64 {
            let new = self.voted_candidates(submission_id).await?;
            sorted.retain(|(candidate_id, _)| new.binary_search(candidate_id).is_ok());
        }
        Ok(sorted)
    }

    async fn insert_votes(
        &mut self,
        votes: &[(i64, Answer)],
        weights: VoteWeights,
        account_id: i64,
        submission_id: i64,
        now: i64,
    ) -> Result<u64, StoreError> {
        on_tx!(self, connection => {
            let mut query =
                QueryBuilder::new("insert into vote (candidate_id, account_id, answer, submission_id, voted_at, weight_yes, weight_no) ");
            query.push_values(votes, |mut row, (candidate_id, answer)| {
                row.push_bind(*candidate_id).push_bind(account_id).push_bind(answer.as_str());
                row.push_bind(submission_id).push_bind(now);
                row.push_bind(i64::from(weights.yes)).push_bind(i64::from(weights.no));
            });
            query.push(" on conflict (candidate_id, account_id) do nothing");
            query.build().persistent(false).execute(connection).await.map(|done| done.rows_affected())
        })
    }

    async fn voted_candidates(&mut self, submission_id: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "select candidate_id from vote where submission_id = $1 order by candidate_id";
        on_tx!(self, connection => sqlx::query_scalar(sql).bind(submission_id).fetch_all(connection).await)
    }

    /// Adds new votes of these weights to the tallies of their candidates, in one statement for up to some thousands of them. A candidate may
    /// have several. The synset's counter is the caller's: see [`Tx::add_to_counters`].
    pub async fn add_to_tallies(
        &mut self,
        votes: &[(i64, Answer)],
        weights: VoteWeights,
    ) -> Result<(), StoreError> {
        let change =
            |(candidate, answer): &(i64, Answer)| TallyChange::of(*candidate).answer(*answer, weights, 1);
        self.change_tallies(&votes.iter().map(change).collect::<Vec<_>>()).await
    }

    /// How many votes of a worker are recorded.
    pub async fn count_votes_of(&mut self, account_id: i64) -> Result<i64, StoreError> {
        let sql = "select cast(coalesce(sum(recorded), 0) as bigint) from submission where account_id = $1";
        on_tx!(self, connection => sqlx::query_scalar(sql).bind(account_id).fetch_one(connection).await)
    }
}
