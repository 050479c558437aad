//! The import form's island: files are dropped and sent one by one, with the progress of each. The form inside it is the
//! server's, and works without script as a form of many files.

#![expect(missing_docs, reason = "the island macro makes a struct that it does not describe")]

use super::import_list::{file_list, totals};
use super::import_queue::{Phase, Queue};
use super::import_shelf as shelf;
use crate::texts::{Locale, sending as say};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, HtmlFormElement, HtmlInputElement, SubmitEvent};

/// Around the form of an import.
#[island]
pub fn ImportBoard(
    /// The language of the page.
    locale: Locale,
    /// The project's id.
    project: i64,
    /// An import that goes on.
    import: Option<i64>,
    /// The form.
    children: Children,
) -> impl IntoView {
    let queue = Queue::new(locale, project, import);
    let (is_over, awake) = (RwSignal::new(false), RwSignal::new(false));
    let folder = NodeRef::<Input>::new();
    Effect::new(move |_| {
        awake.set(true);
        if let Some(input) = folder.get() {
            // An attribute that no standard names and every browser knows; where one does not, it chooses files.
            let _ = input.set_attribute("webkitdirectory", "");
        }
    });
    view! {
        <div
            class="import-board stack"
            class:is-over=move || is_over.get()
            class:is-awake=move || awake.get()
            class:is-open=move || queue.import.get().is_some()
            on:dragover=move |event| { event.prevent_default(); is_over.set(true); }
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |event| { is_over.set(false); dropped(queue, &event); }
            on:change=move |event| chosen(queue, &event)
            on:submit=move |event| sent(queue, &event)
        >
            {children()}
            <p class="folder-choice">
                <label class="button small" for="folder">{say::folder(locale)}</label>
                <input id="folder" class="visually-hidden" type="file" multiple=true node_ref=folder/>
            </p>
            <p class="visually-hidden" role="status">{move || queue.said.get()}</p>
            {move || trouble(queue)}
            {move || (!queue.is_empty()).then(|| view! {
                <section class="sending" aria-label=say::files(locale)>
                    {totals(queue)}
                    {move || actions(queue)}
                    {file_list(queue)}
                </section>
            })}
        </div>
    }
}

fn trouble(queue: Queue) -> Option<impl IntoView> {
    match queue.phase.get() {
        Phase::Held { why, .. } | Phase::Refused(why) => {
            Some(view! { <p class="alert" role="alert">{why}</p> })
        }
        _ => None,
    }
}

fn actions(queue: Queue) -> impl IntoView {
    let (locale, phase) = (queue.locale, queue.phase.get());
    let stops = matches!(phase, Phase::Sending | Phase::Held { .. });
    let goes_on = matches!(phase, Phase::Held { .. } | Phase::Stopped);
    let is_stopped = phase == Phase::Stopped;
    let has_some = queue.counts.get().here > 0;
    view! {
        <div class="actions">
            {goes_on.then(|| view! { <button class="primary" type="button" on:click=move |_| queue.go_on()>{say::go_on(locale)}</button> })}
            {stops.then(|| view! { <button type="button" on:click=move |_| queue.stop()>{say::stop(locale)}</button> })}
            {(is_stopped && has_some).then(|| view! {
                <button type="button" on:click=move |_| queue.finish()>{say::begin(locale)}</button>
            })}
            {is_stopped.then(|| view! { <button type="button" on:click=move |_| queue.give_up()>{say::give_up(locale)}</button> })}
            {(phase == Phase::Finishing).then(|| view! { <p class="quiet">{say::all_here(locale)}</p> })}
        </div>
    }
}

fn dropped(queue: Queue, event: &DragEvent) {
    event.prevent_default();
    if let Some(transfer) = event.data_transfer() {
        // The entries must be taken now: the browser empties the list when this handler has returned.
        let entries = shelf::entries(&transfer);
        spawn_local(async move { queue.add(shelf::files_of(entries).await) });
    }
}

fn chosen(queue: Queue, event: &Event) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input.filter(|input| input.type_() == "file") else { return };
    queue.add(shelf::files_in(&input));
    // The same files can then be chosen again, and the plain form sends nothing twice.
    input.set_value("");
}

fn sent(queue: Queue, event: &SubmitEvent) {
    event.prevent_default();
    if let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) {
        // What was chosen before the script woke up counts too.
        let input = form.query_selector("input[type='file']").ok().flatten();
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            queue.add(shelf::files_in(&input));
            input.set_value("");
        }
        queue.begin(shelf::fields(&form));
    }
}
