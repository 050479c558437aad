//! A project's workers: a table that says how much and how well each votes, and what deserves a look.

use super::screen::{Screen, page};
use crate::api::workers::{
    Figures, Rate, VoteAnswer, Warning, WorkerRow, WorkerSort, WorkersPage, WorkersRequest,
};
use crate::components::badge::badge;
use crate::components::interval::{between, counts, rate};
use crate::components::link::{href, path_id, query};
use crate::components::problem::empty;
use crate::texts::{Locale, SLOT, Words, fill, machine_moment, workers as say};
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

/// What the table can be sorted by: the order, the word in the address, the heading.
const ORDERS: [(WorkerSort, &str, Words); 4] = [
    (WorkerSort::Name, "name", say::worker),
    (WorkerSort::Votes, "votes", say::votes),
    (WorkerSort::Pace, "pace", say::a_picture),
    (WorkerSort::Seen, "seen", say::last_seen),
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
        let locale = locale();
        Ok(Screen::new(say::title(locale, &shown.project.1), content(locale, shown, &request)))
    })
}

fn content(locale: Locale, shown: WorkersPage, request: &WorkersRequest) -> impl IntoView + use<> {
    let (project, name) = shown.project;
    let path = format!("/project/{project}/workers");
    let [sort, dir] = order_of(request);
    let at = |after: &str| href(&path, &[sort, dir, ("q", &request.search), ("after", after)]);
    let next = shown.next.as_deref().map(at);
    let first = (!request.after.is_empty()).then(|| at(""));
    let table = match (shown.rows.is_empty(), request.search.is_empty()) {
        (false, _) => table(locale, project, shown.rows, request).into_any(),
        (true, true) => empty(say::none(locale), view! { <p>{say::none_words(locale)}</p> }).into_any(),
        (true, false) => {
            empty(say::none_found(locale), view! { <p>{say::none_found_words(locale)}</p> }).into_any()
        }
    };
    view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
        <div class="head"><h1>{say::heading(locale)}</h1><p class="quiet">{say::have_voted(locale, shown.total)}</p></div>
        <form class="search" method="get" action=path role="search">
            <label class="visually-hidden" for="q">{say::find_label(locale)}</label>
            <input id="q" name="q" type="search" value=request.search.clone() placeholder=say::find_hint(locale) autocomplete="off" maxlength="64"/>
            <button type="submit">{say::find(locale)}</button>
        </form>
        {table}
        <nav class="pager" aria-label=say::pages_label(locale)>
            {first.map(|first| view! { <a class="button" href=first>{say::first_page(locale)}</a> })}
            {next.map(|next| view! { <a class="button" rel="next" href=next>{say::next_page(locale)}</a> })}
        </nav>
        {explanation(locale)}
    }
}

fn explanation(locale: Locale) -> impl IntoView {
    view! {
        <details class="explain">
            <summary>{say::explained(locale)}</summary>
            <dl>
                <div><dt>{say::a_picture(locale)}</dt><dd>{say::a_picture_means(locale)}</dd></div>
                <div><dt>{say::gold_name(locale)}</dt><dd>{say::gold_means(locale)}</dd></div>
                <div><dt>{say::settled_name(locale)}</dt><dd>{say::settled_means(locale)}</dd></div>
                <div><dt>{say::found_and_down(locale)}</dt><dd>{say::found_and_down_means(locale)}</dd></div>
                <div><dt>{say::agreement(locale)}</dt><dd>{say::agreement_means(locale)}</dd></div>
                <div><dt>{say::bars(locale)}</dt><dd>{say::bars_mean(locale)}</dd></div>
                <div><dt>{say::to_look_at(locale)}</dt><dd>{say::to_look_at_means(locale)}</dd></div>
            </dl>
        </details>
    }
}

fn table(
    locale: Locale,
    project: i64,
    rows: Vec<WorkerRow>,
    request: &WorkersRequest,
) -> impl IntoView + use<> {
    let head = |order| column_head(locale, project, order, request);
    let [name, votes, pace, seen] = ORDERS.map(head);
    let rows = rows.into_iter().map(|row| table_row(locale, project, row)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::table_label(locale)>
            <table class="synsets carded workers">
                <thead>
                    <tr>
                        {name}{votes}{pace}<th scope="col">{say::right(locale)}</th><th scope="col">{say::good_found(locale)}</th>
                        <th scope="col">{say::others_turned_down(locale)}</th>{seen}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn column_head(
    locale: Locale,
    project: i64,
    (sort, word, heading): (WorkerSort, &'static str, Words),
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
    view! { <th scope="col" aria-sort=aria class=class><a href=to>{heading(locale)}<span aria-hidden="true">{arrow}</span></a></th> }
}

fn table_row(locale: Locale, project: i64, row: WorkerRow) -> impl IntoView {
    let figures = &row.figures;
    let both = |label: &'static str, gold: Rate, other: &'static str, others: Rate| {
        view! { <td data-label=label>{by(say::gold(locale), gold)}{by(other, others)}</td> }
    };
    let settled = say::settled(locale);
    view! {
        <tr class=row.excluded.then_some("is-excluded")>
            <th scope="row">
                <a href=format!("/project/{project}/worker/{}", row.account)>{row.name.clone()}</a>
                {standing(locale, &row)}
                {warnings(locale, project, &row.warnings)}
            </th>
            <td class="number" data-label=say::votes(locale)>{locale.count(row.votes)}<span class="under">{say::pages_answered(locale, row.pages)}</span></td>
            <td class="number" data-label=say::a_picture(locale)>
                {pace(locale, row.pace)}<span class="under">{say::share_of_yes(locale, yes_share(locale, figures))}</span>
            </td>
            {both(say::right(locale), figures.gold.accuracy, say::others(locale), figures.agreement)}
            {both(say::good_found(locale), figures.gold.sensitivity, settled, figures.settled.sensitivity)}
            {both(say::others_turned_down(locale), figures.gold.specificity, settled, figures.settled.specificity)}
            <td data-label=say::last_seen(locale)><time datetime=machine_moment(row.seen_at)>{locale.date(row.seen_at)}</time></td>
        </tr>
    }
}

fn by(what: &'static str, of: Rate) -> impl IntoView {
    view! { <span class="by"><span class="quiet small">{what}</span>{rate(of)}</span> }
}

/// A badge for somebody whose votes do not count.
fn standing(locale: Locale, row: &WorkerRow) -> impl IntoView + use<> {
    row.excluded.then(|| view! { <span class="under">{badge("bad", say::excluded(locale))}</span> })
}

/// The warnings, each with its evidence.
pub(super) fn warnings(locale: Locale, project: i64, warnings: &[Warning]) -> impl IntoView + use<> {
    let entries = warnings
        .iter()
        .map(|warning| {
            let (title, evidence) = in_words(locale, project, warning);
            view! { <li>{badge("warn", title)}" "<span class="small">{evidence}</span></li> }
        })
        .collect_view();
    (!warnings.is_empty())
        .then(|| view! { <ul class="warnings" aria-label=say::to_look_at(locale)>{entries}</ul> })
}

fn in_words(locale: Locale, project: i64, warning: &Warning) -> (&'static str, AnyView) {
    let share = |of: Rate| of.share().map_or_else(|| "–".to_owned(), |share| locale.percent(share));
    match warning {
        Warning::TooFast { pace, pages } => {
            let pages = say::pages_answered(locale, *pages);
            (say::too_fast(locale), say::too_fast_words(locale, locale.tenths(*pace), pages).into_any())
        }
        Warning::AlwaysTheSame { answer, given, others } => {
            let words = say::always_same_words(locale, word(locale, *answer), counts(*given), share(*others));
            (say::always_same(locale), words.into_any())
        }
        Warning::ChanceLevel { sensitivity, specificity, others } => {
            let (good, good_share) = (counts(*sensitivity), between(*sensitivity));
            let (rest, rest_share) = (counts(*specificity), between(*specificity));
            let (found, down) = (share(others.0), share(others.1));
            let words = say::guessing_words(locale, good, good_share, rest, rest_share, found, down);
            (say::like_guessing(locale), words.into_any())
        }
        Warning::WrongTogether { account, name, either, both, expected, once_in } => {
            let link = view! { <a href=format!("/project/{project}/worker/{account}")>{name.clone()}</a> };
            let expected = locale.decimal(*expected, 1);
            let words = say::wrong_together_words(locale, SLOT, *either, *both, expected, *once_in);
            (say::wrong_together(locale), fill(words, link).into_any())
        }
    }
}

/// The answer in a sentence.
pub(super) fn word(locale: Locale, answer: VoteAnswer) -> &'static str {
    match answer {
        VoteAnswer::Yes => say::answer_yes(locale),
        VoteAnswer::No => say::answer_no(locale),
        VoteAnswer::Unsure => say::answer_unsure(locale),
    }
}

/// `1.4 s`; a dash where no page was answered.
pub(super) fn pace(locale: Locale, pace: Option<i64>) -> String {
    pace.map_or_else(|| "–".to_owned(), |pace| locale.tenths(pace))
}

/// How often the worker says yes.
pub(super) fn yes_share(locale: Locale, figures: &Figures) -> String {
    let (yes, no, unsure) = figures.answers;
    let all = yes + no + unsure;
    if all > 0 { locale.percent(yes as f64 / all as f64) } else { "–".to_owned() }
}

fn order_of(request: &WorkersRequest) -> [(&'static str, &'static str); 2] {
    let word = ORDERS.into_iter().find(|order| order.0 == request.sort).map_or("votes", |order| order.1);
    [("sort", word), ("dir", if request.descending { "desc" } else { "" })]
}
