//! How far candidates have come: a stacked bar by verdict, and the same in words.

use crate::api::projects::Totals;
use crate::api::watching::LiveBar;
use crate::texts::{counts, verdicts as say};
use crate::viewer::locale;
use leptos::prelude::*;

/// The bar alone, for a table's row. Its label says all of it.
pub(crate) fn verdict_bar(totals: Totals) -> impl IntoView {
    let bar = bar(totals);
    let rects = parts(totals)
        .into_iter()
        .zip(bar.parts)
        .map(|((class, ..), (x, width))| view! { <rect class=class x=x y="0" width=width height="8"></rect> })
        .collect_view();
    view! {
        <svg class="verdict-bar" role="img" aria-label=bar.label viewBox="0 0 100 8" preserveAspectRatio="none">
            {rects}
        </svg>
    }
}

/// The bar as numbers, for a page that is open already.
pub(crate) fn bar(totals: Totals) -> LiveBar {
    let mut left = 0.0;
    let part = |(_, _, n)| {
        let width = share(n, totals.candidates) * 100.0;
        let x = left;
        left += width;
        (format!("{x:.2}"), format!("{width:.2}"))
    };
    LiveBar { label: in_words(totals), parts: parts(totals).into_iter().map(part).collect() }
}

/// The bar with its legend, for the head of a page.
pub(crate) fn verdict_chart(totals: Totals) -> impl IntoView {
    let locale = locale();
    let entries = parts(totals)
        .into_iter()
        .map(|(class, name, n)| {
            view! {
                <li>
                    <svg class="key" viewBox="0 0 8 8" aria-hidden="true"><rect class=class width="8" height="8"></rect></svg>
                    <span class="key-name">{name}</span>
                    <b data-figure=class>{locale.count(n)}</b>
                    <span class="quiet" data-figure=format!("{class} share")>{locale.percent(share(n, totals.candidates))}</span>
                </li>
            }
        })
        .collect_view();
    view! { <div class="verdict-chart">{verdict_bar(totals)} <ul class="legend">{entries}</ul></div> }
}

/// The texts of the legend by the names under which an open page finds them.
pub(crate) fn legend_texts(totals: Totals) -> Vec<(String, String)> {
    let locale = locale();
    let texts = |(class, _, n): (&str, &str, i64)| {
        let share = locale.percent(share(n, totals.candidates));
        [(class.to_owned(), locale.count(n)), (format!("{class} share"), share)]
    };
    parts(totals).into_iter().flat_map(texts).collect()
}

/// Yes, no and unsure votes as a thin bar; the words stand beside it.
pub(crate) fn votes_bar((yes, no, unsure): (i64, i64, i64)) -> impl IntoView {
    let all = yes + no + unsure;
    let mut left = 0.0;
    let parts = [("is-positive", yes), ("is-open", unsure), ("is-negative", no)]
        .into_iter()
        .map(|(class, n)| {
            let (x, width) = (left, share(n, all) * 100.0);
            left += width;
            view! { <rect class=class x=format!("{x:.2}") y="0" width=format!("{width:.2}") height="8"></rect> }
        })
        .collect_view();
    view! { <svg class="votes-bar" aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none">{parts}</svg> }
}

/// Yes, no and unsure votes in words: unsure only where there is one.
pub(crate) fn tally((yes, no, unsure): (i64, i64, i64)) -> String {
    match unsure {
        0 => counts::tally(locale(), yes, no),
        _ => counts::tally_with_unsure(locale(), yes, no, unsure),
    }
}

/// Counts that head a page, as a list of figures.
pub(crate) fn figures(entries: Vec<(&'static str, String)>) -> impl IntoView {
    let entries = entries
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! { <dl class="figures">{entries}</dl> }
}

/// Each part's class, name and count.
pub(crate) fn parts(totals: Totals) -> [(&'static str, &'static str, i64); 4] {
    let locale = locale();
    [
        ("is-positive", say::positive(locale), totals.positive),
        ("is-negative", say::negative(locale), totals.negative),
        ("is-escalated", say::escalated(locale), totals.escalated),
        ("is-open", say::open(locale), totals.open()),
    ]
}

fn share(n: i64, all: i64) -> f64 {
    if all > 0 { n as f64 / all as f64 } else { 0.0 }
}

fn in_words(totals: Totals) -> String {
    let locale = locale();
    if totals.candidates == 0 {
        return say::none(locale).to_owned();
    }
    say::in_words(
        locale,
        counts::images(locale, totals.candidates),
        totals.positive,
        totals.negative,
        totals.escalated,
        totals.open(),
    )
}
