//! The images of a synset by verdict and in an order, each with its votes, the reason, and its licence.

use crate::api::projects::{Gallery, GalleryKind, GallerySort, GalleryTile, SynsetDetail};
use crate::components::bar::votes_bar;
use crate::components::format::{chance, count, counted};
use crate::components::link::href;
use crate::components::problem::empty;
use crate::viewer::require_admin;
use leptos::prelude::*;

const KINDS: [(GalleryKind, &str, &str); 5] = [
    (GalleryKind::Positive, "positive", "Positive"),
    (GalleryKind::Negative, "negative", "Negative"),
    (GalleryKind::Open, "open", "Open"),
    (GalleryKind::Escalated, "escalated", "Escalated"),
    (GalleryKind::Duplicate, "duplicate", "Near duplicates"),
];

const SORTS: [(GallerySort, &str, &str); 4] = [
    (GallerySort::Newest, "newest", "Newest"),
    (GallerySort::MostConfident, "confident", "Most confident"),
    (GallerySort::LeastConfident, "unconfident", "Least confident"),
    (GallerySort::Disagreement, "disputed", "Most disputed"),
];

/// Which images an address shows, and in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) kind: GalleryKind,
    pub(super) sort: GallerySort,
}

impl Wanted {
    /// What two words of an address name; positive and newest where they name nothing.
    pub(super) fn named(kind: &str, sort: &str) -> Self {
        Self {
            kind: kind_named(kind).unwrap_or_default(),
            sort: SORTS.into_iter().find(|known| known.1 == sort).map(|known| known.0).unwrap_or_default(),
        }
    }

    /// An address that shows it.
    pub(super) fn link(self, path: &str, more: &[(&str, &str)]) -> String {
        let kind = KINDS.into_iter().find(|known| known.0 == self.kind).map_or("", |known| known.1);
        let sort = SORTS.into_iter().find(|known| known.0 == self.sort).map_or("", |known| known.1);
        href(path, &[&[("show", kind), ("sort", sort)][..], more].concat())
    }
}

/// The kind that a word in the address names.
pub(super) fn kind_named(word: &str) -> Option<GalleryKind> {
    KINDS.into_iter().find(|kind| kind.1 == word).map(|kind| kind.0)
}

/// What a kind of images is called.
pub(super) fn name_of(kind: GalleryKind) -> &'static str {
    KINDS.into_iter().find(|known| known.0 == kind).map_or("", |known| known.2)
}

/// The tabs, the orders and the tiles.
pub(super) fn gallery(detail: &SynsetDetail, shown: Gallery) -> impl IntoView + use<> {
    let path = format!("/project/{}/synset/{}", detail.project.0, detail.row.wnid);
    let wanted = Wanted { kind: shown.kind, sort: shown.sort };
    let next = shown.next.map(|after| format!("{}#gallery", wanted.link(&path, &[("after", &after)])));
    let orders = (!shown.tiles.is_empty()).then(|| orders(&path, wanted, shown.has_table));
    let tiles = if shown.tiles.is_empty() {
        empty("No such images", nothing_of(shown.kind)).into_any()
    } else {
        let tiles = shown.tiles.into_iter().map(|shown| tile(shown, &path, wanted)).collect_view();
        view! { <ul class="gallery">{tiles}</ul> }.into_any()
    };
    view! {
        <section id="gallery">
            <h2>"Images"</h2>
            {tabs(detail, &path, wanted)}
            {reviews(&path, wanted.kind)}
            {orders}
            {tiles}
            {next.map(|next| view! { <nav class="pager" aria-label="Pages of images"><a class="button" rel="next" href=next>"More images"</a></nav> })}
        </section>
    }
}

/// The way to the pairs, for those who may say what they are.
fn reviews(path: &str, shown: GalleryKind) -> impl IntoView + use<> {
    let may = shown == GalleryKind::Duplicate && require_admin().is_ok();
    let to = format!("{path}/duplicates");
    may.then(|| view! { <p><a class="button small" href=to>"Review them in pairs"</a></p> })
}

fn tabs(detail: &SynsetDetail, path: &str, shown: Wanted) -> impl IntoView + use<> {
    let totals = detail.row.totals;
    let tabs = KINDS
        .into_iter()
        .map(|(kind, _, name)| {
            let n = match kind {
                GalleryKind::Positive => totals.positive,
                GalleryKind::Negative => totals.negative,
                GalleryKind::Open => totals.open(),
                GalleryKind::Escalated => totals.escalated,
                GalleryKind::Duplicate => totals.duplicates,
            };
            let to = format!("{}#gallery", Wanted { kind, ..shown }.link(path, &[]));
            view! { <li><a href=to aria-current=(kind == shown.kind).then_some("page")>{name}" "<span class="quiet">{count(n)}</span></a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label="Images by verdict"><ul>{tabs}</ul></nav> }
}

/// The orders that make a difference: without a table nothing is known of confidence.
fn orders(path: &str, shown: Wanted, has_table: bool) -> impl IntoView + use<> {
    let by_confidence = |sort| matches!(sort, GallerySort::MostConfident | GallerySort::LeastConfident);
    let links = SORTS
        .into_iter()
        .filter(|(sort, ..)| (has_table && shown.kind != GalleryKind::Duplicate) || !by_confidence(*sort))
        .map(|(sort, _, name)| {
            let to = format!("{}#gallery", Wanted { sort, ..shown }.link(path, &[]));
            view! { <li><a href=to aria-current=(sort == shown.sort).then_some("true")>{name}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="orders" aria-label="Order of the images"><ul>{links}</ul></nav>
        {(shown.sort == GallerySort::Disagreement).then(|| view! {
            <p class="hint">"First the images whose votes stand closest to half yes and half no, an unsure vote counting half of each; among equals, those with more votes."</p>
        })}
    }
}

fn nothing_of(kind: GalleryKind) -> &'static str {
    match kind {
        GalleryKind::Positive => "No image has been accepted so far.",
        GalleryKind::Negative => "No image has been rejected so far.",
        GalleryKind::Open => "Nothing is open.",
        GalleryKind::Escalated => "No image needs an expert.",
        GalleryKind::Duplicate => "No image looks like another.",
    }
}

fn tile(tile: GalleryTile, path: &str, wanted: Wanted) -> impl IntoView + use<> {
    let to = wanted.link(&format!("{path}/image/{}", tile.candidate), &[]);
    let votes = votes_in_words(tile.tally);
    let name = format!("Candidate {}: {votes}", tile.candidate);
    view! {
        <li class="gallery-tile" id=format!("c{}", tile.candidate)>
            <a href=to aria-label=name>
                <img src=tile.small alt="" width="256" height="256" loading="lazy" decoding="async"/>
            </a>
            {votes_bar(tile.tally)}
            <p class="tally">
                <span>{votes}</span>
                {tile.confidence.map(|p| view! { <b><span class="visually-hidden">"Chance that it is good: "</span>{chance(p)}</b> })}
            </p>
            {tile.reason.map(|reason| view! { <p class="small">{reason}</p> })}
            {tile.duplicate_of.map(|(of, distance)| view! {
                <p class="small">{format!("Looks like candidate {of}, {} apart", counted(distance, "bit", "bits"))}</p>
            })}
            <p class="small quiet">{tile.licence.unwrap_or_else(|| "No licence given".to_owned())}</p>
        </li>
    }
}

/// A tally as it is read out: unsure only where there is one.
pub(super) fn votes_in_words((yes, no, unsure): (i64, i64, i64)) -> String {
    match unsure {
        0 => format!("{} yes, {} no", count(yes), count(no)),
        _ => format!("{} yes, {} no, {} unsure", count(yes), count(no), count(unsure)),
    }
}
