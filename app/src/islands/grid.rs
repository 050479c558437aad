//! The form: a grid of pictures with a checkbox each, and the two ways to send it. The same markup works without script.

use super::board::Board;
use super::question::{article, question};
use crate::api::ApiError;
use crate::api::labeling::{Batch, Tile};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, SubmitEvent};

/// Pictures that are on the screen at once almost anywhere; the others load when they come near.
const EAGER: usize = 12;

/// The form of one batch.
pub(super) fn batch_form(board: Board, batch: Batch) -> impl IntoView {
    let name = batch.synset.words.first().cloned().unwrap_or_default();
    let all = batch.tiles.len();
    let tiles = batch
        .tiles
        .into_iter()
        .enumerate()
        .map(|(place, shown)| tile(board, place, all, shown))
        .collect_view();
    view! {
        <form
            class="batch"
            method="post"
            action="/api/submit_votes"
            autocomplete="off"
            on:change=move |_| board.changed()
            on:submit=move |event| send(board, &event)
        >
            // Enter in a checkbox presses a form's first button: this one does nothing.
            <button type="submit" disabled=true hidden=true></button>
            <input type="hidden" name="assignment" value=batch.assignment/>
            <input type="hidden" name="key" value=batch.key/>
            {question(batch.synset)}
            <fieldset class="tiles">
                <legend class="visually-hidden">{format!("Which of these pictures show {} {name}?", article(&name))}</legend>
                {tiles}
            </fieldset>
            {actions(board)}
        </form>
    }
}

fn tile(board: Board, place: usize, all: usize, shown: Tile) -> impl IntoView {
    let number = place + 1;
    // One tile is a stop of the Tab key, the one that had the focus last; the arrows do the rest.
    let stop = move || (board.awake.get() && board.current.get() != place).then_some("-1");
    view! {
        <div class="tile">
            <label class="pick">
                <input type="checkbox" name="yes[]" value=shown.candidate tabindex=stop on:focus=move |_| board.current.set(place)/>
                <img
                    src=shown.small
                    alt=format!("Candidate {number} of {all}")
                    width="256"
                    height="256"
                    decoding="async"
                    loading=(place >= EAGER).then_some("lazy")
                />
                <svg class="tick" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.6 5L19 7.5"></path></svg>
            </label>
            <div class="tile-tools">
                <label class="unsure">
                    <input type="checkbox" name="unsure[]" value=shown.candidate tabindex=stop/>
                    "Unsure"
                    <span class="visually-hidden">{format!(" about candidate {number}")}</span>
                </label>
                <a
                    class="zoom"
                    href=shown.large
                    target="_blank"
                    rel="noopener"
                    tabindex=stop
                    aria-label=format!("Enlarge candidate {number}")
                    on:click=move |event| {
                        event.prevent_default();
                        board.zoom(place);
                    }
                >
                    <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6"></circle><path d="M15 15l5 5M10.5 8v5M8 10.5h5"></path></svg>
                </a>
            </div>
        </div>
    }
}

fn actions(board: Board) -> impl IntoView {
    let is_any = move || board.tally() != (0, 0);
    view! {
        <div class="board-actions">
            {move || board.trouble.get().map(|error| trouble(board, &error))}
            <div class="board-buttons">
                <button class="primary large" type="submit" aria-disabled=move || board.sending.get().then_some("true")>
                    {move || if board.sending.get() { "Sending …".to_owned() } else { press(board.tally()) }}
                </button>
                <button class="large" type="submit" name="none_of_these" value="true" disabled=move || board.awake.get() && is_any()>
                    "None of these"
                </button>
                <button class="help" type="button" hidden=move || !board.awake.get() on:click=move |_| board.help()>
                    "Keys"
                </button>
            </div>
        </div>
    }
}

/// What the button says. Without script nothing is counted, so that it says the same all the time.
fn press((picked, unsure): (usize, usize)) -> String {
    match (picked, unsure) {
        (0, 0) => "Submit picked".to_owned(),
        (0, unsure) => format!("Submit {unsure} unsure"),
        (picked, 0) => format!("Submit {picked} picked"),
        (picked, unsure) => format!("Submit {picked} picked, {unsure} unsure"),
    }
}

fn trouble(board: Board, error: &ApiError) -> impl IntoView + use<> {
    let again =
        matches!(error, ApiError::Unavailable { .. } | ApiError::TooOften { .. } | ApiError::Internal);
    let words = match error {
        // Whether the answer arrived is not known when the line breaks: the key makes sending it again safe.
        ApiError::Unavailable { .. } => "The server can’t be reached just now.".to_owned(),
        error => error.to_string(),
    };
    let elsewhere = match error {
        ApiError::SignInNeeded => Some((format!("/sign-in?to=/label/{}", board.project), "Sign in")),
        ApiError::NotFound(_) | ApiError::Conflict(_) => {
            Some((format!("/label/{}", board.project), "Get a new page"))
        }
        _ => None,
    };
    view! {
        <p class="alert" role="alert">
            {words}
            {again.then(|| view! {
                " Your picks are kept in this browser, and nothing counts twice. "
                <button class="small" type="button" on:click=move |_| board.retry()>"Try again"</button>
            })}
            {elsewhere.map(|(to, words)| view! { " " <a href=to>{words}</a> })}
        </p>
    }
}

fn send(board: Board, event: &SubmitEvent) {
    event.prevent_default();
    let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    board.submit(button.is_some_and(|button| button.name() == "none_of_these"));
}
