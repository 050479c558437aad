//! Counts everything again from the votes, for comparison with what is stored beside them.

use domain::consensus::{Tally, Verdict};
use sqlx::FromRow;

use crate::candidates::{SampleRow, tally};
use crate::text::Parsed;
use crate::{Store, StoreError};

/// A candidate as it is stored, beside its votes counted again.
#[derive(Clone, Debug, PartialEq, FromRow)]
#[expect(missing_docs, reason = "columns of candidate by their names, and the same counts taken from vote")]
pub struct RecountRow {
    pub candidate_id: i64,
    pub yes: i64,
    pub no: i64,
    pub unsure: i64,
    pub counted_yes: i64,
    pub counted_no: i64,
    pub counted_unsure: i64,
    #[sqlx(try_from = "Parsed<Verdict>")]
    pub verdict: Verdict,
    pub reason: Option<String>,
    pub confidence: Option<f64>,
    pub calibration_id: Option<i64>,
    pub in_initial_sample: bool,
    pub duplicate_of: Option<i64>,
}

impl RecountRow {
    /// The tally as it is stored.
    #[must_use]
    pub fn stored(&self) -> Tally {
        tally(self.yes, self.no, self.unsure)
    }

    /// The tally counted from the votes.
    #[must_use]
    pub fn counted(&self) -> Tally {
        tally(self.counted_yes, self.counted_no, self.counted_unsure)
    }
}

/// A synset's counters, counted from its candidates and their votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the counters of a project's synset, by their names")]
pub struct CounterRow {
    /// Near duplicates not counted.
    pub candidates: i64,
    pub duplicates: i64,
    pub positive: i64,
    pub negative: i64,
    pub escalated: i64,
    /// On near duplicates too.
    pub votes: i64,
}

impl Store {
    /// Every candidate of a synset, near duplicates too, ascending by id.
    pub async fn recounted(&self, project_synset_id: i64) -> Result<Vec<RecountRow>, StoreError> {
        let sql = "select c.candidate_id, c.yes, c.no, c.unsure, coalesce(v.yes, 0) as counted_yes,
                          coalesce(v.no, 0) as counted_no, coalesce(v.unsure, 0) as counted_unsure, c.verdict, c.reason,
                          c.confidence, c.calibration_id, c.in_initial_sample, c.duplicate_of
                   from candidate c
                   left join (select v.candidate_id, count(*) filter (where v.answer = 'yes') as yes,
                                     count(*) filter (where v.answer = 'no') as no,
                                     count(*) filter (where v.answer = 'unsure') as unsure
                              from candidate d join vote v on v.candidate_id = d.candidate_id
                              where d.project_synset_id = $1 group by v.candidate_id) v
                          on v.candidate_id = c.candidate_id
                   where c.project_synset_id = $1 order by c.candidate_id";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_synset_id).fetch_all(pool).await)
    }

    /// The initial sample of a synset with its votes counted up to a submission, that one too, ascending by candidate id.
    /// One that became a near duplicate later is still there, as in [`Store::sample_tallies`].
    pub async fn recounted_sample_through(
        &self,
        project_synset_id: i64,
        submission_id: i64,
    ) -> Result<Vec<SampleRow>, StoreError> {
        let sql = "select c.candidate_id, count(*) filter (where v.answer = 'yes') as yes,
                          count(*) filter (where v.answer = 'no') as no,
                          count(*) filter (where v.answer = 'unsure') as unsure
                   from candidate c
                   left join vote v on v.candidate_id = c.candidate_id and v.submission_id <= $2
                   where c.project_synset_id = $1 and c.in_initial_sample
                   group by c.candidate_id order by c.candidate_id";
        on_db!(self, pool => {
            sqlx::query_as(sql).bind(project_synset_id).bind(submission_id).fetch_all(pool).await
        })
    }

    /// A synset's counters from its candidates and votes.
    pub async fn recounted_synset(&self, project_synset_id: i64) -> Result<CounterRow, StoreError> {
        let sql = "select count(*) filter (where duplicate_of is null) as candidates,
                          count(*) filter (where duplicate_of is not null) as duplicates,
                          count(*) filter (where duplicate_of is null and verdict = 'positive') as positive,
                          count(*) filter (where duplicate_of is null and verdict = 'negative') as negative,
                          count(*) filter (where duplicate_of is null and verdict = 'escalated') as escalated,
                          (select count(*) from candidate d join vote v on v.candidate_id = d.candidate_id
                           where d.project_synset_id = $1) as votes
                   from candidate where project_synset_id = $1";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_synset_id).fetch_one(pool).await)
    }
}
