//! The expert's queue: one case after the other, and what waits where.

use super::review_case::{before, case};
use super::screen::{Screen, page};
use crate::api::review::{ExpertAnswer, Place, Queue, ReviewPage, Waiting, WaitingSynset};
use crate::components::link::{path_id, query};
use crate::components::problem::empty;
use crate::components::synset_list::{first_word, in_one_line};
use crate::islands::review_keys::ReviewKeys;
use crate::texts::{Locale, SLOT, Words, figures, fill, review as say};
use crate::viewer::{backend, locale, require_expert};
use leptos::prelude::*;

/// What the keys do; the buttons say them, too.
const KEYS: [(&str, Words); 6] = [
    ("y", say::key_yes),
    ("n", say::key_no),
    ("s", say::key_skip),
    ("b", say::key_back),
    ("v", say::key_votes),
    ("?", say::key_keys),
];

pub(super) fn review() -> impl IntoView {
    shown(None)
}

pub(super) fn project_review() -> impl IntoView {
    shown(Some(path_id("project")))
}

fn shown(project: Option<Result<i64, crate::api::ApiError>>) -> impl IntoView {
    let asked = query("case").parse().ok();
    let place = Place {
        project: None,
        synset: query("synset"),
        after: query("after"),
        trail: Place::read_trail(&query("trail")),
        blind: query("votes") == "hidden",
    };
    let mine = ExpertAnswer::parse(&query("mine"));
    page(async move {
        let expert = require_expert()?;
        let place = Place { project: project.transpose()?, ..place };
        let shown = backend()?.experts.review(&expert, &place, asked).await?;
        let locale = locale();
        let title = match &shown.case {
            Some(case) => say::title_of(locale, first_word(&case.words)),
            None => say::title(locale).to_owned(),
        };
        Ok(Screen::new(title, content(locale, shown, place, mine)).with_island())
    })
}

fn content(locale: Locale, shown: ReviewPage, place: Place, mine: Option<ExpertAnswer>) -> impl IntoView {
    let next = shown.next_picture.clone();
    let last = shown.before.as_ref().map(|last| before(locale, last, &place));
    let main = match &shown.case {
        Some(found) => case(locale, found, &place, mine).into_any(),
        None => nothing(locale, &shown.queue, &place).into_any(),
    };
    view! {
        {main}
        {last}
        <div class="row review-tools">
            <ReviewKeys locale/>
            {keys(locale)}
        </div>
        {waits(locale, &shown, &place)}
        {blind(locale, &shown)}
        // Loaded now, the next large picture is there when the next page asks for it.
        {next.map(|src| view! { <img class="visually-hidden" src=src alt="" aria-hidden="true" width="1" height="1" fetchpriority="low"/> })}
    }
}

/// The way to what is no case: accepted images, looked at without the votes.
fn blind(locale: Locale, shown: &ReviewPage) -> impl IntoView + use<> {
    let ways = shown
        .projects
        .iter()
        .map(|(id, name)| {
            let (checks, anchors) = (say::check_blind(locale, name), say::label_anchors(locale, name));
            view! {
                <a class="button" href=format!("/project/{id}/anchors")>{anchors}</a>
                <a class="button" href=format!("/project/{id}/audit")>{checks}</a>
            }
        })
        .collect_view();
    (!shown.projects.is_empty()).then(|| {
        view! {
            <section>
                <h2>{say::blind(locale)}</h2>
                <p class="quiet">{say::blind_words(locale)}</p>
                <p class="actions">{ways}</p>
            </section>
        }
    })
}

fn keys(locale: Locale) -> impl IntoView {
    let keys = KEYS
        .into_iter()
        .map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does(locale)}</dd></div> })
        .collect_view();
    view! {
        <details class="key-list">
            <summary data-key="?">{say::keys(locale)}</summary>
            <dl class="keys">{keys}</dl>
        </details>
    }
}

fn nothing(locale: Locale, queue: &Queue, place: &Place) -> impl IntoView + use<> {
    let start = Place { after: String::new(), ..place.clone() };
    let everywhere = Place { synset: String::new(), after: String::new(), ..place.clone() };
    let total = queue.waiting.total();
    let (words, way) = if total == 0 {
        (say::nothing_anywhere(locale).to_owned(), None)
    } else if place.after.is_empty() {
        (say::nothing_in_synset(locale).to_owned(), Some((everywhere.path(None), say::all_synsets(locale))))
    } else {
        (say::was_last(locale, total), Some((start.path(None), say::start_again(locale))))
    };
    view! {
        <h1>{say::title(locale)}</h1>
        {empty(
            say::nothing(locale),
            view! {
                <p>{words}</p>
                <p class="actions">
                    {way.map(|(to, name)| view! { <a class="button primary" href=to>{name}</a> })}
                    {place.back().map(|(last, back)| view! { <a class="button" data-key="b" href=back.path(Some(last))>{say::back_to_last(locale)}</a> })}
                </p>
            },
        )}
    }
}

fn waits(locale: Locale, shown: &ReviewPage, place: &Place) -> impl IntoView + use<> {
    let waiting = shown.queue.waiting;
    if waiting.total() == 0 {
        return ().into_any();
    }
    let rows = shown.queue.synsets.iter().map(|synset| waiting_row(locale, synset, place)).collect_view();
    view! {
        <section>
            <h2>{say::waits(locale, waiting.total())}</h2>
            <p class="quiet">{in_words(locale, waiting)}</p>
            {scope(locale, shown, place)}
            <div class="scroll" tabindex="0" role="region" aria-label=say::waits_label(locale)>
                <table class="synsets waiting">
                    <thead><tr>
                        <th scope="col">{figures::synset(locale)}</th><th scope="col" class="number">{say::reported(locale)}</th><th scope="col" class="number">{say::escalated(locale)}</th>
                        <th scope="col" class="number">{say::on_hold(locale)}</th><th scope="col" class="number">{say::disputed(locale)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn scope(locale: Locale, shown: &ReviewPage, place: &Place) -> impl IntoView + use<> {
    let all =
        Place { project: None, synset: String::new(), after: String::new(), ..place.clone() }.path(None);
    let limited = shown.project.is_some() || !place.synset.is_empty();
    let words = match &shown.project {
        Some((_, name)) => say::only(locale, name, SLOT),
        None => SLOT.to_owned(),
    };
    limited.then(|| view! { <p>{fill(words, view! { <a href=all>{say::everything(locale)}</a> })}</p> })
}

fn waiting_row(locale: Locale, synset: &WaitingSynset, place: &Place) -> impl IntoView + use<> {
    let there = Place {
        project: Some(synset.project.0),
        synset: synset.wnid.clone(),
        after: String::new(),
        ..place.clone()
    };
    let waiting = synset.waiting;
    let cells = [waiting.reported, waiting.escalated, waiting.on_hold, waiting.disputed]
        .map(|n| view! { <td class="number">{locale.count(n)}</td> })
        .collect_view();
    view! {
        <tr>
            <th scope="row"><a href=there.path(None)>{in_one_line(&synset.words)}</a><span class="under">{synset.project.1.clone()}</span></th>
            {cells}
        </tr>
    }
}

/// What waits, in a sentence.
pub(super) fn in_words(locale: Locale, waiting: Waiting) -> String {
    let part = |n: i64, words: fn(Locale, i64) -> String| (n > 0).then(|| words(locale, n));
    let parts = [
        part(waiting.reported, say::reported_words),
        part(waiting.escalated, say::escalated_words),
        part(waiting.on_hold, say::on_hold_words),
        part(waiting.disputed, say::disputed_words),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
