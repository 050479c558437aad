//! Searching WordNet.

use super::screen::{Screen, page};
use crate::components::link::query;
use crate::islands::search_box::SearchBox;
use crate::viewer::{backend, require_worker};
use leptos::prelude::*;

pub(super) fn synsets() -> impl IntoView {
    let asked = query("q").trim().to_owned();
    page(async move {
        require_worker()?;
        let found = if asked.is_empty() { Vec::new() } else { backend()?.ontology.search(&asked).await? };
        let hint = asked.is_empty();
        Ok(Screen::new(
            "WordNet",
            view! {
                <h1>"WordNet"</h1>
                <form method="get" action="/synsets" role="search">
                    <SearchBox asked=asked found=found picks=false/>
                </form>
                {hint.then(|| view! { <p class="hint">"82,115 noun meanings. Try “dalmatian”, “grand piano” or “n02084071”."</p> })}
                <p><a href="/synsets/tree">"Look around in the tree"</a></p>
            },
        )
        .with_island())
    })
}
