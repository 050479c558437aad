//! In which order a project's synsets are served.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// When a synset's turn is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Workers get it before all others.
    First,
    /// Workers get whichever can use them most.
    #[default]
    Usual,
    /// Workers get it when nothing else is open.
    Last,
}

impl Turn {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::First, Self::Usual, Self::Last];

    /// The word for it in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Usual => "usual",
            Self::Last => "last",
        }
    }
}

/// Says when a synset's turn is. Batches that are handed out already stay.
///
/// # Errors
/// Not a manager; unknown synset.
#[server(prefix = "/api", endpoint = "serve_synset")]
pub async fn serve_synset(
    /// Which project.
    project: i64,
    /// Which synset.
    wnid: String,
    /// When its turn is.
    turn: Turn,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_manager};
    let manager = require_manager()?;
    let notice = say::turn_saved(locale());
    answer_and_tell(backend()?.projects.set_turn(&manager, project, &wnid, turn).await, notice).await
}
