//! What seeding would do: how many synsets, how many of them new, at which levels; some of their names; and what to think of
//! before.

use super::state::FormState;
use crate::api::ontology::SynsetLine;
use crate::api::selection::{Level, SeedPage, SeedPreview};
use crate::components::format::{count, counted};
use crate::components::synset_list::first_word;
use leptos::prelude::*;

/// The form that seeds, and the panel whose button sends it: a form can't stand inside another.
pub(super) fn preview(shown: &SeedPage, state: &FormState) -> (impl IntoView + use<>, AnyView) {
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
        Some(preview) => panel(preview, shown.unusable_in_all > 0).into_any(),
        None => nothing().into_any(),
    };
    (confirm, panel)
}

fn nothing() -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="seed-headline">
            <h2 id="seed-headline">"Nothing chosen yet"</h2>
            <p class="hint">"What seeding would do is shown here."</p>
        </section>
    }
}

fn panel(preview: &SeedPreview, has_problems: bool) -> impl IntoView + use<> {
    let all = i64::from(preview.synsets);
    let seeded = i64::from(preview.already_seeded);
    let new = all - seeded;
    let leaves = i64::from(preview.leaves);
    let press = match (has_problems, new) {
        (true, _) => view! { <p class="hint">"Mend the entries that can’t be used; then it can be seeded."</p> }.into_any(),
        (_, 0) => view! { <p class="hint">"There is nothing new to seed."</p> }.into_any(),
        _ => view! {
            <p><button class="primary" type="submit" form="seed-confirm">{format!("Seed {}", counted(new, "synset", "synsets"))}</button></p>
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="seed-headline">
            <h2 id="seed-headline">{format!("{}, {} already seeded", counted(all, "synset", "synsets"), count(seeded))}</h2>
            <p>{format!("{} new. {} have no kinds of their own, {} have.", count(new), count(leaves), count(all - leaves))}</p>
            {warning(preview.abstracts, &preview.abstract_synsets, "is no physical thing, so hardly any picture can show it",
                "are no physical things, so hardly any picture can show them")}
            {warning(preview.instances, &preview.instance_synsets, "is a single thing with a name: pictures show kinds better",
                "are single things with a name: pictures show kinds better")}
            {press}
            {levels(&preview.levels)}
            {sample(&preview.sample)}
        </section>
    }
}

fn warning(all: u32, some: &[SynsetLine], one: &'static str, many: &'static str) -> impl IntoView + use<> {
    (all > 0).then(|| {
        let names: Vec<String> = some.iter().map(|synset| first_word(&synset.words)).collect();
        let more = if usize::try_from(all).is_ok_and(|all| all > names.len()) { " …" } else { "" };
        let what = if all == 1 { one } else { many };
        view! { <p class="caution">{format!("{} {what}: {}{more}", counted(i64::from(all), "synset", "synsets"), names.join(", "))}</p> }
    })
}

fn levels(levels: &[Level]) -> impl IntoView + use<> {
    let rows = levels
        .iter()
        .map(|level| {
            let name = match level.depth {
                None => "By themselves".to_owned(),
                Some(0) => "Roots".to_owned(),
                Some(depth) => format!("Level {depth}"),
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="number">{count(i64::from(level.synsets))}</td>
                    <td class="number">{count(i64::from(level.new))}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details open=true>
            <summary>"By level"</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Synsets by level">
                <table class="compact">
                    <thead><tr><th scope="col">"Below the root"</th><th scope="col" class="number">"Synsets"</th><th scope="col" class="number">"New"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

fn sample(sample: &[SynsetLine]) -> impl IntoView + use<> {
    (!sample.is_empty()).then(|| {
        let names = sample
            .iter()
            .map(|synset| view! { <li><a href=format!("/synset/{}", synset.wnid) title=synset.definition.clone()>{first_word(&synset.words)}</a></li> })
            .collect_view();
        view! {
            <details open=true>
                <summary>"Some of the new ones"</summary>
                <ul class="inline-list names">{names}</ul>
            </details>
        }
    })
}
