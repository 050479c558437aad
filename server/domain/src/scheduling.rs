//! Which images of a synset are shown to whom: as many people at once as an image can use, nobody twice, in the order of serving.
//!
//! An image can *use* so many further votes at once as its shortest way to a verdict is long. Whoever is shown it holds it until the
//! answer is in or the hold has expired. With that bound nobody is ever asked about an image that the answers under way will settle.
//!
//! The database is the truth: a scheduler is made from it, and follows what is recorded there.

use std::collections::{BTreeSet, HashMap, HashSet};

/// An open image, in the order of serving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenImage {
    /// The candidate.
    pub candidate: i64,
    /// How many further votes it can use at once.
    pub need: u32,
}

/// Images whose ids lie together are served together, so many at a time.
const BLOCK: i64 = 64;

/// Where an image stands in the order of serving of its synset: blocks of ids follow each other by chance, and so do the images in a
/// block, by their `rank`. What the answers of a page change lies on a few pages of the database then, instead of on a hundred.
#[must_use]
pub fn place_in_order(seed: u64, candidate: i64, rank: i64) -> (u64, i64, i64) {
    (mixed(seed ^ candidate.div_euclid(BLOCK).cast_unsigned()), rank, candidate)
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014): neighbours come out far apart.
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The open images of a synset, and who is looking at which. Sixteen bytes an image, and a bit for each worker who has voted.
#[derive(Clone, Debug, Default)]
pub struct Scheduler {
    slots: Vec<Slot>,
    /// Places by candidate, ascending by candidate.
    places: Vec<(i64, u32)>,
    /// Places of images that can use more votes than are under way.
    free: BTreeSet<u32>,
    /// By worker, the places that are no longer theirs to judge.
    seen: HashMap<i64, Places>,
    holds: HashMap<i64, Hold>,
    /// (when it expires, assignment)
    expiries: BTreeSet<(i64, i64)>,
    held: u64,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    candidate: i64,
    need: u32,
    held: u32,
}

/// What one assignment holds.
#[derive(Clone, Debug)]
struct Hold {
    worker: i64,
    expires_at: i64,
    candidates: Vec<i64>,
}

/// A set of places: a bit each.
#[derive(Clone, Debug, Default)]
struct Places(Vec<u64>);

impl Places {
    fn insert(&mut self, place: u32) {
        let word = place as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (place % 64);
        }
    }

    fn contains(&self, place: u32) -> bool {
        self.0.get(place as usize / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }
}

impl Scheduler {
    /// Nobody has seen any of these, and nobody holds one. A candidate that comes twice keeps its first place.
    #[must_use]
    pub fn new(images: &[OpenImage]) -> Self {
        let mut known = HashSet::with_capacity(images.len());
        let slots: Vec<Slot> = images
            .iter()
            .filter(|image| known.insert(image.candidate))
            .map(|image| Slot { candidate: image.candidate, need: image.need, held: 0 })
            .collect();
        let mut places: Vec<(i64, u32)> = slots.iter().map(|slot| slot.candidate).zip(0..).collect();
        places.sort_unstable();
        let mut scheduler = Self { slots, places, ..Self::default() };
        for place in 0..scheduler.slots.len() as u32 {
            scheduler.freed_or_not(place);
        }
        scheduler
    }

    /// The worker is not to be asked about the image again.
    pub fn saw(&mut self, worker: i64, candidate: i64) {
        if let Some(place) = self.place(candidate) {
            self.seen.entry(worker).or_default().insert(place);
        }
    }

    /// How many further votes an image can use from now on: none, once it is settled.
    pub fn set_need(&mut self, candidate: i64, need: u32) {
        let Some(place) = self.place(candidate) else { return };
        if let Some(slot) = self.slots.get_mut(place as usize) {
            slot.need = need;
        }
        self.freed_or_not(place);
    }

    /// Whether the image was open when the scheduler was made.
    #[must_use]
    pub fn knows(&self, candidate: i64) -> bool {
        self.place(candidate).is_some()
    }

    /// The further votes that all images can use at once.
    #[must_use]
    pub fn need(&self) -> u64 {
        self.slots.iter().map(|slot| u64::from(slot.need)).sum()
    }

    /// The worker is shown these images until `expires_at`, or until the assignment is released. Images that are not scheduled are
    /// held too: see [`Self::holders`].
    pub fn hold(&mut self, assignment: i64, worker: i64, candidates: Vec<i64>, expires_at: i64) {
        self.release(assignment);
        for &candidate in &candidates {
            self.move_hold(candidate, 1);
        }
        self.held += candidates.len() as u64;
        self.expiries.insert((expires_at, assignment));
        self.holds.insert(assignment, Hold { worker, expires_at, candidates });
    }

    /// The answers are in, or nobody waits for them any more. Nothing happens for an assignment that holds nothing.
    pub fn release(&mut self, assignment: i64) {
        let Some(hold) = self.holds.remove(&assignment) else { return };
        self.expiries.remove(&(hold.expires_at, assignment));
        self.held = self.held.saturating_sub(hold.candidates.len() as u64);
        for candidate in hold.candidates {
            self.move_hold(candidate, -1);
        }
    }

    /// Lets go of what has expired at `now`.
    pub fn expire(&mut self, now: i64) {
        while let Some(&(expires_at, assignment)) = self.expiries.first()
            && expires_at <= now
        {
            self.release(assignment);
        }
    }

    /// How many images are held, each as often as it is; call [`Self::expire`] first.
    #[must_use]
    pub fn held(&self) -> u64 {
        self.held
    }

    /// Who holds these images: (candidate, worker), in no order.
    #[must_use]
    pub fn holders(&self, of: &[i64]) -> Vec<(i64, i64)> {
        let of: HashSet<i64> = of.iter().copied().collect();
        let held = |hold: &Hold| {
            let worker = hold.worker;
            let of_these = hold.candidates.iter().filter(|candidate| of.contains(candidate));
            of_these.map(|candidate| (*candidate, worker)).collect::<Vec<_>>()
        };
        self.holds.values().flat_map(held).collect()
    }

    /// What a worker holds.
    #[must_use]
    pub fn held_by(&self, worker: i64) -> BTreeSet<i64> {
        let of_worker = self.holds.values().filter(|hold| hold.worker == worker);
        of_worker.flat_map(|hold| hold.candidates.iter().copied()).collect()
    }

    /// The first images in the order of serving that can use a vote of this worker, one after the other; nothing is held yet. Call
    /// [`Self::expire`] first.
    pub fn useful_to(&self, worker: i64) -> impl Iterator<Item = i64> {
        let (seen, holds) = (self.seen.get(&worker), self.held_by(worker));
        self.free.iter().filter_map(move |&place| {
            let candidate = self.slots.get(place as usize)?.candidate;
            let is_seen = seen.is_some_and(|seen| seen.contains(place));
            (!is_seen && !holds.contains(&candidate)).then_some(candidate)
        })
    }

    /// About how many bytes it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        const ENTRY: usize = 64;
        let seen: usize = self.seen.values().map(|seen| ENTRY + 8 * seen.0.len()).sum();
        let holds: usize = self.holds.values().map(|hold| 2 * ENTRY + 8 * hold.candidates.len()).sum();
        self.slots.len() * 32 + self.free.len() * 8 + seen + holds
    }

    fn place(&self, candidate: i64) -> Option<u32> {
        let at = self.places.binary_search_by_key(&candidate, |(known, _)| *known).ok()?;
        self.places.get(at).map(|(_, place)| *place)
    }

    fn move_hold(&mut self, candidate: i64, by: i32) {
        let Some(place) = self.place(candidate) else { return };
        if let Some(slot) = self.slots.get_mut(place as usize) {
            slot.held = slot.held.saturating_add_signed(by);
        }
        self.freed_or_not(place);
    }

    fn freed_or_not(&mut self, place: u32) {
        if self.slots.get(place as usize).is_some_and(|slot| slot.held < slot.need) {
            self.free.insert(place);
        } else {
            self.free.remove(&place);
        }
    }
}
