//! The table of a project's synsets: sorted by any column, page after page or all at once.

use super::address::{COLUMNS, View};
use super::filters::name_of;
use super::rows::rows;
use crate::api::ApiError;
use crate::api::watching::{Board, SynsetFilter, SynsetSort};
use crate::components::problem::empty;
use crate::texts::{Locale, counts, figures, project as say, verdicts};
use leptos::prelude::*;

/// The rows, or why there are none, and the ways to more of them.
pub(super) fn table(locale: Locale, board: Board, view: &View) -> Result<AnyView, ApiError> {
    let found = board.counts.iter().find(|known| known.0 == view.request.filter).map_or(0, |known| known.1);
    let is_first = view.request.after.is_none();
    if board.rows.is_empty() && is_first {
        return Ok(nothing_matches(locale, view).into_any());
    }
    let price = board.outlook.price;
    let heads = COLUMNS.into_iter().map(|column| column_head(locale, column, view)).collect_view();
    let cost =
        price.is_some().then(|| view! { <th scope="col" class="number">{figures::cost_left(locale)}</th> });
    let shown = board.rows.len();
    let rows = rows(locale, view.project, &board.rows, price.as_ref())?;
    let is_long = view.request.all;
    let table = view! {
        <div class="scroll synsets-region" tabindex="0" role="region" aria-label=say::table(locale)>
            <table class="synsets carded" class:is-long=is_long>
                <thead><tr>{heads}{cost}<th scope="col">{say::progress(locale)}</th></tr></thead>
                <tbody inner_html=rows></tbody>
            </table>
        </div>
        {pager(locale, board.next, found, shown, view)}
    };
    Ok(table.into_any())
}

fn pager(
    locale: Locale,
    next: Option<String>,
    found: i64,
    shown: usize,
    view: &View,
) -> impl IntoView + use<> {
    let is_first = view.request.after.is_none();
    let all = (!view.request.all && (next.is_some() || !is_first)).then(|| {
        let to = view.with(|other| other.request.all = true);
        view! { <a class="button" href=to>{say::all_on_one_page(locale)}</a> }
    });
    let few = view.request.all.then(|| {
        view! { <a class="button" href=view.with(|other| other.request.all = false)>{say::page_by_page(locale)}</a> }
    });
    let first =
        (!is_first).then(|| view! { <a class="button" href=view.with(|_| ())>{say::first_page(locale)}</a> });
    let next = next.map(|cursor| {
        let to = view.with(|other| other.request.after = Some(cursor));
        view! { <a class="button" rel="next" href=to>{say::next_page(locale)}</a> }
    });
    let shown = i64::try_from(shown).unwrap_or(i64::MAX);
    let synsets = counts::synsets(locale, found);
    let words = if shown == found { synsets } else { say::some_of(locale, shown, synsets) };
    view! {
        <nav class="pager" aria-label=say::pages(locale)>
            <span class="quiet">{words}</span> {first} {next} {all} {few}
        </nav>
    }
}

fn nothing_matches(locale: Locale, view: &View) -> impl IntoView + use<> {
    let (filter, search) = (view.request.filter, &view.request.search);
    let name = (filter != SynsetFilter::All).then(|| name_of(locale, filter));
    let words = match (name, search.is_empty()) {
        (None, true) => say::no_synset(locale).to_owned(),
        (Some(name), true) => say::no_synset_filtered(locale, name),
        (None, false) => say::no_synset_found(locale, search),
        (Some(name), false) => say::no_synset_found_filtered(locale, search, name),
    };
    let unfiltered = name.map(|_| {
        let to = view.with(|other| other.request.filter = SynsetFilter::All);
        view! { <a class="button" href=to>{say::all_filters_off(locale)}</a> }
    });
    let unsearched = (!search.is_empty())
        .then(|| view! { <a class="button" href=view.with(|other| other.request.search.clear())>{say::clear_search(locale)}</a> });
    empty(
        say::nothing_matches(locale),
        view! { <p>{words}</p> <p class="actions">{unsearched} {unfiltered}</p> },
    )
}

fn column_head(locale: Locale, (sort, _): (SynsetSort, &'static str), view: &View) -> impl IntoView + use<> {
    let sorted = sort == view.request.sort;
    // Names begin with a, figures with the largest; a second press turns the order round.
    let descending = if sorted { !view.request.descending } else { sort != SynsetSort::Name };
    let to = view.with(|other| (other.request.sort, other.request.descending) = (sort, descending));
    let aria = sorted.then_some(if view.request.descending { "descending" } else { "ascending" });
    let arrow = match (sorted, view.request.descending) {
        (false, _) => "",
        (true, false) => "↑",
        (true, true) => "↓",
    };
    view! {
        <th scope="col" aria-sort=aria class=(sort != SynsetSort::Name).then_some("number")>
            <a href=to>{heading(locale, sort)}<span aria-hidden="true">{arrow}</span></a>
        </th>
    }
}

pub(super) fn heading(locale: Locale, sort: SynsetSort) -> &'static str {
    match sort {
        SynsetSort::Name => figures::synset(locale),
        SynsetSort::Candidates => figures::images(locale),
        SynsetSort::Positive => verdicts::positive(locale),
        SynsetSort::Negative => verdicts::negative(locale),
        SynsetSort::Escalated => verdicts::escalated(locale),
        SynsetSort::Open => verdicts::open(locale),
        SynsetSort::Votes => figures::votes(locale),
        SynsetSort::VotesPerImage => figures::votes_an_image(locale),
        SynsetSort::Difficulty => say::difficulty(locale),
        SynsetSort::ExpectedVotes => figures::votes_left(locale),
    }
}
