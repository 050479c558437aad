//! Confidence tables and what is stored of them: rows of figures that are read back bit by bit.

use crate::service::settings::{self, count};
use crate::service::{Failure, Outcome};
use domain::consensus::{
    BetaBinomial, Calibration, Findings, Model, Prior, Rejection, Rule, StopRule, Threshold,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::Tx;
use store::labeling::{CalibrationRow, NewCalibration, Through};
use store::learning::PriorRow;
use store::projects::{ProjectSettings, ProjectSynsetRow};

/// Confidence tables by calibration id. A calibration never changes once it is committed; one that was not may have its id taken by
/// another, so an entry counts only for the very row that it was made from.
#[derive(Clone, Default)]
pub struct Tables(Arc<Mutex<HashMap<i64, Kept>>>);

/// A stored calibration and its table.
type Kept = (CalibrationRow, Arc<Calibration>);

impl Tables {
    const KEPT: usize = 1024;

    /// The table of a stored calibration.
    ///
    /// # Errors
    /// The stored figures are no model.
    pub fn of(&self, row: &CalibrationRow) -> Outcome<Arc<Calibration>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, table)) = kept.get(&row.calibration_id)
            && of == row
        {
            return Ok(table.clone());
        }
        let table = Arc::new(from_row(row)?);
        if kept.len() >= Self::KEPT {
            kept.clear();
        }
        kept.insert(row.calibration_id, (row.clone(), table.clone()));
        Ok(table)
    }

    /// A synset's newest table and its id, once there is one.
    ///
    /// # Errors
    /// It is missing, or no model; the database.
    pub async fn newest(
        &self,
        tx: &mut Tx,
        synset: &ProjectSynsetRow,
    ) -> Outcome<Option<(i64, Arc<Calibration>)>> {
        let Some(id) = synset.calibration_id else { return Ok(None) };
        let row = tx.calibration(id).await?;
        let row = row.ok_or_else(|| Failure::Defect(format!("calibration {id} is missing")))?;
        Ok(Some((id, self.of(&row)?)))
    }
}

/// A table as it is stored.
pub(super) fn new_row(
    synset: i64,
    through: Through,
    built: &Calibration,
    settings: &ProjectSettings,
    now: i64,
) -> NewCalibration {
    let model = built.model();
    NewCalibration {
        project_synset_id: synset,
        through,
        method: built.method(),
        prior_id: None,
        images: i64::from(built.images()),
        anchored: i64::from(built.anchored()),
        prevalence: model.prevalence(),
        good_yes_rate: model.good().mean,
        good_concentration: model.good().concentration,
        bad_yes_rate: model.bad().mean,
        bad_concentration: model.bad().concentration,
        near_miss_share: model.near_miss_share(),
        target_precision: settings.target_precision,
        fixed_threshold: settings.threshold,
        threshold: built.threshold().map(Threshold::get),
        rejection: built.rejection().get(),
        votes_cap: i64::from(built.cap()),
        initial_votes: settings.initial_votes,
        difficulty: built.difficulty().map(i64::from),
        hold_reason: built.hold().map(|hold| settings::sentence(&hold.to_string())),
        audit_shift: built.findings().shift,
        audited_good: i64::from(built.findings().good),
        audited_bad: i64::from(built.findings().bad),
        source_offsets: built.offsets().clone(),
        created_at: now,
    }
}

/// A calibration from its stored figures; the same table comes back, bit by bit.
///
/// # Errors
/// The stored figures are no model.
pub fn from_row(row: &CalibrationRow) -> Outcome<Calibration> {
    let broken = |what: String| Failure::Defect(format!("calibration {}: {what}", row.calibration_id));
    let model = model(
        row.prevalence,
        (row.good_yes_rate, row.good_concentration),
        (row.bad_yes_rate, row.bad_concentration),
        row.near_miss_share,
    )
    .map_err(broken)?;
    let threshold = row
        .threshold
        .map(|p| Threshold::new(p).ok_or_else(|| broken(format!("threshold {p}"))))
        .transpose()?;
    let rejection =
        Rejection::new(row.rejection).ok_or_else(|| broken(format!("rejection {}", row.rejection)))?;
    let rule = Rule { method: row.method, levels: StopRule { threshold, rejection } };
    let plain =
        Calibration::from_parts(&model, rule, count(row.votes_cap), count(row.images), count(row.anchored))
            .map_err(|error| broken(error.to_string()))?;
    let findings =
        Findings { shift: row.audit_shift, good: count(row.audited_good), bad: count(row.audited_bad) };
    Ok(plain
        .offset_by(row.source_offsets.clone())
        .found(findings, row.fixed_threshold.unwrap_or(row.target_precision)))
}

/// What a synset's model leans on: the stored level, or, without one, what is known before any vote.
///
/// # Errors
/// The stored figures are no model.
pub fn prior_of(row: Option<&PriorRow>) -> Outcome<Prior> {
    let Some(row) = row else { return Ok(Prior::global()) };
    let above = model(
        row.prevalence,
        (row.good_yes_rate, row.good_concentration),
        (row.bad_yes_rate, row.bad_concentration),
        row.near_miss_share,
    );
    above
        .map(|above| Prior::below(&above))
        .map_err(|what| Failure::Defect(format!("level {}: {what}", row.prior_id)))
}

/// A model from its stored figures; `good` and `bad` are mean and concentration.
fn model(prevalence: f64, good: (f64, f64), bad: (f64, f64), near_miss_share: f64) -> Result<Model, String> {
    let law = |(mean, concentration)| BetaBinomial { mean, concentration };
    Model::new(prevalence, law(good), law(bad), near_miss_share).map_err(|error| error.to_string())
}
