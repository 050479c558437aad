//! A worker's single votes, beside what others said.

use domain::consensus::{Answer, Verdict};
use domain::wnid::Wnid;
use sqlx::FromRow;

use crate::text::Parsed;
use crate::{Store, StoreError};

/// A vote in force, with what is known of its candidate.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct VoteRow {
    /// The candidate.
    pub candidate_id: i64,
    /// Its image.
    pub sha256: String,
    /// The synset.
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    /// What the worker says by now.
    #[sqlx(try_from = "Parsed<Answer>")]
    pub answer: Answer,
    /// When the vote came (Unix ms).
    pub voted_at: i64,
    /// Other people's votes that say yes.
    pub others_yes: i64,
    /// Those that say no.
    pub others_no: i64,
    /// Those that can't tell.
    pub others_unsure: i64,
    /// What the candidate is taken for.
    #[sqlx(try_from = "Parsed<Verdict>")]
    pub verdict: Verdict,
    /// The newest word of an expert.
    pub expert: Option<bool>,
}

/// Selects [`VoteRow`]s of the account `$1` in the project `$2`, of the votes that `$source` joins.
macro_rules! said {
    ($source:literal) => {
        concat!(
            "with said (candidate_id, answer, submission_id, voted_at, excluded) as materialized (
                 select v.candidate_id,
                        coalesce((select r.answer from correction r
                                  where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                                  order by r.submission_id desc limit 1), v.answer),
                        v.submission_id, v.voted_at,
                        coalesce((select x.excluded from exclusion x where x.project_id = $2 and x.account_id = $1
                                  order by x.exclusion_id desc limit 1), false)
                 from ",
            $source,
            ")
             select c.candidate_id, c.sha256, p.wnid, g.answer, g.voted_at,
                    c.yes - case when g.answer = 'yes' and not g.excluded then 1 else 0 end as others_yes,
                    c.no - case when g.answer = 'no' and not g.excluded then 1 else 0 end as others_no,
                    c.unsure - case when g.answer = 'unsure' and not g.excluded then 1 else 0 end as others_unsure,
                    c.verdict, c.expert
             from said g
             join candidate c on c.candidate_id = g.candidate_id
             join project_synset p on p.project_synset_id = c.project_synset_id
             where g.answer <> 'none'"
        )
    };
}

impl Store {
    /// The newest votes of a worker in a project.
    pub async fn newest_votes(
        &self,
        project_id: i64,
        account_id: i64,
        limit: i64,
    ) -> Result<Vec<VoteRow>, StoreError> {
        let sql = concat!(
            said!(
                "(select s.submission_id from submission s
                  join assignment a on a.assignment_id = s.assignment_id
                  join project_synset q on q.project_synset_id = a.project_synset_id
                  where s.account_id = $1 and q.project_id = $2 and s.recorded > 0
                  order by s.submission_id desc limit $3) n
                 join vote v on v.submission_id = n.submission_id"
            ),
            " order by g.submission_id desc, g.candidate_id limit $3"
        );
        on_db!(self, pool => {
            sqlx::query_as(sql).bind(account_id).bind(project_id).bind(limit).fetch_all(pool).await
        })
    }

    /// The newest votes of a worker in a project that an expert's word contradicts.
    pub async fn gold_mistakes(
        &self,
        project_id: i64,
        account_id: i64,
        limit: i64,
    ) -> Result<Vec<VoteRow>, StoreError> {
        let sql = concat!(
            said!(
                "project_synset q
                 join candidate d on d.project_synset_id = q.project_synset_id and d.expert is not null
                 join vote v on v.candidate_id = d.candidate_id and v.account_id = $1
                 where q.project_id = $2"
            ),
            " and ((c.expert and g.answer = 'no') or (not c.expert and g.answer = 'yes'))
             order by g.submission_id desc, g.candidate_id limit $3"
        );
        on_db!(self, pool => {
            sqlx::query_as(sql).bind(account_id).bind(project_id).bind(limit).fetch_all(pool).await
        })
    }
}
