//! What about a worker's figures deserves a look. Each flag carries the figures that raised it.

use super::{Confusion, Share, informedness};
use crate::consensus::Answer;

/// Faster than this, in milliseconds a picture, nobody looks at each picture of a page.
pub const TOO_FAST: i64 = 400;
/// A page may be fast by chance, or because a browser was slow to show it; so many are a habit.
pub const PAGES: u32 = 3;
/// A worker always answers the same from this share on…
pub const SAME: f64 = 0.98;
/// …unless others do so too on these images: their share must be below this.
pub const OTHERS_SAME: f64 = 0.9;
/// Fewer compared answers say nothing of a habit.
pub const COMPARED: u32 = 30;
/// Fewer known answers of a kind say nothing of a skill.
pub const KNOWN_OF_A_KIND: u32 = 8;

/// What is known of a worker in a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Pages answered.
    pub pages: u32,
    /// The median over those pages of the time for one picture, in milliseconds.
    pub pace: Option<i64>,
    /// On images whose answer an expert gave.
    pub gold: Confusion,
    /// On settled images that others' votes alone decide the same way.
    pub settled: Confusion,
    /// On images on which others have a majority.
    pub majority: Confusion,
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
        /// How often the majority of others gives it on the same images.
        others: Share,
    },
    /// The answers can't be told from guesses.
    ChanceLevel {
        /// On images that an expert labelled, else on settled ones.
        on_gold: bool,
        /// Found, of the good ones.
        sensitivity: Share,
        /// Turned down, of the others.
        specificity: Share,
    },
}

/// Everything about the record that deserves a look.
#[must_use]
pub fn flags(record: &Record) -> Vec<Flag> {
    [too_fast(record), always_the_same(record), chance_level(record)].into_iter().flatten().collect()
}

fn too_fast(record: &Record) -> Option<Flag> {
    let pace = record.pace.filter(|pace| *pace < TOO_FAST && record.pages >= PAGES)?;
    Some(Flag::TooFast { pace, pages: record.pages })
}

fn always_the_same(record: &Record) -> Option<Flag> {
    let (yes, of) = (record.majority.yes(), record.majority.yes().of);
    if of < COMPARED {
        return None;
    }
    let of_good = Share { hits: record.majority.good, of };
    let complement = |share: Share| Share { hits: share.of - share.hits, of: share.of };
    [(Answer::Yes, yes, of_good), (Answer::No, complement(yes), complement(of_good))]
        .into_iter()
        .find(|(_, given, others)| {
            given.rate().is_some_and(|rate| rate >= SAME)
                && others.rate().is_some_and(|rate| rate < OTHERS_SAME)
        })
        .map(|(answer, given, others)| Flag::AlwaysTheSame { answer, given, others })
}

fn chance_level(record: &Record) -> Option<Flag> {
    let enough = |counts: &Confusion| counts.good >= KNOWN_OF_A_KIND && counts.bad >= KNOWN_OF_A_KIND;
    let (on_gold, counts) =
        [(true, record.gold), (false, record.settled)].into_iter().find(|(_, counts)| enough(counts))?;
    let (sensitivity, specificity) = (counts.sensitivity(), counts.specificity());
    let (_, (low, _)) = informedness(sensitivity, specificity)?;
    (low <= 0.0).then_some(Flag::ChanceLevel { on_gold, sensitivity, specificity })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(yes_on_good: u32, good: u32, no_on_bad: u32, bad: u32) -> Confusion {
        Confusion { yes_on_good, good, no_on_bad, bad }
    }

    #[test]
    fn a_careful_worker_raises_no_flag() {
        let good = counts(19, 20, 38, 40);
        let record = Record { pages: 50, pace: Some(900), gold: good, settled: good, majority: good };
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
        let record = |majority| Record { majority, ..Record::default() };
        let lazy = flags(&record(counts(0, 10, 40, 40)));
        let (given, others) = (Share { hits: 50, of: 50 }, Share { hits: 40, of: 50 });
        assert_eq!(lazy, [Flag::AlwaysTheSame { answer: Answer::No, given, others }]);
        assert_eq!(flags(&record(counts(0, 2, 48, 48))), [], "hardly anything is good here");
        let eager = flags(&record(counts(20, 20, 0, 30)));
        assert!(matches!(eager[..], [Flag::AlwaysTheSame { answer: Answer::Yes, .. }]), "{eager:?}");
        assert_eq!(flags(&record(counts(10, 10, 0, 12))), [], "too few to say");
    }

    #[test]
    fn guessing_is_told_by_gold_first_and_by_settled_images_where_there_is_none() {
        let (guess, skill) = (counts(10, 20, 21, 40), counts(19, 20, 39, 40));
        let on = |gold, settled| flags(&Record { gold, settled, ..Record::default() });
        assert!(matches!(on(guess, skill)[..], [Flag::ChanceLevel { on_gold: true, .. }]));
        assert_eq!(on(skill, guess), []);
        assert!(matches!(on(counts(3, 7, 4, 9), guess)[..], [Flag::ChanceLevel { on_gold: false, .. }]));
        assert_eq!(on(Confusion::default(), counts(3, 7, 4, 9)), [], "too few to say");
    }
}
