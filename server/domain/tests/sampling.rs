//! Draws are fair, and the same for ever.

use domain::sampling::{initial_sample, order};

#[test]
fn a_sample_is_the_same_for_ever() {
    // Computed with a second implementation, of ChaCha20 too.
    assert_eq!(initial_sample(1, 1000, 5), [101, 171, 371, 676, 735]);
    let places = [
        289, 540, 752, 1671, 2562, 2798, 3323, 3948, 4397, 4486, 4606, 5010, 5323, 5429, 5878, 7457, 8147,
        9064, 9355, 9502,
    ];
    assert_eq!(initial_sample(2009, 10_000, 20), places);
    assert_eq!(order(1, 8), [1, 7, 3, 4, 5, 0, 2, 6]);
}

#[test]
fn a_sample_is_ascending_and_without_repetition() {
    for seed in 0..200 {
        let sample = initial_sample(seed, 50, 20);
        assert_eq!(sample.len(), 20);
        assert!(sample.is_sorted_by(|a, b| a < b) && sample.iter().all(|place| *place < 50), "{sample:?}");
    }
}

#[test]
fn a_sample_larger_than_the_candidates_is_all_of_them() {
    assert_eq!(initial_sample(3, 4, 9), [0, 1, 2, 3]);
    assert_eq!(initial_sample(3, 0, 9), [0; 0]);
    assert_eq!(initial_sample(3, 9, 0), [0; 0]);
}

#[test]
fn different_seeds_draw_different_samples() {
    let samples: std::collections::BTreeSet<_> =
        (0..100).map(|seed| initial_sample(seed, 1000, 20)).collect();
    assert_eq!(samples.len(), 100);
}

#[test]
fn an_order_holds_every_number_once() {
    for n in [0, 1, 2, 17, 300] {
        let mut sorted = order(5, n);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..n).collect::<Vec<_>>());
    }
}

/// Pearson's statistic of counts that should all be equal.
fn chi_square(counts: &[u32]) -> f64 {
    let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
    counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum()
}

#[test]
fn every_subset_is_equally_likely() {
    let mut counts = std::collections::BTreeMap::new();
    for seed in 0..21_000 {
        *counts.entry(initial_sample(seed, 7, 2)).or_insert(0_u32) += 1;
    }
    let counts: Vec<u32> = counts.into_values().collect();
    assert_eq!(counts.len(), 21);
    // The 99.9 % point for 20 degrees of freedom.
    assert!(chi_square(&counts) < 45.31, "{counts:?}");
}

#[test]
fn every_order_is_equally_likely() {
    let mut counts = std::collections::BTreeMap::new();
    for seed in 0..24_000 {
        *counts.entry(order(seed, 4)).or_insert(0_u32) += 1;
    }
    let counts: Vec<u32> = counts.into_values().collect();
    assert_eq!(counts.len(), 24);
    // The 99.9 % point for 23 degrees of freedom.
    assert!(chi_square(&counts) < 49.73, "{counts:?}");
}
