//! What a worker reads or answers before the first batch: terms, a definition, a page of practice. Plain forms, no script.

use super::screen::Screen;
use crate::api::labeling::{DefinitionQuestion, Practice, Preface, Terms, Tile};
use crate::components::synset_list::{first_word, in_one_line};
use leptos::prelude::*;

/// The screen of what comes first.
pub(super) fn preface(preface: Preface) -> Screen {
    match preface {
        Preface::Terms(terms) => Screen::new(format!("Terms of {}", terms.name), terms_page(terms)),
        Preface::Definition(question) => {
            Screen::new(format!("What is meant: {}", first_word(&question.words)), definition_page(question))
        }
        Preface::Practice(practice) => {
            Screen::new(format!("Practice: {}", first_word(&practice.synset.words)), practice_page(practice))
        }
    }
}

/// Where somebody stands on the way to the first batch.
fn step(name: &'static str) -> impl IntoView {
    view! { <p class="preface-step quiet small">"Before you begin · "{name}</p> }
}

fn terms_page(terms: Terms) -> impl IntoView {
    let Terms { project, name, version, text } = terms;
    view! {
        <div class="preface sheet">
            {step("Terms")}
            <h1>{name}</h1>
            <p class="lead">"Please read what this project asks of you. You will not be asked again unless it changes."</p>
            {terms_text(&text)}
            <form class="actions" method="post" action="/api/agree_to_terms">
                <input type="hidden" name="project" value=project/>
                <input type="hidden" name="version" value=version/>
                <button class="primary large" type="submit">"I agree"</button>
                <a class="button large" href="/">"Not now"</a>
            </form>
        </div>
    }
}

/// Terms as people read them: paragraphs are parted by empty lines, other line ends are kept.
pub(super) fn terms_text(text: &str) -> impl IntoView + use<> {
    let paragraphs = text
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| view! { <p>{paragraph.to_owned()}</p> })
        .collect_view();
    view! { <div class="terms" role="region" aria-label="Terms" tabindex="0">{paragraphs}</div> }
}

fn definition_page(question: DefinitionQuestion) -> impl IntoView {
    let DefinitionQuestion { project, wnid, words, choices, tries, mistake } = question;
    let name = first_word(&words);
    let others = words.iter().skip(1).cloned().collect::<Vec<_>>();
    let choices = (0_u32..)
        .zip(choices)
        .map(|(place, definition)| {
            view! {
                <label class="choice">
                    <input type="radio" name="choice" value=place required/>
                    <span>{definition}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="preface sheet wide-sheet">
            {step("The meaning")}
            <h1>"What is meant by “"{name.clone()}"”?"</h1>
            {(!others.is_empty()).then(|| view! { <p class="lead">"Also called "{in_one_line(&others)}</p> })}
            {mistake.map(|mistake| view! {
                <div class="alert" role="alert">
                    <p>"Not quite: you chose what "<b>{mistake.chosen}</b>" means."</p>
                    <p><b>{name}</b>" is "<q>{mistake.definition}</q></p>
                    <p>"Please find it once more."</p>
                </div>
            })}
            <form class="stack" method="post" action="/api/answer_definition">
                <input type="hidden" name="project" value=project/>
                <input type="hidden" name="wnid" value=wnid/>
                <input type="hidden" name="tries" value=tries/>
                <fieldset class="choices">
                    <legend>"Choose the definition that the pictures will be compared with."</legend>
                    {choices}
                </fieldset>
                <p class="actions">
                    <button class="primary large" type="submit">"That is it"</button>
                    <a class="button large" href="/">"Not now"</a>
                </p>
            </form>
        </div>
    }
}

fn practice_page(practice: Practice) -> impl IntoView {
    let Practice { project, synset, tiles, round } = practice;
    let (name, number) = (first_word(&synset.words), tiles.len());
    let again = round > 1;
    let tiles = (1_usize..).zip(tiles).map(|(place, tile)| practice_tile(&tile, place)).collect_view();
    view! {
        <div class="practice">
            {step("Practice")}
            <h1>"Practice: "{name.clone()}</h1>
            <p class="lead">{synset.definition}</p>
            <p>
                {if again { "Once more, with other pictures. " } else { "" }}
                {format!("Pick every picture of these {number} that shows it, even partly hidden. An expert has looked at them: you see at once what was right. These are no votes.")}
            </p>
            <form class="stack" method="post" action="/api/answer_practice">
                <input type="hidden" name="project" value=project/>
                <input type="hidden" name="wnid" value=synset.wnid/>
                <ul class="tiles practice-tiles">{tiles}</ul>
                <p class="actions">
                    <button class="primary large" type="submit">"Show what is right"</button>
                    <a class="button large" href="/">"Not now"</a>
                </p>
            </form>
        </div>
    }
}

fn practice_tile(tile: &Tile, place: usize) -> impl IntoView + use<> {
    view! {
        <li class="tile">
            <input type="hidden" name="shown[]" value=tile.candidate/>
            <label class="pick">
                <input type="checkbox" name="yes[]" value=tile.candidate/>
                <img src=tile.medium.clone() alt=format!("Picture {place}") width="384" height="384"/>
                <svg class="tick" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 12.5l4 4 8-9"></path></svg>
            </label>
        </li>
    }
}
