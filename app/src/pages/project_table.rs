//! A synset's confidence table on its page: how hard the synset is, the table of the version asked for, and the versions.

use crate::api::projects::{Cause, SynsetDetail, TableChange, TableVersion, TableView};
use crate::components::heat::{heat_table, model_in_words};
use crate::components::link::href;
use crate::components::method;
use crate::components::time::time;
use crate::texts::{Locale, SLOT, fill, project_table as say};
use leptos::prelude::*;

/// The confidence that difficulty is measured at.
const SURE: f64 = 0.99;

/// All about the table; before there is one, what it takes to get it.
pub(super) fn confidence(locale: Locale, detail: &SynsetDetail) -> impl IntoView + use<> {
    let Some(table) = &detail.table else {
        return view! {
            <section>
                <h2>{say::title(locale)}</h2>
                <p>{say::none_yet(locale, detail.settings.initial_votes)}</p>
            </section>
        }
        .into_any();
    };
    view! {
        <section>
            <h2>{say::difficulty(locale)}</h2>
            {difficulty(locale, detail, table)}
        </section>
        <section id="table">
            <h2>{say::title(locale)}</h2>
            {version_line(locale, detail, table)}
            <div class="table-and-words">
                <div class="stack">{heat_table(table)}</div>
                <div class="stack">
                    <h3>{say::in_words(locale)}</h3>
                    {model_in_words(table)}
                </div>
            </div>
        </section>
        {history(locale, detail, table.version)}
    }
    .into_any()
}

fn difficulty(locale: Locale, detail: &SynsetDetail, table: &TableView) -> impl IntoView + use<> {
    let chance = |p| locale.chance(p);
    let here = table.cells.iter().find(|cell| (cell.yes, cell.no) == (3, 0)).map(|cell| {
        let words = say::three_here(locale, chance(cell.confidence), chance(cell.low), chance(cell.high));
        view! { " "{words} }
    });
    view! {
        <p class="lead">{difficulty_in_words(locale, detail.row.difficulty)}</p>
        <p class="hint">{say::compare(locale, chance(0.99), chance(0.9))}{here}</p>
    }
}

/// n* and what it means.
fn difficulty_in_words(locale: Locale, difficulty: Option<i64>) -> String {
    let sure = locale.chance(SURE);
    match difficulty {
        None => say::very_hard(locale, sure),
        Some(1) => say::very_easy(locale, sure),
        Some(n @ 2..=3) => say::easy(locale, n, sure),
        Some(n @ 4..=6) => say::subtle(locale, n, sure),
        Some(n) => say::hard(locale, n, sure),
    }
}

fn version_line(locale: Locale, detail: &SynsetDetail, table: &TableView) -> impl IntoView + use<> {
    let newest = detail.history.first().map(|version| version.version);
    let older = (newest != Some(table.version)).then(|| {
        let path = format!("{}#table", page_of(detail));
        view! { <p class="notice">{say::older(locale)}" "<a href=path>{say::show_newest(locale)}</a></p> }
    });
    let number = table.version.to_string();
    let built = match table.threshold {
        Some(p) => say::built_with_threshold(locale, number, SLOT, locale.percent(p)),
        None => say::built(locale, number, SLOT),
    };
    view! {
        {older}
        <p class="quiet small">{fill(built, time(locale, table.created_at))}</p>
        {table.change.as_ref().map(|change| view! { <p>{change_in_words(locale, change)}</p> })}
    }
}

/// What a version changed to the one before it.
fn change_in_words(locale: Locale, change: &TableChange) -> String {
    let chance = |p| locale.chance(p);
    let threshold = match change.threshold {
        _ if change.counts => say::counts_now(locale).to_owned(),
        (Some(before), Some(after)) if chance(before) == chance(after) => {
            say::threshold_stayed(locale, chance(after))
        }
        (Some(before), Some(after)) => say::threshold_went(locale, chance(before), chance(after)),
        (None, Some(after)) => say::threshold_found(locale, chance(after)),
        (Some(before), None) => say::threshold_lost(locale, chance(before)),
        (None, None) => say::threshold_none(locale).to_owned(),
    };
    let difficulty = match change.difficulty {
        (before, after) if before == after => say::difficulty_stayed(locale, n_star(locale, after)),
        (before, after) => say::difficulty_went(locale, n_star(locale, before), n_star(locale, after)),
    };
    let cells = match change.cells_moved {
        0 => say::no_cell_moved(locale).to_owned(),
        n => say::cells_moved(locale, n, change.cells, change.images_moved),
    };
    say::change(locale, threshold, difficulty, cells)
}

fn n_star(locale: Locale, difficulty: Option<i64>) -> String {
    difficulty.map_or_else(|| say::out_of_reach(locale).to_owned(), |n| locale.count(n))
}

fn history(locale: Locale, detail: &SynsetDetail, shown: i64) -> impl IntoView + use<> {
    let rows =
        detail.history.iter().map(|version| history_row(locale, detail, version, shown)).collect_view();
    view! {
        <section>
            <h2>{say::versions(locale)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::versions(locale)>
                <table class="carded versions">
                    <thead>
                        <tr>
                            <th scope="col">{say::version(locale)}</th>
                            <th scope="col">{say::built_at(locale)}</th>
                            <th scope="col">{say::why(locale)}</th>
                            <th scope="col" class="number">{say::images_learned_from(locale)}</th>
                            <th scope="col" class="number">{say::threshold(locale)}</th>
                            <th scope="col" class="number">"n*"</th>
                            <th scope="col" class="number">{say::stated_precision(locale)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn history_row(
    locale: Locale,
    detail: &SynsetDetail,
    version: &TableVersion,
    shown: i64,
) -> impl IntoView + use<> {
    let number = version.version.to_string();
    let to = format!("{}#table", href(&page_of(detail), &[("version", &number)]));
    let here = (version.version == shown).then_some("true");
    let none = || say::none(locale).to_owned();
    view! {
        <tr>
            <th scope="row"><a href=to aria-current=here>{say::version_number(locale, number)}</a></th>
            <td data-label=say::built_at(locale)>{time(locale, version.created_at)}</td>
            <td class="why" data-label=say::why(locale)>{causes_in_words(locale, &version.causes)}</td>
            <td class="number" data-label=say::images_learned_from(locale)>{locale.count(version.images)}</td>
            <td class="number" data-label=say::threshold(locale)>{version.threshold.map_or_else(none, |p| locale.chance(p))}</td>
            <td class="number" data-label="n*">{n_star(locale, version.difficulty)}</td>
            <td class="number" data-label=say::stated_precision(locale)>{version.stated_precision.map_or_else(none, |share| locale.percent(share))}</td>
        </tr>
    }
}

fn page_of(detail: &SynsetDetail) -> String {
    format!("/project/{}/synset/{}", detail.project.0, detail.row.wnid)
}

fn causes_in_words(locale: Locale, causes: &[Cause]) -> String {
    causes.iter().map(|cause| cause_in_words(locale, cause)).collect::<Vec<_>>().join(" ")
}

fn cause_in_words(locale: Locale, cause: &Cause) -> String {
    let (chance, percent) = (|p: f64| locale.chance(p), |share: f64| locale.percent(share));
    let level = |p: Option<f64>| p.map_or_else(|| say::solved(locale).to_owned(), chance);
    match cause.clone() {
        Cause::SampleComplete => say::sample_complete(locale).to_owned(),
        Cause::Target { before, after } => say::target_set(locale, percent(before), percent(after)),
        Cause::FixedThreshold { before, after } => say::threshold_set(locale, level(before), level(after)),
        Cause::Rejection { before, after } => say::rejection_set(locale, chance(before), chance(after)),
        Cause::VotesCap { before, after } => say::votes_cap_set(locale, before, after),
        Cause::InitialVotes { before, after } => say::initial_votes_set(locale, before, after),
        Cause::Images { before, after } => say::sample_went(locale, before, after),
        Cause::Experts { before, after } => say::experts_labeled(locale, before, after),
        Cause::Method { before, after } => {
            say::method_set(locale, method::name(locale, &before), method::name(locale, &after))
        }
        Cause::Level => say::level_learned(locale).to_owned(),
        Cause::Trust => say::trust_changed(locale).to_owned(),
        Cause::Votes => say::votes_changed(locale).to_owned(),
        Cause::Audits { good, bad } => say::audits_found(locale, good + bad, bad),
        Cause::Sources => say::sources_moved(locale).to_owned(),
        Cause::Nothing => say::nothing_changed(locale).to_owned(),
    }
}
