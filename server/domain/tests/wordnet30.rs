//! The real WordNet 3.0: the figures of the paper and of WordNet itself must come out of it.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a helper of tests fails the test")]

use std::path::PathBuf;
use std::sync::LazyLock;

use domain::ontology::{EdgeKind, Match, Node, Ontology};
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
