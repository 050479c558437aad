//! A project: how far it is and what it will still take, votes by the hour, and a table of its synsets that is searched,
//! filtered, sorted and paged. An open page keeps itself up to date.

mod address;
mod figures;
mod filters;
mod live;
mod pace;
mod table;

use super::screen::{Screen, page};
use crate::api::watching::Board;
use crate::components::bar::verdict_chart;
use crate::components::link::{path_id, query};
use crate::components::problem::empty;
use crate::islands::live::Live;
use crate::viewer::{backend, require_manager};
use address::View;
use leptos::prelude::*;

pub use live::live_event;

pub(super) use figures::{cost, votes_left};

pub(super) fn project() -> impl IntoView {
    let project = path_id("project");
    let asked = View::asked(query);
    page(async move {
        let manager = require_manager()?;
        let administers = manager.account().role.can_administer();
        let view = View { project: project?, ..asked };
        let board = backend()?.projects.board(&manager, view.project, &view.request).await?;
        let has_synsets = board.project.totals.synsets > 0;
        let screen = Screen::new(board.project.name.clone(), content(board, &view, administers));
        Ok(if has_synsets { screen.with_island() } else { screen })
    })
}

fn content(board: Board, view: &View, administers: bool) -> impl IntoView + use<> {
    let project = view.project;
    let totals = board.project.totals;
    let head = view! {
        <div class="head">
            <h1>{board.project.name.clone()}</h1>
            {ways(project, totals.synsets > 0, administers)}
        </div>
    };
    if totals.synsets == 0 {
        return view! { {head} {nothing_seeded(project, administers)} }.into_any();
    }
    let chart = pace::pace(&board.pace, view);
    view! {
        {head}
        <div class="project-head">
            <section class="sheet" aria-label="How far the project is">
                {figures::project_figures(totals, &board.outlook, board.target_precision)}
                <div id="project-bar">{verdict_chart(totals)}</div>
                <Live project/>
            </section>
            {chart}
        </div>
        {filters::filters(&board.counts, view)}
        {table::table(board, view)}
    }
    .into_any()
}

fn ways(project: i64, has_synsets: bool, administers: bool) -> impl IntoView {
    let way = |end: &str, name: &'static str| view! { <a class="button" href=format!("/project/{project}/{end}")>{name}</a> };
    view! {
        <nav class="actions" aria-label="Project">
            {has_synsets.then(|| way("tree", "Tree"))}
            {administers.then(|| view! { {way("seed", "Seed synsets")} {way("import", "Import images")} {way("settings", "Settings")} })}
        </nav>
    }
}

fn nothing_seeded(project: i64, administers: bool) -> impl IntoView {
    let words = if administers {
        view! {
            <p>"Seed synsets from WordNet, one by one or as a whole subtree; then bring in candidate images."</p>
            <p><a class="button primary" href=format!("/project/{project}/seed")>"Seed synsets"</a></p>
        }
        .into_any()
    } else {
        view! { <p>"An admin seeds synsets from WordNet first."</p> }.into_any()
    };
    empty("No synsets yet", words)
}
