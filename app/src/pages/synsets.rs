//! Searching WordNet.

use super::screen::{Screen, page};
use crate::components::link::query;
use crate::islands::search_box::SearchBox;
use crate::texts::synsets as say;
use crate::viewer::{backend, locale, require_worker};
use leptos::prelude::*;

/// Nouns of WordNet 3.0.
const MEANINGS: u32 = 82_115;

pub(super) fn synsets() -> impl IntoView {
    let asked = query("q").trim().to_owned();
    page(async move {
        require_worker()?;
        let locale = locale();
        let found = if asked.is_empty() { Vec::new() } else { backend()?.ontology.search(&asked).await? };
        let hint = asked.is_empty();
        Ok(Screen::new(
            say::title(locale),
            view! {
                <h1>{say::title(locale)}</h1>
                <form method="get" action="/synsets" role="search">
                    <SearchBox locale asked=asked found=found picks=false/>
                </form>
                {hint.then(|| view! { <p class="hint">{say::hint(locale, MEANINGS)}</p> })}
                <p><a href="/synsets/tree">{say::tree(locale)}</a></p>
            },
        )
        .with_island())
    })
}
