//! Writes what the server says into a project's page. What is as it was is not touched, so that nothing is laid out again.

use crate::api::watching::{LiveBar, LiveEvent, LiveRow};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, NodeList};

/// More rows than this are all asked for: their names would make too long an address.
const MOST_NAMED: u32 = 200;

/// The wnids of the rows on the page, with commas; `all` when they are many.
pub(super) fn watched_rows() -> String {
    let Ok(rows) = document().query_selector_all(".synsets tbody tr[id]") else { return String::new() };
    if rows.length() > MOST_NAMED {
        return "all".to_owned();
    }
    elements(&rows).map(|row| row.id()).collect::<Vec<_>>().join(",")
}

/// Puts an event on the page.
pub(super) fn show(event: &LiveEvent) {
    for (key, text) in &event.texts {
        if let Ok(Some(place)) = document().query_selector(&format!("[data-figure='{key}']")) {
            write(&place, text);
        }
    }
    if let Ok(Some(bar)) = document().query_selector("#project-bar .verdict-bar") {
        draw(&bar, &event.bar);
    }
    for row in &event.rows {
        if let Some(place) = document().get_element_by_id(&row.wnid) {
            show_row(&place, row);
        }
    }
}

fn show_row(place: &Element, row: &LiveRow) {
    if let Ok(cells) = place.query_selector_all("td.number") {
        for (cell, text) in elements(&cells).zip(&row.cells) {
            write(&cell, text);
        }
    }
    if let Ok(Some(badge)) = place.query_selector(".badge") {
        let (tone, words) = &row.badge;
        write(&badge, words);
        set(&badge, "class", &format!("badge {tone}"));
    }
    if let Ok(Some(bar)) = place.query_selector(".verdict-bar") {
        draw(&bar, &row.bar);
    }
}

fn draw(place: &Element, bar: &LiveBar) {
    set(place, "aria-label", &bar.label);
    if let Ok(parts) = place.query_selector_all("rect") {
        for (part, (x, width)) in elements(&parts).zip(&bar.parts) {
            set(&part, "x", x);
            set(&part, "width", width);
        }
    }
}

fn write(place: &Element, text: &str) {
    if place.text_content().as_deref() != Some(text) {
        place.set_text_content(Some(text));
    }
}

fn set(place: &Element, name: &str, value: &str) {
    if place.get_attribute(name).as_deref() != Some(value) {
        // Fails only for a name that is none.
        let _ = place.set_attribute(name, value);
    }
}

fn elements(list: &NodeList) -> impl Iterator<Item = Element> {
    (0..list.length()).filter_map(|place| list.item(place)?.dyn_into().ok())
}
