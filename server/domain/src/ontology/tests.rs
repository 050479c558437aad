//! The graph on a few synsets, with two parents, instances, and two roots.

use proptest::prelude::*;

use super::*;
use crate::wordnet;

/// entity(1) ← animal(2) ← dog(4), pet(3) ← dog(4) ← dalmatian(5); Rex(6) is an instance of dalmatian; entity
/// ← pet.
fn small() -> Ontology {
    Ontology::new([
        node(6, &["Rex", "Rex the dog"], &[], &[5]),
        node(5, &["dalmatian", "coach dog", "carriage dog"], &[4], &[]),
        node(4, &["dog", "domestic dog"], &[2, 3], &[]),
        node(3, &["pet"], &[1], &[]),
        node(2, &["animal", "dogged thing"], &[1], &[]),
        node(1, &["entity"], &[], &[]),
    ])
    .unwrap()
}

fn node(offset: u32, words: &[&str], hypernyms: &[u32], instance_hypernyms: &[u32]) -> Node {
    Node {
        wnid: wnid(offset),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        definition: format!("what {offset} means"),
        examples: vec![],
        hypernyms: hypernyms.iter().map(|&offset| wnid(offset)).collect(),
        instance_hypernyms: instance_hypernyms.iter().map(|&offset| wnid(offset)).collect(),
    }
}

fn wnid(offset: u32) -> Wnid {
    Wnid::from_offset(offset).unwrap()
}

fn offsets(wnids: impl IntoIterator<Item = Wnid>) -> Vec<u32> {
    wnids.into_iter().map(Wnid::offset).collect()
}

use EdgeKind::{IsA, IsAOrInstance};

#[test]
fn a_synset_keeps_its_texts() {
    let mut dog = node(1, &["dog", "domestic dog"], &[], &[]);
    dog.examples = vec!["the dog barked".to_owned(), "bad dog".to_owned()];
    let ontology = Ontology::new([dog, node(2, &["cat"], &[], &[])]).unwrap();
    let dog = ontology.get(wnid(1)).unwrap();
    assert_eq!(dog.words().collect::<Vec<_>>(), ["dog", "domestic dog"]);
    assert_eq!(dog.first_word(), "dog");
    assert_eq!(dog.definition, "what 1 means");
    assert_eq!(dog.examples().collect::<Vec<_>>(), ["the dog barked", "bad dog"]);
    let cat = ontology.get(wnid(2)).unwrap();
    assert_eq!((cat.first_word(), cat.definition, cat.examples().count()), ("cat", "what 2 means", 0));
    assert_eq!(ontology.get(wnid(3)), None);
}

#[test]
fn neighbours_are_those_of_the_links() {
    let ontology = small();
    assert_eq!(offsets(ontology.hypernyms(wnid(4), IsA)), [2, 3]);
    assert_eq!(offsets(ontology.hypernyms(wnid(6), IsA)), []);
    assert_eq!(offsets(ontology.hypernyms(wnid(6), IsAOrInstance)), [5]);
    assert_eq!(offsets(ontology.hyponyms(wnid(5), IsA)), []);
    assert_eq!(offsets(ontology.children(wnid(5))), [6]);
    assert_eq!(offsets(ontology.siblings(wnid(2))), [3]);
    assert_eq!(offsets(ontology.siblings(wnid(4))), []);
    assert_eq!(offsets(ontology.roots()), [1]);
}

#[test]
fn a_subtree_has_each_synset_once_nearest_first() {
    let ontology = small();
    assert_eq!(offsets(ontology.subtree(wnid(1), IsA, None)), [1, 2, 3, 4, 5]);
    assert_eq!(offsets(ontology.subtree(wnid(1), IsAOrInstance, None)), [1, 2, 3, 4, 5, 6]);
    assert_eq!(offsets(ontology.subtree(wnid(1), IsA, Some(0))), [1]);
    assert_eq!(offsets(ontology.subtree(wnid(1), IsA, Some(2))), [1, 2, 3, 4]);
    assert_eq!(offsets(ontology.subtree(wnid(9), IsA, None)), []);
}

#[test]
fn a_union_of_subtrees_counts_a_shared_synset_once() {
    let ontology = small();
    assert_eq!(offsets(ontology.union_of_subtrees(&[wnid(3), wnid(2), wnid(3)], IsA)), [3, 2, 4, 5]);
}

#[test]
fn ancestors_and_paths_take_every_parent() {
    let ontology = small();
    assert_eq!(offsets(ontology.ancestors(wnid(6))), [5, 4, 2, 3, 1]);
    let Paths { paths, cut } = ontology.paths(wnid(5)).unwrap();
    assert_eq!(paths.into_iter().map(offsets).collect::<Vec<_>>(), [[1, 2, 4, 5], [1, 3, 4, 5]]);
    assert!(!cut);
    assert_eq!(ontology.paths(wnid(1)).unwrap().paths, [[wnid(1)]]);
    assert_eq!(ontology.paths(wnid(9)), None);
}

/// `stages` diamonds, one on the other: 2 to the power of `stages` paths.
fn diamonds(stages: u32) -> Ontology {
    let mut nodes = vec![node(0, &["top"], &[], &[])];
    for top in (0..stages).map(|stage| stage * 3) {
        nodes.push(node(top + 1, &["left"], &[top], &[]));
        nodes.push(node(top + 2, &["right"], &[top], &[]));
        nodes.push(node(top + 3, &["bottom"], &[top + 1, top + 2], &[]));
    }
    Ontology::new(nodes).unwrap()
}

#[test]
fn more_paths_than_the_limit_are_cut_and_said_to_be() {
    let of = |stages: u32| diamonds(stages).paths(wnid(stages * 3)).unwrap();
    assert_eq!((of(6).paths.len(), of(6).cut), (64, false));
    assert_eq!((of(7).paths.len(), of(7).cut), (MAX_PATHS, true));
    assert_eq!(of(2000).paths.len(), MAX_PATHS);
}

#[test]
fn depth_is_told_over_the_shortest_and_the_longest_path() {
    let nodes = [
        node(1, &["a"], &[], &[]),
        node(2, &["b"], &[1], &[]),
        node(3, &["c"], &[2], &[]),
        node(4, &["d"], &[3], &[1]),
    ];
    let ontology = Ontology::new(nodes).unwrap();
    assert_eq!(ontology.depth(wnid(4)), Some(Depth { min: 1, max: 3 }));
    assert_eq!(ontology.depth(wnid(1)), Some(Depth { min: 0, max: 0 }));
    assert_eq!(ontology.depth(wnid(9)), None);
}

#[test]
fn wrong_nodes_are_refused_by_name() {
    let refused = |nodes: Vec<Node>| Ontology::new(nodes).unwrap_err();
    let root = || node(1, &["a"], &[], &[]);
    assert_eq!(refused(vec![root(), root()]), OntologyError::RepeatedSynset(wnid(1)));
    assert_eq!(refused(vec![node(1, &[], &[], &[])]), OntologyError::NoWords(wnid(1)));
    assert_eq!(refused(vec![node(1, &["a", ""], &[], &[])]), OntologyError::NoWords(wnid(1)));
    assert_eq!(refused(vec![node(1, &["a\nb"], &[], &[])]), OntologyError::ControlCharacter(wnid(1)));
    assert_eq!(
        refused(vec![node(1, &["a"], &[7], &[])]),
        OntologyError::UnknownHypernym { wnid: wnid(1), hypernym: wnid(7) }
    );
    assert_eq!(
        refused(vec![root(), node(2, &["b"], &[1], &[1])]),
        OntologyError::RepeatedHypernym { wnid: wnid(2), hypernym: wnid(1) }
    );
    assert_eq!(
        refused(vec![node(1, &["a"], &[2], &[]), node(2, &["b"], &[], &[1]), node(3, &["c"], &[], &[])]),
        OntologyError::Cycle(wnid(1))
    );
}

#[test]
fn an_empty_ontology_answers_with_nothing() {
    let ontology = Ontology::new([]).unwrap();
    assert!(ontology.is_empty());
    assert_eq!(ontology.search("dog", 10), []);
    assert_eq!(ontology.paths(wnid(1)), None);
}

fn found(ontology: &Ontology, query: &str) -> Vec<(u32, String, Match)> {
    ontology.search(query, 10).into_iter().map(|hit| (hit.wnid.offset(), hit.word, hit.matched)).collect()
}

#[test]
fn a_search_ranks_words_then_prefixes_then_inner_words() {
    let ontology = small();
    let hit = |offset, word: &str, matched| (offset, word.to_owned(), matched);
    assert_eq!(
        found(&ontology, " DOG "),
        [
            hit(4, "dog", Match::Word),
            hit(2, "dogged thing", Match::Prefix),
            hit(5, "coach dog", Match::Inner),
            hit(6, "Rex the dog", Match::Inner),
        ]
    );
    assert_eq!(found(&ontology, "coach_d"), [hit(5, "coach dog", Match::Prefix)]);
    assert_eq!(found(&ontology, "n00000005"), [hit(5, "dalmatian", Match::Wnid)]);
    assert_eq!(found(&ontology, "rex"), [hit(6, "Rex", Match::Word)]);
    assert_eq!(found(&ontology, "unicorn"), []);
    assert_eq!(found(&ontology, " _ "), []);
}

#[test]
fn a_first_word_outranks_a_later_one_and_the_limit_holds() {
    let nodes = [
        node(1, &["wolf", "dog"], &[], &[]),
        node(2, &["dog"], &[], &[]),
        node(3, &["cat", "x", "dog"], &[], &[]),
    ];
    let ontology = Ontology::new(nodes).unwrap();
    assert_eq!(found(&ontology, "dog").iter().map(|hit| hit.0).collect::<Vec<_>>(), [2, 1, 3]);
    assert_eq!(ontology.search("dog", 2).len(), 2);
}

#[test]
fn a_parsed_file_becomes_an_ontology() {
    let text = "00000000 03 n 01 thing 0 000 | what is  \n00000041 03 n 01 dog 0 001 @ 00000000 n 0000 | a beast  \n";
    let synsets = wordnet::parse_nouns(text, "data.noun").unwrap();
    let ontology = Ontology::new(synsets.into_iter().map(Node::from)).unwrap();
    assert_eq!(offsets(ontology.subtree(wnid(0), IsA, None)), [0, 41]);
}

/// Synsets whose parents have smaller offsets, so that there is no cycle.
fn graphs() -> impl Strategy<Value = Vec<Node>> {
    let parents = prop::collection::btree_set(0..25u32, 0..4);
    prop::collection::vec((parents, "[ab]( [ab]{1,2}){0,2}", any::<bool>()), 1..25).prop_map(|synsets| {
        synsets
            .into_iter()
            .zip(0..)
            .map(|((parents, word, instance), offset)| {
                let parents: Vec<u32> = parents.into_iter().filter(|&parent| parent < offset).collect();
                let split = if instance { parents.len() / 2 } else { parents.len() };
                node(offset, &[&word], &parents[..split], &parents[split..])
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn a_synset_is_in_a_subtree_exactly_if_the_root_is_an_ancestor(nodes in graphs(), root in 0..25u32) {
        let ontology = Ontology::new(nodes).unwrap();
        let subtree = ontology.subtree(wnid(root), IsAOrInstance, None);
        for &other in ontology.wnids() {
            let below = other == wnid(root) || ontology.ancestors(other).contains(&wnid(root));
            prop_assert_eq!(subtree.contains(&other), below);
        }
        let mut unique = subtree.clone();
        unique.sort_unstable();
        unique.dedup();
        prop_assert_eq!(unique.len(), subtree.len());
    }

    #[test]
    fn depth_spans_the_lengths_of_the_paths(nodes in graphs()) {
        let ontology = Ontology::new(nodes).unwrap();
        for &synset in ontology.wnids() {
            let Paths { paths, cut } = ontology.paths(synset).unwrap();
            let lengths: Vec<u32> = paths.iter().map(|path| path.len() as u32 - 1).collect();
            let depth = ontology.depth(synset).unwrap();
            prop_assert!(lengths.iter().all(|length| (depth.min..=depth.max).contains(length)));
            if !cut {
                prop_assert!(lengths.contains(&depth.min) && lengths.contains(&depth.max));
            }
            for path in paths {
                prop_assert_eq!(path.last(), Some(&synset));
                for step in path.windows(2) {
                    prop_assert!(ontology.children(step[0]).contains(&step[1]));
                }
            }
        }
    }

    #[test]
    fn a_search_finds_exactly_the_words_that_a_look_at_each_finds(nodes in graphs(), query in "[ab]( [ab]?)?") {
        let ontology = Ontology::new(nodes).unwrap();
        let query = query.trim();
        let hits = ontology.search(query, 1000);
        for &synset in ontology.wnids() {
            let word = ontology.get(synset).unwrap().first_word();
            let expected = if word == query {
                Some(Match::Word)
            } else if word.starts_with(query) {
                Some(Match::Prefix)
            } else if word.contains(&format!(" {query}")) {
                Some(Match::Inner)
            } else {
                None
            };
            prop_assert_eq!(hits.iter().find(|hit| hit.wnid == synset).map(|hit| hit.matched), expected);
        }
        prop_assert!(hits.is_sorted_by_key(|hit| hit.matched));
    }
}
