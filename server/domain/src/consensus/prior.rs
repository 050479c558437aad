//! What is known before a synset's own images speak: the level above it.

use super::model::{BetaBinomial, Model};

/// Normal priors on a model's coordinates (logit π, logit μ₁, ln s₁, logit μ₀, ln s₀), with the near-miss share
/// that a fit below inherits.
///
/// Levels: [`Prior::global`] → all images, pooled → [`Prior::below`] that → the images under one ancestor, pooled →
/// [`Prior::below`] that → one synset. With it five calibration images do what sixty do without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    centre: Model,
    sd: [f64; 5],
}

impl Prior {
    /// A prior of its own: a centre, and one standard deviation per coordinate, each above 0.
    ///
    /// `None` when a standard deviation is not a number above 0.
    #[must_use]
    pub fn new(centre: Model, sd: [f64; 5]) -> Option<Self> {
        sd.iter().all(|sd| *sd > 0.0 && sd.is_finite()).then_some(Self { centre, sd })
    }

    /// Wide, for the pooled fit over all synsets: 12 % good images, 80 % yes on good ones, 5 % on bad ones.
    #[must_use]
    pub const fn global() -> Self {
        let centre = Model::known(
            0.12,
            BetaBinomial { mean: 0.80, concentration: 6.0 },
            BetaBinomial { mean: 0.05, concentration: 6.0 },
            0.03,
        );
        Self { centre, sd: [1.3, 1.1, 0.9, 1.3, 0.9] }
    }

    /// Around the fitted model of the level above.
    #[must_use]
    pub const fn below(parent: &Model) -> Self {
        Self { centre: *parent, sd: [1.0, 0.6, 0.4, 0.6, 0.4] }
    }

    /// The most probable model before any image.
    #[must_use]
    pub const fn centre(&self) -> &Model {
        &self.centre
    }

    /// The standard deviations of the coordinates.
    #[must_use]
    pub const fn sd(&self) -> [f64; 5] {
        self.sd
    }
}
