//! What a worker sees when there is nothing to answer. The page shows it, and the board after the last batch.

use crate::api::labeling::Idle;
use leptos::prelude::*;

/// Why there is no batch in the project, and where to go.
pub(crate) fn idle_state(idle: Idle, project: i64) -> impl IntoView {
    let (title, words) = match idle {
        Idle::AllSettled => ("All settled – thank you", "Every picture that needed an answer has one."),
        Idle::NothingForYouNow => (
            "Nothing for you just now",
            "What is still open is in other hands, or you have answered it already. More may come in a few minutes.",
        ),
    };
    view! {
        <div class="empty">
            <h1>{title}</h1>
            <p>{words}</p>
            <p class="actions">
                {(idle == Idle::NothingForYouNow)
                    .then(|| view! { <a class="button primary" href=format!("/label/{project}")>"Try again"</a> })}
                <a class="button" href="/">"Other projects"</a>
                <a class="button" href=format!("/label/{project}/last")>"Change the last page"</a>
            </p>
        </div>
    }
}
