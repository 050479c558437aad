//! The island on a labeling page that asks nothing: it sends what an earlier page left in the outbox.

#![expect(missing_docs, reason = "the island macro makes a struct that it does not describe")]

use super::actions::{line, refused_page};
use super::dom;
use super::post::{Outcome, Post};
use crate::api::labeling::Next;
use crate::texts::Locale;
use leptos::prelude::*;

/// What waits to be sent, if anything does. Once it is recorded there may be something to ask again.
#[island]
pub fn OutboxLine(
    /// The language of the page.
    locale: Locale,
    /// Whose outbox it is.
    worker: i64,
    /// The project of the page.
    project: i64,
    /// The page is the one that changes the last page.
    is_last: bool,
) -> impl IntoView {
    let post = Post::new(locale, worker);
    Effect::new(move |_| {
        post.open(move |(_, outcome)| {
            let Outcome::Recorded(receipt) = outcome else { return };
            if post.is_waiting(None) {
                return;
            }
            if is_last {
                dom::go(&format!("/label/{project}/last"));
            } else if !matches!(receipt.next, Next::Nothing(_)) {
                dom::go(&format!("/label/{project}"));
            }
        });
    });
    let refused = move || {
        let outbox = post.outbox.get();
        outbox
            .into_iter()
            .filter_map(|page| Some((page.refusal.clone()?, page)))
            .map(|(refusal, page)| refused_page(post, refusal, &page))
            .collect_view()
    };
    view! {
        <div class="outbox-line" role="status">
            {line(post, project)}
            {refused}
        </div>
    }
}
