//! A project's workers: a table that says how much and how well each votes, and what deserves a look.

use super::screen::{Screen, page};
use crate::api::workers::{
    Figures, Rate, VoteAnswer, Warning, WorkerRow, WorkerSort, WorkersPage, WorkersRequest,
};
use crate::components::badge::badge;
use crate::components::format::{count, counted, machine_moment, percent};
use crate::components::interval::{between, counts, rate};
use crate::components::link::{href, path_id, query};
use crate::components::problem::empty;
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

/// What the table can be sorted by: the order, the word in the address, the heading.
const ORDERS: [(WorkerSort, &str, &str); 4] = [
    (WorkerSort::Name, "name", "Worker"),
    (WorkerSort::Votes, "votes", "Votes"),
    (WorkerSort::Pace, "pace", "A picture"),
    (WorkerSort::Seen, "seen", "Last seen"),
];

pub(super) fn workers() -> impl IntoView {
    let project = path_id("project");
    let word = query("sort");
    let sort = ORDERS.into_iter().find(|order| order.1 == word).map(|order| order.0).unwrap_or_default();
    // Most votes first, unless the address says otherwise.
    let descending = if word.is_empty() { true } else { query("dir") == "desc" };
    let request = WorkersRequest { sort, descending, search: query("q"), after: query("after") };
    page(async move {
        let manager = require_manager()?;
        let shown = backend()?.workers.page(&manager, project?, &request).await?;
        Ok(Screen::new(format!("Workers of {}", shown.project.1), content(shown, &request)))
    })
}

fn content(shown: WorkersPage, request: &WorkersRequest) -> impl IntoView + use<> {
    let (project, name) = shown.project;
    let path = format!("/project/{project}/workers");
    let [sort, dir] = order_of(request);
    let at = |after: &str| href(&path, &[sort, dir, ("q", &request.search), ("after", after)]);
    let next = shown.next.as_deref().map(at);
    let first = (!request.after.is_empty()).then(|| at(""));
    let table = match (shown.rows.is_empty(), request.search.is_empty()) {
        (false, _) => table(project, shown.rows, request).into_any(),
        (true, true) => empty(
            "Nobody has voted yet",
            view! { <p>"Whoever answers a page of this project appears here."</p> },
        )
        .into_any(),
        (true, false) => empty(
            "No such worker",
            view! { <p>"No name of somebody who has voted here holds these letters."</p> },
        )
        .into_any(),
    };
    view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
        <div class="head"><h1>"Workers"</h1><p class="quiet">{counted(shown.total, "person has voted", "people have voted")}</p></div>
        <form class="search" method="get" action=path role="search">
            <label class="visually-hidden" for="q">"Find a worker by name"</label>
            <input id="q" name="q" type="search" value=request.search.clone() placeholder="Part of a name" autocomplete="off" maxlength="64"/>
            <button type="submit">"Find"</button>
        </form>
        {table}
        <nav class="pager" aria-label="Pages of workers">
            {first.map(|first| view! { <a class="button" href=first>"First page"</a> })}
            {next.map(|next| view! { <a class="button" rel="next" href=next>"Next page"</a> })}
        </nav>
        {explanation()}
    }
}

fn explanation() -> impl IntoView {
    view! {
        <details class="explain">
            <summary>"What the figures mean"</summary>
            <dl>
                <div><dt>"A picture"</dt><dd>"The median, over the pages answered, of the time for one picture: from when the page was handed out, or the page before was sent if that was later, until it was sent."</dd></div>
                <div><dt>"Gold"</dt><dd>"Images that an expert has labelled. A yes or no is right when it says the same. “Unsure” is neither right nor wrong."</dd></div>
                <div><dt>"Settled"</dt><dd>"Images that are positive or negative by votes, and that at least two other people’s votes, without this worker’s own, decide the same way."</dd></div>
                <div><dt>"Good ones found, others turned down"</dt><dd>"Sensitivity: yes to images that show the synset. Specificity: no to images that do not."</dd></div>
                <div><dt>"Agreement"</dt><dd>"Yes or no as the majority of the other people says, on images with at least two of them and no tie."</dd></div>
                <div><dt>"The bars"</dt><dd>"The wide part is the interval that holds the true share in 95 of 100 cases (Wilson): wide means that there is little to judge by."</dd></div>
                <div><dt>"To look at"</dt><dd>"Warns, and does nothing. Whether somebody’s votes count is decided by a person, on the worker’s page."</dd></div>
            </dl>
        </details>
    }
}

fn table(project: i64, rows: Vec<WorkerRow>, request: &WorkersRequest) -> impl IntoView + use<> {
    let head = |order| column_head(project, order, request);
    let [name, votes, pace, seen] = ORDERS.map(head);
    let rows = rows.into_iter().map(|row| table_row(project, row)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Workers of the project">
            <table class="synsets workers">
                <thead>
                    <tr>
                        {name}{votes}{pace}<th scope="col" class="number">"Yes"</th><th scope="col">"Gold right"</th>
                        <th scope="col">"Agreement"</th><th scope="col">"Good ones found"</th><th scope="col">"Others turned down"</th>{seen}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn column_head(
    project: i64,
    (sort, word, heading): (WorkerSort, &'static str, &'static str),
    request: &WorkersRequest,
) -> impl IntoView + use<> {
    let sorted = sort == request.sort;
    // Names begin with a, the fastest come first, of the rest the largest; a second press turns the order round.
    let usual = matches!(sort, WorkerSort::Votes | WorkerSort::Seen);
    let descending = if sorted { !request.descending } else { usual };
    let to = href(
        &format!("/project/{project}/workers"),
        &[("sort", word), ("dir", if descending { "desc" } else { "" }), ("q", &request.search)],
    );
    let aria = sorted.then_some(if request.descending { "descending" } else { "ascending" });
    let arrow = match (sorted, request.descending) {
        (false, _) => "",
        (true, false) => "↑",
        (true, true) => "↓",
    };
    let class = matches!(sort, WorkerSort::Votes | WorkerSort::Pace).then_some("number");
    view! { <th scope="col" aria-sort=aria class=class><a href=to>{heading}<span aria-hidden="true">{arrow}</span></a></th> }
}

fn table_row(project: i64, row: WorkerRow) -> impl IntoView {
    let figures = &row.figures;
    let both = |gold: Rate, settled: Rate| {
        view! { <td class="rates">{by("gold", gold)}{by("settled", settled)}</td> }
    };
    view! {
        <tr class=row.excluded.then_some("is-excluded")>
            <th scope="row">
                <a href=format!("/project/{project}/worker/{}", row.account)>{row.name.clone()}</a>
                {standing(&row)}
                {warnings(&row.warnings)}
            </th>
            <td class="number">{count(row.votes)}<span class="under">{counted(row.pages, "page", "pages")}</span></td>
            <td class="number">{seconds(row.pace)}</td>
            <td class="number">{yes_share(figures)}</td>
            <td>{rate(figures.gold.accuracy)}</td>
            <td>{rate(figures.agreement)}</td>
            {both(figures.gold.sensitivity, figures.settled.sensitivity)}
            {both(figures.gold.specificity, figures.settled.specificity)}
            <td><time datetime=machine_moment(row.seen_at)>{locale().date(row.seen_at)}</time></td>
        </tr>
    }
}

fn by(what: &'static str, of: Rate) -> impl IntoView {
    view! { <span class="by"><span class="quiet small">{what}</span>{rate(of)}</span> }
}

/// A badge for somebody whose votes do not count.
pub(super) fn standing(row: &WorkerRow) -> impl IntoView + use<> {
    row.excluded.then(|| view! { <span class="under">{badge("bad", "Excluded")}</span> })
}

/// The warnings, each with its evidence.
pub(super) fn warnings(warnings: &[Warning]) -> impl IntoView + use<> {
    let entries = warnings
        .iter()
        .map(|warning| {
            let (title, evidence) = in_words(*warning);
            view! { <li>{badge("warn", title)}" "<span class="small">{evidence}</span></li> }
        })
        .collect_view();
    (!warnings.is_empty()).then(|| view! { <ul class="warnings" aria-label="To look at">{entries}</ul> })
}

fn in_words(warning: Warning) -> (&'static str, String) {
    match warning {
        Warning::TooFast { pace, pages } => (
            "Too fast",
            format!("{} a picture, the median of {}", seconds(Some(pace)), counted(pages, "page", "pages")),
        ),
        Warning::AlwaysTheSame { answer, given, others } => (
            "Always the same",
            format!(
                "said {} to {} images; others said so to {} of them",
                word(answer),
                counts(given),
                count(others.hits)
            ),
        ),
        Warning::ChanceLevel { on_gold, sensitivity, specificity } => (
            "Like guessing",
            format!(
                "found {} good ones ({}), turned down {} others ({}), by {}",
                counts(sensitivity),
                between(sensitivity),
                counts(specificity),
                between(specificity),
                if on_gold { "an expert’s word" } else { "settled images" },
            ),
        ),
    }
}

/// The answer in a sentence.
pub(super) fn word(answer: VoteAnswer) -> &'static str {
    match answer {
        VoteAnswer::Yes => "yes",
        VoteAnswer::No => "no",
        VoteAnswer::Unsure => "unsure",
    }
}

/// `1.4 s`; a dash where no page was answered.
pub(super) fn seconds(pace: Option<i64>) -> String {
    pace.map_or_else(|| "–".to_owned(), |pace| format!("{:.1}\u{a0}s", pace as f64 / 1000.0))
}

/// How often the worker says yes.
pub(super) fn yes_share(figures: &Figures) -> String {
    let (yes, no, unsure) = figures.answers;
    let all = yes + no + unsure;
    if all > 0 { percent(yes as f64 / all as f64) } else { "–".to_owned() }
}

fn order_of(request: &WorkersRequest) -> [(&'static str, &'static str); 2] {
    let word = ORDERS.into_iter().find(|order| order.0 == request.sort).map_or("votes", |order| order.1);
    [("sort", word), ("dir", if request.descending { "desc" } else { "" })]
}
