//! Computes every tally, table and verdict again from the votes, and reports what differs.

use super::Outcome;
use super::judging::{audited, from_row, prior_of, sample_image};
use crate::world::World;
use domain::consensus::{
    AuditedImage, Calibration, Findings, Policy, PolicySettings, Prior, Reason, SampleImage, Threshold,
    Verdict, calibrate,
};
use store::labeling::CalibrationRow;
use store::projects::ProjectSynsetRow;
use store::verify::{CounterRow, HourRow, RecountRow};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Candidates looked at.
    pub candidates: u64,
    /// Votes counted.
    pub votes: u64,
    /// One sentence for each difference; none is as it should be.
    pub differences: Vec<String>,
}

/// Verifies every synset of every project. It changes nothing.
///
/// # Errors
/// The database.
pub async fn verify(world: &World) -> Outcome<Report> {
    let mut report = Report::default();
    for project in world.store.projects().await? {
        for synset in world.store.synsets_of_project(project.project_id).await? {
            let place = format!("project {}, synset {}", project.project_id, synset.wnid);
            synset_differences(world, &place, &synset, &mut report).await?;
        }
    }
    Ok(report)
}

async fn synset_differences(
    world: &World,
    place: &str,
    synset: &ProjectSynsetRow,
    report: &mut Report,
) -> Outcome<()> {
    let id = synset.project_synset_id;
    let mut newest = None;
    for row in world.store.calibrations(id).await? {
        let sample = world.store.recounted_sample_through(id, row.through()).await?;
        let sample: Vec<SampleImage> = sample.iter().map(|row| sample_image(row.known.facts())).collect();
        let looked_at = audited(&world.store.recounted_audited_through(id, row.through()).await?);
        let prior = match row.prior_id {
            Some(prior) => world.store.prior(prior).await?,
            None => None,
        };
        if let Some(difference) = table_difference(&row, &prior_of(prior.as_ref())?, &sample, &looked_at) {
            report.differences.push(format!("{place}: table {}: {difference}", row.version));
        }
        newest = Some((row.calibration_id, from_row(&row)?));
    }
    if newest.as_ref().map(|(id, _)| *id) != synset.calibration_id {
        report.differences.push(format!("{place}: its newest table is not the one in force"));
    }
    for row in world.store.recounted(id).await? {
        report.candidates += 1;
        report.votes += u64::try_from(row.counted_yes + row.counted_no + row.counted_unsure).unwrap_or(0);
        let found = candidate_differences(&row, newest.as_ref());
        report
            .differences
            .extend(found.into_iter().map(|what| format!("{place}: candidate {}: {what}", row.candidate_id)));
    }
    let counted = world.store.recounted_synset(id).await?;
    if let Some(difference) = counter_difference(synset, &counted) {
        report.differences.push(format!("{place}: {difference}"));
    }
    for HourRow { hour, stored, counted } in world.store.miscounted_hours(id).await? {
        report.differences.push(format!(
            "{place}: hour {hour} since 1970 has {stored} votes stored; counting gives {counted}"
        ));
    }
    Ok(())
}

fn table_difference(
    row: &CalibrationRow,
    prior: &Prior,
    sample: &[SampleImage],
    looked_at: &[AuditedImage],
) -> Option<String> {
    let policy = Policy::new(PolicySettings {
        method: row.method,
        target: row.target_precision,
        threshold: row.fixed_threshold,
        rejection: row.rejection,
        cap: super::settings::count(row.votes_cap),
        initial_votes: super::settings::count(row.initial_votes),
    });
    let policy = match policy {
        Ok(policy) => policy,
        Err(error) => return Some(error.to_string()),
    };
    let again = calibrate(sample, prior, &policy)
        .offset_by(row.source_offsets.clone())
        .audited(looked_at, policy.promised());
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
    let stored = Findings {
        shift: row.audit_shift,
        good: super::settings::count(row.audited_good),
        bad: super::settings::count(row.audited_bad),
    };
    let found = again.findings();
    (stored != found)
        .then(|| format!("its audits are stored as {stored:?}; the experts' labels give {found:?}"))
}

/// Equal up to what another processor's arithmetic may round differently.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn candidate_differences(row: &RecountRow, newest: Option<&(i64, Calibration)>) -> Vec<String> {
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
    let judged = (row.duplicate_of.is_none()).then(|| row.facts().judge(newest.map(|(_, table)| table)));
    let verdict = judged.map_or(Verdict::Undecided, |judged| judged.verdict);
    if row.verdict != verdict {
        differences.push(format!(
            "the stored verdict is {}; the votes give {}",
            row.verdict.as_str(),
            verdict.as_str()
        ));
    } else if let Some(judged) = judged.filter(|judged| judged.verdict != Verdict::Undecided) {
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
        let by = newest.map(|(id, _)| *id).filter(|_| judged.reason != Some(Reason::Expert));
        if row.calibration_id != by {
            differences.push("it was judged by an older table than the one in force".to_owned());
        }
    }
    differences
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
