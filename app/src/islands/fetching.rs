//! Asking the server for a text from an island, with a way to call the question off.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestInit, Response, UrlSearchParams};

/// A way to call a request off. Browsers without one just let it run.
pub(super) struct Abort(Option<AbortController>);

/// Whether a request was called off.
pub(super) struct Signal(Option<AbortSignal>);

impl Abort {
    pub(super) fn new() -> Self {
        Self(AbortController::new().ok())
    }

    pub(super) fn signal(&self) -> Signal {
        Signal(self.0.as_ref().map(AbortController::signal))
    }

    pub(super) fn abort(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
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
