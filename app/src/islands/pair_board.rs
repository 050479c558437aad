//! The island around pairs of near duplicates: the server's forms, by keyboard and without loading the page again.
//!
//! Single letters act only while a pair has the focus (WCAG 2.1.4).

#![expect(missing_docs, reason = "the island macro makes a struct that it does not describe")]

use crate::api::duplicates::{Decision, review_duplicate};
use crate::texts::Locale;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, KeyboardEvent, SubmitEvent,
};

/// Around a list of pairs.
#[island]
pub fn PairBoard(
    /// The language of the page.
    locale: Locale,
    /// The list.
    children: Children,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    view! {
        <div class="pair-board" on:keydown=move |event| pressed(&event) on:submit=move |event| decided(locale, said, &event)>
            <p class="visually-hidden" role="status">{move || said.get()}</p>
            {children()}
        </div>
    }
}

fn pressed(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let pair =
        event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|at| pair_of(&at));
    let Some(pair) = pair else { return };
    let is_done = match event.key().as_str() {
        "k" => press(&pair, "keep"),
        "w" => press(&pair, "swap"),
        "n" => press(&pair, "apart"),
        "ArrowDown" | "ArrowRight" => focus(pair.next_element_sibling()),
        "ArrowUp" | "ArrowLeft" => focus(pair.previous_element_sibling()),
        _ => false,
    };
    if is_done {
        event.prevent_default();
    }
}

fn pair_of(element: &Element) -> Option<Element> {
    element.closest(".pair").ok().flatten()
}

fn press(pair: &Element, decision: &str) -> bool {
    let found = pair.query_selector(&format!("button[value='{decision}']")).ok().flatten();
    match found.and_then(|found| found.dyn_into::<HtmlButtonElement>().ok()) {
        Some(button) => {
            button.click();
            true
        }
        None => false,
    }
}

fn focus(pair: Option<Element>) -> bool {
    match pair.and_then(|pair| pair.dyn_into::<HtmlElement>().ok()) {
        // Focus fails only for what can't be focused; then it stays where it is.
        Some(pair) => pair.focus().is_ok(),
        None => false,
    }
}

fn decided(locale: Locale, said: RwSignal<String>, event: &SubmitEvent) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    let (Some(form), Some(button)) = (form, button) else { return };
    let Some(pair) = pair_of(&form) else { return };
    let id = |name: &str| FormData::new_with_form(&form).ok()?.get(name).as_string()?.parse::<i64>().ok();
    let (Some(left), Some(right), Some(decision)) = (id("left"), id("right"), named(&button.value())) else {
        return;
    };
    event.prevent_default();
    mark(&pair, "is-busy", "…");
    spawn_local(async move {
        match review_duplicate(left, right, decision).await {
            Ok(sentence) => {
                mark(&pair, decision_class(decision), &format!("✓ {sentence}"));
                said.set(sentence);
                // On to the next one, unless the person has gone elsewhere meanwhile.
                if pair.contains(document().active_element().as_deref()) {
                    focus(pair.next_element_sibling());
                }
            }
            Err(error) => {
                let words = error.words(locale);
                mark(&pair, "is-refused", &words);
                said.set(words);
            }
        }
    });
}

fn named(word: &str) -> Option<Decision> {
    match word {
        "keep" => Some(Decision::Keep),
        "swap" => Some(Decision::Swap),
        "apart" => Some(Decision::Apart),
        _ => None,
    }
}

fn decision_class(decision: Decision) -> &'static str {
    match decision {
        Decision::Keep => "is-keep",
        Decision::Swap => "is-swap",
        Decision::Apart => "is-apart",
    }
}

/// Shows how a pair stands.
fn mark(pair: &Element, class: &str, words: &str) {
    pair.set_class_name(&format!("pair {class}"));
    if let Ok(Some(outcome)) = pair.query_selector(".pair-outcome") {
        outcome.set_text_content(Some(words));
    }
}
