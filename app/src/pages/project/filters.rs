//! The search field and the filters of a project's table, each with the number of synsets that it would show.

use super::address::{FILTERS, View, filter_of};
use crate::api::watching::{FilterCounts, SynsetFilter};
use crate::components::format::count;
use leptos::prelude::*;

/// Search, filters, and what the present filter means.
pub(super) fn filters(counts: &FilterCounts, view: &View) -> impl IntoView + use<> {
    let links = FILTERS.into_iter().map(|filter| link(filter, counts, view)).collect_view();
    let chosen = filter_of(view.request.filter);
    let meaning = (chosen.0 != SynsetFilter::All).then(|| view! { <p class="hint">{chosen.3}</p> });
    let meanings = FILTERS
        .into_iter()
        .skip(1)
        .map(|(_, _, name, meaning)| view! { <div><dt>{name}</dt><dd>{meaning}</dd></div> })
        .collect_view();
    view! {
        <div class="table-tools">
            {search(view)}
            <nav aria-label="Filter the synsets"><ul class="filters">{links}</ul></nav>
            {meaning}
            <details class="meanings">
                <summary>"What the filters and columns mean"</summary>
                <dl>
                    {meanings}
                    <div><dt>"Difficulty"</dt><dd>"How many votes, all of them yes, make an image good with a chance of 99 %."</dd></div>
                    <div>
                        <dt>"Votes left"</dt>
                        <dd>"Votes that the open images are still expected to take, by the synset’s confidence table and the votes that they have. Before the table: what the initial sample still needs, and for the other images what a usual synset takes. None while a synset is on hold."</dd>
                    </div>
                    <div><dt>"Cost left"</dt><dd>"Votes left times the price of a vote, which an admin sets in the project’s settings."</dd></div>
                </dl>
            </details>
        </div>
    }
}

fn search(view: &View) -> impl IntoView + use<> {
    let kept = view
        .kept()
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.to_owned()/> })
        .collect_view();
    let words = view.request.search.clone();
    let clear = (!words.is_empty()).then(|| {
        view! { <a class="button" href=view.with(|other| other.request.search.clear())>"Clear"</a> }
    });
    view! {
        <form class="search" method="get" action=view.path() role="search" aria-label="Synsets of this project">
            {kept}
            <label class="visually-hidden" for="q">"Words or wnid"</label>
            <input id="q" name="q" type="search" value=words placeholder="Words or wnid" maxlength="100" autocapitalize="none" spellcheck="false"/>
            <button type="submit">"Search"</button>
            {clear}
        </form>
    }
}

fn link(
    (filter, word, name, _): (SynsetFilter, &'static str, &'static str, &'static str),
    counts: &FilterCounts,
    view: &View,
) -> impl IntoView + use<> {
    let number = counts.iter().find(|known| known.0 == filter).map_or(0, |known| known.1);
    let here = (filter == view.request.filter).then_some("true");
    // With a search the counts are of what it finds, which an open page is not told.
    let live = view.request.search.is_empty().then(|| live_key(word));
    let class = if number == 0 { "filter is-empty" } else { "filter" };
    view! {
        <li>
            <a class=class href=view.with(|other| other.request.filter = filter) aria-current=here>
                {name} <b data-figure=live>{count(number)}</b>
            </a>
        </li>
    }
}

/// Under which name an open page finds the count of a filter.
pub(super) fn live_key(word: &str) -> String {
    format!("show-{word}")
}
