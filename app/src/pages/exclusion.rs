//! Excluding or restoring a worker: first what it would change, then the reason, then the button.

use super::screen::{Screen, page};
use super::worker::standing_word;
use crate::api::workers::{ChangedTile, ExclusionPreview};
use crate::components::link::path_id;
use crate::components::picture::picture;
use crate::texts::{Locale, candidates, counts, exclusion as say, workers};
use crate::viewer::{backend, locale, require_manager};
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
        let locale = locale();
        let manager = require_manager()?;
        let shown = backend()?.workers.preview(&manager, project?, account?, excluded).await?;
        let title =
            if excluded { say::exclude(locale, &shown.name) } else { say::restore(locale, &shown.name) };
        let is_self = shown.account == manager.id();
        Ok(Screen::new(title.clone(), content(locale, title, shown, is_self)))
    })
}

fn content(locale: Locale, press: String, shown: ExclusionPreview, is_self: bool) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let worker = format!("/project/{project}/worker/{}", shown.account);
    let question = match shown.excluded {
        true => say::exclude_question(locale, &shown.name),
        false => say::restore_question(locale, &shown.name),
    };
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" › "<a href=format!("/project/{project}/workers")>{workers::heading(locale)}</a>" › "
            <a href=worker.clone()>{shown.name.clone()}</a>
        </p>
        <h1>{question}</h1>
        {is_self.then(|| view! { <p class="alert">{say::about_you(locale)}</p> })}
        // The decision comes before the pictures, so that nobody has to go past them all to reach it.
        <div class="decision">
            <section class="panel">
                <h2>{say::consequences(locale)}</h2>
                {consequences(locale, &shown)}
            </section>
            {form(locale, press, &shown, worker)}
        </div>
        {pictures(locale, &shown)}
    }
}

fn consequences(locale: Locale, shown: &ExclusionPreview) -> impl IntoView + use<> {
    let (votes, synsets) = (counts::votes(locale, shown.votes), counts::synsets(locale, shown.synsets));
    let (votes, words) = if shown.excluded {
        (say::votes_stop_counting(locale, votes, synsets), say::exclude_words(locale))
    } else {
        (say::votes_count_again(locale, votes, synsets), say::restore_words(locale))
    };
    let changes = say::changes(locale, shown.changes());
    let moves = shown
        .moves
        .iter()
        .map(|(from, to, n)| view! { <li>{say::change_of_images(locale, *n, standing_word(*from), standing_word(*to))}</li> })
        .collect_view();
    view! {
        <ul class="consequences">
            <li>{votes}</li>
            <li>{say::tables(locale, shown.tables)}</li>
            <li>{changes}{(!shown.moves.is_empty()).then(|| view! { <ul>{moves}</ul> })}</li>
        </ul>
        <p class="quiet small">{words}</p>
    }
}

fn pictures(locale: Locale, shown: &ExclusionPreview) -> impl IntoView + use<> {
    let (changes, tiles) = (shown.changes(), shown.tiles.len());
    let cut = i64::try_from(tiles).is_ok_and(|shown| shown < changes);
    let heading = if cut { say::some_images(locale, tiles) } else { say::all_images(locale).to_owned() };
    let tiles = shown.tiles.iter().cloned().map(|shown| tile(locale, shown)).collect_view();
    (changes > 0)
        .then(|| view! { <section><h2>{heading}</h2><ul class="gallery changed">{tiles}</ul></section> })
}

fn tile(locale: Locale, tile: ChangedTile) -> impl IntoView {
    let name = candidates::name_for(locale, tile.candidate.to_string(), &tile.word);
    view! {
        <li class="gallery-tile">
            {picture(tile.small, &tile.medium, name)}
            <p class="small"><b>{tile.word}</b></p>
            <p class="small">{say::change(locale, standing_word(tile.from), standing_word(tile.to))}</p>
        </li>
    }
}

fn form(locale: Locale, press: String, shown: &ExclusionPreview, worker: String) -> impl IntoView + use<> {
    let (hint, class) = if shown.excluded {
        (say::exclude_reason_hint(locale), "danger")
    } else {
        (say::restore_reason_hint(locale), "primary")
    };
    view! {
        <form class="stack panel" method="post" action="/api/decide_exclusion">
            <input type="hidden" name="project" value=shown.project.0/>
            <input type="hidden" name="account" value=shown.account/>
            <input type="hidden" name="excluded" value=shown.excluded.to_string()/>
            <input type="hidden" name="votes" value=shown.votes/>
            <input type="hidden" name="changes" value=shown.changes()/>
            <div class="field">
                <label for="reason">{say::reason(locale)}</label>
                <textarea id="reason" name="reason" rows="4" required=true maxlength=REASON.to_string() aria-describedby="reason-hint"></textarea>
                <p class="hint" id="reason-hint">{hint}</p>
            </div>
            <p class="actions">
                <button class=class type="submit">{press}</button>
                <a class="button" href=worker>{say::leave(locale)}</a>
            </p>
        </form>
    }
}
