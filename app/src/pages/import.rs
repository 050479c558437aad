//! An import's progress. The page loads itself again until the import is over, so it needs no script.

use super::screen::{Screen, page};
use crate::api::importing::{
    FileFilter, FileLine, FileState, ImportCounts, ImportPage, ImportState, ImportSynset,
};
use crate::components::badge::{file_badge, import_badge};
use crate::components::bar::figures;
use crate::components::link::{href, path_id, query};
use crate::components::synset_list::in_one_line;
use crate::components::time::time;
use crate::texts::{Locale, SLOT, figures as names, fill, import as say};
use crate::viewer::{backend, locale, require_admin};
use leptos::prelude::*;

/// How often the page loads itself again.
const REFRESH_SECONDS: u32 = 2;

const FILTERS: [(FileFilter, &str); 8] = [
    (FileFilter::Notable, ""),
    (FileFilter::In(FileState::Refused), "refused"),
    (FileFilter::In(FileState::Duplicate), "duplicate"),
    (FileFilter::In(FileState::Known), "known"),
    (FileFilter::In(FileState::Added), "added"),
    (FileFilter::In(FileState::Waiting), "waiting"),
    (FileFilter::In(FileState::Read), "read"),
    (FileFilter::All, "all"),
];

pub(super) fn import() -> impl IntoView {
    let (import, is_still, shown, after) =
        (path_id("import"), query("still") == "yes", query("show"), query("after"));
    page(async move {
        let locale = locale();
        let admin = require_admin()?;
        let filter =
            FILTERS.into_iter().find(|filter| filter.1 == shown).map(|filter| filter.0).unwrap_or_default();
        let after: Option<i64> = after.parse().ok();
        let shown = backend()?.importing.page(&admin, import?, filter, after).await?;
        let goes_on =
            matches!(shown.state, ImportState::Receiving | ImportState::Queued | ImportState::Running);
        let refreshes = goes_on && !is_still && after.is_none();
        Ok(Screen::new(title(locale, &shown), content(locale, shown, goes_on, is_still))
            .refreshed_after(refreshes.then_some(REFRESH_SECONDS)))
    })
}

fn title(locale: Locale, shown: &ImportPage) -> String {
    match &shown.synset {
        Some((_, words)) => say::title_of(locale, in_one_line(words)),
        None => say::title_into(locale, &shown.project.1),
    }
}

fn content(locale: Locale, shown: ImportPage, goes_on: bool, is_still: bool) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let counts = shown.counts;
    let done = counts.files - counts.waiting;
    let heading = title(locale, &shown);
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" › "<a href=format!("/project/{project}/import")>{say::imports(locale)}</a>
        </p>
        <div class="head"><h1>{heading}</h1>{import_badge(shown.state)}</div>
        <p class="quiet">{fill(say::started(locale, SLOT), time(locale, shown.created_at))}</p>
        {shown.message.clone().map(|message| view! { <p class="alert">{message}</p> })}
        <div class="progress">
            <label for="progress">{say::looked_at(locale, done, counts.files)}</label>
            <progress id="progress" max=counts.files.max(1).to_string() value=done.to_string()></progress>
        </div>
        {figures(vec![
            (say::added(locale), locale.count(counts.added)),
            (names::near_duplicates(locale), locale.count(counts.duplicate)),
            (say::known(locale), locale.count(counts.known)),
            (say::refused(locale), locale.count(counts.refused)),
        ])}
        {actions(locale, &shown, goes_on, is_still)}
        {synsets(locale, project, shown.synsets.clone())}
        {files(locale, shown)}
    }
}

fn actions(locale: Locale, shown: &ImportPage, goes_on: bool, is_still: bool) -> impl IntoView + use<> {
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
                <a class="button primary" href=format!("/project/{project}/import?go_on={import}")>{say::send_more(locale)}</a>
                {(shown.counts.files > 0).then(|| {
                    post("/api/finish_import", say::begin(locale, shown.counts.files), "")
                })}
            })}
            {shown.can_resume.then(|| {
                post("/api/resume_import", say::resume(locale, shown.counts.waiting), "primary")
            })}
            {goes_on.then(|| view! {
                {post("/api/cancel_import", say::stop(locale).to_owned(), "")}
                {refresh_switch(locale, import, is_still)}
            })}
            {(!goes_on).then(|| view! {
                <a class="button" href=href(&format!("/project/{project}/import"), &[("wnid", &wnid)])>{say::import_more(locale)}</a>
            })}
        </div>
    }
}

/// Whoever reads slowly, or with a screen reader, can keep the page still.
fn refresh_switch(locale: Locale, import: i64, is_still: bool) -> impl IntoView {
    let (to, words) = if is_still {
        (format!("/import/{import}"), say::refresh(locale))
    } else {
        (format!("/import/{import}?still=yes"), say::keep_still(locale))
    };
    view! { <a class="button" href=to>{words}</a> }
}

fn synsets(locale: Locale, project: i64, synsets: Vec<ImportSynset>) -> impl IntoView {
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
                        <td class="number" data-label=say::files(locale)>{locale.count(counts.files)}</td>
                        <td class="number" data-label=say::added(locale)>{locale.count(counts.added)}</td>
                        <td class="number" data-label=names::near_duplicates(locale)>
                            {if counts.duplicate > 0 {
                                view! { <a href=duplicates>{locale.count(counts.duplicate)}</a> }.into_any()
                            } else {
                                locale.count(0).into_any()
                            }}
                        </td>
                        <td class="number" data-label=say::known(locale)>{locale.count(counts.known)}</td>
                        <td class="number" data-label=say::refused(locale)>{locale.count(counts.refused)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section>
                <h2>{say::by_synset(locale)}</h2>
                <div class="scroll" tabindex="0" role="region" aria-label=say::files_by_synset(locale)>
                    <table class="carded">
                        <thead><tr>
                            <th scope="col">{names::synset(locale)}</th><th scope="col" class="number">{say::files(locale)}</th>
                            <th scope="col" class="number">{say::added(locale)}</th><th scope="col" class="number">{names::near_duplicates(locale)}</th>
                            <th scope="col" class="number">{say::known(locale)}</th><th scope="col" class="number">{say::refused(locale)}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

fn name_of(locale: Locale, filter: FileFilter) -> &'static str {
    match filter {
        FileFilter::All => say::all(locale),
        FileFilter::Notable => say::notable(locale),
        FileFilter::In(FileState::Waiting) => say::waiting(locale),
        FileFilter::In(FileState::Added) => say::added(locale),
        FileFilter::In(FileState::Known) => say::known(locale),
        FileFilter::In(FileState::Duplicate) => names::near_duplicates(locale),
        FileFilter::In(FileState::Refused) => say::refused(locale),
        FileFilter::In(FileState::Read) => say::tables(locale),
    }
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

fn files(locale: Locale, shown: ImportPage) -> impl IntoView {
    let path = format!("/import/{}", shown.import);
    let word = FILTERS.into_iter().find(|filter| filter.0 == shown.shown).map_or("", |filter| filter.1);
    let next = shown
        .next
        .map(|after| format!("{}#files", href(&path, &[("show", word), ("after", &after.to_string())])));
    let tabs = FILTERS
        .into_iter()
        .filter(|(filter, ..)| *filter == shown.shown || of_filter(shown.counts, *filter) > 0)
        .map(|(filter, word)| {
            let to = format!("{}#files", href(&path, &[("show", word)]));
            let n = locale.count(of_filter(shown.counts, filter));
            view! { <li><a href=to aria-current=(filter == shown.shown).then_some("page")>{name_of(locale, filter)}" "<span class="quiet">{n}</span></a></li> }
        })
        .collect_view();
    view! {
        <section id="files">
            <div class="head">
                <h2>{say::files(locale)}</h2>
                {(shown.counts.refused > 0).then(|| view! {
                    <a class="button small" href=format!("{path}/refused.csv") download="">{say::download_refused(locale)}</a>
                })}
            </div>
            <nav class="tabs" aria-label=say::by_outcome(locale)><ul>{tabs}</ul></nav>
            {lines(locale, shown.files)}
            {next.map(|next| view! { <nav class="pager" aria-label=say::pages(locale)><a class="button" rel="next" href=next>{say::more(locale)}</a></nav> })}
        </section>
    }
}

fn lines(locale: Locale, files: Vec<FileLine>) -> impl IntoView {
    if files.is_empty() {
        return view! { <p class="quiet">{say::none(locale)}</p> }.into_any();
    }
    let rows = files
        .into_iter()
        .map(|file| {
            view! { <tr><th scope="row" class="file">{file.name}</th><td>{file_badge(file.state)}</td><td class="why">{file.reason}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::files(locale)>
            <table class="import-files">
                <thead><tr><th scope="col">{say::file(locale)}</th><th scope="col">{say::outcome(locale)}</th><th scope="col">{say::why(locale)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
