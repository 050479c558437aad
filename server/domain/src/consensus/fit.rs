//! From the votes on an initial sample to the model that explains them best.
//!
//! Penalised likelihood: whole yes and no votes, an expert's word where there is one, and the prior of the level
//! above. Coordinates (logit π, logit μ₁, ln s₁, logit μ₀, ln s₀), damped Newton from the prior's centre.

use std::collections::BTreeMap;

use super::{
    chances::Chances,
    model::{Coordinates, Model},
    newton::{self, Bounds, Matrix, minimise},
    numbers::{ln_add, sigmoid},
    prior::Prior,
    sample::SampleImage,
};

/// Parameters stay inside: μ₁ from .05, μ₀ up to .88, concentrations from half a vote to 200.
const BOUNDS: Bounds = Bounds {
    low: [-6.0, -3.0, -std::f64::consts::LN_2, -7.0, -std::f64::consts::LN_2],
    high: [4.0, 6.0, LN_200, 2.0, LN_200],
};
const LN_200: f64 = 5.298_317_366_548_036;

/// How a fit came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The most probable model.
    pub model: Model,
    /// The penalised negative log-likelihood there, in nats; never above [`objective`] at the prior's centre.
    pub objective: f64,
}

/// Fits one synset's model to its initial sample; the near-miss share is the prior's.
///
/// The order of images does not matter, not even for the last bit. Without any vote or expert label the model is
/// the prior's centre itself.
#[must_use]
pub fn fit(sample: &[SampleImage], prior: &Prior) -> Fit {
    let histogram = Histogram::of(sample);
    if histogram.is_empty() {
        return Fit { model: *prior.centre(), objective: objective(sample, prior, prior.centre()) };
    }
    fit_histogram(&histogram, prior, prior.centre().near_miss_share())
}

/// Fits the pooled images of many synsets, and with them the share of near misses, in two rounds.
///
/// For the level of all synsets and for that of an ancestor; a single synset has too few images to tell near
/// misses, so it inherits the share. Without data the model is the prior's centre.
#[must_use]
pub fn fit_pooled(sample: &[SampleImage], prior: &Prior) -> Fit {
    const ROUNDS: u32 = 2;
    let histogram = Histogram::of(sample);
    if histogram.is_empty() {
        return fit(sample, prior);
    }
    let start = Fit { model: *prior.centre(), objective: f64::INFINITY };
    (0..ROUNDS).fold(start, |before, _| {
        let fit = fit_histogram(&histogram, prior, before.model.near_miss_share());
        Fit { model: fit.model.with_near_miss_share(near_miss_share(&histogram, &fit.model)), ..fit }
    })
}

/// What [`fit`] minimises, at any model: −ln likelihood + ½ Σ ((θ − mean) / sd)² + a barrier that keeps the yes
/// rate on good images above that on bad ones. In nats.
#[must_use]
pub fn objective(sample: &[SampleImage], prior: &Prior, model: &Model) -> f64 {
    penalised(&Histogram::of(sample), prior, &model.coordinates(), model.near_miss_share())
}

/// The second derivatives of [`objective`] at a model.
pub(super) fn curvature(sample: &[SampleImage], prior: &Prior, model: &Model) -> Matrix {
    let histogram = Histogram::of(sample);
    let at = |coordinates: &Coordinates| penalised(&histogram, prior, coordinates, model.near_miss_share());
    newton::curvature(at, &model.coordinates())
}

fn fit_histogram(histogram: &Histogram, prior: &Prior, near_miss_share: f64) -> Fit {
    let (coordinates, objective) = minimise(
        |coordinates| penalised(histogram, prior, coordinates, near_miss_share),
        prior.centre().coordinates(),
        &BOUNDS,
    );
    Fit { model: Model::at(coordinates, near_miss_share), objective }
}

fn penalised(histogram: &Histogram, prior: &Prior, coordinates: &Coordinates, near_miss_share: f64) -> f64 {
    let model = Model::at(*coordinates, near_miss_share);
    histogram.surprise(&model) + penalty(prior, coordinates)
}

fn penalty(prior: &Prior, coordinates: &Coordinates) -> f64 {
    let mean = prior.centre().coordinates();
    let squares: f64 =
        coordinates.iter().zip(mean).zip(prior.sd()).map(|((x, mean), sd)| ((x - mean) / sd).powi(2)).sum();
    let [_, good_mean, _, bad_mean, _] = coordinates;
    let overlap = (0.5 - (good_mean - bad_mean)).max(0.0);
    0.5 * squares + 50.0 * overlap * overlap
}

/// One step of expectation–maximisation with the prior Beta(1.5, 48.5), kept within .002 and .25.
fn near_miss_share(histogram: &Histogram, model: &Model) -> f64 {
    let chances = histogram.chances(model);
    let (mut near_misses, mut bad) = (1.5, 50.0);
    for (image, count) in histogram.images() {
        let is_bad = match image.expert {
            Some(good) => f64::from(u8::from(!good)),
            None => sigmoid(-chances.log_odds(image.yes, image.no)),
        };
        bad += count * is_bad;
        near_misses += count * is_bad * chances.near_miss_if_bad(image.yes, image.no);
    }
    (near_misses / bad).clamp(0.002, 0.25)
}

/// A sample with equal images counted together: quick to go through, and blind to order.
struct Histogram {
    counts: BTreeMap<SampleImage, u32>,
    yes: u32,
    no: u32,
    votes: u32,
}

impl Histogram {
    fn of(sample: &[SampleImage]) -> Self {
        let mut histogram = Self { counts: BTreeMap::new(), yes: 0, no: 0, votes: 0 };
        for image in sample.iter().filter(|image| image.votes() > 0 || image.expert.is_some()) {
            *histogram.counts.entry(*image).or_default() += 1;
            histogram.yes = histogram.yes.max(image.yes);
            histogram.no = histogram.no.max(image.no);
            histogram.votes = histogram.votes.max(image.votes());
        }
        histogram
    }

    fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    fn images(&self) -> impl Iterator<Item = (SampleImage, f64)> + '_ {
        self.counts.iter().map(|(image, count)| (*image, f64::from(*count)))
    }

    fn chances<'a>(&self, model: &'a Model) -> Chances<'a> {
        Chances::new(model, self.yes, self.no, self.votes)
    }

    /// The negative log-likelihood of the votes in one given order, in nats; an expert's word decides the class.
    fn surprise(&self, model: &Model) -> f64 {
        let chances = self.chances(model);
        let likelihood = |image: SampleImage| {
            let good = || chances.ln_good(image.yes, image.no);
            let bad = || chances.ln_bad(image.yes, image.no);
            match image.expert {
                Some(true) => good(),
                Some(false) => bad(),
                None => ln_add(good(), bad()),
            }
        };
        -self.images().map(|(image, count)| count * likelihood(image)).sum::<f64>()
    }
}
