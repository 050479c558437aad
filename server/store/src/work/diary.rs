//! What a worker has done, for the worker's own page.

use domain::wnid::Wnid;
use sqlx::FromRow;

use crate::text::Parsed;
use crate::{Store, StoreError};

/// A worker's votes on a day.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct VoteDayRow {
    /// The day, counted from 1970-01-01 in UTC.
    pub day: i64,
    /// Votes recorded.
    pub votes: i64,
}

/// A worker's pages on a day.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PageDayRow {
    /// The day, counted from 1970-01-01 in UTC.
    pub day: i64,
    /// Pages submitted.
    pub pages: i64,
    /// Milliseconds spent on them, each page capped.
    pub spent: i64,
}

/// A worker's record in a project.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ProjectWorkRow {
    /// The project.
    pub project_id: i64,
    /// Its name.
    pub name: String,
    /// Votes recorded.
    pub votes: i64,
    /// Yes and no answers on images that an expert labelled.
    pub gold: i64,
    /// Those that say what the expert says.
    pub gold_right: i64,
    /// Yes and no answers on images that votes settled.
    pub settled: i64,
    /// Those that say what the verdict says.
    pub settled_same: i64,
}

/// How far a worker has come with a synset of a project.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SynsetWorkRow {
    /// The project.
    pub project_id: i64,
    /// The synset.
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    /// Wrong answers to the definition question.
    pub tries: i64,
    /// When it was answered rightly.
    pub passed_at: Option<i64>,
    /// When practice was done.
    pub practised_at: Option<i64>,
    /// When the first batch was given.
    pub admitted_at: Option<i64>,
    /// Known pictures answered.
    pub practised: i64,
    /// Those that were answered rightly.
    pub practised_right: i64,
}

/// A project in which a worker's answers do not count.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct StoppedRow {
    /// The project.
    pub project_id: i64,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub decided_at: i64,
}

impl Store {
    /// A worker's votes by day, newest first.
    pub async fn votes_by_day(&self, account_id: i64) -> Result<Vec<VoteDayRow>, StoreError> {
        let sql = "select voted_at / 86400000 as day, count(*) as votes from vote where account_id = $1
                   group by 1 order by 1 desc";
        on_db!(self, pool => sqlx::query_as(sql).bind(account_id).fetch_all(pool).await)
    }

    /// A worker's pages by day since `since`, newest first. A page takes from when it was handed out, or from the page before
    /// if that was answered later, to its answer; at most `cap` milliseconds.
    pub async fn pages_by_day(
        &self,
        account_id: i64,
        since: i64,
        cap: i64,
    ) -> Result<Vec<PageDayRow>, StoreError> {
        let sql = "select day, count(*) as pages,
                          cast(sum(case when taken > $3 then $3 when taken < 0 then 0 else taken end) as bigint) as spent
                   from (select submitted_at / 86400000 as day, submitted_at,
                                submitted_at - case when before > assigned_at then before else assigned_at end as taken
                         from (select assigned_at, submitted_at,
                                      coalesce(lag(submitted_at) over (order by submitted_at, assignment_id), 0) as before
                               from assignment where account_id = $1 and submitted_at is not null) page) day_page
                   where submitted_at >= $2 group by day order by day desc";
        on_db!(self, pool => sqlx::query_as(sql).bind(account_id).bind(since).bind(cap).fetch_all(pool).await)
    }

    /// A worker's record in each project with votes of theirs. The newest answer to an image counts; settled are images that
    /// votes settled, without an expert.
    pub async fn work_in_projects(&self, account_id: i64) -> Result<Vec<ProjectWorkRow>, StoreError> {
        let sql = "select project_id, name, count(*) as votes,
                          count(*) filter (where expert is not null and answer in ('yes', 'no')) as gold,
                          count(*) filter (where expert is not null and answer in ('yes', 'no')
                                             and (answer = 'yes') = expert) as gold_right,
                          count(*) filter (where expert is null and answer in ('yes', 'no')
                                             and verdict in ('positive', 'negative')) as settled,
                          count(*) filter (where expert is null
                                             and ((answer = 'yes' and verdict = 'positive')
                                               or (answer = 'no' and verdict = 'negative'))) as settled_same
                   from (select p.project_id, p.name, c.expert, c.verdict,
                                coalesce((select k.answer from correction k
                                          where k.candidate_id = v.candidate_id and k.account_id = v.account_id
                                          order by k.submission_id desc limit 1), v.answer) as answer
                         from vote v
                         join candidate c on c.candidate_id = v.candidate_id
                         join project_synset s on s.project_synset_id = c.project_synset_id
                         join project p on p.project_id = s.project_id
                         where v.account_id = $1) given
                   group by project_id, name order by project_id";
        on_db!(self, pool => sqlx::query_as(sql).bind(account_id).fetch_all(pool).await)
    }

    /// How far a worker has come with synsets, the newest `limit` of them first.
    pub async fn work_in_synsets(
        &self,
        account_id: i64,
        limit: i64,
    ) -> Result<Vec<SynsetWorkRow>, StoreError> {
        let sql = "select s.project_id, s.wnid, q.tries, q.passed_at, q.practised_at, q.admitted_at,
                          count(a.candidate_id) as practised,
                          count(*) filter (where a.known = a.answered) as practised_right
                   from qualification q
                   join project_synset s on s.project_synset_id = q.project_synset_id
                   left join practice_answer a
                          on a.account_id = q.account_id and a.project_synset_id = q.project_synset_id
                   where q.account_id = $1
                   group by s.project_id, s.wnid, q.project_synset_id, q.tries, q.passed_at, q.practised_at, q.admitted_at
                   order by coalesce(q.admitted_at, 9223372036854775807) desc, q.project_synset_id desc limit $2";
        on_db!(self, pool => sqlx::query_as(sql).bind(account_id).bind(limit).fetch_all(pool).await)
    }

    /// The projects in which a worker was stopped, and is still.
    pub async fn stopped_in(&self, account_id: i64) -> Result<Vec<StoppedRow>, StoreError> {
        let sql = "select e.project_id, p.name, e.reason, e.decided_at
                   from exclusion e join project p on p.project_id = e.project_id
                   where e.account_id = $1 and e.excluded
                     and not exists (select 1 from exclusion n where n.account_id = e.account_id
                                     and n.project_id = e.project_id and n.exclusion_id > e.exclusion_id)
                   order by e.project_id";
        on_db!(self, pool => sqlx::query_as(sql).bind(account_id).fetch_all(pool).await)
    }

    /// The projects in which a page waits for a worker: handed out, not expired at `now`, not answered.
    pub async fn pages_waiting(&self, account_id: i64, now: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "select distinct s.project_id from assignment a
                   join project_synset s on s.project_synset_id = a.project_synset_id
                   where a.account_id = $1 and a.submitted_at is null and a.expires_at > $2 order by 1";
        on_db!(self, pool => sqlx::query_scalar(sql).bind(account_id).bind(now).fetch_all(pool).await)
    }
}
