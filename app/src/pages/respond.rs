//! Answers a request for a page: all of it at once, with its status, and without a script that nobody needs.

use super::shell;
use any_spawner::Executor;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use futures::StreamExt;
use leptos::prelude::*;

/// Renders the page of the request's path; an unknown path gives the designed 404 page.
///
/// `context` provides [`super::PageAssets`], [`crate::backend::Backend`] and an `Arc<dyn Door>`. When it runs, the
/// nonce of the response ([`leptos::nonce::use_nonce`]) and [`leptos_axum::ResponseOptions`] are there already, so that
/// it can set a content security policy.
///
/// Unlike leptos_axum's own handlers this one adds no script with the state of resources: pages have none.
pub async fn respond(context: impl Fn() + Clone + Send + 'static, request: Request<Body>) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return method_not_allowed();
    }
    // Says no when it was done before, which is just as well.
    let _ = Executor::init_tokio();
    leptos_axum::handle_response_inner(context, shell, request, |document, _resources, _| {
        Box::pin(async move {
            let html = document.to_html_stream_in_order().collect::<String>().await;
            Box::pin(futures::stream::once(async move { html })) as std::pin::Pin<Box<_>>
        })
    })
    .await
}

fn method_not_allowed() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
    response
}
