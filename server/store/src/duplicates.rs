//! Near duplicates as people review them: the pairs, and what was said about each. Words are only added, never changed.

use domain::consensus::Verdict;
use domain::dedup::Ruling;
use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::id_list;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

/// What somebody said about a pair.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct DuplicateReviewRow {
    pub duplicate_review_id: i64,
    /// The smaller id of the pair.
    pub one_candidate_id: i64,
    pub other_candidate_id: i64,
    pub kept_candidate_id: Option<i64>,
    pub reviewed_at: i64,
    /// Who said it, by name.
    pub reviewer: Option<String>,
}

/// One image of a pair.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, by their names")]
pub struct PairSideRow {
    pub candidate_id: i64,
    pub project_synset_id: i64,
    pub sha256: String,
    pub duplicate_of: Option<i64>,
    pub yes: i64,
    pub no: i64,
    pub unsure: i64,
    #[sqlx(try_from = "Parsed<Verdict>")]
    pub verdict: Verdict,
    pub file_name: String,
    pub source_url: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    pub creator: Option<String>,
    pub width: i64,
    pub height: i64,
    pub bytes: i64,
    pub format: String,
    pub phash: i64,
}

impl DuplicateReviewRow {
    /// What it means for the pair.
    #[must_use]
    pub fn ruling(&self) -> Ruling {
        match self.kept_candidate_id {
            None => Ruling::Apart(self.one_candidate_id, self.other_candidate_id),
            Some(kept) if kept == self.one_candidate_id => {
                Ruling::Same { kept, dropped: self.other_candidate_id }
            }
            Some(kept) => Ruling::Same { kept, dropped: self.one_candidate_id },
        }
    }
}

/// No word was said about the pair of a near duplicate `c` and what it duplicates.
macro_rules! unreviewed {
    () => {
        "c.project_synset_id = $1 and c.duplicate_of is not null and not exists
         (select 1 from duplicate_review r
          where r.one_candidate_id = case when c.candidate_id < c.duplicate_of then c.candidate_id else c.duplicate_of end
            and r.other_candidate_id = case when c.candidate_id < c.duplicate_of then c.duplicate_of else c.candidate_id end)"
    };
}

/// The last word about each pair of a synset.
macro_rules! last_words {
    () => {
        "from duplicate_review r
         where r.project_synset_id = $1 and not exists
             (select 1 from duplicate_review later
              where later.one_candidate_id = r.one_candidate_id and later.other_candidate_id = r.other_candidate_id
                and later.duplicate_review_id > r.duplicate_review_id)"
    };
}

reads! {
    /// Everything that was said about pairs of a synset, oldest first.
    duplicate_reviews(project_synset_id: i64) -> Vec<DuplicateReviewRow>, executor => {
        let sql = "select duplicate_review_id, one_candidate_id, other_candidate_id, kept_candidate_id, reviewed_at,
                          null as reviewer
                   from duplicate_review where project_synset_id = $1 order by duplicate_review_id";
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };

    /// How many pairs of a synset wait for a word, and about how many one was said.
    duplicate_review_counts(project_synset_id: i64) -> (i64, i64), executor => {
        let sql = concat!(
            "select (select count(*) from candidate c where ", unreviewed!(), "), (select count(*) ", last_words!(), ")"
        );
        sqlx::query_as(sql).bind(project_synset_id).fetch_one(executor).await
    };
}

impl Store {
    /// At most `limit` near duplicates of a synset, each with what it duplicates, about which nobody has said anything:
    /// ascending, after a candidate.
    pub async fn unreviewed_duplicates(
        &self,
        project_synset_id: i64,
        after: i64,
        limit: i64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        let sql = concat!(
            "select c.candidate_id, c.duplicate_of from candidate c where ",
            unreviewed!(),
            " and c.candidate_id > $2 order by c.candidate_id limit $3"
        );
        on_db!(self, pool => {
            sqlx::query_as(sql).bind(project_synset_id).bind(after).bind(limit).fetch_all(pool).await
        })
    }

    /// The last word about each pair of a synset, at most `limit`, newest first, before a review.
    pub async fn last_duplicate_reviews(
        &self,
        project_synset_id: i64,
        before: i64,
        limit: i64,
    ) -> Result<Vec<DuplicateReviewRow>, StoreError> {
        let sql = concat!(
            "select r.duplicate_review_id, r.one_candidate_id, r.other_candidate_id, r.kept_candidate_id, r.reviewed_at,
                    (select a.name from account a where a.account_id = r.account_id) as reviewer ",
            last_words!(),
            " and r.duplicate_review_id < $2 order by r.duplicate_review_id desc limit $3"
        );
        on_db!(self, pool => {
            sqlx::query_as(sql).bind(project_synset_id).bind(before).bind(limit).fetch_all(pool).await
        })
    }

    /// What pages show of candidates in pairs, ascending by id; ids that nobody has are left out.
    pub async fn pair_sides(&self, candidate_ids: &[i64]) -> Result<Vec<PairSideRow>, StoreError> {
        let sql = format!(
            "select c.candidate_id, c.project_synset_id, c.sha256, c.duplicate_of, c.yes, c.no, c.unsure, c.verdict,
                    c.file_name, c.source_url, c.licence, c.attribution, c.creator, i.width, i.height, i.bytes, i.format,
                    i.phash
             from candidate c join image i on i.sha256 = c.sha256
             where c.candidate_id {} order by c.candidate_id",
            self.dialect().among()
        );
        let list = id_list(candidate_ids);
        on_db!(self, pool => sqlx::query_as(AssertSqlSafe(sql)).bind(list).fetch_all(pool).await)
    }
}

impl Tx {
    /// Adds a word about a pair: which of the two stays, or, with `None`, that they show different pictures. Returns its id.
    pub async fn insert_duplicate_review(
        &mut self,
        project_synset_id: i64,
        pair: (i64, i64),
        kept: Option<i64>,
        account_id: i64,
        now: i64,
    ) -> Result<i64, StoreError> {
        let sql = "insert into duplicate_review (project_synset_id, one_candidate_id, other_candidate_id,
                                                 kept_candidate_id, account_id, reviewed_at)
                   values ($1, $2, $3, $4, $5, $6) returning duplicate_review_id";
        let (one, other) = (pair.0.min(pair.1), pair.0.max(pair.1));
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(project_synset_id).bind(one).bind(other).bind(kept);
            query.bind(account_id).bind(now).fetch_one(connection).await
        })
    }
}
