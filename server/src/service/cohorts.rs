//! Who came together: people who sign up on the same day from the same network.
//!
//! They get one number, drawn by chance. Which network it stands for is known in memory alone, and only until the day is over, so
//! nothing that is stored says where anybody was.

use crate::world::Chance;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// The cohorts of today.
#[derive(Clone, Default)]
pub struct Cohorts(Arc<Mutex<Today>>);

#[derive(Default)]
struct Today {
    day: i64,
    of_network: HashMap<u128, i64>,
}

impl Cohorts {
    /// The cohort of somebody who signs up from an address at `now` (Unix ms).
    pub fn of(&self, address: IpAddr, now: i64, chance: &dyn Chance) -> i64 {
        let mut today = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let day = now.div_euclid(DAY_MS);
        if today.day != day {
            *today = Today { day, of_network: HashMap::new() };
        }
        // Never negative, and one of so many that two are never the same by chance.
        *today.of_network.entry(network(address)).or_insert_with(|| (chance.seed() >> 1).cast_signed())
    }
}

/// What an organisation or a household has: 256 addresses of version 4, a /48 of version 6.
fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => u128::from(address.to_bits() >> 8) | 1 << 127,
        IpAddr::V6(address) => address.to_bits() >> 80,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    struct Counting(AtomicU64);

    impl Chance for Counting {
        fn seed(&self) -> u64 {
            self.0.fetch_add(2, Ordering::Relaxed)
        }

        fn token(&self) -> [u8; 32] {
            [0; 32]
        }
    }

    #[test]
    fn a_cohort_has_a_network_and_a_day() {
        let (cohorts, chance) = (Cohorts::default(), Counting(AtomicU64::new(0)));
        let of = |address: &str, now| cohorts.of(address.parse().unwrap(), now, &chance);
        let first = of("192.0.2.1", 0);
        assert_eq!(of("192.0.2.200", DAY_MS - 1), first);
        assert_eq!(of("::ffff:192.0.2.7", 5), first, "the same in other clothes");
        assert_ne!(of("192.0.3.1", 5), first);
        let sixth = of("2001:db8:1::1", 5);
        assert!(sixth != first && of("2001:db8:1:ffff::9", 5) == sixth && of("2001:db8:2::1", 5) != sixth);
        assert_ne!(of("192.0.2.1", DAY_MS), first, "another day");
    }
}
