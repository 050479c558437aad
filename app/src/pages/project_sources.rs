//! Where a synset's images come from, and how many of them show it.

use crate::api::projects::{SourceLine, SynsetDetail};
use crate::texts::{Locale, figures as names, project_sources as say};
use leptos::prelude::*;

/// The part of a synset's page. Where nobody named an origin there is nothing to be told apart.
pub(super) fn sources(locale: Locale, detail: &SynsetDetail) -> Option<impl IntoView + use<>> {
    if detail.sources.iter().all(|source| source.name.is_none()) {
        return None;
    }
    let offset = detail.table.as_ref().is_some_and(|table| table.method == "full");
    let rows = detail.sources.iter().map(|source| row(locale, source)).collect_view();
    Some(view! {
        <section>
            <h2>{say::heading(locale)}</h2>
            <p class="hint">{if offset { say::about(locale) } else { say::about_alike(locale) }}</p>
            <div class="scroll" tabindex="0" role="region" aria-label=say::heading(locale)>
                <table class="carded sources">
                    <thead>
                        <tr>
                            <th scope="col">{say::source(locale)}</th>
                            <th scope="col" class="number">{names::images(locale)}</th>
                            <th scope="col" class="number">{names::votes(locale)}</th>
                            <th scope="col" class="number">{say::positive(locale)}</th>
                            <th scope="col" class="number">{say::negative(locale)}</th>
                            <th scope="col" class="number">{say::share(locale)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    })
}

fn row(locale: Locale, source: &SourceLine) -> impl IntoView + use<> {
    let name = source.name.clone().unwrap_or_else(|| say::unnamed(locale).to_owned());
    let share = source.share.map_or_else(|| say::no_table(locale).to_owned(), |share| locale.percent(share));
    view! {
        <tr>
            <th scope="row" class="file">{name}</th>
            <td class="number" data-label=names::images(locale)>{locale.count(source.candidates)}</td>
            <td class="number" data-label=names::votes(locale)>{locale.count(source.votes)}</td>
            <td class="number" data-label=say::positive(locale)>{locale.count(source.positive)}</td>
            <td class="number" data-label=say::negative(locale)>{locale.count(source.negative)}</td>
            <td class="number" data-label=say::share(locale)>{share}</td>
        </tr>
    }
}
