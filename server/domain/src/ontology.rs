//! The noun hierarchy in memory: which synset is whose parent, in a graph where many have several.
//!
//! All nouns of WordNet take about 25 MB, most of it text. It never changes after [`Ontology::new`], so that
//! one is shared by all.

use thiserror::Error;

use crate::wnid::Wnid;
use crate::wordnet::Synset;

pub(crate) mod edges;
mod listing;
mod pools;
mod rollup;
mod search;
mod selection;
mod sizes;
mod starting_points;
mod walk;

pub use listing::{ListProblem, Wrong};
pub use pools::Pools;
pub use rollup::Rollup;
pub use search::{Hit, Match};
pub use selection::{Branch, Chosen, Selection};
pub use starting_points::{BEGINNERS, PAPER_ROOTS};
pub use walk::{Depth, MAX_PATHS, Paths};

use edges::{Edges, topological_order};
use search::WordIndex;

/// Which links count as "is below".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EdgeKind {
    /// WordNet's `@` alone: kinds, as the paper counts its subtrees.
    IsA,
    /// `@` and `@i`: kinds, and named instances such as persons and places.
    IsAOrInstance,
}

/// One synset as [`Ontology::new`] takes it, from the database or from WordNet's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub wnid: Wnid,
    /// Its synonyms in WordNet's order, at least one.
    pub words: Vec<String>,
    /// The gloss without its examples.
    pub definition: String,
    /// The examples of the gloss.
    pub examples: Vec<String>,
    /// Its parents over `@`.
    pub hypernyms: Vec<Wnid>,
    /// Its parents over `@i`.
    pub instance_hypernyms: Vec<Wnid>,
}

impl From<Synset> for Node {
    fn from(synset: Synset) -> Self {
        let Synset {
            wnid,
            words,
            definition,
            examples,
            hypernyms,
            instance_hypernyms,
            lexicographer_file: _,
        } = synset;
        Self { wnid, words, definition, examples, hypernyms, instance_hypernyms }
    }
}

/// Why a set of nodes is no ontology.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OntologyError {
    /// The same wnid twice.
    #[error("synset {0} is there twice: each synset once would be right")]
    RepeatedSynset(Wnid),
    /// A synset that nobody could name.
    #[error(
        "synset {0} has no words, or an empty one: at least one word, none of them empty, would be right"
    )]
    NoWords(Wnid),
    /// A control character in a word, the definition or an example.
    #[error("a text of synset {0} has a control character: only printed characters would be right")]
    ControlCharacter(Wnid),
    /// A parent that is not among the nodes.
    #[error("hypernym {hypernym} of synset {wnid} is not there: import all of WordNet's nouns again")]
    UnknownHypernym {
        /// The child.
        wnid: Wnid,
        /// The parent that is missing.
        hypernym: Wnid,
    },
    /// The same parent twice, be it over one kind of link or over both.
    #[error("synset {wnid} has hypernym {hypernym} twice: each hypernym once would be right")]
    RepeatedHypernym {
        /// The child.
        wnid: Wnid,
        /// The parent.
        hypernym: Wnid,
    },
    /// A synset above itself.
    #[error("synset {0} is its own ancestor: hypernyms that form no cycle would be right")]
    Cycle(Wnid),
    /// More than 32-bit numbers count.
    #[error("the ontology is too large: fewer than 2^32 synsets and 4 GiB of words would be right")]
    TooLarge,
}

/// The directed acyclic graph of synsets, with their texts and a word index.
///
/// Methods that take a wnid which is not in it answer with nothing: an empty list or `None`.
#[derive(Clone, Debug)]
pub struct Ontology {
    /// Ascending: a synset's place here is its index everywhere below.
    wnids: Vec<Wnid>,
    records: Vec<Record>,
    /// Words, definition and examples of all synsets, one after another; a line feed between words, and
    /// between examples.
    text: String,
    parents: Links,
    children: Links,
    depths: Vec<Depth>,
    /// Synsets in each one's is-a subtree.
    sizes: Vec<u32>,
    index: WordIndex,
}

/// Where the texts of a synset end in [`Ontology::text`]; they start where the previous synset's end.
#[derive(Clone, Copy, Debug, Default)]
struct Record {
    words_end: usize,
    definition_end: usize,
    examples_end: usize,
}

#[derive(Clone, Debug)]
struct Links {
    is_a: Edges,
    both: Edges,
}

impl Links {
    fn of_kind(&self, kind: EdgeKind) -> &Edges {
        match kind {
            EdgeKind::IsA => &self.is_a,
            EdgeKind::IsAOrInstance => &self.both,
        }
    }
}

/// What the ontology knows about one synset, borrowed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its id.
    pub wnid: Wnid,
    /// The gloss without its examples.
    pub definition: &'a str,
    words: &'a str,
    examples: &'a str,
}

impl<'a> Entry<'a> {
    /// Its synonyms in WordNet's order, at least one.
    pub fn words(self) -> impl Iterator<Item = &'a str> {
        self.words.split('\n')
    }

    /// The first of its words, by which it is called.
    pub fn first_word(self) -> &'a str {
        self.words.split_once('\n').map_or(self.words, |(first, _)| first)
    }

    /// The examples of the gloss; often none.
    pub fn examples(self) -> impl Iterator<Item = &'a str> {
        self.examples.split('\n').filter(|example| !example.is_empty())
    }
}

impl Ontology {
    /// Builds the graph; the order of the nodes does not matter. No nodes at all make an empty ontology.
    ///
    /// All parents must be among the nodes, and no synset may be its own ancestor.
    pub fn new(nodes: impl IntoIterator<Item = Node>) -> Result<Self, OntologyError> {
        let mut nodes: Vec<Node> = nodes.into_iter().collect();
        nodes.sort_unstable_by_key(|node| node.wnid);
        let wnids: Vec<Wnid> = nodes.iter().map(|node| node.wnid).collect();
        u32::try_from(wnids.len()).map_err(|_| OntologyError::TooLarge)?;
        if let Some((wnid, _)) = wnids.iter().zip(wnids.iter().skip(1)).find(|(a, b)| a == b) {
            return Err(OntologyError::RepeatedSynset(*wnid));
        }
        let (text, records) = gather_texts(&nodes)?;
        let parents = resolve_parents(&nodes, &wnids)?;
        drop(nodes);
        let children = Links { is_a: parents.is_a.reversed(), both: parents.both.reversed() };
        let order = topological_order(&parents.both, &children.both).map_err(|inside| {
            wnids.get(inside as usize).map_or(OntologyError::TooLarge, |&wnid| OntologyError::Cycle(wnid))
        })?;
        let depths = walk::depths(&parents.both, &order);
        let sizes = sizes::sizes(&parents.is_a);
        let mut ontology =
            Self { wnids, records, text, parents, children, depths, sizes, index: WordIndex::default() };
        ontology.index = WordIndex::new(&ontology)?;
        Ok(ontology)
    }

    /// How many synsets there are.
    pub fn len(&self) -> usize {
        self.wnids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.wnids.is_empty()
    }

    /// Whether the synset is there.
    pub fn contains(&self, wnid: Wnid) -> bool {
        self.index_of(wnid).is_some()
    }

    /// All wnids, ascending.
    pub fn wnids(&self) -> &[Wnid] {
        &self.wnids
    }

    /// The synset's words and gloss.
    pub fn get(&self, wnid: Wnid) -> Option<Entry<'_>> {
        self.entry(self.index_of(wnid)?)
    }

    fn entry(&self, index: u32) -> Option<Entry<'_>> {
        let index = index as usize;
        let start = match index.checked_sub(1) {
            None => 0,
            Some(previous) => self.records.get(previous)?.examples_end,
        };
        let Record { words_end, definition_end, examples_end } = *self.records.get(index)?;
        Some(Entry {
            wnid: *self.wnids.get(index)?,
            words: self.text.get(start..words_end)?,
            definition: self.text.get(words_end..definition_end)?,
            examples: self.text.get(definition_end..examples_end)?,
        })
    }

    fn index_of(&self, wnid: Wnid) -> Option<u32> {
        place(&self.wnids, wnid)
    }

    fn wnid_at(&self, index: u32) -> Option<Wnid> {
        self.wnids.get(index as usize).copied()
    }

    /// The wnids of indices that came out of this ontology.
    fn named(&self, indices: impl IntoIterator<Item = u32>) -> Vec<Wnid> {
        indices.into_iter().filter_map(|index| self.wnid_at(index)).collect()
    }
}

fn place(wnids: &[Wnid], wnid: Wnid) -> Option<u32> {
    wnids.binary_search(&wnid).ok().and_then(|index| u32::try_from(index).ok())
}

fn gather_texts(nodes: &[Node]) -> Result<(String, Vec<Record>), OntologyError> {
    let mut text = String::new();
    let mut records = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Node { wnid, words, definition, examples, .. } = node;
        if words.is_empty() || words.iter().any(String::is_empty) {
            return Err(OntologyError::NoWords(*wnid));
        }
        let mut texts = words.iter().chain([definition]).chain(examples);
        if texts.any(|text| text.chars().any(char::is_control)) {
            return Err(OntologyError::ControlCharacter(*wnid));
        }
        push_lines(&mut text, words);
        let words_end = text.len();
        text.push_str(definition);
        let definition_end = text.len();
        push_lines(&mut text, examples);
        records.push(Record { words_end, definition_end, examples_end: text.len() });
    }
    text.shrink_to_fit();
    Ok((text, records))
}

fn push_lines(text: &mut String, lines: &[String]) {
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        text.push_str(line);
    }
}

fn resolve_parents(nodes: &[Node], wnids: &[Wnid]) -> Result<Links, OntologyError> {
    let (mut is_a, mut both) = (Vec::with_capacity(nodes.len()), Vec::with_capacity(nodes.len()));
    for Node { wnid, hypernyms, instance_hypernyms, .. } in nodes {
        let mut parents = Vec::with_capacity(hypernyms.len() + instance_hypernyms.len());
        for &hypernym in hypernyms.iter().chain(instance_hypernyms) {
            let Some(parent) = place(wnids, hypernym) else {
                return Err(OntologyError::UnknownHypernym { wnid: *wnid, hypernym });
            };
            if parents.contains(&parent) {
                return Err(OntologyError::RepeatedHypernym { wnid: *wnid, hypernym });
            }
            parents.push(parent);
        }
        is_a.push(parents.iter().copied().take(hypernyms.len()).collect::<Vec<u32>>());
        both.push(parents);
    }
    Ok(Links { is_a: Edges::from_lists(is_a), both: Edges::from_lists(both) })
}

#[cfg(test)]
mod tests;
