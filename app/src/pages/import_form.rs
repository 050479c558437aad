//! Bringing in candidate images: a form of many files that works without script, the board that sends them one by one with
//! it, and what was brought in lately.

use super::screen::{Screen, page};
use crate::api::ApiError;
use crate::api::importing::{FileFilter, ImportPage, ImportState};
use crate::api::ontology::SynsetPage;
use crate::components::badge::import_badge;
use crate::components::field::TextField;
use crate::components::link::{path_id, query};
use crate::components::synset_list::in_one_line;
use crate::components::time::time;
use crate::islands::import_board::ImportBoard;
use crate::texts::{Locale, SLOT, counts, figures, fill, fill_all, import_form as say, provenance};
use crate::viewer::{backend, locale, require_admin};
use leptos::prelude::*;

const ACCEPTED: &str = "image/jpeg,image/png,image/webp,image/gif,application/zip,.zip,text/csv,.csv";

pub(super) fn import_form() -> impl IntoView {
    let (project, wnid, go_on) = (path_id("project"), query("wnid"), query("go_on"));
    page(async move {
        let locale = locale();
        let admin = require_admin()?;
        let (project, backend) = (project?, backend()?);
        let shown = backend.importing.form(&admin, project).await?;
        let synset = match wnid.as_str() {
            "" => None,
            wnid => match backend.ontology.synset(wnid).await {
                Err(ApiError::NotFound(_) | ApiError::Invalid(_)) => None,
                found => Some(found?),
            },
        };
        let open = match go_on.parse() {
            Ok(import) => Some(backend.importing.page(&admin, import, FileFilter::Notable, None).await?),
            Err(_) => None,
        };
        let open = open.filter(|open| open.state == ImportState::Receiving && open.project.0 == project);
        let import = open.as_ref().map(|open| open.import);
        let form = match open {
            Some(open) => going_on(locale, open).into_any(),
            None => form(locale, project, wnid, synset).into_any(),
        };
        let screen = view! {
            <p class="crumbs"><a href=format!("/project/{project}")>{shown.project}</a></p>
            <h1>{say::title(locale)}</h1>
            <div class="import-columns">
                <section class="panel"><ImportBoard locale project import>{form}</ImportBoard></section>
                <section class="latest"><h2>{say::latest(locale)}</h2>{latest(locale, shown.latest)}</section>
            </div>
        };
        Ok(Screen::new(say::title(locale), screen).with_island())
    })
}

fn form(locale: Locale, project: i64, wnid: String, synset: Option<SynsetPage>) -> impl IntoView {
    let wnid = TextField {
        name: "wnid",
        label: figures::synset(locale),
        value: wnid,
        max_length: 20,
        hint: say::synset_hint(locale),
        ..TextField::default()
    };
    view! {
        <form class="stack import-form" method="post" enctype="multipart/form-data" action=format!("/project/{project}/import")>
            <div class="import-fields stack">
                {wnid.show()}
                {synset.map(|shown| view! {
                    <p class="chosen">
                        {fill(
                            say::chosen(locale, SLOT, shown.synset.definition),
                            view! { <b>{in_one_line(&shown.synset.words)}</b> },
                        )}
                    </p>
                })}
                {origin(locale)}
            </div>
            {drop_zone(locale)}
            {about_tables(locale)}
            <button class="primary import-send" type="submit">{say::import(locale)}</button>
        </form>
    }
}

/// The form of an import whose files are still coming: what was said of them stays.
fn going_on(locale: Locale, open: ImportPage) -> impl IntoView {
    let what = open
        .synset
        .map_or_else(|| say::what_tables_name(locale).to_owned(), |(_, words)| in_one_line(&words));
    let words = say::going_on(locale, SLOT, what, open.counts.files);
    view! {
        <form class="stack import-form" method="post" enctype="multipart/form-data" action=format!("/project/{}/import", open.project.0)>
            <p class="chosen">
                {fill(words, view! { <b>{say::goes_on(locale)}</b> })}" "
                <a href=format!("/import/{}", open.import)>{say::see_import(locale)}</a>
            </p>
            <noscript><p class="alert">{say::needs_script(locale)}</p></noscript>
            {drop_zone(locale)}
            <button class="primary import-send" type="submit">{say::send_missing(locale)}</button>
        </form>
    }
}

fn origin(locale: Locale) -> impl IntoView {
    let line = |name, label, hint, max_length| {
        TextField { name, label, hint, max_length, ..TextField::default() }.show()
    };
    view! {
        <fieldset class="stack">
            <legend>{say::origin(locale)}</legend>
            <p class="hint">{say::origin_hint(locale)}</p>
            <div class="two-columns">
                {line("licence", provenance::licence(locale), say::licence_hint(locale), 200)}
                {line("creator", provenance::creator(locale), say::creator_hint(locale), 200)}
            </div>
            {line("attribution", provenance::attribution(locale), say::attribution_hint(locale), 500)}
            {line("source_url", provenance::source(locale), say::source_hint(locale), 2000)}
            {line("found_by", provenance::found_by(locale), say::found_by_hint(locale), 500)}
        </fieldset>
    }
}

fn drop_zone(locale: Locale) -> impl IntoView {
    view! {
        <div class="drop-zone">
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 15.5V4.5m0 0L7.5 9M12 4.5 16.5 9M4.5 15.5v2.75A1.25 1.25 0 0 0 5.75 19.5h12.5a1.25 1.25 0 0 0 1.25-1.25V15.5"></path></svg>
            <label for="files"><b class="drop-words">{say::drop(locale)}</b><b class="plain-words">{say::files(locale)}</b></label>
            <input id="files" name="files" type="file" multiple=true accept=ACCEPTED aria-describedby="files-hint"/>
            <p class="hint" id="files-hint">{say::files_hint(locale)}</p>
        </div>
    }
}

fn about_tables(locale: Locale) -> impl IntoView {
    let code = |column: &'static str| view! { <code>{column}</code> };
    let others = ["wnid", "source_url", "licence", "attribution", "creator", "found_by"];
    let others = others.into_iter().enumerate().map(|(place, column)| {
        let comma = if place == 0 { "" } else { ", " };
        view! { {comma}{code(column)} }
    });
    let words = fill_all(
        |[file, others]| say::tables_words(locale, file, others),
        [code("file").into_any(), others.collect_view().into_any()],
    );
    view! {
        <details class="about-tables">
            <summary>{say::tables(locale)}</summary>
            <p>{words}</p>
            <pre class="example" tabindex="0">{say::tables_example(locale)}</pre>
        </details>
    }
}

fn latest(locale: Locale, imports: Vec<ImportPage>) -> impl IntoView {
    if imports.is_empty() {
        return view! { <p class="quiet">{say::none(locale)}</p> }.into_any();
    }
    let entries = imports
        .into_iter()
        .map(|import| {
            let name = import
                .synset
                .map_or_else(|| say::by_table(locale).to_owned(), |(_, words)| in_one_line(&words));
            let files = counts::files(locale, import.counts.files);
            view! {
                <li>
                    <a href=format!("/import/{}", import.import)>{name}</a>" "{import_badge(import.state)}
                    <p class="quiet small">
                        {fill(say::files_at(locale, files, SLOT), time(locale, import.created_at))}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain-list">{entries}</ul> }.into_any()
}
