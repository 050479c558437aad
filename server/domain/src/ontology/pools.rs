//! Ancestors under which enough synsets lie to learn from them together.

use super::Ontology;
use crate::wnid::Wnid;
use std::collections::HashMap;

/// How many of some synsets lie under each of their ancestors.
#[derive(Clone, Debug, Default)]
pub struct Pools {
    below: HashMap<Wnid, usize>,
    all: usize,
    least: usize,
}

impl Pools {
    /// Of these synsets, each counted once. A pool has at least `least` of them, and not all: that would be no other pool than
    /// that of all.
    #[must_use]
    pub fn new(ontology: &Ontology, synsets: &[Wnid], least: usize) -> Self {
        let mut below = HashMap::new();
        for wnid in synsets {
            for ancestor in ontology.ancestors(*wnid) {
                *below.entry(ancestor).or_default() += 1;
            }
        }
        Self { below, all: synsets.len(), least }
    }

    /// The nearest ancestor of a synset, one of those or another, that has a pool.
    #[must_use]
    pub fn nearest(&self, ontology: &Ontology, wnid: Wnid) -> Option<Wnid> {
        let is_pool = |ancestor: &Wnid| {
            let below = self.below.get(ancestor).copied().unwrap_or(0);
            below >= self.least && below < self.all
        };
        ontology.ancestors(wnid).into_iter().find(is_pool)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Node;

    fn wnid(number: u32) -> Wnid {
        Wnid::from_offset(number).unwrap()
    }

    /// 1 is above 2 and 3; 2 is above 11 to 15, 3 above 21 and 22.
    fn ontology() -> Ontology {
        let node = |number: u32, above: Option<u32>| Node {
            wnid: wnid(number),
            words: vec![format!("thing {number}")],
            definition: String::new(),
            examples: Vec::new(),
            hypernyms: above.map(wnid).into_iter().collect(),
            instance_hypernyms: Vec::new(),
        };
        let top = [node(1, None), node(2, Some(1)), node(3, Some(1))];
        let kinds = (11..=15).map(|number| node(number, Some(2))).chain((21..=22).map(|n| node(n, Some(3))));
        Ontology::new(top.into_iter().chain(kinds)).unwrap()
    }

    #[test]
    fn a_synset_leans_on_the_nearest_ancestor_with_enough_below_it() {
        let ontology = ontology();
        let calibrated: Vec<Wnid> = [11, 12, 13, 14, 21].map(wnid).into();
        let pools = Pools::new(&ontology, &calibrated, 4);
        assert_eq!(pools.nearest(&ontology, wnid(11)), Some(wnid(2)));
        assert_eq!(pools.nearest(&ontology, wnid(15)), Some(wnid(2)), "not calibrated itself yet");
        assert_eq!(
            pools.nearest(&ontology, wnid(21)),
            None,
            "the root has them all, and is no pool of its own"
        );
        assert_eq!(Pools::new(&ontology, &calibrated, 5).nearest(&ontology, wnid(11)), None);
    }
}
