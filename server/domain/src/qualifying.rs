//! What a worker must know before the first batch of a synset: which definition is meant, and what it looks like.
//!
//! Everything is drawn from a seed that belongs to worker and synset, so that a page that is loaded again asks the same.

use crate::ontology::Ontology;
use crate::sampling::{initial_sample, order};
use crate::wnid::Wnid;

/// Definitions among which the right one is found.
pub const CHOICES: usize = 4;
/// Pictures of a kind on a page of practice.
pub const PRACTICE_OF_A_KIND: usize = 4;
/// Fewest pictures of a kind with which a page of practice teaches something.
pub const PRACTICE_LEAST: usize = 2;
/// Pages of practice of a synset: one, and another for those who did not pass.
pub const PRACTICE_ROUNDS: i64 = 2;
/// Share of right answers that passes, in quarters.
const PASSED_QUARTERS: usize = 3;

/// The seed of a worker's questions about a synset.
#[must_use]
pub fn seed(account: i64, project_synset: i64) -> u64 {
    mixed(mixed(account.cast_unsigned()) ^ project_synset.cast_unsigned())
}

/// The synsets whose definitions a question offers, the asked one among them, in the order for this try; `None` where
/// nothing can be taken for it.
///
/// Which ones they are depends on the seed alone: a wrong answer brings the same ones in another order.
#[must_use]
pub fn definition_choices(ontology: &Ontology, asked: Wnid, seed: u64, tries: u64) -> Option<Vec<Wnid>> {
    let mut choices = vec![asked];
    for circle in confusable(ontology, asked) {
        let room = CHOICES.saturating_sub(choices.len());
        let drawn = initial_sample(seed, circle.len(), room);
        choices.extend(drawn.into_iter().filter_map(|place| circle.get(place).copied()));
    }
    if choices.len() < 2 {
        return None;
    }
    let shuffled = order(mixed(seed ^ mixed(tries)), choices.len());
    Some(shuffled.into_iter().filter_map(|place| choices.get(place).copied()).collect())
}

/// The pictures of a page of practice, in the order of the screen; `None` when there are too few of either kind.
#[must_use]
pub fn practice(shows: &[i64], shows_not: &[i64], seed: u64) -> Option<Vec<i64>> {
    let mut chosen = Vec::new();
    for of_a_kind in [shows, shows_not] {
        if of_a_kind.len() < PRACTICE_LEAST {
            return None;
        }
        let drawn = initial_sample(seed, of_a_kind.len(), PRACTICE_OF_A_KIND);
        chosen.extend(drawn.into_iter().filter_map(|place| of_a_kind.get(place).copied()));
    }
    let shuffled = order(seed, chosen.len());
    Some(shuffled.into_iter().filter_map(|place| chosen.get(place).copied()).collect())
}

/// Do so many right answers pass a page of practice?
#[must_use]
pub fn practice_passed(right: usize, shown: usize) -> bool {
    4 * right >= PASSED_QUARTERS * shown
}

/// Synsets that can be taken for the asked one, in circles, nearest first: siblings, then children of the parents' siblings,
/// then those siblings. None is above or below it, none has a word of it or its definition: those would be right as well.
fn confusable(ontology: &Ontology, asked: Wnid) -> [Vec<Wnid>; 3] {
    let siblings = ontology.siblings(asked);
    let parents = ontology.hypernyms(asked, crate::ontology::EdgeKind::IsAOrInstance);
    let uncles: Vec<Wnid> = parents.iter().flat_map(|&parent| ontology.siblings(parent)).collect();
    let cousins: Vec<Wnid> = uncles.iter().flat_map(|&uncle| ontology.children(uncle)).collect();
    let mut taken = ontology.ancestors(asked);
    taken.extend(ontology.subtree(asked, crate::ontology::EdgeKind::IsAOrInstance, None));
    taken.sort_unstable();
    let mut definitions = Vec::new();
    [siblings, cousins, uncles].map(|mut circle| {
        circle.sort_unstable();
        circle.dedup();
        circle.retain(|other| {
            let usable = taken.binary_search(other).is_err() && differs(ontology, asked, *other);
            let definition = ontology.get(*other).map(|entry| entry.definition).unwrap_or_default();
            let new = usable && !definitions.contains(&definition);
            if new {
                definitions.push(definition);
            }
            new
        });
        circle
    })
}

/// Whether two synsets share neither a word nor their definition.
fn differs(ontology: &Ontology, one: Wnid, other: Wnid) -> bool {
    let (Some(one), Some(other)) = (ontology.get(one), ontology.get(other)) else { return false };
    let shares_a_word = one.words().any(|word| other.words().any(|same| same.eq_ignore_ascii_case(word)));
    !shares_a_word && !other.definition.is_empty() && one.definition != other.definition
}

/// Spreads a number over all 64 bits (Steele, Lea and Flood, OOPSLA 2014: the finalizer of SplitMix64).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Node;
    use std::collections::BTreeSet;

    fn wnid(offset: u32) -> Wnid {
        Wnid::from_offset(offset).unwrap()
    }

    fn node(offset: u32, words: &[&str], hypernyms: &[u32]) -> Node {
        Node {
            wnid: wnid(offset),
            words: words.iter().map(|&word| word.to_owned()).collect(),
            definition: format!("what {offset} means"),
            examples: Vec::new(),
            hypernyms: hypernyms.iter().map(|&offset| wnid(offset)).collect(),
            instance_hypernyms: Vec::new(),
        }
    }

    /// Animal (1) with dog (2), cat (3) and mouse (4); whippet (5) and pug (6) are dogs, tabby (7) is a cat, the thing (8) stands
    /// alone. "Dog" (9) is also a kind of cat here, and a mule (10) is below dog and cat.
    fn animals() -> Ontology {
        Ontology::new([
            node(1, &["animal"], &[]),
            node(2, &["dog", "hound"], &[1]),
            node(3, &["cat"], &[1]),
            node(4, &["mouse"], &[1]),
            node(5, &["whippet"], &[2]),
            node(6, &["pug"], &[2]),
            node(7, &["tabby"], &[3]),
            node(8, &["thing"], &[]),
            node(9, &["Hound"], &[3]),
            node(10, &["mule"], &[2, 3]),
        ])
        .unwrap()
    }

    #[test]
    fn a_question_offers_siblings_first_and_the_asked_synset_once() {
        for seed in 0..50 {
            let choices = definition_choices(&animals(), wnid(5), seed, 0).unwrap();
            let distinct: BTreeSet<_> = choices.iter().copied().collect();
            assert_eq!((choices.len(), distinct.len()), (CHOICES, CHOICES), "{choices:?}");
            for expected in [5, 6, 10] {
                assert!(distinct.contains(&wnid(expected)), "{expected} in {choices:?}");
            }
            assert!(distinct.contains(&wnid(7)) || distinct.contains(&wnid(9)), "a cousin in {choices:?}");
        }
    }

    #[test]
    fn nothing_above_or_below_it_or_of_the_same_name_is_offered() {
        let all: BTreeSet<_> =
            (0..50).flat_map(|seed| definition_choices(&animals(), wnid(2), seed, 0).unwrap()).collect();
        assert_eq!(all, [2, 3, 4].map(wnid).into_iter().collect());
        let mule: BTreeSet<_> =
            (0..50).flat_map(|seed| definition_choices(&animals(), wnid(10), seed, 0).unwrap()).collect();
        assert!(!mule.contains(&wnid(2)) && !mule.contains(&wnid(3)), "its parents: {mule:?}");
    }

    #[test]
    fn a_synset_that_stands_alone_is_not_asked_about() {
        assert_eq!(definition_choices(&animals(), wnid(8), 1, 0), None);
        assert_eq!(definition_choices(&animals(), wnid(99), 1, 0), None);
    }

    #[test]
    fn the_same_worker_is_asked_the_same_and_after_a_mistake_in_another_order() {
        let ask = |seed, tries| definition_choices(&animals(), wnid(5), seed, tries).unwrap();
        let sorted = |mut choices: Vec<Wnid>| {
            choices.sort_unstable();
            choices
        };
        let mut moved = 0;
        for account in 0..100 {
            let seed = seed(account, 7);
            assert_eq!(ask(seed, 0), ask(seed, 0));
            assert_eq!(sorted(ask(seed, 0)), sorted(ask(seed, 1)));
            moved += usize::from(ask(seed, 0) != ask(seed, 1));
        }
        assert!(moved > 80, "{moved} of 100 saw another order");
    }

    #[test]
    fn the_right_definition_stands_at_every_place_equally_often() {
        let mut at = [0; CHOICES];
        for account in 0..400 {
            let choices = definition_choices(&animals(), wnid(5), seed(account, 3), 0).unwrap();
            at[choices.iter().position(|&choice| choice == wnid(5)).unwrap()] += 1;
        }
        assert!(at.iter().all(|&times| (70..130).contains(&times)), "{at:?}");
    }

    #[test]
    fn practice_needs_two_of_each_kind_and_shows_at_most_four() {
        assert_eq!(practice(&[1], &[2, 3, 4], 7), None);
        assert_eq!(practice(&[1, 2], &[3], 7), None);
        let small = practice(&[1, 2], &[3, 4], 7).unwrap();
        assert_eq!(small.iter().copied().collect::<BTreeSet<_>>(), [1, 2, 3, 4].into_iter().collect());
        let (shows, not): (Vec<i64>, Vec<i64>) = ((0..30).collect(), (100..130).collect());
        for seed in 0..20 {
            let page = practice(&shows, &not, seed).unwrap();
            assert_eq!(page.iter().filter(|&&candidate| candidate < 100).count(), PRACTICE_OF_A_KIND);
            assert_eq!(page.len(), 2 * PRACTICE_OF_A_KIND);
        }
    }

    #[test]
    fn three_right_answers_of_four_pass() {
        assert!(practice_passed(3, 4) && practice_passed(6, 8));
        assert!(!practice_passed(5, 8) && !practice_passed(2, 4));
    }
}
