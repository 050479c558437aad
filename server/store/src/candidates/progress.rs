//! When a synset's votes came and when its images were settled, counted in steps of time.

use sqlx::FromRow;

/// What was recorded within one step of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct ProgressRow {
    /// The step, counted from the moment asked for.
    pub step: i64,
    /// Votes given, on near duplicates too.
    pub votes: i64,
    /// Images that are positive now, and have been since then.
    pub positive: i64,
    /// Likewise negative.
    pub negative: i64,
    /// Likewise escalated.
    pub escalated: i64,
}

reads! {
    /// The first and the last moment at which anything was recorded (Unix ms): a vote given, or an image settled that still is.
    progress_span(project_synset_id: i64) -> Option<(i64, i64)>, executor => {
        let sql = "with moment (at) as (
                       select v.voted_at from candidate c join vote v on v.candidate_id = c.candidate_id
                       where c.project_synset_id = $1
                       union all
                       select c.settled_at from candidate c
                       where c.project_synset_id = $1 and c.duplicate_of is null and c.settled_at is not null
                   )
                   select min(at), max(at) from moment having count(*) > 0";
        sqlx::query_as(sql).bind(project_synset_id).fetch_optional(executor).await
    };

    /// What was recorded in each step of `width` ms from `start` on, ascending; steps without anything are left out.
    progress(project_synset_id: i64, start: i64, width: i64) -> Vec<ProgressRow>, executor => {
        let sql = "with fact (step, kind) as (
                       select (v.voted_at - $2) / $3, 'vote' from candidate c join vote v on v.candidate_id = c.candidate_id
                       where c.project_synset_id = $1
                       union all
                       select (c.settled_at - $2) / $3, c.verdict from candidate c
                       where c.project_synset_id = $1 and c.duplicate_of is null and c.settled_at is not null
                   )
                   select step, count(*) filter (where kind = 'vote') as votes,
                          count(*) filter (where kind = 'positive') as positive,
                          count(*) filter (where kind = 'negative') as negative,
                          count(*) filter (where kind = 'escalated') as escalated
                   from fact group by step order by step";
        let query = sqlx::query_as(sql).bind(project_synset_id).bind(start).bind(width);
        query.fetch_all(executor).await
    };
}
