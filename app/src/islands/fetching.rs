//! Asking the server for a text from an island, with a way to call the question off.

use leptos::prelude::window;
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestInit, Response, UrlSearchParams};

thread_local! {
    /// The requests that are under way, by what they are for. They belong to the browser's only thread, and not to a signal: the
    /// server makes an island's signals on one thread and drops them on another.
    static RUNNING: RefCell<HashMap<&'static str, AbortController>> = RefCell::new(HashMap::new());
}

/// Whether a request was called off.
pub(super) struct Signal(Option<AbortSignal>);

/// Calls off the request that is under way for the same end: its answer would be stale.
pub(super) fn stop(end: &'static str) {
    if let Some(stale) = RUNNING.with_borrow_mut(|running| running.remove(end)) {
        stale.abort();
    }
}

/// Begins another one in its place.
pub(super) fn begin(end: &'static str) -> Signal {
    stop(end);
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    if let Some(controller) = controller {
        RUNNING.with_borrow_mut(|running| running.insert(end, controller));
    }
    Signal(signal)
}

impl Signal {
    pub(super) fn is_aborted(&self) -> bool {
        self.0.as_ref().is_some_and(AbortSignal::aborted)
    }
}

/// The body of an address with a query; an answer that is no success is an error.
pub(super) async fn text(path: &str, query: &[(&str, &str)], signal: &Signal) -> Result<String, JsValue> {
    let pairs = UrlSearchParams::new()?;
    for (name, value) in query {
        pairs.append(name, value);
    }
    address(&format!("{path}?{}", String::from(pairs.to_string())), signal).await
}

/// The body of an address.
pub(super) async fn address(address: &str, signal: &Signal) -> Result<String, JsValue> {
    let options = RequestInit::new();
    options.set_signal(signal.0.as_ref());
    let response: Response =
        JsFuture::from(window().fetch_with_str_and_init(address, &options)).await?.dyn_into()?;
    if !response.ok() || response.redirected() {
        return Err(JsValue::from(response.status()));
    }
    Ok(JsFuture::from(response.text()?).await?.as_string().unwrap_or_default())
}
