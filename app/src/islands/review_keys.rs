//! The expert's keys: each presses a button, or follows a link, that is on the page anyway and says its key.

#![expect(missing_docs, reason = "the island macro makes a struct that it does not describe")]

use super::storage::{keep, kept};
use crate::texts::{Locale, single_keys as say};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Where this browser keeps that single keys are switched off (WCAG 2.1.4).
const DRAWER: &str = "synvote.review.keys";

/// The switch for single keys. While it is on, they act wherever the focus is, except in a field.
#[island]
pub fn ReviewKeys(
    /// The language of the page.
    locale: Locale,
) -> impl IntoView {
    let is_on = RwSignal::new(true);
    let awake = RwSignal::new(false);
    Effect::new(move |_| {
        is_on.set(kept(DRAWER).as_deref() != Some("off"));
        awake.set(true);
        listen(is_on);
    });
    let turn = move |_| {
        is_on.update(|on| *on = !*on);
        // A browser that keeps nothing forgets the choice with the page.
        let _ = keep(DRAWER, if is_on.get_untracked() { "on" } else { "off" });
    };
    view! {
        <button type="button" class="small" hidden=move || !awake.get() aria-pressed=move || is_on.get().to_string() on:click=turn>
            {move || if is_on.get() { say::on(locale) } else { say::off(locale) }}
        </button>
    }
}

fn listen(is_on: RwSignal<bool>) {
    let pressed = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat();
        if is_on.get_untracked() && !held && !is_in_field(&event) && press(&event.key()) {
            event.prevent_default();
        }
    });
    // It fails only where there is no document.
    let _ = document().add_event_listener_with_callback("keydown", pressed.as_ref().unchecked_ref());
    // The page is left when a case is decided; until then the listener stays.
    pressed.forget();
}

fn is_in_field(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| ["INPUT", "TEXTAREA", "SELECT"].contains(&target.tag_name().as_str()))
}

/// Presses what says this key; false where nothing does.
fn press(key: &str) -> bool {
    let is_plain = key.chars().count() == 1 && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '?');
    let found = is_plain
        .then(|| document().query_selector(&format!("[data-key='{key}']")).ok().flatten())
        .flatten()
        .and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(found) = &found {
        found.click();
    }
    found.is_some()
}
