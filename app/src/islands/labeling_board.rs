//! The labeling page's island: it turns a plain form into a board that goes on by itself.

#![expect(missing_docs, reason = "the island macro makes a struct that it does not describe")]

use super::actions::words;
use super::board::Board;
use super::dialogs::{preview, zoom_dialog};
use super::grid::batch_form;
use super::idle::idle_state;
use super::keys;
use super::post::Going;
use super::sheet::sheet_dialog;
use crate::api::labeling::{Batch, Given, Idle, Next};
use crate::texts::Locale;
use leptos::either::Either;
use leptos::prelude::*;

/// One batch after the other, until nothing is left to ask.
#[island]
pub fn LabelingBoard(
    /// The language of the page.
    locale: Locale,
    /// Who labels: what is kept in the browser is kept for each worker apart.
    worker: i64,
    /// The batch to begin with.
    batch: Batch,
    /// What was answered, when the page that was submitted last is to be changed.
    given: Option<Given>,
) -> impl IntoView {
    let board = Board::new(locale, worker, batch, given.as_ref());
    Effect::new(move |_| {
        board.wake();
        let scroll = window_event_listener(leptos::ev::scroll, move |_| board.scrolled());
        let left = window_event_listener(leptos::ev::pagehide, move |_| board.catch_up());
        on_cleanup(move || {
            scroll.remove();
            left.remove();
        });
    });
    Effect::new(move |_| {
        let going = board.post.going.get();
        if matches!(going, Going::Waiting(_)) {
            board.said.set(words(
                locale,
                &going,
                board.post.outbox.with_untracked(|outbox| super::outbox::answers(outbox)),
                0,
            ));
        }
    });
    // A new batch gets new elements: a picture must not stand for a moment under another candidate's checkbox.
    let shown = move || vec![board.next.get()];
    let key = |next: &Next| match next {
        Next::Batch(batch) => batch.assignment,
        _ => 0,
    };
    view! {
        <div id="board" class="board" on:keydown=move |event| keys::pressed(board, &event)>
            <p class="visually-hidden" role="status">{move || board.said.get()}</p>
            <For each=shown key=key let:next>
                {match next {
                    Next::Batch(batch) => Either::Left(batch_form(board, batch)),
                    Next::Nothing(idle) => Either::Right(idle_state(locale, idle, board.project)),
                    // The board has opened their page; until it is there, nothing is asked.
                    Next::Preface(_) | Next::Stopped(_) => {
                        Either::Right(idle_state(locale, Idle::NothingForYouNow, board.project))
                    }
                }}
            </For>
            {preview(board)}
            {zoom_dialog(board)}
            {sheet_dialog(board)}
        </div>
    }
}
