//! Computes every tally, table and verdict again from the votes, reports what differs, and puts it right where that is asked for.

mod differences;
mod mending;

use super::judging::{audited, from_row, prior_of, sample_image};
use super::{Failure, Outcome, settings};
use crate::world::World;
use domain::consensus::{Calibration, Judgement, Policy, PolicySettings, SampleImage, calibrate};
use store::Tx;
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

/// What was put right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repair {
    /// What was found before.
    pub found: Report,
    /// Synsets in which something was changed.
    pub synsets: u64,
    /// What differs still: one sentence each.
    pub left: Vec<String>,
}

/// Verifies every synset of every project. It changes nothing.
///
/// # Errors
/// The database.
pub async fn verify(world: &World) -> Outcome<Report> {
    let mut report = Report::default();
    for (place, synset) in synsets(world).await? {
        let mut tx = world.store.begin().await?;
        let recount = Recount::of(&mut tx, synset).await?;
        tx.rollback().await?;
        report.add(&place, &recount);
    }
    Ok(report)
}

/// Verifies every synset and stores what the facts give where something else is stored, in a transaction for each synset. A
/// program that stops in the middle leaves each synset as it was or as it should be. Facts are never changed.
///
/// # Errors
/// The database.
pub async fn repair(world: &World) -> Outcome<Repair> {
    let mut repair = Repair::default();
    for (place, synset) in synsets(world).await? {
        let _writer = world.writer.lock().await;
        let mut tx = world.store.begin().await?;
        tx.lock_project_synset(synset).await?;
        let recount = Recount::of(&mut tx, synset).await?;
        repair.found.add(&place, &recount);
        if recount.differences().is_empty() {
            tx.rollback().await?;
            continue;
        }
        mending::mend(&mut tx, &recount, world.now()).await?;
        let left = Recount::of(&mut tx, synset).await?.differences();
        repair.left.extend(left.into_iter().map(|what| format!("{place}: {what}")));
        tx.commit().await?;
        repair.synsets += 1;
    }
    Ok(repair)
}

impl Report {
    fn add(&mut self, place: &str, recount: &Recount) {
        self.candidates += recount.candidates.len() as u64;
        let votes = |row: &RecountRow| row.counted_yes + row.counted_no + row.counted_unsure;
        self.votes += u64::try_from(recount.candidates.iter().map(votes).sum::<i64>()).unwrap_or(0);
        self.differences.extend(recount.differences().into_iter().map(|what| format!("{place}: {what}")));
    }
}

/// Every synset's id, with what to call it.
async fn synsets(world: &World) -> Outcome<Vec<(String, i64)>> {
    let mut all = Vec::new();
    for project in world.store.projects().await? {
        for synset in world.store.synsets_of_project(project.project_id).await? {
            let place = format!("project {}, synset {}", project.project_id, synset.wnid);
            all.push((place, synset.project_synset_id));
        }
    }
    Ok(all)
}

/// A synset as it is stored, beside what its facts give.
struct Recount {
    synset: ProjectSynsetRow,
    /// Each version of its table, with what it is when it is built again, or why that can't be.
    tables: Vec<(CalibrationRow, Result<Calibration, String>)>,
    /// The newest of them as it is stored, with its id, or why it is none.
    newest: Result<Option<(i64, Calibration)>, String>,
    candidates: Vec<RecountRow>,
    counters: CounterRow,
    hours: Vec<HourRow>,
}

impl Recount {
    async fn of(tx: &mut Tx, id: i64) -> Outcome<Self> {
        let synset = tx.project_synset_by_id(id).await?;
        let synset = synset.ok_or_else(|| Failure::Defect(format!("synset {id} is gone")))?;
        let mut tables = Vec::new();
        for row in tx.calibrations(id).await? {
            let again = built_again(tx, &row).await?;
            tables.push((row, again));
        }
        let newest = match tables.last() {
            None => Ok(None),
            Some((row, _)) => match from_row(row) {
                Ok(table) => Ok(Some((row.calibration_id, table))),
                Err(why) => Err(why.to_string()),
            },
        };
        Ok(Self {
            synset,
            tables,
            newest,
            candidates: tx.recounted(id).await?,
            counters: tx.recounted_synset(id).await?,
            hours: tx.miscounted_hours(id).await?,
        })
    }
}

/// A version of a table from the facts that there were when it was built.
async fn built_again(tx: &mut Tx, row: &CalibrationRow) -> Outcome<Result<Calibration, String>> {
    let (id, through) = (row.project_synset_id, row.through());
    let sample = tx.recounted_sample_through(id, through).await?;
    let sample: Vec<SampleImage> = sample.iter().map(|row| sample_image(row.known.facts())).collect();
    let looked_at = audited(&tx.recounted_audited_through(id, through).await?);
    let prior = match row.prior_id {
        Some(prior) => tx.prior(prior).await?,
        None => None,
    };
    let prior = match prior_of(prior.as_ref()) {
        Ok(prior) => prior,
        Err(why) => return Ok(Err(why.to_string())),
    };
    Ok(policy(row).map(|policy| {
        let table = calibrate(&sample, &prior, &policy).offset_by(row.source_offsets.clone());
        table.audited(&looked_at, policy.promised())
    }))
}

/// The policy that a version of a table was built under.
fn policy(row: &CalibrationRow) -> Result<Policy, String> {
    let policy = Policy::new(PolicySettings {
        method: row.method,
        target: row.target_precision,
        threshold: row.fixed_threshold,
        rejection: row.rejection,
        cap: settings::count(row.votes_cap),
        initial_votes: settings::count(row.initial_votes),
    });
    policy.map_err(|error| error.to_string())
}

/// What a candidate is by its counted facts; near duplicates are not judged.
fn judged(row: &RecountRow, newest: Option<&Calibration>) -> Option<Judgement> {
    row.duplicate_of.is_none().then(|| row.facts().judge(newest))
}
