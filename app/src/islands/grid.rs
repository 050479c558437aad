//! The form: a grid of pictures with checkboxes, and the ways to send it. The same markup works without script.

use super::actions::actions;
use super::board::Board;
use super::dialogs::show_zoom;
use super::dom;
use super::marks::Mark;
use super::pointer::Pointer;
use super::question::{question, with_article};
use super::single::{is_shown, single};
use super::tile::tile;
use super::touched::Touched;
use crate::api::labeling::Batch;
use crate::texts::board as say;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlButtonElement, MouseEvent, SubmitEvent};

/// The form of one batch.
pub(super) fn batch_form(board: Board, batch: Batch) -> impl IntoView {
    let name = batch.synset.words.first().cloned().unwrap_or_default();
    let (locale, all) = (board.locale, batch.tiles.len());
    let tiles = batch
        .tiles
        .into_iter()
        .enumerate()
        .map(|(place, shown)| tile(board, place, all, shown))
        .collect_view();
    let pointer = Pointer::new(board);
    let action = if board.corrects { "/api/correct_votes" } else { "/api/submit_votes" };
    view! {
        <form
            class="batch"
            class:singly=move || is_shown(board)
            method="post"
            action=action
            autocomplete="off"
            on:submit=move |event| send(board, &event)
        >
            // Enter in a checkbox presses a form's first button: this one does nothing.
            <button type="submit" disabled=true hidden=true></button>
            <input type="hidden" name="assignment" value=batch.assignment.to_string()/>
            <input type="hidden" name="key" value=batch.key/>
            {question(locale, batch.synset)}
            {single(board)}
            <fieldset
                class="tiles"
                disabled=move || board.held.get()
                on:change=move |event| changed(board, pointer, &event)
                on:click=move |event| clicked(board, pointer, &event)
                on:focusin=move |event| focused(board, &event)
                on:pointerdown=move |event| pointer.down(&event)
                on:pointermove=move |event| pointer.moved(&event)
                on:pointerup=move |_| pointer.up()
                on:pointercancel=move |_| pointer.left()
                on:pointerleave=move |_| pointer.left()
                on:contextmenu=move |event| pointer.menu(&event)
            >
                <legend class="visually-hidden">{say::which(locale, with_article(locale, &name, &name))}</legend>
                {tiles}
            </fieldset>
            {actions(board)}
        </form>
    }
}

fn changed(board: Board, pointer: Pointer, event: &Event) {
    let Some(target) = dom::target(event) else { return };
    if let (Some(place), Some((mark, is_ticked))) = (dom::place_of(&target), dom::said_by(&target)) {
        let said = if is_ticked { mark } else { Mark::No };
        board.after_paint(Touched::Said(place, said, pointer.take_shift()));
        if matches!(mark, Mark::Broken | Mark::Offensive) {
            dom::close_menus(None);
            dom::focus_tile(place);
        }
    }
}

fn clicked(board: Board, pointer: Pointer, event: &MouseEvent) {
    pointer.clicked(event);
    let Some(target) = dom::target(event) else { return };
    dom::close_menus(Some(&target));
    // With a modifier key a link opens as links do.
    if dom::is_in(&target, "a.zoom") && !event.ctrl_key() && !event.meta_key() {
        event.prevent_default();
        if let Some(place) = dom::place_of(&target) {
            show_zoom(board, place);
        }
    }
}

fn focused(board: Board, event: &Event) {
    if let Some(place) = dom::target(event).as_ref().and_then(dom::place_of) {
        board.after_paint(Touched::Focused(place));
    }
}

fn send(board: Board, event: &SubmitEvent) {
    event.prevent_default();
    let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    board.submit(button.is_some_and(|button| button.name() == "none_of_these"));
}
