//! Small words that say where something stands.

use crate::api::projects::SynsetState;
use crate::api::seeding::{FileState, ImportState};
use leptos::prelude::*;

/// A word in a pill. The tone is a colour; the word says the same without it.
pub(crate) fn badge(tone: &'static str, words: impl Into<String>) -> impl IntoView {
    view! { <span class=format!("badge {tone}")>{words.into()}</span> }
}

/// Where a synset stands; paused says more than the state behind it.
pub(crate) fn synset_badge(state: SynsetState, paused: bool) -> impl IntoView {
    let (tone, words) = match (paused, state) {
        (true, _) => ("quiet", "Paused"),
        (_, SynsetState::Waiting) => ("quiet", "No images yet"),
        (_, SynsetState::Calibrating) => ("busy", "Calibrating"),
        (_, SynsetState::Labelling) => ("busy", "Labeling"),
        (_, SynsetState::Hold) => ("warn", "On hold"),
        (_, SynsetState::Done) => ("good", "Done"),
    };
    badge(tone, words)
}

/// Where an import stands.
pub(crate) fn import_badge(state: ImportState) -> impl IntoView {
    let (tone, words) = match state {
        ImportState::Receiving => ("busy", "Receiving files"),
        ImportState::Queued => ("quiet", "Waiting for its turn"),
        ImportState::Running => ("busy", "Working"),
        ImportState::Finished => ("good", "Finished"),
        ImportState::Failed => ("bad", "Failed"),
        ImportState::Cancelled => ("quiet", "Stopped"),
    };
    badge(tone, words)
}

/// What became of a file.
pub(crate) fn file_badge(state: FileState) -> impl IntoView {
    let (tone, words) = match state {
        FileState::Waiting => ("quiet", "Waiting"),
        FileState::Added => ("good", "Added"),
        FileState::Known => ("quiet", "Known already"),
        FileState::Duplicate => ("warn", "Near duplicate"),
        FileState::Refused => ("bad", "Refused"),
    };
    badge(tone, words)
}

/// A role with a capital letter.
pub(crate) fn role_name(role: &str) -> String {
    let mut letters = role.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
