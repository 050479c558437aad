//! No other site may make a visitor's browser change something here.

use super::error::HttpError;
use crate::language::locale;
use crate::texts::requests as say;
use app::api::ApiError;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// Middleware: what changes something must come from our own pages, and what is a server function must not be read.
/// `own` is the address that browsers use, like `https://vote.example.org`.
pub async fn check(State(own): State<Arc<str>>, request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if reads && request.uri().path().starts_with("/api/") {
        let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    if reads || is_ours(request.headers(), &own) {
        return next.run(request).await;
    }
    HttpError::from(ApiError::Forbidden(say::foreign(locale()).to_owned())).into_response()
}

/// A browser says by itself, and no page can forge, where a request comes from: newer ones in `Sec-Fetch-Site`, all of
/// them in `Origin`. Where neither is said, nobody knows, and it is refused.
fn is_ours(headers: &HeaderMap, own: &str) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if headers.contains_key("sec-fetch-site") {
        return said("sec-fetch-site") == Some("same-origin");
    }
    let Some(origin) = said("origin") else { return false };
    if origin.eq_ignore_ascii_case(own) {
        return true;
    }
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    match (authority, said("host")) {
        (Some(authority), Some(host)) => authority.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(headers: &[(&'static str, &'static str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        is_ours(&map, "https://vote.example.org")
    }

    #[test]
    fn our_own_pages_may_change_things() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[("origin", "https://vote.example.org"), ("host", "10.0.0.7:3000")]), "behind a proxy");
        assert!(ours(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
    }

    #[test]
    fn nobody_else_may() {
        assert!(!ours(&[]));
        assert!(!ours(&[("host", "vote.example.org")]));
        for site in ["cross-site", "same-site", "none", "SAME-ORIGIN?"] {
            assert!(!ours(&[("sec-fetch-site", site), ("origin", "https://vote.example.org")]), "{site}");
        }
        for origin in [
            "null",
            "https://evil.example",
            "https://vote.example.org.evil.example",
            "http://vote.example.org:81",
        ] {
            assert!(!ours(&[("origin", origin), ("host", "vote.example.org")]), "{origin}");
        }
    }
}
