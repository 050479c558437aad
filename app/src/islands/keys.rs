//! The board by keyboard. Single letters act only while a tile has the focus (WCAG 2.1.4).

use super::board::Board;
use super::dom;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Does what the key stands for, and keeps the browser from doing something else with it.
pub(super) fn pressed(board: Board, event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let place = board.current.get_untracked();
    let is_done = if board.zoomed.get_untracked().is_some() {
        in_zoom(board, event)
    } else if event.ctrl_key() || event.meta_key() {
        with_control(board, event)
    } else if dom::is_tile(target.as_ref()) && !event.alt_key() {
        on_tile(board, event, place)
    } else if event.key() == "?" {
        board.help();
        true
    } else {
        false
    };
    if is_done {
        event.prevent_default();
    }
}

fn with_control(board: Board, event: &KeyboardEvent) -> bool {
    match event.key().as_str() {
        "Enter" => board.submit(false),
        "z" => board.undo(),
        _ => return false,
    }
    true
}

fn on_tile(board: Board, event: &KeyboardEvent, place: usize) -> bool {
    let last = board.marks.with_untracked(Vec::len).saturating_sub(1);
    match event.key().as_str() {
        "ArrowRight" => dom::focus_tile((place + 1).min(last)),
        "ArrowLeft" => dom::focus_tile(place.saturating_sub(1)),
        "ArrowDown" => dom::focus_tile((place + dom::columns()).min(last)),
        "ArrowUp" => dom::focus_tile(place.checked_sub(dom::columns()).unwrap_or(place)),
        "Home" => dom::focus_tile(0),
        "End" => dom::focus_tile(last),
        "Enter" => board.toggle(place, false),
        "u" => board.toggle(place, true),
        "z" => board.zoom(place),
        "?" => board.help(),
        _ => return false,
    }
    true
}

fn in_zoom(board: Board, event: &KeyboardEvent) -> bool {
    let last = board.marks.with_untracked(Vec::len).saturating_sub(1);
    let place = board.zoomed.get_untracked().unwrap_or_default();
    match event.key().as_str() {
        "ArrowRight" => board.zoom((place + 1).min(last)),
        "ArrowLeft" => board.zoom(place.saturating_sub(1)),
        "u" => board.toggle(place, true),
        "z" => close_zoom(board),
        _ => return false,
    }
    true
}

/// Closes the large picture; the dialog's own event does the rest.
pub(super) fn close_zoom(board: Board) {
    if let Some(dialog) = board.zoom_dialog.get_untracked() {
        dialog.close();
    }
}
