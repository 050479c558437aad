//! What an admin ticks in the hierarchy: subtrees with a depth of their own, branches that are left out, single synsets.

use std::collections::{HashMap, HashSet};

use super::edges::Edges;
use super::{EdgeKind, Ontology};
use crate::wnid::Wnid;

/// A subtree that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Branch {
    /// Its root.
    pub root: Wnid,
    /// Links from the root that are followed; 0 is the root alone, `None` follows all.
    pub depth: Option<u32>,
}

/// What is wanted of the hierarchy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Subtrees over `@`.
    pub branches: Vec<Branch>,
    /// Branches that no subtree goes into. A synset below one is still chosen where another way leads to it.
    pub without: Vec<Wnid>,
    /// Synsets by themselves; they are chosen whatever is left out.
    pub single: Vec<Wnid>,
}

/// A synset that a selection chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The synset.
    pub wnid: Wnid,
    /// Links from the nearest root of a chosen subtree; `None` for a synset that is chosen by itself alone.
    pub level: Option<u32>,
}

impl Ontology {
    /// The synsets of a selection, each once, ascending by wnid. Synsets that are unknown choose nothing.
    pub fn select(&self, selection: &Selection) -> Vec<Chosen> {
        let without: HashSet<u32> =
            selection.without.iter().filter_map(|&wnid| self.index_of(wnid)).collect();
        let mut levels: HashMap<u32, Option<u32>> = HashMap::new();
        for branch in &selection.branches {
            let Some(root) = self.index_of(branch.root) else { continue };
            let edges = self.children.of_kind(EdgeKind::IsA);
            for (node, level) in levels_below(edges, root, branch.depth, &without) {
                let known = levels.entry(node).or_insert(Some(level));
                *known = known.map(|known| known.min(level));
            }
        }
        for node in selection.single.iter().filter_map(|&wnid| self.index_of(wnid)) {
            levels.entry(node).or_insert(None);
        }
        let mut chosen: Vec<Chosen> = levels
            .into_iter()
            .filter_map(|(node, level)| Some(Chosen { wnid: self.wnid_at(node)?, level }))
            .collect();
        chosen.sort_unstable_by_key(|chosen| chosen.wnid);
        chosen
    }
}

/// Breadth first from the root with the distance of each node, never through a node that is left out.
fn levels_below(edges: &Edges, root: u32, depth: Option<u32>, without: &HashSet<u32>) -> Vec<(u32, u32)> {
    let mut seen: HashSet<u32> = HashSet::new();
    let mut found = Vec::new();
    if !without.contains(&root) && seen.insert(root) {
        found.push((root, 0));
    }
    let mut next = 0;
    while let Some(&(node, level)) = found.get(next) {
        next += 1;
        if depth.is_some_and(|depth| level >= depth) {
            continue;
        }
        for &child in edges.of(node) {
            if !without.contains(&child) && seen.insert(child) {
                found.push((child, level + 1));
            }
        }
    }
    found
}
