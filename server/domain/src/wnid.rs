//! A synset's id, so that nothing else can be handed over in its place.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The id of a noun synset: the letter `n` and its eight-digit offset in WordNet 3.0's `data.noun`.
///
/// ```
/// use domain::wnid::Wnid;
/// let dog = Wnid::parse("n02084071")?;
/// assert_eq!(dog.offset(), 2_084_071);
/// assert_eq!(dog.to_string(), "n02084071");
/// # Ok::<(), domain::wnid::ParseWnidError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wnid(u32);

/// A text that is no wnid.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{found:?} is not a wnid: the letter n and eight digits would be right, like \"n02084071\"")]
pub struct ParseWnidError {
    /// The text, cut after 32 characters.
    pub found: String,
}

impl Wnid {
    /// The largest offset that eight digits can write.
    pub const MAX_OFFSET: u32 = 99_999_999;

    /// Reads `n` and eight ASCII digits, and nothing else: no blanks, no capital N.
    pub fn parse(text: &str) -> Result<Self, ParseWnidError> {
        text.strip_prefix('n')
            .and_then(parse_offset)
            .map(Self)
            .ok_or_else(|| ParseWnidError { found: text.chars().take(32).collect() })
    }

    /// The wnid of a byte offset in `data.noun`; `None` above [`Self::MAX_OFFSET`].
    pub fn from_offset(offset: u32) -> Option<Self> {
        (offset <= Self::MAX_OFFSET).then_some(Self(offset))
    }

    /// The byte offset in `data.noun`.
    pub fn offset(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Wnid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n{:08}", self.0)
    }
}

impl fmt::Debug for Wnid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Wnid {
    type Err = ParseWnidError;

    fn from_str(text: &str) -> Result<Self, ParseWnidError> {
        Self::parse(text)
    }
}

/// Reads exactly eight ASCII digits, as WordNet writes offsets.
pub(crate) fn parse_offset(digits: &str) -> Option<u32> {
    (digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn anything_but_n_and_eight_digits_is_refused_by_name() {
        for text in [
            "",
            "n",
            "n0208407",
            "n020840711",
            "02084071",
            "N02084071",
            "n+2084071",
            " n02084071",
            "n0208407٣",
        ] {
            let error = Wnid::parse(text).unwrap_err();
            assert_eq!(error.found, text);
            assert!(error.to_string().contains("like \"n02084071\""));
        }
    }

    #[test]
    fn a_long_text_is_cut_in_the_message() {
        assert_eq!(Wnid::parse(&"x".repeat(5000)).unwrap_err().found.len(), 32);
    }

    #[test]
    fn an_offset_of_nine_digits_has_no_wnid() {
        assert_eq!(Wnid::from_offset(100_000_000), None);
        assert_eq!(Wnid::from_offset(99_999_999).unwrap().to_string(), "n99999999");
    }

    proptest! {
        #[test]
        fn what_is_displayed_parses_to_the_same_wnid(offset in 0..=Wnid::MAX_OFFSET) {
            let wnid = Wnid::from_offset(offset).unwrap();
            prop_assert_eq!(wnid.to_string().parse::<Wnid>(), Ok(wnid));
        }

        #[test]
        fn wnids_sort_as_their_texts_do(a in 0..=Wnid::MAX_OFFSET, b in 0..=Wnid::MAX_OFFSET) {
            let (a, b) = (Wnid::from_offset(a).unwrap(), Wnid::from_offset(b).unwrap());
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }
    }
}
