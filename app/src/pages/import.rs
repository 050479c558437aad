//! An import's progress. The page loads itself again until the import is over, so it needs no script.

use super::screen::{Screen, page};
use crate::api::seeding::{FileLine, ImportPage, ImportState};
use crate::components::badge::{file_badge, import_badge};
use crate::components::bar::figures;
use crate::components::format::{count, counted, machine_moment, moment};
use crate::components::link::{path_id, query};
use crate::components::synset_list::in_one_line;
use crate::viewer::{backend, require_admin};
use leptos::prelude::*;

/// How often the page loads itself again.
const REFRESH_SECONDS: u32 = 2;

pub(super) fn import() -> impl IntoView {
    let (import, is_still) = (path_id("import"), query("still") == "yes");
    page(async move {
        let admin = require_admin()?;
        let shown = backend()?.seeding.import(&admin, import?).await?;
        let goes_on =
            matches!(shown.state, ImportState::Receiving | ImportState::Queued | ImportState::Running);
        let title = format!("Import of {}", in_one_line(&shown.synset.1));
        Ok(Screen::new(title, content(shown, goes_on, is_still))
            .refreshed_after((goes_on && !is_still).then_some(REFRESH_SECONDS)))
    })
}

fn content(shown: ImportPage, goes_on: bool, is_still: bool) -> impl IntoView {
    let (project, name) = shown.project;
    let (wnid, words) = shown.synset;
    let counts = shown.counts;
    let done = counts.files - counts.waiting;
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" / "
            <a href=format!("/project/{project}/synset/{wnid}")>{in_one_line(&words)}</a>
        </p>
        <div class="head"><h1>"Import"</h1>{import_badge(shown.state)}</div>
        <p class="quiet">"Started "<time datetime=machine_moment(shown.created_at)>{moment(shown.created_at)}</time></p>
        {shown.message.map(|message| view! { <p class="alert">{message}</p> })}
        <div class="progress">
            <label for="progress">{format!("{} of {} looked at", count(done), counted(counts.files, "file", "files"))}</label>
            <progress id="progress" max=counts.files.max(1).to_string() value=done.to_string()></progress>
        </div>
        {figures(vec![
            ("Added", count(counts.added)),
            ("Near duplicates", count(counts.duplicate)),
            ("Known already", count(counts.known)),
            ("Refused", count(counts.refused)),
        ])}
        <div class="actions">
            {goes_on.then(|| view! {
                <form method="post" action="/api/cancel_import">
                    <input type="hidden" name="import" value=shown.import/>
                    <button type="submit">"Stop the import"</button>
                </form>
                {refresh_switch(shown.import, is_still)}
            })}
            {(!goes_on).then(|| view! {
                <a class="button" href=format!("/project/{project}/import?wnid={wnid}")>"Import more"</a>
            })}
        </div>
        {files(shown.files)}
    }
}

/// Whoever reads slowly, or with a screen reader, can keep the page still.
fn refresh_switch(import: i64, is_still: bool) -> impl IntoView {
    let (to, words) = if is_still {
        (format!("/import/{import}"), "Refresh by itself again")
    } else {
        (format!("/import/{import}?still=yes"), "Keep this page still")
    };
    view! { <a class="button" href=to>{words}</a> }
}

fn files(files: Vec<FileLine>) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let rows = files
            .into_iter()
            .map(|file| {
                view! { <tr><th scope="row" class="file">{file.name}</th><td>{file_badge(file.state)}</td><td>{file.reason}</td></tr> }
            })
            .collect_view();
        view! {
            <h2>"Files that were not simply added"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Files">
                <table>
                    <thead><tr><th scope="col">"File"</th><th scope="col">"What became of it"</th><th scope="col">"Why"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}
