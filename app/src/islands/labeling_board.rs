//! The labeling page's island: it turns a plain form into a board that goes on by itself.

#![expect(missing_docs, reason = "the island macro makes a struct that it does not describe")]

use super::board::Board;
use super::dialogs::{help_dialog, zoom_dialog};
use super::grid::batch_form;
use super::idle::idle_state;
use super::keys;
use crate::api::labeling::{Batch, Idle, Next};
use leptos::either::Either;
use leptos::prelude::*;

/// One batch after the other, until nothing is left to ask.
#[island]
pub fn LabelingBoard(
    /// The batch to begin with.
    batch: Batch,
) -> impl IntoView {
    let board = Board::new(batch);
    Effect::new(move |_| board.wake());
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
                    Next::Nothing(idle) => Either::Right(idle_state(idle, board.project)),
                    Next::Preface(_) | Next::Stopped(_) => Either::Right(idle_state(Idle::NothingForYouNow, board.project)),
                }}
            </For>
            {zoom_dialog(board)}
            {help_dialog(board)}
        </div>
    }
}
