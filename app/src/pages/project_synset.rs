//! A synset of a project: where it stands and why, what its table says, and its images by verdict.

use super::project_gallery::{gallery, kind_named};
use super::project_progress::progress;
use super::screen::{Screen, page};
use crate::api::projects::{SynsetDetail, TableView};
use crate::components::badge::synset_badge;
use crate::components::bar::{figures, verdict_chart};
use crate::components::format::{count, machine_moment, moment, percent, ratio};
use crate::components::heat::{heat_table, model_in_words};
use crate::components::link::{path_id, path_part, query};
use crate::components::synset_list::in_one_line;
use crate::viewer::{backend, require_manager};
use leptos::prelude::*;

pub(super) fn project_synset() -> impl IntoView {
    let (project, wnid, kind, after) =
        (path_id("project"), path_part("wnid"), kind_named(&query("show")), query("after"));
    page(async move {
        let manager = require_manager()?;
        let project = project?;
        let administers = manager.account().role.can_administer();
        let projects = backend()?.projects;
        let detail = projects.synset(&manager, project, &wnid).await?;
        let images = projects.gallery(&manager, project, &wnid, kind, after.parse().ok()).await?;
        let title = in_one_line(&detail.row.words);
        Ok(Screen::new(
            title,
            view! {
                {head(&detail)}
                {standing(&detail)}
                {confidence(&detail)}
                {progress(&detail)}
                {gallery(&detail, images)}
                {administers.then(|| administration(&detail))}
            },
        ))
    })
}

fn head(detail: &SynsetDetail) -> impl IntoView + use<> {
    let (project, name) = detail.project.clone();
    let row = &detail.row;
    view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
        <div class="head">
            <h1>{in_one_line(&row.words)}</h1>
            {synset_badge(row.state, row.paused)}
        </div>
        <p class="lead">{detail.definition.clone()}</p>
        <p class="quiet"><a href=format!("/synset/{}", row.wnid)>{format!("{} in WordNet", row.wnid)}</a></p>
    }
}

fn standing(detail: &SynsetDetail) -> impl IntoView + use<> {
    let totals = detail.row.totals;
    let (sample, voted) = detail.initial_sample;
    view! {
        {detail.hold_reason.clone().map(|reason| view! { <p class="alert">{format!("On hold: {reason}")}</p> })}
        {figures(vec![
            ("Images", count(totals.candidates)),
            ("Near duplicates", count(totals.duplicates)),
            ("Votes", count(totals.votes)),
            ("Votes an image", ratio(totals.votes_per_image())),
            ("Initial sample", format!("{} of {} voted", count(voted), count(sample))),
        ])}
        {verdict_chart(totals)}
    }
}

fn confidence(detail: &SynsetDetail) -> impl IntoView + use<> {
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
            <h2>"Confidence table"</h2>
            <p class="quiet small">
                {format!("Version {}, built ", table.version)}
                <time datetime=machine_moment(table.created_at)>{moment(table.created_at)}</time>
                {table.threshold.map(|p| format!(" · positive from {} on", percent(p)))}
            </p>
            <p><b>{difficulty_in_words(detail.row.difficulty)}</b></p>
            {heat_table(table)}
            {model(table)}
        </section>
    }
    .into_any()
}

fn model(table: &TableView) -> impl IntoView + use<> {
    view! { <h3>"In words"</h3> {model_in_words(table)} }
}

fn difficulty_in_words(difficulty: Option<i64>) -> String {
    match difficulty {
        None => "Very hard: no number of votes makes it sure enough.".to_owned(),
        Some(1) => "Very easy: a single yes settles an image at .99.".to_owned(),
        Some(n @ 2..=3) => format!("Easy: {n} yes votes in a row settle an image at .99."),
        Some(n @ 4..=6) => format!("Subtle: it takes {n} yes votes in a row to settle an image at .99."),
        Some(n) => format!("Hard: it takes {n} yes votes in a row to settle an image at .99."),
    }
}

fn administration(detail: &SynsetDetail) -> impl IntoView + use<> {
    let (project, wnid, paused) = (detail.project.0, detail.row.wnid.clone(), detail.row.paused);
    let (press, means) = if paused {
        ("Resume", "It is paused: workers don’t get it.")
    } else {
        (
            "Pause",
            "Workers get it as long as it has open images. Votes on batches already handed out still count.",
        )
    };
    view! {
        <section class="panel">
            <h2>"Administration"</h2>
            <div class="columns">
                <div class="stack">
                    <form class="stack" method="post" action="/api/pause_synset">
                        <p>{means}</p>
                        <input type="hidden" name="project" value=project/>
                        <input type="hidden" name="wnid" value=wnid.clone()/>
                        <input type="hidden" name="paused" value=(!paused).to_string()/>
                        <button type="submit">{press}</button>
                    </form>
                    <p>"Bring in candidate images for it: files or a zip archive."</p>
                    <p><a class="button" href=format!("/project/{project}/import?wnid={wnid}")>"Import images"</a></p>
                </div>
                <div class="stack">
                    <p>"Its votes can follow settings of their own."</p>
                    <p><a class="button" href=format!("/project/{project}/synset/{wnid}/settings")>"Settings of its own"</a></p>
                </div>
            </div>
        </section>
    }
}
