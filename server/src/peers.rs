//! The other servers of a database, as far as this one knows: who does what only one need do, and which synsets each hands out first.
//!
//! Nothing depends on it but speed: what must not happen twice is kept apart by locks in the database. Who knows of nobody hands out
//! everything, and leads nothing.

use std::sync::{Arc, PoisonError, RwLock};

/// The servers that were there a moment ago. A clone hears the same.
#[derive(Clone, Default)]
pub struct Peers(Arc<RwLock<Arc<Present>>>);

/// Who was there at one moment.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Present {
    own: i32,
    all: Vec<i32>,
}

impl Peers {
    /// This server has the number `own`, and these are there, in any order.
    pub fn hear(&self, own: i32, mut all: Vec<i32>) {
        all.sort_unstable();
        self.put(Present { own, all });
    }

    /// Nobody is known to be there, not even this one.
    pub fn lose(&self) {
        self.put(Present::default());
    }

    /// Who was there a moment ago.
    pub fn now(&self) -> Arc<Present> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, present: Present) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(present);
    }
}

impl Present {
    /// How many there are, this one among them.
    pub fn number(&self) -> usize {
        self.all.len()
    }

    /// Whether this server does what one does for all.
    pub fn leads(&self) -> bool {
        self.all.first() == Some(&self.own)
    }

    /// Whether this server is the one that hands out a synset first. When a server comes or goes, only its own synsets get another.
    pub fn is_first_for(&self, synset: i64) -> bool {
        let first = self.all.iter().max_by_key(|server| drawn(synset, **server));
        first.is_none_or(|first| *first == self.own)
    }
}

/// A number that a synset and a server always draw: the finaliser of `SplitMix64` (Steele, Lea and Flood 2014).
fn drawn(synset: i64, server: i32) -> u64 {
    let mut x = synset.cast_unsigned().rotate_left(32) ^ u64::from(server.cast_unsigned());
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn present(own: i32, all: &[i32]) -> Present {
        Present { own, all: all.to_vec() }
    }

    #[test]
    fn who_knows_of_nobody_hands_out_everything_and_leads_nothing() {
        let peers = Peers::default();
        assert!(peers.now().is_first_for(7) && !peers.now().leads());
        peers.hear(9, vec![9, 3]);
        assert!(!peers.now().leads() && peers.now().number() == 2);
        peers.hear(9, vec![9]);
        assert!(peers.now().leads() && peers.now().is_first_for(7));
        peers.lose();
        assert!(!peers.now().leads() && peers.now().is_first_for(7));
    }

    #[test]
    fn each_synset_has_one_server_and_only_those_of_a_server_that_goes_get_another() {
        let three = [11, 222, 3_333];
        let first = |synset: i64, of: &[i32]| {
            let firsts: Vec<i32> =
                of.iter().copied().filter(|own| present(*own, of).is_first_for(synset)).collect();
            assert_eq!(firsts.len(), 1);
            firsts[0]
        };
        let mut of_each = [0; 3];
        for synset in 1..=3_000 {
            let before = first(synset, &three);
            of_each[three.iter().position(|server| *server == before).unwrap()] += 1;
            let after = first(synset, &three[..2]);
            assert!(after == before || before == 3_333, "synset {synset}");
        }
        assert!(of_each.iter().all(|number| (850..1_150).contains(number)), "{of_each:?}");
    }
}
