//! What is shown: images of easy and of hard synsets.

use super::Chance;

/// A kind of synset: how far good and bad images lie apart, and how many bad ones look nearly good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kind {
    /// The share of good images.
    pub prevalence: f64,
    /// The mean signal of good images.
    pub good: f64,
    /// The mean signal of bad images.
    pub bad: f64,
    /// The share of bad images that look nearly good.
    pub look_alikes: f64,
}

/// An easy, a medium and a hard synset; about 12 % of their images are good.
pub const KINDS: [Kind; 3] = [
    Kind { prevalence: 0.15, good: 2.0, bad: -2.2, look_alikes: 0.02 },
    Kind { prevalence: 0.12, good: 1.7, bad: -1.9, look_alikes: 0.03 },
    Kind { prevalence: 0.10, good: 1.3, bad: -1.6, look_alikes: 0.05 },
];

/// The mean signal of bad images that look nearly good.
const LOOK_ALIKE: f64 = -0.4;
/// The standard deviation of signals around their mean.
const SCATTER: f64 = 0.5;

impl Kind {
    /// One image: whether it is good, and its signal.
    pub fn draw(self, chance: &mut Chance) -> (bool, f64) {
        let good = chance.happens(self.prevalence);
        let mean = match good {
            true => self.good,
            false if chance.happens(self.look_alikes) => LOOK_ALIKE,
            false => self.bad,
        };
        (good, mean + SCATTER * chance.normal())
    }
}
