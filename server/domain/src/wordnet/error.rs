//! What can be wrong with a `data.noun`, in sentences that say what would be right.

use thiserror::Error;

use crate::wnid::Wnid;

/// Why a file was refused; nothing of it is used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WordNetError {
    /// A line is malformed.
    #[error("{file}, line {line}: {problem}")]
    Line {
        /// The file as the caller named it.
        file: String,
        /// The line, counted from 1, the licence included.
        line: usize,
        /// What is wrong with it.
        problem: Problem,
    },
    /// There is no synset at all.
    #[error("{file} has no synset: WordNet 3.0's data.noun, of 82,115 nouns, would be right")]
    Empty {
        /// The file as the caller named it.
        file: String,
    },
    /// It is WordNet, but not version 3.0.
    #[error(
        "these are not the nouns of WordNet 3.0: there n02084071 is \"dog\"; other versions, such as 3.1, have \
             other offsets, so their ids would name other synsets: use data.noun of WordNet 3.0"
    )]
    Version,
}

/// What is wrong with one line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// The last line has no line end.
    #[error("the line has no line feed at its end: the file was cut off; copy it again")]
    CutOff,
    /// A control character, by its code point.
    #[error(
        "control character U+{0:04X}: only printed characters and a line feed after each line would be right"
    )]
    ControlCharacter(u32),
    /// The line has too few fields.
    #[error("the line ends before {before}")]
    Ended {
        /// What should have come.
        before: &'static str,
    },
    /// The first field is not the byte offset of the line.
    #[error(
        "offset {found:?}: the line starts at byte {start}, so \"{start:08}\" would be right; the file must be \
             byte for byte as WordNet published it"
    )]
    Offset {
        /// What stands there.
        found: String,
        /// Where the line starts.
        start: usize,
    },
    /// The second field is no noun file.
    #[error("lexicographer file {0:?}: two digits from 03 to 28, the files of nouns, would be right")]
    LexicographerFile(String),
    /// The third field is not `n`.
    #[error("synset type {0:?}: \"n\", for noun, would be right")]
    Type(String),
    /// The fourth field is no count.
    #[error("word count {0:?}: two hexadecimal digits from 01 to ff would be right")]
    WordCount(String),
    /// A word of no letters.
    #[error("word {number} is empty: letters would be right, and single spaces between fields")]
    EmptyWord {
        /// Which word, counted from 1.
        number: u32,
    },
    /// A word that stands there twice.
    #[error("the word {0:?} stands there twice: each word once would be right")]
    RepeatedWord(String),
    /// What follows a word is no lexical id, often because the count is wrong.
    #[error(
        "{found:?} follows word {number} of {count}: a lexical id of one hexadecimal digit would be right, unless \
             the word count is wrong (it is hexadecimal)"
    )]
    LexicalId {
        /// Which word, counted from 1.
        number: u32,
        /// How many words the line promises.
        count: u32,
        /// What stands there.
        found: String,
    },
    /// No count of pointers after the words.
    #[error(
        "pointer count {0:?}: three decimal digits would be right, unless the word count before is wrong (it is \
             hexadecimal)"
    )]
    PointerCount(String),
    /// A symbol that nouns do not have.
    #[error("pointer symbol {0:?}: one of a noun's symbols, such as \"@\", \"@i\" or \"~\", would be right")]
    PointerSymbol(String),
    /// A pointer without an offset.
    #[error("pointer \"{symbol} {found}\": an offset of eight digits would be right")]
    PointerOffset {
        /// The pointer's symbol.
        symbol: String,
        /// What stands there.
        found: String,
    },
    /// A pointer to a part of speech that it cannot have.
    #[error(
        "pointer \"{symbol}\" to {target} names part of speech {found:?}: \"n\" would be right, or v, a, s, r where \
             it is neither hypernym nor hyponym"
    )]
    PointerPart {
        /// The pointer's symbol.
        symbol: String,
        /// Where it leads.
        target: Wnid,
        /// What stands there.
        found: String,
    },
    /// A pointer to a noun that is not there.
    #[error("pointer \"{symbol}\" leads to {target}, and no synset of the file starts at that offset")]
    UnknownTarget {
        /// The pointer's symbol.
        symbol: String,
        /// Where it leads.
        target: Wnid,
    },
    /// A pointer without its source and target words.
    #[error(
        "pointer \"{symbol}\" ends with {found:?}: four hexadecimal digits (source and target word) would be right"
    )]
    SourceTarget {
        /// The pointer's symbol.
        symbol: String,
        /// What stands there.
        found: String,
    },
    /// The same parent twice.
    #[error("hypernym {0} stands there twice: each hypernym once would be right")]
    RepeatedHypernym(Wnid),
    /// Fields after the last pointer.
    #[error(
        "{found:?} follows the last of {count} pointers: \" | \" and the gloss would be right, unless the pointer \
             count is wrong (it is decimal)"
    )]
    Leftover {
        /// How many pointers the line promises.
        count: u32,
        /// What stands there.
        found: String,
    },
    /// No gloss, or one without a definition.
    #[error("there is no gloss: \" | \" and a definition at the end of the line would be right")]
    NoGloss,
    /// A synset above itself.
    #[error("{0} is its own ancestor: hypernyms that form no cycle would be right")]
    Cycle(Wnid),
}
