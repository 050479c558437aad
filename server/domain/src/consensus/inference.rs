//! All votes at once: every image's chance from every worker's votes, every worker's skill from every image, in turns.
//!
//! The two steps of Dawid and Skene (Applied Statistics 28:1, 1979), with two differences: an image's votes are looked up in its
//! synset's table, which does not take them for independent, and a worker is judged by the votes of the others alone.
//! Training does one such round for each of its passes; [`infer`] does as many as are wanted, under tables that stay.
//! A vote costs two look-ups of its worker's weights and one of the table; nothing is allocated for it.

mod log;

pub use log::VoteLog;

use super::{
    numbers::sigmoid,
    skill::{Skill, Weights, YesRates},
    table::ConfidenceTable,
    tally::Answer,
    training::rates,
};

/// What all votes say together.
#[derive(Clone, Debug, PartialEq)]
pub struct Inference {
    /// The chance that each image is good, in the order of the log; 0 or 1 where an expert said so. By the skills before the last
    /// round.
    pub chances: Vec<f64>,
    /// Every worker's skill after the last round: what was known before, and each vote judged once.
    pub skills: Vec<Skill>,
}

/// Estimates chances and skills in `rounds` turns, at least one.
///
/// - `tables`: of each synset of the log, in its order; images of a synset without one are left as they are, at one half.
/// - `known`: what is known of every worker apart from the log, as from answers to gold.
/// - `start`: the skills that the votes of the first round are weighed by, of the same workers as `known`.
///
/// Workers beyond these weigh 1 and are not judged. Takes time proportional to rounds × votes.
#[must_use]
pub fn infer(
    log: &VoteLog,
    tables: &[ConfidenceTable],
    known: &[Skill],
    start: &[Skill],
    rounds: u32,
) -> Inference {
    let mut last = round(log, tables, known, start);
    for _ in 1..rounds {
        last = round(log, tables, known, &last.skills);
    }
    last
}

fn round(log: &VoteLog, tables: &[ConfidenceTable], known: &[Skill], before: &[Skill]) -> Inference {
    let mut inference = Inference { chances: vec![0.5; log.images()], skills: known.to_vec() };
    let mut weights = SynsetWeights::of(before);
    for (synset, table) in tables.iter().enumerate() {
        let rates = rates(table.model());
        weights.start(rates);
        for image in log.images_of(synset) {
            let chance = judge(log, image, table, rates, &mut weights, &mut inference.skills);
            if let Some(place) = inference.chances.get_mut(image) {
                *place = chance;
            }
        }
    }
    inference
}

/// The chance that an image is good; credits everybody who said yes or no about it by the votes of the others.
fn judge(
    log: &VoteLog,
    image: usize,
    table: &ConfidenceTable,
    rates: YesRates,
    weights: &mut SynsetWeights<'_>,
    skills: &mut [Skill],
) -> f64 {
    // "Not sure" moves an image by halves, but is no answer to be right or wrong with, nor to judge others by.
    let (mut yes, mut no, mut half_yes, mut half_no) = (0.0, 0.0, 0.0, 0.0);
    for (worker, answer) in log.votes_on(image) {
        let weights = weights.of_worker(worker);
        match answer {
            Answer::Yes => yes += weights.yes,
            Answer::No => no += weights.no,
            Answer::Unsure => {
                half_yes += 0.5 * weights.yes;
                half_no += 0.5 * weights.no;
            }
        }
    }
    let expert = log.expert(image).map(|good| f64::from(u8::from(good)));
    let (mut without_yes, mut without_no) = (Without::default(), Without::default());
    for (worker, answer) in log.votes_on(image) {
        let Some(skill) = skills.get_mut(worker as usize) else { continue };
        let weights = weights.of_worker(worker);
        let by_others = match answer {
            Answer::Yes => without_yes.chance(weights.yes, |weight| table.log_odds_at(yes - weight, no)),
            Answer::No => without_no.chance(weights.no, |weight| table.log_odds_at(yes, no - weight)),
            Answer::Unsure => continue,
        };
        *skill = skill.with(answer.as_yes(), expert.unwrap_or(by_others), rates);
    }
    expert.unwrap_or_else(|| table.confidence_at(yes + half_yes, no + half_no))
}

/// The chance of an image without one vote of a given weight. Most people weigh 1, so it is kept for whoever weighs the same.
#[derive(Default)]
struct Without(Option<(f64, f64)>);

impl Without {
    #[inline]
    fn chance(&mut self, weight: f64, log_odds: impl Fn(f64) -> f64) -> f64 {
        match self.0 {
            Some((known, chance)) if known.to_bits() == weight.to_bits() => chance,
            _ => {
                let chance = sigmoid(log_odds(weight));
                self.0 = Some((weight, chance));
                chance
            }
        }
    }
}

/// What every worker's votes count for on one synset, computed when a worker is first met there.
struct SynsetWeights<'a> {
    skills: &'a [Skill],
    rates: YesRates,
    /// The synset's turn, from 1.
    turn: u32,
    /// Of each worker: the turn in which the weights were computed, and they.
    known: Vec<(u32, Weights)>,
}

impl<'a> SynsetWeights<'a> {
    fn of(skills: &'a [Skill]) -> Self {
        let rates = YesRates { good: 0.5, bad: 0.5 };
        Self { skills, rates, turn: 0, known: vec![(0, Weights::FULL); skills.len()] }
    }

    fn start(&mut self, rates: YesRates) {
        self.turn += 1;
        self.rates = rates;
    }

    #[inline]
    fn of_worker(&mut self, worker: u32) -> Weights {
        let place = worker as usize;
        match (self.known.get_mut(place), self.skills.get(place)) {
            (Some((turn, weights)), Some(skill)) => {
                if *turn != self.turn {
                    (*turn, *weights) = (self.turn, skill.weights(self.rates));
                }
                *weights
            }
            _ => Weights::FULL,
        }
    }
}
