//! What moves the log-odds of images away from their synset's table: where they come from, and what audits found.

use super::numbers::{logit, sigmoid};

/// A source's first images lean on the synset's own prevalence as if it had had so many others.
const PRIOR_IMAGES: f64 = 20.0;

/// How many images of a source were resolved, and how sure that they are good.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Resolved {
    /// Σ of their confidences.
    pub good: f64,
    /// How many.
    pub images: f64,
}

impl Resolved {
    /// The prevalence offset, in log-odds: how much likelier good images are in this source than `prevalence`, the share
    /// in the sample that the table learned from. Added to the log-odds of every image of the source.
    #[must_use]
    pub fn offset(self, prevalence: f64) -> f64 {
        let share = (self.good + PRIOR_IMAGES * prevalence) / (self.images + PRIOR_IMAGES);
        logit(share) - logit(prevalence)
    }
}

/// An accepted image that an expert looked at without knowing the verdict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Audited {
    /// The log-odds with which it was accepted.
    pub log_odds: f64,
    /// What the expert said.
    pub good: bool,
}

/// The most probable shift of all log-odds of a synset given its audits: 0 or below, since audits of accepted images can
/// only show that confidences are too high. Prior N(0, 1.5²), in steps of .05 down to −8.
#[must_use]
pub fn audit_shift(audited: &[Audited]) -> f64 {
    const SD: f64 = 1.5;
    const STEPS: u32 = 160;
    let surprise = |shift: f64| {
        let by_image = audited.iter().map(|image| {
            let p = sigmoid(image.log_odds + shift);
            -(if image.good { p } else { 1.0 - p }).max(f64::MIN_POSITIVE).ln()
        });
        by_image.sum::<f64>() + 0.5 * (shift / SD).powi(2)
    };
    let shifts = (0..=STEPS).map(|step| -f64::from(step) * 0.05);
    let best = shifts
        .map(|shift| (shift, surprise(shift)))
        .fold((0.0, f64::INFINITY), |best, at| if at.1 < best.1 { at } else { best });
    best.0
}

/// Whether the audits rule out, with 95 % confidence, that accepted images are as precise as the target: one at least was
/// bad, and the upper bound of Beta(1 + good, 1 + bad) lies below the target. (A few good ones alone leave that bound low, and
/// say nothing against the synset.)
#[must_use]
pub fn audits_fail(good: u32, bad: u32, target: f64) -> bool {
    bad > 0 && upper_bound(good, bad) < target
}

/// The 95 % quantile of Beta(1 + good, 1 + bad).
#[must_use]
pub fn upper_bound(good: u32, bad: u32) -> f64 {
    // For whole parameters the distribution function is a binomial tail: P(Beta(a, b) ≤ x) = P(Bin(a + b − 1, x) ≥ a).
    let n = good.saturating_add(bad).saturating_add(1);
    let below = |x: f64| 1.0 - binomial_cdf(good, n, x);
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if below(middle) < 0.95 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// P(Bin(n, p) ≤ k).
fn binomial_cdf(k: u32, n: u32, p: f64) -> f64 {
    if p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return if k >= n { 1.0 } else { 0.0 };
    }
    // In logarithms, so that large n do not underflow.
    let mut ln_term = f64::from(n) * (1.0 - p).ln();
    let mut sum = ln_term.exp();
    for i in 0..k.min(n) {
        ln_term += (f64::from(n - i) / f64::from(i + 1)).ln() + p.ln() - (1.0 - p).ln();
        sum += ln_term.exp();
    }
    sum.min(1.0)
}
