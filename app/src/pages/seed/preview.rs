//! What seeding would do: how many synsets, how many of them new, at which levels; some of their names; and what to think of
//! before.

use super::state::FormState;
use crate::api::ontology::SynsetLine;
use crate::api::selection::{Level, SeedPage, SeedPreview};
use crate::components::synset_list::first_word;
use crate::texts::{Locale, counts, figures, seed as say};
use leptos::prelude::*;

/// The form that seeds, and the panel whose button sends it: a form can't stand inside another.
pub(super) fn preview(
    locale: Locale,
    shown: &SeedPage,
    state: &FormState,
) -> (impl IntoView + use<>, AnyView) {
    let request = state.request();
    let confirm = view! {
        <form id="seed-confirm" data-live="" method="post" action="/api/seed_synsets">
            <input type="hidden" name="project" value=shown.project.0/>
            <input type="hidden" name="request[trees]" value=request.trees/>
            <input type="hidden" name="request[without]" value=request.without/>
            <input type="hidden" name="request[list]" value=request.list/>
        </form>
    };
    let panel = match &shown.preview {
        Some(preview) => panel(locale, preview, shown.unusable_in_all > 0).into_any(),
        None => nothing(locale).into_any(),
    };
    (confirm, panel)
}

fn nothing(locale: Locale) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="seed-headline">
            <h2 id="seed-headline">{say::nothing_chosen(locale)}</h2>
            <p class="hint">{say::nothing_chosen_words(locale)}</p>
        </section>
    }
}

fn panel(locale: Locale, preview: &SeedPreview, has_problems: bool) -> impl IntoView + use<> {
    let all = i64::from(preview.synsets);
    let seeded = i64::from(preview.already_seeded);
    let new = all - seeded;
    let leaves = i64::from(preview.leaves);
    let press = match (has_problems, new) {
        (true, _) => view! { <p class="hint">{say::mend_first(locale)}</p> }.into_any(),
        (_, 0) => view! { <p class="hint">{say::nothing_new(locale)}</p> }.into_any(),
        _ => view! {
            <p><button class="primary" type="submit" form="seed-confirm">{say::seed_them(locale, counts::synsets(locale, new))}</button></p>
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="seed-headline">
            <h2 id="seed-headline">{say::headline(locale, counts::synsets(locale, all), seeded)}</h2>
            <p>{say::kinds(locale, new, leaves, all - leaves)}</p>
            {warning(preview.abstracts, &preview.abstract_synsets, |n, names| say::abstracts(locale, n, names))}
            {warning(preview.instances, &preview.instance_synsets, |n, names| say::instances(locale, n, names))}
            {press}
            {levels(locale, &preview.levels)}
            {sample(locale, &preview.sample)}
        </section>
    }
}

fn warning(all: u32, some: &[SynsetLine], words: impl Fn(u32, String) -> String) -> Option<impl IntoView> {
    (all > 0).then(|| {
        let names: Vec<String> = some.iter().map(|synset| first_word(&synset.words)).collect();
        let more = if usize::try_from(all).is_ok_and(|all| all > names.len()) { " …" } else { "" };
        view! { <p class="caution">{words(all, format!("{}{more}", names.join(", ")))}</p> }
    })
}

fn levels(locale: Locale, levels: &[Level]) -> impl IntoView + use<> {
    let rows = levels
        .iter()
        .map(|level| {
            let name = match level.depth {
                None => say::by_themselves(locale).to_owned(),
                Some(0) => say::roots(locale).to_owned(),
                Some(depth) => say::level(locale, depth),
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="number">{locale.count(level.synsets)}</td>
                    <td class="number">{locale.count(level.new)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details open=true>
            <summary>{say::by_level(locale)}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=say::by_level_label(locale)>
                <table class="compact">
                    <thead><tr><th scope="col">{say::below_root(locale)}</th><th scope="col" class="number">{figures::synsets(locale)}</th><th scope="col" class="number">{say::new(locale)}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

fn sample(locale: Locale, sample: &[SynsetLine]) -> impl IntoView + use<> {
    (!sample.is_empty()).then(|| {
        let names = sample
            .iter()
            .map(|synset| view! { <li><a href=format!("/synset/{}", synset.wnid) title=synset.definition.clone()>{first_word(&synset.words)}</a></li> })
            .collect_view();
        view! {
            <details open=true>
                <summary>{say::some_new(locale)}</summary>
                <ul class="inline-list names">{names}</ul>
            </details>
        }
    })
}
