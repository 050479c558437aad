//! What waits for experts, in the order in which it is shown, and all that is known of one case.

use domain::consensus::Verdict;
use domain::wnid::Wnid;
use sqlx::FromRow;

use crate::text::Parsed;

text_enum! {
    /// Why a candidate waits; in this order cases are shown.
    WaitingFor, "reason to wait" {
        /// Escalated, and reported by people.
        Reported = "reported",
        /// Escalated.
        Escalated = "escalated",
        /// In the initial sample of a synset on hold.
        OnHold = "on hold",
        /// In an initial sample, undecided, without a majority of two thirds.
        Disputed = "disputed",
    }
}

/// A place in the queue: the cases after it are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewCursor {
    /// The place of the reason among [`WaitingFor::ALL`].
    pub rank: i64,
    /// The synset.
    pub project_synset_id: i64,
    /// The candidate.
    pub candidate_id: i64,
}

/// Which part of the queue is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewScope {
    /// Only this project.
    pub project_id: Option<i64>,
    /// Only this synset.
    pub wnid: Option<Wnid>,
}

/// How many cases wait in a synset.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of project_synset, and one count for each reason")]
pub struct WaitingRow {
    pub project_id: i64,
    pub project_name: String,
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    pub reported: i64,
    pub escalated: i64,
    pub on_hold: i64,
    pub disputed: i64,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of candidate and its project, by their names")]
pub struct CaseRow {
    pub candidate_id: i64,
    pub project_synset_id: i64,
    pub project_id: i64,
    pub project_name: String,
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    pub sha256: String,
    pub yes: i64,
    pub no: i64,
    pub unsure: i64,
    #[sqlx(try_from = "Parsed<Verdict>")]
    pub verdict: Verdict,
    pub calibration_id: Option<i64>,
    pub expert: Option<bool>,
    /// The place of the reason to wait among [`WaitingFor::ALL`]; none for what does not wait.
    pub rank: Option<i64>,
    pub file_name: String,
    pub source_url: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
}

/// A vote on a case.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct CaseVoteRow {
    /// What the worker says by now: `yes`, `no` or `unsure`.
    #[sqlx(try_from = "Parsed<domain::consensus::Answer>")]
    pub answer: domain::consensus::Answer,
    /// When (Unix ms).
    pub voted_at: i64,
    /// The worker is excluded from the project.
    pub excluded: bool,
}

/// The newest word of an expert on a case.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DecidedRow {
    /// The label.
    pub expert_label_id: i64,
    /// Who.
    pub account_id: i64,
    /// The name.
    pub name: String,
    /// When (Unix ms).
    pub labelled_at: i64,
}

impl WaitingFor {
    /// The reason at a place of [`WaitingFor::ALL`].
    #[must_use]
    pub fn of_rank(rank: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(rank).ok()?).copied()
    }
}

/// `candidate_id, rank` and the synset of all that waits in the scope (`$1` a project or null, `$2` a wnid or empty). Each part has
/// an index of its own: what is escalated, and initial samples.
macro_rules! waiting {
    () => {
        "with waiting (rank, project_synset_id, candidate_id) as (
             select cast(case when c.reports > 0 then 0 else 1 end as bigint), c.project_synset_id, c.candidate_id
             from project_synset p
             join candidate c on c.project_synset_id = p.project_synset_id and c.escalated
             where p.escalated > 0 and c.duplicate_of is null
               and ($1 is null or p.project_id = $1) and ($2 = '' or p.wnid = $2)
             union all
             select cast(case when p.state = 'hold' then 2 else 3 end as bigint), c.project_synset_id, c.candidate_id
             from project_synset p
             join candidate c on c.project_synset_id = p.project_synset_id and c.in_initial_sample
             where p.state in ('hold', 'labelling') and c.duplicate_of is null and c.expert is null
               and c.verdict <> 'escalated'
               and (p.state = 'hold'
                    or (c.verdict = 'undecided' and c.yes + c.no >= 3
                        and 3 * c.yes < 2 * (c.yes + c.no) and 3 * c.no < 2 * (c.yes + c.no)))
               and ($1 is null or p.project_id = $1) and ($2 = '' or p.wnid = $2))"
    };
}

/// The select of all columns of [`CaseRow`] but `rank`, which comes before.
macro_rules! case_columns {
    () => {
        " as rank, c.candidate_id, c.project_synset_id, p.project_id, j.name as project_name, p.wnid, c.sha256, c.yes, c.no,
               c.unsure, c.verdict, c.calibration_id, c.expert, c.file_name, c.source_url, c.licence, c.attribution"
    };
}

reads! {
    /// What waits in each synset, the most first.
    waiting(scope: ReviewScope) -> Vec<WaitingRow>, executor => {
        let sql = concat!(
            waiting!(),
            " select p.project_id, j.name as project_name, p.wnid,
                     count(*) filter (where w.rank = 0) as reported, count(*) filter (where w.rank = 1) as escalated,
                     count(*) filter (where w.rank = 2) as on_hold, count(*) filter (where w.rank = 3) as disputed
              from waiting w
              join project_synset p on p.project_synset_id = w.project_synset_id
              join project j on j.project_id = p.project_id
              group by p.project_synset_id, p.project_id, j.name, p.wnid
              order by count(*) desc, p.project_synset_id"
        );
        let wnid = scope.wnid.map(|wnid| wnid.to_string()).unwrap_or_default();
        sqlx::query_as(sql).bind(scope.project_id).bind(wnid).fetch_all(executor).await
    };

    /// At most `limit` cases after a place of the queue.
    cases_after(scope: ReviewScope, after: ReviewCursor, limit: i64) -> Vec<CaseRow>, executor => {
        let sql = concat!(
            waiting!(),
            " select w.rank", case_columns!(),
            " from (select rank, project_synset_id, candidate_id from waiting
                    where (rank, project_synset_id, candidate_id) > ($3, $4, $5)
                    order by rank, project_synset_id, candidate_id limit $6) w
              join candidate c on c.candidate_id = w.candidate_id
              join project_synset p on p.project_synset_id = w.project_synset_id
              join project j on j.project_id = p.project_id
              order by w.rank, w.project_synset_id, w.candidate_id"
        );
        let wnid = scope.wnid.map(|wnid| wnid.to_string()).unwrap_or_default();
        let query = sqlx::query_as(sql).bind(scope.project_id).bind(wnid);
        let query = query.bind(after.rank).bind(after.project_synset_id).bind(after.candidate_id);
        query.bind(limit).fetch_all(executor).await
    };

    /// A candidate as a case, whether it waits or not; none for a near duplicate.
    case_of(candidate_id: i64) -> Option<CaseRow>, executor => {
        let sql = concat!(
            "select cast(case when c.verdict = 'escalated' and c.reports > 0 then 0
                              when c.verdict = 'escalated' then 1
                              when not c.in_initial_sample or c.expert is not null then null
                              when p.state = 'hold' then 2
                              when p.state = 'labelling' and c.verdict = 'undecided' and c.yes + c.no >= 3
                                   and 3 * c.yes < 2 * (c.yes + c.no) and 3 * c.no < 2 * (c.yes + c.no) then 3
                         end as bigint)",
            case_columns!(),
            " from candidate c
              join project_synset p on p.project_synset_id = c.project_synset_id
              join project j on j.project_id = p.project_id
              where c.candidate_id = $1 and c.duplicate_of is null"
        );
        sqlx::query_as(sql).bind(candidate_id).fetch_optional(executor).await
    };

    /// Every vote on a candidate that was not taken back, the oldest first.
    case_votes(candidate_id: i64) -> Vec<CaseVoteRow>, executor => {
        let sql = "with said (answer, submission_id, voted_at, excluded) as (
                       select coalesce((select r.answer from correction r
                                        where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                                        order by r.submission_id desc limit 1), v.answer),
                              v.submission_id, v.voted_at,
                              coalesce((select x.excluded from exclusion x
                                        where x.project_id = p.project_id and x.account_id = v.account_id
                                        order by x.exclusion_id desc limit 1), false)
                       from candidate c
                       join project_synset p on p.project_synset_id = c.project_synset_id
                       join vote v on v.candidate_id = c.candidate_id
                       where c.candidate_id = $1)
                   select answer, voted_at, excluded from said where answer <> 'none' order by submission_id";
        sqlx::query_as(sql).bind(candidate_id).fetch_all(executor).await
    };

    /// How many people report a candidate as broken, and as offensive, whether their votes count or not.
    case_reports(candidate_id: i64) -> (i64, i64), executor => {
        let sql = "select count(*) filter (where r.kind = 'broken'), count(*) filter (where r.kind = 'offensive')
                   from report r
                   where r.candidate_id = $1 and not exists (
                       select 1 from report n where n.candidate_id = r.candidate_id and n.account_id = r.account_id
                         and n.submission_id > r.submission_id)";
        sqlx::query_as(sql).bind(candidate_id).fetch_one(executor).await
    };

    /// The newest label of a candidate, one that takes back too.
    decided(candidate_id: i64) -> Option<DecidedRow>, executor => {
        let sql = "select l.expert_label_id, l.account_id, w.name, l.labelled_at
                   from expert_label l join account w on w.account_id = l.account_id
                   where l.candidate_id = $1 order by l.expert_label_id desc limit 1";
        sqlx::query_as(sql).bind(candidate_id).fetch_optional(executor).await
    };
}
