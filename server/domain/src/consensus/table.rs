//! The confidence table: from a tally to the chance that the image is good.

use super::{chances::Chances, model::Model, numbers::sigmoid, settings::MAX_CAP};

/// One synset's chances for every tally of up to `cap` votes (231 cells for a cap of 20), kept as log-odds.
///
/// A running maximum over (yes − 1, no) and (yes, no + 1) makes it monotone: another yes never lowers the chance,
/// another no never raises it.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfidenceTable {
    model: Model,
    cap: u32,
    /// By number of votes, within it by number of no: (0,0) (1,0) (0,1) (2,0) …
    cells: Vec<f64>,
    /// In the same order.
    next_yes: Vec<f64>,
}

impl ConfidenceTable {
    /// The table of a model. `cap` is the highest number of votes that it covers, limited to
    /// [`MAX_CAP`].
    #[must_use]
    pub fn new(model: &Model, cap: u32) -> Self {
        let cap = cap.min(MAX_CAP);
        let chances = Chances::new(model, cap, cap, cap);
        let cells = tallies(cap).map(|(yes, no)| chances.log_odds(yes, no)).collect();
        let next_yes = tallies(cap).map(|(yes, no)| chances.next_yes(yes, no)).collect();
        let mut table = Self { model: *model, cap, cells, next_yes };
        table.make_monotone();
        table
    }

    /// The table with all its log-odds moved by `shift`, for what audits found. How votes are expected to fall stays the model's.
    #[must_use]
    pub fn shifted(mut self, shift: f64) -> Self {
        self.cells.iter_mut().for_each(|cell| *cell += shift);
        self
    }

    /// The model that the table was computed from.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// The highest number of votes that the table covers.
    #[must_use]
    pub const fn cap(&self) -> u32 {
        self.cap
    }

    /// The chance that an image with these votes is good. Votes beyond the cap are scaled back to it.
    #[must_use]
    pub fn confidence(&self, yes: u32, no: u32) -> f64 {
        self.confidence_at(f64::from(yes), f64::from(no))
    }

    /// [`ConfidenceTable::confidence`] for fractions of votes.
    #[must_use]
    pub fn confidence_at(&self, yes: f64, no: f64) -> f64 {
        sigmoid(self.log_odds_at(yes, no))
    }

    /// The log-odds for fractions of votes: linear on each of the two triangles into which the diagonal
    /// (yes + 1, no)–(yes, no + 1) cuts a unit square, equal to the cell at whole votes. Negative votes count as none.
    #[must_use]
    pub fn log_odds_at(&self, yes: f64, no: f64) -> f64 {
        let (yes, no) = self.within_cap(yes, no);
        let (column, row) = (whole(yes), whole(no));
        let (right, up) = (yes - f64::from(column), no - f64::from(row));
        let cell = |dx: u32, dy: u32| self.cell(column + dx, row + dy);
        let corner = cell(0, 0).unwrap_or(f64::NAN);
        match cell(1, 1) {
            Some(opposite) if right + up > 1.0 => {
                let (beside, above) = (cell(1, 0).unwrap_or(corner), cell(0, 1).unwrap_or(corner));
                opposite + (1.0 - right) * (above - opposite) + (1.0 - up) * (beside - opposite)
            }
            _ => {
                let (beside, above) = (cell(1, 0).unwrap_or(corner), cell(0, 1).unwrap_or(corner));
                corner + right * (beside - corner) + up * (above - corner)
            }
        }
    }

    /// Every whole tally that the table covers, as (yes, no): by number of votes, most yes first.
    pub fn tallies(&self) -> impl Iterator<Item = (u32, u32)> + use<> {
        tallies(self.cap)
    }

    /// The chance that the next vote is a yes, on an image with these votes.
    #[must_use]
    pub fn next_yes(&self, yes: u32, no: u32) -> f64 {
        let known = self.place(yes, no).and_then(|place| self.next_yes.get(place));
        known.copied().unwrap_or_else(|| self.model.next_yes(yes, no))
    }

    /// n*: the smallest number of votes, all of them yes, whose confidence reaches `confidence`; `None` when no
    /// number up to the cap does.
    #[must_use]
    pub fn votes_to_reach(&self, confidence: f64) -> Option<u32> {
        (1..=self.cap).find(|votes| self.confidence(*votes, 0) >= confidence)
    }

    fn cell(&self, yes: u32, no: u32) -> Option<f64> {
        self.cells.get(self.place(yes, no)?).copied()
    }

    fn place(&self, yes: u32, no: u32) -> Option<usize> {
        let votes = yes.checked_add(no).filter(|votes| *votes <= self.cap)?;
        Some(index(votes, no))
    }

    /// Shares of yes and no stay, the number of votes is at most the cap.
    fn within_cap(&self, yes: f64, no: f64) -> (f64, f64) {
        // Far above any number of votes, and far below where the scaling would overflow.
        const MANY: f64 = 1e12;
        let (yes, no) = (yes.clamp(0.0, MANY), no.clamp(0.0, MANY));
        let cap = f64::from(self.cap);
        if yes + no <= cap {
            return (yes, no);
        }
        let yes = yes * cap / (yes + no);
        (yes, cap - yes)
    }

    fn make_monotone(&mut self) {
        // Fewer yes first, and within them more no first: both neighbours are final when a cell is reached.
        for yes in 0..=self.cap {
            for no in (0..=self.cap - yes).rev() {
                let left = yes.checked_sub(1).and_then(|fewer| self.cell(fewer, no));
                let above = self.cell(yes, no + 1);
                let floor = left.into_iter().chain(above).fold(f64::NEG_INFINITY, f64::max);
                if let Some(cell) = self.cells.get_mut(index(yes + no, no)) {
                    *cell = cell.max(floor);
                }
            }
        }
    }
}

fn tallies(cap: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..=cap).flat_map(|votes| (0..=votes).map(move |no| (votes - no, no)))
}

const fn index(votes: u32, no: u32) -> usize {
    (votes * (votes + 1) / 2 + no) as usize
}

/// The whole votes of a number from 0 to the cap.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the argument lies between 0 and the cap; the cast cuts off what is beyond whole votes"
)]
const fn whole(votes: f64) -> u32 {
    votes as u32
}
