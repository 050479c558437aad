//! Giving an image up when what it would still cost is more than the chance of accepting it is worth.
//!
//! Optimal stopping of a sequential test with a bounded number of votes, by backward induction (Wald and Wolfowitz, "Optimum
//! character of the sequential probability ratio test", 1948; DeGroot, "Optimal statistical decisions", 1970, chapter 12): a vote costs
//! 1, an accepted image is worth so many votes, and whoever knows what the next vote leads to knows what asking for it is worth.
//! One level ρ for all tallies asks too long about images with many mixed votes, and not long enough about those with few.

use super::{
    forecast::{Forecast, follow, solve},
    model::Model,
    numbers::{logit, sigmoid},
    rule::Rule,
    stop::{Judgement, Reason, Rejection, StopRule, Threshold, Verdict},
    table::ConfidenceTable,
};

/// What an accepted image is worth, in votes: above 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Worth(f64);

impl Worth {
    /// `None` unless it is a number above 1: nothing is accepted without a vote.
    #[must_use]
    pub fn new(votes: f64) -> Option<Self> {
        (votes > 1.0 && votes.is_finite()).then_some(Self(votes))
    }

    /// In votes.
    #[must_use]
    pub const fn votes(self) -> f64 {
        self.0
    }
}

/// What it is worth to go on asking, at every tally of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    worth: Worth,
    cap: u32,
    /// By number of votes, within it by number of no.
    gains: Vec<Vec<f64>>,
}

impl Outlook {
    /// Goes through every cell of the table once, the fullest first. Images are accepted from `threshold` on, which is never where there is
    /// none.
    #[must_use]
    pub fn new(table: &ConfidenceTable, threshold: Option<Threshold>, worth: Worth) -> Self {
        let mut gains = Vec::new();
        // What an image is worth at each tally of one vote more.
        let mut later: Vec<f64> = Vec::new();
        for cast in (0..=table.cap()).rev() {
            let gain = |no: u32| {
                let at = |no: u32| later.get(no as usize).copied();
                let yes = table.next_yes(cast - no, no);
                at(no).zip(at(no + 1)).map_or(-1.0, |(up, down)| yes * up + (1.0 - yes) * down - 1.0)
            };
            let diagonal: Vec<f64> = (0..=cast).map(gain).collect();
            let is_accepted = |no: u32| {
                let confidence = table.confidence(cast - no, no);
                cast > 0 && threshold.is_some_and(|threshold| confidence >= threshold.get())
            };
            let value = |(no, gain): (u32, &f64)| if is_accepted(no) { worth.votes() } else { gain.max(0.0) };
            later = (0..).zip(&diagonal).map(value).collect();
            gains.push(diagonal);
        }
        gains.reverse();
        Self { worth, cap: table.cap(), gains }
    }

    /// The same for images of a source where good ones are likelier by `offset`, in log-odds, than in the sample that taught the table.
    pub(super) fn at_offset(
        table: &ConfidenceTable,
        threshold: Option<Threshold>,
        worth: Worth,
        offset: f64,
    ) -> Self {
        let model = table.model();
        let prevalence = sigmoid(logit(model.prevalence()) + offset);
        let moved = Model::new(prevalence, model.good(), model.bad(), model.near_miss_share());
        Self::new(&ConfidenceTable::new(&moved.unwrap_or(*model), table.cap()), threshold, worth)
    }

    /// What an accepted image is worth.
    #[must_use]
    pub const fn worth(&self) -> Worth {
        self.worth
    }

    /// What an image is that stands at `(yes, no)`. ρ does not count: an image is given up where further votes are not worth it. That makes it
    /// negative where it is more likely bad than good; otherwise an expert must look, since the crowd's votes don't convince.
    pub(super) fn judge(
        &self,
        rule: Rule,
        at: (f64, f64),
        votes: u32,
        confidence: f64,
        cap: u32,
    ) -> Judgement {
        let levels = StopRule { rejection: Rejection::NEVER, ..rule.levels };
        let judged = Rule { levels, ..rule }.judge(at, votes, confidence, cap);
        if votes == 0 || judged.verdict == Verdict::Positive || self.gain(at.0, at.1) > 0.0 {
            return judged;
        }
        let (verdict, reason) = match confidence < 0.5 {
            true => (Verdict::Negative, Reason::BelowRejection),
            false => (Verdict::Escalated, Reason::NoMajority),
        };
        Judgement { verdict, reason: Some(reason), confidence }
    }

    /// What further votes are expected to bring beyond what they cost, in votes; 0 or below where it is better to stop. Between cells it is
    /// linear, as the table's log-odds are; votes beyond the cap are scaled back to it.
    #[must_use]
    pub fn gain(&self, yes: f64, no: f64) -> f64 {
        let (yes, no) = (yes.max(0.0), no.max(0.0));
        let scale = (f64::from(self.cap) / (yes + no)).min(1.0);
        let (yes, no) = (yes * scale, no * scale);
        let (column, row) = (yes.floor(), no.floor());
        let (right, up) = (yes - column, no - row);
        let corner = self.cell(column, row).unwrap_or(-1.0);
        let beside = self.cell(column + 1.0, row).unwrap_or(corner);
        let above = self.cell(column, row + 1.0).unwrap_or(corner);
        match self.cell(column + 1.0, row + 1.0).filter(|_| right + up > 1.0) {
            Some(opposite) => {
                opposite + (1.0 - right) * (above - opposite) + (1.0 - up) * (beside - opposite)
            }
            None => corner + right * (beside - corner) + up * (above - corner),
        }
    }

    /// Of whole votes, such as 3.0. `as` is exact: they lie within the cap.
    fn cell(&self, yes: f64, no: f64) -> Option<f64> {
        self.gains.get((yes + no) as usize)?.get(no as usize).copied()
    }
}

/// [`super::solve_threshold`] where images are given up by what accepting them is worth.
pub(super) fn threshold(table: &ConfidenceTable, target: f64, worth: Worth) -> Option<Threshold> {
    let forecast = |threshold| forecast(table, Some(threshold), worth);
    solve(target, forecast).map(|(threshold, _)| threshold)
}

fn forecast(table: &ConfidenceTable, threshold: Option<Threshold>, worth: Worth) -> Forecast {
    let outlook = Outlook::new(table, threshold, worth);
    let rule = Rule::from(StopRule { threshold, rejection: Rejection::NEVER });
    follow(table, |yes, no, confidence| {
        outlook.judge(rule, (yes.into(), no.into()), yes + no, confidence, table.cap()).verdict
    })
}
