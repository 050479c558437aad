//! A project: how far it is and what it will still take, votes by the hour, and a table of its synsets that is searched,
//! filtered, sorted and paged. An open page keeps itself up to date.

mod address;
mod figures;
mod filters;
mod live;
mod pace;
mod rows;
mod table;

use super::screen::{Screen, page};
use crate::api::ApiError;
use crate::api::watching::Board;
use crate::components::bar::verdict_chart;
use crate::components::link::{path_id, query};
use crate::components::problem::empty;
use crate::islands::live::Live;
use crate::texts::{Locale, project as say};
use crate::viewer::{backend, locale, require_manager};
use address::View;
use leptos::prelude::*;

pub use live::live_event;

pub(super) use figures::{cost, votes_left};

pub(super) fn project() -> impl IntoView {
    let project = path_id("project");
    let asked = View::asked(query);
    page(async move {
        let locale = locale();
        let manager = require_manager()?;
        let administers = manager.account().role.can_administer();
        let view = View { project: project?, ..asked };
        let board = backend()?.projects.board(&manager, view.project, &view.request).await?;
        let has_synsets = board.project.totals.synsets > 0;
        let screen = Screen::new(board.project.name.clone(), content(locale, board, &view, administers)?);
        Ok(if has_synsets { screen.with_island() } else { screen })
    })
}

fn content(locale: Locale, board: Board, view: &View, administers: bool) -> Result<AnyView, ApiError> {
    let project = view.project;
    let totals = board.project.totals;
    let head = view! {
        <div class="head">
            <h1>{board.project.name.clone()}</h1>
            {ways(locale, project, totals.synsets > 0, administers)}
        </div>
    };
    if totals.synsets == 0 {
        return Ok(view! { {head} {nothing_seeded(locale, project, administers)} }.into_any());
    }
    let chart = pace::pace(locale, &board.pace, view);
    let filters = filters::filters(locale, &board.counts, view);
    let content = view! {
        {head}
        <div class="project-head">
            <section class="sheet" aria-label=say::how_far(locale)>
                {figures::project_figures(locale, totals, &board.outlook, board.target_precision)}
                <div id="project-bar">{verdict_chart(totals)}</div>
                <Live locale project/>
            </section>
            {chart}
        </div>
        {filters}
        {table::table(locale, board, view)?}
    };
    Ok(content.into_any())
}

fn ways(locale: Locale, project: i64, has_synsets: bool, administers: bool) -> impl IntoView {
    let way = |end: &str, name: &'static str| view! { <a class="button" href=format!("/project/{project}/{end}")>{name}</a> };
    view! {
        <nav class="actions" aria-label=say::ways(locale)>
            {has_synsets.then(|| view! { {way("tree", say::tree(locale))} {way("certificate", say::certificate(locale))} {way("forecast", say::forecast(locale))} {way("replay", say::replay(locale))} })}
            {administers.then(|| view! {
                {way("seed", say::seed(locale))}
                {way("import", say::import(locale))}
                {way("settings", say::settings(locale))}
            })}
        </nav>
    }
}

fn nothing_seeded(locale: Locale, project: i64, administers: bool) -> impl IntoView {
    let words = if administers {
        view! {
            <p>{say::none_words(locale)}</p>
            <p><a class="button primary" href=format!("/project/{project}/seed")>{say::seed(locale)}</a></p>
        }
        .into_any()
    } else {
        view! { <p>{say::none_words_for_managers(locale)}</p> }.into_any()
    };
    empty(say::none(locale), words)
}
