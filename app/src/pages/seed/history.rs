//! What was seeded before, and the way back.

use crate::api::selection::SeedingLine;
use crate::components::badge::badge;
use crate::components::format::{count, counted, machine_moment, moment};
use crate::components::link::href;
use leptos::prelude::*;

/// The newest seedings, each with what undoing it would do.
pub(super) fn history(project: i64, seedings: Vec<SeedingLine>) -> impl IntoView {
    let any = !seedings.is_empty();
    let rows = seedings.into_iter().map(|seeding| entry(project, seeding)).collect_view();
    view! {
        <section id="history">
            <h2>"Seeded before"</h2>
            {if any {
                view! { <ul class="account-list">{rows}</ul> }.into_any()
            } else {
                view! { <p class="hint">"Nothing yet. What you seed is listed here, with a way to undo it."</p> }.into_any()
            }}
        </section>
    }
}

fn entry(project: i64, line: SeedingLine) -> impl IntoView {
    let again = href(
        &format!("/project/{project}/seed"),
        &[("trees", &line.request.trees), ("without", &line.request.without), ("list", &line.request.list)],
    );
    let says = match line.undone {
        Some((_, gone)) => {
            badge("quiet", format!("Undone: {} went", counted(gone, "synset", "synsets"))).into_any()
        }
        None => ().into_any(),
    };
    let (removable, stays) = (line.removable(), stays(&line));
    let undo = (removable > 0).then(|| {
        let press = format!("Undo: take out {}", counted(removable, "synset", "synsets"));
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
                    {format!("{} of {} were new · {} · ", count(line.added), counted(line.asked, "synset", "synsets"), line.by)}
                    <time datetime=machine_moment(line.seeded_at)>{moment(line.seeded_at)}</time>
                </p>
                {stays.map(|words| view! { <p class="small">{words}</p> })}
                {says}
            </div>
            <div class="actions">
                {undo}
                <a class="button small" href=again>"Choose the same again"</a>
            </div>
        </li>
    }
}

/// Which synsets undoing leaves where they are, and why.
fn stays(line: &SeedingLine) -> Option<String> {
    let mut reasons = Vec::new();
    if line.with_images > 0 {
        reasons.push(format!("{} with images or votes", count(line.with_images)));
    }
    if line.with_imports > 0 {
        reasons.push(format!("{} with an import", count(line.with_imports)));
    }
    (!reasons.is_empty()).then(|| {
        let is = if line.undone.is_some() { "stayed" } else { "would stay" };
        format!(
            "{} {is}: {}.",
            counted(line.with_images + line.with_imports, "synset", "synsets"),
            reasons.join(", ")
        )
    })
}
