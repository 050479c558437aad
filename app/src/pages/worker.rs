//! A worker in a project: how well in each synset, the newest votes beside what others said, mistakes, decisions.

use super::screen::{Screen, page};
use super::workers::{seconds, warnings, word, yes_share};
use crate::api::workers::{ExclusionLine, Standing, VoteTile, WorkerPage, WorkerSynset};
use crate::components::badge::badge;
use crate::components::bar::figures;
use crate::components::format::{count, counted, machine_moment, moment};
use crate::components::interval::rate;
use crate::components::link::path_id;
use crate::components::synset_list::in_one_line;
use crate::viewer::{backend, require_manager};
use leptos::prelude::*;

pub(super) fn worker() -> impl IntoView {
    let (project, account) = (path_id("project"), path_id("account"));
    page(async move {
        let manager = require_manager()?;
        let shown = backend()?.workers.worker(&manager, project?, account?).await?;
        Ok(Screen::new(shown.worker.name.clone(), content(shown)))
    })
}

fn content(shown: WorkerPage) -> impl IntoView {
    let (project, name) = shown.project.clone();
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" › "<a href=format!("/project/{project}/workers")>"Workers"</a>
        </p>
        <div class="head">
            <h1>{shown.worker.name.clone()}</h1>
            {shown.worker.excluded.then(|| badge("bad", "Excluded"))}
            {way_to_decide(&shown)}
        </div>
        {stands(&shown)}
        {warnings(&shown.worker.warnings)}
        {all(&shown)}
        {quality(&shown)}
        {in_synsets(project, shown.synsets)}
        {mistakes(shown.mistakes)}
        {recent(shown.recent)}
        {history(shown.history)}
    }
}

fn way_to_decide(shown: &WorkerPage) -> impl IntoView + use<> {
    let path = format!("/project/{}/worker/{}", shown.project.0, shown.worker.account);
    if shown.worker.excluded {
        view! { <a class="button" href=format!("{path}/restore")>"Restore…"</a> }.into_any()
    } else {
        view! { <a class="button" href=format!("{path}/exclude")>"Exclude…"</a> }.into_any()
    }
}

/// The reason that is in force, above everything else.
fn stands(shown: &WorkerPage) -> impl IntoView + use<> {
    let reason = shown.history.first().filter(|line| line.excluded).map(|line| line.reason.clone());
    shown.worker.excluded.then(|| {
        view! { <p class="alert">"The votes do not count in this project. The worker reads: “"{reason.unwrap_or_default()}"”"</p> }
    })
}

fn all(shown: &WorkerPage) -> impl IntoView + use<> {
    let worker = &shown.worker;
    view! {
        {figures(vec![
            ("Votes", count(worker.votes)),
            ("Pages", count(worker.pages)),
            ("A picture", seconds(worker.pace)),
            ("Yes", yes_share(&worker.figures)),
            ("Unsure", count(worker.figures.answers.2)),
        ])}
        <p class="quiet small">"Last page answered "<time datetime=machine_moment(worker.seen_at)>{moment(worker.seen_at)}</time></p>
    }
}

fn quality(shown: &WorkerPage) -> impl IntoView + use<> {
    let figures = &shown.worker.figures;
    let row = |name, of: crate::api::workers::Quality| {
        view! {
            <tr><th scope="row">{name}</th><td>{rate(of.accuracy)}</td><td>{rate(of.sensitivity)}</td><td>{rate(of.specificity)}</td></tr>
        }
    };
    view! {
        <section>
            <h2>"How well"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Quality">
                <table>
                    <thead><tr>
                        <th scope="col">"Compared with"</th><th scope="col">"Right"</th><th scope="col">"Good ones found"</th><th scope="col">"Others turned down"</th>
                    </tr></thead>
                    <tbody>
                        {row("An expert’s word (gold)", figures.gold)}
                        {row("Settled images, without this worker’s own vote", figures.settled)}
                        <tr><th scope="row">"The majority of others"</th><td>{rate(figures.agreement)}</td><td></td><td></td></tr>
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn in_synsets(project: i64, synsets: Vec<WorkerSynset>) -> impl IntoView {
    let rows = synsets
        .into_iter()
        .map(|synset| {
            let (yes, no, unsure) = synset.figures.answers;
            view! {
                <tr>
                    <th scope="row"><a href=format!("/project/{project}/synset/{}", synset.wnid)>{in_one_line(&synset.words)}</a></th>
                    <td class="number">{count(yes + no + unsure)}</td>
                    <td class="number">{yes_share(&synset.figures)}</td>
                    <td>{rate(synset.figures.gold.accuracy)}</td>
                    <td>{rate(synset.figures.agreement)}</td>
                    <td>{rate(synset.figures.settled.sensitivity)}</td>
                    <td>{rate(synset.figures.settled.specificity)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"In each synset"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Figures in each synset">
                <table class="synsets workers">
                    <thead><tr>
                        <th scope="col">"Synset"</th><th scope="col" class="number">"Votes"</th><th scope="col" class="number">"Yes"</th>
                        <th scope="col">"Gold right"</th><th scope="col">"Agreement"</th><th scope="col">"Good ones found"</th><th scope="col">"Others turned down"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn mistakes(tiles: Vec<VoteTile>) -> impl IntoView {
    let body = if tiles.is_empty() {
        view! { <p class="quiet">"No vote contradicts an expert’s word."</p> }.into_any()
    } else {
        view! { <ul class="gallery">{tiles.into_iter().map(tile).collect_view()}</ul> }.into_any()
    };
    view! { <section><h2>"Against an expert’s word"</h2>{body}</section> }
}

fn recent(tiles: Vec<VoteTile>) -> impl IntoView {
    view! {
        <section>
            <h2>"Newest votes"</h2>
            <ul class="gallery">{tiles.into_iter().map(tile).collect_view()}</ul>
        </section>
    }
}

fn tile(tile: VoteTile) -> impl IntoView {
    let (yes, no, unsure) = tile.others;
    let others = match yes + no + unsure {
        0 => "Nobody else so far".to_owned(),
        _ if unsure == 0 => format!("Others: {} yes, {} no", count(yes), count(no)),
        _ => format!("Others: {} yes, {} no, {} unsure", count(yes), count(no), count(unsure)),
    };
    let expert = tile.expert.map(|shows| if shows { "Expert: it shows it" } else { "Expert: it does not" });
    view! {
        <li class="gallery-tile">
            <a href=tile.large target="_blank" rel="noopener">
                <img src=tile.small alt=format!("Candidate {} for {}", tile.candidate, tile.word) width="256" height="256" loading="lazy" decoding="async"/>
            </a>
            <p class="tally"><b>{format!("{}? Said {}", tile.word, word(tile.answer))}</b></p>
            <p class="small">{others}{format!(" · {}", standing_word(tile.standing))}</p>
            {expert.map(|words| view! { <p class="small"><b>{words}</b></p> })}
            <p class="quiet small"><time datetime=machine_moment(tile.voted_at)>{moment(tile.voted_at)}</time></p>
        </li>
    }
}

fn history(lines: Vec<ExclusionLine>) -> impl IntoView {
    let body = if lines.is_empty() {
        view! { <p class="quiet">"Nobody has ever decided about this worker here."</p> }.into_any()
    } else {
        let entries = lines.into_iter().map(decision).collect_view();
        view! { <ol class="plain-list">{entries}</ol> }.into_any()
    };
    view! { <section><h2>"Decisions"</h2>{body}</section> }
}

fn decision(line: ExclusionLine) -> impl IntoView {
    let (tone, what) = if line.excluded { ("bad", "Excluded") } else { ("good", "Restored") };
    view! {
        <li>
            <p>{badge(tone, what)}" "{line.by.map(|name| format!("by {name}, "))}<time datetime=machine_moment(line.at)>{moment(line.at)}</time></p>
            <p class="reason">{line.reason}</p>
        </li>
    }
}

/// What an image is taken for, in a word.
pub(super) fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Positive => "positive",
        Standing::Negative => "negative",
        Standing::Escalated => "escalated",
    }
}

/// `312 votes on 4 synsets`.
pub(super) fn votes_on(votes: i64, synsets: i64) -> String {
    format!("{} on {}", counted(votes, "vote", "votes"), counted(synsets, "synset", "synsets"))
}
