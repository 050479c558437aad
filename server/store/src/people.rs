//! The people who vote: how much, how fast, how well; for a page of them at a time, never vote by vote.

mod cohorts;
mod disputed;
mod listed;
mod votes;

pub use disputed::DisputedVoteRow;
pub use listed::{WorkerListRow, WorkerOrder, WorkerQuery};
pub use votes::VoteRow;

use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::id_list;
use crate::{Store, StoreError};
use domain::quality::{Compared, Confusion};

/// A worker's answers, counted by what the images are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FiguresRow {
    /// The worker.
    pub account_id: i64,
    /// The synset, where figures are asked for each one.
    pub project_synset_id: i64,
    /// Answers in force that say yes, no, unsure.
    pub answers: (i64, i64, i64),
    /// On images that an expert labelled.
    pub gold: Confusion,
    /// On images that votes settled, and that at least two others' votes alone decide the same way.
    pub settled: Confusion,
    /// On images on which at least two others have a majority.
    pub majority: Confusion,
    /// Beside other people's answers on the same images, as [`Compared::with`] counts.
    pub compared: Compared,
}

#[derive(FromRow)]
struct Counts {
    account_id: i64,
    project_synset_id: i64,
    yes: i64,
    no: i64,
    unsure: i64,
    gold_yes_on_good: i64,
    gold_good: i64,
    gold_no_on_bad: i64,
    gold_bad: i64,
    settled_yes_on_good: i64,
    settled_good: i64,
    settled_no_on_bad: i64,
    settled_bad: i64,
    majority_yes_on_good: i64,
    majority_good: i64,
    majority_no_on_bad: i64,
    majority_bad: i64,
    own_yes_on_good: i64,
    own_good: i64,
    own_no_on_bad: i64,
    own_bad: i64,
    others_yes_on_good: i64,
    others_good: i64,
    others_no_on_bad: i64,
    others_bad: i64,
}

impl From<Counts> for FiguresRow {
    fn from(row: Counts) -> Self {
        Self {
            account_id: row.account_id,
            project_synset_id: row.project_synset_id,
            answers: (row.yes, row.no, row.unsure),
            gold: confusion(row.gold_yes_on_good, row.gold_good, row.gold_no_on_bad, row.gold_bad),
            settled: confusion(
                row.settled_yes_on_good,
                row.settled_good,
                row.settled_no_on_bad,
                row.settled_bad,
            ),
            majority: confusion(
                row.majority_yes_on_good,
                row.majority_good,
                row.majority_no_on_bad,
                row.majority_bad,
            ),
            compared: Compared {
                own: confusion(row.own_yes_on_good, row.own_good, row.own_no_on_bad, row.own_bad),
                others: confusion(
                    row.others_yes_on_good,
                    row.others_good,
                    row.others_no_on_bad,
                    row.others_bad,
                ),
            },
        }
    }
}

fn confusion(yes_on_good: i64, good: i64, no_on_bad: i64, bad: i64) -> Confusion {
    let count = |n: i64| u32::try_from(n).unwrap_or(0);
    Confusion {
        yes_on_good: count(yes_on_good),
        good: count(good),
        no_on_bad: count(no_on_bad),
        bad: count(bad),
    }
}

/// Whether an account is excluded from the project in `$2` by the newest decision.
macro_rules! is_excluded {
    ($account:literal) => {
        concat!(
            "coalesce((select x.excluded from exclusion x where x.project_id = $2 and x.account_id = ",
            $account,
            " order by x.exclusion_id desc limit 1), false)"
        )
    };
}

/// The answers of the accounts that are `{among}` some in the project `$2`, beside what the images are: `good` by an expert, `settled` by
/// votes, `others_yes` and `others_no` without the worker's own vote, `yes` and `no` with it. An excluded worker's votes are in no
/// tally. What an image is for somebody who said yes, `yes_word`, and for somebody who said no, `no_word`, is what an expert says,
/// or else the majority of at least two others.
/// Materialized, so that SQLite begins with the people and not with the project's candidates, and looks each correction up once.
const COMPARED: &str = concat!(
    "with people (account_id, excluded) as materialized (
         select w.account_id, ",
    is_excluded!("w.account_id"),
    " from account w where w.account_id {among}),
     given (account_id, excluded, candidate_id, answer) as materialized (
         select v.account_id, w.excluded, v.candidate_id,
                coalesce((select r.answer from correction r
                          where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                          order by r.submission_id desc limit 1), v.answer)
         from people w
         join submission s on s.account_id = w.account_id
         join vote v on v.submission_id = s.submission_id),
     compared (account_id, project_synset_id, answer, expert, verdict, others_yes, others_no, yes, no) as materialized (
         select g.account_id, c.project_synset_id, g.answer, c.expert, c.verdict,
                c.yes - case when g.answer = 'yes' and not g.excluded then 1 else 0 end,
                c.no - case when g.answer = 'no' and not g.excluded then 1 else 0 end,
                c.yes + case when g.answer = 'yes' and g.excluded then 1 else 0 end,
                c.no + case when g.answer = 'no' and g.excluded then 1 else 0 end
         from given g
         join candidate c on c.candidate_id = g.candidate_id
         join project_synset p on p.project_synset_id = c.project_synset_id
         where p.project_id = $2 and g.answer <> 'none'),
     judged (account_id, project_synset_id, answer, is_gold, is_settled, has_majority, good, majority,
             word, yes_word, no_word, others_yes, others_no) as (
         select account_id, project_synset_id, answer, expert is not null and answer <> 'unsure',
                expert is null and answer <> 'unsure' and others_yes + others_no >= 2
                    and ((verdict = 'positive' and others_yes > others_no)
                         or (verdict = 'negative' and others_no > others_yes)),
                answer <> 'unsure' and others_yes + others_no >= 2 and others_yes <> others_no,
                coalesce(expert, verdict = 'positive'), others_yes > others_no,
                coalesce(expert, case when others_yes + others_no >= 2 and others_yes <> others_no
                                      then others_yes > others_no end),
                coalesce(expert, case when yes + no >= 3 and yes - 1 <> no then yes - 1 > no end),
                coalesce(expert, case when yes + no >= 3 and yes <> no - 1 then yes > no - 1 end),
                others_yes, others_no
         from compared)
     select account_id, {synset} as project_synset_id,
            count(*) filter (where answer = 'yes') as yes,
            count(*) filter (where answer = 'no') as no,
            count(*) filter (where answer = 'unsure') as unsure,
            count(*) filter (where is_gold and good and answer = 'yes') as gold_yes_on_good,
            count(*) filter (where is_gold and good) as gold_good,
            count(*) filter (where is_gold and not good and answer = 'no') as gold_no_on_bad,
            count(*) filter (where is_gold and not good) as gold_bad,
            count(*) filter (where is_settled and good and answer = 'yes') as settled_yes_on_good,
            count(*) filter (where is_settled and good) as settled_good,
            count(*) filter (where is_settled and not good and answer = 'no') as settled_no_on_bad,
            count(*) filter (where is_settled and not good) as settled_bad,
            count(*) filter (where has_majority and majority and answer = 'yes') as majority_yes_on_good,
            count(*) filter (where has_majority and majority) as majority_good,
            count(*) filter (where has_majority and not majority and answer = 'no') as majority_no_on_bad,
            count(*) filter (where has_majority and not majority) as majority_bad,
            count(*) filter (where word and answer = 'yes') as own_yes_on_good,
            count(*) filter (where word and answer <> 'unsure') as own_good,
            count(*) filter (where not word and answer = 'no') as own_no_on_bad,
            count(*) filter (where not word and answer <> 'unsure') as own_bad,
            cast(coalesce(sum(others_yes) filter (where yes_word and answer <> 'unsure'), 0) as bigint) as others_yes_on_good,
            cast(coalesce(sum(case when yes_word then others_yes else 0 end + case when no_word then others_no else 0 end)
                          filter (where answer <> 'unsure'), 0) as bigint) as others_good,
            cast(coalesce(sum(others_no) filter (where not no_word and answer <> 'unsure'), 0) as bigint) as others_no_on_bad,
            cast(coalesce(sum(case when not yes_word then others_yes else 0 end + case when not no_word then others_no else 0 end)
                          filter (where answer <> 'unsure'), 0) as bigint) as others_bad
     from judged group by account_id{group} order by account_id{group}"
);

impl Store {
    /// The figures of workers in a project, ascending by account; who has no answer in force there is left out.
    pub async fn worker_figures(
        &self,
        project_id: i64,
        account_ids: &[i64],
    ) -> Result<Vec<FiguresRow>, StoreError> {
        self.figures(project_id, account_ids, "cast(0 as bigint)", "").await
    }

    /// A worker's figures in each synset of a project, ascending by synset.
    pub async fn worker_figures_by_synset(
        &self,
        project_id: i64,
        account_id: i64,
    ) -> Result<Vec<FiguresRow>, StoreError> {
        self.figures(project_id, &[account_id], "project_synset_id", ", project_synset_id").await
    }

    async fn figures(
        &self,
        project_id: i64,
        account_ids: &[i64],
        synset: &str,
        group: &str,
    ) -> Result<Vec<FiguresRow>, StoreError> {
        let sql = COMPARED.replace("{among}", self.dialect().among()).replace("{synset}", synset);
        let sql = sql.replace("{group}", group);
        let list = id_list(account_ids);
        let rows: Vec<Counts> = on_db!(self, pool => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(list).bind(project_id).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(FiguresRow::from).collect())
    }
}
