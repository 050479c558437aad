//! The screens: `app`'s pages and server functions, each given the backend, the visitor and a policy of its own.

use super::error::HttpError;
use super::headers::page_policy;
use super::visitor::Visitor;
use crate::language::locale;
use crate::texts::missing;
use app::api::ApiError;
use app::backend::{Backend, Door};
use app::pages::{App, PageAssets, respond};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use leptos::nonce::use_nonce;
use leptos::prelude::{LeptosOptions, Owner, provide_context, use_context};
use leptos::reactive::computed::ScopedFuture;
use leptos::server_fn::axum::server_fn_paths;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use leptos_axum::{LeptosRoutes as _, ResponseOptions, generate_route_list, handle_server_fns_with_context};
use std::sync::Arc;

/// Bytes of a server function's error: a sentence or two.
const MAX_ERROR_BYTES: usize = 64 * 1024;

/// Every page and server function; whatever is none of them is answered with the page that says so.
pub fn routes(backend: Backend, assets: PageAssets) -> Router {
    let context = move || provide(&backend, &assets);
    let mut router = Router::new();
    for (path, _) in server_fn_paths() {
        let context = context.clone();
        // Always POST: what changes something must never be a link.
        let call = async move |request: Request| called(context, request).await;
        router = router.route(path, post(call));
    }
    let page = move |request: Request| answer(context.clone(), request);
    // The handlers are ours; of the options only their type is asked for.
    let options = LeptosOptions::builder().output_name("synvote").build();
    router
        .leptos_routes_with_handler(generate_route_list(App), page.clone())
        .fallback(page)
        .with_state(options)
}

/// A server function runs under a root of its own. Else it would hang itself below whichever page was last looked after on this
/// thread: it would see that visitor's context, and, if the page goes away at the wrong moment, wait for its own lock for ever.
async fn called(context: impl Fn() + Clone + Send + 'static, request: Request) -> Response {
    let root = Owner::new_root(None);
    let answer = root.with(|| ScopedFuture::new(handle_server_fns_with_context(context, request)));
    with_status(answer.await.into_response()).await
}

/// A server function's error comes as a 500, whatever it is; its status and the time to come back are in the error itself.
async fn with_status(response: Response) -> Response {
    let is_error = response.headers().contains_key(SERVER_FN_ERROR_HEADER);
    if !is_error || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MAX_ERROR_BYTES).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice::<ApiError>(&bytes) {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
        if let ApiError::TooOften { seconds } | ApiError::Unavailable { seconds } = error {
            parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Where no page can be, as for a picture that is not there, nobody waits for one.
async fn answer(context: impl Fn() + Clone + Send + 'static, request: Request) -> Response {
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    if !is_read || request.uri().path().starts_with("/image/") {
        return HttpError::from(ApiError::NotFound(missing::address(locale()).to_owned())).into_response();
    }
    respond(context, request).await
}

/// Called at the start of each request, on a page as well as in a server function.
fn provide(backend: &Backend, assets: &PageAssets) {
    provide_context(backend.clone());
    provide_context(assets.clone());
    let visitor = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Arc<Visitor>>().cloned());
    if let Some(visitor) = visitor {
        provide_context::<Arc<dyn Door>>(visitor);
    }
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
