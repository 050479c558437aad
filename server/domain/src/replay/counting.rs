//! Deciding by counting: always the same number of votes. The precision stated is what a table of the same votes says.

use super::asking::Asked;
use super::{Method, Recording, Settings, by_synset, derived, figures::Tallies};
use crate::consensus::{ConfidenceTable, Prior, SampleImage, Verdict, fit::fit};
use crate::sampling::initial_sample;

/// The share of votes that decides; an answer between is no answer (Deng et al. speak of a convincing majority).
const STRICT_SHARE: f64 = 0.67;

pub(super) fn draw(recording: &Recording, settings: &Settings, seed: u64) -> Vec<Tallies> {
    let synsets = by_synset(recording);
    (0_u64..)
        .zip(&synsets)
        .map(|(number, places)| {
            let tasks = places.iter().filter_map(|place| Some((*place, recording.tasks.get(*place)?)));
            let asked: Vec<Asked> = tasks
                .map(|(place, task)| {
                    let mut asked = Asked::new(place, task, seed);
                    decide(&mut asked, settings.method);
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

fn decide(asked: &mut Asked, method: Method) {
    let votes = match method {
        Method::Majority { votes } | Method::Fixed { votes, .. } => votes,
        Method::Full | Method::Table | Method::Counted => 0,
    };
    while asked.tally.total() < votes {
        if asked.ask().is_none() {
            return;
        }
    }
    let (yes, _) = asked.tally.weighted();
    asked.verdict = match method {
        Method::Fixed { yes: wanted, .. } if yes >= f64::from(wanted) => Verdict::Positive,
        Method::Fixed { .. } => Verdict::Negative,
        _ => match yes / f64::from(votes) {
            share if share >= STRICT_SHARE => Verdict::Positive,
            share if share <= 1.0 - STRICT_SHARE => Verdict::Negative,
            _ => Verdict::Escalated,
        },
    };
}
