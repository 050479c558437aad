//! Small words that say where something stands.

use crate::api::importing::{FileState, ImportState};
use crate::api::projects::SynsetState;
use crate::texts::badges as say;
use crate::viewer::locale;
use domain::roles::Role;
use leptos::prelude::*;

/// A word in a pill. The tone is a colour; the word says the same without it.
pub(crate) fn badge(tone: &'static str, words: impl Into<String>) -> impl IntoView {
    view! { <span class=format!("badge {tone}")>{words.into()}</span> }
}

/// Where a synset stands; paused says more than the state behind it.
pub(crate) fn synset_badge(state: SynsetState, paused: bool) -> impl IntoView {
    let (tone, words) = synset_state(state, paused);
    badge(tone, words)
}

/// The tone and the words of that badge.
pub(crate) fn synset_state(state: SynsetState, paused: bool) -> (&'static str, &'static str) {
    let locale = locale();
    match (paused, state) {
        (true, _) => ("quiet", say::synset_paused(locale)),
        (_, SynsetState::Waiting) => ("quiet", say::synset_waiting(locale)),
        (_, SynsetState::Calibrating) => ("busy", say::synset_calibrating(locale)),
        (_, SynsetState::Labelling) => ("busy", say::synset_labelling(locale)),
        (_, SynsetState::Hold) => ("warn", say::synset_hold(locale)),
        (_, SynsetState::Done) => ("good", say::synset_done(locale)),
    }
}

/// Where an import stands.
pub(crate) fn import_badge(state: ImportState) -> impl IntoView {
    let locale = locale();
    let (tone, words) = match state {
        ImportState::Receiving => ("busy", say::import_receiving(locale)),
        ImportState::Queued => ("quiet", say::import_queued(locale)),
        ImportState::Running => ("busy", say::import_running(locale)),
        ImportState::Finished => ("good", say::import_finished(locale)),
        ImportState::Failed => ("bad", say::import_failed(locale)),
        ImportState::Cancelled => ("quiet", say::import_cancelled(locale)),
    };
    badge(tone, words)
}

/// What became of a file.
pub(crate) fn file_badge(state: FileState) -> impl IntoView {
    let locale = locale();
    let (tone, words) = match state {
        FileState::Waiting => ("quiet", say::file_waiting(locale)),
        FileState::Added => ("good", say::file_added(locale)),
        FileState::Known => ("quiet", say::file_known(locale)),
        FileState::Duplicate => ("warn", say::file_duplicate(locale)),
        FileState::Refused => ("bad", say::file_refused(locale)),
        FileState::Read => ("quiet", say::file_read(locale)),
    };
    badge(tone, words)
}

/// A role's name; the role itself where it is none of ours.
pub(crate) fn role_name(role: &str) -> String {
    let locale = locale();
    match Role::parse(role) {
        Ok(Role::Worker) => say::worker(locale),
        Ok(Role::Expert) => say::expert(locale),
        Ok(Role::Manager) => say::manager(locale),
        Ok(Role::Admin) => say::admin(locale),
        Err(_) => role,
    }
    .to_owned()
}
