//! The expert's queue: one case after the other, and what waits where.

use super::review_case::{before, case};
use super::screen::{Screen, page};
use crate::api::review::{ExpertAnswer, Place, Queue, ReviewPage, Waiting, WaitingSynset};
use crate::components::format::{count, counted};
use crate::components::link::{path_id, query};
use crate::components::problem::empty;
use crate::components::synset_list::{first_word, in_one_line};
use crate::islands::review_keys::ReviewKeys;
use crate::viewer::{backend, require_expert};
use leptos::prelude::*;

/// What the keys do; the buttons say them, too.
const KEYS: [(&str, &str); 6] = [
    ("y", "it shows it"),
    ("n", "it does not"),
    ("s", "skip for now"),
    ("b", "back to the case before"),
    ("v", "hide or show the votes"),
    ("?", "these keys"),
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
    let mine = ExpertAnswer::parse(&query("mine")).ok();
    page(async move {
        let expert = require_expert()?;
        let place = Place { project: project.transpose()?, ..place };
        let shown = backend()?.experts.review(&expert, &place, asked).await?;
        let title = match &shown.case {
            Some(case) => format!("Review: {}", first_word(&case.words)),
            None => "Review".to_owned(),
        };
        Ok(Screen::new(title, content(shown, place, mine)).with_island())
    })
}

fn content(shown: ReviewPage, place: Place, mine: Option<ExpertAnswer>) -> impl IntoView {
    let next = shown.next_picture.clone();
    let last = shown.before.as_ref().map(|last| before(last, &place));
    let main = match &shown.case {
        Some(found) => case(found, &place, mine).into_any(),
        None => nothing(&shown.queue, &place).into_any(),
    };
    view! {
        {main}
        {last}
        <div class="row review-tools">
            <ReviewKeys/>
            {keys()}
        </div>
        {waits(&shown, &place)}
        // Loaded now, the next large picture is there when the next page asks for it.
        {next.map(|src| view! { <img class="visually-hidden" src=src alt="" aria-hidden="true" width="1" height="1" fetchpriority="low"/> })}
    }
}

fn keys() -> impl IntoView {
    let keys = KEYS
        .into_iter()
        .map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> })
        .collect_view();
    view! {
        <details class="key-list">
            <summary data-key="?">"Keys"</summary>
            <dl class="keys">{keys}</dl>
        </details>
    }
}

fn nothing(queue: &Queue, place: &Place) -> impl IntoView + use<> {
    let start = Place { after: String::new(), ..place.clone() };
    let everywhere = Place { synset: String::new(), after: String::new(), ..place.clone() };
    let total = queue.waiting.total();
    let (words, way) = if total == 0 {
        ("Nothing waits for an expert. What the crowd can’t decide appears here.".to_owned(), None)
    } else if place.after.is_empty() {
        ("Nothing waits in this synset.".to_owned(), Some((everywhere.path(None), "All synsets")))
    } else {
        (
            format!(
                "That was the last one. {} skipped, or came back meanwhile.",
                counted(total, "case was", "cases were")
            ),
            Some((start.path(None), "Start again")),
        )
    };
    view! {
        <h1>"Review"</h1>
        {empty(
            "Nothing to decide here",
            view! {
                <p>{words}</p>
                <p class="actions">
                    {way.map(|(to, name)| view! { <a class="button primary" href=to>{name}</a> })}
                    {place.back().map(|(last, back)| view! { <a class="button" data-key="b" href=back.path(Some(last))>"Back to the case before"</a> })}
                </p>
            },
        )}
    }
}

fn waits(shown: &ReviewPage, place: &Place) -> impl IntoView + use<> {
    let waiting = shown.queue.waiting;
    if waiting.total() == 0 {
        return ().into_any();
    }
    let rows = shown.queue.synsets.iter().map(|synset| waiting_row(synset, place)).collect_view();
    view! {
        <section>
            <h2>{format!("{} for an expert", counted(waiting.total(), "image waits", "images wait"))}</h2>
            <p class="quiet">{in_words(waiting)}</p>
            {scope(shown, place)}
            <div class="scroll" tabindex="0" role="region" aria-label="What waits in each synset">
                <table class="synsets waiting">
                    <thead><tr>
                        <th scope="col">"Synset"</th><th scope="col" class="number">"Reported"</th><th scope="col" class="number">"Escalated"</th>
                        <th scope="col" class="number">"On hold"</th><th scope="col" class="number">"Disputed"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn scope(shown: &ReviewPage, place: &Place) -> impl IntoView + use<> {
    let all =
        Place { project: None, synset: String::new(), after: String::new(), ..place.clone() }.path(None);
    let limited = shown.project.is_some() || !place.synset.is_empty();
    let name = shown.project.clone().map(|(_, name)| format!("Only {name}. ")).unwrap_or_default();
    limited.then(|| view! { <p>{name}<a href=all>"Everything that waits"</a></p> })
}

fn waiting_row(synset: &WaitingSynset, place: &Place) -> impl IntoView + use<> {
    let there = Place {
        project: Some(synset.project.0),
        synset: synset.wnid.clone(),
        after: String::new(),
        ..place.clone()
    };
    let waiting = synset.waiting;
    let cells = [waiting.reported, waiting.escalated, waiting.on_hold, waiting.disputed]
        .map(|n| view! { <td class="number">{count(n)}</td> })
        .collect_view();
    view! {
        <tr>
            <th scope="row"><a href=there.path(None)>{in_one_line(&synset.words)}</a><span class="under">{synset.project.1.clone()}</span></th>
            {cells}
        </tr>
    }
}

/// What waits, in a sentence.
pub(super) fn in_words(waiting: Waiting) -> String {
    let parts = [
        (waiting.reported, "reported by people"),
        (waiting.escalated, "that the crowd could not decide"),
        (waiting.on_hold, "in the initial samples of synsets on hold"),
        (waiting.disputed, "in initial samples, on which people disagree"),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{} {words}", count(n))).collect();
    parts.join(" · ")
}
