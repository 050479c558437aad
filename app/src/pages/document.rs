//! The HTML document around every page, and the files that it refers to.

use super::App;
use crate::viewer::locale;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

/// Addresses of the files that pages refer to, with the hash of their content in the name. The server provides it as
/// context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAssets {
    /// The style sheet.
    pub style: String,
    /// What wakes islands up. Without it the pages work all the same: every form is a plain form.
    pub script: Option<Script>,
}

/// Addresses of the browser side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The module that wasm-bindgen wrote.
    pub js: String,
    /// The wasm file that it loads.
    pub wasm: String,
}

/// The whole document. Needs [`PageAssets`], [`crate::backend::Backend`] and an `Arc<dyn Door>` as context.
pub fn shell() -> impl IntoView {
    provide_meta_context();
    let locale = locale();
    // Decided once for the page.
    provide_context(locale);
    let style = use_context::<PageAssets>().map(|assets| assets.style);
    // Outside its islands a page is not hydrated: ids are counted inside them alone, as the browser does.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="referrer" content="same-origin"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=style/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Wakes the islands of a page: loads the module, and hands each island's element to the function that it names.
///
/// That begins when the first pictures are there, so that nothing competes with what people look at, or with the first touch or
/// key; the page's forms work without it. Where pictures take long it does not wait for them all.
pub(super) fn wake_islands() -> impl IntoView {
    let nonce = use_nonce();
    use_context::<PageAssets>().and_then(|assets| assets.script).map(|script| {
        let wake = format!(
            "await new Promise(go => {{\
               if (document.readyState == 'complete') setTimeout(go);\
               for (const event of ['load', 'pointerdown', 'keydown']) addEventListener(event, () => setTimeout(go), {{ once: true }});\
               setTimeout(go, 1500);\
             }});\
             const module_or_path = fetch({wasm:?});\
             const islands = await import({js:?});\
             await islands.default({{module_or_path}});\
             islands.hydrate();\
             for (const island of document.querySelectorAll('leptos-island')) islands[island.dataset.component](island);",
            js = script.js,
            wasm = script.wasm,
        );
        view! { <script type="module" nonce=nonce>{wake}</script> }
    })
}
