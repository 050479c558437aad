//! What a verdict is computed from, and how it was: the rules themselves are `domain`'s.

use domain::consensus::Verdict;
use serde::Deserialize;
use sqlx::FromRow;
use std::collections::BTreeMap;

use super::FactsRow;
use crate::dialect::id_list;
use crate::labeling::TallyChange;
use crate::packed;
use crate::rows::Rows;
use crate::text::Parsed;
use crate::{StoreError, Tx};

/// A candidate of an initial sample, with its votes.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SampleRow {
    /// The candidate.
    pub candidate_id: i64,
    /// What decides its verdict.
    #[sqlx(flatten)]
    pub known: FactsRow,
}

/// How many candidates of a synset have the same facts.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct TallyCountRow {
    /// The synset's row.
    pub project_synset_id: i64,
    /// Whether they are in the initial sample.
    pub in_initial_sample: bool,
    /// What decides the verdict of each, with weights rounded to tenths of a vote.
    #[sqlx(flatten)]
    pub known: FactsRow,
    /// How many candidates.
    pub images: i64,
}

/// A candidate with its votes and how it was judged last.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Deserialize)]
pub struct CandidateState {
    /// The candidate.
    pub candidate_id: i64,
    /// What decides its verdict.
    #[sqlx(flatten)]
    pub known: FactsRow,
    /// The last judgement.
    #[sqlx(try_from = "Parsed<Verdict>")]
    #[serde(deserialize_with = "packed::text")]
    pub verdict: Verdict,
    /// When it was settled or escalated.
    pub settled_at: Option<i64>,
    /// Whether it was drawn into the initial sample.
    #[serde(deserialize_with = "packed::flag")]
    pub in_initial_sample: bool,
    /// The candidate that it is a near duplicate of.
    pub duplicate_of: Option<i64>,
}

/// A judgement of a candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgementRow {
    /// The candidate.
    pub candidate_id: i64,
    /// The outcome.
    pub verdict: Verdict,
    /// Why it is settled or escalated.
    pub reason: Option<String>,
    /// The chance that it is good, 0 to 1; kept bit by bit.
    pub confidence: f64,
    /// The confidence table that said so; none for an expert's word, and for reports before there is a table.
    pub calibration_id: Option<i64>,
    /// When it was settled or escalated.
    pub settled_at: Option<i64>,
}

reads! {
    /// The candidates of a synset's initial sample, ascending by id. One that became a near duplicate after the table was built is
    /// still there: the table rests on it.
    sample_tallies(project_synset_id: i64) -> Vec<SampleRow>, executor => {
        let sql = concat!("select candidate_id, ", facts_columns!(), " from candidate
                   where project_synset_id = $1 and in_initial_sample order by candidate_id");
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };

    /// How many candidates of a synset, near duplicates left out, have each tally: (yes, no, unsure, candidates), ascending.
    tally_counts(project_synset_id: i64) -> Vec<(i64, i64, i64, i64)>, executor => {
        let sql = "select yes, no, unsure, count(*) from candidate
                   where project_synset_id = $1 and duplicate_of is null
                   group by yes, no, unsure order by yes, no, unsure";
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };

    /// How many candidates of a project's synsets, near duplicates left out, are known by the same facts.
    tally_counts_of_project(project_id: i64) -> Vec<TallyCountRow>, executor => {
        let sql = concat!("select c.project_synset_id, c.in_initial_sample, ", rounded_facts!(), ", count(*) as images
                   from candidate c join project_synset s on s.project_synset_id = c.project_synset_id
                   where s.project_id = $1 and c.duplicate_of is null
                   group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11");
        sqlx::query_as(sql).bind(project_id).fetch_all(executor).await
    };

    /// How many near duplicates of a synset are at least so many bits away from what they duplicate.
    duplicates_at_least(project_synset_id: i64, distance: i64) -> i64, executor => {
        let sql = "select count(*) from candidate
                   where project_synset_id = $1 and duplicate_of is not null and duplicate_distance >= $2";
        sqlx::query_scalar(sql).bind(project_synset_id).bind(distance).fetch_one(executor).await
    };

    /// The same for a project.
    duplicates_of_project_at_least(project_id: i64, distance: i64) -> i64, executor => {
        let sql = "select count(*) from candidate c join project_synset s on s.project_synset_id = c.project_synset_id
                   where s.project_id = $1 and c.duplicate_of is not null and c.duplicate_distance >= $2";
        sqlx::query_scalar(sql).bind(project_id).bind(distance).fetch_one(executor).await
    };

    /// Every candidate of a synset that is no near duplicate, ascending by id: for judging them all again.
    tallied(project_synset_id: i64) -> Vec<CandidateState>, executor => {
        let sql = concat!("select candidate_id, ", facts_columns!(), ", verdict, settled_at, in_initial_sample, duplicate_of
                   from candidate where project_synset_id = $1 and duplicate_of is null order by candidate_id");
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };
}

/// The end of an update that adds the counts in `added`.
macro_rules! added_tallies {
    () => {
        "yes = candidate.yes + a.yes, no = candidate.no + a.no, unsure = candidate.unsure + a.unsure,
         discount_yes = candidate.discount_yes + a.discount_yes, discount_no = candidate.discount_no + a.discount_no,
         reports = candidate.reports + a.reports
         from added a where a.candidate_id = candidate.candidate_id"
    };
}

impl Tx {
    /// The candidates of these ids, ascending; ids that nobody has are left out.
    pub async fn candidate_states(
        &mut self,
        candidate_ids: &[i64],
    ) -> Result<Vec<CandidateState>, StoreError> {
        let row = concat!(
            "array(candidate_id, array(",
            facts_columns!(),
            "), verdict, settled_at, in_initial_sample, duplicate_of)"
        );
        let from = format!("from candidate where candidate_id {}", self.dialect().among());
        let list = id_list(candidate_ids);
        let mut states: Vec<CandidateState> = packed_rows!(self, row, from, |query| query.bind(&list))?;
        states.sort_unstable_by_key(|state| state.candidate_id);
        Ok(states)
    }

    /// Stores judgements. Counters are the caller's: see [`Tx::add_to_counters`].
    pub async fn save_judgements(&mut self, judgements: &[JudgementRow]) -> Result<(), StoreError> {
        self.change_candidates(&[], judgements).await
    }

    /// Changes the counts of candidates. A candidate may come several times.
    pub async fn change_tallies(&mut self, changes: &[TallyChange]) -> Result<(), StoreError> {
        self.change_candidates(changes, &[]).await
    }

    /// Changes the counts of candidates, of which one may come several times, and stores judgements, each candidate once. A row is written
    /// once: PostgreSQL writes all of it for every change.
    pub async fn change_candidates(
        &mut self,
        changes: &[TallyChange],
        judgements: &[JudgementRow],
    ) -> Result<(), StoreError> {
        // Ascending: who changes the same candidates changes them in the same order.
        let mut added: BTreeMap<i64, TallyChange> = BTreeMap::new();
        for change in changes {
            added.entry(change.candidate_id).and_modify(|sum| *sum = sum.and(change)).or_insert(*change);
        }
        let judged: BTreeMap<i64, (TallyChange, &JudgementRow)> = judgements
            .iter()
            .map(|row| {
                let id = row.candidate_id;
                (id, (added.remove(&id).unwrap_or_else(|| TallyChange::of(id)), row))
            })
            .collect();
        let counted = tallies(added.values());
        let with = "with added (candidate_id, yes, no, unsure, discount_yes, discount_no, reports) as (";
        self.over(with, counted, concat!(") update candidate set ", added_tallies!())).await?;
        let rows = judged.values().map(|(_, row)| *row);
        let judged = tallies(judged.values().map(|(change, _)| change))
            .texts(rows.clone().map(|row| row.verdict.as_str()))
            .optional_texts(rows.clone().map(|row| row.reason.as_deref()))
            .reals(rows.clone().map(|row| row.confidence))
            .integers(rows.clone().map(|row| row.calibration_id))
            .integers(rows.map(|row| row.settled_at));
        let with = "with added (candidate_id, yes, no, unsure, discount_yes, discount_no, reports, verdict, reason, confidence,
                                calibration_id, settled_at) as (";
        let update = concat!(
            ") update candidate
               set verdict = a.verdict, reason = a.reason, confidence = a.confidence, calibration_id = a.calibration_id,
                   settled_at = a.settled_at, ",
            added_tallies!()
        );
        self.over(with, judged, update).await.map(drop)
    }
}

/// What the counts of candidates grow by, by column.
fn tallies<'c>(changes: impl Iterator<Item = &'c TallyChange> + Clone) -> Rows<'c> {
    Rows::new()
        .integers(changes.clone().map(|change| change.candidate_id))
        .integers(changes.clone().map(|change| change.yes))
        .integers(changes.clone().map(|change| change.no))
        .integers(changes.clone().map(|change| change.unsure))
        .integers(changes.clone().map(|change| change.discount_yes))
        .integers(changes.clone().map(|change| change.discount_no))
        .integers(changes.map(|change| change.reports))
}
