//! Near duplicates of a synset: pairs side by side, and one word about each. Without script each word loads the page again.

use super::screen::{Screen, page};
use crate::api::duplicates::{Decision, DuplicatePair, DuplicatesPage, PairFilter, PairReview, PairSide};
use crate::components::format::{count, counted, machine_moment, moment};
use crate::components::link::{href, path_id, path_part, query};
use crate::components::problem::empty;
use crate::components::synset_list::in_one_line;
use crate::islands::pair_board::PairBoard;
use crate::viewer::{backend, require_admin};
use leptos::prelude::*;

const FILTERS: [(PairFilter, &str, &str); 3] = [
    (PairFilter::Open, "", "Not reviewed"),
    (PairFilter::Almost, "almost", "Almost duplicates"),
    (PairFilter::Reviewed, "reviewed", "Reviewed"),
];

pub(super) fn duplicates() -> impl IntoView {
    let (project, wnid, shown, after) =
        (path_id("project"), path_part("wnid"), query("show"), query("after"));
    page(async move {
        let admin = require_admin()?;
        let filter =
            FILTERS.into_iter().find(|filter| filter.1 == shown).map(|filter| filter.0).unwrap_or_default();
        let after = (!after.is_empty()).then_some(after);
        let shown =
            backend()?.importing.duplicates(&admin, project?, &wnid, filter, after.as_deref()).await?;
        let title = format!("Near duplicates of {}", in_one_line(&shown.synset.1));
        let has_pairs = !shown.pairs.is_empty();
        let screen = Screen::new(title, content(shown));
        Ok(if has_pairs { screen.with_island() } else { screen })
    })
}

fn content(shown: DuplicatesPage) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let synset = format!("/project/{project}/synset/{}", shown.synset.0);
    let path = format!("{synset}/duplicates");
    let word = FILTERS.into_iter().find(|filter| filter.0 == shown.shown).map_or("", |filter| filter.1);
    let next = shown.next.clone().map(|after| href(&path, &[("show", word), ("after", &after)]));
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" / "<a href=synset>{in_one_line(&shown.synset.1)}</a>
        </p>
        <h1>"Near duplicates"</h1>
        <p class="quiet">{explanation(shown.shown, shown.threshold)}</p>
        {tabs(&shown, &path)}
        {if shown.pairs.is_empty() {
            empty("No such pair", nothing_of(shown.shown)).into_any()
        } else {
            let pairs = shown.pairs.into_iter().map(|shown_pair| pair(shown_pair, shown.shown)).collect_view();
            view! {
                <p class="pair-keys hint"><kbd>"k"</kbd>" keep as it is · "<kbd>"w"</kbd>" swap · "<kbd>"n"</kbd>" not a duplicate · "<kbd>"↑"</kbd>" "<kbd>"↓"</kbd>" move, while a pair has the focus"</p>
                <PairBoard><ol class="pairs">{pairs}</ol></PairBoard>
            }
            .into_any()
        }}
        {next.map(|next| view! { <nav class="pager" aria-label="Pages of pairs"><a class="button" rel="next" href=next>"More pairs"</a></nav> })}
    }
}

fn explanation(shown: PairFilter, threshold: i64) -> String {
    match shown {
        PairFilter::Open => format!(
            "Images whose hashes differ in fewer than {threshold} of 64 bits. The one on the left stays, the other is not asked about. A word about a pair holds for good, and can be said anew; votes are never lost."
        ),
        PairFilter::Almost => format!(
            "Both images are kept, though their hashes differ in only {threshold} to {} of 64 bits. Drop one if they show the same picture.",
            threshold + 3
        ),
        PairFilter::Reviewed => "What was said last about each pair. Say it anew to change it.".to_owned(),
    }
}

fn nothing_of(shown: PairFilter) -> &'static str {
    match shown {
        PairFilter::Open => "Every near duplicate has been reviewed, or there is none.",
        PairFilter::Almost => "No two kept images are just above the threshold.",
        PairFilter::Reviewed => "Nobody has reviewed a pair of this synset so far.",
    }
}

fn tabs(shown: &DuplicatesPage, path: &str) -> impl IntoView + use<> {
    let tabs = FILTERS
        .into_iter()
        .map(|(filter, word, name)| {
            let n = match filter {
                PairFilter::Open => shown.counts.0,
                PairFilter::Almost => shown.counts.1,
                PairFilter::Reviewed => shown.counts.2,
            };
            let current = (filter == shown.shown).then_some("page");
            view! { <li><a href=href(path, &[("show", word)]) aria-current=current>{name}" "<span class="quiet">{count(n)}</span></a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label="Pairs by review"><ul>{tabs}</ul></nav> }
}

fn pair(pair: DuplicatePair, shown: PairFilter) -> impl IntoView {
    let DuplicatePair { left, right, distance, review } = pair;
    let name = format!(
        "Candidates {} and {}, {} apart",
        left.candidate,
        right.candidate,
        counted(distance, "bit", "bits")
    );
    let (ids, is_apart) = (
        (left.candidate, right.candidate),
        review.as_ref().is_some_and(|review| review.decision == Decision::Apart),
    );
    let both_kept = shown == PairFilter::Almost || is_apart;
    let words = match (shown, is_apart) {
        (PairFilter::Almost, _) | (_, true) => ["Drop the right one", "Drop the left one", "Not a duplicate"],
        _ => ["Keep as it is", "Swap", "Not a duplicate"],
    };
    let buttons = ["keep", "swap", "apart"]
        .into_iter()
        .zip(words)
        .map(|(value, words)| view! { <button type="submit" name="decision" value=value>{words}</button> })
        .collect_view();
    view! {
        <li class="pair" tabindex="0" aria-label=name>
            <div class="pair-sides">
                {side(left, if both_kept { "Kept" } else { "Stays" })}
                <p class="pair-distance"><b>{count(distance)}</b>{if distance == 1 { " bit" } else { " bits" }}</p>
                {side(right, if both_kept { "Kept" } else { "Dropped" })}
            </div>
            <form class="pair-form" method="post" action="/api/review_duplicate">
                <input type="hidden" name="left" value=ids.0/>
                <input type="hidden" name="right" value=ids.1/>
                {buttons}
            </form>
            <p class="pair-outcome small">{review.map(said)}</p>
        </li>
    }
}

fn said(review: PairReview) -> impl IntoView {
    let words = match review.decision {
        Decision::Apart => "Not a duplicate",
        Decision::Keep | Decision::Swap => "The same picture; the left one stays",
    };
    let by = review.by.map(|by| format!(", said {by}")).unwrap_or_default();
    view! { {words}{by}", "<time datetime=machine_moment(review.at)>{moment(review.at)}</time> }
}

fn side(side: PairSide, place: &'static str) -> impl IntoView {
    let (yes, no, unsure) = side.tally;
    let votes = match (yes, no, unsure) {
        (0, 0, 0) => "no votes".to_owned(),
        (yes, no, 0) => format!("{} yes, {} no", count(yes), count(no)),
        (yes, no, unsure) => format!("{} yes, {} no, {} unsure", count(yes), count(no), count(unsure)),
    };
    // Only an address of the web becomes a link: the text came with the file.
    let link = side.source_url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let format = side.format.to_uppercase();
    view! {
        <div class=if place == "Dropped" { "pair-side is-dropped" } else { "pair-side" }>
            <p class="pair-place">{place}</p>
            <a href=side.large target="_blank" rel="noopener">
                <img src=side.small alt=format!("Candidate {}", side.candidate) width="256" height="256" loading="lazy" decoding="async"/>
            </a>
            <p class="pair-facts"><b>{format!("{} × {}", side.size.0, side.size.1)}</b>{format!(" · {} KB {format}", count((side.bytes + 999) / 1_000))}</p>
            <p class="pair-facts">{votes}</p>
            <p class="file small">{side.file_name}</p>
            <p class="quiet small">
                {side.licence.unwrap_or_else(|| "No licence given".to_owned())}
                {side.attribution.map(|words| format!(" · {words}"))}
                {link.map(|url| view! { " · "<a href=url target="_blank" rel="noopener noreferrer nofollow">"Source"</a> })}
            </p>
        </div>
    }
}
