//! What every screen has in common: it waits for its data, then shows them, or says in the same frame why it can't.

use super::document::wake_islands;
use crate::api::ApiError;
use crate::components::layout::{Visitor, layout};
use crate::components::link::{href, query};
use crate::components::problem::problem;
use crate::viewer::{door, locale};
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::*;
use leptos::server_fn::error::ServerFnUrlError;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// A page that can be shown.
pub(super) struct Screen {
    title: String,
    content: AnyView,
    has_island: bool,
}

impl Screen {
    /// A page with its title and content.
    pub(super) fn new(title: impl Into<String>, content: impl IntoView + 'static) -> Self {
        Self { title: title.into(), content: content.into_any(), has_island: false }
    }

    /// The page holds an island, so it needs the script.
    pub(super) fn with_island(self) -> Self {
        Self { has_island: true, ..self }
    }

    /// The page loads itself again, without script, while something is going on.
    pub(super) fn refreshed_after(self, seconds: Option<u32>) -> Self {
        if let (Some(seconds), Some(response)) = (seconds, use_context::<ResponseOptions>()) {
            response.insert_header(header::REFRESH, HeaderValue::from(seconds));
        }
        self
    }
}

/// Shows what `work` makes, or why there is nothing to show. The response's status says the same.
pub(super) fn page(work: impl Future<Output = Result<Screen, ApiError>> + Send + 'static) -> impl IntoView {
    Suspend::new(async move {
        let path = use_context::<Parts>().map(|parts| parts.uri.to_string()).unwrap_or_default();
        let screen = work.await.unwrap_or_else(|error| refuse(&error, &path));
        let visitor = visitor(path).await;
        view! {
            <Title text=format!("{} · Synvote", screen.title)/>
            {layout(visitor, screen.content)}
            {screen.has_island.then(wake_islands)}
        }
    })
}

fn refuse(error: &ApiError, path: &str) -> Screen {
    if let Some(response) = use_context::<ResponseOptions>() {
        if *error == ApiError::SignInNeeded {
            send_to_sign_in(&response, path);
        } else if let Ok(status) = StatusCode::from_u16(error.status()) {
            response.set_status(status);
        }
        if let ApiError::TooOften { seconds } | ApiError::Unavailable { seconds } = error {
            response.insert_header(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
    }
    Screen::new(error.title(locale()), problem(error, path.to_owned()))
}

fn send_to_sign_in(response: &ResponseOptions, path: &str) {
    let to = if path == "/" { "" } else { path };
    if let Ok(address) = HeaderValue::from_str(&href("/sign-in", &[("to", to)])) {
        response.insert_header(header::LOCATION, address);
        response.set_status(StatusCode::FOUND);
    }
}

async fn visitor(path: String) -> Visitor {
    let door = door().ok();
    let account = door.as_ref().and_then(|door| door.account());
    // A page is worth more than the sentence above it: where the session can't be read, it is shown without.
    let notice = match door {
        Some(door) => door.take_notice().await.unwrap_or_default(),
        None => None,
    };
    let path = path.split('?').next().unwrap_or_default().to_owned();
    Visitor { account, path, notice, refusal: refusal() }
}

/// The error of a form that was posted without script: server functions put it into the address that they send the
/// browser back to. A link from elsewhere can't put words into our mouth: the browser says where it comes from.
fn refusal() -> Option<ApiError> {
    let from_elsewhere = use_context::<Parts>()
        .and_then(|parts| parts.headers.get("sec-fetch-site").map(|site| site != "same-origin"))
        .unwrap_or(false);
    let error = query("__err");
    (!from_elsewhere && !error.is_empty()).then(|| ServerFnUrlError::decode_err(&error))
}
