//! The board by keyboard. Single keys act only while a tile has the focus, and can be changed and switched off (WCAG 2.1.4).

use super::board::Board;
use super::dialogs::{close_zoom, show_sheet, show_zoom};
use super::dom;
use super::keymap::Act;
use super::marks::Mark;
use super::single;
use leptos::prelude::*;
use web_sys::{Element, KeyboardEvent};

/// Does what the key stands for, and keeps the browser from doing something else with it.
pub(super) fn pressed(board: Board, event: &KeyboardEvent) {
    let Some(target) = dom::target(event).filter(|target| !dom::is_typed_into(target)) else { return };
    board.catch_up();
    board.preview.set(None);
    if !event.alt_key() && is_done(board, event, &target) {
        event.prevent_default();
    }
}

fn is_done(board: Board, event: &KeyboardEvent, target: &Element) -> bool {
    if dom::is_in(target, ".sheet-dialog") {
        return false;
    }
    if event.ctrl_key() || event.meta_key() {
        return with_control(board, event);
    }
    if let Some(place) = board.zoomed.get_untracked() {
        return in_zoom(board, event, place);
    }
    if dom::is_in(target, ".single") {
        return in_single(board, event, target);
    }
    match dom::place_of(target) {
        Some(place) => on_tile(board, event, target, place),
        None => false,
    }
}

fn with_control(board: Board, event: &KeyboardEvent) -> bool {
    match event.key().as_str() {
        "Enter" => board.submit(false),
        "z" if !event.shift_key() => board.undo(),
        "z" | "Z" | "y" => board.redo(),
        _ => return false,
    }
    true
}

fn on_tile(board: Board, event: &KeyboardEvent, target: &Element, place: usize) -> bool {
    let key = event.key();
    let last = board.tiles().saturating_sub(1);
    let to = match key.as_str() {
        "ArrowRight" => (place + 1).min(last),
        "ArrowLeft" => place.saturating_sub(1),
        "ArrowDown" => Some(place + dom::columns()).filter(|place| *place <= last).unwrap_or(place),
        "ArrowUp" => place.checked_sub(dom::columns()).unwrap_or(place),
        "Home" => 0,
        "End" => last,
        "Enter" => {
            // On a link or a menu Enter does what it always does.
            let is_box = dom::said_by(target).is_some();
            if is_box {
                board.toggle(place, Mark::Yes);
            }
            return is_box;
        }
        "Escape" => {
            dom::close_menus(None);
            dom::focus_tile(place);
            return true;
        }
        key => return act(board, key, place),
    };
    if event.shift_key() {
        board.extend(to)
    } else {
        board.step_to(to)
    }
    true
}

/// One by one, arrows answer.
fn in_single(board: Board, event: &KeyboardEvent, target: &Element) -> bool {
    let place = board.current.get_untracked();
    match event.key().as_str() {
        "ArrowRight" => single::answer(board, Mark::Yes),
        "ArrowLeft" => single::answer(board, Mark::No),
        "ArrowUp" => single::answer(board, Mark::Unsure),
        "ArrowDown" | "Backspace" => single::back(board),
        // A focused button does what it says.
        "Enter" | " " if target.tag_name() == "BUTTON" => return false,
        "Enter" | " " => single::answer(board, Mark::Yes),
        key => return act(board, key, place),
    }
    true
}

fn in_zoom(board: Board, event: &KeyboardEvent, place: usize) -> bool {
    let last = board.tiles().saturating_sub(1);
    match event.key().as_str() {
        "ArrowRight" => show_zoom(board, (place + 1).min(last)),
        "ArrowLeft" => show_zoom(board, place.saturating_sub(1)),
        key => match board.keymap.get_untracked().act(key) {
            Some(Act::Zoom) => close_zoom(board),
            Some(Act::Sheet) => return false,
            _ => return act(board, key, place),
        },
    }
    true
}

fn act(board: Board, key: &str, place: usize) -> bool {
    let Some(act) = board.keymap.get_untracked().act(key) else { return false };
    match act {
        Act::Unsure => board.toggle(place, Mark::Unsure),
        Act::Broken => board.toggle(place, Mark::Broken),
        Act::Offensive => board.toggle(place, Mark::Offensive),
        Act::Zoom => show_zoom(board, place),
        Act::Sheet => show_sheet(board),
    }
    true
}
