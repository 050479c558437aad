//! Near duplicates of a synset: pairs side by side, and one word about each. Without script each word loads the page again.

use super::screen::{Screen, page};
use crate::api::duplicates::{Decision, DuplicatePair, DuplicatesPage, PairFilter, PairReview, PairSide};
use crate::components::bar::tally;
use crate::components::link::{href, path_id, path_part, query};
use crate::components::picture::picture;
use crate::components::problem::empty;
use crate::components::synset_list::in_one_line;
use crate::components::time::time;
use crate::islands::pair_board::PairBoard;
use crate::texts::{Locale, SLOT, candidates, duplicates as say, fill, fill_all, provenance, units};
use crate::viewer::{backend, locale, require_admin};
use leptos::prelude::*;

const FILTERS: [(PairFilter, &str); 3] =
    [(PairFilter::Open, ""), (PairFilter::Almost, "almost"), (PairFilter::Reviewed, "reviewed")];

pub(super) fn duplicates() -> impl IntoView {
    let (project, wnid, shown, after) =
        (path_id("project"), path_part("wnid"), query("show"), query("after"));
    page(async move {
        let locale = locale();
        let admin = require_admin()?;
        let filter =
            FILTERS.into_iter().find(|filter| filter.1 == shown).map(|filter| filter.0).unwrap_or_default();
        let after = (!after.is_empty()).then_some(after);
        let shown =
            backend()?.importing.duplicates(&admin, project?, &wnid, filter, after.as_deref()).await?;
        let title = say::title_of(locale, in_one_line(&shown.synset.1));
        let has_pairs = !shown.pairs.is_empty();
        let screen = Screen::new(title, content(locale, shown));
        Ok(if has_pairs { screen.with_island() } else { screen })
    })
}

fn content(locale: Locale, shown: DuplicatesPage) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let synset = format!("/project/{project}/synset/{}", shown.synset.0);
    let path = format!("{synset}/duplicates");
    let word = FILTERS.into_iter().find(|filter| filter.0 == shown.shown).map_or("", |filter| filter.1);
    let next = shown.next.clone().map(|after| href(&path, &[("show", word), ("after", &after)]));
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" › "<a href=synset>{in_one_line(&shown.synset.1)}</a>
        </p>
        <h1>{say::title(locale)}</h1>
        <p class="quiet">{explanation(locale, shown.shown, shown.threshold)}</p>
        {tabs(locale, &shown, &path)}
        {if shown.pairs.is_empty() {
            empty(say::none(locale), nothing_of(locale, shown.shown)).into_any()
        } else {
            let pairs = shown.pairs.into_iter().map(|shown_pair| pair(locale, shown_pair, shown.shown)).collect_view();
            view! {
                <p class="pair-keys hint">{keys(locale)}</p>
                <PairBoard locale><ol class="pairs">{pairs}</ol></PairBoard>
            }
            .into_any()
        }}
        {next.map(|next| view! { <nav class="pager" aria-label=say::pages(locale)><a class="button" rel="next" href=next>{say::more(locale)}</a></nav> })}
    }
}

fn keys(locale: Locale) -> impl IntoView {
    let keys = ["k", "w", "n", "↑", "↓"].map(|key| view! { <kbd>{key}</kbd> }.into_any());
    fill_all(|[k, w, n, up, down]| say::keys(locale, k, w, n, up, down), keys)
}

fn name_of(locale: Locale, shown: PairFilter) -> &'static str {
    match shown {
        PairFilter::Open => say::not_reviewed(locale),
        PairFilter::Almost => say::almost(locale),
        PairFilter::Reviewed => say::reviewed(locale),
    }
}

fn explanation(locale: Locale, shown: PairFilter, threshold: i64) -> String {
    match shown {
        PairFilter::Open => say::about_not_reviewed(locale, threshold),
        PairFilter::Almost => say::about_almost(locale, threshold, threshold + 3),
        PairFilter::Reviewed => say::about_reviewed(locale).to_owned(),
    }
}

fn nothing_of(locale: Locale, shown: PairFilter) -> &'static str {
    match shown {
        PairFilter::Open => say::none_not_reviewed(locale),
        PairFilter::Almost => say::none_almost(locale),
        PairFilter::Reviewed => say::none_reviewed(locale),
    }
}

fn tabs(locale: Locale, shown: &DuplicatesPage, path: &str) -> impl IntoView + use<> {
    let tabs = FILTERS
        .into_iter()
        .map(|(filter, word)| {
            let n = match filter {
                PairFilter::Open => shown.counts.0,
                PairFilter::Almost => shown.counts.1,
                PairFilter::Reviewed => shown.counts.2,
            };
            let current = (filter == shown.shown).then_some("page");
            view! { <li><a href=href(path, &[("show", word)]) aria-current=current>{name_of(locale, filter)}" "<span class="quiet">{locale.count(n)}</span></a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=say::by_review(locale)><ul>{tabs}</ul></nav> }
}

fn pair(locale: Locale, pair: DuplicatePair, shown: PairFilter) -> impl IntoView {
    let DuplicatePair { left, right, distance, review } = pair;
    let ids = (left.candidate, right.candidate);
    let name = say::pair(locale, ids.0.to_string(), ids.1.to_string(), candidates::bits(locale, distance));
    let is_apart = review.as_ref().is_some_and(|review| review.decision == Decision::Apart);
    let both_kept = shown == PairFilter::Almost || is_apart;
    let words = if both_kept {
        [say::drop_right(locale), say::drop_left(locale), say::apart(locale)]
    } else {
        [say::keep(locale), say::swap(locale), say::apart(locale)]
    };
    let (left_stands, right_stands) =
        if both_kept { (Stands::Kept, Stands::Kept) } else { (Stands::Stays, Stands::Dropped) };
    let buttons = ["keep", "swap", "apart"]
        .into_iter()
        .zip(words)
        .map(|(value, words)| view! { <button type="submit" name="decision" value=value>{words}</button> })
        .collect_view();
    view! {
        <li class="pair" tabindex="0" aria-label=name>
            <div class="pair-sides">
                {side(locale, left, left_stands)}
                <p class="pair-distance">{fill(say::bits_apart(locale, distance, SLOT), view! { <b>{locale.count(distance)}</b> })}</p>
                {side(locale, right, right_stands)}
            </div>
            <form class="pair-form" method="post" action="/api/review_duplicate">
                <input type="hidden" name="left" value=ids.0/>
                <input type="hidden" name="right" value=ids.1/>
                {buttons}
            </form>
            <p class="pair-outcome small">{review.map(|review| said(locale, review))}</p>
        </li>
    }
}

fn said(locale: Locale, review: PairReview) -> impl IntoView {
    let what = match review.decision {
        Decision::Apart => say::apart(locale),
        Decision::Keep | Decision::Swap => say::same(locale),
    };
    let words = match review.by {
        Some(name) => say::said_by(locale, what, name, SLOT),
        None => say::said(locale, what, SLOT),
    };
    fill(words, time(locale, review.at))
}

/// What becomes of an image of a pair.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// It stays, and the other one goes.
    Stays,
    /// Nobody is asked about it.
    Dropped,
    /// Both stay.
    Kept,
}

fn side(locale: Locale, side: PairSide, stands: Stands) -> impl IntoView {
    let (class, place) = match stands {
        Stands::Stays => ("pair-side", say::stays(locale)),
        Stands::Dropped => ("pair-side is-dropped", say::dropped(locale)),
        Stands::Kept => ("pair-side", say::kept(locale)),
    };
    let votes = match side.tally {
        (0, 0, 0) => say::no_votes(locale).to_owned(),
        votes => tally(votes),
    };
    let bytes = units::kilobytes(locale, (side.bytes + 999) / 1_000);
    let size = format!("{} × {}", side.size.0, side.size.1);
    // Only an address of the web becomes a link: the text came with the file.
    let link = side.source_url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let facts = say::facts(locale, SLOT, bytes, side.format.to_uppercase());
    view! {
        <div class=class>
            <p class="pair-place">{place}</p>
            <a href=side.large target="_blank" rel="noopener">
                {picture(side.small, &side.medium, candidates::name(locale, side.candidate.to_string()))}
            </a>
            <p class="pair-facts">{fill(facts, view! { <b>{size}</b> })}</p>
            <p class="pair-facts">{votes}</p>
            <p class="file small">{side.file_name}</p>
            <p class="quiet small">
                {side.licence.unwrap_or_else(|| candidates::no_licence(locale).to_owned())}
                {side.attribution.map(|words| format!(" · {words}"))}
                {link.map(|url| view! { " · "<a href=url target="_blank" rel="noopener noreferrer nofollow">{provenance::source(locale)}</a> })}
            </p>
        </div>
    }
}
