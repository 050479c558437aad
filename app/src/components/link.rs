//! Addresses with query strings, and what a path or query says about the page asked for.

use crate::api::ApiError;
use crate::texts::problem as say;
use crate::viewer::locale;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// A path with a query of the pairs that have a value. A name may come more than once.
pub(crate) fn href(path: &str, query: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    let mut separator = '?';
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(separator);
        address.push_str(name);
        address.push('=');
        encode(value, &mut address);
        separator = '&';
    }
    address
}

/// A name and its value, encoded, behind a separator.
pub(crate) fn pair(separator: char, name: &str, value: &str) -> String {
    let mut text = String::from(separator);
    encode(name, &mut text);
    text.push('=');
    encode(value, &mut text);
    text
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn encode(value: &str, into: &mut String) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let hex = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or('0');
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
}

/// A part of the path, like `project` of `/project/:project`.
pub(crate) fn path_part(name: &str) -> String {
    use_params_map().read_untracked().get(name).unwrap_or_default()
}

/// An id in the path.
///
/// # Errors
/// [`ApiError::NotFound`]: what is not a number names nothing.
pub(crate) fn path_id(name: &str) -> Result<i64, ApiError> {
    let part = path_part(name);
    let locale = locale();
    part.parse().map_err(|_| {
        ApiError::NotFound(match name {
            "project" => say::no_project(locale, part),
            "account" => say::no_account(locale, part),
            "import" => say::no_import(locale, part),
            "candidate" => say::no_candidate(locale, part),
            _ => say::no_such_page(locale).to_owned(),
        })
    })
}

/// A value of the query string; empty when it is not there.
pub(crate) fn query(name: &str) -> String {
    use_query_map().read_untracked().get(name).unwrap_or_default()
}

/// Every name in the query string with its last value.
pub(crate) fn query_pairs() -> Vec<(String, String)> {
    let map = use_query_map().read_untracked().clone();
    map.latest_values().map(|(name, value)| (name.to_string(), value.to_owned())).collect()
}

/// All values of a name in the query string.
pub(crate) fn query_all(name: &str) -> Vec<String> {
    use_query_map().read_untracked().get_all(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_can_not_break_out_of_its_parameter() {
        assert_eq!(
            href("/sign-in", &[("to", "/a?b=c&d#e"), ("none", "")]),
            "/sign-in?to=%2Fa%3Fb%3Dc%26d%23e"
        );
        assert_eq!(href("/x", &[]), "/x");
        assert_eq!(href("/x", &[("q", "é z"), ("after", "1~2")]), "/x?q=%C3%A9%20z&after=1~2");
    }
}
