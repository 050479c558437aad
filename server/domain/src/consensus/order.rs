//! In which order images are worth looking at.

use super::tally::Tally;

/// What a gallery is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The highest chance of being good first.
    MostConfident,
    /// The lowest first.
    LeastConfident,
    /// The votes that stand closest to half yes and half no first.
    Disagreement,
}

/// An image's place in an order: the lower, the earlier; equal places can't be told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    key: f64,
    /// Among equals the one with more votes comes first.
    fewer: u32,
}

impl Order {
    /// The place of an image with these votes and this chance of being good.
    ///
    /// Disagreement is |f − ½|, where f is the share of yes with an unsure vote counted as half of one; among equals more votes
    /// come first, and images without any vote last of all: nobody disagrees about them.
    #[must_use]
    pub fn place(self, tally: Tally, confidence: f64) -> Place {
        match self {
            Self::MostConfident => Place { key: -confidence, fewer: 0 },
            Self::LeastConfident => Place { key: confidence, fewer: 0 },
            Self::Disagreement => {
                let (yes, no) = tally.weighted();
                let from_half =
                    if tally.total() == 0 { f64::INFINITY } else { (yes / (yes + no) - 0.5).abs() };
                Place { key: from_half, fewer: u32::MAX - tally.total() }
            }
        }
    }
}

impl Place {
    /// Which of two comes first.
    #[must_use]
    pub fn compare(&self, other: &Self) -> std::cmp::Ordering {
        self.key.total_cmp(&other.key).then(self.fewer.cmp(&other.fewer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(order: Order, tallies: &[(u32, u32, u32)]) -> Vec<(u32, u32, u32)> {
        let place = |(yes, no, unsure): &(u32, u32, u32)| {
            let tally = Tally { yes: *yes, no: *no, unsure: *unsure };
            order.place(tally, tally.selection_frequency().unwrap_or(0.2))
        };
        let mut tallies = tallies.to_vec();
        tallies.sort_by(|a, b| place(a).compare(&place(b)));
        tallies
    }

    #[test]
    fn disagreement_puts_halves_first_with_more_votes_first_and_no_votes_last() {
        let tallies =
            [(0, 0, 0), (3, 0, 0), (1, 1, 0), (0, 0, 1), (5, 5, 0), (2, 1, 0), (1, 2, 2), (0, 9, 0)];
        assert_eq!(
            sorted(Order::Disagreement, &tallies),
            [(5, 5, 0), (1, 1, 0), (0, 0, 1), (1, 2, 2), (2, 1, 0), (0, 9, 0), (3, 0, 0), (0, 0, 0)]
        );
    }

    #[test]
    fn confidence_goes_down_or_up() {
        let tallies = [(1, 1, 0), (0, 2, 0), (2, 0, 0)];
        assert_eq!(sorted(Order::MostConfident, &tallies), [(2, 0, 0), (1, 1, 0), (0, 2, 0)]);
        assert_eq!(sorted(Order::LeastConfident, &tallies), [(0, 2, 0), (1, 1, 0), (2, 0, 0)]);
    }

    #[test]
    fn equal_votes_have_equal_places() {
        let place = |yes, no| Order::Disagreement.place(Tally { yes, no, unsure: 0 }, 0.5);
        assert_eq!(place(3, 1).compare(&place(1, 3)), std::cmp::Ordering::Equal);
    }
}
