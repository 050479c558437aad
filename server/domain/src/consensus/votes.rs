//! One image's votes as they count: counted whole, and what their workers' weights take away.
//!
//! Weights are kept as whole millionths. Sums of them are exact, so they come out the same in every order, in the database as
//! in here, and a verdict can be computed again to the last bit.

use super::{
    skill::Weights,
    source::Source,
    tally::{Answer, Tally},
};

/// Millionths in a whole vote.
pub const WHOLE: u32 = 1_000_000;

/// What one worker's votes count for on a synset, in millionths of a vote, each at most [`WHOLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VoteWeights {
    /// A yes.
    pub yes: u32,
    /// A no.
    pub no: u32,
}

/// What weights take away from the votes on an image, in millionths of a vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Discount {
    /// From the yes votes.
    pub yes: u32,
    /// From the no votes.
    pub no: u32,
}

/// The votes on one image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Votes {
    /// Counted whole.
    pub tally: Tally,
    /// What their workers' weights take away.
    pub discount: Discount,
    /// Where the image comes from.
    pub source: Source,
}

impl VoteWeights {
    /// Of somebody who votes as people do.
    pub const FULL: Self = Self { yes: WHOLE, no: WHOLE };

    /// What an answer of this weight lacks to a whole vote. "Not sure" is half a yes and half a no.
    #[must_use]
    pub const fn discount(self, answer: Answer) -> Discount {
        let (yes, no) = (WHOLE.saturating_sub(self.yes), WHOLE.saturating_sub(self.no));
        match answer {
            Answer::Yes => Discount { yes, no: 0 },
            Answer::No => Discount { yes: 0, no },
            Answer::Unsure => Discount { yes: yes / 2, no: no / 2 },
        }
    }
}

impl From<Weights> for VoteWeights {
    fn from(weights: Weights) -> Self {
        // `as` from a float is exact here: the product lies between 0 and a million.
        let millionths = |weight: f64| (weight.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u32;
        Self { yes: millionths(weights.yes), no: millionths(weights.no) }
    }
}

impl From<Tally> for Votes {
    fn from(tally: Tally) -> Self {
        Self { tally, ..Self::default() }
    }
}

impl Votes {
    /// The place in the confidence table, (yes, no) in votes of people who count fully.
    #[must_use]
    pub fn weighted(self) -> (f64, f64) {
        let (yes, no) = self.tally.weighted();
        let less = |votes: f64, discount: u32| (votes - f64::from(discount) / f64::from(WHOLE)).max(0.0);
        (less(yes, self.discount.yes), less(no, self.discount.no))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_away_is_what_a_vote_lacks() {
        let weights = VoteWeights::from(Weights { yes: 0.25, no: 1.0 });
        assert_eq!(weights, VoteWeights { yes: 250_000, no: WHOLE });
        assert_eq!(weights.discount(Answer::Yes), Discount { yes: 750_000, no: 0 });
        assert_eq!(weights.discount(Answer::No), Discount::default());
        assert_eq!(weights.discount(Answer::Unsure), Discount { yes: 375_000, no: 0 });
        for answer in [Answer::Yes, Answer::No, Answer::Unsure] {
            assert_eq!(VoteWeights::FULL.discount(answer), Discount::default());
        }
    }

    #[test]
    fn weighted_votes_are_the_sum_of_their_weights() {
        let tally = Tally { yes: 2, no: 1, unsure: 1 };
        assert_eq!(Votes::from(tally).weighted(), (2.5, 1.5));
        let votes = Votes { tally, discount: Discount { yes: 500_000, no: 1_000_000 }, ..Votes::default() };
        assert_eq!(votes.weighted(), (2.0, 0.5));
    }
}
