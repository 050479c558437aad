//! Puts a synset right: what its facts give is stored where something else is.

use super::differences::{fact_differences, judged_by, table_difference, verdict_difference};
use super::{Recount, judged};
use crate::service::Outcome;
use crate::service::judging::from_row;
use crate::service::settings::sentence;
use domain::consensus::{Calibration, Reason, Threshold, Verdict};
use store::Tx;
use store::candidates::JudgementRow;
use store::labeling::CalibrationRow;
use store::projects::SynsetState;
use store::verify::RecountRow;

/// Stores what differs, in the order in which one thing follows from another: tables, tallies, verdicts, counters, state.
pub(super) async fn mend(tx: &mut Tx, recount: &Recount, now: i64) -> Outcome<()> {
    let id = recount.synset.project_synset_id;
    let newest = tables(tx, recount).await?;
    candidates(tx, recount, newest.as_ref(), now).await?;
    let counted = tx.recounted_synset(id).await?;
    tx.store_counters(id, &counted).await?;
    if !recount.hours.is_empty() {
        tx.recount_hours(id).await?;
    }
    state(tx, recount, newest.map(|(_, table)| table)).await
}

/// Mends the versions of the table, puts the newest in force, and returns it.
async fn tables(tx: &mut Tx, recount: &Recount) -> Outcome<Option<(i64, Calibration)>> {
    let id = recount.synset.project_synset_id;
    for (row, again) in &recount.tables {
        if table_difference(row, again).is_some()
            && let Ok(again) = again
        {
            tx.mend_calibration(&mended(row, again)).await?;
        }
    }
    let Some(newest) = tx.latest_calibration(id).await? else {
        tx.put_in_force(id, None, None).await?;
        return Ok(None);
    };
    tx.put_in_force(id, Some(newest.calibration_id), newest.difficulty).await?;
    // One that can't be used still is left as it is, and said to be.
    Ok(from_row(&newest).ok().map(|table| (newest.calibration_id, table)))
}

/// A stored version with the figures of the one that was built again.
fn mended(row: &CalibrationRow, again: &Calibration) -> CalibrationRow {
    let model = again.model();
    CalibrationRow {
        images: i64::from(again.images()),
        anchored: i64::from(again.anchored()),
        prevalence: model.prevalence(),
        good_yes_rate: model.good().mean,
        good_concentration: model.good().concentration,
        bad_yes_rate: model.bad().mean,
        bad_concentration: model.bad().concentration,
        near_miss_share: model.near_miss_share(),
        threshold: again.threshold().map(Threshold::get),
        difficulty: again.difficulty().map(i64::from),
        hold_reason: again.hold().map(|hold| sentence(&hold.to_string())),
        audit_shift: again.findings().shift,
        audited_good: i64::from(again.findings().good),
        audited_bad: i64::from(again.findings().bad),
        ..row.clone()
    }
}

async fn candidates(
    tx: &mut Tx,
    recount: &Recount,
    newest: Option<&(i64, Calibration)>,
    now: i64,
) -> Outcome<()> {
    let miscounted: Vec<&RecountRow> =
        recount.candidates.iter().filter(|row| !fact_differences(row).is_empty()).collect();
    tx.store_counted(&miscounted).await?;
    if newest.is_none() && !recount.tables.is_empty() {
        return Ok(());
    }
    let misjudged = recount.candidates.iter().filter(|row| !verdict_difference(row, newest).is_empty());
    let (duplicates, others): (Vec<_>, Vec<_>) = misjudged.partition(|row| row.duplicate_of.is_some());
    tx.clear_judgements(&duplicates.iter().map(|row| row.candidate_id).collect::<Vec<_>>()).await?;
    let rows: Vec<JudgementRow> = others.iter().filter_map(|row| judgement(row, newest, now)).collect();
    tx.save_judgements(&rows).await?;
    Ok(())
}

fn judgement(row: &RecountRow, newest: Option<&(i64, Calibration)>, now: i64) -> Option<JudgementRow> {
    let judged = judged(row, newest.map(|(_, table)| table))?;
    Some(JudgementRow {
        candidate_id: row.candidate_id,
        verdict: judged.verdict,
        reason: judged.reason.map(|reason: Reason| reason.as_str().to_owned()),
        confidence: judged.confidence,
        calibration_id: judged_by(judged, newest),
        settled_at: match judged.verdict {
            Verdict::Undecided => None,
            same if same == row.verdict => row.settled_at.or(Some(now)),
            _ => Some(now),
        },
    })
}

/// A synset is done when nothing is open, and held when its table says so; a synset without a table stays as it is.
async fn state(tx: &mut Tx, recount: &Recount, newest: Option<Calibration>) -> Outcome<()> {
    let id = recount.synset.project_synset_id;
    let (Some(table), Some(synset)) = (newest, tx.project_synset_by_id(id).await?) else { return Ok(()) };
    let (state, hold) = match table.hold() {
        Some(hold) => (SynsetState::Hold, Some(sentence(&hold.to_string()))),
        None if synset.open() == 0 => (SynsetState::Done, None),
        None => (SynsetState::Labelling, None),
    };
    if state != synset.state {
        tx.set_state(id, state, hold.as_deref()).await?;
    }
    Ok(())
}
