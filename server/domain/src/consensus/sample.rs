//! The initial sample: which images teach the table, and how many votes each still needs.

use super::tally::Tally;

/// One image of a synset's initial sample, as the fit sees it.
///
/// Only whole yes and no votes count here; "not sure" is left out, because fits on fractional counts lose their
/// calibration (the dispersion runs to its bound).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SampleImage {
    /// Votes that said yes.
    pub yes: u32,
    /// Votes that said no.
    pub no: u32,
    /// What an expert said, where one was asked: the image is then an anchor.
    pub expert: Option<bool>,
}

impl SampleImage {
    /// The yes and no votes of a tally, with the expert's word if there is one.
    #[must_use]
    pub const fn of(tally: Tally, expert: Option<bool>) -> Self {
        Self { yes: tally.yes, no: tally.no, expert }
    }

    /// Yes and no votes together.
    #[must_use]
    pub const fn votes(self) -> u32 {
        self.yes.saturating_add(self.no)
    }
}

/// How many votes an image of the initial sample still needs before it can teach the table.
///
/// It needs `initial_votes` answers of yes or no. "Not sure" is none of them, but an image about which nobody can
/// tell must not be asked for ever: with `cap` votes of any kind it is complete. The answer is also the number of
/// times that the image may be leased at once.
#[must_use]
pub const fn initial_need(tally: Tally, initial_votes: u32, cap: u32) -> u32 {
    let wanted = initial_votes.saturating_sub(tally.decided());
    let allowed = cap.saturating_sub(tally.total());
    if wanted < allowed { wanted } else { allowed }
}
