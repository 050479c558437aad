//! The search field and the filters of a project's table, each with the number of synsets that it would show.

use super::address::{FILTERS, View};
use crate::api::watching::{FilterCounts, SynsetFilter};
use crate::texts::{Locale, badges, figures, project as say, verdicts};
use leptos::prelude::*;

/// Search, filters, and what the present filter means.
pub(super) fn filters(locale: Locale, counts: &FilterCounts, view: &View) -> impl IntoView + use<> {
    let links = FILTERS.into_iter().map(|filter| link(locale, filter, counts, view)).collect_view();
    let chosen = view.request.filter;
    let meaning =
        (chosen != SynsetFilter::All).then(|| view! { <p class="hint">{words_of(locale, chosen)}</p> });
    let meanings = FILTERS
        .into_iter()
        .skip(1)
        .map(|(filter, _)| (name_of(locale, filter), words_of(locale, filter)))
        .chain([
            (say::difficulty(locale), say::difficulty_words(locale)),
            (figures::votes_left(locale), say::votes_left_words(locale)),
            (figures::cost_left(locale), say::cost_left_words(locale)),
        ])
        .map(|(name, words)| view! { <div><dt>{name}</dt><dd>{words}</dd></div> })
        .collect_view();
    view! {
        <div class="table-tools">
            {search(locale, view)}
            <nav aria-label=say::filter(locale)><ul class="filters">{links}</ul></nav>
            {meaning}
            <details class="meanings">
                <summary>{say::what_they_mean(locale)}</summary>
                <dl>{meanings}</dl>
            </details>
        </div>
    }
}

fn search(locale: Locale, view: &View) -> impl IntoView + use<> {
    let kept = view
        .kept()
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.to_owned()/> })
        .collect_view();
    let words = view.request.search.clone();
    let clear = (!words.is_empty()).then(|| {
        view! { <a class="button" href=view.with(|other| other.request.search.clear())>{say::clear(locale)}</a> }
    });
    view! {
        <form class="search" method="get" action=view.path() role="search" aria-label=say::synsets_of(locale)>
            {kept}
            <label class="visually-hidden" for="q">{say::words_or_wnid(locale)}</label>
            <input id="q" name="q" type="search" value=words placeholder=say::words_or_wnid(locale) maxlength="100" autocapitalize="none" spellcheck="false"/>
            <button type="submit">{say::search(locale)}</button>
            {clear}
        </form>
    }
}

fn link(
    locale: Locale,
    (filter, word): (SynsetFilter, &'static str),
    counts: &FilterCounts,
    view: &View,
) -> impl IntoView + use<> {
    let number = counts.iter().find(|known| known.0 == filter).map_or(0, |known| known.1);
    let here = (filter == view.request.filter).then_some("true");
    // With a search the counts are of what it finds, which an open page is not told.
    let live = view.request.search.is_empty().then(|| live_key(word));
    let class = if number == 0 { "filter is-empty" } else { "filter" };
    view! {
        <li>
            <a class=class href=view.with(|other| other.request.filter = filter) aria-current=here>
                {name_of(locale, filter)} <b data-figure=live>{locale.count(number)}</b>
            </a>
        </li>
    }
}

/// What a filter is called.
pub(super) fn name_of(locale: Locale, filter: SynsetFilter) -> &'static str {
    match filter {
        SynsetFilter::All => say::all(locale),
        SynsetFilter::Waiting => say::waiting(locale),
        SynsetFilter::Calibrating => badges::synset_calibrating(locale),
        SynsetFilter::Labelling => badges::synset_labelling(locale),
        SynsetFilter::Hold => badges::synset_hold(locale),
        SynsetFilter::Done => badges::synset_done(locale),
        SynsetFilter::Paused => badges::synset_paused(locale),
        SynsetFilter::Hard => say::hard(locale),
        SynsetFilter::Unillustrable => say::unillustrable(locale),
        SynsetFilter::Starved => say::starved(locale),
        SynsetFilter::Escalated => verdicts::escalated(locale),
    }
}

/// Which synsets a filter shows; there is nothing to say of all of them.
fn words_of(locale: Locale, filter: SynsetFilter) -> &'static str {
    match filter {
        SynsetFilter::All => "",
        SynsetFilter::Waiting => say::waiting_words(locale),
        SynsetFilter::Calibrating => say::calibrating_words(locale),
        SynsetFilter::Labelling => say::labeling_words(locale),
        SynsetFilter::Hold => say::hold_words(locale),
        SynsetFilter::Done => say::done_words(locale),
        SynsetFilter::Paused => say::paused_words(locale),
        SynsetFilter::Hard => say::hard_words(locale),
        SynsetFilter::Unillustrable => say::unillustrable_words(locale),
        SynsetFilter::Starved => say::starved_words(locale),
        SynsetFilter::Escalated => say::escalated_words(locale),
    }
}

/// Under which name an open page finds the count of a filter.
pub(super) fn live_key(word: &str) -> String {
    format!("show-{word}")
}
