//! What was right on a page of practice, picture by picture, and where to go on.

use super::screen::{Screen, page};
use crate::api::work::{PracticeFeedback, PracticePicture};
use crate::components::link::{path_id, path_part};
use crate::components::synset_list::first_word;
use crate::viewer::{backend, require_worker};
use leptos::prelude::*;

pub(super) fn practice() -> impl IntoView {
    let (project, wnid) = (path_id("project"), path_part("wnid"));
    page(async move {
        let worker = require_worker()?;
        let feedback = backend()?.work.practice_feedback(&worker, project?, &wnid).await?;
        Ok(Screen::new(format!("Practice: {}", first_word(&feedback.synset.words)), content(feedback)))
    })
}

fn content(feedback: PracticeFeedback) -> impl IntoView {
    let PracticeFeedback { project, synset, pictures, passed, again } = feedback;
    let name = first_word(&synset.words);
    let right = pictures.iter().filter(|picture| picture.shows == picture.picked).count();
    let number = pictures.len();
    let (title, words) = verdict(passed, again);
    let tiles =
        (1_usize..).zip(pictures).map(|(place, picture)| judged(&picture, place, &name)).collect_view();
    view! {
        <div class="practice">
            <p class="preface-step quiet small">"Before you begin · Practice: "{name.clone()}</p>
            <h1>{title}</h1>
            <p class="lead"><b>{format!("{right} of {number} right.")}</b>" "{words}</p>
            <p>{name.clone()}": "<q>{synset.definition}</q></p>
            <ul class="tiles practice-tiles">{tiles}</ul>
            <p class="actions">
                <a class="button primary large" href=format!("/label/{project}")>
                    {if again { "Once more" } else { "Start labeling" }}
                </a>
                <a class="button large" href="/">"Not now"</a>
            </p>
        </div>
    }
}

fn verdict(passed: bool, again: bool) -> (&'static str, &'static str) {
    match (passed, again) {
        (true, _) => ("Well done", "That is all for practice; the pictures that follow are real questions."),
        (false, true) => {
            ("Not sure enough yet", "Look at what was missed, then try once more with other pictures.")
        }
        (false, false) => (
            "Take a closer look",
            "There are no other known pictures to practise on. Keep these in mind, and use “unsure” when you can’t tell.",
        ),
    }
}

fn judged(picture: &PracticePicture, place: usize, name: &str) -> impl IntoView + use<> {
    let is_right = picture.shows == picture.picked;
    let why = match (picture.shows, picture.picked) {
        (true, true) => format!("It shows {name}, and you picked it."),
        (false, false) => format!("It does not show {name}, and you left it."),
        (true, false) => format!("It shows {name}: an expert says so. You left it."),
        (false, true) => format!("It does not show {name}: an expert says so. You picked it."),
    };
    let (class, word) = if is_right { ("badge good", "Right") } else { ("badge bad", "Wrong") };
    view! {
        <li class="tile judged" class:missed=!is_right>
            <img src=picture.tile.medium.clone() alt=format!("Picture {place}") width="384" height="384"/>
            <p><span class=class>{word}</span>" "{why}</p>
        </li>
    }
}
