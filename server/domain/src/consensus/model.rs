//! What is believed about a synset's images and the votes on them: good and bad ones, and bad ones that look good.
//!
//! A two-class beta-binomial mixture. Votes on one image are not independent: some good images are hard to
//! recognise and some bad ones are tempting, so each image has its own chance of a yes, drawn from its class's beta
//! distribution. Adding up per-worker log-likelihoods instead states 99.9 % and delivers 92 %.

use super::{
    chances::Chances,
    numbers::{logit, sigmoid},
};

/// The chance of a yes on one image, itself drawn from a beta distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaBinomial {
    /// μ: the mean chance of a yes, between 0 and 1.
    pub mean: f64,
    /// s = α + β, in votes, above 0: high when images of the class are alike, low when they differ.
    pub concentration: f64,
}

/// Near misses are bad images that tempt (a look-alike breed): one law for all synsets.
pub const NEAR_MISS: BetaBinomial = BetaBinomial { mean: 0.30, concentration: 5.0 };

impl BetaBinomial {
    pub(super) const fn alpha(self) -> f64 {
        self.mean * self.concentration
    }

    pub(super) const fn beta(self) -> f64 {
        (1.0 - self.mean) * self.concentration
    }

    /// The chance that the next vote is a yes after `yes` yes and `no` no.
    #[must_use]
    pub fn next_yes(self, yes: u32, no: u32) -> f64 {
        (self.alpha() + f64::from(yes)) / (self.concentration + f64::from(yes) + f64::from(no))
    }

    const fn is_proper(self) -> bool {
        0.0 < self.mean && self.mean < 1.0 && 0.0 < self.concentration && self.concentration.is_finite()
    }
}

/// The five parameters of a synset (θ) and the near-miss share (ε), all of them inside their ranges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    prevalence: f64,
    good: BetaBinomial,
    bad: BetaBinomial,
    near_miss_share: f64,
}

/// Why numbers are no [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// The share of good images is not between 0 and 1.
    #[error("the share of good images is {0}; it must lie between 0 and 1, both excluded")]
    Prevalence(f64),
    /// The votes on good or bad images have an impossible law.
    #[error(
        "votes on {class} images have mean {} and concentration {}; the mean must lie between 0 and 1, both \
         excluded, and the concentration must be above 0",
        law.mean, law.concentration
    )]
    Votes {
        /// "good" or "bad".
        class: &'static str,
        /// The numbers given.
        law: BetaBinomial,
    },
    /// The share of near misses is not from 0 up to 1.
    #[error("the share of near misses among bad images is {0}; it must be at least 0 and below 1")]
    NearMissShare(f64),
}

/// θ = (logit π, logit μ₁, ln s₁, logit μ₀, ln s₀): where the fit works.
pub(super) type Coordinates = [f64; 5];

impl Model {
    /// A model from its natural parameters, as stored.
    ///
    /// - `prevalence` (π): the share of good images among the candidates.
    /// - `good` (μ₁, s₁) and `bad` (μ₀, s₀): the votes on good and on bad images.
    /// - `near_miss_share` (ε): the share of bad images that follow [`NEAR_MISS`].
    ///
    /// # Errors
    /// When a number is outside its range.
    pub fn new(
        prevalence: f64,
        good: BetaBinomial,
        bad: BetaBinomial,
        near_miss_share: f64,
    ) -> Result<Self, ModelError> {
        if !(0.0 < prevalence && prevalence < 1.0) {
            return Err(ModelError::Prevalence(prevalence));
        }
        for (class, law) in [("good", good), ("bad", bad)] {
            if !law.is_proper() {
                return Err(ModelError::Votes { class, law });
            }
        }
        if !(0.0..1.0).contains(&near_miss_share) {
            return Err(ModelError::NearMissShare(near_miss_share));
        }
        Ok(Self { prevalence, good, bad, near_miss_share })
    }

    /// Numbers that the caller knows to be inside their ranges.
    pub(super) const fn known(
        prevalence: f64,
        good: BetaBinomial,
        bad: BetaBinomial,
        near_miss_share: f64,
    ) -> Self {
        Self { prevalence, good, bad, near_miss_share }
    }

    /// π: the share of good images among the candidates.
    #[must_use]
    pub const fn prevalence(&self) -> f64 {
        self.prevalence
    }

    /// The same model where good images are likelier by so much, in log-odds.
    #[must_use]
    pub fn moved(self, offset: f64) -> Self {
        // Far out both ends are 0 or 1 in floating point, which no share of a model may be.
        let prevalence = sigmoid(logit(self.prevalence) + offset).clamp(1e-12, 1.0 - 1e-12);
        Self { prevalence, ..self }
    }

    /// The votes on good images (μ₁, s₁).
    #[must_use]
    pub const fn good(&self) -> BetaBinomial {
        self.good
    }

    /// The votes on bad images that are no near misses (μ₀, s₀).
    #[must_use]
    pub const fn bad(&self) -> BetaBinomial {
        self.bad
    }

    /// ε: the share of near misses among bad images.
    #[must_use]
    pub const fn near_miss_share(&self) -> f64 {
        self.near_miss_share
    }

    /// The same model with another share of near misses, which must be inside the clip of the fit.
    pub(super) const fn with_near_miss_share(self, near_miss_share: f64) -> Self {
        Self { near_miss_share, ..self }
    }

    /// The log-odds that an image with these votes is good (before the table's running maximum).
    #[must_use]
    pub fn log_odds(&self, yes: u32, no: u32) -> f64 {
        Chances::new(self, yes, no, yes.saturating_add(no)).log_odds(yes, no)
    }

    /// The chance that the next vote is a yes, on an image with these votes.
    #[must_use]
    pub fn next_yes(&self, yes: u32, no: u32) -> f64 {
        Chances::new(self, yes, no, yes.saturating_add(no)).next_yes(yes, no)
    }

    /// θ, unbounded numbers in which the fit moves freely.
    pub(super) fn coordinates(&self) -> Coordinates {
        [
            logit(self.prevalence),
            logit(self.good.mean),
            self.good.concentration.ln(),
            logit(self.bad.mean),
            self.bad.concentration.ln(),
        ]
    }

    /// The model at θ, which must be inside the box of the fit.
    pub(super) fn at(coordinates: Coordinates, near_miss_share: f64) -> Self {
        let [prevalence, good_mean, good_ln, bad_mean, bad_ln] = coordinates;
        Self {
            prevalence: sigmoid(prevalence),
            good: BetaBinomial { mean: sigmoid(good_mean), concentration: good_ln.exp() },
            bad: BetaBinomial { mean: sigmoid(bad_mean), concentration: bad_ln.exp() },
            near_miss_share,
        }
    }
}
