//! All projects, for managers; admins make new ones.

use super::screen::{Screen, page};
use crate::api::projects::{ProjectLine, Totals};
use crate::components::bar::verdict_bar;
use crate::components::field::TextField;
use crate::components::problem::empty;
use crate::texts::{Locale, counts, projects as say};
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

pub(super) fn projects() -> impl IntoView {
    page(async {
        let locale = locale();
        let manager = require_manager()?;
        let administers = manager.account().role.can_administer();
        let lines = backend()?.projects.list(&manager).await?;
        let content = if lines.is_empty() {
            empty(say::none(locale), view! { <p>{say::none_words(locale)}</p> }).into_any()
        } else {
            let cards = lines.into_iter().map(|line| card(locale, line)).collect_view();
            view! { <ul class="cards wide">{cards}</ul> }.into_any()
        };
        Ok(Screen::new(
            say::title(locale),
            view! { <h1>{say::title(locale)}</h1> {content} {administers.then(|| new_project(locale))} },
        ))
    })
}

fn card(locale: Locale, line: ProjectLine) -> impl IntoView {
    let totals = line.totals;
    view! {
        <li class="card">
            <h2><a class="stretched" href=format!("/project/{}", line.project)>{line.name}</a></h2>
            {verdict_bar(totals)}
            <p class="quiet small">{in_words(locale, totals)}</p>
        </li>
    }
}

fn in_words(locale: Locale, totals: Totals) -> String {
    let synsets = counts::synsets(locale, totals.synsets);
    if totals.candidates == 0 {
        return say::no_images(locale, synsets);
    }
    say::totals(
        locale,
        synsets,
        counts::images(locale, totals.candidates),
        totals.positive,
        counts::votes(locale, totals.votes),
        locale.ratio(totals.votes_per_image()),
    )
}

fn new_project(locale: Locale) -> impl IntoView {
    let name = TextField {
        name: "name",
        label: say::name(locale),
        required: true,
        max_length: 80,
        hint: say::name_hint(locale),
        ..TextField::default()
    };
    view! {
        <section class="panel narrow">
            <h2>{say::new(locale)}</h2>
            <form class="stack" method="post" action="/api/create_project">
                {name.show()}
                <button class="primary" type="submit">{say::make(locale)}</button>
            </form>
        </section>
    }
}
