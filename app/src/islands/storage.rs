//! What is kept in this browser. One that keeps nothing (private mode, full) is no reason to fail.

use leptos::prelude::window;
use web_sys::Storage;

/// A drawer of a worker's own: two who share a browser don't see each other's.
pub(super) fn drawer(worker: i64, what: &str) -> String {
    format!("synvote.{worker}.{what}")
}

/// Keeps a text; says whether it is kept.
pub(super) fn keep(name: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// The text that was kept.
pub(super) fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Forgets a text.
pub(super) fn forget(name: &str) {
    if let Some(storage) = storage() {
        // What can't be removed was never kept.
        let _ = storage.remove_item(name);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}
