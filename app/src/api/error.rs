//! The only error that a browser sees, and the one place that gives it an HTTP status.

use crate::texts::{Locale, errors as say};
use leptos::{
    prelude::FromServerFnError, server_fn::codec::JsonEncoding, server_fn::error::ServerFnErrorErr,
};
use serde::{Deserialize, Serialize};

/// What went wrong, in words for the person in front of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// Nobody is signed in (401).
    SignInNeeded,
    /// Signed in, without the right (403). The text says which role may.
    Forbidden(String),
    /// No such thing, or none that this person may know of (404).
    NotFound(String),
    /// What was sent can't be used (422). The text says what, where, and what would be right.
    Invalid(String),
    /// The entries of a form are not those that it has (422). The text says which, in the program's words.
    UnreadableForm(String),
    /// What came from the other side was not in our words, as when a proxy answers in the server's place (422).
    Unreadable(String),
    /// It contradicts what is already recorded (409).
    Conflict(String),
    /// Too often (429).
    TooOften {
        /// When it makes sense to try again.
        seconds: u32,
    },
    /// The storage can't be reached or is full (503). Nothing was recorded.
    Unavailable {
        /// When it makes sense to try again.
        seconds: u32,
    },
    /// A defect (500). The log says more.
    Internal,
}

impl ApiError {
    /// What the person in front of the screen is told. What was found wrong with something is in words already.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::Forbidden(words) | Self::NotFound(words) | Self::Invalid(words) | Self::Conflict(words) => {
                words.clone()
            }
            Self::UnreadableForm(what) => say::unreadable_form(locale, what),
            Self::Unreadable(what) => say::unreadable(locale, what),
            Self::SignInNeeded => say::sign_in_needed(locale).to_owned(),
            Self::TooOften { seconds } => say::too_often(locale, *seconds),
            Self::Unavailable { seconds } => say::unavailable(locale, *seconds),
            Self::Internal => say::internal(locale).to_owned(),
        }
    }

    /// The title of a page that says nothing else.
    #[cfg(feature = "ssr")]
    pub fn title(&self, locale: Locale) -> &'static str {
        use crate::texts::problem as say;
        match self {
            Self::SignInNeeded => say::sign_in_needed(locale),
            Self::Forbidden(_) => say::forbidden(locale),
            Self::NotFound(_) => say::not_found(locale),
            Self::Invalid(_) | Self::UnreadableForm(_) | Self::Unreadable(_) => say::invalid(locale),
            Self::Conflict(_) => say::conflict(locale),
            Self::TooOften { .. } => say::too_often(locale),
            Self::Unavailable { .. } => say::unavailable(locale),
            Self::Internal => say::internal(locale),
        }
    }

    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignInNeeded => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound(_) => 404,
            Self::Conflict(_) => 409,
            Self::Invalid(_) | Self::UnreadableForm(_) | Self::Unreadable(_) => 422,
            Self::TooOften { .. } => 429,
            Self::Internal => 500,
            Self::Unavailable { .. } => 503,
        }
    }
}

/// Where such a page leads.
#[cfg(feature = "ssr")]
pub fn start_page(locale: Locale) -> &'static str {
    crate::texts::problem::start_page(locale)
}

/// For logs, and for who knows no visitor's language.
impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words(Locale::default()))
    }
}

impl std::error::Error for ApiError {}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(what) | ServerFnErrorErr::MissingArg(what) => Self::UnreadableForm(what),
            ServerFnErrorErr::Deserialization(what) => Self::Unreadable(what),
            ServerFnErrorErr::Request(_) => Self::Unavailable { seconds: 5 },
            _ => Self::Internal,
        }
    }
}
