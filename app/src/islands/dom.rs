//! The few things that the board does with the page itself: its checkboxes, the focus, the window.

use super::marks::{MARKS, Mark};
use crate::texts::Locale;
use leptos::prelude::{document, request_animation_frame, set_timeout, window};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlImageElement, HtmlInputElement, NodeList, PointerEvent};

/// The tiles, in the order of the screen.
fn tiles() -> Vec<Element> {
    elements(document().query_selector_all("#board .tile").ok())
}

fn elements(found: Option<NodeList>) -> Vec<Element> {
    let Some(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}

fn tile(place: usize) -> Option<Element> {
    document().query_selector(&format!("#board .tile[data-place='{place}']")).ok()?
}

fn checkbox(tile: &Element, mark: Mark) -> Option<HtmlInputElement> {
    tile.query_selector(&format!("input[name='{}']", mark.list())).ok()??.dyn_into().ok()
}

/// The element that an event happened to.
pub(super) fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The place of the tile that an element belongs to.
pub(super) fn place_of(element: &Element) -> Option<usize> {
    element.closest(".tile").ok()??.get_attribute("data-place")?.parse().ok()
}

/// Is it where letters are typed?
pub(super) fn is_typed_into(element: &Element) -> bool {
    element.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() == "text")
}

/// Is it inside an element that the selector finds?
pub(super) fn is_in(element: &Element, selector: &str) -> bool {
    matches!(element.closest(selector), Ok(Some(_)))
}

/// What a checkbox of a tile says, and whether it is ticked.
pub(super) fn said_by(element: &Element) -> Option<(Mark, bool)> {
    let input = element.dyn_ref::<HtmlInputElement>()?;
    Some((Mark::of_list(&input.name())?, input.checked()))
}

/// What is ticked on the screen.
pub(super) fn read_marks() -> Vec<Mark> {
    let is_ticked = |tile: &Element, mark| checkbox(tile, mark).is_some_and(|input| input.checked());
    let mark = |tile: &Element| MARKS.into_iter().rev().find(|mark| is_ticked(tile, *mark));
    tiles().iter().map(|tile| mark(tile).unwrap_or_default()).collect()
}

/// Ticks on the screen what a tile is marked. What is more than a pick is named too: it changes how the tile looks.
pub(super) fn write_mark(locale: Locale, place: usize, said: Mark) {
    let Some(tile) = tile(place) else { return };
    for mark in MARKS {
        if let Some(input) = checkbox(&tile, mark) {
            input.set_checked(mark == said);
        }
    }
    name(&tile, "data-mark", said.look());
    if let Ok(Some(pick)) = tile.query_selector(".pick") {
        name(&pick, "data-says", said.look().and_then(|_| said.words(locale)).as_deref());
    }
}

/// Sets or removes an attribute. It fails only for what is no name of one.
fn name(element: &Element, attribute: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(attribute, value),
        None => element.remove_attribute(attribute),
    };
}

/// Makes one tile the only stop of the Tab key among the tiles; the arrows do the rest.
pub(super) fn stop_only_at(place: usize) {
    for (other, tile) in tiles().iter().enumerate() {
        set_stop(tile, other == place);
    }
}

/// Moves the Tab key's stop from one tile to another.
pub(super) fn move_stop(from: usize, to: usize) {
    if let Some(tile) = tile(from) {
        set_stop(&tile, false);
    }
    if let Some(tile) = tile(to) {
        set_stop(&tile, true);
    }
}

fn set_stop(tile: &Element, is_stop: bool) {
    // The controls of a tile can always have the attribute set: nothing to be done about an error.
    for control in elements(tile.query_selector_all("input, a, summary").ok()) {
        let _ = if is_stop {
            control.remove_attribute("tabindex")
        } else {
            control.set_attribute("tabindex", "-1")
        };
    }
}

/// Moves the focus to a tile's checkbox.
pub(super) fn focus_tile(place: usize) {
    focus(&format!("#board .tile[data-place='{place}'] input[name='yes[]']"));
}

/// Moves the focus to the first element that the selector finds.
pub(super) fn focus(selector: &str) {
    if let Ok(Some(found)) = document().query_selector(selector)
        && let Some(found) = found.dyn_ref::<HtmlElement>()
    {
        // Focus fails only for what can't be focused; then it stays where it is.
        let _ = found.focus();
    }
}

/// Closes the menus of tiles, but for the one that the element is in.
pub(super) fn close_menus(but: Option<&Element>) {
    for menu in elements(document().query_selector_all("#board .more[open]").ok()) {
        if !but.is_some_and(|element| menu.contains(Some(element))) {
            let _ = menu.remove_attribute("open");
        }
    }
}

/// Tiles in a row of the grid as it is laid out now; at least 1.
pub(super) fn columns() -> usize {
    let top = |tile: &Element| tile.dyn_ref::<HtmlElement>().map(HtmlElement::offset_top);
    let tops: Vec<i32> = tiles().iter().filter_map(top).collect();
    tops.iter().take_while(|top| Some(*top) == tops.first()).count().max(1)
}

/// Has a tile come into the window?
pub(super) fn is_in_sight(place: usize) -> bool {
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    tile(place).is_some_and(|tile| tile.get_bounding_client_rect().top() < height)
}

/// The left half of the window?
pub(super) fn is_left(x: i32) -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or_default();
    f64::from(x) < width / 2.0
}

/// Scrolls to the beginning of the page, at once.
pub(super) fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Names the page, as tabs and screen readers show it.
pub(super) fn name_page(title: &str) {
    document().set_title(&format!("{title} · Synvote"));
}

/// Loads another page.
pub(super) fn go(address: &str) {
    // It fails only for what is no address.
    let _ = window().location().assign(address);
}

/// Does something when what was changed until now is on the screen.
pub(super) fn after_paint(act: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}

/// Has the browser fetch a picture before it is shown. One of several sizes where it is given as for a tile.
pub(super) fn fetch_picture(address: &str, sizes: Option<(&str, &str)>) {
    if let Ok(image) = HtmlImageElement::new() {
        if let Some((srcset, sizes)) = sizes {
            image.set_sizes(sizes);
            image.set_srcset(srcset);
        }
        image.set_src(address);
    }
}

/// The browser knows that it has no network.
pub(super) fn is_offline() -> bool {
    !window().navigator().on_line()
}

/// Has the pointer's further moves come to the element that it went down on.
pub(super) fn capture(event: &PointerEvent) {
    if let Some(target) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // A pointer that is gone already can't be captured, and need not be.
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}
