//! Who said what about one candidate.

use sqlx::FromRow;

/// A vote, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct VoteRow {
    /// The worker's name.
    pub worker: String,
    /// The answer, as it was given first.
    pub answer: String,
    /// When (Unix ms).
    pub voted_at: i64,
    /// The worker's newest second thought; `none` takes the vote back.
    pub corrected: Option<String>,
    /// When (Unix ms).
    pub corrected_at: Option<i64>,
    /// What a yes counted for, in millionths.
    pub weight_yes: i64,
    /// What a no counted for, in millionths.
    pub weight_no: i64,
    /// Whether the worker is excluded from the project.
    pub excluded: bool,
}

reads! {
    /// Every vote on a candidate, in the order in which they came.
    votes_on(candidate_id: i64) -> Vec<VoteRow>, executor => {
        let sql = "select a.name as worker, v.answer, v.voted_at, v.weight_yes, v.weight_no,
                          (select r.answer from correction r
                           where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                           order by r.submission_id desc limit 1) as corrected,
                          (select r.corrected_at from correction r
                           where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                           order by r.submission_id desc limit 1) as corrected_at,
                          coalesce((select x.excluded from exclusion x
                                    where x.project_id = p.project_id and x.account_id = v.account_id
                                    order by x.exclusion_id desc limit 1), false) as excluded
                   from vote v
                   join candidate c on c.candidate_id = v.candidate_id
                   join project_synset p on p.project_synset_id = c.project_synset_id
                   join account a on a.account_id = v.account_id
                   where v.candidate_id = $1 order by v.voted_at, v.submission_id";
        sqlx::query_as(sql).bind(candidate_id).fetch_all(executor).await
    };
}
