//! Keeps a project's page up to date: the server says what has changed, this writes it where it stands.

#![expect(missing_docs, reason = "the island macro makes a struct that it does not describe")]

use super::live_line::Line;
use super::live_page::{show, watched_rows};
use crate::texts::{Locale, live as say};
use leptos::prelude::*;

/// How the line to the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineState {
    /// Not opened yet, or closed because nobody is looking.
    Idle,
    /// What stands on the page is what the server knows.
    Live,
    /// Lost; it will be tried again.
    Lost,
}

/// Says whether the page is up to date, and keeps it so.
#[island]
pub fn Live(
    /// The language of the page.
    locale: Locale,
    /// Which project.
    project: i64,
) -> impl IntoView {
    let state = RwSignal::new(LineState::Idle);
    Effect::new(move |_| {
        let address = format!("/project/{project}/events?rows={}", watched_rows());
        Line::open(address, show, move |now| state.set(now));
    });
    let words = move || match state.get() {
        LineState::Idle => "",
        LineState::Live => say::live(locale),
        LineState::Lost => say::lost(locale),
    };
    let class = move || match state.get() {
        LineState::Idle => "live",
        LineState::Live => "live is-live",
        LineState::Lost => "live is-lost",
    };
    view! { <p class=class role="status">{words}</p> }
}
