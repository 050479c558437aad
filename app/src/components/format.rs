//! Numbers, plurals, shares and dates in the visitor's language.

use crate::texts::Locale;
pub(crate) use crate::texts::machine_moment;
use crate::viewer::locale;
use leptos::prelude::*;

/// A count with its thousands grouped: `12,345`.
pub(crate) fn count(n: i64) -> String {
    locale().count(n)
}

/// A count with its noun: `1 vote`, `12,345 votes`.
pub(crate) fn counted(n: i64, one: &str, many: &str) -> String {
    format!("{}\u{a0}{}", count(n), if n == 1 { one } else { many })
}

/// A share in percent.
pub(crate) fn percent(share: f64) -> String {
    locale().percent(share)
}

/// A chance as tables show it.
pub(crate) fn chance(p: f64) -> String {
    locale().chance(p)
}

/// A moment (Unix ms) as a date and time of day in UTC.
pub(crate) fn moment(unix_ms: i64) -> String {
    locale().moment(unix_ms)
}

/// A moment (Unix ms), for people and for machines.
pub(crate) fn time(locale: Locale, unix_ms: i64) -> impl IntoView {
    view! { <time datetime=machine_moment(unix_ms)>{locale.moment(unix_ms)}</time> }
}
