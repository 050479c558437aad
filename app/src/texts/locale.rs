//! The languages that there are, and what the compiler can't read from their texts: plural forms, separators.

use serde::{Deserialize, Serialize};

/// A language of the interface. Each has a folder of its own in `app/texts`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Locale {
    /// English, in which texts are written first.
    #[default]
    En,
}

/// The form that a noun takes beside a whole number.
/// Source: Unicode CLDR, "Language Plural Rules", cardinal. A language that has more forms adds them here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// `1 vote`.
    One,
    /// `2 votes`.
    Other,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 1] = [Self::En];

    /// The language's tag for the `lang` attribute (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
        }
    }

    /// The plural form of a whole number.
    pub fn plural(self, n: i64) -> Plural {
        match self {
            Self::En if n.unsigned_abs() == 1 => Plural::One,
            Self::En => Plural::Other,
        }
    }

    /// What stands between thousands.
    pub(super) fn group_separator(self) -> char {
        match self {
            Self::En => ',',
        }
    }
}
