//! A worker in a project: how well in each synset, the newest votes beside what others said, mistakes, decisions.

use super::screen::{Screen, page};
use super::workers::{pace, warnings, word, yes_share};
use crate::api::workers::{ExclusionLine, Standing, VoteTile, VoteWeight, WorkerPage, WorkerSynset};
use crate::components::badge::badge;
use crate::components::bar::{figures, tally};
use crate::components::interval::rate;
use crate::components::link::path_id;
use crate::components::picture::picture;
use crate::components::synset_list::in_one_line;
use crate::components::time::time;
use crate::texts::{Locale, SLOT, fill, verdicts, worker as say, workers};
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

pub(super) fn worker() -> impl IntoView {
    let (project, account) = (path_id("project"), path_id("account"));
    page(async move {
        let manager = require_manager()?;
        let shown = backend()?.workers.worker(&manager, project?, account?).await?;
        Ok(Screen::new(shown.worker.name.clone(), content(locale(), shown)))
    })
}

fn content(locale: Locale, shown: WorkerPage) -> impl IntoView {
    let (project, name) = shown.project.clone();
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" › "<a href=format!("/project/{project}/workers")>{workers::heading(locale)}</a>
        </p>
        <div class="head">
            <h1>{shown.worker.name.clone()}</h1>
            {shown.worker.excluded.then(|| badge("bad", workers::excluded(locale)))}
            {way_to_decide(locale, &shown)}
        </div>
        {stands(locale, &shown)}
        {warnings(locale, project, &shown.worker.warnings)}
        {all(locale, &shown)}
        {quality(locale, &shown)}
        {in_synsets(locale, project, shown.synsets)}
        {mistakes(locale, shown.mistakes)}
        {recent(locale, shown.recent)}
        {history(locale, shown.history)}
    }
}

fn way_to_decide(locale: Locale, shown: &WorkerPage) -> impl IntoView + use<> {
    let path = format!("/project/{}/worker/{}", shown.project.0, shown.worker.account);
    if shown.worker.excluded {
        view! { <a class="button" href=format!("{path}/restore")>{say::restore(locale)}</a> }.into_any()
    } else {
        view! { <a class="button" href=format!("{path}/exclude")>{say::exclude(locale)}</a> }.into_any()
    }
}

/// The reason that is in force, above everything else.
fn stands(locale: Locale, shown: &WorkerPage) -> impl IntoView + use<> {
    let reason = shown.history.first().filter(|line| line.excluded).map(|line| line.reason.clone());
    shown.worker.excluded.then(|| {
        view! { <p class="alert">{say::stands(locale, reason.unwrap_or_default())}</p> }
    })
}

fn all(locale: Locale, shown: &WorkerPage) -> impl IntoView + use<> {
    let worker = &shown.worker;
    view! {
        {figures(vec![
            (workers::votes(locale), locale.count(worker.votes)),
            (workers::pages(locale), locale.count(worker.pages)),
            (workers::a_picture(locale), pace(locale, worker.pace)),
            (workers::yes(locale), yes_share(locale, &worker.figures)),
            (workers::unsure(locale), locale.count(worker.figures.answers.2)),
        ])}
        <p class="quiet small">{fill(say::last_page(locale, SLOT), time(locale, worker.seen_at))}</p>
        {(shown.came_together > 0).then(|| view! { <p class="quiet small">{say::came_together(locale, shown.came_together)}</p> })}
    }
}

fn quality(locale: Locale, shown: &WorkerPage) -> impl IntoView + use<> {
    let figures = &shown.worker.figures;
    let row = |name, of: crate::api::workers::Quality| {
        view! {
            <tr><th scope="row">{name}</th><td>{rate(of.accuracy)}</td><td>{rate(of.sensitivity)}</td><td>{rate(of.specificity)}</td></tr>
        }
    };
    view! {
        <section>
            <h2>{say::how_well(locale)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::quality(locale)>
                <table class="rates">
                    <thead><tr>
                        <th scope="col">{say::compared_with(locale)}</th><th scope="col">{say::right(locale)}</th><th scope="col">{workers::good_found(locale)}</th><th scope="col">{workers::others_turned_down(locale)}</th>
                    </tr></thead>
                    <tbody>
                        {row(say::by_gold(locale), figures.gold)}
                        {row(say::by_settled(locale), figures.settled)}
                        <tr><th scope="row">{say::by_majority(locale)}</th><td>{rate(figures.agreement)}</td><td></td><td></td></tr>
                    </tbody>
                </table>
            </div>
            {shown.weight.map(|weight| weighs(locale, weight))}
        </section>
    }
}

fn weighs(locale: Locale, of: VoteWeight) -> impl IntoView {
    let teaches = if of.teaches { say::teaches(locale) } else { say::teaches_nothing(locale) };
    view! { <p>{say::weighs(locale, locale.chance(of.yes), locale.chance(of.no))} " " {teaches}</p> }
}

fn in_synsets(locale: Locale, project: i64, synsets: Vec<WorkerSynset>) -> impl IntoView {
    let rows = synsets
        .into_iter()
        .map(|synset| {
            let (yes, no, unsure) = synset.figures.answers;
            view! {
                <tr>
                    <th scope="row"><a href=format!("/project/{project}/synset/{}", synset.wnid)>{in_one_line(&synset.words)}</a></th>
                    <td class="number" data-label=workers::votes(locale)>{locale.count(yes + no + unsure)}</td>
                    <td class="number" data-label=workers::yes(locale)>{yes_share(locale, &synset.figures)}</td>
                    <td data-label=workers::gold_right(locale)>{rate(synset.figures.gold.accuracy)}</td>
                    <td data-label=workers::agreement(locale)>{rate(synset.figures.agreement)}</td>
                    <td data-label=workers::good_found(locale)>{rate(synset.figures.settled.sensitivity)}</td>
                    <td data-label=workers::others_turned_down(locale)>{rate(synset.figures.settled.specificity)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{say::in_each(locale)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::in_each_label(locale)>
                <table class="synsets carded workers">
                    <thead><tr>
                        <th scope="col">{say::synset(locale)}</th><th scope="col" class="number">{workers::votes(locale)}</th><th scope="col" class="number">{workers::yes(locale)}</th>
                        <th scope="col">{workers::gold_right(locale)}</th><th scope="col">{workers::agreement(locale)}</th><th scope="col">{workers::good_found(locale)}</th><th scope="col">{workers::others_turned_down(locale)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn mistakes(locale: Locale, tiles: Vec<VoteTile>) -> impl IntoView {
    let body = if tiles.is_empty() {
        view! { <p class="quiet">{say::none_against(locale)}</p> }.into_any()
    } else {
        view! { <ul class="gallery">{tiles.into_iter().map(|shown| tile(locale, shown)).collect_view()}</ul> }
            .into_any()
    };
    view! { <section><h2>{say::against(locale)}</h2>{body}</section> }
}

fn recent(locale: Locale, tiles: Vec<VoteTile>) -> impl IntoView {
    view! {
        <section>
            <h2>{say::newest(locale)}</h2>
            <ul class="gallery">{tiles.into_iter().map(|shown| tile(locale, shown)).collect_view()}</ul>
        </section>
    }
}

fn tile(locale: Locale, tile: VoteTile) -> impl IntoView {
    let (yes, no, unsure) = tile.others;
    let others = match yes + no + unsure {
        0 => say::nobody_else(locale).to_owned(),
        _ => say::others(locale, tally(tile.others)),
    };
    let expert = tile.expert.map(|shows| match shows {
        true => say::expert_yes(locale),
        false => say::expert_no(locale),
    });
    let name = say::candidate(locale, tile.candidate.to_string(), &tile.word);
    view! {
        <li class="gallery-tile">
            <a href=tile.large target="_blank" rel="noopener">
                {picture(tile.small, &tile.medium, name)}
            </a>
            <p class="tally"><b>{say::said(locale, tile.word, word(locale, tile.answer))}</b></p>
            <p class="small">{others}{format!(" · {}", standing_word(tile.standing))}</p>
            {expert.map(|words| view! { <p class="small"><b>{words}</b></p> })}
            <p class="quiet small">{time(locale, tile.voted_at)}</p>
        </li>
    }
}

fn history(locale: Locale, lines: Vec<ExclusionLine>) -> impl IntoView {
    let body = if lines.is_empty() {
        view! { <p class="quiet">{say::none_decided(locale)}</p> }.into_any()
    } else {
        let entries = lines.into_iter().map(|line| decision(locale, line)).collect_view();
        view! { <ol class="plain-list">{entries}</ol> }.into_any()
    };
    view! { <section><h2>{say::decisions(locale)}</h2>{body}</section> }
}

fn decision(locale: Locale, line: ExclusionLine) -> impl IntoView {
    let what = match line.excluded {
        true => badge("bad", workers::excluded(locale)),
        false => badge("good", say::restored(locale)),
    };
    let by = line.by.map_or_else(|| SLOT.to_owned(), |name| say::decided_by(locale, name, SLOT));
    view! {
        <li>
            <p>{what} " " {fill(by, time(locale, line.at))}</p>
            <p class="reason">{line.reason}</p>
        </li>
    }
}

/// What an image is taken for, in a word.
pub(super) fn standing_word(standing: Standing) -> &'static str {
    let locale = locale();
    match standing {
        Standing::Open => verdicts::is_open(locale),
        Standing::Positive => verdicts::is_positive(locale),
        Standing::Negative => verdicts::is_negative(locale),
        Standing::Escalated => verdicts::is_escalated(locale),
    }
}
