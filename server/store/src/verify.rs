//! Counts everything again from the votes, for comparison with what is stored beside them.

mod mending;

use domain::consensus::{Facts, Tally, Verdict};
use sqlx::FromRow;

use crate::candidates::{FactsRow, SampleRow, tally};
use crate::labeling::Through;
use crate::text::Parsed;

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
    pub discount_yes: i64,
    pub discount_no: i64,
    pub counted_discount_yes: i64,
    pub counted_discount_no: i64,
    pub expert: Option<bool>,
    pub counted_expert: Option<bool>,
    pub reports: i64,
    pub counted_reports: i64,
    #[sqlx(try_from = "Parsed<Verdict>")]
    pub verdict: Verdict,
    pub reason: Option<String>,
    pub confidence: Option<f64>,
    pub calibration_id: Option<i64>,
    pub settled_at: Option<i64>,
    pub in_initial_sample: bool,
    pub duplicate_of: Option<i64>,
    /// No count: where the image comes from.
    pub source_id: Option<i64>,
    /// No count: what a related synset said when that was looked through last.
    pub related: Option<i64>,
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

    /// All that decides the verdict, counted from the facts.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let counted = FactsRow {
            yes: self.counted_yes,
            no: self.counted_no,
            unsure: self.counted_unsure,
            discount_yes: self.counted_discount_yes,
            discount_no: self.counted_discount_no,
            expert: self.counted_expert,
            reports: self.counted_reports,
            source_id: self.source_id,
            related: self.related,
        };
        counted.facts()
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

/// An hour in which not as many votes are stored as were recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct HourRow {
    /// Counted from the beginning of 1970 in UTC.
    pub hour: i64,
    /// As it is stored.
    pub stored: i64,
    /// From the votes.
    pub counted: i64,
}

/// Whether an account was excluded from a project by the newest decision that is not past `$3`.
macro_rules! excluded {
    ($account:literal) => {
        concat!(
            "coalesce((select x.excluded from exclusion x where x.project_id = p.project_id and x.account_id = ",
            $account,
            " and x.exclusion_id <= $3 order by x.exclusion_id desc limit 1), false)"
        )
    };
}

/// Whether the votes of the voter taught tables by the newest decision that is not past `$5`.
macro_rules! taught {
    () => {
        "coalesce((select t.trusted from trust t where t.project_id = p.project_id and t.account_id = v.account_id
                     and t.trust_id <= $5 order by t.trust_id desc limit 1), true)"
    };
}

/// A candidate's facts through `$2` (submission), `$3` (exclusion) and `$4` (expert label), one row each: the candidates `c` of
/// the synset `$1` that the second part names, with the votes `v` that the third does.
macro_rules! counted {
    ($columns:expr, $which:literal, $whose:expr) => {
        concat!(
            "with counted (candidate_id, yes, no, unsure, discount_yes, discount_no) as (
                 select candidate_id, count(*) filter (where answer = 'yes'), count(*) filter (where answer = 'no'),
                        count(*) filter (where answer = 'unsure'),
                        cast(sum(case answer when 'yes' then 1000000 - weight_yes
                                             when 'unsure' then (1000000 - weight_yes) / 2 else 0 end) as bigint),
                        cast(sum(case answer when 'no' then 1000000 - weight_no
                                             when 'unsure' then (1000000 - weight_no) / 2 else 0 end) as bigint)
                 from (select v.candidate_id, v.weight_yes, v.weight_no,
                              coalesce((select r.answer from correction r
                                        where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                                          and r.submission_id <= $2
                                        order by r.submission_id desc limit 1), v.answer) as answer
                       from project_synset p
                       join candidate c on c.project_synset_id = p.project_synset_id
                       join vote v on v.candidate_id = c.candidate_id and v.submission_id <= $2
                       where p.project_synset_id = $1 and ", $which, " and not ", excluded!("v.account_id"), "
                         and ", $whose, ") said
                 group by candidate_id),
             reported (candidate_id, reports) as (
                 select candidate_id, count(*)
                 from (select r.candidate_id, r.kind
                       from project_synset p
                       join candidate c on c.project_synset_id = p.project_synset_id
                       join report r on r.candidate_id = c.candidate_id and r.submission_id <= $2
                       where p.project_synset_id = $1 and ", $which, " and not ", excluded!("r.account_id"), "
                         and not exists (select 1 from report n
                                         where n.candidate_id = r.candidate_id and n.account_id = r.account_id
                                           and n.submission_id > r.submission_id and n.submission_id <= $2)) newest
                 where kind <> 'none' group by candidate_id),
             labelled (candidate_id, answer) as (
                 select l.candidate_id, l.answer from candidate c
                 join expert_label l on l.candidate_id = c.candidate_id and l.expert_label_id <= $4
                 where c.project_synset_id = $1 and not exists (
                     select 1 from expert_label n where n.candidate_id = l.candidate_id
                       and n.expert_label_id > l.expert_label_id and n.expert_label_id <= $4))
             select c.candidate_id, ", $columns, "
             from candidate c
             left join counted v on v.candidate_id = c.candidate_id
             left join reported r on r.candidate_id = c.candidate_id
             left join labelled l on l.candidate_id = c.candidate_id
             where c.project_synset_id = $1 and ", $which, " order by c.candidate_id"
        )
    };
}

/// The columns of [`SampleRow`], counted.
macro_rules! facts {
    () => {
        "coalesce(v.yes, 0) as yes, coalesce(v.no, 0) as no, coalesce(v.unsure, 0) as unsure,
         coalesce(v.discount_yes, 0) as discount_yes, coalesce(v.discount_no, 0) as discount_no,
         case l.answer when 'yes' then true when 'no' then false end as expert, coalesce(r.reports, 0) as reports, c.source_id,
         cast(null as bigint) as related"
    };
}

reads! {
    /// The initial sample of a synset with its facts as they were, ascending by candidate id, with the votes of those alone who
    /// were trusted by then to teach. One that became a near duplicate later is still there, as in [`crate::Store::sample_tallies`].
    recounted_sample_through(project_synset_id: i64, through: Through) -> Vec<SampleRow>, executor => {
        let sql = counted!(facts!(), "c.in_initial_sample", taught!());
        let query = sqlx::query_as(sql).bind(project_synset_id).bind(through.submission_id);
        let query = query.bind(through.exclusion_id).bind(through.expert_label_id).bind(through.trust_id);
        query.fetch_all(executor).await
    };

    /// Every candidate of a synset, near duplicates too, ascending by id.
    recounted(project_synset_id: i64) -> Vec<RecountRow>, executor => {
        let sql = counted!(
            "c.yes, c.no, c.unsure, c.discount_yes, c.discount_no,
             coalesce(v.discount_yes, 0) as counted_discount_yes, coalesce(v.discount_no, 0) as counted_discount_no,
             coalesce(v.yes, 0) as counted_yes, coalesce(v.no, 0) as counted_no,
             coalesce(v.unsure, 0) as counted_unsure, c.expert,
             case l.answer when 'yes' then true when 'no' then false end as counted_expert,
             c.reports, coalesce(r.reports, 0) as counted_reports, c.verdict, c.reason, c.confidence, c.calibration_id,
             c.settled_at, c.in_initial_sample, c.duplicate_of, c.source_id, c.related",
            "true",
            "true"
        );
        let through = Through::NOW;
        let query = sqlx::query_as(sql).bind(project_synset_id).bind(through.submission_id);
        query.bind(through.exclusion_id).bind(through.expert_label_id).fetch_all(executor).await
    };

    /// The accepted candidates of a synset that were audited by then, with their facts as they were, ascending by candidate id:
    /// as in [`crate::Store::audited_tallies`].
    recounted_audited_through(project_synset_id: i64, through: Through) -> Vec<SampleRow>, executor => {
        let sql = counted!(
            facts!(),
            "not c.in_initial_sample and exists (
                 select 1 from audit a where a.candidate_id = c.candidate_id and a.verdict = 'positive'
                   and a.expert_label_id <= $4)",
            "true"
        );
        let query = sqlx::query_as(sql).bind(project_synset_id).bind(through.submission_id);
        let query = query.bind(through.exclusion_id).bind(through.expert_label_id);
        let rows: Result<Vec<SampleRow>, sqlx::Error> = query.fetch_all(executor).await;
        // What was said and taken back is no audit.
        rows.map(|rows| rows.into_iter().filter(|row| row.known.expert.is_some()).collect::<Vec<_>>())
    };

    /// A synset's counters from its candidates and votes.
    recounted_synset(project_synset_id: i64) -> CounterRow, executor => {
        let sql = "select count(*) filter (where duplicate_of is null) as candidates,
                          count(*) filter (where duplicate_of is not null) as duplicates,
                          count(*) filter (where duplicate_of is null and verdict = 'positive') as positive,
                          count(*) filter (where duplicate_of is null and verdict = 'negative') as negative,
                          count(*) filter (where duplicate_of is null and verdict = 'escalated') as escalated,
                          (select count(*) from candidate d join vote v on v.candidate_id = d.candidate_id
                           where d.project_synset_id = $1) as votes
                   from candidate where project_synset_id = $1";
        sqlx::query_as(sql).bind(project_synset_id).fetch_one(executor).await
    };

    /// A synset's hours for which the stored number of votes is not that of its votes, ascending.
    miscounted_hours(project_synset_id: i64) -> Vec<HourRow>, executor => {
        let sql = "select hour, cast(sum(stored) as bigint) as stored, cast(sum(counted) as bigint) as counted
                   from (select hour, votes as stored, 0 as counted from vote_hour where project_synset_id = $1
                         union all
                         select v.voted_at / 3600000, 0, 1 from candidate c
                         join vote v on v.candidate_id = c.candidate_id where c.project_synset_id = $1) said
                   group by hour having sum(stored) <> sum(counted) order by hour";
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };
}
