//! The few things that the board does with the page itself: its checkboxes, the focus, the browser's storage.

use super::marks::Mark;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, Storage};

/// The checkboxes of the tiles, `yes[]` or `unsure[]`, in the order of the screen.
pub(super) fn boxes(name: &str) -> Vec<HtmlInputElement> {
    let Ok(found) = document().query_selector_all(&format!("#board input[name='{name}']")) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}

/// What is ticked on the screen.
pub(super) fn read_marks() -> Vec<Mark> {
    let pairs = boxes("yes[]").into_iter().zip(boxes("unsure[]"));
    pairs.map(|(yes, unsure)| Mark { yes: yes.checked(), unsure: unsure.checked() }).collect()
}

/// Ticks on the screen what is marked.
pub(super) fn write_marks(marks: &[Mark]) {
    for ((yes, unsure), mark) in boxes("yes[]").iter().zip(boxes("unsure[]")).zip(marks) {
        yes.set_checked(mark.yes);
        unsure.set_checked(mark.unsure);
    }
}

/// Moves the focus to a tile's checkbox.
pub(super) fn focus_tile(place: usize) {
    if let Some(tile) = boxes("yes[]").get(place) {
        // Focus fails only for what can't be focused; then it stays where it is.
        let _ = tile.focus();
    }
}

/// Tiles in a row of the grid as it is laid out now; at least 1.
pub(super) fn columns() -> usize {
    let top = |tile: &HtmlInputElement| {
        Some(tile.closest(".tile").ok()??.dyn_into::<HtmlElement>().ok()?.offset_top())
    };
    let tops: Vec<i32> = boxes("yes[]").iter().filter_map(top).collect();
    tops.iter().take_while(|top| Some(*top) == tops.first()).count().max(1)
}

/// Is this the checkbox by which a tile is picked?
pub(super) fn is_tile(target: Option<&Element>) -> bool {
    target.is_some_and(|target| target.get_attribute("name").as_deref() == Some("yes[]"))
}

/// Scrolls to the beginning of the page, at once.
pub(super) fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Names the page, as tabs and screen readers show it.
pub(super) fn name_page(title: &str) {
    document().set_title(&format!("{title} · Synvote"));
}

/// Keeps a line in this browser. A browser that keeps nothing (private mode, full) is no reason to fail.
pub(super) fn keep(name: &str, line: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, line);
    }
}

/// The line that was kept.
pub(super) fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Forgets a line.
pub(super) fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}
