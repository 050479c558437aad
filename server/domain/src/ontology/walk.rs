//! Ways through the hierarchy, each synset met once although many paths lead to it.

use super::edges::{Edges, mark};
use super::{EdgeKind, Ontology};
use crate::wnid::Wnid;

/// The most paths to the root that [`Ontology::paths`] answers with. WordNet's nouns stay below it; a hostile
/// graph could have exponentially many.
pub const MAX_PATHS: usize = 100;

/// How far a synset is below a root, in links of both kinds: a root has 0 and 0.
///
/// With several parents there are several answers: `min` over the shortest path, `max` over the longest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Depth {
    /// Links on the shortest path from a root.
    pub min: u32,
    /// Links on the longest path from a root.
    pub max: u32,
}

/// The ways from a root down to a synset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// At most [`MAX_PATHS`]; each starts with a root and ends with the synset itself.
    pub paths: Vec<Vec<Wnid>>,
    /// Whether there are more than these.
    pub cut: bool,
}

impl Ontology {
    /// The direct parents: those over `@` first, then those over `@i`, each in WordNet's order.
    pub fn hypernyms(&self, wnid: Wnid, kind: EdgeKind) -> Vec<Wnid> {
        self.neighbours(self.parents.of_kind(kind), wnid)
    }

    /// The direct children over links of this kind, ascending.
    pub fn hyponyms(&self, wnid: Wnid, kind: EdgeKind) -> Vec<Wnid> {
        self.neighbours(self.children.of_kind(kind), wnid)
    }

    /// The direct children over links of either kind, ascending.
    pub fn children(&self, wnid: Wnid) -> Vec<Wnid> {
        self.hyponyms(wnid, EdgeKind::IsAOrInstance)
    }

    /// The other children of all its parents, over links of either kind, each once and ascending.
    pub fn siblings(&self, wnid: Wnid) -> Vec<Wnid> {
        let parents = self.hypernyms(wnid, EdgeKind::IsAOrInstance);
        let mut siblings: Vec<Wnid> = parents
            .into_iter()
            .flat_map(|parent| self.children(parent))
            .filter(|&other| other != wnid)
            .collect();
        siblings.sort_unstable();
        siblings.dedup();
        siblings
    }

    /// The synset and everything below it, each once, nearest first; within a distance, in the order of the
    /// parents and then of the wnids. `depth_limit` is in links from the root of the subtree: 0 is the root
    /// alone.
    pub fn subtree(&self, root: Wnid, kind: EdgeKind, depth_limit: Option<u32>) -> Vec<Wnid> {
        self.named(reach(self.children.of_kind(kind), self.index_of(root), depth_limit))
    }

    /// What [`Self::subtree`] gives for any of the roots, each synset once, nearest first.
    pub fn union_of_subtrees(&self, roots: &[Wnid], kind: EdgeKind) -> Vec<Wnid> {
        let roots = roots.iter().filter_map(|&root| self.index_of(root));
        self.named(reach(self.children.of_kind(kind), roots, None))
    }

    /// Everything above it over links of either kind, each once, nearest first, without the synset itself.
    pub fn ancestors(&self, wnid: Wnid) -> Vec<Wnid> {
        self.named(reach(&self.parents.both, self.index_of(wnid), None).into_iter().skip(1))
    }

    /// All ways from a root down to it over links of either kind, up to [`MAX_PATHS`]: the first follows the
    /// first hypernyms. `None` for an unknown synset; a root has one path, itself.
    pub fn paths(&self, wnid: Wnid) -> Option<Paths> {
        let (ways, cut) = ways_up(&self.parents.both, self.index_of(wnid)?);
        let paths = ways.into_iter().map(|way| self.named(way.into_iter().rev())).collect();
        Some(Paths { paths, cut })
    }

    /// How far it is below a root; `None` for an unknown synset.
    pub fn depth(&self, wnid: Wnid) -> Option<Depth> {
        self.depths.get(self.index_of(wnid)? as usize).copied()
    }

    /// The synsets without parents, ascending: in WordNet 3.0 "entity" alone.
    pub fn roots(&self) -> Vec<Wnid> {
        let parents = &self.parents.both;
        self.named(parents.nodes().filter(|&node| parents.of(node).is_empty()))
    }

    fn neighbours(&self, edges: &Edges, wnid: Wnid) -> Vec<Wnid> {
        self.index_of(wnid).map(|node| self.named(edges.of(node).iter().copied())).unwrap_or_default()
    }
}

/// Breadth first from the starts, themselves included, each node once.
pub(super) fn reach(edges: &Edges, starts: impl IntoIterator<Item = u32>, limit: Option<u32>) -> Vec<u32> {
    let mut seen = vec![false; edges.len()];
    let mut found: Vec<u32> = starts.into_iter().filter(|&start| mark(&mut seen, start)).collect();
    let (mut level_start, mut depth) = (0, 0);
    while level_start < found.len() && limit.is_none_or(|limit| depth < limit) {
        let level_end = found.len();
        for place in level_start..level_end {
            let node = found.get(place).copied();
            let next = node.map(|node| edges.of(node)).unwrap_or_default();
            found.extend(next.iter().copied().filter(|&next| mark(&mut seen, next)));
        }
        level_start = level_end;
        depth += 1;
    }
    found
}

/// All ways from the node up to a node without parents, depth first, and whether they were cut at
/// [`MAX_PATHS`].
fn ways_up(parents: &Edges, node: u32) -> (Vec<Vec<u32>>, bool) {
    let mut ways = Vec::new();
    // Each node of the way so far, with the number of its parents that were tried.
    let mut trail = vec![(node, 0)];
    while let Some((node, tried)) = trail.last_mut() {
        let above = parents.of(*node);
        if let Some(&parent) = above.get(*tried) {
            *tried += 1;
            trail.push((parent, 0));
            continue;
        }
        if above.is_empty() {
            if ways.len() == MAX_PATHS {
                return (ways, true);
            }
            ways.push(trail.iter().map(|&(node, _)| node).collect());
        }
        trail.pop();
    }
    (ways, false)
}

/// Each node's depth, given an order in which parents come before their children.
pub(super) fn depths(parents: &Edges, order: &[u32]) -> Vec<Depth> {
    let mut depths = vec![Depth::default(); parents.len()];
    for &node in order {
        let above = parents.of(node).iter().filter_map(|&parent| depths.get(parent as usize).copied());
        let depth = above
            .map(|parent| Depth { min: parent.min + 1, max: parent.max + 1 })
            .reduce(|a, b| Depth { min: a.min.min(b.min), max: a.max.max(b.max) })
            .unwrap_or_default();
        if let Some(place) = depths.get_mut(node as usize) {
            *place = depth;
        }
    }
    depths
}
