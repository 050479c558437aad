//! What was seeded before, and the way back.

use crate::api::selection::SeedingLine;
use crate::components::badge::badge;
use crate::components::link::href;
use crate::components::time::time;
use crate::texts::{Locale, counts, seed as say};
use leptos::prelude::*;

/// The newest seedings, each with what undoing it would do.
pub(super) fn history(locale: Locale, project: i64, seedings: Vec<SeedingLine>) -> impl IntoView {
    let any = !seedings.is_empty();
    let rows = seedings.into_iter().map(|seeding| entry(locale, project, seeding)).collect_view();
    view! {
        <section id="history">
            <h2>{say::before(locale)}</h2>
            {if any {
                view! { <ul class="account-list">{rows}</ul> }.into_any()
            } else {
                view! { <p class="hint">{say::none_before(locale)}</p> }.into_any()
            }}
        </section>
    }
}

fn entry(locale: Locale, project: i64, line: SeedingLine) -> impl IntoView {
    let again = href(
        &format!("/project/{project}/seed"),
        &[("trees", &line.request.trees), ("without", &line.request.without), ("list", &line.request.list)],
    );
    let says = match line.undone {
        Some((_, gone)) => badge("quiet", say::undone(locale, counts::synsets(locale, gone))).into_any(),
        None => ().into_any(),
    };
    let new = say::were_new(locale, line.added, counts::synsets(locale, line.asked));
    let (removable, stays) = (line.removable(), stays(locale, &line));
    let undo = (removable > 0).then(|| {
        let press = say::undo(locale, counts::synsets(locale, removable));
        view! {
            <form method="post" action="/api/undo_seeding">
                <input type="hidden" name="project" value=project/>
                <input type="hidden" name="seeding" value=line.seeding/>
                <button class="small" type="submit">{press}</button>
            </form>
        }
    });
    view! {
        <li>
            <div>
                <p class="account-name">{line.asked_for.clone()}</p>
                <p class="quiet small">
                    {format!("{new} · {} · ", line.by)}
                    {time(locale, line.seeded_at)}
                </p>
                {stays.map(|words| view! { <p class="small">{words}</p> })}
                {says}
            </div>
            <div class="actions">
                {undo}
                <a class="button small" href=again>{say::again(locale)}</a>
            </div>
        </li>
    }
}

/// Which synsets undoing leaves where they are, and why.
fn stays(locale: Locale, line: &SeedingLine) -> Option<String> {
    let mut reasons = Vec::new();
    if line.with_images > 0 {
        reasons.push(say::with_images(locale, line.with_images));
    }
    if line.with_imports > 0 {
        reasons.push(say::with_imports(locale, line.with_imports));
    }
    (!reasons.is_empty()).then(|| {
        let synsets = counts::synsets(locale, line.with_images + line.with_imports);
        match line.undone {
            Some(_) => say::stayed(locale, synsets, reasons.join(", ")),
            None => say::would_stay(locale, synsets, reasons.join(", ")),
        }
    })
}
