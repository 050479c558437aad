//! Values that are stored as texts: the way back from a text to its enum, which may fail.

use domain::consensus::{Answer, Method, Offsets, Verdict};
use domain::roles::Role;
use domain::wnid::Wnid;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Type};
use thiserror::Error;

/// A value that was stored as a text.
pub trait Text: Sized {
    /// What it is, for the message about a text that is none.
    const KIND: &'static str;

    /// Reads the stored text.
    fn of(text: &str) -> Option<Self>;
}

/// A value on its way from a row. Rows are derived with `try_from = "Parsed<…>"`: `domain`'s types can't be decoded directly,
/// since neither they nor the trait are this crate's.
pub struct Parsed<T>(pub T);

impl<T, DB: Database> Type<DB> for Parsed<T>
where
    String: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        String::type_info()
    }

    fn compatible(found: &DB::TypeInfo) -> bool {
        String::compatible(found)
    }
}

impl<'r, T: Text, DB: Database> Decode<'r, DB> for Parsed<T>
where
    String: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        let found = String::decode(value)?;
        match T::of(&found) {
            Some(value) => Ok(Self(value)),
            None => Err(UnknownText { kind: T::KIND, found }.into()),
        }
    }
}

/// A stored text that stands for no value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{found:?} is not a {kind}")]
pub struct UnknownText {
    /// What it should have been.
    pub kind: &'static str,
    /// The text.
    pub found: String,
}

macro_rules! stored_as_text {
    ($type:ty, $kind:literal, $parse:expr) => {
        impl $crate::text::Text for $type {
            const KIND: &'static str = $kind;

            fn of(text: &str) -> Option<Self> {
                let parse: fn(&str) -> Option<Self> = $parse;
                parse(text)
            }
        }

        impl From<$crate::text::Parsed<Self>> for $type {
            fn from(parsed: $crate::text::Parsed<Self>) -> Self {
                parsed.0
            }
        }
    };
}

/// Ids that are stored as a JSON array.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids(pub Vec<i64>);

stored_as_text!(Ids, "list of ids", |text| serde_json::from_str(text).ok().map(Ids));
stored_as_text!(Answer, "answer", Answer::parse);
stored_as_text!(Method, "policy", |text| text.parse().ok());
stored_as_text!(Offsets, "list of offsets", |text| text.parse().ok());
stored_as_text!(Role, "role", |text| Role::parse(text).ok());
stored_as_text!(Verdict, "verdict", Verdict::parse);
stored_as_text!(Wnid, "wnid", |text| Wnid::parse(text).ok());

/// Defines an enum with the text of each variant, `as_str` and `parse`.
macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident, $kind:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text that is stored.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// Reads what `as_str` wrote; `None` for every other text.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        stored_as_text!($name, $kind, $name::parse);
    };
}
