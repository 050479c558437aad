//! Bringing in candidate images: the form whose files the server takes as a stream, and what was brought in lately.

use super::screen::{Screen, page};
use crate::api::ApiError;
use crate::api::ontology::SynsetPage;
use crate::api::seeding::ImportPage;
use crate::components::badge::import_badge;
use crate::components::field::TextField;
use crate::components::format::{counted, machine_moment, moment};
use crate::components::link::{path_id, query};
use crate::components::synset_list::in_one_line;
use crate::viewer::{backend, require_admin};
use leptos::prelude::*;

pub(super) fn import_form() -> impl IntoView {
    let (project, wnid) = (path_id("project"), query("wnid"));
    page(async move {
        let admin = require_admin()?;
        let project = project?;
        let backend = backend()?;
        let imports = backend.seeding.imports(&admin, project).await?;
        let synset = match wnid.as_str() {
            "" => None,
            wnid => match backend.ontology.synset(wnid).await {
                Err(ApiError::NotFound(_) | ApiError::Invalid(_)) => None,
                found => Some(found?),
            },
        };
        Ok(Screen::new(
            "Import images",
            view! {
                <p class="crumbs"><a href=format!("/project/{project}")>"Back to the project"</a></p>
                <h1>"Import images"</h1>
                <div class="columns">
                    <section class="panel">{form(project, wnid, synset)}</section>
                    <section><h2>"Latest imports"</h2>{latest(imports)}</section>
                </div>
            },
        ))
    })
}

fn form(project: i64, wnid: String, synset: Option<SynsetPage>) -> impl IntoView {
    let line = |name, label, hint, max_length| {
        TextField { name, label, hint, max_length, ..TextField::default() }.show()
    };
    let wnid = TextField {
        name: "wnid",
        label: "Synset",
        value: wnid,
        required: true,
        max_length: 20,
        hint: "The wnid of a synset that is seeded in this project, like n02084071.",
        ..TextField::default()
    };
    view! {
        <form class="stack" method="post" enctype="multipart/form-data" action=format!("/project/{project}/import")>
            {wnid.show()}
            {synset.map(|shown| view! {
                <p class="chosen"><b>{in_one_line(&shown.synset.words)}</b>": "{shown.synset.definition}</p>
            })}
            <fieldset class="stack">
                <legend>"Where the images come from"</legend>
                <p class="hint">"Holds for all files of this import. A release can’t be published without it."</p>
                {line("licence", "Licence", "A short name like CC-BY-4.0, or an address.", 200)}
                {line("attribution", "Attribution", "The line that must be shown with the image.", 500)}
                {line("creator", "Creator", "", 200)}
                {line("source_url", "Source", "The address of the page they come from.", 2000)}
            </fieldset>
            <div class="field">
                <label for="files">"Files"</label>
                <input id="files" name="files" type="file" multiple=true required=true accept="image/jpeg,image/png,image/webp,image/gif,application/zip,.zip" aria-describedby="files-hint"/>
                <p class="hint" id="files-hint">"JPEG, PNG, WebP or GIF, as many as you like, or one zip archive of them."</p>
            </div>
            <button class="primary" type="submit">"Import"</button>
        </form>
    }
}

fn latest(imports: Vec<ImportPage>) -> impl IntoView {
    if imports.is_empty() {
        return view! { <p class="quiet">"Nothing was imported so far."</p> }.into_any();
    }
    let entries = imports
        .into_iter()
        .map(|import| {
            view! {
                <li>
                    <a href=format!("/import/{}", import.import)>{in_one_line(&import.synset.1)}</a>" "{import_badge(import.state)}
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
