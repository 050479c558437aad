//! WordNet as a tree to look around in, although many synsets have several parents.

use super::line;
use app::api::selection::{Start, TreeGroup, TreeNode, TreePage};
use domain::ontology::{BEGINNERS, EdgeKind, Ontology, PAPER_ROOTS};
use domain::wnid::Wnid;
use std::collections::{HashMap, HashSet};

/// Kinds shown below one node.
const MAX_KINDS: usize = 300;
/// Rows of one tree.
const MAX_ROWS: usize = 2_000;

/// What marks the nodes.
struct Marks<'a> {
    ontology: &'a Ontology,
    open: HashSet<Wnid>,
    seeded: HashSet<Wnid>,
    counts: HashMap<Wnid, u32>,
    rows_left: usize,
}

/// The usual starting points: the paper's subtrees, WordNet's unique beginners, the root of all.
pub fn starting_points(
    ontology: &Ontology,
    open: &[String],
    seeded: &[Wnid],
    chosen: &HashSet<Wnid>,
) -> TreePage {
    let mut marks = Marks::new(ontology, open, seeded);
    let groups = [
        (Start::Paper, ontology.at_offsets(&PAPER_ROOTS)),
        (Start::Beginners, ontology.at_offsets(&BEGINNERS)),
        (Start::Root, ontology.roots()),
    ];
    let groups = groups
        .into_iter()
        .filter(|(_, wnids)| !wnids.is_empty())
        .map(|(start, wnids)| TreeGroup {
            start: Some(start),
            nodes: wnids.into_iter().filter_map(|wnid| marks.node(wnid, None, chosen)).collect(),
        })
        .collect();
    TreePage { groups, paths: Vec::new() }
}

/// The tree from one synset on, which is open, and the ways down to it.
pub fn from(ontology: &Ontology, at: Wnid, open: &[String], seeded: &[Wnid]) -> TreePage {
    let mut marks = Marks::new(ontology, open, seeded);
    marks.open.insert(at);
    let lines = |way: Vec<Wnid>| way.into_iter().filter_map(|wnid| line(ontology, wnid)).collect();
    let paths =
        ontology.paths(at).map(|paths| paths.paths.into_iter().map(lines).collect()).unwrap_or_default();
    let nodes = marks.node(at, None, &HashSet::new()).into_iter().collect();
    TreePage { groups: vec![TreeGroup { start: None, nodes }], paths }
}

impl<'a> Marks<'a> {
    fn new(ontology: &'a Ontology, open: &[String], seeded: &[Wnid]) -> Self {
        Self {
            ontology,
            open: open.iter().filter_map(|wnid| Wnid::parse(wnid).ok()).collect(),
            seeded: seeded.iter().copied().collect(),
            counts: ontology.counts_below(seeded),
            rows_left: MAX_ROWS,
        }
    }

    fn node(&mut self, wnid: Wnid, under: Option<Wnid>, chosen: &HashSet<Wnid>) -> Option<TreeNode> {
        let ontology = self.ontology;
        let synset = line(ontology, wnid)?;
        self.rows_left = self.rows_left.saturating_sub(1);
        let mut kinds = ontology.hyponyms(wnid, EdgeKind::IsA);
        let number = kinds.len();
        let is_open = self.open.contains(&wnid) && number > 0;
        let name = |wnid: &Wnid| ontology.get(*wnid).map(|entry| entry.first_word().to_lowercase());
        let mut below = Vec::new();
        if is_open {
            kinds.sort_by_cached_key(name);
            for kind in kinds.into_iter().take(MAX_KINDS.min(self.rows_left)) {
                below.extend(self.node(kind, Some(wnid), chosen));
            }
        }
        let others = ontology.hypernyms(wnid, EdgeKind::IsAOrInstance).into_iter();
        let also_under = others
            .filter(|parent| under.is_some_and(|under| under != *parent))
            .filter_map(|parent| Some((parent.to_string(), ontology.get(parent)?.first_word().to_owned())))
            .collect();
        let cut = if is_open { number - below.len() } else { 0 };
        Some(TreeNode {
            kinds: u32::try_from(number).unwrap_or(u32::MAX),
            is_seeded: self.seeded.contains(&wnid),
            seeded: self.counts.get(&wnid).copied().unwrap_or(0),
            is_chosen: chosen.contains(&wnid),
            also_under,
            below,
            cut: u32::try_from(cut).unwrap_or(u32::MAX),
            is_open,
            synset,
        })
    }
}
