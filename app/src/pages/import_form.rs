//! Bringing in candidate images: a form of many files that works without script, the board that sends them one by one with
//! it, and what was brought in lately.

use super::screen::{Screen, page};
use crate::api::ApiError;
use crate::api::importing::{FileFilter, ImportPage, ImportState};
use crate::api::ontology::SynsetPage;
use crate::components::badge::import_badge;
use crate::components::field::TextField;
use crate::components::format::{counted, machine_moment, moment};
use crate::components::link::{path_id, query};
use crate::components::synset_list::in_one_line;
use crate::islands::import_board::ImportBoard;
use crate::viewer::{backend, require_admin};
use leptos::prelude::*;

const ACCEPTED: &str = "image/jpeg,image/png,image/webp,image/gif,application/zip,.zip,text/csv,.csv";

pub(super) fn import_form() -> impl IntoView {
    let (project, wnid, go_on) = (path_id("project"), query("wnid"), query("go_on"));
    page(async move {
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
            Some(open) => going_on(open).into_any(),
            None => form(project, wnid, synset).into_any(),
        };
        let screen = view! {
            <p class="crumbs"><a href=format!("/project/{project}")>{shown.project}</a></p>
            <h1>"Import images"</h1>
            <div class="import-columns">
                <section class="panel"><ImportBoard project import>{form}</ImportBoard></section>
                <section class="latest"><h2>"Latest imports"</h2>{latest(shown.latest)}</section>
            </div>
        };
        Ok(Screen::new("Import images", screen).with_island())
    })
}

fn form(project: i64, wnid: String, synset: Option<SynsetPage>) -> impl IntoView {
    let wnid = TextField {
        name: "wnid",
        label: "Synset",
        value: wnid,
        max_length: 20,
        hint: "The wnid of a synset that is seeded in this project, like n02084071. Leave it empty if a table says it for each file.",
        ..TextField::default()
    };
    view! {
        <form class="stack import-form" method="post" enctype="multipart/form-data" action=format!("/project/{project}/import")>
            <div class="import-fields stack">
                {wnid.show()}
                {synset.map(|shown| view! {
                    <p class="chosen"><b>{in_one_line(&shown.synset.words)}</b>": "{shown.synset.definition}</p>
                })}
                {origin()}
            </div>
            {drop_zone()}
            {about_tables()}
            <button class="primary import-send" type="submit">"Import"</button>
        </form>
    }
}

/// The form of an import whose files are still coming: what was said of them stays.
fn going_on(open: ImportPage) -> impl IntoView {
    let here = counted(open.counts.files, "file is here", "files are here");
    let what =
        open.synset.map_or_else(|| "synsets that a table names".to_owned(), |(_, words)| in_one_line(&words));
    view! {
        <form class="stack import-form" method="post" enctype="multipart/form-data" action=format!("/project/{}/import", open.project.0)>
            <p class="chosen">
                <b>"An import goes on"</b>": for "{what}", "{here}" already. Drop the same files again: only those are sent that are missing. "
                <a href=format!("/import/{}", open.import)>"See the import"</a>
            </p>
            <noscript><p class="alert">"Going on needs script. Without it, begin with the files that are here, and import the rest by a new form."</p></noscript>
            {drop_zone()}
            <button class="primary import-send" type="submit">"Send the missing files"</button>
        </form>
    }
}

fn origin() -> impl IntoView {
    let line = |name, label, hint, max_length| {
        TextField { name, label, hint, max_length, ..TextField::default() }.show()
    };
    view! {
        <fieldset class="stack">
            <legend>"Where the images come from"</legend>
            <p class="hint">"Holds for all files of this import of which a table says nothing else. A release can’t be published without it."</p>
            <div class="two-columns">
                {line("licence", "Licence", "A short name like CC-BY-4.0, or an address.", 200)}
                {line("creator", "Creator", "Who made them.", 200)}
            </div>
            {line("attribution", "Attribution", "The line that must be shown with the image.", 500)}
            {line("source_url", "Source", "The address of the page they come from.", 2000)}
        </fieldset>
    }
}

fn drop_zone() -> impl IntoView {
    view! {
        <div class="drop-zone">
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 15.5V4.5m0 0L7.5 9M12 4.5 16.5 9M4.5 15.5v2.75A1.25 1.25 0 0 0 5.75 19.5h12.5a1.25 1.25 0 0 0 1.25-1.25V15.5"></path></svg>
            <label for="files"><b class="drop-words">"Drop files or folders here, or choose them"</b><b class="plain-words">"Files"</b></label>
            <input id="files" name="files" type="file" multiple=true accept=ACCEPTED aria-describedby="files-hint"/>
            <p class="hint" id="files-hint">"JPEG, PNG, WebP or GIF up to 20 MB each, up to 20,000 of them; zip archives up to 1 GB; tables (CSV)."</p>
        </div>
    }
}

fn about_tables() -> impl IntoView {
    view! {
        <details class="about-tables">
            <summary>"A table that says what each file is"</summary>
            <p>
                "A CSV file among the others, or in the archive, whose first line names the columns: "<code>"file"</code>
                " and any of "<code>"wnid"</code>", "<code>"source_url"</code>", "<code>"licence"</code>", "<code>"attribution"</code>
                ", "<code>"creator"</code>". So one import can serve several synsets. Lines that can’t be used are reported with their number; the others count."
            </p>
            <pre class="example" tabindex="0">"file,wnid,source_url,licence,attribution\nrex.jpg,n02084071,https://example.org/rex,CC-BY-4.0,Photograph by Ann"</pre>
        </details>
    }
}

fn latest(imports: Vec<ImportPage>) -> impl IntoView {
    if imports.is_empty() {
        return view! { <p class="quiet">"Nothing was imported so far."</p> }.into_any();
    }
    let entries = imports
        .into_iter()
        .map(|import| {
            let name =
                import.synset.map_or_else(|| "By a table".to_owned(), |(_, words)| in_one_line(&words));
            view! {
                <li>
                    <a href=format!("/import/{}", import.import)>{name}</a>" "{import_badge(import.state)}
                    <p class="quiet small">
                        {format!("{} · ", counted(import.counts.files, "file", "files"))}
                        <time datetime=machine_moment(import.created_at)>{moment(import.created_at)}</time>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain-list">{entries}</ul> }.into_any()
}
