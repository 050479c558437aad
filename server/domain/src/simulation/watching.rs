//! Simulated people whose votes deserve a look, and honest ones whose votes don't: who is flagged, and when.

use super::{Chance, Crowd, Eye, Labelled, Worker};
use crate::consensus::{Tally, VotedImage};
use crate::quality::{Alike, Compared, Pair, Rates, Record, alike, flags, pairs};

/// A page of pictures: somebody looks at the flags after each.
const PAGE: usize = 24;
/// …and after so many votes, by which clickers are to be flagged.
pub const FIRST_VOTES: usize = 100;

/// Why somebody's votes deserve a look, or don't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Habit {
    /// Says yes at random, to half of the images.
    Coin,
    /// Says yes at random, to a quarter or an eighth of them.
    RareYes,
    /// Always says yes.
    AlwaysYes,
    /// Always says no.
    AlwaysNo,
    /// Says the opposite.
    Opposite,
    /// Honest, and sees half as well as others.
    Sloppy,
    /// Honest, and says yes only when very sure.
    Strict,
    /// Honest, and says yes in doubt.
    Lenient,
    /// Honest as most people are.
    Usual,
}

impl Habit {
    /// Every habit.
    pub const ALL: [Self; 9] = [
        Self::Coin,
        Self::RareYes,
        Self::AlwaysYes,
        Self::AlwaysNo,
        Self::Opposite,
        Self::Sloppy,
        Self::Strict,
        Self::Lenient,
        Self::Usual,
    ];

    /// Whether the votes deserve a look.
    #[must_use]
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::Coin | Self::RareYes | Self::AlwaysYes | Self::AlwaysNo | Self::Opposite)
    }
}

/// 200 people with their habits: 16 % are bad, 12 % sloppy, strict or lenient.
#[must_use]
pub fn habits(chance: &mut Chance, eye: Eye) -> (Vec<Habit>, Crowd) {
    let person = |number: usize| match number % 50 {
        0..3 => (Habit::Coin, Worker::Random { yes: 0.5 }),
        3 => (Habit::RareYes, Worker::Random { yes: 0.25 }),
        4 => (Habit::RareYes, Worker::Random { yes: 0.125 }),
        5 => (Habit::AlwaysYes, Worker::Random { yes: 1.0 }),
        6 => (Habit::AlwaysNo, Worker::Random { yes: 0.0 }),
        7 => (Habit::Opposite, Worker::Adversarial),
        8..10 => (Habit::Sloppy, Worker::Honest { noise: 1.5, criterion: 0.0 }),
        10..12 => (Habit::Strict, Worker::Honest { noise: 0.8, criterion: 0.7 }),
        12..14 => (Habit::Lenient, Worker::Honest { noise: 0.8, criterion: -0.7 }),
        _ => (Habit::Usual, eye.draw(chance)),
    };
    let (habits, workers) = (0..200).map(person).unzip();
    (habits, Crowd::of(workers))
}

/// So many people, among them so many couples of whom one copies the other; the first of each couple is honest, sloppy or clicks
/// at random, in turn. The couples are (0, 1), (2, 3) and so on, the rest is as in [`habits`].
#[must_use]
pub fn couples(chance: &mut Chance, eye: Eye, couples: usize, people: usize) -> Crowd {
    let (_, others) = habits(chance, eye);
    let leader = |couple: usize, chance: &mut Chance| match couple % 3 {
        0 => eye.draw(chance),
        1 => Worker::Honest { noise: 1.5, criterion: 0.0 },
        _ => Worker::Random { yes: 0.5 },
    };
    let both =
        (0..couples).flat_map(|couple| [leader(couple, chance), Worker::Copying { leader: 2 * couple }]);
    let couples: Vec<Worker> = both.collect();
    Crowd::of(couples.into_iter().chain(others.workers().iter().copied()).take(people).collect())
}

/// After how many votes each worker is first flagged, of the first `votes` of each: as of then, with what others have said
/// until then.
#[must_use]
pub fn first_flagged(labelled: &Labelled, workers: usize, votes: usize) -> Vec<Option<usize>> {
    let mut tallies = vec![(0, 0); labelled.truths.len()];
    let mut cast: Vec<Vec<(usize, bool)>> = vec![Vec::new(); workers];
    let mut flagged = vec![None; workers];
    for vote in &labelled.votes {
        if let Some((yes, no)) = tallies.get_mut(vote.image) {
            *(if vote.yes { yes } else { no }) += 1;
        }
        let (Some(cast), Some(flagged)) = (cast.get_mut(vote.worker), flagged.get_mut(vote.worker)) else {
            continue;
        };
        cast.push((vote.image, vote.yes));
        let is_looked_at = cast.len() % PAGE == 0 || cast.len() == FIRST_VOTES;
        if flagged.is_none() && is_looked_at && cast.len() <= votes {
            let record = Record { compared: compared(cast, &tallies), ..Record::default() };
            *flagged = (!flags(&record).is_empty()).then_some(cast.len());
        }
    }
    flagged
}

fn compared(cast: &[(usize, bool)], tallies: &[(u32, u32)]) -> Compared {
    cast.iter().fold(Compared::default(), |compared, (image, yes)| {
        compared.with(*yes, tallies.get(*image).copied().unwrap_or_default(), None)
    })
}

/// The pairs that are taken to copy.
#[must_use]
pub fn copying(labelled: &Labelled, workers: usize) -> Vec<Alike> {
    let images = labelled.images();
    let tallies: Vec<(u32, u32)> = images.iter().map(tally).collect();
    let mut cast: Vec<Vec<(usize, bool)>> = vec![Vec::new(); workers];
    for vote in &labelled.votes {
        if let Some(cast) = cast.get_mut(vote.worker) {
            cast.push((vote.image, vote.yes));
        }
    }
    let rates: Vec<Rates> = cast.iter().map(|cast| Rates::of(compared(cast, &tallies).own)).collect();
    let compared = (workers * workers.saturating_sub(1) / 2) as u64;
    let evidence = |pair: Pair| {
        let (one, other) = pair.workers;
        alike(&images, pair, (*rates.get(one)?, *rates.get(other)?), compared)
    };
    pairs(&images).into_iter().filter_map(evidence).collect()
}

fn tally(image: &VotedImage) -> (u32, u32) {
    let tally: Tally = image.votes.iter().map(|(_, answer)| *answer).collect();
    (tally.yes, tally.no)
}
