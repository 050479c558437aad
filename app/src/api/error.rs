//! The only error that a browser sees, and the one place that gives it an HTTP status.

use leptos::{
    prelude::FromServerFnError, server_fn::codec::JsonEncoding, server_fn::error::ServerFnErrorErr,
};
use serde::{Deserialize, Serialize};

/// What went wrong, in words for the person in front of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// Nobody is signed in (401).
    #[error("Please sign in first.")]
    SignInNeeded,
    /// Signed in, without the right (403). The text says which role may.
    #[error("{0}")]
    Forbidden(String),
    /// No such thing, or none that this person may know of (404).
    #[error("{0}")]
    NotFound(String),
    /// What was sent can't be used (422). The text says what, where, and what would be right.
    #[error("{0}")]
    Invalid(String),
    /// It contradicts what is already recorded (409).
    #[error("{0}")]
    Conflict(String),
    /// Too often (429).
    #[error("That was too often. Please try again in {seconds} seconds.")]
    TooOften {
        /// When it makes sense to try again.
        seconds: u32,
    },
    /// The storage can't be reached or is full (503). Nothing was recorded.
    #[error(
        "The storage can't be reached just now. Nothing was recorded; please try again in {seconds} seconds."
    )]
    Unavailable {
        /// When it makes sense to try again.
        seconds: u32,
    },
    /// A defect (500). The log says more.
    #[error("Something went wrong on our side. It has been logged; please try again.")]
    Internal,
}

impl ApiError {
    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignInNeeded => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound(_) => 404,
            Self::Conflict(_) => 409,
            Self::Invalid(_) => 422,
            Self::TooOften { .. } => 429,
            Self::Internal => 500,
            Self::Unavailable { .. } => 503,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(what)
            | ServerFnErrorErr::MissingArg(what)
            | ServerFnErrorErr::Deserialization(what) => {
                Self::Invalid(format!("The form could not be read: {what}"))
            }
            ServerFnErrorErr::Request(_) => Self::Unavailable { seconds: 5 },
            _ => Self::Internal,
        }
    }
}
