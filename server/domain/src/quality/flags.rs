//! What about a worker's figures deserves a look. Each flag carries the figures that raised it.

use super::{Compared, Confusion, Share};
use crate::consensus::Answer;

/// Faster than this, in milliseconds a picture, nobody looks at each picture of a page.
pub const TOO_FAST: i64 = 400;
/// A page may be fast by chance, or because a browser was slow to show it; so many are a habit.
pub const PAGES: u32 = 3;
/// An answer that is given from this share on is always the same.
pub const SAME: f64 = 0.98;
/// So many times better guessing must explain a worker's answers than looking does: of honest workers who differ as
/// [`Compared::guessing`] supposes, about one in so many is ever flagged at most.
pub const TIMES_BETTER: f64 = 50.0;

/// What is known of a worker in a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Pages answered.
    pub pages: u32,
    /// The median over those pages of the time for one picture, in milliseconds.
    pub pace: Option<i64>,
    /// The answers, beside other people's.
    pub compared: Compared,
}

/// A reason to look at a worker's votes. It warns; it never acts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Flag {
    /// The typical picture got less time than it takes to see it.
    TooFast {
        /// Milliseconds a picture.
        pace: i64,
        /// Pages that it is the median of.
        pages: u32,
    },
    /// One answer nearly always, where others answer both ways.
    AlwaysTheSame {
        /// The answer.
        answer: Answer,
        /// How often it was given.
        given: Share,
        /// How often other people give it on the same images.
        others: Share,
    },
    /// The answers can't be told from guesses, or are worse.
    ChanceLevel {
        /// Found, of the good ones.
        sensitivity: Share,
        /// Turned down, of the others.
        specificity: Share,
        /// What other people find of the same images, and turn down.
        others: (Share, Share),
    },
}

/// Everything about the record that deserves a look. It may be looked at after every page: see [`Compared::guessing`].
#[must_use]
pub fn flags(record: &Record) -> Vec<Flag> {
    [too_fast(record), guessing(record.compared)].into_iter().flatten().collect()
}

fn too_fast(record: &Record) -> Option<Flag> {
    let pace = record.pace.filter(|pace| *pace < TOO_FAST && record.pages >= PAGES)?;
    Some(Flag::TooFast { pace, pages: record.pages })
}

fn guessing(compared: Compared) -> Option<Flag> {
    if compared.guessing() <= TIMES_BETTER.ln() {
        return None;
    }
    let Compared { own, others } = compared;
    Some(always_the_same(own, others).unwrap_or_else(|| Flag::ChanceLevel {
        sensitivity: own.sensitivity(),
        specificity: own.specificity(),
        others: (others.sensitivity(), others.specificity()),
    }))
}

fn always_the_same(own: Confusion, others: Confusion) -> Option<Flag> {
    let complement = |share: Share| Share { hits: share.of.saturating_sub(share.hits), of: share.of };
    [(Answer::Yes, own.yes(), others.yes()), (Answer::No, complement(own.yes()), complement(others.yes()))]
        .into_iter()
        .find(|(_, given, _)| given.rate().is_some_and(|rate| rate >= SAME))
        .map(|(answer, given, others)| Flag::AlwaysTheSame { answer, given, others })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(yes_on_good: u32, good: u32, no_on_bad: u32, bad: u32) -> Confusion {
        Confusion { yes_on_good, good, no_on_bad, bad }
    }

    #[test]
    fn a_careful_worker_raises_no_flag() {
        let compared = Compared { own: counts(19, 20, 38, 40), others: counts(80, 90, 110, 120) };
        let record = Record { pages: 50, pace: Some(900), compared };
        assert_eq!(flags(&record), []);
        assert_eq!(flags(&Record::default()), []);
    }

    #[test]
    fn speed_is_a_flag_only_as_a_habit() {
        let record = |pages, pace| Record { pages, pace: Some(pace), ..Record::default() };
        assert_eq!(flags(&record(2, 100)), []);
        assert_eq!(flags(&record(3, 399)), [Flag::TooFast { pace: 399, pages: 3 }]);
        assert_eq!(flags(&record(300, 400)), []);
    }

    #[test]
    fn always_no_is_a_flag_only_where_others_find_something() {
        let found = |own, others| flags(&Record { compared: Compared { own, others }, ..Record::default() });
        let others = counts(34, 40, 152, 160);
        let lazy = found(counts(0, 10, 40, 40), others);
        let (given, theirs) = (Share { hits: 50, of: 50 }, Share { hits: 158, of: 200 });
        assert_eq!(lazy, [Flag::AlwaysTheSame { answer: Answer::No, given, others: theirs }]);
        assert_eq!(found(counts(0, 2, 48, 48), others), [], "hardly anything is good here");
        let eager = found(counts(20, 20, 0, 30), others);
        assert!(matches!(eager[..], [Flag::AlwaysTheSame { answer: Answer::Yes, .. }]), "{eager:?}");
        assert_eq!(found(counts(2, 2, 0, 1), others), [], "too few to say");
    }

    #[test]
    fn guesses_and_answers_that_are_worse_are_shown_beside_what_others_do() {
        let others = counts(34, 40, 152, 160);
        for own in [counts(10, 20, 21, 40), counts(1, 12, 4, 60)] {
            let found = flags(&Record { compared: Compared { own, others }, ..Record::default() });
            let (sensitivity, specificity) = (own.sensitivity(), own.specificity());
            let others = (others.sensitivity(), others.specificity());
            assert_eq!(found, [Flag::ChanceLevel { sensitivity, specificity, others }]);
        }
    }
}
