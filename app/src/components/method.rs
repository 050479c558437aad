//! Ways of deciding, by the names that people know them by.

use crate::texts::{Locale, method as say};

/// A method as people call it; see [`crate::api::settings::Settings::method`].
pub(crate) fn name(locale: Locale, method: &str) -> String {
    let parts: Vec<&str> = method.split(':').collect();
    match parts.as_slice() {
        ["full"] => say::full(locale).to_owned(),
        ["table"] => say::table(locale).to_owned(),
        ["majority", votes] => say::majority_of(locale, *votes),
        ["fixed", votes, yes] => say::yes_of(locale, *yes, *votes),
        _ => method.to_owned(),
    }
}
