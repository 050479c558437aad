//! Searching WordNet.

use super::screen::{Screen, page};
use crate::components::format::counted;
use crate::components::link::query;
use crate::components::problem::empty;
use crate::components::synset_list::synset_list;
use crate::viewer::{backend, require_worker};
use leptos::prelude::*;

pub(super) fn synsets() -> impl IntoView {
    let asked = query("q").trim().to_owned();
    page(async move {
        require_worker()?;
        let found = if asked.is_empty() { Vec::new() } else { backend()?.ontology.search(&asked).await? };
        let results = match (asked.is_empty(), found.is_empty()) {
            (true, _) => view! { <p class="hint">"82,115 noun meanings. Try “dalmatian”, “grand piano” or “n02084071”."</p> }.into_any(),
            (_, true) => empty("No such noun", view! { <p>"WordNet 3.0 has no noun that begins like this. Try the singular, or a shorter beginning."</p> })
                .into_any(),
            _ => {
                let n = i64::try_from(found.len()).unwrap_or(i64::MAX);
                view! { <p class="quiet" role="status">{counted(n, "synset", "synsets")}</p> {synset_list(found)} }.into_any()
            }
        };
        Ok(Screen::new(
            "WordNet",
            view! {
                <h1>"WordNet"</h1>
                <form class="search" method="get" action="/synsets" role="search">
                    <label class="visually-hidden" for="q">"Word or wnid"</label>
                    <input id="q" name="q" type="search" value=asked placeholder="Word or wnid" autocapitalize="none" maxlength="100"/>
                    <button class="primary" type="submit">"Search"</button>
                </form>
                {results}
            },
        ))
    })
}
