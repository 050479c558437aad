//! What every response tells browsers not to do.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Two years, for browsers that have seen us by https once.
const HSTS: &str = "max-age=63072000";

/// For everything that is no page of ours: nothing runs, nothing loads but our own style.
const PLAIN_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                            frame-ancestors 'none'";

/// For a picture that is opened by itself.
pub const PICTURE_POLICY: &str = "default-src 'none'; sandbox";

/// The policy of a page: its own scripts, by a number that is used once.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' \
         'nonce-{nonce}'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
         frame-ancestors 'none'"
    )
}

/// Middleware: adds what the response does not say by itself. Whatever does not ask to be kept is not kept.
pub async fn add(State(https): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    unless_said(headers, header::CONTENT_SECURITY_POLICY, PLAIN_POLICY);
    unless_said(headers, header::CACHE_CONTROL, "no-store");
    unless_said(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    unless_said(headers, header::REFERRER_POLICY, "same-origin");
    unless_said(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    unless_said(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    unless_said(
        headers,
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    );
    if https {
        unless_said(headers, header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

fn unless_said(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
