//! Finds synsets by what people type: a wnid, a word, or the start of one.

use std::collections::HashSet;

use super::{Ontology, OntologyError};
use crate::wnid::Wnid;

/// How a synset matches a query, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// The query is its wnid.
    Wnid,
    /// The query is one of its words.
    Word,
    /// One of its words starts with the query.
    Prefix,
    /// A later part of one of its words does: "setter" finds "English setter".
    Inner,
}

/// A synset that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The synset.
    pub wnid: Wnid,
    /// The word that matched, as WordNet spells it; the first word if the query is the wnid.
    pub word: String,
    /// How it matched.
    pub matched: Match,
}

/// All words, and all parts of words, in lower case and in order.
#[derive(Clone, Debug, Default)]
pub(super) struct WordIndex {
    text: String,
    /// In the order of their texts.
    parts: Vec<Part>,
}

/// A word from its start, or from the start of a later part, to its end.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// Where the whole word starts in the text.
    word: u32,
    start: u32,
    end: u32,
    node: u32,
    /// Which of the synset's words, from 0.
    lemma: u16,
}

/// Sorts the better hit first: the kind of match; of exact words the synset's first before its later ones;
/// the shorter; then the alphabet, the earlier of the synset's words, and the wnid.
type Rank<'a> = (Match, u16, usize, &'a str, u16, u32);

impl Ontology {
    /// The best `limit` synsets for the query, each once, the best first (see [`Match`]; then the shorter
    /// word).
    ///
    /// Case does not matter, underscores are spaces, and blanks around it are ignored. An empty query finds
    /// nothing.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let query = normalise(query);
        if query.is_empty() {
            return Vec::new();
        }
        let mut ranked = self.index.ranked(&query);
        if let Some(node) = Wnid::parse(&query).ok().and_then(|wnid| self.index_of(wnid)) {
            ranked.push((Match::Wnid, 0, 0, "", 0, node));
        }
        ranked.sort_unstable();
        let mut seen = HashSet::new();
        let best = ranked.into_iter().filter(|&(.., node)| seen.insert(node)).take(limit);
        best.filter_map(|(matched, _, _, _, lemma, node)| {
            let entry = self.entry(node)?;
            let word = entry.words().nth(usize::from(lemma))?.to_owned();
            Some(Hit { wnid: entry.wnid, word, matched })
        })
        .collect()
    }
}

fn normalise(query: &str) -> String {
    let spaced = query.replace('_', " ").to_lowercase();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl WordIndex {
    pub(super) fn new(ontology: &Ontology) -> Result<Self, OntologyError> {
        let mut index = Self::default();
        for node in ontology.parents.both.nodes() {
            for (lemma, word) in ontology.entry(node).iter().flat_map(|entry| entry.words()).enumerate() {
                let lemma = u16::try_from(lemma).map_err(|_| OntologyError::TooLarge)?;
                index.add(node, lemma, &word.to_lowercase())?;
            }
        }
        let Self { text, parts } = &mut index;
        let of = |part: &Part| text.get(part.start as usize..part.end as usize);
        parts.sort_unstable_by(|a, b| of(a).cmp(&of(b)).then((a.node, a.lemma).cmp(&(b.node, b.lemma))));
        parts.shrink_to_fit();
        text.shrink_to_fit();
        Ok(index)
    }

    fn add(&mut self, node: u32, lemma: u16, word: &str) -> Result<(), OntologyError> {
        let position = |at: usize| u32::try_from(at).map_err(|_| OntologyError::TooLarge);
        let base = self.text.len();
        let (whole, end) = (position(base)?, position(base + word.len())?);
        self.text.push_str(word);
        let inner = word.match_indices([' ', '-']).map(|(at, _)| at + 1).filter(|&at| at < word.len());
        for at in std::iter::once(0).chain(inner) {
            self.parts.push(Part { word: whole, start: position(base + at)?, end, node, lemma });
        }
        Ok(())
    }

    fn ranked(&self, query: &str) -> Vec<Rank<'_>> {
        let from = self.parts.partition_point(|part| self.text_of(part) < query);
        let parts = self.parts.get(from..).unwrap_or_default().iter();
        parts
            .map(|part| (part, self.text_of(part)))
            .take_while(|(_, text)| text.starts_with(query))
            .map(|(part, text)| {
                let matched = match (part.start > part.word, text.len() == query.len()) {
                    (true, _) => Match::Inner,
                    (false, true) => Match::Word,
                    (false, false) => Match::Prefix,
                };
                let before = if matched == Match::Word { part.lemma } else { 0 };
                let word = self.slice(part.word, part.end);
                (matched, before, word.len(), word, part.lemma, part.node)
            })
            .collect()
    }

    fn text_of(&self, part: &Part) -> &str {
        self.slice(part.start, part.end)
    }

    fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}
