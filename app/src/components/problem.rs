//! What a page says when it can't be shown: what happened, and what to do next.

use crate::api::ApiError;
use leptos::prelude::*;

/// The title of the page that tells of the error.
pub(crate) fn problem_title(error: &ApiError) -> &'static str {
    match error {
        ApiError::SignInNeeded => "Please sign in",
        ApiError::Forbidden(_) => "Not for this account",
        ApiError::NotFound(_) => "Nothing here",
        ApiError::Invalid(_) => "That can’t be used",
        ApiError::Conflict(_) => "Someone was faster",
        ApiError::TooOften { .. } => "One moment, please",
        ApiError::Unavailable { .. } => "Not available just now",
        ApiError::Internal => "Something went wrong",
    }
}

/// The page's content. `path` is the address that was asked for.
pub(crate) fn problem(error: &ApiError, path: String) -> impl IntoView + use<> {
    let retry =
        matches!(error, ApiError::TooOften { .. } | ApiError::Unavailable { .. } | ApiError::Internal);
    view! {
        <div class="problem">
            <p class="problem-code" aria-hidden="true">{error.status()}</p>
            <h1>{problem_title(error)}</h1>
            <p>{error.to_string()}</p>
            <p class="actions">
                {retry.then(|| view! { <a class="button primary" href=path>"Try again"</a> })}
                <a class="button" href="/">"Start page"</a>
            </p>
        </div>
    }
}

/// An empty state: what would be here, and how it comes to be.
pub(crate) fn empty(title: &'static str, words: impl IntoView) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            {words}
        </div>
    }
}
