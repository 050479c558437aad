//! What people have said about pairs of images, and what follows for which images are kept.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::{Duplicate, Fingerprint, PerceptualHash, first_near, near_duplicates, precedence};

/// What a person has said about two images of a synset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// They show the same picture, and this one stays.
    Same {
        /// The id of the image that stays.
        kept: i64,
        /// The id of the image that goes.
        dropped: i64,
    },
    /// They show different pictures, however near their hashes are.
    Apart(i64, i64),
}

impl Ruling {
    fn pair(self) -> (i64, i64) {
        match self {
            Self::Same { kept, dropped } => ordered(kept, dropped),
            Self::Apart(one, other) => ordered(one, other),
        }
    }
}

/// All that people have said about the pairs of one synset: the last word about each pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rulings {
    last: HashMap<(i64, i64), Ruling>,
    /// For each image whom it was compared with.
    neighbours: HashMap<i64, Vec<i64>>,
    /// (kept, dropped), without circles.
    precedence: Vec<(i64, i64)>,
}

impl Rulings {
    /// From everything that was said, oldest first. A later word about a pair replaces an earlier one. Where the words
    /// about who stays run in a circle, the oldest of the circle gives way: the two are still the same picture.
    pub fn new(oldest_first: impl IntoIterator<Item = Ruling>) -> Self {
        let mut last: HashMap<(i64, i64), (usize, Ruling)> = HashMap::new();
        for (age, ruling) in oldest_first.into_iter().enumerate() {
            let pair = ruling.pair();
            if pair.0 != pair.1 {
                last.insert(pair, (age, ruling));
            }
        }
        let mut newest_first: Vec<(usize, Ruling)> = last.values().copied().collect();
        newest_first.sort_unstable_by_key(|(age, _)| Reverse(*age));
        let (mut neighbours, mut below) = (HashMap::<i64, Vec<i64>>::new(), HashMap::<i64, Vec<i64>>::new());
        let mut precedence = Vec::new();
        for (_, ruling) in newest_first {
            let (one, other) = ruling.pair();
            neighbours.entry(one).or_default().push(other);
            neighbours.entry(other).or_default().push(one);
            if let Ruling::Same { kept, dropped } = ruling
                && !reaches(&below, dropped, kept)
            {
                below.entry(kept).or_default().push(dropped);
                precedence.push((kept, dropped));
            }
        }
        let last = last.into_iter().map(|(pair, (_, ruling))| (pair, ruling)).collect();
        Self { last, neighbours, precedence }
    }

    /// The last word about two images, if there is one.
    pub fn between(&self, one: i64, other: i64) -> Option<Ruling> {
        self.last.get(&ordered(one, other)).copied()
    }

    /// Whether nobody has said anything.
    pub fn is_empty(&self) -> bool {
        self.last.is_empty()
    }

    fn of(&self, image: i64) -> &[i64] {
        self.neighbours.get(&image).map_or(&[], Vec::as_slice)
    }

    /// The images in order of precedence. An image that was preferred to others takes the best of their places, before
    /// them; so it beats whatever they would have beaten.
    fn order(&self, images: &[Fingerprint]) -> Vec<Fingerprint> {
        let mut ordered = images.to_vec();
        ordered.sort_unstable_by_key(precedence);
        let rank: HashMap<i64, usize> =
            ordered.iter().zip(0..).map(|(image, rank)| (image.id, rank)).collect();
        let known = |pair: &&(i64, i64)| rank.contains_key(&pair.0) && rank.contains_key(&pair.1);
        let pairs: Vec<(i64, i64)> = self.precedence.iter().filter(known).copied().collect();
        if pairs.is_empty() {
            return ordered;
        }
        let (mut place, mut depth) = (rank.clone(), HashMap::<i64, usize>::new());
        // Without circles this comes to rest after as many rounds as the longest chain has links.
        let mut is_moving = true;
        while is_moving {
            is_moving = false;
            for (kept, dropped) in &pairs {
                let wanted = at(&place, *dropped);
                if wanted < at(&place, *kept) {
                    place.insert(*kept, wanted);
                    is_moving = true;
                }
                let below = at(&depth, *kept) + 1;
                if at(&depth, *dropped) < below {
                    depth.insert(*dropped, below);
                    is_moving = true;
                }
            }
        }
        ordered.sort_by_key(|image| (at(&place, image.id), at(&depth, image.id), at(&rank, image.id)));
        ordered
    }
}

/// [`near_duplicates`], with what people have said about pairs: images that were said to be apart never drop each other, and
/// of two that were said to be the same at most one is kept. The image that was preferred comes before the other and before
/// whatever the other comes before; where it is kept, it is what the other is a duplicate of. For all else the hashes decide,
/// and the answer does not depend on the order of the input.
///
/// A [`Duplicate`]'s distance is that of the hashes; where people decided it may be τ or more.
pub fn reviewed_duplicates(images: &[Fingerprint], tau: u32, rulings: &Rulings) -> Vec<Duplicate> {
    if rulings.is_empty() {
        return near_duplicates(images, tau);
    }
    let mut kept = Kept::default();
    let mut duplicates = Vec::new();
    for image in rulings.order(images) {
        match kept.keeper_of(&image, tau, rulings) {
            Some((of, hash)) => {
                let distance = image.hash.distance(PerceptualHash(hash));
                duplicates.push(Duplicate { duplicate: image.id, of, distance });
            }
            None => kept.push(&image),
        }
    }
    duplicates
}

/// Two kept images that nearly are near duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AlmostDuplicates {
    /// The distance of their hashes.
    pub distance: u32,
    /// The image that takes precedence.
    pub first: i64,
    /// The other one.
    pub second: i64,
}

/// Pairs among kept images whose distance is at least `tau` but below `tau + margin`, and about which nobody has said
/// anything: the nearest first. Quadratic in the number of images, like [`near_duplicates`].
pub fn almost_duplicates(
    kept: &[Fingerprint],
    tau: u32,
    margin: u32,
    rulings: &Rulings,
) -> Vec<AlmostDuplicates> {
    let mut ordered = kept.to_vec();
    ordered.sort_unstable_by_key(precedence);
    let mut pairs = Vec::new();
    for (place, first) in ordered.iter().enumerate() {
        for second in ordered.iter().skip(place + 1) {
            let distance = first.hash.distance(second.hash);
            if (tau..tau.saturating_add(margin)).contains(&distance)
                && rulings.between(first.id, second.id).is_none()
            {
                pairs.push(AlmostDuplicates { distance, first: first.id, second: second.id });
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

#[derive(Default)]
struct Kept {
    hashes: Vec<u64>,
    ids: Vec<i64>,
    places: HashMap<i64, usize>,
}

impl Kept {
    fn push(&mut self, image: &Fingerprint) {
        self.places.insert(image.id, self.ids.len());
        self.hashes.push(image.hash.0);
        self.ids.push(image.id);
    }

    /// The kept image that an image is a duplicate of: one that was said to be, else the first that is near.
    fn keeper_of(&self, image: &Fingerprint, tau: u32, rulings: &Rulings) -> Option<(i64, u64)> {
        let place = match rulings.of(image.id) {
            [] => first_near(&self.hashes, image.hash, tau),
            compared => self.ruled_or_near(image, compared, tau, rulings),
        }?;
        Some((*self.ids.get(place)?, *self.hashes.get(place)?))
    }

    fn ruled_or_near(
        &self,
        image: &Fingerprint,
        compared: &[i64],
        tau: u32,
        rulings: &Rulings,
    ) -> Option<usize> {
        let place_if = |wanted: fn(Ruling) -> bool| {
            let said = move |other: &&i64| rulings.between(image.id, **other).is_some_and(wanted);
            compared.iter().filter(said).filter_map(|other| self.places.get(other).copied())
        };
        let same = place_if(|ruling| matches!(ruling, Ruling::Same { .. })).min();
        let apart: HashSet<usize> = place_if(|ruling| matches!(ruling, Ruling::Apart(..))).collect();
        let near = |(place, hash): &(usize, &u64)| {
            image.hash.distance(PerceptualHash(**hash)) < tau && !apart.contains(place)
        };
        same.or_else(|| self.hashes.iter().enumerate().find(near).map(|(place, _)| place))
    }
}

fn ordered(one: i64, other: i64) -> (i64, i64) {
    (one.min(other), one.max(other))
}

fn at(map: &HashMap<i64, usize>, id: i64) -> usize {
    map.get(&id).copied().unwrap_or(0)
}

fn reaches(below: &HashMap<i64, Vec<i64>>, from: i64, to: i64) -> bool {
    let (mut seen, mut next) = (HashSet::from([from]), vec![from]);
    while let Some(image) = next.pop() {
        if image == to {
            return true;
        }
        next.extend(below.get(&image).into_iter().flatten().copied().filter(|image| seen.insert(*image)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::Ruling::{Apart, Same};
    use super::*;
    use proptest::prelude::*;

    fn image(id: i64, hash: u64, pixels: u64) -> Fingerprint {
        Fingerprint { id, hash: PerceptualHash(hash), pixels }
    }

    fn kept(images: &[Fingerprint], tau: u32, rulings: &Rulings) -> Vec<i64> {
        let dropped = reviewed_duplicates(images, tau, rulings);
        let is_kept = |image: &&Fingerprint| dropped.iter().all(|found| found.duplicate != image.id);
        let mut kept: Vec<i64> = images.iter().filter(is_kept).map(|image| image.id).collect();
        kept.sort_unstable();
        kept
    }

    /// Three sizes of one picture and another one.
    fn cluster() -> [Fingerprint; 4] {
        [image(1, 0b0000, 30), image(2, 0b0001, 20), image(3, 0b0011, 10), image(4, !0, 5)]
    }

    #[test]
    fn what_was_said_to_be_apart_is_kept_though_it_is_near() {
        let rulings = Rulings::new([Apart(2, 1)]);
        assert_eq!(kept(&cluster(), 3, &Rulings::default()), [1, 4]);
        assert_eq!(kept(&cluster(), 3, &rulings), [1, 2, 4]);
    }

    #[test]
    fn the_preferred_image_takes_the_others_place_and_its_duplicates() {
        let rulings = Rulings::new([Same { kept: 3, dropped: 1 }]);
        let dropped = reviewed_duplicates(&cluster(), 3, &rulings);
        let duplicates: Vec<(i64, i64)> = dropped.iter().map(|found| (found.duplicate, found.of)).collect();
        assert_eq!(duplicates, [(1, 3), (2, 3)]);
    }

    #[test]
    fn what_was_said_to_be_the_same_is_dropped_though_it_is_far() {
        let rulings = Rulings::new([Same { kept: 1, dropped: 4 }]);
        let dropped = reviewed_duplicates(&cluster(), 3, &rulings);
        assert!(dropped.contains(&Duplicate { duplicate: 4, of: 1, distance: 64 }), "{dropped:?}");
    }

    #[test]
    fn the_last_word_about_a_pair_counts() {
        let rulings = Rulings::new([Apart(1, 2), Same { kept: 2, dropped: 1 }, Same { kept: 1, dropped: 2 }]);
        assert_eq!(rulings.between(2, 1), Some(Same { kept: 1, dropped: 2 }));
        assert_eq!(kept(&cluster(), 2, &rulings), [1, 3, 4]);
    }

    #[test]
    fn in_a_circle_the_oldest_word_gives_way() {
        let circle =
            [Same { kept: 1, dropped: 2 }, Same { kept: 2, dropped: 3 }, Same { kept: 3, dropped: 1 }];
        assert_eq!(kept(&cluster(), 0, &Rulings::new(circle)), [2, 4]);
        let other = [circle[1], circle[2], circle[0]];
        assert_eq!(kept(&cluster(), 0, &Rulings::new(other)), [3, 4]);
    }

    #[test]
    fn pairs_just_above_the_threshold_are_found_unless_someone_spoke() {
        let images = [image(1, 0, 9), image(2, 0b111, 8), image(3, 0b1111, 7), image(4, !0, 6)];
        let pair = |distance, first, second| AlmostDuplicates { distance, first, second };
        let found = almost_duplicates(&images, 3, 2, &Rulings::default());
        assert_eq!(found, [pair(3, 1, 2), pair(4, 1, 3)]);
        assert_eq!(almost_duplicates(&images, 3, 2, &Rulings::new([Apart(2, 1)])), [pair(4, 1, 3)]);
    }

    fn synset() -> impl Strategy<Value = Vec<Fingerprint>> {
        prop::collection::vec((0..256u64, 1..5u64), 0..24).prop_map(|images| {
            images.into_iter().zip(1..).map(|((hash, pixels), id)| image(id, hash, pixels)).collect()
        })
    }

    /// Rulings about images that are there and some that are not.
    fn said() -> impl Strategy<Value = Vec<Ruling>> {
        let ruling = (1..28i64, 1..28i64, prop::bool::weighted(0.6)).prop_map(|(one, other, same)| {
            if same { Same { kept: one, dropped: other } } else { Apart(one, other) }
        });
        prop::collection::vec(ruling, 0..30)
    }

    proptest! {
        #[test]
        fn without_a_word_the_hashes_decide(images in synset(), tau in 0..10u32) {
            prop_assert_eq!(
                reviewed_duplicates(&images, tau, &Rulings::new([])),
                near_duplicates(&images, tau)
            );
            // A word about images that are not there changes nothing either.
            let elsewhere = Rulings::new([Same { kept: 900, dropped: 901 }, Apart(902, 1)]);
            prop_assert_eq!(reviewed_duplicates(&images, tau, &elsewhere), near_duplicates(&images, tau));
        }

        #[test]
        fn the_order_of_the_input_does_not_matter(
            shuffled in synset().prop_shuffle(), said in said(), tau in 0..10u32,
        ) {
            let rulings = Rulings::new(said);
            let mut sorted = shuffled.clone();
            sorted.sort_unstable_by_key(|image| image.id);
            prop_assert_eq!(
                reviewed_duplicates(&shuffled, tau, &rulings),
                reviewed_duplicates(&sorted, tau, &rulings)
            );
        }

        #[test]
        fn every_word_is_obeyed_and_every_drop_has_a_reason(
            images in synset(), said in said(), tau in 0..10u32,
        ) {
            let rulings = Rulings::new(said.clone());
            let kept = kept(&images, tau, &rulings);
            let hash = |id: i64| images.iter().find(|image| image.id == id).unwrap().hash;
            for (place, a) in kept.iter().enumerate() {
                for b in &kept[place + 1..] {
                    match rulings.between(*a, *b) {
                        Some(Same { .. }) => prop_assert!(false, "{} and {} are the same, and both kept", a, b),
                        Some(Apart(..)) => {}
                        None => prop_assert!(hash(*a).distance(hash(*b)) >= tau),
                    }
                }
            }
            for Duplicate { duplicate, of, distance } in reviewed_duplicates(&images, tau, &rulings) {
                prop_assert!(kept.contains(&of));
                prop_assert_eq!(hash(of).distance(hash(duplicate)), distance);
                match rulings.between(duplicate, of) {
                    Some(Same { .. }) => {}
                    Some(Apart(..)) => prop_assert!(false, "{} and {} are apart", duplicate, of),
                    None => prop_assert!(distance < tau),
                }
            }
            // The newest word is never the one that gives way.
            if let Some(Same { kept: stays, dropped }) = said.last().copied().filter(|said| said.pair().0 != said.pair().1) {
                let wrong = reviewed_duplicates(&images, tau, &rulings);
                prop_assert!(wrong.iter().all(|found| (found.duplicate, found.of) != (stays, dropped)));
            }
        }

        #[test]
        fn a_word_about_other_pictures_leaves_a_cluster_alone(images in synset(), tau in 0..10u32) {
            // Pictures of their own, far from all others.
            let mut all = images.clone();
            all.extend([image(100, u64::MAX << 8, 1), image(101, u64::MAX << 8, 2)]);
            let spoken = Rulings::new([Same { kept: 100, dropped: 101 }]);
            let mut before = near_duplicates(&images, tau);
            let mut after: Vec<Duplicate> =
                reviewed_duplicates(&all, tau, &spoken).into_iter().filter(|found| found.duplicate < 100).collect();
            before.sort_unstable_by_key(|found| found.duplicate);
            after.sort_unstable_by_key(|found| found.duplicate);
            prop_assert_eq!(before, after);
        }
    }
}
