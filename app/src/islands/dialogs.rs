//! The large picture: in a dialog, or beside the mouse that rests.

use super::board::Board;
use super::dom;
use super::marks::Mark;
use crate::texts::board as say;
use leptos::prelude::*;

/// Shows a tile large.
pub(super) fn show_zoom(board: Board, place: usize) {
    board.preview.set(None);
    board.zoomed.set(Some(place));
    if let Some(dialog) = board.zoom_dialog.get_untracked().filter(|dialog| !dialog.open()) {
        // It fails only for a dialog that is not in the page.
        let _ = dialog.show_modal();
    }
}

/// Closes the large picture; the dialog's own event does the rest.
pub(super) fn close_zoom(board: Board) {
    if let Some(dialog) = board.zoom_dialog.get_untracked() {
        dialog.close();
    }
}

/// Shows the sheet of keys.
pub(super) fn show_sheet(board: Board) {
    if let Some(dialog) = board.sheet_dialog.get_untracked().filter(|dialog| !dialog.open()) {
        // It fails only for a dialog that is not in the page.
        let _ = dialog.show_modal();
    }
}

/// One candidate, large, with everything that can be said of it.
pub(super) fn zoom_dialog(board: Board) -> impl IntoView {
    let locale = board.locale;
    let address = move || board.zoomed.get().and_then(|place| board.large(place));
    let name = move || {
        let place = board.zoomed.get().unwrap_or_default();
        say::candidate(locale, place + 1, board.marks.with(Vec::len))
    };
    let step = move |by: isize| {
        let last = board.tiles().saturating_sub(1);
        show_zoom(
            board,
            board.zoomed.get_untracked().unwrap_or_default().saturating_add_signed(by).min(last),
        );
    };
    let closed = move || {
        if let Some(place) = board.zoomed.get_untracked() {
            board.zoomed.set(None);
            if board.singly.get_untracked() { board.focus() } else { dom::focus_tile(place) }
        }
    };
    view! {
        <dialog class="zoom-dialog" node_ref=board.zoom_dialog aria-label=name on:close=move |_| closed()>
            <img src=address alt=name/>
            <div class="zoom-tools">
                <button type="button" aria-label=say::previous(locale) on:click=move |_| step(-1)>"←"</button>
                {says(board, Mark::Yes, say::pick(locale), ["✓ ", say::picked(locale)], true)}
                {says(board, Mark::Unsure, say::unsure(locale), ["? ", say::unsure(locale)], false)}
                <button type="button" aria-label=say::next_picture(locale) on:click=move |_| step(1)>"→"</button>
            </div>
            <div class="zoom-tools">
                {says(board, Mark::Broken, say::broken(locale), ["✓ ", say::broken(locale)], false)}
                {says(board, Mark::Offensive, say::offensive(locale), ["✓ ", say::offensive(locale)], false)}
                <button type="button" on:click=move |_| close_zoom(board)>{say::close(locale)}</button>
            </div>
        </dialog>
    }
}

fn says(
    board: Board,
    said: Mark,
    words: &'static str,
    pressed: [&'static str; 2],
    is_first: bool,
) -> impl IntoView {
    let mark = move || {
        let place = board.zoomed.get();
        place.and_then(|place| board.marks.with(|marks| marks.get(place).copied())).unwrap_or_default()
    };
    let is_pressed = move || mark() == said;
    view! {
        <button
            type="button"
            autofocus=is_first
            aria-pressed=move || is_pressed().to_string()
            on:click=move |_| {
                if let Some(place) = board.zoomed.get_untracked() {
                    board.toggle(place, said);
                }
            }
        >
            {move || if is_pressed() { pressed.concat() } else { words.to_owned() }}
        </button>
    }
}

/// The picture that the mouse rests on. It is there for the eye alone, and never under the mouse.
pub(super) fn preview(board: Board) -> impl IntoView {
    let address = move || board.preview.get().and_then(|(place, _)| board.large(place));
    let is_left = move || board.preview.get().is_some_and(|(_, is_left)| is_left);
    view! {
        <div class="preview" class:at-left=is_left hidden=move || board.preview.get().is_none() aria-hidden="true">
            <img src=address alt=""/>
        </div>
    }
}
