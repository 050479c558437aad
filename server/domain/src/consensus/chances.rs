//! A model's chances for many tallies at once, from running sums of logarithms.
//!
//! A fit evaluates the same few sums for every image and a table for every cell; added up once,
//! they cost a look-up each. For whole votes ln B(α+yes, β+no) / B(α, β) is such a sum, so no Γ function is needed.

use super::{
    model::{BetaBinomial, Model, NEAR_MISS},
    numbers::{ln_add, sigmoid},
};

/// The running sums for one model, for tallies up to the numbers of votes it was made for.
pub(super) struct Chances<'a> {
    model: &'a Model,
    good: Law,
    bad: Law,
    near_miss: Law,
}

impl<'a> Chances<'a> {
    /// For tallies of at most `yes` yes, `no` no, and `votes` together.
    pub(super) fn new(model: &'a Model, yes: u32, no: u32, votes: u32) -> Self {
        let (share, near_miss) = (model.prevalence(), model.near_miss_share());
        Self {
            model,
            good: Law::new(model.good(), share.ln(), yes, no, votes),
            bad: Law::new(model.bad(), (1.0 - share).ln() + (1.0 - near_miss).ln(), yes, no, votes),
            near_miss: Law::new(NEAR_MISS, (1.0 - share).ln() + near_miss.ln(), yes, no, votes),
        }
    }

    /// The logarithm of the chance that an image is good and gets these votes in one given order.
    pub(super) fn ln_good(&self, yes: u32, no: u32) -> f64 {
        self.good.ln_chance(yes, no)
    }

    /// The same for bad images, near misses among them.
    pub(super) fn ln_bad(&self, yes: u32, no: u32) -> f64 {
        ln_add(self.bad.ln_chance(yes, no), self.near_miss.ln_chance(yes, no))
    }

    /// The log-odds that an image with these votes is good.
    pub(super) fn log_odds(&self, yes: u32, no: u32) -> f64 {
        self.ln_good(yes, no) - self.ln_bad(yes, no)
    }

    /// The chance that a bad image with these votes is a near miss.
    pub(super) fn near_miss_if_bad(&self, yes: u32, no: u32) -> f64 {
        (self.near_miss.ln_chance(yes, no) - self.ln_bad(yes, no)).exp()
    }

    /// The chance that the next vote is a yes, on an image with these votes.
    pub(super) fn next_yes(&self, yes: u32, no: u32) -> f64 {
        let good = sigmoid(self.log_odds(yes, no));
        let near_miss = self.near_miss_if_bad(yes, no);
        let if_bad =
            (1.0 - near_miss) * self.model.bad().next_yes(yes, no) + near_miss * NEAR_MISS.next_yes(yes, no);
        good * self.model.good().next_yes(yes, no) + (1.0 - good) * if_bad
    }
}

/// One class of images: the logarithm of its share, and the rising products of its votes.
struct Law {
    ln_share: f64,
    yes: Vec<f64>,
    no: Vec<f64>,
    votes: Vec<f64>,
}

impl Law {
    fn new(law: BetaBinomial, ln_share: f64, yes: u32, no: u32, votes: u32) -> Self {
        Self {
            ln_share,
            yes: rising(law.alpha(), yes),
            no: rising(law.beta(), no),
            votes: rising(law.concentration, votes),
        }
    }

    fn ln_chance(&self, yes: u32, no: u32) -> f64 {
        let at = |sums: &[f64], votes: u32| sums.get(votes as usize).copied().unwrap_or(f64::NAN);
        self.ln_share + at(&self.yes, yes) + at(&self.no, no) - at(&self.votes, yes.saturating_add(no))
    }
}

/// ln Γ(start + n) / Γ(start) for n = 0, 1 … steps.
fn rising(start: f64, steps: u32) -> Vec<f64> {
    let sums = (0..steps).scan(0.0, |sum, i| {
        *sum += (start + f64::from(i)).ln();
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums).collect()
}
