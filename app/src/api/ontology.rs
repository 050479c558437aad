//! What screens show of WordNet.

use serde::{Deserialize, Serialize};

/// A synset in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynsetLine {
    /// WordNet id.
    pub wnid: String,
    /// The synonyms, first lemma first.
    pub words: Vec<String>,
    /// What it is.
    pub definition: String,
    /// Synsets in its is-a subtree, itself included.
    pub subtree: u32,
}

/// Everything that a synset's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynsetPage {
    /// The synset itself.
    pub synset: SynsetLine,
    /// How it is used in a sentence.
    pub examples: Vec<String>,
    /// The Wikipedia article of the first lemma.
    pub wikipedia: String,
    /// Each path from a root down to this synset, both included.
    pub paths: Vec<Vec<SynsetLine>>,
    /// True when there are more paths than are shown.
    pub paths_cut: bool,
    /// Direct hyponyms.
    pub children: Vec<SynsetLine>,
    /// Direct instances (`@i`), like a named dog of the synset dog.
    pub instances: Vec<SynsetLine>,
    /// Other children of its hypernyms.
    pub siblings: Vec<SynsetLine>,
    /// Projects that collect images for it: id and name.
    pub projects: Vec<(i64, String)>,
}
