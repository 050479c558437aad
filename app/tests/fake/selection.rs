//! A made-up corner of WordNet to choose from.

use super::data::{self, NOW};
use app::api::ontology::SynsetLine;
use app::api::selection::{
    ChosenTree, Level, SeedPage, SeedPreview, SeedRequest, SeedingLine, Start, TreeGroup, TreeNode, TreePage,
    Unusable,
};

fn line(wnid: &str) -> Option<SynsetLine> {
    data::synsets().into_iter().find(|synset| synset.wnid == wnid)
}

fn node(synset: SynsetLine, open: &[String], chosen: bool) -> TreeNode {
    let is_dog = synset.wnid == "n02084071";
    let is_open = open.contains(&synset.wnid);
    let below: Vec<TreeNode> = if is_open && is_dog {
        data::synsets().into_iter().skip(1).take(5).map(|kind| node(kind, open, chosen)).collect()
    } else {
        Vec::new()
    };
    TreeNode {
        kinds: if synset.subtree > 1 { 18 } else { 0 },
        is_seeded: synset.wnid == "n02110341",
        is_chosen: chosen,
        seeded: if is_dog { 9 } else { u32::from(synset.wnid == "n02110341") },
        also_under: if is_dog {
            vec![("n01317541".to_owned(), "domestic animal".to_owned())]
        } else {
            Vec::new()
        },
        cut: if below.is_empty() { 0 } else { 13 },
        below,
        is_open,
        synset,
    }
}

pub fn tree(at: &str, open: &[String]) -> TreePage {
    let nodes = data::synsets().into_iter().take(8).map(|synset| node(synset, open, false)).collect();
    let paths = data::synset_page(at).map(|page| page.paths).unwrap_or_default();
    TreePage { groups: vec![TreeGroup { start: Some(Start::Paper), nodes }], paths }
}

pub fn seed_page(request: &SeedRequest, open: &[String], empty: bool) -> SeedPage {
    let roots: Vec<&str> = request.trees.split_whitespace().collect();
    let trees: Vec<ChosenTree> = roots
        .iter()
        .filter_map(|entry| {
            let (root, depth) = entry.split_once(':').unwrap_or((entry, ""));
            Some(ChosenTree { root: line(root)?, depth: depth.parse().ok(), height: 5 })
        })
        .collect();
    let mut unusable = Vec::new();
    if request.list.contains("n99999999") {
        unusable.push(Unusable {
            words: "Line 1: WordNet 3.0 has no noun synset n99999999.".to_owned(),
            meant: data::synsets().into_iter().take(2).collect(),
        });
    }
    let mut tree = tree("", open);
    for node in tree.groups.iter_mut().flat_map(|group| &mut group.nodes) {
        node.is_chosen = trees.iter().any(|tree| tree.root.wnid == node.synset.wnid);
    }
    let chosen = !trees.is_empty() || !request.list.trim().is_empty();
    SeedPage {
        project: (1, "Pets".to_owned()),
        trees,
        without: request.without.split_whitespace().filter_map(line).collect(),
        list: request.list.clone(),
        unusable_in_all: unusable.len() as u32,
        unusable,
        preview: chosen.then(preview),
        tree,
        seedings: if empty { Vec::new() } else { seedings() },
    }
}

fn preview() -> SeedPreview {
    let level = |depth, synsets, new| Level { depth, synsets, new };
    SeedPreview {
        synsets: 412,
        already_seeded: 9,
        leaves: 301,
        levels: vec![
            level(Some(0), 1, 1),
            level(Some(1), 18, 18),
            level(Some(2), 390, 381),
            level(None, 3, 3),
        ],
        abstract_synsets: data::synsets().into_iter().take(2).collect(),
        abstracts: 2,
        instance_synsets: data::synsets().into_iter().skip(2).take(1).collect(),
        instances: 1,
        sample: data::synsets(),
    }
}

fn seedings() -> Vec<SeedingLine> {
    let request = SeedRequest { trees: "n02084071:2".to_owned(), ..SeedRequest::default() };
    let line = |seeding, present, with_images, undone| SeedingLine {
        seeding,
        by: "ada".to_owned(),
        seeded_at: NOW,
        request: request.clone(),
        asked_for: "dog to level 2".to_owned(),
        asked: 412,
        added: 403,
        present,
        with_images,
        with_imports: 0,
        undone,
    };
    vec![line(2, 403, 7, None), line(1, 0, 0, Some((NOW, 403)))]
}
