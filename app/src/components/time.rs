//! A moment for people and for machines.

use crate::texts::{Locale, machine_moment};
use leptos::prelude::*;

/// A moment (Unix ms) as a date and time of day.
pub(crate) fn time(locale: Locale, unix_ms: i64) -> impl IntoView {
    view! { <time datetime=machine_moment(unix_ms)>{locale.moment(unix_ms)}</time> }
}
