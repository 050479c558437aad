//! What a worker reads or answers before the first batch: terms, a definition, a page of practice. Plain forms, no script.

use super::screen::Screen;
use crate::api::labeling::{DefinitionMistake, DefinitionQuestion, Practice, Preface, Terms, Tile};
use crate::components::synset_list::{first_word, in_one_line};
use crate::texts::{Locale, SLOT, fill, fill_all, preface as say};
use leptos::prelude::*;

/// The screen of what comes first.
pub(super) fn preface(locale: Locale, preface: Preface) -> Screen {
    match preface {
        Preface::Terms(terms) => Screen::new(say::terms_of(locale, &terms.name), terms_page(locale, terms)),
        Preface::Definition(question) => {
            let title = say::what_is_meant(locale, first_word(&question.words));
            Screen::new(title, definition_page(locale, question))
        }
        Preface::Practice(practice) => {
            let title = say::practice_of(locale, first_word(&practice.synset.words));
            Screen::new(title.clone(), practice_page(locale, title, practice))
        }
    }
}

/// Where somebody stands on the way to the first batch.
pub(super) fn step(locale: Locale, what: &str) -> impl IntoView + use<> {
    view! { <p class="preface-step quiet small">{say::step(locale, what)}</p> }
}

fn terms_page(locale: Locale, terms: Terms) -> impl IntoView {
    let Terms { project, name, version, text } = terms;
    view! {
        <div class="preface sheet">
            {step(locale, say::terms(locale))}
            <h1>{name}</h1>
            <p class="lead">{say::terms_lead(locale)}</p>
            {terms_text(locale, &text)}
            <form class="actions" method="post" action="/api/agree_to_terms">
                <input type="hidden" name="project" value=project/>
                <input type="hidden" name="version" value=version/>
                <button class="primary large" type="submit">{say::agree(locale)}</button>
                <a class="button large" href="/">{say::not_now(locale)}</a>
            </form>
        </div>
    }
}

/// Terms as people read them: paragraphs are parted by empty lines, other line ends are kept.
pub(super) fn terms_text(locale: Locale, text: &str) -> impl IntoView + use<> {
    let paragraphs = text
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| view! { <p>{paragraph.to_owned()}</p> })
        .collect_view();
    view! { <div class="terms" role="region" aria-label=say::terms(locale) tabindex="0">{paragraphs}</div> }
}

fn definition_page(locale: Locale, question: DefinitionQuestion) -> impl IntoView {
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
            {step(locale, say::meaning(locale))}
            <h1>{say::what_is_meant_by(locale, &name)}</h1>
            {(!others.is_empty()).then(|| view! { <p class="lead">{say::also_called(locale, in_one_line(&others))}</p> })}
            {mistake.map(|mistake| explained(locale, name, mistake))}
            <form class="stack" method="post" action="/api/answer_definition">
                <input type="hidden" name="project" value=project/>
                <input type="hidden" name="wnid" value=wnid/>
                <input type="hidden" name="tries" value=tries/>
                <fieldset class="choices">
                    <legend>{say::choose(locale)}</legend>
                    {choices}
                </fieldset>
                <p class="actions">
                    <button class="primary large" type="submit">{say::that_is_it(locale)}</button>
                    <a class="button large" href="/">{say::not_now(locale)}</a>
                </p>
            </form>
        </div>
    }
}

fn explained(locale: Locale, name: String, mistake: DefinitionMistake) -> impl IntoView {
    let DefinitionMistake { chosen, definition } = mistake;
    let right = fill_all(
        |[name, definition]| say::mistake_right(locale, name, definition),
        [view! { <b>{name}</b> }.into_any(), view! { <q>{definition}</q> }.into_any()],
    );
    view! {
        <div class="alert" role="alert">
            <p>{fill(say::mistake(locale, SLOT), view! { <b>{chosen}</b> })}</p>
            <p>{right}</p>
            <p>{say::mistake_again(locale)}</p>
        </div>
    }
}

fn practice_page(locale: Locale, title: String, practice: Practice) -> impl IntoView {
    let Practice { project, synset, tiles, round } = practice;
    let number = tiles.len();
    let again = (round > 1).then(|| view! { {say::practice_again(locale)}" " });
    let tiles =
        (1_usize..).zip(tiles).map(|(place, tile)| practice_tile(locale, &tile, place)).collect_view();
    view! {
        <div class="practice">
            {step(locale, say::practice(locale))}
            <h1>{title}</h1>
            <p class="lead">{synset.definition}</p>
            <p>{again}{say::practice_words(locale, number)}</p>
            <form class="stack" method="post" action="/api/answer_practice">
                <input type="hidden" name="project" value=project/>
                <input type="hidden" name="wnid" value=synset.wnid/>
                <ul class="tiles practice-tiles">{tiles}</ul>
                <p class="actions">
                    <button class="primary large" type="submit">{say::show(locale)}</button>
                    <a class="button large" href="/">{say::not_now(locale)}</a>
                </p>
            </form>
        </div>
    }
}

fn practice_tile(locale: Locale, tile: &Tile, place: usize) -> impl IntoView + use<> {
    view! {
        <li class="tile">
            <input type="hidden" name="shown[]" value=tile.candidate/>
            <label class="pick">
                <input type="checkbox" name="yes[]" value=tile.candidate/>
                <img src=tile.medium.clone() alt=say::picture(locale, place) width="384" height="384"/>
                <svg class="tick" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 12.5l4 4 8-9"></path></svg>
            </label>
        </li>
    }
}
