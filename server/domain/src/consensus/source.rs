//! Where images come from: a search engine's answers in one language may hold more good images than another's.

use super::{numbers::sigmoid, offset::Resolved};
use std::{fmt, str::FromStr};

/// What images of one origin have in common, by a number of its own; 0 for images whose origin nobody named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source(pub u32);

/// How much likelier good images are in each source than in the sample that a table learned from, in log-odds. They are added to
/// those of every image of the source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offsets(Vec<(Source, f64)>);

/// A text that gives no offsets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} gives no offsets; pairs of a source's number and a number are expected, such as 3:-0.5,7:1.25"
)]
pub struct OffsetsError(String);

/// An offset that moved by more counts anew for what was settled before, in log-odds.
pub const OFFSET_STEP: f64 = 0.3;

/// Rounds of learning one offset; it has settled long before.
const ROUNDS: u32 = 200;
/// It has settled when a round moves it by less.
const SETTLED: f64 = 1e-6;

impl Offsets {
    /// The offsets of these sources; of those that are named twice, the last.
    #[must_use]
    pub fn new(offsets: impl IntoIterator<Item = (Source, f64)>) -> Self {
        let by_source: std::collections::BTreeMap<Source, f64> = offsets.into_iter().collect();
        Self(by_source.into_iter().collect())
    }

    /// The offset of a source: 0 where nothing is known.
    #[must_use]
    pub fn of(&self, source: Source) -> f64 {
        let found = self.0.binary_search_by_key(&source, |(source, _)| *source);
        found.ok().and_then(|at| self.0.get(at)).map_or(0.0, |(_, offset)| *offset)
    }

    /// Every source with its offset, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (Source, f64)> {
        self.0.iter().copied()
    }

    /// Whether these lie so far from `others` that images are to be judged again.
    #[must_use]
    pub fn have_moved(&self, others: &Self) -> bool {
        let named = self.iter().chain(others.iter()).map(|(source, _)| source);
        let apart = |source| (self.of(source) - others.of(source)).abs();
        named.map(apart).any(|apart| apart > OFFSET_STEP)
    }
}

/// The offset of a source from its images: the log-odds of each before it is applied, and how many stand there. The share of good
/// ones and the log-odds depend on each other, so both are found by turns. Images that are still asked about count like the
/// others: those that are settled first are the clear ones, and would give a wrong share by themselves.
#[must_use]
pub fn learn_offset(images: &[(f64, f64)], prevalence: f64) -> f64 {
    let all: f64 = images.iter().map(|(_, number)| number).sum();
    let next = |offset: f64| {
        let good = images.iter().map(|(log_odds, number)| number * sigmoid(log_odds + offset)).sum();
        Resolved { good, images: all }.offset(prevalence)
    };
    let mut offset = 0.0;
    for _ in 0..ROUNDS {
        let moved = next(offset);
        let step = (moved - offset).abs();
        offset = moved;
        if step < SETTLED {
            break;
        }
    }
    offset
}

/// As they are stored, exact to the last bit: `3:-0.5,7:1.25`.
impl fmt::Display for Offsets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (Source(source), offset)) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(f, "{comma}{source}:{offset}")?;
        }
        Ok(())
    }
}

impl FromStr for Offsets {
    type Err = OffsetsError;

    fn from_str(text: &str) -> Result<Self, OffsetsError> {
        let pair = |pair: &str| {
            let (source, offset) = pair.split_once(':')?;
            let offset: f64 = offset.parse().ok().filter(|offset: &f64| offset.is_finite())?;
            Some((Source(source.parse().ok()?), offset))
        };
        let pairs: Option<Vec<_>> = text.split(',').filter(|part| !part.is_empty()).map(pair).collect();
        pairs.map(Self::new).ok_or_else(|| OffsetsError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consensus::numbers::logit;

    #[test]
    fn offsets_are_read_as_they_are_written() {
        let offsets = Offsets::new([(Source(7), 1.0 / 3.0), (Source(0), -2.5)]);
        assert_eq!(offsets.to_string(), "0:-2.5,7:0.3333333333333333");
        assert_eq!(offsets.to_string().parse::<Offsets>().unwrap(), offsets);
        assert_eq!("".parse::<Offsets>().unwrap(), Offsets::default());
        for text in ["7", "7:", "x:1", "7:1;8:2", "7:inf", "-1:2"] {
            assert!(text.parse::<Offsets>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_source_that_nobody_knows_has_none() {
        let offsets = Offsets::new([(Source(2), 1.0)]);
        assert_eq!([0, 1, 2, 3].map(|source| offsets.of(Source(source))), [0.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn a_little_is_no_move() {
        let at = |offset| Offsets::new([(Source(1), offset)]);
        assert!(!at(0.3).have_moved(&Offsets::default()) && at(0.31).have_moved(&Offsets::default()));
        assert!(Offsets::default().have_moved(&at(-0.4)) && !at(1.0).have_moved(&at(1.2)));
    }

    #[test]
    fn the_share_is_found_where_images_tell() {
        // 30 of 1,000 good ones where the sample had 30 %: clear votes either way.
        let images = [(6.0, 30.0), (-6.0, 970.0)];
        let share = sigmoid(logit(0.3) + learn_offset(&images, 0.3));
        assert!((share - 36.0 / 1_020.0).abs() < 0.003, "{share}");
    }

    #[test]
    fn images_that_tell_nothing_move_nothing() {
        let prevalence = 0.2;
        assert_eq!(learn_offset(&[], prevalence), 0.0);
        let offset = learn_offset(&[(logit(prevalence), 500.0)], prevalence);
        assert!(offset.abs() < 1e-9, "{offset}");
    }
}
