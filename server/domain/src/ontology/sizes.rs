//! How large subtrees are, and how many of some synsets lie in each: counted once for all, since trees and searches show
//! hundreds of them at a time.

use std::collections::HashMap;

use super::edges::Edges;
use super::{EdgeKind, Ontology};
use crate::wnid::Wnid;

impl Ontology {
    /// Synsets in the is-a subtree, itself included, each counted once; 0 for an unknown synset.
    pub fn subtree_size(&self, wnid: Wnid) -> u32 {
        self.index_of(wnid).and_then(|node| self.sizes.get(node as usize)).copied().unwrap_or(0)
    }

    /// Of the members, how many lie in the is-a subtree of each synset that has any, itself included, each counted once.
    pub fn counts_below(&self, members: &[Wnid]) -> HashMap<Wnid, u32> {
        let parents = self.parents.of_kind(EdgeKind::IsA);
        let mut climb = Climb::new(parents.len());
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for node in members.iter().filter_map(|&wnid| self.index_of(wnid)) {
            climb.above(parents, node, |above| *counts.entry(above).or_default() += 1);
        }
        counts.into_iter().filter_map(|(node, count)| Some((self.wnid_at(node)?, count))).collect()
    }
}

/// The size of each node's subtree: every node counts for itself and for each of its ancestors, once.
pub(super) fn sizes(parents: &Edges) -> Vec<u32> {
    let mut climb = Climb::new(parents.len());
    let mut sizes = vec![0; parents.len()];
    for node in parents.nodes() {
        climb.above(parents, node, |above| {
            if let Some(size) = sizes.get_mut(above as usize) {
                *size += 1;
            }
        });
    }
    sizes
}

/// Visits ancestors again and again without clearing what it has marked: a mark is the number of the climb.
struct Climb {
    marks: Vec<u32>,
    number: u32,
    way: Vec<u32>,
}

impl Climb {
    fn new(nodes: usize) -> Self {
        Self { marks: vec![0; nodes], number: 0, way: Vec::new() }
    }

    /// Calls `visit` with the node and each of its ancestors, once.
    fn above(&mut self, parents: &Edges, node: u32, mut visit: impl FnMut(u32)) {
        self.number += 1;
        self.way.clear();
        self.push(node);
        while let Some(node) = self.way.pop() {
            visit(node);
            for &parent in parents.of(node) {
                self.push(parent);
            }
        }
    }

    fn push(&mut self, node: u32) {
        if let Some(mark) = self.marks.get_mut(node as usize)
            && *mark != self.number
        {
            *mark = self.number;
            self.way.push(node);
        }
    }
}
