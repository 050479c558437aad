//! A synset's confidence table on its page: how hard the synset is, the table of the version asked for, and the versions.

use crate::api::projects::{Cause, SynsetDetail, TableChange, TableVersion, TableView};
use crate::components::format::{chance, count, counted, machine_moment, moment, percent};
use crate::components::heat::{heat_table, model_in_words};
use crate::components::link::href;
use leptos::prelude::*;

/// The confidence that difficulty is measured at.
const SURE: &str = ".99";

/// All about the table; before there is one, what it takes to get it.
pub(super) fn confidence(detail: &SynsetDetail) -> impl IntoView + use<> {
    let Some(table) = &detail.table else {
        return view! {
            <section>
                <h2>"Confidence table"</h2>
                <p>
                    {format!(
                        "There is none yet. It is learned once every image of the initial sample has {} yes and no votes.",
                        detail.settings.initial_votes,
                    )}
                </p>
            </section>
        }
        .into_any();
    };
    view! {
        <section>
            <h2>"How hard it is"</h2>
            {difficulty(detail, table)}
        </section>
        <section id="table">
            <h2>"Confidence table"</h2>
            {version_line(detail, table)}
            {heat_table(table)}
            <h3>"In words"</h3>
            {model_in_words(table)}
        </section>
        {history(detail, table.version)}
    }
    .into_any()
}

fn difficulty(detail: &SynsetDetail, table: &TableView) -> impl IntoView + use<> {
    let here = table.cells.iter().find(|cell| (cell.yes, cell.no) == (3, 0)).map(|cell| {
        format!(
            " Here three make {} (between {} and {}).",
            chance(cell.confidence),
            chance(cell.low),
            chance(cell.high)
        )
    });
    view! {
        <p class="lead">{difficulty_in_words(detail.row.difficulty)}</p>
        <p class="hint">
            "To compare, from the paper behind this method: three yes votes in a row make an image of a cat .99 sure, an "
            "easy synset; one of a Burmese cat, a hard synset, only .90."{here}
        </p>
    }
}

/// n* and what it means.
fn difficulty_in_words(difficulty: Option<i64>) -> String {
    match difficulty {
        None => format!("Very hard: no number of votes makes an image {SURE} sure."),
        Some(1) => format!("Very easy (n* = 1): a single yes makes an image {SURE} sure."),
        Some(n @ 2..=3) => format!("Easy (n* = {n}): {n} yes votes in a row make an image {SURE} sure."),
        Some(n @ 4..=6) => {
            format!("Subtle (n* = {n}): it takes {n} yes votes in a row to make an image {SURE} sure.")
        }
        Some(n) => format!("Hard (n* = {n}): it takes {n} yes votes in a row to make an image {SURE} sure."),
    }
}

fn version_line(detail: &SynsetDetail, table: &TableView) -> impl IntoView + use<> {
    let newest = detail.history.first().map(|version| version.version);
    let older = (newest != Some(table.version)).then(|| {
        let path = format!("{}#table", page_of(detail));
        view! {
            <p class="notice">
                "An older version: it settles nothing any more. How many images stand in each cell is as of now. "
                <a href=path>"Show the newest"</a>
            </p>
        }
    });
    view! {
        {older}
        <p class="quiet small">
            {format!("Version {}, built ", table.version)}
            <time datetime=machine_moment(table.created_at)>{moment(table.created_at)}</time>
            {table.threshold.map(|p| format!(" · positive from {} on", percent(p)))}
        </p>
        {table.change.as_ref().map(change)}
    }
}

/// What a version changed to the one before it.
fn change(change: &TableChange) -> impl IntoView + use<> {
    let level = |before: Option<f64>, after: Option<f64>| match (before, after) {
        (Some(before), Some(after)) if chance(before) == chance(after) => {
            format!("The threshold stayed {}", chance(after))
        }
        (Some(before), Some(after)) => {
            format!("The threshold went from {} to {}", chance(before), chance(after))
        }
        (None, Some(after)) => format!("A threshold was found, {}, where there was none", chance(after)),
        (Some(before), None) => format!("No threshold is safe any more, where it was {}", chance(before)),
        (None, None) => "There is still no safe threshold".to_owned(),
    };
    let hardness = match change.difficulty {
        (before, after) if before == after => format!("n* stayed {}", n_star(after)),
        (before, after) => format!("n* went from {} to {}", n_star(before), n_star(after)),
    };
    let moved = match change.cells_moved {
        0 => "no cell changed sides".to_owned(),
        n => format!(
            "{} of {} changed sides, where {} now",
            counted(n, "cell", "cells"),
            count(change.cells),
            counted(change.images_moved, "image stands", "images stand")
        ),
    };
    view! {
        <p>
            {format!("To the version before: {}; {hardness}; {moved}.",
                lower_first(&level(change.threshold.0, change.threshold.1)))}
        </p>
    }
}

fn n_star(difficulty: Option<i64>) -> String {
    difficulty.map_or_else(|| "out of reach".to_owned(), count)
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn history(detail: &SynsetDetail, shown: i64) -> impl IntoView + use<> {
    let rows = detail.history.iter().map(|version| history_row(detail, version, shown)).collect_view();
    view! {
        <section>
            <h2>"Versions of the table"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Versions of the table">
                <table class="versions">
                    <thead>
                        <tr>
                            <th scope="col">"Version"</th>
                            <th scope="col">"Built"</th>
                            <th scope="col">"Why"</th>
                            <th scope="col" class="number">"Images learned from"</th>
                            <th scope="col" class="number">"Threshold"</th>
                            <th scope="col" class="number">"n*"</th>
                            <th scope="col" class="number">"Stated precision"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn history_row(detail: &SynsetDetail, version: &TableVersion, shown: i64) -> impl IntoView + use<> {
    let number = version.version.to_string();
    let to = format!("{}#table", href(&page_of(detail), &[("version", &number)]));
    let here = (version.version == shown).then_some("true");
    let none = || "none".to_owned();
    view! {
        <tr>
            <th scope="row"><a href=to aria-current=here>{format!("Version {number}")}</a></th>
            <td><time datetime=machine_moment(version.created_at)>{moment(version.created_at)}</time></td>
            <td class="why">{causes_in_words(&version.causes)}</td>
            <td class="number">{count(version.images)}</td>
            <td class="number">{version.threshold.map_or_else(none, chance)}</td>
            <td class="number">{n_star(version.difficulty)}</td>
            <td class="number">{version.stated_precision.map_or_else(none, percent)}</td>
        </tr>
    }
}

fn page_of(detail: &SynsetDetail) -> String {
    format!("/project/{}/synset/{}", detail.project.0, detail.row.wnid)
}

fn causes_in_words(causes: &[Cause]) -> String {
    causes.iter().map(cause_in_words).collect::<Vec<_>>().join(" ")
}

fn cause_in_words(cause: &Cause) -> String {
    match cause {
        Cause::SampleComplete => "The initial sample had its votes.".to_owned(),
        Cause::Target { before, after } => {
            format!("Target precision set from {} to {}.", percent(*before), percent(*after))
        }
        Cause::FixedThreshold { before, after } => {
            let said = |level: &Option<f64>| level.map_or_else(|| "solved from the target".to_owned(), chance);
            format!("Threshold set from {} to {}.", said(before), said(after))
        }
        Cause::Rejection { before, after } => {
            format!("Rejection level set from {} to {}.", chance(*before), chance(*after))
        }
        Cause::VotesCap { before, after } => format!("Most votes an image set from {before} to {after}."),
        Cause::InitialVotes { before, after } => {
            format!("Votes on each image of the initial sample set from {before} to {after}.")
        }
        Cause::Images { before, after } => {
            format!("The initial sample went from {} to {} images.", count(*before), count(*after))
        }
        Cause::Experts { before, after } => {
            format!("Images of the sample labeled by an expert: {} before, {} now.", count(*before), count(*after))
        }
        Cause::Votes => {
            "The votes that count on its sample had changed: later votes, corrections, or a worker excluded or restored."
                .to_owned()
        }
        Cause::Nothing => "Built again; nothing that it rests on had changed.".to_owned(),
    }
}
