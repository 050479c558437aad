//! All projects, for managers; admins make new ones.

use super::screen::{Screen, page};
use crate::api::projects::ProjectLine;
use crate::components::bar::verdict_bar;
use crate::components::field::TextField;
use crate::components::format::{count, counted, ratio};
use crate::components::problem::empty;
use crate::viewer::{backend, require_manager};
use leptos::prelude::*;

pub(super) fn projects() -> impl IntoView {
    page(async {
        let manager = require_manager()?;
        let administers = manager.account().role.can_administer();
        let lines = backend()?.projects.list(&manager).await?;
        let content = if lines.is_empty() {
            empty("No project yet", view! { <p>"A project collects images for a set of synsets, under one set of rules for when to stop asking."</p> })
                .into_any()
        } else {
            let cards = lines.into_iter().map(card).collect_view();
            view! { <ul class="cards wide">{cards}</ul> }.into_any()
        };
        Ok(Screen::new("Projects", view! { <h1>"Projects"</h1> {content} {administers.then(new_project)} }))
    })
}

fn card(line: ProjectLine) -> impl IntoView {
    let totals = line.totals;
    view! {
        <li class="card">
            <h2><a class="stretched" href=format!("/project/{}", line.project)>{line.name}</a></h2>
            {verdict_bar(totals)}
            <p class="quiet small">
                {format!(
                    "{} · {} · {} positive · {} · {} an image",
                    counted(totals.synsets, "synset", "synsets"),
                    counted(totals.candidates, "image", "images"),
                    count(totals.positive),
                    counted(totals.votes, "vote", "votes"),
                    ratio(totals.votes_per_image()),
                )}
            </p>
        </li>
    }
}

fn new_project() -> impl IntoView {
    let name = TextField {
        name: "name",
        label: "Name",
        required: true,
        max_length: 80,
        hint: "You seed synsets and set thresholds on the next page.",
        ..TextField::default()
    };
    view! {
        <section class="panel narrow">
            <h2>"New project"</h2>
            <form class="stack" method="post" action="/api/create_project">
                {name.show()}
                <button class="primary" type="submit">"Make the project"</button>
            </form>
        </section>
    }
}
