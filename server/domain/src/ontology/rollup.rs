//! The part of the hierarchy that leads to some chosen synsets, and which of these lie below each of its nodes.
//!
//! A synset that can be reached in two ways is below a node once: sets are united, never added up.

use super::{EdgeKind, Ontology};
use crate::wnid::Wnid;

/// The chosen synsets and everything above them. Building it takes about a millisecond for five thousand synsets.
#[derive(Clone, Debug)]
pub struct Rollup {
    /// Ascending.
    nodes: Vec<Wnid>,
    /// For each node the places of its children in `nodes`.
    children: Vec<Vec<usize>>,
    /// The chosen synsets in the order in which they were given: what the bits below stand for.
    chosen: usize,
    /// For each node, a bit for each chosen synset below it, itself included.
    below: Vec<Vec<u64>>,
}

const BITS: usize = u64::BITS as usize;

impl Rollup {
    /// Over links of either kind. What the ontology does not know stands alone, without parents.
    #[must_use]
    pub fn new(ontology: &Ontology, chosen: &[Wnid]) -> Self {
        let nodes = with_ancestors(ontology, chosen);
        let place = |wnid: &Wnid| nodes.binary_search(wnid).ok();
        let mut children = vec![Vec::new(); nodes.len()];
        let mut waiting_for = vec![0_usize; nodes.len()];
        let mut parents = vec![Vec::new(); nodes.len()];
        for (child, wnid) in nodes.iter().enumerate() {
            for parent in ontology.hypernyms(*wnid, EdgeKind::IsAOrInstance).iter().filter_map(place) {
                push(&mut children, parent, child);
                push(&mut parents, child, parent);
                if let Some(count) = waiting_for.get_mut(parent) {
                    *count += 1;
                }
            }
        }
        let mut below = vec![vec![0_u64; chosen.len().div_ceil(BITS)]; nodes.len()];
        for (bit, node) in chosen.iter().enumerate().filter_map(|(bit, wnid)| Some((bit, place(wnid)?))) {
            if let Some(word) = below.get_mut(node).and_then(|set| set.get_mut(bit / BITS)) {
                *word |= 1 << (bit % BITS);
            }
        }
        unite(&mut below, &parents, waiting_for);
        Self { nodes, children, chosen: chosen.len(), below }
    }

    /// Whether the node is chosen or above a chosen synset.
    #[must_use]
    pub fn contains(&self, wnid: Wnid) -> bool {
        self.nodes.binary_search(&wnid).is_ok()
    }

    /// The nodes without parents, ascending.
    #[must_use]
    pub fn roots(&self) -> Vec<Wnid> {
        let mut is_child = vec![false; self.nodes.len()];
        for child in self.children.iter().flatten() {
            if let Some(flag) = is_child.get_mut(*child) {
                *flag = true;
            }
        }
        self.nodes.iter().zip(is_child).filter(|(_, is_child)| !is_child).map(|(wnid, _)| *wnid).collect()
    }

    /// The node's children that are nodes too, ascending.
    #[must_use]
    pub fn children(&self, wnid: Wnid) -> Vec<Wnid> {
        let children = self.nodes.binary_search(&wnid).ok().and_then(|place| self.children.get(place));
        children.into_iter().flatten().filter_map(|child| self.nodes.get(*child).copied()).collect()
    }

    /// Places, in the list of chosen synsets, of those below the node, itself included, ascending and each once.
    pub fn below(&self, wnid: Wnid) -> impl Iterator<Item = usize> + '_ {
        let set = self.nodes.binary_search(&wnid).ok().and_then(|place| self.below.get(place));
        let bits = set.into_iter().flatten().enumerate().flat_map(|(number, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(number * BITS + bit)
            })
        });
        bits.take_while(|bit| *bit < self.chosen)
    }
}

/// The chosen synsets and all above them, ascending.
fn with_ancestors(ontology: &Ontology, chosen: &[Wnid]) -> Vec<Wnid> {
    let mut nodes: Vec<Wnid> = chosen.to_vec();
    let mut seen: std::collections::HashSet<Wnid> = chosen.iter().copied().collect();
    let mut next = 0;
    while let Some(wnid) = nodes.get(next).copied() {
        next += 1;
        let above = ontology.hypernyms(wnid, EdgeKind::IsAOrInstance);
        nodes.extend(above.into_iter().filter(|parent| seen.insert(*parent)));
    }
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// Gives every node's set to its parents, each node after all its children.
fn unite(below: &mut [Vec<u64>], parents: &[Vec<usize>], mut waiting_for: Vec<usize>) {
    let mut ready: Vec<usize> =
        waiting_for.iter().enumerate().filter(|(_, count)| **count == 0).map(|(node, _)| node).collect();
    while let Some(node) = ready.pop() {
        let set = below.get(node).cloned().unwrap_or_default();
        for parent in parents.get(node).into_iter().flatten() {
            for (word, more) in below.get_mut(*parent).into_iter().flatten().zip(&set) {
                *word |= more;
            }
            if let Some(count) = waiting_for.get_mut(*parent) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push(*parent);
                }
            }
        }
    }
}

fn push(lists: &mut [Vec<usize>], place: usize, value: usize) {
    if let Some(list) = lists.get_mut(place) {
        list.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Node;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn wnid(number: u32) -> Wnid {
        Wnid::parse(&format!("n{number:08}")).unwrap()
    }

    /// Each node's parents have smaller numbers.
    fn ontology(parents: &[BTreeSet<u32>]) -> Ontology {
        let node = |(number, above): (u32, &BTreeSet<u32>)| Node {
            wnid: wnid(number),
            words: vec![format!("word {number}")],
            definition: String::new(),
            examples: Vec::new(),
            hypernyms: above.range(..number).map(|parent| wnid(*parent)).collect(),
            instance_hypernyms: Vec::new(),
        };
        Ontology::new((0..).zip(parents).map(node)).unwrap()
    }

    proptest! {
        #[test]
        fn below_a_node_are_the_chosen_of_its_subtree_each_once(
            parents in prop::collection::vec(prop::collection::btree_set(0..80_u32, 0..4), 1..80),
            chosen in prop::collection::btree_set(0..80_u32, 0..70),
        ) {
            let ontology = ontology(&parents);
            let chosen: Vec<Wnid> = chosen.into_iter().rev().map(wnid).filter(|wnid| ontology.contains(*wnid)).collect();
            let rollup = Rollup::new(&ontology, &chosen);
            for node in ontology.wnids() {
                let subtree = ontology.subtree(*node, EdgeKind::IsAOrInstance, None);
                let expected: Vec<usize> = (0..chosen.len()).filter(|place| subtree.contains(&chosen[*place])).collect();
                prop_assert_eq!(rollup.below(*node).collect::<Vec<_>>(), expected.clone());
                prop_assert_eq!(rollup.contains(*node), !expected.is_empty());
                let children = ontology.children(*node);
                let kept: Vec<Wnid> = children.into_iter().filter(|child| rollup.contains(*child)).collect();
                prop_assert_eq!(rollup.children(*node), if expected.is_empty() { Vec::new() } else { kept });
            }
            for root in rollup.roots() {
                prop_assert!(ontology.hypernyms(root, EdgeKind::IsAOrInstance).is_empty());
            }
        }
    }

    #[test]
    fn a_synset_with_two_parents_is_below_their_parent_once() {
        let sets =
            [vec![], vec![0], vec![0], vec![1, 2]].map(|list| list.into_iter().collect::<BTreeSet<u32>>());
        let rollup = Rollup::new(&ontology(&sets), &[wnid(3)]);
        assert_eq!(rollup.below(wnid(0)).count(), 1);
        assert_eq!(rollup.roots(), [wnid(0)]);
        assert_eq!(rollup.children(wnid(0)), [wnid(1), wnid(2)]);
    }
}
