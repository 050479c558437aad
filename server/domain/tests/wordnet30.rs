//! The real WordNet 3.0: the figures of the paper and of WordNet itself must come out of it.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a helper of tests fails the test")]

use std::path::PathBuf;
use std::sync::LazyLock;

use domain::ontology::{BEGINNERS, Branch, EdgeKind, Match, Node, Ontology, PAPER_ROOTS, Selection, Wrong};
use domain::wnid::Wnid;
use domain::wordnet::{self, NOUN_SYNSETS, Synset};

/// The roots of the 12 subtrees of Deng et al., CVPR 2009, section 2.
const PAPER: [(&str, &str); 12] = [
    ("mammal", "n01861778"),
    ("bird", "n01503061"),
    ("fish", "n02512053"),
    ("reptile", "n01661091"),
    ("amphibian", "n01627424"),
    ("vehicle", "n04524313"),
    ("furniture", "n03405725"),
    ("musical instrument", "n03800933"),
    ("geological formation", "n09287968"),
    ("tool", "n04451818"),
    ("flower", "n11669921"),
    ("fruit", "n13134947"),
];

static SYNSETS: LazyLock<Vec<Synset>> = LazyLock::new(|| {
    let text = std::fs::read_to_string(data_noun()).expect("data.noun can be read");
    wordnet::parse_nouns(&text, "data.noun").expect("WordNet 3.0 is well formed")
});

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| {
    Ontology::new(SYNSETS.iter().cloned().map(Node::from)).expect("WordNet 3.0 is an ontology")
});

/// The first `data.noun` in the folder that `SYNVOTE_WORDNET` names, the system's, and the one that `make
/// test` fills.
fn data_noun() -> PathBuf {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = variable("SYNVOTE_WORDNET") {
        let file = folder.join("data.noun");
        assert!(
            file.is_file(),
            "SYNVOTE_WORDNET names a folder without data.noun: name the one that has WordNet 3.0's"
        );
        return file;
    }
    let cache = variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")));
    let cached = cache.map(|cache| cache.join("synvote/wordnet/usr/share/wordnet"));
    [Some(PathBuf::from("/usr/share/wordnet")), cached]
        .into_iter()
        .flatten()
        .map(|folder| folder.join("data.noun"))
        .find(|file| file.is_file())
        .expect(
            "WordNet 3.0 is missing: run `make test`, which fetches it, or install Debian's package wordnet-base, or set \
             SYNVOTE_WORDNET to the folder that contains data.noun",
        )
}

fn wnid(text: &str) -> Wnid {
    Wnid::parse(text).unwrap()
}

#[test]
fn it_has_82115_noun_synsets_of_version_3_0() {
    assert_eq!(SYNSETS.len(), 82_115);
    assert_eq!(NOUN_SYNSETS, 82_115);
    wordnet::check_version(&SYNSETS).unwrap();
}

#[test]
fn its_words_and_links_add_up() {
    let sum = |count: fn(&Synset) -> usize| SYNSETS.iter().map(count).sum::<usize>();
    assert_eq!(sum(|synset| synset.words.len()), 146_347);
    assert_eq!(sum(|synset| synset.hypernyms.len()), 75_850);
    assert_eq!(sum(|synset| synset.instance_hypernyms.len()), 8_577);
}

#[test]
fn the_dog_is_read_whole() {
    let dog = SYNSETS.iter().find(|synset| synset.wnid == wnid("n02084071")).unwrap();
    assert_eq!(dog.words, ["dog", "domestic dog", "Canis familiaris"]);
    assert_eq!(
        dog.definition,
        "a member of the genus Canis (probably descended from the common wolf) that has been domesticated by man \
         since prehistoric times; occurs in many breeds"
    );
    assert_eq!(dog.examples, ["the dog barked all night"]);
    assert_eq!(dog.hypernyms, [wnid("n02083346"), wnid("n01317541")]);
    assert_eq!(dog.lexicographer_file, 5);
}

#[test]
fn no_gloss_loses_a_letter_and_few_keep_a_stray_mark() {
    let text = std::fs::read_to_string(data_noun()).unwrap();
    let glosses =
        text.lines().filter(|line| !line.starts_with("  ")).filter_map(|line| line.split_once(" | "));
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    for (synset, (_, gloss)) in SYNSETS.iter().zip(glosses) {
        let kept =
            letters(&synset.definition) + synset.examples.iter().map(|text| letters(text)).sum::<usize>();
        assert_eq!(kept, letters(gloss), "{}", synset.wnid);
    }
    let odd = |text: &String| text.matches('"').count() % 2 == 1;
    let stray =
        SYNSETS.iter().filter(|synset| odd(&synset.definition) || synset.examples.iter().any(odd)).count();
    assert!(stray <= 4, "{stray} glosses have a quotation mark without its pair");
}

#[test]
fn the_twelve_subtrees_of_the_paper_have_5247_synsets() {
    let roots = PAPER.map(|(_, root)| wnid(root));
    for ((word, _), root) in PAPER.iter().zip(roots) {
        assert!(ONTOLOGY.get(root).unwrap().words().any(|other| other == *word), "{root} is not {word}");
    }
    assert_eq!(ONTOLOGY.union_of_subtrees(&roots, EdgeKind::IsA).len(), 5_247);
}

#[test]
fn the_subtree_of_dog_has_190_synsets() {
    let subtree = ONTOLOGY.subtree(wnid("n02084071"), EdgeKind::IsA, None);
    assert_eq!(subtree.len(), 190);
    assert_eq!(subtree[0], wnid("n02084071"));
}

#[test]
fn more_than_a_thousand_synsets_keep_several_parents() {
    let several =
        ONTOLOGY.wnids().iter().filter(|&&synset| ONTOLOGY.hypernyms(synset, EdgeKind::IsA).len() > 1);
    assert!(several.count() > 1000);
}

#[test]
fn everything_is_below_entity_and_nothing_above_itself() {
    assert_eq!(ONTOLOGY.roots(), [wnid("n00001740")]);
    assert_eq!(ONTOLOGY.subtree(wnid("n00001740"), EdgeKind::IsAOrInstance, None).len(), 82_115);
    for &synset in ONTOLOGY.wnids() {
        let depth = ONTOLOGY.depth(synset).unwrap();
        assert!(depth.min <= depth.max);
        for parent in ONTOLOGY.hypernyms(synset, EdgeKind::IsAOrInstance) {
            assert!(ONTOLOGY.depth(parent).unwrap().max < depth.max, "{parent} is not above {synset}");
        }
    }
}

#[test]
fn no_synset_has_more_paths_than_are_shown() {
    assert!(ONTOLOGY.wnids().iter().all(|&synset| !ONTOLOGY.paths(synset).unwrap().cut));
    let dog = ONTOLOGY.paths(wnid("n02084071")).unwrap();
    assert_eq!(dog.paths.len(), 2);
    let depth = ONTOLOGY.depth(wnid("n02084071")).unwrap();
    let mut lengths: Vec<u32> = dog.paths.iter().map(|path| path.len() as u32 - 1).collect();
    lengths.sort_unstable();
    assert_eq!(lengths, [depth.min, depth.max]);
}

#[test]
fn a_search_finds_what_people_mean() {
    let dogs = ONTOLOGY.search("dog", 20);
    assert_eq!((dogs[0].wnid, dogs[0].matched), (wnid("n02084071"), Match::Word));
    assert!(dogs.iter().any(|hit| hit.matched == Match::Prefix));
    let dalmatian = ONTOLOGY.search("dalm", 20);
    assert!(dalmatian.iter().any(|hit| hit.wnid == wnid("n02110341") && hit.word == "dalmatian"));
    let by_id = ONTOLOGY.search("n02084071", 20);
    assert_eq!((by_id.len(), by_id[0].wnid, by_id[0].word.as_str()), (1, wnid("n02084071"), "dog"));
    let setters = ONTOLOGY.search("setter", 20);
    assert!(setters.iter().any(|hit| hit.word == "English setter" && hit.matched == Match::Inner));
    assert_eq!(ONTOLOGY.search("ENGLISH_SETTER", 1)[0].word, "English setter");
}

#[test]
fn wikipedia_is_asked_for_the_first_word() {
    let url = domain::wikipedia::wikipedia_url(ONTOLOGY.get(wnid("n02123394")).unwrap().first_word());
    assert_eq!(url, "https://en.wikipedia.org/wiki/Persian_cat");
}

#[test]
fn the_size_of_a_subtree_is_what_walking_through_it_finds() {
    for wnid in ONTOLOGY.wnids().iter().step_by(97) {
        let walked = ONTOLOGY.subtree(*wnid, EdgeKind::IsA, None).len() as u32;
        assert_eq!(ONTOLOGY.subtree_size(*wnid), walked, "{wnid}");
    }
    assert_eq!(ONTOLOGY.subtree_size(wnid("n02084071")), 190);
}

#[test]
fn counts_below_meet_each_member_once_although_many_ways_lead_up() {
    let dogs = ONTOLOGY.subtree(wnid("n02084071"), EdgeKind::IsA, None);
    let counts = ONTOLOGY.counts_below(&dogs);
    assert_eq!(counts[&wnid("n02084071")], 190);
    // A dog is a canine and a domestic animal, and all of it is an animal once.
    assert_eq!((counts[&wnid("n02083346")], counts[&wnid("n01317541")]), (190, 190));
    assert_eq!((counts[&wnid("n00015388")], counts[&wnid("n00001740")]), (190, 190));
    assert_eq!(counts.get(&wnid("n02121620")), None, "no dog is a cat");
}

fn branch(root: &str, depth: Option<u32>) -> Branch {
    Branch { root: wnid(root), depth }
}

#[test]
fn the_papers_subtrees_are_one_selection() {
    let branches = PAPER.iter().map(|(_, root)| branch(root, None)).collect();
    let chosen = ONTOLOGY.select(&Selection { branches, ..Selection::default() });
    assert_eq!(chosen.len(), 5_247);
    let walked = ONTOLOGY.union_of_subtrees(&PAPER.map(|(_, root)| wnid(root)), EdgeKind::IsA);
    let mut walked: Vec<Wnid> = walked;
    walked.sort_unstable();
    assert_eq!(chosen.iter().map(|chosen| chosen.wnid).collect::<Vec<_>>(), walked);
}

#[test]
fn a_depth_limit_counts_levels_from_its_own_root() {
    let limited = |depth| {
        let branches = vec![branch("n02084071", Some(depth))];
        ONTOLOGY.select(&Selection { branches, ..Selection::default() })
    };
    assert_eq!(limited(0).len(), 1);
    assert_eq!(limited(1).len(), 1 + ONTOLOGY.hyponyms(wnid("n02084071"), EdgeKind::IsA).len());
    assert!(limited(2).iter().all(|chosen| chosen.level.is_some_and(|level| level <= 2)));
    // The deeper limit of two overlapping subtrees wins for what lies in both.
    let both = vec![branch("n02083346", Some(1)), branch("n02084071", None)];
    let chosen = ONTOLOGY.select(&Selection { branches: both, ..Selection::default() });
    assert!(chosen.len() > 190);
}

#[test]
fn a_branch_that_is_left_out_goes_with_what_only_it_leads_to() {
    let select = |without: &[&str], single: &[&str]| {
        let list = |wnids: &[&str]| wnids.iter().map(|text| wnid(text)).collect();
        let branches = vec![branch("n02083346", None)];
        ONTOLOGY.select(&Selection { branches, without: list(without), single: list(single) })
    };
    let all = select(&[], &[]);
    let without_dogs = select(&["n02084071"], &[]);
    assert_eq!(all.len() - without_dogs.len(), 190, "every dog is a canine by way of dog alone");
    let one_back = select(&["n02084071"], &["n02110341"]);
    assert_eq!(one_back.len(), without_dogs.len() + 1, "what is named by itself comes back");
    assert!(one_back.iter().any(|chosen| chosen.wnid == wnid("n02110341") && chosen.level.is_none()));
    // Left out of domestic animal, a dog is still a canine.
    let branches = vec![branch("n01317541", None), branch("n02083346", None)];
    let dog = wnid("n02084071");
    let chosen =
        ONTOLOGY.select(&Selection { branches, without: vec![wnid("n01317541")], single: Vec::new() });
    assert!(chosen.iter().any(|chosen| chosen.wnid == dog));
}

#[test]
fn a_pasted_list_takes_wnids_and_words_with_one_meaning() {
    let (synsets, problems) =
        ONTOLOGY.read_list("n02084071 n02110341\ngrand piano, WHIPPET;\n\n Persian_cat\n");
    let words: Vec<&str> = synsets.iter().map(|wnid| ONTOLOGY.get(*wnid).unwrap().first_word()).collect();
    assert_eq!(words, ["dog", "dalmatian", "grand piano", "whippet", "Persian cat"]);
    assert!(problems.is_empty());
}

#[test]
fn a_list_says_which_entry_on_which_line_names_no_synset() {
    let (synsets, problems) = ONTOLOGY.read_list("n02084071\nn99999999, dog\nqwertz");
    assert_eq!(synsets, [wnid("n02084071")]);
    let found: Vec<(usize, &str)> = problems.iter().map(|p| (p.line, p.entry.as_str())).collect();
    assert_eq!(found, [(2, "n99999999"), (2, "dog"), (3, "qwertz")]);
    assert_eq!((&problems[0].wrong, &problems[2].wrong), (&Wrong::UnknownWnid, &Wrong::UnknownWord));
    let Wrong::Ambiguous(meanings) = &problems[1].wrong else { panic!("{:?}", problems[1]) };
    assert!(meanings.len() > 3 && meanings[0] == wnid("n02084071"));
}

#[test]
fn the_starting_points_are_the_papers_and_wordnets_own() {
    assert_eq!(ONTOLOGY.at_offsets(&PAPER_ROOTS), PAPER.map(|(_, root)| wnid(root)));
    let words: Vec<&str> = ONTOLOGY
        .at_offsets(&BEGINNERS)
        .iter()
        .map(|wnid| ONTOLOGY.get(*wnid).unwrap().first_word())
        .collect();
    assert_eq!(words.len(), 25);
    assert_eq!(words[..5], ["act", "animal", "artifact", "attribute", "body"]);
    assert_eq!(words[20..], ["relation", "shape", "state", "substance", "time"]);
}

#[test]
fn what_cant_be_photographed_is_told_from_things() {
    let justice = ONTOLOGY.meanings("justice")[0];
    let rhine = ONTOLOGY.meanings("Rhine")[0];
    let some = [wnid("n02084071"), justice, rhine, wnid("n00001740")];
    assert_eq!(ONTOLOGY.abstract_among(&some), [justice, wnid("n00001740")]);
    assert!(ONTOLOGY.is_instance(rhine) && !ONTOLOGY.is_instance(wnid("n02084071")));
    let paper = ONTOLOGY.union_of_subtrees(&PAPER.map(|(_, root)| wnid(root)), EdgeKind::IsA);
    assert_eq!(ONTOLOGY.abstract_among(&paper), [], "all of the paper's synsets are things");
}
