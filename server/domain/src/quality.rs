//! How good a worker is: shares with their intervals, and what about the figures deserves a look.
//!
//! Figures inform and flags warn; neither ever acts. Whether a worker's votes count is a person's decision.

mod flags;
mod guessing;
mod pairs;
mod share;

pub use flags::{Flag, Record, flags};
pub use guessing::Compared;
pub use pairs::{Alike, Pair, Rates, alike, pairs};
pub use share::Share;

/// A worker's yes and no answers, counted by what the image is known to be. "Unsure" is no answer to be right or wrong with,
/// so it is in none of the counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Good images that were called good.
    pub yes_on_good: u32,
    /// Good images that were answered.
    pub good: u32,
    /// Other images that were called so.
    pub no_on_bad: u32,
    /// Other images that were answered.
    pub bad: u32,
}

impl Confusion {
    /// The share of good images that the worker finds.
    #[must_use]
    pub const fn sensitivity(self) -> Share {
        Share { hits: self.yes_on_good, of: self.good }
    }

    /// The share of other images that the worker turns down.
    #[must_use]
    pub const fn specificity(self) -> Share {
        Share { hits: self.no_on_bad, of: self.bad }
    }

    /// The share of right answers.
    #[must_use]
    pub const fn accuracy(self) -> Share {
        Share {
            hits: self.yes_on_good.saturating_add(self.no_on_bad),
            of: self.good.saturating_add(self.bad),
        }
    }

    /// How often the worker said yes, among these images.
    #[must_use]
    pub const fn yes(self) -> Share {
        Share {
            hits: self.yes_on_good.saturating_add(self.bad.saturating_sub(self.no_on_bad)),
            of: self.good.saturating_add(self.bad),
        }
    }
}
