//! Seeding synsets into a project: a list or a subtree, looked at before it is done.

use super::screen::{Screen, page};
use crate::api::ApiError;
use crate::api::seeding::{SeedPreview, SeedRequest};
use crate::components::field::TextField;
use crate::components::format::{count, counted};
use crate::components::link::{path_id, query};
use crate::components::synset_list::synset_list;
use crate::viewer::{backend, require_admin};
use leptos::prelude::*;

pub(super) fn seed() -> impl IntoView {
    let project = path_id("project");
    let request = SeedRequest { list: query("list"), root: query("root"), depth: query("depth") };
    page(async move {
        let admin = require_admin()?;
        let project = project?;
        let asked = !request.list.trim().is_empty() || !request.root.trim().is_empty();
        let preview =
            if asked { Some(backend()?.seeding.preview(&admin, project, &request).await) } else { None };
        // What can't be used is said above the form, so that it can be mended there.
        let preview = match preview {
            Some(Ok(preview)) => Some(Ok(preview)),
            Some(Err(error @ (ApiError::Invalid(_) | ApiError::NotFound(_)))) => Some(Err(error.to_string())),
            Some(Err(error)) => return Err(error),
            None => None,
        };
        Ok(Screen::new(
            "Seed synsets",
            view! {
                <p class="crumbs"><a href=format!("/project/{project}")>"Back to the project"</a></p>
                <h1>"Seed synsets"</h1>
                {match preview {
                    None => ().into_any(),
                    Some(Err(words)) => view! { <p class="alert" role="alert">{words}</p> }.into_any(),
                    Some(Ok(preview)) => confirm(project, &request, preview).into_any(),
                }}
                {forms(project, request)}
            },
        ))
    })
}

fn confirm(project: i64, request: &SeedRequest, preview: SeedPreview) -> impl IntoView + use<> {
    let new = preview.synsets.saturating_sub(preview.already_seeded);
    let request = request.clone();
    let shown = i64::try_from(preview.first.len()).unwrap_or(0);
    let more = i64::from(preview.synsets) - shown;
    let is_short = shown <= 5;
    view! {
        <section class="panel" aria-labelledby="preview">
            <h2 id="preview">
                {format!("{}, {} already seeded", counted(i64::from(preview.synsets), "synset", "synsets"), count(i64::from(preview.already_seeded)))}
            </h2>
            {if new > 0 {
                view! {
                    <form method="post" action="/api/seed_synsets">
                        <input type="hidden" name="project" value=project/>
                        <input type="hidden" name="request[list]" value=request.list/>
                        <input type="hidden" name="request[root]" value=request.root/>
                        <input type="hidden" name="request[depth]" value=request.depth/>
                        <button class="primary" type="submit">{format!("Seed {}", counted(i64::from(new), "synset", "synsets"))}</button>
                    </form>
                }
                .into_any()
            } else {
                view! { <p>"There is nothing new to seed."</p> }.into_any()
            }}
            <details open=is_short>
                <summary>"A look at them"</summary>
                {synset_list(preview.first)}
                {(more > 0).then(|| view! { <p class="quiet">{format!("and {} more", count(more))}</p> })}
            </details>
        </section>
    }
}

fn forms(project: i64, request: SeedRequest) -> impl IntoView {
    let here = format!("/project/{project}/seed");
    let root = TextField {
        name: "root",
        label: "Root",
        value: request.root,
        required: true,
        max_length: 20,
        hint: "A wnid, like n01861778 (mammal).",
        ..TextField::default()
    };
    let depth = TextField {
        name: "depth",
        label: "Levels below the root",
        kind: "number",
        value: request.depth,
        max_length: 4,
        hint: "Empty: all of them. 0: the root alone.",
        ..TextField::default()
    };
    view! {
        <div class="columns">
            <section class="panel">
                <h2>"A subtree"</h2>
                <form class="stack" method="get" action=here.clone()>
                    {root.show()} {depth.show()}
                    <button type="submit">"Preview"</button>
                </form>
            </section>
            <section class="panel">
                <h2>"A list"</h2>
                <form class="stack" method="get" action=here>
                    <div class="field">
                        <label for="list">"Wnids"</label>
                        <textarea id="list" name="list" rows="6" maxlength="12000" required=true spellcheck="false" aria-describedby="list-hint">
                            {request.list}
                        </textarea>
                        <p class="hint" id="list-hint">"Separated by blanks, commas or new lines; up to 1,000 at a time."</p>
                    </div>
                    <button type="submit">"Preview"</button>
                </form>
            </section>
        </div>
        <p class="hint">"Wnids are shown by the "<a href="/synsets">"WordNet search"</a>"."</p>
    }
}
