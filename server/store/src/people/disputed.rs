//! Images on which people disagree: what shows who is wrong together with whom.

use domain::consensus::Answer;
use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::id_list;
use crate::text::Parsed;
use crate::{Store, StoreError};

/// Disputed images that are looked at, at most.
pub const DISPUTED: i64 = 4_000;

/// A yes or no on a disputed image.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DisputedVoteRow {
    /// The image.
    pub candidate_id: i64,
    /// Who voted.
    pub account_id: i64,
    /// What was said.
    #[sqlx(try_from = "Parsed<Answer>")]
    pub answer: Answer,
    /// What an expert said.
    pub expert: Option<bool>,
}

/// Begins with the accounts' newest pages and not with the project's candidates, like the figures of workers.
const DISPUTED_VOTES: &str = "
    with page (submission_id) as materialized (
        select n.submission_id
        from (select s.submission_id,
                     row_number() over (partition by s.account_id order by s.submission_id desc) as place
              from submission s
              join assignment a on a.assignment_id = s.assignment_id
              join project_synset p on p.project_synset_id = a.project_synset_id
              where s.account_id {among} and p.project_id = $2 and s.recorded > 0) n
        where n.place <= $3),
    disputed (candidate_id, expert) as materialized (
        select c.candidate_id, c.expert
        from page n
        join vote v on v.submission_id = n.submission_id
        join candidate c on c.candidate_id = v.candidate_id
        where (c.yes > 0 and c.no > 0) or (c.expert and c.no > 0) or (not c.expert and c.yes > 0)
        group by c.candidate_id, c.expert
        order by max(n.submission_id) desc, c.candidate_id limit $4),
    said (candidate_id, account_id, answer, expert) as materialized (
        select d.candidate_id, v.account_id,
               coalesce((select r.answer from correction r
                         where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                         order by r.submission_id desc limit 1), v.answer),
               d.expert
        from disputed d join vote v on v.candidate_id = d.candidate_id)
    select candidate_id, account_id, answer, expert from said
    where answer in ('yes', 'no') order by candidate_id, account_id";

impl Store {
    /// Everybody's yes and no in force on the images of the accounts' newest pages that people disagree on, or an expert with
    /// people; by image, then by account. Of the images at most the newest four thousand. Excluded people's votes are among them:
    /// who was wrong together with somebody else was so even if the votes no longer count.
    ///
    /// Reads the accounts' submissions, the votes and candidates of `pages` of each, and all votes on the disputed ones of these:
    /// for fifty people of forty pages of 36 about 72,000 votes and at most 4,000 images, however large the project is.
    pub async fn disputed_votes(
        &self,
        project_id: i64,
        account_ids: &[i64],
        pages: i64,
    ) -> Result<Vec<DisputedVoteRow>, StoreError> {
        let sql = DISPUTED_VOTES.replace("{among}", self.dialect().among());
        let list = id_list(account_ids);
        on_db!(self, pool => {
            let asked = sqlx::query_as(AssertSqlSafe(sql)).bind(list).bind(project_id);
            asked.bind(pages).bind(DISPUTED).fetch_all(pool).await
        })
    }

    /// How many people have answered pages of a project.
    pub async fn worker_count(&self, project_id: i64) -> Result<i64, StoreError> {
        let sql = "select count(distinct a.account_id) from project_synset p
                   join assignment a on a.project_synset_id = p.project_synset_id
                   where p.project_id = $1 and a.submitted_at is not null";
        on_db!(self, pool => { sqlx::query_scalar(sql).bind(project_id).fetch_one(pool).await })
    }
}
