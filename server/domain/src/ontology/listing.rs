//! Reads a pasted list of synsets: wnids, or words that have one meaning, each entry with the line that it stands on.

use super::{Match, Ontology};
use crate::wnid::Wnid;

/// Meanings of a word that a message about it can name.
const MEANINGS: usize = 40;

/// An entry of a list that names no synset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListProblem {
    /// The line that it stands on, 1 is the first.
    pub line: usize,
    /// The entry as it was written, cut after 80 characters.
    pub entry: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// Why an entry names no synset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It has the form of a wnid, and WordNet has no such noun synset.
    UnknownWnid,
    /// WordNet has no noun that is spelt like this.
    UnknownWord,
    /// A word with several meanings: which of them?
    Ambiguous(Vec<Wnid>),
}

impl Ontology {
    /// The synsets that have just this word, the most usual first: case does not matter, underscores are blanks.
    pub fn meanings(&self, word: &str) -> Vec<Wnid> {
        let hits = self.search(word, MEANINGS);
        hits.into_iter().filter(|hit| hit.matched == Match::Word).map(|hit| hit.wnid).collect()
    }

    /// The synsets of a list, in its order, and the entries that name none.
    ///
    /// Entries stand between line ends, commas and semicolons. An entry is one word, which may hold blanks ("grand piano"),
    /// or wnids between blanks.
    pub fn read_list(&self, text: &str) -> (Vec<Wnid>, Vec<ListProblem>) {
        let (mut synsets, mut problems) = (Vec::new(), Vec::new());
        for (number, line) in text.lines().enumerate() {
            for entry in line.split([',', ';', '\t']).map(str::trim).filter(|entry| !entry.is_empty()) {
                for name in names(entry) {
                    match self.named_by(name) {
                        Ok(wnid) => synsets.push(wnid),
                        Err(wrong) => {
                            let entry = name.chars().take(80).collect();
                            problems.push(ListProblem { line: number + 1, entry, wrong });
                        }
                    }
                }
            }
        }
        (synsets, problems)
    }

    fn named_by(&self, name: &str) -> Result<Wnid, Wrong> {
        if let Ok(wnid) = Wnid::parse(name) {
            return if self.contains(wnid) { Ok(wnid) } else { Err(Wrong::UnknownWnid) };
        }
        match self.meanings(name).as_slice() {
            [] => Err(Wrong::UnknownWord),
            [only] => Ok(*only),
            several => Err(Wrong::Ambiguous(several.to_vec())),
        }
    }
}

/// Wnids between blanks, or one word that may hold them.
fn names(entry: &str) -> Vec<&str> {
    let parts: Vec<&str> = entry.split_whitespace().collect();
    if parts.iter().any(|part| Wnid::parse(part).is_ok()) { parts } else { vec![entry] }
}
