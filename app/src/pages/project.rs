//! A project: how far it is, and a table of its synsets that sorts and pages.

use super::screen::{Screen, page};
use crate::api::projects::{ProjectPage, SynsetRow, SynsetSort};
use crate::components::badge::synset_badge;
use crate::components::bar::{figures, verdict_bar, verdict_chart};
use crate::components::format::{count, percent, ratio};
use crate::components::link::{href, path_id, query};
use crate::components::problem::empty;
use crate::components::synset_list::in_one_line;
use crate::viewer::{backend, require_manager};
use leptos::prelude::*;

/// The columns: what they are sorted by, the word in the address, the heading.
const COLUMNS: [(SynsetSort, &str, &str); 9] = [
    (SynsetSort::Name, "name", "Synset"),
    (SynsetSort::Candidates, "candidates", "Images"),
    (SynsetSort::Positive, "positive", "Positive"),
    (SynsetSort::Negative, "negative", "Negative"),
    (SynsetSort::Escalated, "escalated", "Escalated"),
    (SynsetSort::Open, "open", "Open"),
    (SynsetSort::Votes, "votes", "Votes"),
    (SynsetSort::VotesPerImage, "votes-per-image", "Votes an image"),
    (SynsetSort::Difficulty, "difficulty", "Difficulty"),
];

pub(super) fn project() -> impl IntoView {
    let project = path_id("project");
    let (sort, descending, after) = (sort_named(&query("sort")), query("dir") == "desc", query("after"));
    page(async move {
        let manager = require_manager()?;
        let administers = manager.account().role.can_administer();
        let cursor = (!after.is_empty()).then_some(after.as_str());
        let shown = backend()?.projects.page(&manager, project?, sort, descending, cursor).await?;
        let is_first = after.is_empty();
        Ok(Screen::new(
            shown.project.name.clone(),
            content(shown, Order { sort, descending, is_first }, administers),
        ))
    })
}

/// How the table is sorted, and whether its first page is shown.
#[derive(Clone, Copy)]
struct Order {
    sort: SynsetSort,
    descending: bool,
    is_first: bool,
}

fn content(shown: ProjectPage, order: Order, administers: bool) -> impl IntoView {
    let (project, totals) = (shown.project.project, shown.project.totals);
    let next = shown.next.map(|cursor| {
        let dir = if order.descending { "desc" } else { "" };
        href(
            &format!("/project/{project}"),
            &[("sort", word_of(order.sort)), ("dir", dir), ("after", &cursor)],
        )
    });
    let table = if shown.rows.is_empty() && order.is_first {
        nothing_seeded(project, administers).into_any()
    } else {
        table(project, shown.rows, order).into_any()
    };
    view! {
        <div class="head">
            <h1>{shown.project.name}</h1>
            {administers.then(|| admin_ways(project))}
        </div>
        {figures(vec![
            ("Synsets", count(totals.synsets)),
            ("Images", count(totals.candidates)),
            ("Near duplicates", count(totals.duplicates)),
            ("Votes", count(totals.votes)),
            ("Votes an image", ratio(totals.votes_per_image())),
            ("Target precision", percent(shown.settings.target_precision)),
        ])}
        {verdict_chart(totals)}
        {table}
        <nav class="pager" aria-label="Pages of the table">
            {(!order.is_first).then(|| view! { <a class="button" href=format!("/project/{project}")>"First page"</a> })}
            {next.map(|next| view! { <a class="button" rel="next" href=next>"Next page"</a> })}
        </nav>
    }
}

fn admin_ways(project: i64) -> impl IntoView {
    view! {
        <nav class="actions" aria-label="Administration">
            <a class="button" href=format!("/project/{project}/seed")>"Seed synsets"</a>
            <a class="button" href=format!("/project/{project}/import")>"Import images"</a>
            <a class="button" href=format!("/project/{project}/settings")>"Settings"</a>
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

fn table(project: i64, rows: Vec<SynsetRow>, order: Order) -> impl IntoView {
    let heads = COLUMNS.into_iter().map(|column| column_head(project, column, order)).collect_view();
    let rows = rows.into_iter().map(|row| table_row(project, row)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Synsets of the project">
            <table class="synsets">
                <thead><tr>{heads}<th scope="col">"Progress"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn column_head(
    project: i64,
    (sort, word, heading): (SynsetSort, &'static str, &'static str),
    order: Order,
) -> impl IntoView {
    let sorted = sort == order.sort;
    // Names begin with a, figures with the largest; a second press turns the order round.
    let descending = if sorted { !order.descending } else { sort != SynsetSort::Name };
    let to = href(
        &format!("/project/{project}"),
        &[("sort", word), ("dir", if descending { "desc" } else { "" })],
    );
    let aria = sorted.then_some(if order.descending { "descending" } else { "ascending" });
    let arrow = match (sorted, order.descending) {
        (false, _) => "",
        (true, false) => "↑",
        (true, true) => "↓",
    };
    view! {
        <th scope="col" aria-sort=aria class=(sort != SynsetSort::Name).then_some("number")>
            <a href=to>{heading}<span aria-hidden="true">{arrow}</span></a>
        </th>
    }
}

fn table_row(project: i64, row: SynsetRow) -> impl IntoView {
    let totals = row.totals;
    let figures =
        [totals.candidates, totals.positive, totals.negative, totals.escalated, totals.open(), totals.votes]
            .into_iter()
            .map(|n| view! { <td class="number">{count(n)}</td> })
            .collect_view();
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/project/{project}/synset/{}", row.wnid)>{in_one_line(&row.words)}</a>
                <span class="under"><code>{row.wnid}</code> {synset_badge(row.state, row.paused)}</span>
            </th>
            {figures}
            <td class="number">{ratio(totals.votes_per_image())}</td>
            <td class="number">{row.difficulty.map_or_else(|| "–".to_owned(), count)}</td>
            <td class="bar-cell">{verdict_bar(totals)}</td>
        </tr>
    }
}

fn sort_named(word: &str) -> SynsetSort {
    COLUMNS.into_iter().find(|column| column.1 == word).map(|column| column.0).unwrap_or_default()
}

fn word_of(sort: SynsetSort) -> &'static str {
    COLUMNS.into_iter().find(|column| column.0 == sort).map_or("name", |column| column.1)
}
