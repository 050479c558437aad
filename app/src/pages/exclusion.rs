//! Excluding or restoring a worker: first what it would change, then the reason, then the button.

use super::screen::{Screen, page};
use super::worker::{standing_word, votes_on};
use crate::api::workers::{ChangedTile, ExclusionPreview};
use crate::components::format::{count, counted};
use crate::components::link::path_id;
use crate::viewer::{backend, require_manager};
use leptos::prelude::*;

/// The longest reason, in characters.
const REASON: usize = 1_000;

pub(super) fn exclude() -> impl IntoView {
    decide(true)
}

pub(super) fn restore() -> impl IntoView {
    decide(false)
}

fn decide(excluded: bool) -> impl IntoView {
    let (project, account) = (path_id("project"), path_id("account"));
    page(async move {
        let manager = require_manager()?;
        let shown = backend()?.workers.preview(&manager, project?, account?, excluded).await?;
        let title = format!("{} {}", if excluded { "Exclude" } else { "Restore" }, shown.name);
        let is_self = shown.account == manager.id();
        Ok(Screen::new(title.clone(), content(title, shown, is_self)))
    })
}

fn content(title: String, shown: ExclusionPreview, is_self: bool) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let worker = format!("/project/{project}/worker/{}", shown.account);
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" › "<a href=format!("/project/{project}/workers")>"Workers"</a>" › "
            <a href=worker.clone()>{shown.name.clone()}</a>
        </p>
        <h1>{title}"?"</h1>
        {is_self.then(|| view! { <p class="alert">"This is you: it is about your own votes in this project."</p> })}
        <section class="panel">
            <h2>"What would change"</h2>
            {consequences(&shown)}
        </section>
        {pictures(&shown)}
        {form(&shown, worker)}
    }
}

fn consequences(shown: &ExclusionPreview) -> impl IntoView + use<> {
    let how = if shown.excluded { "would no longer count" } else { "would count again" };
    let votes = format!("{} {how}.", votes_on(shown.votes, shown.synsets));
    let tables = match shown.tables {
        0 => "No confidence table rests on them.".to_owned(),
        n => format!("{} would be built again.", counted(n, "confidence table", "confidence tables")),
    };
    let changes = match shown.changes() {
        0 => "No image would be taken for something else.".to_owned(),
        n => format!("{} would change:", counted(n, "image", "images")),
    };
    let moves = shown
        .moves
        .iter()
        .map(|(from, to, n)| view! { <li>{format!("{} {} → {}", count(*n), standing_word(*from), standing_word(*to))}</li> })
        .collect_view();
    view! {
        <ul class="consequences">
            <li>{votes}</li>
            <li>{tables}</li>
            <li>{changes}{(!shown.moves.is_empty()).then(|| view! { <ul>{moves}</ul> })}</li>
        </ul>
        <p class="quiet small">
            {if shown.excluded {
                "The votes stay recorded, and everything comes back as it was when the worker is restored. Until then the worker gets no more pages here."
            } else {
                "The worker gets pages again."
            }}
        </p>
    }
}

fn pictures(shown: &ExclusionPreview) -> impl IntoView + use<> {
    let (changes, tiles) = (shown.changes(), shown.tiles.len());
    let cut = i64::try_from(tiles).is_ok_and(|shown| shown < changes);
    let heading = if cut { format!("{tiles} of the images") } else { "The images".to_owned() };
    let tiles = shown.tiles.iter().cloned().map(tile).collect_view();
    (changes > 0)
        .then(|| view! { <section><h2>{heading}</h2><ul class="gallery changed">{tiles}</ul></section> })
}

fn tile(tile: ChangedTile) -> impl IntoView {
    view! {
        <li class="gallery-tile">
            <img src=tile.small alt=format!("Candidate {} for {}", tile.candidate, tile.word) width="256" height="256" loading="lazy" decoding="async"/>
            <p class="small"><b>{tile.word}</b></p>
            <p class="small">{format!("{} → {}", standing_word(tile.from), standing_word(tile.to))}</p>
        </li>
    }
}

fn form(shown: &ExclusionPreview, worker: String) -> impl IntoView + use<> {
    let (hint, press, class) = if shown.excluded {
        (
            "The worker reads it as you write it, when asking for the next page. Say what happened, and what the worker can do.",
            "Exclude",
            "danger",
        )
    } else {
        ("The worker reads it as you write it.", "Restore", "primary")
    };
    view! {
        <form class="stack sheet narrow" method="post" action="/api/decide_exclusion">
            <input type="hidden" name="project" value=shown.project.0/>
            <input type="hidden" name="account" value=shown.account/>
            <input type="hidden" name="excluded" value=shown.excluded.to_string()/>
            <input type="hidden" name="votes" value=shown.votes/>
            <input type="hidden" name="changes" value=shown.changes()/>
            <div class="field">
                <label for="reason">"Reason"</label>
                <textarea id="reason" name="reason" rows="4" required=true maxlength=REASON.to_string() aria-describedby="reason-hint"></textarea>
                <p class="hint" id="reason-hint">{hint}</p>
            </div>
            <p class="actions">
                <button class=class type="submit">{format!("{press} {}", shown.name)}</button>
                <a class="button" href=worker>"Leave it as it is"</a>
            </p>
        </form>
    }
}
