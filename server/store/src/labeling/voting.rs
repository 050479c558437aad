//! Submissions and their votes: facts that are added and never changed.

use domain::consensus::{Answer, VoteWeights};
use domain::wnid::Wnid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::row_list;
use crate::rows::Rows;
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

/// A submission to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct NewSubmission {
    /// Of [`Tx::submission_ids`].
    pub submission_id: i64,
    pub account_id: i64,
    pub submission_key: String,
    pub body_hash: String,
    pub assignment_id: i64,
    pub recorded: i64,
    pub next_assignment_id: Option<i64>,
    /// The synset's table that was in force.
    pub calibration_id: Option<i64>,
    pub submitted_at: i64,
}

/// A vote to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct NewVote {
    pub candidate_id: i64,
    pub account_id: i64,
    pub answer: Answer,
    pub submission_id: i64,
    pub voted_at: i64,
    pub weights: VoteWeights,
}

impl Tx {
    /// What workers submitted under keys before: of (worker, key), those that are known.
    pub async fn submissions(&mut self, keys: &[(i64, &str)]) -> Result<Vec<SubmissionRow>, StoreError> {
        let sql = format!(
            "select s.submission_id, s.account_id, s.submission_key, s.body_hash, s.assignment_id, s.recorded,
                    s.next_assignment_id, s.submitted_at
             from {} join submission s
                  on s.account_id = cast(q.value ->> 0 as bigint) and s.submission_key = q.value ->> 1",
            self.dialect().rows()
        );
        let list = row_list(keys);
        on_tx!(self, connection => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(connection).await)
    }

    /// Ids for so many new submissions, ascending; SQLite gives the same ones again until they are taken.
    pub async fn submission_ids(&mut self, number: usize) -> Result<Vec<i64>, StoreError> {
        self.new_ids("submission", number).await
    }

    /// Records submissions. Fails with [`StoreError::Conflict`] when a worker used a key before.
    pub async fn insert_submissions(&mut self, new: &[NewSubmission]) -> Result<(), StoreError> {
        let rows = Rows::new()
            .integers(new.iter().map(|new| new.submission_id))
            .integers(new.iter().map(|new| new.account_id))
            .texts(new.iter().map(|new| new.submission_key.as_str()))
            .texts(new.iter().map(|new| new.body_hash.as_str()))
            .integers(new.iter().map(|new| new.assignment_id))
            .integers(new.iter().map(|new| new.recorded))
            .integers(new.iter().map(|new| new.next_assignment_id))
            .integers(new.iter().map(|new| new.calibration_id))
            .integers(new.iter().map(|new| new.submitted_at));
        let into = "insert into submission (submission_id, account_id, submission_key, body_hash, assignment_id, recorded,
                                            next_assignment_id, calibration_id, submitted_at)";
        self.over(into, rows, "").await.map(drop)
    }

    /// Notes what the worker was handed after a submission. Fails with [`StoreError::NotFound`].
    pub async fn set_next_assignment(
        &mut self,
        submission_id: i64,
        next_assignment_id: Option<i64>,
    ) -> Result<(), StoreError> {
        let sql = "update submission set next_assignment_id = $2 where submission_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(submission_id).bind(next_assignment_id);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        if changed != 1 {
            return Err(StoreError::NotFound(format!("there is no submission {submission_id}")));
        }
        Ok(())
    }

    /// Of (candidate, worker), those where the worker has voted on the candidate.
    pub async fn voted(&mut self, pairs: &[(i64, i64)]) -> Result<Vec<(i64, i64)>, StoreError> {
        let sql = format!(
            "select v.candidate_id, v.account_id
             from {} join vote v
                  on v.candidate_id = cast(q.value ->> 0 as bigint) and v.account_id = cast(q.value ->> 1 as bigint)",
            self.dialect().rows()
        );
        let list = row_list(pairs);
        on_tx!(self, connection => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(connection).await)
    }

    /// Records votes, in the order of their key. Tallies are the caller's: see [`Tx::change_tallies`]. Fails with
    /// [`StoreError::Conflict`] where a worker has voted on a candidate before.
    pub async fn insert_votes(&mut self, votes: &[NewVote]) -> Result<(), StoreError> {
        let mut sorted = votes.to_vec();
        sorted.sort_unstable_by_key(|vote| (vote.candidate_id, vote.account_id));
        let rows = Rows::new()
            .integers(sorted.iter().map(|vote| vote.candidate_id))
            .integers(sorted.iter().map(|vote| vote.account_id))
            .texts(sorted.iter().map(|vote| vote.answer.as_str()))
            .integers(sorted.iter().map(|vote| vote.submission_id))
            .integers(sorted.iter().map(|vote| vote.voted_at))
            .integers(sorted.iter().map(|vote| i64::from(vote.weights.yes)))
            .integers(sorted.iter().map(|vote| i64::from(vote.weights.no)));
        let into = "insert into vote (candidate_id, account_id, answer, submission_id, voted_at, weight_yes, weight_no)";
        self.over(into, rows, "").await.map(drop)
    }
}
