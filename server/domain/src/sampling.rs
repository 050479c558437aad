//! Fair draws: which candidates make the initial sample, and in what order images are served.
//!
//! A draw is a pure function of its seed, the same on every machine and in every later version, so that a sample
//! can be drawn again to check it.

use std::collections::BTreeSet;

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

/// The places, in 0 .. `candidates`, of a uniformly random subset of `m` candidates, ascending; all of them when
/// `m` is larger.
///
/// Every subset of that size is equally likely (Floyd's algorithm; Bentley, Communications of the ACM 30:9, 1987).
/// A sample from the best-ranked candidates instead would overstate the share of good images.
#[must_use]
pub fn initial_sample(seed: u64, candidates: usize, m: usize) -> Vec<usize> {
    let mut source = source(seed, *b"synvote: initial sample ");
    let mut chosen = BTreeSet::new();
    for last in candidates.saturating_sub(m)..candidates {
        let place = up_to(&mut source, last);
        if !chosen.insert(place) {
            chosen.insert(last);
        }
    }
    chosen.into_iter().collect()
}

/// The numbers 0 .. `n` in a uniformly random order (Fisher and Yates).
#[must_use]
pub fn order(seed: u64, n: usize) -> Vec<usize> {
    let mut source = source(seed, *b"synvote: order of images");
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, up_to(&mut source, last));
    }
    order
}

/// A stream of its own for each purpose, so that equal seeds do not make a sample follow an order.
fn source(seed: u64, purpose: [u8; 24]) -> ChaCha20Rng {
    let mut key = [0; 32];
    for (byte, from) in key.iter_mut().zip(seed.to_le_bytes().into_iter().chain(purpose)) {
        *byte = from;
    }
    ChaCha20Rng::from_seed(key)
}

/// A whole number from 0 to `last`, each equally likely (Lemire, ACM TOMACS 29:1, 2019).
#[expect(clippy::cast_possible_truncation, reason = "the high half of the product is at most `last`")]
fn up_to(source: &mut ChaCha20Rng, last: usize) -> usize {
    let Some(count) = (last as u64).checked_add(1) else { return source.next_u64() as usize };
    // Products whose low half falls below 2⁶⁴ mod count would favour some numbers: draw again.
    let unfair = count.wrapping_neg() % count;
    loop {
        let product = u128::from(source.next_u64()) * u128::from(count);
        if product as u64 >= unfair {
            return (product >> 64) as usize;
        }
    }
}
