//! The large picture, and the list of keys.

use super::board::Board;
use super::keys::close_zoom;
use crate::api::labeling::Next;
use leptos::prelude::*;

const KEYS: [(&str, &str); 8] = [
    ("← ↑ → ↓", "move between pictures"),
    ("Space or Enter", "pick, or take the pick back"),
    ("u", "unsure"),
    ("z", "show large; again: close"),
    ("Ctrl Z", "undo"),
    ("Ctrl Enter", "submit"),
    ("Tab", "on to the buttons"),
    ("?", "these keys"),
];

/// One candidate, large, with the same two answers.
pub(super) fn zoom_dialog(board: Board) -> impl IntoView {
    let address = move || {
        board.next.with(|next| match (next, board.zoomed.get()) {
            (Next::Batch(batch), Some(place)) => batch.tiles.get(place).map(|tile| tile.large.clone()),
            _ => None,
        })
    };
    let name = move || {
        let place = board.zoomed.get().unwrap_or_default();
        format!("Candidate {} of {}", place + 1, board.marks.with(Vec::len))
    };
    let mark = move || {
        board
            .zoomed
            .get()
            .and_then(|place| board.marks.with(|marks| marks.get(place).copied()))
            .unwrap_or_default()
    };
    let step = move |by: isize| {
        let last = board.marks.with_untracked(Vec::len).saturating_sub(1);
        board.zoom(board.zoomed.get_untracked().unwrap_or_default().saturating_add_signed(by).min(last));
    };
    let answer = move |unsure: bool| {
        if let Some(place) = board.zoomed.get_untracked() {
            board.toggle(place, unsure);
        }
    };
    view! {
        <dialog class="zoom-dialog" node_ref=board.zoom_dialog aria-label=name on:close=move |_| board.zoom_closed()>
            {move || address().map(|src| view! { <img src=src alt=name()/> })}
            <div class="zoom-tools">
                <button type="button" aria-label="Previous picture" on:click=move |_| step(-1)>"←"</button>
                <button type="button" autofocus=true aria-pressed=move || mark().yes.to_string() on:click=move |_| answer(false)>
                    {move || if mark().yes { "✓ Picked" } else { "Pick" }}
                </button>
                <button type="button" aria-pressed=move || mark().unsure.to_string() on:click=move |_| answer(true)>
                    {move || if mark().unsure { "? Unsure" } else { "Unsure" }}
                </button>
                <button type="button" aria-label="Next picture" on:click=move |_| step(1)>"→"</button>
                <button type="button" on:click=move |_| close_zoom(board)>"Close"</button>
            </div>
        </dialog>
    }
}

/// The list of keys.
pub(super) fn help_dialog(board: Board) -> impl IntoView {
    let keys = KEYS
        .into_iter()
        .map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> })
        .collect_view();
    view! {
        <dialog class="help-dialog" node_ref=board.help_dialog aria-labelledby="keys">
            <h2 id="keys">"Keys"</h2>
            <dl class="keys">{keys}</dl>
            <p class="hint">"Letters work while a picture has the focus."</p>
            <form method="dialog"><button type="submit">"Close"</button></form>
        </dialog>
    }
}
