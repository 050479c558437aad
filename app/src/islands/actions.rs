//! The bar under the grid: what waits to be sent, what went wrong, and the buttons.

use super::board::Board;
use super::dialogs::show_sheet;
use super::marks::Tally;
use super::outbox::Waiting;
use super::post::{Going, Post};
use super::single;
use crate::api::ApiError;
use leptos::prelude::*;

/// The bar.
pub(super) fn actions(board: Board) -> impl IntoView {
    let last = format!("/label/{}/last", board.project);
    view! {
        <div class="board-actions">
            {move || board.trouble.get().map(|error| trouble(board, &error))}
            {refused(board)}
            <div class="board-line">
                {line(board.post, board.project)}
                <span class="board-tools">
                    <button
                        class="small singly-switch"
                        type="button"
                        hidden=move || !board.awake.get()
                        on:click=move |_| board.show_singly(!board.singly.get_untracked())
                    >
                        {move || if board.singly.get() { "All at once" } else { "One by one" }}
                    </button>
                    <button class="small help" type="button" hidden=move || !board.awake.get() on:click=move |_| show_sheet(board)>
                        "Keys"
                    </button>
                    {if board.corrects {
                        view! { <a class="button small" href=format!("/label/{}", board.project)>"Back to labeling"</a> }.into_any()
                    } else {
                        view! {
                            <a class="button small" href=last on:click=move |event| {
                                event.prevent_default();
                                board.open_last();
                            }>"Change the last page"</a>
                        }.into_any()
                    }}
                </span>
            </div>
            {buttons(board)}
        </div>
    }
}

fn buttons(board: Board) -> impl IntoView {
    let is_any = move || !board.tally().is_blank();
    view! {
        <div class="board-buttons" hidden=move || single::is_shown(board)>
            <button class="large back-one" type="button" hidden=move || !board.singly.get() on:click=move |_| single::back(board)>
                "Back one"
            </button>
            <button class="primary large" type="submit" aria-disabled=move || board.held.get().then_some("true")>
                {move || match (board.held.get(), board.post.going.get()) {
                    (true, Going::Waiting(_)) => "Waits to be sent".to_owned(),
                    (true, _) => "Sending …".to_owned(),
                    (false, _) if board.awake.get() => press(board.corrects, board.tally()),
                    (false, _) => press(board.corrects, Tally::default()),
                }}
            </button>
            <button
                class="large"
                type="submit"
                name="none_of_these"
                value="true"
                disabled=move || board.awake.get() && (is_any() || board.held.get())
            >
                "None of these"
            </button>
        </div>
    }
}

/// What the button says. Without script nothing is counted, so that it says the same all the time.
fn press(corrects: bool, tally: Tally) -> String {
    let verb = if corrects { "Save" } else { "Submit" };
    let parts = [(tally.picked, "picked"), (tally.unsure, "unsure"), (tally.reported, "reported")];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    if parts.is_empty() { format!("{verb} picked") } else { format!("{verb} {}", parts.join(", ")) }
}

/// How the post is doing, in a line. Only votes that the server acknowledged are counted.
pub(super) fn line(post: Post, project: i64) -> impl IntoView {
    view! {
        <p class="post">
            {move || words(&post.going.get(), post.answers(), post.recorded.get())}
            {move || match post.going.get() {
                Going::Waiting(ApiError::SignInNeeded) => {
                    Some(view! { " " <a href=format!("/sign-in?to=/label/{project}")>"Sign in"</a> }.into_any())
                }
                Going::Waiting(_) => {
                    Some(view! {
                        " "
                        <button class="small" type="button" on:click=move |_| post.send()>"Try again"</button>
                    }.into_any())
                }
                _ => None,
            }}
        </p>
    }
}

/// The line's words.
pub(super) fn words(going: &Going, waiting: usize, recorded: u32) -> String {
    let answers = match waiting {
        1 => "1 answer".to_owned(),
        number => format!("{number} answers"),
    };
    let waits = if waiting == 1 { "waits" } else { "wait" };
    match going {
        Going::Sending => format!("Sending {answers} …"),
        Going::Waiting(_) if super::dom::is_offline() => {
            format!("You are offline: {answers} {waits} to be sent, and your answers are kept here.")
        }
        Going::Waiting(ApiError::SignInNeeded) => {
            format!("You are signed out: {answers} {waits} to be sent, and your answers are kept here.")
        }
        Going::Waiting(error @ ApiError::TooOften { .. }) => {
            format!("{answers} {waits} to be sent, and your answers are kept here. {error}")
        }
        Going::Waiting(_) => {
            format!(
                "The server can’t be reached: {answers} {waits} to be sent, and your answers are kept here."
            )
        }
        Going::Idle if waiting > 0 => format!("{answers} {waits} to be sent."),
        Going::Idle => match recorded {
            0 => String::new(),
            1 => "1 vote recorded".to_owned(),
            number => format!("{number} votes recorded"),
        },
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
    let answers = page.tiles;
    view! {
        <p class="alert" role="alert">
            {format!("An earlier page of {answers} pictures was not recorded: {refusal} ")}
            <button class="small" type="button" on:click=move |_| post.try_again(&again)>"Send it again"</button>
            " "
            <button class="small" type="button" on:click=move |_| post.take(&enough)>"Discard it"</button>
        </p>
    }
}

fn trouble(board: Board, error: &ApiError) -> impl IntoView + use<> {
    let words = match error {
        // Whether the answer arrived is not known when the line breaks: the key makes sending it again safe.
        ApiError::Unavailable { .. } => {
            "The server can’t be reached just now. Your answers are kept here.".to_owned()
        }
        error => error.to_string(),
    };
    let elsewhere = match error {
        ApiError::SignInNeeded => Some((format!("/sign-in?to=/label/{}", board.project), "Sign in")),
        ApiError::NotFound(_) | ApiError::Conflict(_) | ApiError::Forbidden(_) | ApiError::Internal => {
            Some((format!("/label/{}", board.project), "Get a new page"))
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
        assert_eq!(press(false, tally), "Submit 2 picked, 1 unsure, 1 reported");
        assert_eq!(press(true, Tally::default()), "Save picked");
    }

    #[test]
    fn only_acknowledged_votes_are_counted() {
        assert_eq!(words(&Going::Idle, 36, 72), "36 answers wait to be sent.");
        assert_eq!(words(&Going::Idle, 0, 72), "72 votes recorded");
        assert_eq!(words(&Going::Sending, 1, 72), "Sending 1 answer …");
    }
}
