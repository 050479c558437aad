//! The images of a synset by verdict and in an order, each with its votes, the reason, and its licence.

use crate::api::projects::{Gallery, GalleryKind, GallerySort, GalleryTile, SynsetDetail};
use crate::components::bar::{tally, votes_bar};
use crate::components::link::href;
use crate::components::picture::picture;
use crate::components::problem::empty;
use crate::texts::{Locale, candidates, figures, project_gallery as say, verdicts};
use crate::viewer::require_admin;
use leptos::prelude::*;

const KINDS: [(GalleryKind, &str); 5] = [
    (GalleryKind::Positive, "positive"),
    (GalleryKind::Negative, "negative"),
    (GalleryKind::Open, "open"),
    (GalleryKind::Escalated, "escalated"),
    (GalleryKind::Duplicate, "duplicate"),
];

const SORTS: [(GallerySort, &str); 4] = [
    (GallerySort::Newest, "newest"),
    (GallerySort::MostConfident, "confident"),
    (GallerySort::LeastConfident, "unconfident"),
    (GallerySort::Disagreement, "disputed"),
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
pub(super) fn name_of(locale: Locale, kind: GalleryKind) -> &'static str {
    match kind {
        GalleryKind::Positive => verdicts::positive(locale),
        GalleryKind::Negative => verdicts::negative(locale),
        GalleryKind::Open => verdicts::open(locale),
        GalleryKind::Escalated => verdicts::escalated(locale),
        GalleryKind::Duplicate => figures::near_duplicates(locale),
    }
}

fn order_name(locale: Locale, sort: GallerySort) -> &'static str {
    match sort {
        GallerySort::Newest => say::newest(locale),
        GallerySort::MostConfident => say::most_confident(locale),
        GallerySort::LeastConfident => say::least_confident(locale),
        GallerySort::Disagreement => say::most_disputed(locale),
    }
}

/// The tabs, the orders and the tiles.
pub(super) fn gallery(locale: Locale, detail: &SynsetDetail, shown: Gallery) -> impl IntoView + use<> {
    let path = format!("/project/{}/synset/{}", detail.project.0, detail.row.wnid);
    let wanted = Wanted { kind: shown.kind, sort: shown.sort };
    let next = shown.next.map(|after| format!("{}#gallery", wanted.link(&path, &[("after", &after)])));
    let orders = (!shown.tiles.is_empty()).then(|| orders(locale, &path, wanted, shown.has_table));
    let tiles = if shown.tiles.is_empty() {
        empty(say::none(locale), nothing_of(locale, shown.kind)).into_any()
    } else {
        let tiles = shown.tiles.into_iter().map(|shown| tile(locale, shown, &path, wanted)).collect_view();
        view! { <ul class="gallery">{tiles}</ul> }.into_any()
    };
    view! {
        <section id="gallery">
            <h2>{figures::images(locale)}</h2>
            {tabs(locale, detail, &path, wanted)}
            {reviews(locale, &path, wanted.kind)}
            {orders}
            {tiles}
            {next.map(|next| view! { <nav class="pager" aria-label=say::pages(locale)><a class="button" rel="next" href=next>{say::more(locale)}</a></nav> })}
        </section>
    }
}

/// The way to the pairs, for those who may say what they are.
fn reviews(locale: Locale, path: &str, shown: GalleryKind) -> impl IntoView + use<> {
    let may = shown == GalleryKind::Duplicate && require_admin().is_ok();
    let to = format!("{path}/duplicates");
    may.then(|| view! { <p><a class="button small" href=to>{say::review_pairs(locale)}</a></p> })
}

fn tabs(locale: Locale, detail: &SynsetDetail, path: &str, shown: Wanted) -> impl IntoView + use<> {
    let totals = detail.row.totals;
    let tabs = KINDS
        .into_iter()
        .map(|(kind, _)| {
            let n = match kind {
                GalleryKind::Positive => totals.positive,
                GalleryKind::Negative => totals.negative,
                GalleryKind::Open => totals.open(),
                GalleryKind::Escalated => totals.escalated,
                GalleryKind::Duplicate => totals.duplicates,
            };
            let to = format!("{}#gallery", Wanted { kind, ..shown }.link(path, &[]));
            view! { <li><a href=to aria-current=(kind == shown.kind).then_some("page")>{name_of(locale, kind)}" "<span class="quiet">{locale.count(n)}</span></a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=say::by_verdict(locale)><ul>{tabs}</ul></nav> }
}

/// The orders that make a difference: without a table nothing is known of confidence.
fn orders(locale: Locale, path: &str, shown: Wanted, has_table: bool) -> impl IntoView + use<> {
    let by_confidence = |sort| matches!(sort, GallerySort::MostConfident | GallerySort::LeastConfident);
    let links = SORTS
        .into_iter()
        .filter(|(sort, ..)| (has_table && shown.kind != GalleryKind::Duplicate) || !by_confidence(*sort))
        .map(|(sort, _)| {
            let to = format!("{}#gallery", Wanted { sort, ..shown }.link(path, &[]));
            view! { <li><a href=to aria-current=(sort == shown.sort).then_some("true")>{order_name(locale, sort)}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="orders" aria-label=say::order(locale)><ul>{links}</ul></nav>
        {(shown.sort == GallerySort::Disagreement).then(|| view! {
            <p class="hint">{say::most_disputed_words(locale)}</p>
        })}
    }
}

fn nothing_of(locale: Locale, kind: GalleryKind) -> &'static str {
    match kind {
        GalleryKind::Positive => say::none_positive(locale),
        GalleryKind::Negative => say::none_negative(locale),
        GalleryKind::Open => say::none_open(locale),
        GalleryKind::Escalated => say::none_escalated(locale),
        GalleryKind::Duplicate => say::none_duplicate(locale),
    }
}

fn tile(locale: Locale, tile: GalleryTile, path: &str, wanted: Wanted) -> impl IntoView + use<> {
    let to = wanted.link(&format!("{path}/image/{}", tile.candidate), &[]);
    let votes = tally(tile.tally);
    let name = say::candidate(locale, tile.candidate.to_string(), &votes);
    view! {
        <li class="gallery-tile" id=format!("c{}", tile.candidate)>
            <a href=to aria-label=name>
                {picture(tile.small, &tile.medium, String::new())}
            </a>
            {votes_bar(tile.tally)}
            <p class="tally">
                <span>{votes}</span>
                {tile.confidence.map(|p| view! { <b><span class="visually-hidden">{say::chance(locale)}" "</span>{locale.chance(p)}</b> })}
            </p>
            {tile.reason.map(|reason| view! { <p class="small">{reason}</p> })}
            {tile.duplicate_of.map(|(of, distance)| view! {
                <p class="small">{say::looks_like(locale, of.to_string(), candidates::bits(locale, distance))}</p>
            })}
            <p class="small quiet">{tile.licence.unwrap_or_else(|| candidates::no_licence(locale).to_owned())}</p>
        </li>
    }
}
