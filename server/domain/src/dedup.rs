//! Which images of a synset show the same picture, so that nobody is asked about it twice.
//!
//! The rule: x_j is dropped when the distance between its perceptual hash and that of a kept x_i is below τ,
//! strictly. Of two such images the one with more pixels stays, of equal ones the one with the smaller id. What people
//! have said about a pair comes before what the hashes say: see [`reviewed_duplicates`].

mod rulings;

pub use rulings::{AlmostDuplicates, Ruling, Rulings, almost_duplicates, reviewed_duplicates};

/// 64 bits that change little when an image is scaled, compressed or brightened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PerceptualHash(pub u64);

impl PerceptualHash {
    /// The hash from a database's signed 64 bits.
    pub fn from_stored(bits: i64) -> Self {
        Self(bits.cast_unsigned())
    }

    /// The hash as a database's signed 64 bits.
    pub fn stored(self) -> i64 {
        self.0.cast_signed()
    }

    /// In how many of the 64 bits two hashes differ (Hamming distance): 0 to 64.
    pub fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// What deduplication needs to know about one image of the synset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The candidate's id, unique within the synset.
    pub id: i64,
    /// The hash of what it shows.
    pub hash: PerceptualHash,
    /// Width × height of the original.
    pub pixels: u64,
}

/// An image that is dropped, and for which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The id of the image that goes.
    pub duplicate: i64,
    /// The id of the image that stays.
    pub of: i64,
    /// The distance of their hashes, below τ.
    pub distance: u32,
}

/// Finds the near duplicates among all images of one synset: this is the definition of which images are kept.
///
/// The images are taken in order of precedence: descending pixels, then ascending id. Each is kept unless a
/// kept image before it is nearer than `tau` (0 to 64; 0 drops nothing, 65 keeps one image only); the first
/// such image in the order is what it is a duplicate of. So the answer, in that order too, does not depend on
/// the order of the input. Quadratic in the number of kept images: 10,000 take tens of milliseconds.
pub fn near_duplicates(images: &[Fingerprint], tau: u32) -> Vec<Duplicate> {
    let mut ordered = images.to_vec();
    ordered.sort_unstable_by_key(precedence);
    let mut kept_hashes: Vec<u64> = Vec::with_capacity(ordered.len());
    let mut kept_ids: Vec<i64> = Vec::with_capacity(ordered.len());
    let mut duplicates = Vec::new();
    for image in ordered {
        let place = first_near(&kept_hashes, image.hash, tau);
        let keeper = place.and_then(|place| Some((*kept_ids.get(place)?, *kept_hashes.get(place)?)));
        if let Some((of, hash)) = keeper {
            let distance = image.hash.distance(PerceptualHash(hash));
            duplicates.push(Duplicate { duplicate: image.id, of, distance });
        } else {
            kept_hashes.push(image.hash.0);
            kept_ids.push(image.id);
        }
    }
    duplicates
}

/// What a newcomer means for a synset of which the kept images are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is a near duplicate of a kept image that takes precedence; the kept images stay as they are.
    Duplicate(Duplicate),
    /// It is near to no kept image: it is kept, and so are all others.
    Kept,
    /// It is kept and takes precedence over these kept images, which become duplicates. What had been dropped
    /// for one of them may be far from the newcomer and return, so [`near_duplicates`] must run over the
    /// whole synset.
    Displaces(Vec<Duplicate>),
}

/// Decides about one newcomer as [`near_duplicates`] over the whole synset would, where the kept images
/// suffice for it.
///
/// `kept` are the images that [`near_duplicates`] kept at the same `tau`, in any order. After `Duplicate` and
/// `Kept` the set of kept images is what it would be after a run over everything (only for which image an old
/// duplicate was dropped may be told differently, since the newcomer may stand earlier in the order); after
/// `Displaces` the run is needed.
pub fn arrival(kept: &[Fingerprint], newcomer: Fingerprint, tau: u32) -> Arrival {
    let near = |image: &&Fingerprint| image.hash.distance(newcomer.hash) < tau;
    let mut near: Vec<&Fingerprint> = kept.iter().filter(near).collect();
    near.sort_unstable_by_key(|image| precedence(image));
    match near.first() {
        None => Arrival::Kept,
        Some(first) if precedence(first) < precedence(&newcomer) => {
            Arrival::Duplicate(drop_for(&newcomer, first))
        }
        Some(_) => Arrival::Displaces(near.into_iter().map(|image| drop_for(image, &newcomer)).collect()),
    }
}

fn drop_for(duplicate: &Fingerprint, of: &Fingerprint) -> Duplicate {
    Duplicate { duplicate: duplicate.id, of: of.id, distance: duplicate.hash.distance(of.hash) }
}

fn precedence(image: &Fingerprint) -> (std::cmp::Reverse<u64>, i64) {
    (std::cmp::Reverse(image.pixels), image.id)
}

/// Where the first hash stands that is nearer than `tau`.
fn first_near(hashes: &[u64], hash: PerceptualHash, tau: u32) -> Option<usize> {
    // The least distance of a block is found without a branch, so that the compiler makes it parallel.
    const BLOCK: usize = 256;
    let distance = |other: &u64| (other ^ hash.0).count_ones();
    let block = hashes.chunks(BLOCK).position(|block| block.iter().map(distance).fold(65, u32::min) < tau)?;
    let within = hashes.iter().skip(block * BLOCK).position(|other| distance(other) < tau)?;
    Some(block * BLOCK + within)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn image(id: i64, hash: u64, pixels: u64) -> Fingerprint {
        Fingerprint { id, hash: PerceptualHash(hash), pixels }
    }

    fn kept(images: &[Fingerprint], tau: u32) -> Vec<Fingerprint> {
        let dropped = near_duplicates(images, tau);
        let mut kept: Vec<_> =
            images.iter().copied().filter(|image| dropped.iter().all(|d| d.duplicate != image.id)).collect();
        kept.sort_unstable_by_key(|image| image.id);
        kept
    }

    /// Few bits, so that near hashes are common, and few sizes, so that ties are.
    fn synset() -> impl Strategy<Value = Vec<Fingerprint>> {
        prop::collection::vec((0..256u64, 1..5u64), 0..40).prop_map(|images| {
            images.into_iter().zip(1..).map(|((hash, pixels), id)| image(id, hash, pixels)).collect()
        })
    }

    /// Older or newer than all of them.
    fn newcomer() -> impl Strategy<Value = Fingerprint> {
        (prop_oneof![Just(0), Just(99)], 0..256u64, 1..5u64)
            .prop_map(|(id, hash, pixels)| image(id, hash, pixels))
    }

    #[test]
    fn a_distance_of_exactly_tau_keeps_both() {
        let images = [image(1, 0b0000, 9), image(2, 0b0111, 9)];
        assert_eq!(near_duplicates(&images, 3), []);
        assert_eq!(near_duplicates(&images, 4), [Duplicate { duplicate: 2, of: 1, distance: 3 }]);
    }

    #[test]
    fn the_larger_image_stays_and_of_equal_ones_the_older() {
        let images = [image(1, 0, 10), image(2, 0, 30), image(3, 0, 30)];
        assert_eq!(
            near_duplicates(&images, 1),
            [Duplicate { duplicate: 3, of: 2, distance: 0 }, Duplicate { duplicate: 1, of: 2, distance: 0 }]
        );
    }

    #[test]
    fn a_dropped_image_drops_no_other() {
        // 2 is near 1, and 3 is near 2 only.
        let images = [image(1, 0b0000, 30), image(2, 0b0011, 20), image(3, 0b1111, 10)];
        assert_eq!(near_duplicates(&images, 3), [Duplicate { duplicate: 2, of: 1, distance: 2 }]);
    }

    #[test]
    fn a_displaced_image_returns_what_had_been_dropped_for_it() {
        let old = [image(1, 0b0011, 20), image(2, 0b1111, 10)];
        assert_eq!(kept(&old, 3), [old[0]]);
        let newcomer = image(3, 0b0000, 30);
        let displaced = Duplicate { duplicate: 1, of: 3, distance: 2 };
        assert_eq!(arrival(&kept(&old, 3), newcomer, 3), Arrival::Displaces(vec![displaced]));
        assert_eq!(kept(&[old[0], old[1], newcomer], 3), [old[1], newcomer]);
    }

    #[test]
    fn the_database_form_of_a_hash_gives_it_back() {
        for bits in [0, 1, u64::MAX, 1 << 63] {
            assert_eq!(PerceptualHash::from_stored(PerceptualHash(bits).stored()), PerceptualHash(bits));
        }
    }

    #[test]
    fn a_near_hash_is_found_in_every_block() {
        let far: Vec<u64> = vec![u64::MAX; 1000];
        for place in [0, 255, 256, 511, 999] {
            let mut hashes = far.clone();
            hashes[place] = 1;
            assert_eq!(first_near(&hashes, PerceptualHash(0), 2), Some(place));
        }
        assert_eq!(first_near(&far, PerceptualHash(0), 64), None);
    }

    proptest! {
        #[test]
        fn the_order_of_the_input_does_not_matter(shuffled in synset().prop_shuffle(), tau in 0..10u32) {
            let mut sorted = shuffled.clone();
            sorted.sort_unstable_by_key(|image| image.id);
            prop_assert_eq!(near_duplicates(&shuffled, tau), near_duplicates(&sorted, tau));
        }

        #[test]
        fn kept_images_are_apart_and_dropped_ones_near_a_kept_one(images in synset(), tau in 0..10u32) {
            let kept = kept(&images, tau);
            for (place, a) in kept.iter().enumerate() {
                for b in &kept[place + 1..] {
                    prop_assert!(a.hash.distance(b.hash) >= tau);
                }
            }
            for Duplicate { duplicate, of, distance } in near_duplicates(&images, tau) {
                let dropped = images.iter().find(|image| image.id == duplicate).unwrap();
                let keeper = kept.iter().find(|image| image.id == of).unwrap();
                prop_assert!(precedence(keeper) < precedence(dropped));
                prop_assert_eq!(keeper.hash.distance(dropped.hash), distance);
                prop_assert!(distance < tau);
            }
        }

        #[test]
        fn a_newcomer_is_decided_as_a_run_over_everything_decides(
            images in synset(), newcomer in newcomer(), tau in 0..10u32,
        ) {
            let before = kept(&images, tau);
            let mut all = images.clone();
            all.push(newcomer);
            let after = kept(&all, tau);
            match arrival(&before, newcomer, tau) {
                Arrival::Duplicate(duplicate) => {
                    prop_assert_eq!(&after, &before);
                    prop_assert!(near_duplicates(&all, tau).contains(&duplicate));
                }
                Arrival::Kept => {
                    let mut expected = before.clone();
                    expected.push(newcomer);
                    expected.sort_unstable_by_key(|image| image.id);
                    prop_assert_eq!(after, expected);
                }
                Arrival::Displaces(displaced) => {
                    prop_assert!(after.contains(&newcomer));
                    prop_assert!(!displaced.is_empty());
                    for Duplicate { duplicate, of, .. } in displaced {
                        prop_assert_eq!(of, newcomer.id);
                        prop_assert!(after.iter().all(|image| image.id != duplicate));
                    }
                }
            }
        }

        #[test]
        fn a_distance_is_symmetric_and_obeys_the_triangle(a: u64, b: u64, c: u64) {
            let (a, b, c) = (PerceptualHash(a), PerceptualHash(b), PerceptualHash(c));
            prop_assert_eq!(a.distance(b), b.distance(a));
            prop_assert_eq!(a.distance(a), 0);
            prop_assert!(a.distance(c) <= a.distance(b) + b.distance(c));
        }
    }
}
