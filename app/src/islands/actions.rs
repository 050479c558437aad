//! The bar under the grid: what waits to be sent, what went wrong, and the buttons.

use super::board::Board;
use super::dialogs::show_sheet;
use super::marks::Tally;
use super::outbox::Waiting;
use super::post::{Going, Post};
use super::single;
use crate::api::ApiError;
use crate::texts::{Locale, board as say, post as say_post};
use leptos::prelude::*;

/// The bar.
pub(super) fn actions(board: Board) -> impl IntoView {
    let (locale, last) = (board.locale, format!("/label/{}/last", board.project));
    view! {
        <div class="board-actions">
            {move || board.trouble.get().map(|error| trouble(board, &error))}
            {refused(board)}
            <div class="board-line">
                {line(board.post, board.project)}
                <span class="board-tools">
                    <button
                        class="small singly-switch"
                        class:asleep=move || !board.awake.get()
                        type="button"
                        on:click=move |_| board.show_singly(!board.singly.get_untracked())
                    >
                        {move || if board.singly.get() { say::all_at_once(locale) } else { say::one_by_one(locale) }}
                    </button>
                    <button class="small help" class:asleep=move || !board.awake.get() type="button" on:click=move |_| show_sheet(board)>
                        {say::keys(locale)}
                    </button>
                    {if board.corrects {
                        view! { <a class="button small" href=format!("/label/{}", board.project)>{say::back(locale)}</a> }.into_any()
                    } else {
                        view! {
                            <a class="button small" href=last on:click=move |event| {
                                event.prevent_default();
                                board.open_last();
                            }>{say::change_last(locale)}</a>
                        }.into_any()
                    }}
                </span>
            </div>
            {buttons(board)}
        </div>
    }
}

fn buttons(board: Board) -> impl IntoView {
    let locale = board.locale;
    let is_any = move || !board.tally().is_blank();
    view! {
        <div class="board-buttons" hidden=move || single::is_shown(board)>
            <button class="large back-one" type="button" hidden=move || !board.singly.get() on:click=move |_| single::back(board)>
                {say::back_one(locale)}
            </button>
            <button class="primary large" type="submit" aria-disabled=move || board.held.get().then_some("true")>
                {move || match (board.held.get(), board.post.going.get()) {
                    (true, Going::Waiting(_)) => say::waits(locale).to_owned(),
                    (true, _) => say::sending(locale).to_owned(),
                    (false, _) if board.awake.get() => press(locale, board.corrects, board.tally()),
                    (false, _) => press(locale, board.corrects, Tally::default()),
                }}
            </button>
            <button
                class="large"
                type="submit"
                name="none_of_these"
                value="true"
                disabled=move || board.awake.get() && (is_any() || board.held.get())
            >
                {say::none_of_these(locale)}
            </button>
        </div>
    }
}

/// What the button says. Without script nothing is counted, so that it says the same all the time.
fn press(locale: Locale, corrects: bool, tally: Tally) -> String {
    let part = |n: usize, words: fn(Locale, usize) -> String| (n > 0).then(|| words(locale, n));
    let parts = [
        part(tally.picked, say::n_picked),
        part(tally.unsure, say::n_unsure),
        part(tally.reported, say::n_reported),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let what = if parts.is_empty() { say::only_picked(locale).to_owned() } else { parts.join(", ") };
    if corrects { say::save(locale, what) } else { say::submit(locale, what) }
}

/// How the post is doing, in a line. Only votes that the server acknowledged are counted.
pub(super) fn line(post: Post, project: i64) -> impl IntoView {
    let locale = post.locale;
    view! {
        <p class="post">
            {move || words(locale, &post.going.get(), post.answers(), post.recorded.get())}
            {move || match post.going.get() {
                Going::Waiting(ApiError::SignInNeeded) => {
                    Some(view! { " " <a href=format!("/sign-in?to=/label/{project}")>{say_post::sign_in(locale)}</a> }.into_any())
                }
                Going::Waiting(_) => {
                    Some(view! {
                        " "
                        <button class="small" type="button" on:click=move |_| post.send()>{say_post::try_again(locale)}</button>
                    }.into_any())
                }
                _ => None,
            }}
        </p>
    }
}

/// The line's words.
pub(super) fn words(locale: Locale, going: &Going, waiting: usize, recorded: u32) -> String {
    match going {
        Going::Sending => say_post::sending(locale, waiting),
        Going::Waiting(_) if super::dom::is_offline() => say_post::offline(locale, waiting),
        Going::Waiting(ApiError::SignInNeeded) => say_post::signed_out(locale, waiting),
        Going::Waiting(error @ ApiError::TooOften { .. }) => {
            format!("{} {}", say_post::kept(locale, waiting), error.words(locale))
        }
        Going::Waiting(_) => say_post::unreachable(locale, waiting),
        Going::Idle if waiting > 0 => say_post::waiting(locale, waiting),
        Going::Idle if recorded > 0 => say_post::recorded(locale, recorded),
        Going::Idle => String::new(),
    }
}

/// Pages that the server did not take, other than the one on the screen. They stay until the worker has read why.
fn refused(board: Board) -> impl IntoView {
    let pages = move || {
        let shown = board.batch().map(|batch| batch.assignment);
        let outbox = board.post.outbox.get();
        outbox
            .into_iter()
            .filter(|page| Some(page.assignment) != shown)
            .filter_map(|page| Some((page.refusal.clone()?, page)))
            .map(|(refusal, page)| refused_page(board.post, refusal, &page))
            .collect_view()
    };
    view! { <div class="refused">{pages}</div> }
}

/// Why a page was not taken, and what to do about it.
pub(super) fn refused_page(post: Post, refusal: String, page: &Waiting) -> impl IntoView + use<> {
    let (again, enough) = (page.key.clone(), page.key.clone());
    let (locale, words) = (post.locale, say_post::refused(post.locale, page.tiles, refusal));
    view! {
        <p class="alert" role="alert">
            {words}" "
            <button class="small" type="button" on:click=move |_| post.try_again(&again)>{say_post::send_again(locale)}</button>
            " "
            <button class="small" type="button" on:click=move |_| post.take(&enough)>{say_post::discard(locale)}</button>
        </p>
    }
}

fn trouble(board: Board, error: &ApiError) -> impl IntoView + use<> {
    let locale = board.locale;
    let words = match error {
        // Whether the answer arrived is not known when the line breaks: the key makes sending it again safe.
        ApiError::Unavailable { .. } => say::unreachable(locale).to_owned(),
        error => error.words(locale),
    };
    let elsewhere = match error {
        ApiError::SignInNeeded => {
            Some((format!("/sign-in?to=/label/{}", board.project), say::sign_in(locale)))
        }
        ApiError::NotFound(_) | ApiError::Conflict(_) | ApiError::Forbidden(_) | ApiError::Internal => {
            Some((format!("/label/{}", board.project), say::new_page(locale)))
        }
        _ => None,
    };
    view! {
        <p class="alert" role="alert">
            {words}
            {elsewhere.map(|(to, words)| view! { " " <a href=to>{words}</a> })}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_button_says_what_it_sends() {
        let tally = Tally { picked: 2, unsure: 1, reported: 1 };
        assert_eq!(press(Locale::En, false, tally), "Submit 2 picked, 1 unsure, 1 reported");
        assert_eq!(press(Locale::En, true, Tally::default()), "Save picked");
    }

    #[test]
    fn only_acknowledged_votes_are_counted() {
        assert_eq!(words(Locale::En, &Going::Idle, 36, 72), "36\u{a0}answers wait to be sent.");
        assert_eq!(words(Locale::En, &Going::Idle, 0, 72), "72\u{a0}votes recorded");
        assert_eq!(words(Locale::En, &Going::Sending, 1, 72), "Sending 1\u{a0}answer …");
    }
}
