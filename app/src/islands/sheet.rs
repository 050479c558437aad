//! The sheet of keys, where single keys can be changed and switched off.

use super::board::Board;
use super::keymap::{ACTS, Act, KeyMap};
use super::storage::keep;
use crate::texts::{Locale, sheet as say};
use leptos::prelude::*;

/// The list of keys.
pub(super) fn sheet_dialog(board: Board) -> impl IntoView {
    let locale = board.locale;
    let keys = keys(locale)
        .into_iter()
        .map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> })
        .collect_view();
    let own = ACTS.into_iter().map(|act| own_key(board, act)).collect_view();
    view! {
        <dialog class="sheet-dialog" node_ref=board.sheet_dialog aria-labelledby="keys">
            <h2 id="keys">{say::title(locale)}</h2>
            <dl class="keys">{keys}</dl>
            <fieldset class="stack own-keys">
                <legend>{say::single_keys(locale)}</legend>
                {switch(board, say::single_keys_act(locale), |map| &mut map.is_on)}
                <div class="keys">{own}</div>
            </fieldset>
            {switch(board, say::mouse_rests(locale), |map| &mut map.rests)}
            <form method="dialog" class="actions">
                <button class="primary" type="submit">{say::close(locale)}</button>
                <button type="button" on:click=move |_| change(board, |map| *map = KeyMap::default())>
                    {say::as_at_first(locale)}
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

/// Keys that are the same for everybody, and what they do.
fn keys(locale: Locale) -> [(&'static str, &'static str); 8] {
    [
        ("← ↑ → ↓", say::does_move(locale)),
        (say::pick(locale), say::does_pick(locale)),
        (say::pick_way(locale), say::does_pick_way(locale)),
        (say::pick_range(locale), say::does_pick_range(locale)),
        (say::undo(locale), say::does_undo(locale)),
        (say::redo(locale), say::does_redo(locale)),
        (say::submit(locale), say::does_submit(locale)),
        (say::leave(locale), say::does_leave(locale)),
    ]
}

fn does(locale: Locale, act: Act) -> &'static str {
    match act {
        Act::Unsure => say::unsure(locale),
        Act::Zoom => say::zoom(locale),
        Act::Broken => say::broken(locale),
        Act::Offensive => say::offensive(locale),
        Act::Sheet => say::sheet(locale),
    }
}

fn own_key(board: Board, act: Act) -> impl IntoView {
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
            {does(board.locale, act)}
        </label>
    }
}

fn change(board: Board, change: impl FnOnce(&mut KeyMap)) {
    board.keymap.update(change);
    keep(&board.drawer("keys"), &board.keymap.get_untracked().to_line());
}
