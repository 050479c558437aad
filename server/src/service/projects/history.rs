//! The versions of a synset's confidence table: why each was built, and what it changed.

use super::ProjectsService;
use crate::service::Outcome;
use crate::service::judging::tally;
use app::api::projects::{Cause, TableChange, TableVersion};
use domain::consensus::{Calibration, Threshold, Verdict};
use std::collections::HashMap;
use store::labeling::CalibrationRow;

/// More versions than this are not listed, nor what they forecast computed again.
const MOST_VERSIONS: usize = 50;

impl ProjectsService {
    /// The newest versions, the newest first. `rows` are all of them, the first one first.
    pub(super) fn versions(&self, rows: &[CalibrationRow]) -> Outcome<Vec<TableVersion>> {
        let before = rows.iter().rev().skip(1).map(Some).chain(std::iter::once(None));
        let newest = rows.iter().rev().zip(before).take(MOST_VERSIONS);
        newest.map(|(row, before)| self.version(row, before)).collect()
    }

    fn version(&self, row: &CalibrationRow, before: Option<&CalibrationRow>) -> Outcome<TableVersion> {
        Ok(TableVersion {
            version: row.version,
            created_at: row.created_at,
            images: row.images,
            threshold: row.threshold,
            difficulty: row.difficulty,
            stated_precision: self.tables.of(row)?.forecast().mean_confidence_of_accepted,
            causes: before.map_or_else(|| vec![Cause::SampleComplete], |before| causes(before, row)),
        })
    }
}

/// What differs between what two versions rest on.
fn causes(before: &CalibrationRow, after: &CalibrationRow) -> Vec<Cause> {
    let mut causes = Vec::new();
    if before.target_precision != after.target_precision {
        causes.push(Cause::Target { before: before.target_precision, after: after.target_precision });
    }
    if before.fixed_threshold != after.fixed_threshold {
        causes.push(Cause::FixedThreshold { before: before.fixed_threshold, after: after.fixed_threshold });
    }
    if before.rejection != after.rejection {
        causes.push(Cause::Rejection { before: before.rejection, after: after.rejection });
    }
    if before.votes_cap != after.votes_cap {
        causes.push(Cause::VotesCap { before: before.votes_cap, after: after.votes_cap });
    }
    if before.initial_votes != after.initial_votes {
        causes.push(Cause::InitialVotes { before: before.initial_votes, after: after.initial_votes });
    }
    if before.method != after.method {
        let (before, after) = (before.method.to_string(), after.method.to_string());
        causes.push(Cause::Method { before, after });
    } else if before.prior_id != after.prior_id {
        causes.push(Cause::Level);
    }
    if before.images != after.images {
        causes.push(Cause::Images { before: before.images, after: after.images });
    }
    if before.anchored != after.anchored {
        causes.push(Cause::Experts { before: before.anchored, after: after.anchored });
    } else if causes.is_empty()
        && before.through_trust_id != after.through_trust_id
        && model(before) != model(after)
    {
        causes.push(Cause::Trust);
    } else if before.prior_id == after.prior_id
        && before.images == after.images
        && model(before) != model(after)
    {
        causes.push(Cause::Votes);
    }
    if findings(before) != findings(after) {
        causes.push(Cause::Audits { good: after.audited_good, bad: after.audited_bad });
    }
    if before.source_offsets != after.source_offsets {
        causes.push(Cause::Sources);
    }
    if causes.is_empty() { vec![Cause::Nothing] } else { causes }
}

fn findings(row: &CalibrationRow) -> (f64, i64, i64) {
    (row.audit_shift, row.audited_good, row.audited_bad)
}

fn model(row: &CalibrationRow) -> [f64; 6] {
    [
        row.prevalence,
        row.good_yes_rate,
        row.good_concentration,
        row.bad_yes_rate,
        row.bad_concentration,
        row.near_miss_share,
    ]
}

/// What a version changed to the one before: `images` says how many stand in each cell now.
pub(super) fn change(
    before: &Calibration,
    after: &Calibration,
    images: &HashMap<(u32, u32), i64>,
) -> TableChange {
    let side =
        |built: &Calibration, yes, no| match built.judge(tally(i64::from(yes), i64::from(no), 0)).verdict {
            settled @ (Verdict::Positive | Verdict::Negative) => Some(settled),
            Verdict::Undecided | Verdict::Escalated => None,
        };
    let cap = before.cap().min(after.cap());
    let cells = || after.table().tallies().filter(|(yes, no)| (1..=cap).contains(&(yes + no)));
    let moved: Vec<(u32, u32)> =
        cells().filter(|&(yes, no)| side(before, yes, no) != side(after, yes, no)).collect();
    TableChange {
        threshold: (before.threshold().map(Threshold::get), after.threshold().map(Threshold::get)),
        counts: after.method().fixed_votes().is_some(),
        difficulty: (before.difficulty().map(i64::from), after.difficulty().map(i64::from)),
        cells: length(cells().count()),
        cells_moved: length(moved.len()),
        images_moved: moved.iter().filter_map(|cell| images.get(cell)).sum(),
    }
}

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::consensus::{BetaBinomial, Model, Offsets, Rejection, StopRule, Tally};

    fn row() -> CalibrationRow {
        CalibrationRow {
            calibration_id: 1,
            project_synset_id: 1,
            version: 1,
            through_submission_id: 7,
            through_exclusion_id: 0,
            through_expert_label_id: 0,
            through_trust_id: 0,
            method: domain::consensus::Method::Table,
            prior_id: None,
            images: 20,
            anchored: 0,
            prevalence: 0.2,
            good_yes_rate: 0.9,
            good_concentration: 6.0,
            bad_yes_rate: 0.05,
            bad_concentration: 6.0,
            near_miss_share: 0.03,
            target_precision: 0.97,
            fixed_threshold: None,
            threshold: Some(0.95),
            rejection: 0.1,
            votes_cap: 20,
            initial_votes: 10,
            difficulty: Some(4),
            hold_reason: None,
            audit_shift: 0.0,
            audited_good: 0,
            audited_bad: 0,
            source_offsets: Offsets::default(),
            created_at: 0,
        }
    }

    #[test]
    fn a_version_says_which_of_its_grounds_changed() {
        let before = row();
        let after = CalibrationRow { target_precision: 0.99, votes_cap: 30, ..row() };
        assert_eq!(
            causes(&before, &after),
            [Cause::Target { before: 0.97, after: 0.99 }, Cause::VotesCap { before: 20, after: 30 }]
        );
        let later = CalibrationRow { prevalence: 0.21, through_submission_id: 8, ..row() };
        assert_eq!(causes(&before, &later), [Cause::Votes]);
        let labelled = CalibrationRow { prevalence: 0.21, anchored: 3, ..row() };
        assert_eq!(causes(&before, &labelled), [Cause::Experts { before: 0, after: 3 }]);
        let grown = CalibrationRow { prevalence: 0.21, images: 30, ..row() };
        assert_eq!(causes(&before, &grown), [Cause::Images { before: 20, after: 30 }]);
        let audited = CalibrationRow { audit_shift: -0.4, audited_good: 28, audited_bad: 2, ..row() };
        assert_eq!(causes(&before, &audited), [Cause::Audits { good: 28, bad: 2 }]);
        let moved = CalibrationRow { source_offsets: "3:-0.8".parse().unwrap(), ..row() };
        assert_eq!(causes(&before, &moved), [Cause::Sources]);
        assert_eq!(causes(&before, &row()), [Cause::Nothing]);
    }

    #[test]
    fn cells_that_change_sides_are_counted_with_the_images_in_them() {
        let law = |mean| BetaBinomial { mean, concentration: 6.0 };
        let model = Model::new(0.2, law(0.9), law(0.05), 0.03).unwrap();
        let built = |threshold| {
            let rule = StopRule { threshold: Threshold::new(threshold), rejection: Rejection::USUAL };
            Calibration::from_parts(&model, rule, 10, 20, 0).unwrap()
        };
        let (low, high) = (built(0.6), built(0.999));
        let images = HashMap::from([((0, 0), 50), ((1, 0), 3), ((2, 0), 4)]);
        let change = change(&low, &high, &images);
        assert_eq!(change.cells, 65);
        assert_eq!(change.threshold, (Some(0.6), Some(0.999)));
        let accepted = |built: &Calibration, yes| {
            built.judge(Tally { yes, no: 0, unsure: 0 }).verdict == Verdict::Positive
        };
        let expected: i64 = [(1, 3), (2, 4)]
            .into_iter()
            .filter(|(yes, _)| accepted(&low, *yes) != accepted(&high, *yes))
            .map(|(_, images)| images)
            .sum();
        assert!(expected > 0 && change.cells_moved > 0);
        assert_eq!(change.images_moved, expected);
        assert_eq!(super::change(&low, &low, &images).cells_moved, 0);
    }
}
