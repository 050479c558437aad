//! What was right on a page of practice, picture by picture, and where to go on.

use super::preface::step;
use super::screen::{Screen, page};
use crate::api::work::{PracticeFeedback, PracticePicture};
use crate::components::link::{path_id, path_part};
use crate::components::synset_list::first_word;
use crate::texts::{Locale, SLOT, fill, practice as say, preface};
use crate::viewer::{backend, locale, require_worker};
use leptos::prelude::*;

pub(super) fn practice() -> impl IntoView {
    let (project, wnid) = (path_id("project"), path_part("wnid"));
    page(async move {
        let locale = locale();
        let worker = require_worker()?;
        let feedback = backend()?.work.practice_feedback(&worker, project?, &wnid).await?;
        let title = preface::practice_of(locale, first_word(&feedback.synset.words));
        Ok(Screen::new(title.clone(), content(locale, &title, feedback)))
    })
}

fn content(locale: Locale, title: &str, feedback: PracticeFeedback) -> impl IntoView + use<> {
    let PracticeFeedback { project, synset, pictures, passed, again } = feedback;
    let name = first_word(&synset.words);
    let right = pictures.iter().filter(|picture| picture.shows == picture.picked).count();
    let number = pictures.len();
    let (heading, words) = verdict(locale, passed, again);
    let tiles = (1_usize..)
        .zip(pictures)
        .map(|(place, picture)| judged(locale, &picture, place, &name))
        .collect_view();
    view! {
        <div class="practice">
            {step(locale, title)}
            <h1>{heading}</h1>
            <p class="lead"><b>{say::right_of(locale, right, number)}</b>" "{words}</p>
            <p>{fill(say::meaning(locale, &name, SLOT), view! { <q>{synset.definition}</q> })}</p>
            <ul class="tiles practice-tiles">{tiles}</ul>
            <p class="actions">
                <a class="button primary large" href=format!("/label/{project}")>
                    {if again { say::again(locale) } else { say::start_labeling(locale) }}
                </a>
                <a class="button large" href="/">{preface::not_now(locale)}</a>
            </p>
        </div>
    }
}

fn verdict(locale: Locale, passed: bool, again: bool) -> (&'static str, &'static str) {
    match (passed, again) {
        (true, _) => (say::passed(locale), say::passed_words(locale)),
        (false, true) => (say::failed(locale), say::failed_words(locale)),
        (false, false) => (say::no_more(locale), say::no_more_words(locale)),
    }
}

fn judged(locale: Locale, picture: &PracticePicture, place: usize, name: &str) -> impl IntoView + use<> {
    let is_right = picture.shows == picture.picked;
    let why = match (picture.shows, picture.picked) {
        (true, true) => say::shows_picked(locale, name),
        (false, false) => say::other_left(locale, name),
        (true, false) => say::shows_left(locale, name),
        (false, true) => say::other_picked(locale, name),
    };
    let (class, word) =
        if is_right { ("badge good", say::right(locale)) } else { ("badge bad", say::wrong(locale)) };
    view! {
        <li class="tile judged" class:missed=!is_right>
            <img src=picture.tile.medium.clone() alt=preface::picture(locale, place) width="384" height="384"/>
            <p><span class=class>{word}</span>" "{why}</p>
        </li>
    }
}
