//! The paper's confidence table, counted from the initial sample: shown beside the fitted one, never deciding.
//!
//! Source: Deng et al., CVPR 2009, section 3.2 and Figure 7. Where the paper looks at the order in which votes
//! happened to arrive, all orders are counted here (hypergeometric), which lowers a cell's standard deviation by
//! about 40 %. By construction six yes of ten give a truth of 1, so this table overstates: show it, don't stop by it.

use super::{sample::SampleImage, settings::MIN_INITIAL_VOTES};

/// Cells of more votes than this are not counted; Figure 7 shows three.
pub const COUNTED_VOTES: u32 = 5;

/// One cell of the counted table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountedCell {
    /// The share of good images among those that pass through this tally, 0 to 1; `None` when none does.
    pub confidence: Option<f64>,
    /// How many sample images pass through this tally, in images, each counted by the share of its vote orders.
    /// A cell below 5 deserves to be shown in grey.
    pub support: f64,
}

/// Confidence by counting: for every tally of a few votes, the share of good images among those that once stood at
/// a yes and b no.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedTable {
    cells: Vec<(u32, u32, CountedCell)>,
}

impl CountedTable {
    /// Counts the sample's images that have at least [`MIN_INITIAL_VOTES`] yes and no votes; others are left out.
    ///
    /// The truth of an image is its expert label if it has one, else the strict majority of its votes, and one half
    /// for a tie. There is no smoothing. Cells of up to [`COUNTED_VOTES`] votes.
    #[must_use]
    pub fn from_sample(sample: &[SampleImage]) -> Self {
        Self::up_to(COUNTED_VOTES, sample)
    }

    /// [`CountedTable::from_sample`] with cells of up to `votes` votes.
    #[must_use]
    pub fn up_to(votes: u32, sample: &[SampleImage]) -> Self {
        let cells = (0..=votes)
            .flat_map(|votes| (0..=votes).map(move |no| (votes - no, no)))
            .map(|(yes, no)| (yes, no, count(sample, yes, no)))
            .collect();
        Self { cells }
    }

    /// The cell of a tally; `None` beyond the votes that are counted.
    #[must_use]
    pub fn cell(&self, yes: u32, no: u32) -> Option<CountedCell> {
        self.cells().find(|cell| (cell.0, cell.1) == (yes, no)).map(|cell| cell.2)
    }

    /// Every cell as (yes, no, cell), by number of votes, most yes first.
    pub fn cells(&self) -> impl Iterator<Item = (u32, u32, CountedCell)> + '_ {
        self.cells.iter().copied()
    }
}

fn count(sample: &[SampleImage], yes: u32, no: u32) -> CountedCell {
    let (mut good, mut support) = (0.0, 0.0);
    for image in sample.iter().filter(|image| image.votes() >= MIN_INITIAL_VOTES) {
        let share = share_of_orders(*image, yes, no);
        good += truth(*image) * share;
        support += share;
    }
    CountedCell { confidence: (support > 0.0).then(|| (good / support).clamp(0.0, 1.0)), support }
}

/// The share of the orders of an image's votes that begin with `yes` yes and `no` no, in any order among them.
fn share_of_orders(image: SampleImage, yes: u32, no: u32) -> f64 {
    choose(image.yes, yes) * choose(image.no, no) / choose(image.votes(), yes + no)
}

/// n over k, exact while it stays below 2⁵³.
fn choose(n: u32, k: u32) -> f64 {
    if k > n {
        return 0.0;
    }
    (0..k).fold(1.0, |product, i| product * f64::from(n - i) / f64::from(i + 1))
}

fn truth(image: SampleImage) -> f64 {
    match image.expert {
        Some(good) => f64::from(u8::from(good)),
        None => match image.yes.cmp(&image.no) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        },
    }
}
