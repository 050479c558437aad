//! How a refusal leaves the house: one type for every route and layer of ours, shown as a page to people and as JSON to scripts.

use super::documents;
use crate::language::locale;
use crate::texts::requests as say;
use app::api::ApiError;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// A refusal on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpError {
    status: StatusCode,
    error: ApiError,
}

impl HttpError {
    /// The body is larger than `bytes` (413).
    pub fn too_large(bytes: u64) -> Self {
        let text = say::too_large(locale(), bytes / 1_000);
        Self { status: StatusCode::PAYLOAD_TOO_LARGE, error: ApiError::Invalid(text) }
    }
}

impl From<ApiError> for HttpError {
    fn from(error: ApiError) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, error }
    }
}

impl From<crate::service::Failure> for HttpError {
    fn from(failure: crate::service::Failure) -> Self {
        ApiError::from(failure).into()
    }
}

impl From<store::StoreError> for HttpError {
    fn from(error: store::StoreError) -> Self {
        crate::service::Failure::from(error).into()
    }
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Middleware: gives refusals the body that the asker can read, and a time to come back where there is one.
pub async fn show(State(style): State<Arc<str>>, request: Request, next: Next) -> Response {
    let html = takes_html(request.headers());
    let mut response = next.run(request).await;
    let shown = response.extensions_mut().remove::<HttpError>();
    if let Some(HttpError { error, .. }) = &shown {
        let (kind, body) = if html {
            ("text/html; charset=utf-8", documents::refusal(error, &style))
        } else {
            ("application/json", serde_json::to_string(error).unwrap_or_default())
        };
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(body);
    }
    let temporary =
        [StatusCode::SERVICE_UNAVAILABLE, StatusCode::TOO_MANY_REQUESTS].contains(&response.status());
    if temporary && !response.headers().contains_key(header::RETRY_AFTER) {
        let seconds = shown.map_or(5, |shown| seconds(&shown.error));
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn seconds(error: &ApiError) -> u32 {
    match error {
        ApiError::TooOften { seconds } | ApiError::Unavailable { seconds } => *seconds,
        _ => 5,
    }
}

/// Is it a person's browser that waits for a page?
pub fn takes_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
