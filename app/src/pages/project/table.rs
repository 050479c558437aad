//! The table of a project's synsets: sorted by any column, page after page or all at once.

use super::address::{COLUMNS, View, filter_of};
use super::figures::row_texts;
use crate::api::watching::{Board, BoardRow, Price, SynsetFilter, SynsetSort};
use crate::components::badge::synset_badge;
use crate::components::bar::verdict_bar;
use crate::components::format::counted;
use crate::components::problem::empty;
use crate::components::synset_list::in_one_line;
use leptos::prelude::*;

/// The rows, or why there are none, and the ways to more of them.
pub(super) fn table(board: Board, view: &View) -> impl IntoView + use<> {
    let found = board.counts.iter().find(|known| known.0 == view.request.filter).map_or(0, |known| known.1);
    let is_first = view.request.after.is_none();
    if board.rows.is_empty() && is_first {
        return nothing_matches(view).into_any();
    }
    let price = board.outlook.price;
    let heads = COLUMNS.into_iter().map(|column| column_head(column, view)).collect_view();
    let cost = price.is_some().then(|| view! { <th scope="col" class="number">"Cost left"</th> });
    let shown = board.rows.len();
    let rows = board.rows.into_iter().map(|row| table_row(view.project, row, price.as_ref())).collect_view();
    let class = if view.request.all { "synsets is-long" } else { "synsets" };
    view! {
        <div class="scroll synsets-region" tabindex="0" role="region" aria-label="Synsets of the project">
            <table class=class>
                <thead><tr>{heads}{cost}<th scope="col">"Progress"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {pager(board.next, found, shown, view)}
    }
    .into_any()
}

fn pager(next: Option<String>, found: i64, shown: usize, view: &View) -> impl IntoView + use<> {
    let is_first = view.request.after.is_none();
    let all = (!view.request.all && (next.is_some() || !is_first)).then(|| {
        let to = view.with(|other| other.request.all = true);
        view! { <a class="button" href=to>"All on one page"</a> }
    });
    let few = view.request.all.then(|| {
        view! { <a class="button" href=view.with(|other| other.request.all = false)>"Page by page"</a> }
    });
    let first = (!is_first).then(|| view! { <a class="button" href=view.with(|_| ())>"First page"</a> });
    let next = next.map(|cursor| {
        let to = view.with(|other| other.request.after = Some(cursor));
        view! { <a class="button" rel="next" href=to>"Next page"</a> }
    });
    let shown = i64::try_from(shown).unwrap_or(i64::MAX);
    let words = if shown == found {
        counted(found, "synset", "synsets")
    } else {
        format!("{shown} of {}", counted(found, "synset", "synsets"))
    };
    view! {
        <nav class="pager" aria-label="Pages of the table">
            <span class="quiet">{words}</span> {first} {next} {all} {few}
        </nav>
    }
}

fn nothing_matches(view: &View) -> impl IntoView + use<> {
    let (filter, search) = (filter_of(view.request.filter), &view.request.search);
    let among = if filter.0 == SynsetFilter::All {
        String::new()
    } else {
        format!(" with the filter “{}”", filter.2)
    };
    let words = if search.is_empty() {
        format!("No synset{among} just now.")
    } else {
        format!("No synset whose words or wnid contain “{search}”{among}.")
    };
    let unfiltered = (filter.0 != SynsetFilter::All).then(|| {
        let to = view.with(|other| other.request.filter = SynsetFilter::All);
        view! { <a class="button" href=to>"All filters off"</a> }
    });
    let unsearched = (!search.is_empty())
        .then(|| view! { <a class="button" href=view.with(|other| other.request.search.clear())>"Clear the search"</a> });
    empty("Nothing matches", view! { <p>{words}</p> <p class="actions">{unsearched} {unfiltered}</p> })
}

fn column_head(
    (sort, _, heading): (SynsetSort, &'static str, &'static str),
    view: &View,
) -> impl IntoView + use<> {
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
            <a href=to>{heading}<span aria-hidden="true">{arrow}</span></a>
        </th>
    }
}

fn table_row(project: i64, row: BoardRow, price: Option<&Price>) -> impl IntoView + use<> {
    let BoardRow { synset, expected_votes } = row;
    let cells = row_texts(synset.totals, synset.difficulty, expected_votes, price)
        .into_iter()
        .map(|text| view! { <td class="number">{text}</td> })
        .collect_view();
    let to = format!("/project/{project}/synset/{}", synset.wnid);
    view! {
        <tr id=synset.wnid.clone()>
            <th scope="row">
                <a href=to>{in_one_line(&synset.words)}</a>
                <span class="under"><code>{synset.wnid.clone()}</code> {synset_badge(synset.state, synset.paused)}</span>
            </th>
            {cells}
            <td class="bar-cell">{verdict_bar(synset.totals)}</td>
        </tr>
    }
}
