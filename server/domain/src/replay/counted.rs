//! Stopping by the counted table of Deng et al., with the majority as truth: for comparison, because it states far more than
//! is true.

use std::cmp::Ordering;

use super::asking::Asked;
use super::{Recording, Settings, by_synset, derived, figures::Tallies};
use crate::consensus::{CountedTable, Policy, SampleImage, Verdict};
use crate::sampling::initial_sample;

pub(super) fn draw(recording: &Recording, settings: &Settings, seed: u64) -> Vec<Tallies> {
    let synsets = by_synset(recording);
    (0_u64..).zip(&synsets).map(|(number, places)| label(recording, settings, places, seed, number)).collect()
}

fn label(recording: &Recording, settings: &Settings, places: &[usize], seed: u64, number: u64) -> Tallies {
    let policy = settings.policy;
    let tasks = places.iter().filter_map(|place| Some((*place, recording.tasks.get(*place)?)));
    let mut asked: Vec<Asked> = tasks.map(|(place, task)| Asked::new(place, task, seed)).collect();
    let mut sample: Vec<SampleImage> = Vec::new();
    for at in initial_sample(derived(seed, number), asked.len(), settings.initial) {
        if let Some(task) = asked.get_mut(at) {
            task.ask_for_sample(policy.initial_votes(), policy.cap());
            sample.push(task.counted());
        }
    }
    let table = CountedTable::up_to(policy.initial_votes(), &sample);
    let mut tallies = Tallies::default();
    for mut task in asked {
        settle(&mut task, &table, &policy);
        tallies.add(&task, recording.tasks.get(task.task).and_then(|task| task.truth));
    }
    tallies
}

/// Asks until a cell is sure enough. A cell that no image of the sample went through says nothing; at the end of the table the
/// majority decides, as it did in the sample.
fn settle(task: &mut Asked, table: &CountedTable, policy: &Policy) {
    let accepted = policy.threshold().map_or(policy.target(), |threshold| threshold.get());
    loop {
        let (yes, no) = (task.tally.yes, task.tally.no);
        let is_last = task.tally.decided() >= policy.initial_votes() || task.tally.total() >= policy.cap();
        let counted = table.cell(yes, no).and_then(|cell| cell.confidence).filter(|_| task.tally.total() > 0);
        let confidence = if is_last { Some(majority(yes, no)) } else { counted };
        (task.confidence, task.verdict) = match confidence {
            Some(sure) if sure >= accepted => (sure, Verdict::Positive),
            Some(sure) if sure <= policy.rejection().get() => (sure, Verdict::Negative),
            Some(sure) if is_last => (sure, Verdict::Escalated),
            unsure => (unsure.unwrap_or(0.5), Verdict::Undecided),
        };
        if task.verdict.is_settled() || task.ask().is_none() {
            return;
        }
    }
}

fn majority(yes: u32, no: u32) -> f64 {
    match yes.cmp(&no) {
        Ordering::Greater => 1.0,
        Ordering::Equal => 0.5,
        Ordering::Less => 0.0,
    }
}
