//! An import's progress. The page loads itself again until the import is over, so it needs no script.

use super::screen::{Screen, page};
use crate::api::importing::{
    FileFilter, FileLine, FileState, ImportCounts, ImportPage, ImportState, ImportSynset,
};
use crate::components::badge::{file_badge, import_badge};
use crate::components::bar::figures;
use crate::components::format::{count, counted, machine_moment, moment};
use crate::components::link::{href, path_id, query};
use crate::components::synset_list::in_one_line;
use crate::viewer::{backend, require_admin};
use leptos::prelude::*;

/// How often the page loads itself again.
const REFRESH_SECONDS: u32 = 2;

const FILTERS: [(FileFilter, &str, &str); 8] = [
    (FileFilter::Notable, "", "Not simply added"),
    (FileFilter::In(FileState::Refused), "refused", "Refused"),
    (FileFilter::In(FileState::Duplicate), "duplicate", "Near duplicates"),
    (FileFilter::In(FileState::Known), "known", "Known already"),
    (FileFilter::In(FileState::Added), "added", "Added"),
    (FileFilter::In(FileState::Waiting), "waiting", "Waiting"),
    (FileFilter::In(FileState::Read), "read", "Tables"),
    (FileFilter::All, "all", "All"),
];

pub(super) fn import() -> impl IntoView {
    let (import, is_still, shown, after) =
        (path_id("import"), query("still") == "yes", query("show"), query("after"));
    page(async move {
        let admin = require_admin()?;
        let filter =
            FILTERS.into_iter().find(|filter| filter.1 == shown).map(|filter| filter.0).unwrap_or_default();
        let after: Option<i64> = after.parse().ok();
        let shown = backend()?.importing.page(&admin, import?, filter, after).await?;
        let goes_on =
            matches!(shown.state, ImportState::Receiving | ImportState::Queued | ImportState::Running);
        let refreshes = goes_on && !is_still && after.is_none();
        Ok(Screen::new(title(&shown), content(shown, goes_on, is_still))
            .refreshed_after(refreshes.then_some(REFRESH_SECONDS)))
    })
}

fn title(shown: &ImportPage) -> String {
    match &shown.synset {
        Some((_, words)) => format!("Import of {}", in_one_line(words)),
        None => format!("Import into {}", shown.project.1),
    }
}

fn content(shown: ImportPage, goes_on: bool, is_still: bool) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let counts = shown.counts;
    let done = counts.files - counts.waiting;
    let heading = title(&shown);
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" / "<a href=format!("/project/{project}/import")>"Imports"</a>
        </p>
        <div class="head"><h1>{heading}</h1>{import_badge(shown.state)}</div>
        <p class="quiet">"Started "<time datetime=machine_moment(shown.created_at)>{moment(shown.created_at)}</time></p>
        {shown.message.clone().map(|message| view! { <p class="alert">{message}</p> })}
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
        {actions(&shown, goes_on, is_still)}
        {synsets(project, shown.synsets.clone())}
        {files(shown)}
    }
}

fn actions(shown: &ImportPage, goes_on: bool, is_still: bool) -> impl IntoView + use<> {
    let (import, project) = (shown.import, shown.project.0);
    let is_receiving = shown.state == ImportState::Receiving;
    let wnid = shown.synset.as_ref().map(|(wnid, _)| wnid.clone()).unwrap_or_default();
    let post = move |action: &'static str, words: String, class: &'static str| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="import" value=import/>
                <button class=class type="submit">{words}</button>
            </form>
        }
    };
    view! {
        <div class="actions">
            {is_receiving.then(|| view! {
                <a class="button primary" href=format!("/project/{project}/import?go_on={import}")>"Go on sending files"</a>
                {(shown.counts.files > 0).then(|| {
                    let here = counted(shown.counts.files, "file that is here", "files that are here");
                    post("/api/finish_import", format!("Begin with the {here}"), "")
                })}
            })}
            {shown.can_resume.then(|| {
                let waiting = counted(shown.counts.waiting, "file that waits", "files that wait");
                post("/api/resume_import", format!("Resume with the {waiting}"), "primary")
            })}
            {goes_on.then(|| view! {
                {post("/api/cancel_import", "Stop the import".to_owned(), "")}
                {refresh_switch(import, is_still)}
            })}
            {(!goes_on).then(|| view! {
                <a class="button" href=href(&format!("/project/{project}/import"), &[("wnid", &wnid)])>"Import more"</a>
            })}
        </div>
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

fn synsets(project: i64, synsets: Vec<ImportSynset>) -> impl IntoView {
    (!synsets.is_empty()).then(|| {
        let rows = synsets
            .into_iter()
            .map(|synset| {
                let counts = synset.counts;
                let duplicates = href(&format!("/project/{project}/synset/{}/duplicates", synset.wnid), &[]);
                view! {
                    <tr>
                        <th scope="row">
                            <a href=format!("/project/{project}/synset/{}", synset.wnid)>{in_one_line(&synset.words)}</a>
                        </th>
                        <td class="number">{count(counts.files)}</td>
                        <td class="number">{count(counts.added)}</td>
                        <td class="number">
                            {if counts.duplicate > 0 {
                                view! { <a href=duplicates>{count(counts.duplicate)}</a> }.into_any()
                            } else {
                                count(0).into_any()
                            }}
                        </td>
                        <td class="number">{count(counts.known)}</td>
                        <td class="number">{count(counts.refused)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section>
                <h2>"By synset"</h2>
                <div class="scroll" tabindex="0" role="region" aria-label="Files by synset">
                    <table>
                        <thead><tr>
                            <th scope="col">"Synset"</th><th scope="col" class="number">"Files"</th>
                            <th scope="col" class="number">"Added"</th><th scope="col" class="number">"Near duplicates"</th>
                            <th scope="col" class="number">"Known already"</th><th scope="col" class="number">"Refused"</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

fn of_filter(counts: ImportCounts, filter: FileFilter) -> i64 {
    match filter {
        FileFilter::All => counts.files,
        FileFilter::Notable => counts.known + counts.duplicate + counts.refused + counts.read,
        FileFilter::In(FileState::Waiting) => counts.waiting,
        FileFilter::In(FileState::Added) => counts.added,
        FileFilter::In(FileState::Known) => counts.known,
        FileFilter::In(FileState::Duplicate) => counts.duplicate,
        FileFilter::In(FileState::Refused) => counts.refused,
        FileFilter::In(FileState::Read) => counts.read,
    }
}

fn files(shown: ImportPage) -> impl IntoView {
    let path = format!("/import/{}", shown.import);
    let word = FILTERS.into_iter().find(|filter| filter.0 == shown.shown).map_or("", |filter| filter.1);
    let next = shown
        .next
        .map(|after| format!("{}#files", href(&path, &[("show", word), ("after", &after.to_string())])));
    let tabs = FILTERS
        .into_iter()
        .filter(|(filter, ..)| *filter == shown.shown || of_filter(shown.counts, *filter) > 0)
        .map(|(filter, word, name)| {
            let to = format!("{}#files", href(&path, &[("show", word)]));
            let n = count(of_filter(shown.counts, filter));
            view! { <li><a href=to aria-current=(filter == shown.shown).then_some("page")>{name}" "<span class="quiet">{n}</span></a></li> }
        })
        .collect_view();
    view! {
        <section id="files">
            <div class="head">
                <h2>"Files"</h2>
                {(shown.counts.refused > 0).then(|| view! {
                    <a class="button small" href=format!("{path}/refused.csv") download="">"Download the refused ones (CSV)"</a>
                })}
            </div>
            <nav class="tabs" aria-label="Files by what became of them"><ul>{tabs}</ul></nav>
            {lines(shown.files)}
            {next.map(|next| view! { <nav class="pager" aria-label="Pages of files"><a class="button" rel="next" href=next>"More files"</a></nav> })}
        </section>
    }
}

fn lines(files: Vec<FileLine>) -> impl IntoView {
    if files.is_empty() {
        return view! { <p class="quiet">"No such file."</p> }.into_any();
    }
    let rows = files
        .into_iter()
        .map(|file| {
            view! { <tr><th scope="row" class="file">{file.name}</th><td>{file_badge(file.state)}</td><td class="why">{file.reason}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Files">
            <table class="import-files">
                <thead><tr><th scope="col">"File"</th><th scope="col">"What became of it"</th><th scope="col">"Why"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
