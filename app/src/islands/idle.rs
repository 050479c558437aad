//! What a worker sees when there is nothing to answer. The page shows it, and the board after the last batch.

use crate::api::labeling::Idle;
use crate::texts::{Locale, board as say};
use leptos::prelude::*;

/// Why there is no batch in the project, and where to go.
pub(crate) fn idle_state(locale: Locale, idle: Idle, project: i64) -> impl IntoView {
    let (title, words) = match idle {
        Idle::AllSettled => (say::all_settled(locale), say::all_settled_words(locale)),
        Idle::EnoughVotes => (say::enough_votes(locale), say::enough_votes_words(locale)),
        Idle::NothingForYouNow => (say::nothing_now(locale), say::nothing_now_words(locale)),
    };
    view! {
        <div class="empty">
            <h1>{title}</h1>
            <p>{words}</p>
            <p class="actions">
                {(idle == Idle::NothingForYouNow)
                    .then(|| view! { <a class="button primary" href=format!("/label/{project}")>{say::try_again(locale)}</a> })}
                <a class="button" href="/">{say::other_projects(locale)}</a>
                <a class="button" href=format!("/label/{project}/last")>{say::change_last(locale)}</a>
            </p>
        </div>
    }
}
