//! Searching WordNet while one types. Without script the same field is sent by its form, and the page holds the results.

#![expect(missing_docs, reason = "the island macro makes a struct that it does not describe")]

use super::fetching;
use crate::api::ontology::SynsetLine;
use crate::texts::{Locale, search as say};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};

/// Time without a key after which the server is asked.
const PAUSE: Duration = Duration::from_millis(150);
/// What its requests are for.
const SEARCH: &str = "search";

/// A field and what it finds. With `picks`, each synset has buttons that send the form around it: one chooses its subtree
/// (`tree`), one the synset by itself (`one`).
#[island]
pub fn SearchBox(
    /// The language of the page.
    locale: Locale,
    /// What was asked for when the page was made.
    asked: String,
    /// What was found then.
    found: Vec<SynsetLine>,
    /// Results choose instead of opening.
    picks: bool,
) -> impl IntoView {
    let said = if asked.is_empty() { String::new() } else { say::found(locale, found.len()) };
    let search = Search {
        locale,
        found: RwSignal::new(found),
        said: RwSignal::new(said),
        pause: StoredValue::new(None),
    };
    view! {
        <div class="search-box" on:keydown=move |event| pressed(search, &event)>
            <div class="search">
                <label class="visually-hidden" for="q">{say::field(locale)}</label>
                <input
                    id="q"
                    name="q"
                    type="search"
                    value=asked
                    placeholder=say::field(locale)
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength="100"
                    on:input=move |event| search.typed(event_target_value(&event))
                />
                <button class:primary=!picks type="submit">{say::search(locale)}</button>
            </div>
            <p class="quiet small search-said" role="status">{move || search.said.get()}</p>
            <ul class="synset-list hits">
                // What is found again stays the same element, and so keeps the focus.
                <For each=move || search.found.get() key=|synset| synset.wnid.clone() let:synset>{hit(locale, synset, picks)}</For>
            </ul>
        </div>
    }
}

fn hit(locale: Locale, synset: SynsetLine, picks: bool) -> impl IntoView {
    let SynsetLine { wnid, words, definition, subtree } = synset;
    let name = words.first().cloned().unwrap_or_default();
    let address = format!("/synset/{wnid}");
    let class = if picks { "" } else { "hit" };
    let below = (subtree > 1).then(|| format!(" · {}", say::in_subtree(locale, subtree)));
    let (choose, choose_name) = match subtree {
        1 => (say::choose(locale), say::choose_name(locale, &name)),
        _ => (say::choose_tree(locale), say::choose_tree_name(locale, &name)),
    };
    let buttons = picks.then(|| {
        view! {
            <p class="actions">
                <button class="small hit" type="submit" name="tree" value=wnid.clone() aria-label=choose_name>{choose}</button>
                {(subtree > 1).then(|| view! {
                    <button class="small" type="submit" name="one" value=wnid.clone() aria-label=say::alone_name(locale, &name)>{say::alone(locale)}</button>
                })}
            </p>
        }
    });
    view! {
        <li>
            <a class=class href=address>{words.join(", ")}</a>
            <p>{definition}</p>
            <p class="quiet small"><code>{wnid.clone()}</code>{below}</p>
            {buttons}
        </li>
    }
}

/// What the field has found, and the request that is under way.
#[derive(Clone, Copy)]
struct Search {
    locale: Locale,
    found: RwSignal<Vec<SynsetLine>>,
    said: RwSignal<String>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

impl Search {
    fn typed(self, text: String) {
        self.stop();
        let query = text.trim().to_owned();
        if query.is_empty() {
            self.found.set(Vec::new());
            self.said.set(String::new());
            return;
        }
        let handle = set_timeout_with_handle(move || self.ask(query), PAUSE);
        self.pause.set_value(handle.ok());
    }

    /// Forgets the request that waits and the one that is under way: their answers would be stale.
    fn stop(self) {
        if let Some(Some(waiting)) = self.pause.try_update_value(Option::take) {
            waiting.clear();
        }
        fetching::stop(SEARCH);
    }

    fn ask(self, query: String) {
        let signal = fetching::begin(SEARCH);
        spawn_local(async move {
            let answer = fetching::text("/synsets/search.json", &[("q", &query)], &signal).await;
            if signal.is_aborted() {
                return;
            }
            let lines = answer.ok().and_then(|text| serde_json::from_str::<Vec<SynsetLine>>(&text).ok());
            match lines {
                Some(lines) => {
                    self.said.set(say::found(self.locale, lines.len()));
                    self.found.set(lines);
                }
                None => self.said.set(say::unreachable(self.locale).to_owned()),
            }
        });
    }
}

/// The arrows go through the results, Escape empties the field.
fn pressed(search: Search, event: &KeyboardEvent) {
    let field = document().get_element_by_id("q").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return };
    match event.key().as_str() {
        "Escape" if !field.value().is_empty() => {
            field.set_value("");
            search.typed(String::new());
            let _ = field.focus();
            event.prevent_default();
        }
        "ArrowDown" => move_focus(event, &field, 1),
        "ArrowUp" => move_focus(event, &field, -1),
        _ => {}
    }
}

/// Moves the focus from the field down the results, and back.
fn move_focus(event: &KeyboardEvent, field: &HtmlInputElement, by: i32) {
    let Ok(hits) = document().query_selector_all(".search-box .hit") else { return };
    let hits: Vec<HtmlElement> =
        (0..hits.length()).filter_map(|place| hits.item(place)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let here = hits.iter().position(|hit| active.as_ref() == Some(hit.as_ref()));
    let to = match (here, by) {
        (None, 1) => hits.first(),
        (Some(place), 1) => hits.get(place + 1),
        (Some(0), _) => Some(field.as_ref()),
        (Some(place), _) => hits.get(place - 1),
        (None, _) => None,
    };
    if let Some(to) = to {
        let _ = to.focus();
        event.prevent_default();
    }
}
