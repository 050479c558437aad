//! The sheet of keys, where single keys can be changed and switched off.

use super::board::Board;
use super::keymap::{ACTS, Act, KeyMap};
use super::storage::keep;
use leptos::prelude::*;

const KEYS: [(&str, &str); 8] = [
    ("← ↑ → ↓", "move between pictures; one by one: no, unsure, yes, back"),
    ("Space or Enter", "pick, or take the pick back"),
    ("Shift ← ↑ → ↓", "pick all on the way"),
    ("Shift click", "the same for all up to this one"),
    ("Ctrl Z", "undo"),
    ("Ctrl Shift Z", "redo"),
    ("Ctrl Enter", "submit"),
    ("Tab", "on to the buttons"),
];

/// The list of keys.
pub(super) fn sheet_dialog(board: Board) -> impl IntoView {
    let keys = KEYS
        .into_iter()
        .map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> })
        .collect_view();
    let own = ACTS.into_iter().map(|(act, does)| own_key(board, act, does)).collect_view();
    view! {
        <dialog class="sheet-dialog" node_ref=board.sheet_dialog aria-labelledby="keys">
            <h2 id="keys">"Keys"</h2>
            <dl class="keys">{keys}</dl>
            <fieldset class="stack own-keys">
                <legend>"Single keys"</legend>
                {switch(board, "Single keys act while a picture has the focus", |map| &mut map.is_on)}
                <div class="keys">{own}</div>
            </fieldset>
            {switch(board, "A mouse that rests on a picture shows it large", |map| &mut map.rests)}
            <form method="dialog" class="actions">
                <button class="primary" type="submit">"Close"</button>
                <button type="button" on:click=move |_| change(board, |map| *map = KeyMap::default())>
                    "As at first"
                </button>
            </form>
        </dialog>
    }
}

fn switch(board: Board, words: &'static str, of: fn(&mut KeyMap) -> &mut bool) -> impl IntoView {
    let is_on = move || *of(&mut board.keymap.get());
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=is_on
                on:change=move |event| change(board, |map| *of(map) = event_target_checked(&event))
            />
            {words}
        </label>
    }
}

fn own_key(board: Board, act: Act, does: &'static str) -> impl IntoView {
    view! {
        <label>
            <input
                type="text"
                maxlength="1"
                size="2"
                autocomplete="off"
                prop:value=move || board.keymap.get().key(act).to_string()
                on:input=move |event| change(board, |map| map.remap(act, &event_target_value(&event)))
            />
            {does}
        </label>
    }
}

fn change(board: Board, change: impl FnOnce(&mut KeyMap)) {
    board.keymap.update(change);
    keep(&board.drawer("keys"), &board.keymap.get_untracked().to_line());
}
