//! Seeding synsets into a project: subtrees are ticked, branches left out, lists pasted; what would come of it is shown before
//! it is done. All of it is in the form and the address, so that it works without script.

mod basket;
mod history;
mod preview;
mod state;

use super::screen::{Screen, page};
use crate::api::selection::SeedPage;
use crate::components::link::{path_id, query};
use crate::components::tree::{Tree, TreeWays};
use crate::islands::live_form::LiveForm;
use crate::islands::search_box::SearchBox;
use crate::texts::{Locale, seed as say};
use crate::viewer::{backend, locale, require_admin};
use leptos::prelude::*;
use state::FormState;

/// The form's id, by which its script finds it.
const FORM: &str = "seed-form";

pub(super) fn seed() -> impl IntoView {
    let project = path_id("project");
    let (state, asked) = (FormState::read(), query("q").trim().to_owned());
    page(async move {
        let admin = require_admin()?;
        let backend = backend()?;
        let shown = backend.seeding.page(&admin, project?, &state.request(), &state.open).await?;
        let found = if asked.is_empty() { Vec::new() } else { backend.ontology.search(&asked).await? };
        let locale = locale();
        let search = view! { <SearchBox locale asked=asked found=found picks=true/> };
        Ok(Screen::new(say::title(locale), content(locale, shown, state, search)).with_island())
    })
}

fn content(locale: Locale, shown: SeedPage, state: FormState, search: impl IntoView) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let ways = TreeWays::Form { trees: state.roots(), without: state.without.clone() };
    let mut tree = Tree::new(ways, true);
    let groups = tree.groups(shown.tree.groups.clone());
    let held = state.held_elsewhere(&tree);
    let (confirm, panel) = preview::preview(locale, &shown, &state);
    view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
        <h1>{say::title(locale)}</h1>
        <p class="lead">{say::lead(locale)}</p>
        <form id=FORM class="seeding" method="get" action=format!("/project/{project}/seed")>
            // Enter in a field means this, not the first button of the tree.
            <button class="visually-hidden" type="submit" tabindex="-1">{say::update(locale)}</button>
            <div class="seeding-choice">
                <section class="panel">
                    <h2>{say::search(locale)}</h2>
                    {search}
                </section>
                <section class="panel" id="seed-tree" data-live="">
                    <h2>{say::tree(locale)}</h2>
                    <p class="hint">{say::tree_hint(locale)}</p>
                    {groups}
                    {held}
                </section>
                <section class="panel" id="seed-list" data-live="">
                    <h2>{say::list(locale)}</h2>
                    {basket::list(locale, &shown)}
                </section>
            </div>
            <div class="seeding-basket" id="seed-basket" data-live="">
                {basket::basket(locale, &shown)}
                {panel}
            </div>
        </form>
        {confirm}
        {history::history(locale, project, shown.seedings)}
        <LiveForm form=FORM.to_owned() headline="seed-headline".to_owned()/>
    }
}
