//! Wakes the islands up in the browser: the whole of what the wasm module exports by itself.

// Linking `app` is what puts the islands' own exports into the module.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's script, before it walks over the islands that the server rendered.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
