//! Deciding by counting: always the same number of votes. The precision stated is what a table of the same votes says.

use super::asking::Asked;
use super::{Recording, Settings, by_synset, derived, figures::Tallies};
use crate::consensus::{ConfidenceTable, Prior, Rule, SampleImage, StopRule, fit::fit};
use crate::sampling::initial_sample;

pub(super) fn draw(recording: &Recording, settings: &Settings, seed: u64) -> Vec<Tallies> {
    let synsets = by_synset(recording);
    (0_u64..)
        .zip(&synsets)
        .map(|(number, places)| {
            let tasks = places.iter().filter_map(|place| Some((*place, recording.tasks.get(*place)?)));
            let asked: Vec<Asked> = tasks
                .map(|(place, task)| {
                    let mut asked = Asked::new(place, task, seed);
                    decide(&mut asked, settings);
                    asked
                })
                .collect();
            let sample = initial_sample(derived(seed, number), asked.len(), settings.initial);
            let sample: Vec<SampleImage> =
                sample.into_iter().filter_map(|at| asked.get(at).map(Asked::counted)).collect();
            let most = asked.iter().map(|asked| asked.tally.total()).max().unwrap_or(0);
            let table = ConfidenceTable::new(&fit(&sample, &Prior::global()).model, most);
            let mut tallies = Tallies::default();
            for mut asked in asked {
                let (yes, no) = asked.tally.weighted();
                asked.confidence = table.confidence_at(yes, no);
                tallies.add(&asked, recording.tasks.get(asked.task).and_then(|task| task.truth));
            }
            tallies
        })
        .collect()
}

fn decide(asked: &mut Asked, settings: &Settings) {
    let Some(method) = settings.method.engine() else { return };
    let levels = StopRule { threshold: None, rejection: settings.policy.rejection() };
    let rule = Rule { method, levels };
    loop {
        let judged = rule.judge(asked.tally.weighted(), asked.tally.total(), 0.5, settings.policy.cap());
        asked.verdict = judged.verdict;
        if judged.verdict.is_settled() || asked.ask().is_none() {
            return;
        }
    }
}
