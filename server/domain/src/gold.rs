//! Known images among the others: how many of a page, and which; and which images make good anchors.
//!
//! Nothing about a known image tells it from the others, so a worker is as careful with it as with any.

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

/// The share of tiles that are known.
const SHARE: f64 = 0.05;
/// The share of good images among them.
const GOOD: f64 = 0.4;
/// So many images of an initial sample are worth an expert's label.
pub const ANCHORS: usize = 20;
/// An image that at least so large a share of its voters call good is worth more of an expert's time than others.
const DOUBTFUL: f64 = 0.25;

/// Which known images go on a page of so many tiles: each tile is one with a chance of one in twenty, and shows the synset with
/// a chance of two in five, as long as there are some of its kind. Each image at most once.
#[must_use]
pub fn gold_tiles(seed: u64, tiles: usize, good: &[i64], bad: &[i64]) -> Vec<i64> {
    let mut chance = ChaCha20Rng::seed_from_u64(seed);
    let (mut good, mut bad) = (good.to_vec(), bad.to_vec());
    let mut chosen = Vec::new();
    for _ in 0..tiles {
        if uniform(&mut chance) >= SHARE {
            continue;
        }
        let of_good = uniform(&mut chance) < GOOD;
        let kind = if (of_good && !good.is_empty()) || bad.is_empty() { &mut good } else { &mut bad };
        if !kind.is_empty() {
            let place = (uniform(&mut chance) * kind.len() as f64) as usize;
            chosen.push(kind.swap_remove(place.min(kind.len() - 1)));
        }
    }
    chosen
}

/// An image of an initial sample, as far as it matters for anchors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchorable {
    /// Votes that said yes.
    pub yes: u32,
    /// Votes that said no.
    pub no: u32,
    /// An expert has said a word on it.
    pub is_anchor: bool,
}

impl Anchorable {
    fn is_doubtful(self) -> bool {
        f64::from(self.yes) > DOUBTFUL * f64::from(self.yes.saturating_add(self.no))
    }
}

/// How many more anchors a sample is worth: up to [`ANCHORS`], or all of a smaller sample.
#[must_use]
pub fn anchors_wanted(sample: &[Anchorable]) -> usize {
    let anchors = sample.iter().filter(|image| image.is_anchor).count();
    sample.len().min(ANCHORS).saturating_sub(anchors)
}

/// The place of the image that an expert should label next; none when there are enough. Three quarters of the anchors come from images
/// that more than a quarter of their voters call good: that is where a crowd is wrong together. `turn` moves the choice on within its kind.
#[must_use]
pub fn next_anchor(seed: u64, sample: &[Anchorable], turn: usize) -> Option<usize> {
    if anchors_wanted(sample) == 0 {
        return None;
    }
    let anchors = |doubtful: bool| {
        sample.iter().filter(|image| image.is_anchor && image.is_doubtful() == doubtful).count()
    };
    let wants_doubtful = anchors(true) <= 3 * anchors(false);
    let open = |doubtful: bool| {
        let is_open =
            move |(_, image): &(usize, &Anchorable)| !image.is_anchor && image.is_doubtful() == doubtful;
        sample.iter().enumerate().filter(is_open).map(|(place, _)| place).collect::<Vec<usize>>()
    };
    let (first, other) = (open(wants_doubtful), open(!wants_doubtful));
    let kind = if first.is_empty() { other } else { first };
    let order = crate::sampling::order(seed, kind.len());
    order.get(turn % kind.len().max(1)).and_then(|place| kind.get(*place)).copied()
}

/// From 0 to 1, 1 excluded, in steps of 2⁻⁵³.
fn uniform(source: &mut ChaCha20Rng) -> f64 {
    (source.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn one_tile_in_twenty_is_known_and_two_in_five_of_these_are_good() {
        let (good, bad): (Vec<i64>, Vec<i64>) = ((1..=500).collect(), (501..=1_000).collect());
        let drawn: Vec<i64> = (0..500).flat_map(|seed| gold_tiles(seed, 48, &good, &bad)).collect();
        let share = drawn.len() as f64 / (500.0 * 48.0);
        assert!((share - 0.05).abs() < 0.006, "{share}");
        let of_good = drawn.iter().filter(|id| **id <= 500).count() as f64 / drawn.len() as f64;
        assert!((of_good - 0.4).abs() < 0.05, "{of_good}");
        assert_eq!(gold_tiles(7, 48, &good, &bad), gold_tiles(7, 48, &good, &bad));
    }

    #[test]
    fn a_known_image_is_drawn_once_and_only_as_long_as_there_are_some() {
        for seed in 0..200 {
            let drawn = gold_tiles(seed, 100, &[1, 2], &[3]);
            assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
            assert!(drawn.len() <= 3);
            assert_eq!(gold_tiles(seed, 100, &[], &[]), [0_i64; 0]);
        }
    }

    #[test]
    fn three_quarters_of_the_anchors_are_images_with_many_yes() {
        let image = |yes| Anchorable { yes, no: 10 - yes, is_anchor: false };
        let mut sample: Vec<Anchorable> = (0..60).map(|n| image(if n % 2 == 0 { 8 } else { 0 })).collect();
        let mut doubtful = 0;
        while let Some(place) = next_anchor(3, &sample, 0) {
            doubtful += u32::from(sample[place].yes > 2);
            assert!(!std::mem::replace(&mut sample[place].is_anchor, true), "labelled twice");
        }
        assert_eq!((anchors_wanted(&sample), doubtful), (0, 15));
        // Where there are none of a kind, the others do.
        let none: Vec<Anchorable> = (0..8).map(|_| image(0)).collect();
        assert_eq!(anchors_wanted(&none), 8);
        let turns: BTreeSet<_> = (0..8).map(|turn| next_anchor(3, &none, turn).unwrap()).collect();
        assert_eq!(turns.len(), 8, "skipping leads through all of them");
        assert_eq!(next_anchor(3, &[], 0), None);
    }
}
