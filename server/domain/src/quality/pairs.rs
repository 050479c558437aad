//! Pairs of workers who are wrong together: one of them copies the other, or both are the same person.
//!
//! Right answers are alike because they are right; wrong ones are alike by chance, or because an image misleads everybody.
//! So only images are looked at that at least one of the two got wrong: how many of them did both get wrong? This does not
//! depend on how images come to be asked about again, which is just when somebody disagrees.

use super::{Confusion, guessing::word};
use crate::consensus::{Answer, VotedImage, training::WorkerNumber};

/// Fewer wrong answers in common are an accident.
pub const IN_COMMON: u32 = 5;
/// So large a share of the images that either got wrong must both have got wrong, whatever was to be expected.
pub const SHARE_IN_COMMON: f64 = 0.5;
/// The chance that any pair of honest workers in a project is ever taken for one that copies.
pub const FALSE_ALARM: f64 = 0.01;

/// Before anybody else has said anything of an image, people are taken to be wrong about it this often…
const USUAL_ERROR: f64 = 0.1;
/// …which counts as so many people.
const USUAL_WEIGHT: f64 = 2.0;
/// Nobody is expected to be wrong less or more often.
const ERRORS: (f64, f64) = (0.01, 0.99);

/// How often a worker is wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// No, of good images.
    pub misses: f64,
    /// Yes, of others.
    pub false_alarms: f64,
}

impl Rates {
    /// What was counted, with the usual share of errors as long as that is little.
    #[must_use]
    pub fn of(counted: Confusion) -> Self {
        let rate = |right: u32, of: u32| {
            let (wrong, of) = (f64::from(of.saturating_sub(right)), f64::from(of));
            (wrong + USUAL_ERROR * USUAL_WEIGHT) / (of + USUAL_WEIGHT)
        };
        Self {
            misses: rate(counted.yes_on_good, counted.good),
            false_alarms: rate(counted.no_on_bad, counted.bad),
        }
    }
}

/// Two workers and the images that either got wrong, by what an expert says, or else the majority of at least two others and of
/// all votes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The two, the smaller number first.
    pub workers: (WorkerNumber, WorkerNumber),
    /// Images that both answered, and at least one of them wrong.
    pub either_wrong: u32,
    /// Those that both got wrong.
    pub both_wrong: u32,
}

/// A pair that is wrong together more often than chance explains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// What was counted.
    pub pair: Pair,
    /// How many images both would have got wrong, of those that either did, if they answered on their own.
    pub expected: f64,
    /// The logarithm of an upper bound of the chance that any pair of the project looks like this, at whatever time.
    pub ln_chance: f64,
}

/// The pairs that have enough wrong answers in common to be compared with what was to be expected, ascending. Takes time
/// proportional to the pairs of votes on the images; images on which nobody disagrees may be left out.
#[must_use]
pub fn pairs(images: &[VotedImage]) -> Vec<Pair> {
    let wrong = |pair: &Seen| (pair.both_wrong).then_some(pair.workers);
    let both = counted(images.iter().flat_map(seen).filter_map(|pair| wrong(&pair)).collect());
    let both: Vec<_> = both.into_iter().filter(|(_, count)| *count >= IN_COMMON).collect();
    let place = |workers| both.binary_search_by_key(&workers, |(pair, _)| *pair).ok();
    let mut either = vec![0_u32; both.len()];
    for pair in images.iter().flat_map(seen) {
        if let Some(count) = place(pair.workers).and_then(|place| either.get_mut(place)) {
            *count = count.saturating_add(1);
        }
    }
    let pair = |((workers, both_wrong), either_wrong)| Pair { workers, either_wrong, both_wrong };
    both.into_iter().zip(either).map(pair).filter(Pair::is_enough).collect()
}

/// Whether a pair is wrong together more often than their own rates and the images explain. `compared` is how many pairs there
/// are in the project, since the most alike of many look alike by chance.
#[must_use]
pub fn alike(images: &[VotedImage], pair: Pair, rates: (Rates, Rates), compared: u64) -> Option<Alike> {
    let of_pair = images.iter().flat_map(seen).filter(|seen| seen.workers == pair.workers);
    let expected: f64 = of_pair.map(|seen| seen.chance_of_both(rates)).sum();
    let ln_chance = ln_chance(pair, expected) + (compared.max(1) as f64).ln();
    let is_alike = pair.is_enough() && ln_chance <= FALSE_ALARM.ln();
    is_alike.then_some(Alike { pair, expected, ln_chance })
}

impl Pair {
    fn is_enough(&self) -> bool {
        self.both_wrong >= IN_COMMON
            && f64::from(self.both_wrong) >= SHARE_IN_COMMON * f64::from(self.either_wrong)
    }
}

/// Of n images, the chance of so many or more that both got wrong: exp(−n D(both/n ‖ expected/n)) at most (Hoeffding,
/// "Probability inequalities for sums of bounded random variables", 1963, theorem 1). Times n (n + 1), so that it holds for
/// whoever looks again after every image.
fn ln_chance(pair: Pair, expected: f64) -> f64 {
    let (both, n) = (f64::from(pair.both_wrong), f64::from(pair.either_wrong));
    if both <= expected || n <= 0.0 {
        return 0.0;
    }
    let (found, mean) = (both / n, expected / n);
    let part = |p: f64, q: f64| if p > 0.0 { p * (p / q).ln() } else { 0.0 };
    let divergence = part(found, mean) + part(1.0 - found, 1.0 - mean);
    (n * (n + 1.0)).ln() - n * divergence
}

/// One image that at least one of two workers got wrong.
struct Seen {
    workers: (WorkerNumber, WorkerNumber),
    both_wrong: bool,
    /// What it shows, by an expert or by the others.
    good: bool,
    /// The others, and those of them who are wrong.
    others: (f64, f64),
}

impl Seen {
    /// The chance that both are wrong, given that one is, if each answers alone: wrong by their own rate, or because the image
    /// misleads people. That is more than either alone, so that doubts are for the workers.
    fn chance_of_both(&self, rates: (Rates, Rates)) -> f64 {
        let (others, wrong) = self.others;
        let misleads = (wrong + USUAL_ERROR * USUAL_WEIGHT) / (others + USUAL_WEIGHT);
        let error = |rates: Rates| {
            let own = if self.good { rates.misses } else { rates.false_alarms };
            (1.0 - (1.0 - own) * (1.0 - misleads)).clamp(ERRORS.0, ERRORS.1)
        };
        let (one, other) = (error(rates.0), error(rates.1));
        one * other / (one + other - one * other)
    }
}

/// All pairs of people who said yes or no of an image, where at least one of them is wrong by everybody else's word.
fn seen(image: &VotedImage) -> impl Iterator<Item = Seen> + '_ {
    let said = |answer: Answer| match answer {
        Answer::Yes => Some(true),
        Answer::No => Some(false),
        Answer::Unsure => None,
    };
    let sure = move || image.votes.iter().filter_map(move |(worker, answer)| Some((*worker, said(*answer)?)));
    let count =
        |wanted: bool| u32::try_from(sure().filter(|(_, yes)| *yes == wanted).count()).unwrap_or(u32::MAX);
    let tally = (count(true), count(false));
    let pairs =
        sure().enumerate().flat_map(move |(at, one)| sure().skip(at + 1).map(move |other| (one, other)));
    pairs.filter_map(move |(one, other)| {
        let left = |(yes, no): (u32, u32), (_, said_yes): (WorkerNumber, bool)| match said_yes {
            true => (yes.saturating_sub(1), no),
            false => (yes, no.saturating_sub(1)),
        };
        let (yes, no) = left(left(tally, one), other);
        // Two against one, with two left out, is one against two: so all votes together must say the same.
        let good = word((yes, no), image.expert).filter(|good| word(tally, image.expert) == Some(*good))?;
        let wrong = if good { no } else { yes };
        (one.1 != good || other.1 != good).then(|| Seen {
            workers: (one.0.min(other.0), one.0.max(other.0)),
            both_wrong: one.1 != good && other.1 != good,
            good,
            others: (f64::from(yes.saturating_add(no)), f64::from(wrong)),
        })
    })
}

/// How often each one comes, ascending.
fn counted<T: Ord + Copy>(mut all: Vec<T>) -> Vec<(T, u32)> {
    all.sort_unstable();
    let count = |same: &[T]| Some((*same.first()?, u32::try_from(same.len()).unwrap_or(u32::MAX)));
    all.chunk_by(T::eq).filter_map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Answer::{No, Unsure, Yes};

    /// Images on which 1 and 2 give these answers, and three others say no.
    fn images(answers: &[(Answer, Answer)]) -> Vec<VotedImage> {
        let image = |(one, other): &(Answer, Answer)| VotedImage {
            votes: vec![(2, *other), (1, *one), (7, No), (8, No), (9, No)],
            expert: None,
        };
        answers.iter().map(image).collect()
    }

    const SKILLED: Rates = Rates { misses: 0.2, false_alarms: 0.05 };

    #[test]
    fn images_are_counted_that_one_or_both_got_wrong() {
        let said =
            [vec![(Yes, Yes); 6], vec![(Yes, No); 2], vec![(No, Yes), (No, No), (Unsure, Yes)]].concat();
        let found = pairs(&images(&said));
        assert_eq!(found, [Pair { workers: (1, 2), either_wrong: 9, both_wrong: 6 }]);
        assert_eq!(pairs(&images(&[(Yes, Yes); 4])), [], "too few");
        assert_eq!(
            pairs(&images(&[vec![(Yes, Yes); 6], vec![(Yes, No); 7]].concat())),
            [],
            "too small a share"
        );
    }

    #[test]
    fn who_is_wrong_together_again_and_again_is_alike_and_more_so_among_few() {
        let images = images(&[(Yes, Yes); 12]);
        let pair = pairs(&images)[0];
        let found = alike(&images, pair, (SKILLED, SKILLED), 1_000).unwrap();
        assert!(found.expected < 1.0 && found.ln_chance < -10.0, "{found:?}");
        let many = alike(&images, pair, (SKILLED, SKILLED), 1_000_000_000_000);
        assert_eq!(many, None);
    }

    #[test]
    fn clickers_are_not_alike_for_giving_the_same_answer_to_everything() {
        let images = images(&[(Yes, Yes); 200]);
        let always_yes = Rates::of(Confusion { yes_on_good: 30, good: 30, no_on_bad: 0, bad: 200 });
        assert_eq!(alike(&images, pairs(&images)[0], (always_yes, always_yes), 1), None);
    }

    #[test]
    fn an_image_that_misleads_everybody_says_little() {
        let votes = |wrong: usize| (0..14).map(|n| (n, if n < wrong { Yes } else { No })).collect();
        let images = vec![VotedImage { votes: votes(7), expert: Some(false) }; 8];
        let found = pairs(&images);
        assert_eq!(found.len(), 21, "all pairs of seven");
        assert_eq!(alike(&images, found[0], (SKILLED, SKILLED), 91), None);
    }

    #[test]
    fn an_expert_knows_that_both_are_wrong_where_nobody_else_was_asked() {
        let image = VotedImage { votes: vec![(4, No), (3, No)], expert: Some(true) };
        let found = pairs(&vec![image; 9]);
        assert_eq!(found, [Pair { workers: (3, 4), either_wrong: 9, both_wrong: 9 }]);
    }
}
