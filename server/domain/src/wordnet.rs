//! Reads the nouns of WordNet 3.0, whose offsets are ImageNet's wnids: all of them, or an error that names
//! the line.
//!
//! The format is `wndb(5WN)` of Princeton's manual: one synset a line,
//! `offset file type words (word id)… pointers (symbol offset pos source/target)… | gloss`.

use crate::ontology::edges::{Edges, topological_order};
use crate::wnid::{Wnid, parse_offset};

mod error;
mod gloss;

pub use error::{Problem, WordNetError};

/// How many noun synsets WordNet 3.0 has.
pub const NOUN_SYNSETS: usize = 82_115;

/// One noun synset as WordNet states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synset {
    /// Its id.
    pub wnid: Wnid,
    /// Its synonyms in WordNet's order, at least one, with spaces for underscores.
    pub words: Vec<String>,
    /// The gloss without its examples; never empty.
    pub definition: String,
    /// The quoted sentences of the gloss, without their quotation marks.
    pub examples: Vec<String>,
    /// The number of the lexicographer file that it comes from: 3 (tops) to 28 (time); 5 is animals.
    pub lexicographer_file: u8,
    /// Its parents over `@`: a dog is a canine. Each once, in WordNet's order.
    pub hypernyms: Vec<Wnid>,
    /// Its parents over `@i`: Einstein is an instance of a physicist. Each once, in WordNet's order.
    pub instance_hypernyms: Vec<Wnid>,
}

/// Reads a whole `data.noun`; `file` is what messages call it.
///
/// The synsets come in the file's order, which is the order of their wnids. Lines that start with two spaces
/// are the licence. On the first malformed line, on a pointer that leads to no noun, and on a cycle of
/// hypernyms the error says where and what would be right, and nothing is returned. See [`check_version`] for
/// the version.
pub fn parse_nouns(text: &str, file: &str) -> Result<Vec<Synset>, WordNetError> {
    // A line of WordNet 3.0 has 186 bytes on average.
    let mut synsets = Vec::with_capacity(text.len() / 180);
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if !line.starts_with("  ") {
            let synset = parse_line(text, start, line).map_err(|problem| WordNetError::Line {
                file: file.to_owned(),
                line: index + 1,
                problem,
            })?;
            synsets.push(synset);
        }
        start += line.len();
    }
    if synsets.is_empty() {
        return Err(WordNetError::Empty { file: file.to_owned() });
    }
    refuse_cycle(&synsets, text, file)?;
    Ok(synsets)
}

/// Refuses every version of WordNet but 3.0, told by the offset of "dog": the offsets are the ids of the
/// data.
pub fn check_version(synsets: &[Synset]) -> Result<(), WordNetError> {
    let is_dog =
        |synset: &Synset| synset.wnid.offset() == 2_084_071 && synset.words.iter().any(|word| word == "dog");
    if synsets.iter().any(is_dog) { Ok(()) } else { Err(WordNetError::Version) }
}

fn parse_line(text: &str, start: usize, line: &str) -> Result<Synset, Problem> {
    let line = line.strip_suffix('\n').ok_or(Problem::CutOff)?;
    refuse_control_characters(line)?;
    let (data, gloss) = line.split_once(" | ").ok_or(Problem::NoGloss)?;
    let mut fields = Fields(data.split(' '));
    let wnid = fields.own_offset(start)?;
    let lexicographer_file = fields.lexicographer_file()?;
    fields.noun()?;
    let words = fields.words()?;
    let (hypernyms, instance_hypernyms) = fields.pointers(text)?;
    let (definition, examples) = gloss::split(gloss);
    if definition.is_empty() {
        return Err(Problem::NoGloss);
    }
    Ok(Synset { wnid, words, definition, examples, lexicographer_file, hypernyms, instance_hypernyms })
}

/// PostgreSQL stores no NUL, a carriage return shifts all offsets, and no other control character is a
/// word's.
fn refuse_control_characters(line: &str) -> Result<(), Problem> {
    // Bytes first, without a branch in the loop: this is over every byte of the file. 0xC2 leads U+0080 to
    // U+00BF.
    let suspicious = line.bytes().fold(false, |found, b| found | (b < b' ') | (b == 0x7f) | (b == 0xc2));
    match suspicious.then(|| line.chars().find(|c| c.is_control())).flatten() {
        Some(found) => Err(Problem::ControlCharacter(u32::from(found))),
        None => Ok(()),
    }
}

/// The fields before the gloss, read from left to right.
struct Fields<'a>(std::str::Split<'a, char>);

impl<'a> Fields<'a> {
    fn next(&mut self, what: &'static str) -> Result<&'a str, Problem> {
        self.0.next().ok_or(Problem::Ended { before: what })
    }

    fn own_offset(&mut self, start: usize) -> Result<Wnid, Problem> {
        let found = self.next("the offset")?;
        parse_offset(found)
            .filter(|&offset| offset as usize == start)
            .and_then(Wnid::from_offset)
            .ok_or_else(|| Problem::Offset { found: found.to_owned(), start })
    }

    fn lexicographer_file(&mut self) -> Result<u8, Problem> {
        let found = self.next("the lexicographer file")?;
        decimal(found, 2)
            .and_then(|number| u8::try_from(number).ok())
            .filter(|number| (3..=28).contains(number))
            .ok_or_else(|| Problem::LexicographerFile(found.to_owned()))
    }

    fn noun(&mut self) -> Result<(), Problem> {
        match self.next("the synset's type")? {
            "n" => Ok(()),
            found => Err(Problem::Type(found.to_owned())),
        }
    }

    fn words(&mut self) -> Result<Vec<String>, Problem> {
        let found = self.next("the word count")?;
        let count = hexadecimal(found, 2)
            .filter(|&count| count > 0)
            .ok_or_else(|| Problem::WordCount(found.to_owned()))?;
        let mut words: Vec<String> = Vec::with_capacity(count as usize);
        for number in 1..=count {
            let word = self.next("the last of the words that the word count promises")?.replace('_', " ");
            let id = self.next("the lexical id of a word")?;
            if hexadecimal(id, 1).is_none() {
                return Err(Problem::LexicalId { number, count, found: id.to_owned() });
            }
            if word.trim().is_empty() {
                return Err(Problem::EmptyWord { number });
            }
            if words.contains(&word) {
                return Err(Problem::RepeatedWord(word));
            }
            words.push(word);
        }
        Ok(words)
    }

    /// All pointers are checked; those over `@` and over `@i` are returned.
    fn pointers(&mut self, text: &str) -> Result<(Vec<Wnid>, Vec<Wnid>), Problem> {
        let found = self.next("the pointer count")?;
        let count = decimal(found, 3).ok_or_else(|| Problem::PointerCount(found.to_owned()))?;
        let (mut hypernyms, mut instance_hypernyms) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let (symbol, target) = self.pointer(text)?;
            let (list, other) = match symbol {
                "@" => (&mut hypernyms, &instance_hypernyms),
                "@i" => (&mut instance_hypernyms, &hypernyms),
                _ => continue,
            };
            if list.contains(&target) || other.contains(&target) {
                return Err(Problem::RepeatedHypernym(target));
            }
            list.push(target);
        }
        match self.0.next() {
            None => Ok((hypernyms, instance_hypernyms)),
            Some(found) => Err(Problem::Leftover { count, found: found.to_owned() }),
        }
    }

    fn pointer(&mut self, text: &str) -> Result<(&'a str, Wnid), Problem> {
        let missing = "the last of the pointers that the pointer count promises";
        let symbol = self.next(missing)?;
        if !POINTER_SYMBOLS.contains(&symbol) {
            return Err(Problem::PointerSymbol(symbol.to_owned()));
        }
        let found = self.next(missing)?;
        let target = parse_offset(found)
            .and_then(Wnid::from_offset)
            .ok_or_else(|| Problem::PointerOffset { symbol: symbol.to_owned(), found: found.to_owned() })?;
        let part_of_speech = self.next(missing)?;
        match part_of_speech {
            "n" if starts_a_synset(text, target) => {}
            "n" => return Err(Problem::UnknownTarget { symbol: symbol.to_owned(), target }),
            "v" | "a" | "s" | "r" if !symbol.starts_with(['@', '~']) => {}
            found => {
                return Err(Problem::PointerPart {
                    symbol: symbol.to_owned(),
                    target,
                    found: found.to_owned(),
                });
            }
        }
        let source_target = self.next(missing)?;
        if hexadecimal(source_target, 4).is_none() {
            return Err(Problem::SourceTarget { symbol: symbol.to_owned(), found: source_target.to_owned() });
        }
        Ok((symbol, target))
    }
}

/// The pointer symbols of nouns, from `wninput(5WN)`, the most frequent first.
const POINTER_SYMBOLS: [&str; 19] = [
    "~", "@", "+", "#m", "%m", "%p", "#p", "~i", "@i", "-c", ";c", "!", "-u", "-r", ";r", ";u", "%s", "#s",
    "=",
];

/// Whether a line of the file starts with this offset at this offset: then it is a synset, or malformed
/// itself.
fn starts_a_synset(text: &str, target: Wnid) -> bool {
    let offset = target.offset() as usize;
    let starts_a_line = offset == 0 || text.as_bytes().get(offset - 1) == Some(&b'\n');
    starts_a_line && text.get(offset..offset + 8).and_then(parse_offset) == Some(target.offset())
}

/// Exactly `digits` decimal digits.
fn decimal(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Exactly `digits` hexadecimal digits.
fn hexadecimal(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| u32::from_str_radix(text, 16).ok())
        .flatten()
}

fn refuse_cycle(synsets: &[Synset], text: &str, file: &str) -> Result<(), WordNetError> {
    let place = |wnid: &Wnid| {
        // Every target starts a line of the file, so it is among the synsets, which are in order of their
        // offsets.
        synsets
            .binary_search_by_key(wnid, |synset| synset.wnid)
            .ok()
            .and_then(|place| u32::try_from(place).ok())
    };
    let parents = Edges::from_lists(
        synsets
            .iter()
            .map(|synset| synset.hypernyms.iter().chain(&synset.instance_hypernyms).filter_map(place)),
    );
    let Err(inside) = topological_order(&parents, &parents.reversed()) else { return Ok(()) };
    let Some(&Synset { wnid, .. }) = synsets.get(inside as usize) else { return Ok(()) };
    let before = text.as_bytes().get(..wnid.offset() as usize).unwrap_or_default();
    let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
    Err(WordNetError::Line { file: file.to_owned(), line, problem: Problem::Cycle(wnid) })
}
