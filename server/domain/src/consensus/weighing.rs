//! One image's votes, each with the weight that its worker had when it was cast.

use super::{
    numbers::sigmoid,
    policy::Calibration,
    skill::{Skill, Weights},
    stop::Judgement,
    table::ConfidenceTable,
    tally::Answer,
    training::{WorkerNumber, rates},
};

/// A vote as it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeighedVote {
    /// Who cast it.
    pub worker: WorkerNumber,
    /// What was said.
    pub answer: Answer,
    /// Adds to the image's yes.
    pub yes: f64,
    /// Adds to the image's no.
    pub no: f64,
}

/// An image's votes. Weights are frozen when a vote is cast, so that the log replays exactly.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weighed {
    votes: Vec<WeighedVote>,
}

impl Weighed {
    /// One more vote; "not sure" is half a yes and half a no.
    pub fn add(&mut self, worker: WorkerNumber, answer: Answer, weights: Weights) {
        let share = answer.as_yes();
        let (yes, no) = (share * weights.yes, (1.0 - share) * weights.no);
        self.votes.push(WeighedVote { worker, answer, yes, no });
    }

    /// Weighted yes votes.
    #[must_use]
    pub fn yes(&self) -> f64 {
        self.votes.iter().map(|vote| vote.yes).sum()
    }

    /// Weighted no votes.
    #[must_use]
    pub fn no(&self) -> f64 {
        self.votes.iter().map(|vote| vote.no).sum()
    }

    /// Votes of any weight.
    #[must_use]
    pub fn votes(&self) -> u32 {
        u32::try_from(self.votes.len()).unwrap_or(u32::MAX)
    }

    /// What the image is by its synset's table, moved by `offset` in log-odds.
    #[must_use]
    pub fn judge(&self, synset: &Calibration, offset: f64) -> Judgement {
        synset.judge_weighed(self.yes(), self.no(), self.votes(), offset)
    }

    /// Credits everybody who said yes or no on a settled image: against the truth where it is known, else against the
    /// confidence by the others' yes and no votes. "Not sure" is no answer to be right or wrong with.
    pub fn credit(&self, table: &ConfidenceTable, offset: f64, truth: Option<bool>, skills: &mut [Skill]) {
        let sure = || self.votes.iter().filter(|vote| vote.answer != Answer::Unsure);
        let (yes, no) = sure().fold((0.0, 0.0), |(yes, no), vote| (yes + vote.yes, no + vote.no));
        for vote in sure() {
            let good = match truth {
                Some(good) => f64::from(u8::from(good)),
                None => sigmoid(table.log_odds_at(yes - vote.yes, no - vote.no) + offset),
            };
            if let Some(skill) = skills.get_mut(vote.worker) {
                *skill = skill.with(vote.answer.as_yes(), good, rates(table.model()));
            }
        }
    }
}
