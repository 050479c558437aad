//! Keeps a page's form and what follows from it in step: each change asks the server for the same page anew and puts its parts
//! marked `data-live` in the place of the old ones. Without script the form's buttons do the same.

#![expect(missing_docs, reason = "the island macro makes a struct that it does not describe")]

use super::fetching::{self, Signal};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DomParser, Element, FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, SubmitEvent,
    SupportedType, UrlSearchParams,
};

/// Watches the form of an id; `headline` is the id of the element whose words are read out after a change.
#[island]
pub fn LiveForm(
    /// The form's id.
    form: String,
    /// The element that says what has come of it.
    headline: String,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    Effect::new(move |_| {
        let (id, headline) = (form.clone(), headline.clone());
        let renew = move |form: &HtmlFormElement, pressed: Option<HtmlButtonElement>| {
            let Ok(address) = address_of(form, pressed) else { return };
            let signal = fetching::begin("form");
            let headline = headline.clone();
            spawn_local(async move {
                if put_anew(&address, &signal).await.is_err() && !signal.is_aborted() {
                    // What can't be done in place is done by going there.
                    let _ = window().location().set_href(&address);
                }
                said.set(words_of(&headline));
            });
        };
        let (of_change, on_change) = (id.clone(), renew.clone());
        window_event_listener(ev::change, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let form = target.and_then(|target| target.closest("form").ok()?).and_then(form_of(&of_change));
            if let Some(form) = form {
                on_change(&form, None);
            }
        });
        window_event_listener(ev::submit, move |event: SubmitEvent| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let pressed: Option<HtmlButtonElement> =
                event.submitter().and_then(|button| button.dyn_into().ok());
            // A button that sends the form by another way is no question about it.
            let is_question = pressed.as_ref().is_none_or(|button| !button.has_attribute("formmethod"));
            if let Some(form) = target.and_then(form_of(&id)).filter(|_| is_question) {
                event.prevent_default();
                renew(&form, pressed);
            }
        });
    });
    view! { <p class="visually-hidden" role="status">{move || said.get()}</p> }
}

/// The element as the form of this id, if it is that.
fn form_of(id: &str) -> impl Fn(Element) -> Option<HtmlFormElement> + use<'_> {
    move |element| element.dyn_into::<HtmlFormElement>().ok().filter(|form| form.id() == id)
}

/// Where the form would go: its fields, and the button that was pressed. What is typed into a search is no part of it.
fn address_of(form: &HtmlFormElement, pressed: Option<HtmlButtonElement>) -> Result<String, JsValue> {
    let fields: JsValue = FormData::new_with_form(form)?.into();
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(&fields)?;
    if let Some(button) = pressed.filter(|button| !button.name().is_empty()) {
        pairs.append(&button.name(), &button.value());
    }
    pairs.delete("q");
    let path = form.get_attribute("action").unwrap_or_default();
    Ok(format!("{path}?{}", String::from(pairs.to_string())))
}

/// Fetches the page and puts its live parts in place. The focus stays on the element that has the same id.
async fn put_anew(address: &str, signal: &Signal) -> Result<(), JsValue> {
    let text = fetching::address(address, signal).await?;
    let page = DomParser::new()?.parse_from_string(&text, SupportedType::TextHtml)?;
    let focused = document().active_element();
    let parts = document().query_selector_all("[data-live]")?;
    for place in 0..parts.length() {
        let Some(old) = parts.item(place).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        let is_typed_into =
            |element: &Element| element.tag_name() == "TEXTAREA" && old.contains(Some(element));
        let Some(new) = page.get_element_by_id(&old.id()) else { continue };
        if focused.as_ref().is_some_and(is_typed_into) {
            continue;
        }
        let held_focus = focused.as_ref().is_some_and(|element| old.contains(Some(element)));
        old.replace_with_with_node_1(&new)?;
        if held_focus {
            let same = focused.as_ref().map(Element::id).filter(|id| !id.is_empty());
            focus(same.and_then(|id| document().get_element_by_id(&id)).unwrap_or(new));
        }
    }
    window().history()?.replace_state_with_url(&JsValue::NULL, "", Some(address))
}

fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        if element.tag_name() == "SECTION" || element.tag_name() == "DIV" {
            // A part of the page is no stop of the Tab key, but the focus has to be somewhere.
            let _ = element.set_attribute("tabindex", "-1");
        }
        let _ = element.focus();
    }
}

fn words_of(id: &str) -> String {
    document().get_element_by_id(id).and_then(|element| element.text_content()).unwrap_or_default()
}
