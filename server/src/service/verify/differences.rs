//! What differs between a synset as it is stored and what its facts give, in words.

use super::{Recount, judged};
use crate::service::settings::count;
use domain::consensus::{Calibration, Findings, Judgement, Reason, Threshold, Verdict};
use store::labeling::CalibrationRow;
use store::projects::ProjectSynsetRow;
use store::verify::{CounterRow, HourRow, RecountRow};

impl Recount {
    /// One sentence for each difference.
    pub(super) fn differences(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (row, again) in &self.tables {
            if let Some(difference) = table_difference(row, again) {
                all.push(format!("table {}: {difference}", row.version));
            }
        }
        if self.tables.last().map(|(row, _)| row.calibration_id) != self.synset.calibration_id {
            all.push("its newest table is not the one in force".to_owned());
        }
        match &self.newest {
            Ok(newest) => {
                for row in &self.candidates {
                    let found =
                        fact_differences(row).into_iter().chain(verdict_difference(row, newest.as_ref()));
                    all.extend(found.map(|what| format!("candidate {}: {what}", row.candidate_id)));
                }
            }
            Err(why) => all.push(format!("no verdict can be checked: {why}")),
        }
        all.extend(counter_difference(&self.synset, &self.counters));
        for HourRow { hour, stored, counted } in &self.hours {
            all.push(format!("hour {hour} since 1970 has {stored} votes stored; counting gives {counted}"));
        }
        all
    }
}

pub(super) fn table_difference(row: &CalibrationRow, again: &Result<Calibration, String>) -> Option<String> {
    let again = match again {
        Ok(again) => again,
        Err(why) => return Some(why.clone()),
    };
    let model = again.model();
    let stored = [
        row.prevalence,
        row.good_yes_rate,
        row.good_concentration,
        row.bad_yes_rate,
        row.bad_concentration,
        row.near_miss_share,
    ];
    let fitted = [
        model.prevalence(),
        model.good().mean,
        model.good().concentration,
        model.bad().mean,
        model.bad().concentration,
        model.near_miss_share(),
    ];
    if stored.iter().zip(&fitted).any(|(stored, fitted)| !same(*stored, *fitted)) {
        return Some(format!("the stored model is {stored:?}; the votes give {fitted:?}"));
    }
    let threshold = again.threshold().map(Threshold::get);
    if threshold != row.threshold {
        return Some(format!("the stored threshold is {:?}; the votes give {threshold:?}", row.threshold));
    }
    let (stored, counted) =
        ((row.images, row.anchored), (i64::from(again.images()), i64::from(again.anchored())));
    if stored != counted {
        return Some(format!(
            "its sample (images, anchors) is stored as {stored:?}; the facts give {counted:?}"
        ));
    }
    let stored =
        Findings { shift: row.audit_shift, good: count(row.audited_good), bad: count(row.audited_bad) };
    let found = again.findings();
    (stored != found)
        .then(|| format!("its audits are stored as {stored:?}; the experts' labels give {found:?}"))
}

/// Equal up to what another processor's arithmetic may round differently.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// What differs in what was said about a candidate.
pub(super) fn fact_differences(row: &RecountRow) -> Vec<String> {
    let mut differences = Vec::new();
    let (stored, counted) =
        ((row.yes, row.no, row.unsure), (row.counted_yes, row.counted_no, row.counted_unsure));
    if stored != counted {
        differences
            .push(format!("the stored tally (yes, no, unsure) is {stored:?}; the votes give {counted:?}"));
    }
    let (stored, counted) =
        ((row.discount_yes, row.discount_no), (row.counted_discount_yes, row.counted_discount_no));
    if stored != counted {
        differences.push(format!(
            "what weights take away (yes, no) is stored as {stored:?} millionths; the votes give {counted:?}"
        ));
    }
    if (row.expert, row.reports) != (row.counted_expert, row.counted_reports) {
        differences.push(format!(
            "the stored expert's word and number of reports are {:?}; the records give {:?}",
            (row.expert, row.reports),
            (row.counted_expert, row.counted_reports)
        ));
    }
    differences
}

/// What differs in how a candidate was judged.
pub(super) fn verdict_difference(row: &RecountRow, newest: Option<&(i64, Calibration)>) -> Vec<String> {
    let judged = judged(row, newest.map(|(_, table)| table));
    let verdict = judged.map_or(Verdict::Undecided, |judged| judged.verdict);
    if row.verdict != verdict {
        return vec![format!(
            "the stored verdict is {}; the votes give {}",
            row.verdict.as_str(),
            verdict.as_str()
        )];
    }
    match judged {
        Some(judged) if verdict != Verdict::Undecided => settled_differences(row, judged, newest),
        _ => Vec::new(),
    }
}

fn settled_differences(
    row: &RecountRow,
    judged: Judgement,
    newest: Option<&(i64, Calibration)>,
) -> Vec<String> {
    let mut differences = Vec::new();
    if row.reason.as_deref() != judged.reason.map(Reason::as_str) {
        differences.push(format!(
            "the stored reason is {:?}; the votes give {:?}",
            row.reason,
            judged.reason.map(Reason::as_str)
        ));
    }
    if !row.confidence.is_some_and(|stored| same(stored, judged.confidence)) {
        differences.push(format!(
            "the stored confidence is {:?}; the votes give {}",
            row.confidence, judged.confidence
        ));
    }
    if row.calibration_id != judged_by(judged, newest) {
        differences.push("it was judged by an older table than the one in force".to_owned());
    }
    differences
}

/// The table that a judgement names: an expert's word needs none.
pub(super) fn judged_by(judged: Judgement, newest: Option<&(i64, Calibration)>) -> Option<i64> {
    newest.map(|(id, _)| *id).filter(|_| judged.reason != Some(Reason::Expert))
}

fn counter_difference(synset: &ProjectSynsetRow, counted: &CounterRow) -> Option<String> {
    let stored = CounterRow {
        candidates: synset.candidates,
        duplicates: synset.duplicates,
        positive: synset.positive,
        negative: synset.negative,
        escalated: synset.escalated,
        votes: synset.votes,
    };
    (stored != *counted).then(|| format!("the stored counters are {stored:?}; counting gives {counted:?}"))
}
