//! What a page says when it can't be shown: what happened, and what to do next.

use crate::api::ApiError;
use crate::texts::problem as say;
use crate::viewer::locale;
use leptos::prelude::*;

/// The page's content. `path` is the address that was asked for.
pub(crate) fn problem(error: &ApiError, path: String) -> impl IntoView + use<> {
    let locale = locale();
    let retry =
        matches!(error, ApiError::TooOften { .. } | ApiError::Unavailable { .. } | ApiError::Internal);
    view! {
        <div class="problem">
            <p class="problem-code" aria-hidden="true">{error.status()}</p>
            <h1>{error.title(locale)}</h1>
            <p>{error.words(locale)}</p>
            <p class="actions">
                {retry.then(|| view! { <a class="button primary" href=path>{say::try_again(locale)}</a> })}
                <a class="button" href="/">{say::start_page(locale)}</a>
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
