//! One picture at a time, large: for hard synsets and for phones. It works on the same marks as the grid.

use super::board::Board;
use super::dom;
use super::marks::Mark;
use crate::texts::{Locale, board as say};
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::PointerEvent;

/// Pixels that a finger must move to answer.
const SWIPE: i32 = 70;

/// Answers the picture that is shown, and goes on to the next one.
pub(super) fn answer(board: Board, mark: Mark) {
    board.catch_up();
    let place = board.current.get_untracked();
    if place >= board.tiles() || board.held.get_untracked() {
        return;
    }
    if board.mark(place) == mark {
        board.visited(place);
    } else {
        board.said_at(place, mark, false);
    }
    let next = place + 1;
    board.current.set(next);
    if next >= board.tiles() {
        board.said.set(say::all_seen(board.locale).to_owned());
        dom::stop_only_at(0);
        dom::scroll_to_top();
        board.focus();
    }
}

/// Goes back by one picture.
pub(super) fn back(board: Board) {
    board.current.update(|place| *place = place.saturating_sub(1));
    board.focus();
}

/// Is one picture shown alone just now?
pub(super) fn is_shown(board: Board) -> bool {
    board.singly.get() && board.current.get() < board.marks.with(Vec::len)
}

/// The large picture with its answers.
pub(super) fn single(board: Board) -> impl IntoView {
    let locale = board.locale;
    let picture = NodeRef::<Div>::new();
    let start = StoredValue::new(None::<(i32, i32)>);
    // While the grid is shown, nothing of this is worked out.
    let shown = Memo::new(move |_| is_shown(board));
    let address = move || shown.get().then(|| board.large(board.current.get())).flatten();
    let all = move || board.marks.with(Vec::len);
    let name = move || say::candidate(locale, (board.current.get() + 1).min(all()), all());
    let mark = move || board.marks.with(|marks| marks.get(board.current.get()).copied()).unwrap_or_default();
    // The next picture is there before it is asked for.
    Effect::new(move |_| {
        if let Some(next) = shown.get().then(|| board.large(board.current.get() + 1)).flatten() {
            dom::fetch_picture(&next, None);
        }
    });
    let drag = move |event: &PointerEvent| {
        let by = start.get_value().map(|from| moved(from, event));
        follow(locale, picture, by);
        by
    };
    let button = move |said: Mark, arrow: &'static str, words: &'static str, class: &'static str| {
        view! {
            <button
                type="button"
                class=class
                aria-pressed=move || (mark() == said && said != Mark::No).to_string()
                on:click=move |_| answer(board, said)
            >
                <span aria-hidden="true">{arrow}</span>
                {words}
            </button>
        }
    };
    view! {
        <div class="single" role="group" tabindex="-1" aria-label=name hidden=move || !shown.get()>
            <p class="single-progress" aria-hidden="true">
                <span>{move || say::n_of(locale, board.current.get() + 1, all())}</span>
                <progress max=move || all().to_string() value=move || board.current.get().to_string()></progress>
            </p>
            <div
                class="single-picture"
                node_ref=picture
                on:pointerdown=move |event| {
                    start.set_value(Some((event.client_x(), event.client_y())));
                    dom::capture(&event);
                }
                on:pointermove=move |event| { drag(&event); }
                on:pointercancel=move |_| {
                    start.set_value(None);
                    follow(locale, picture, None);
                }
                on:pointerup=move |event| {
                    let by = drag(&event);
                    start.set_value(None);
                    follow(locale, picture, None);
                    if let Some(mark) = by.and_then(swiped) {
                        answer(board, mark);
                    }
                }
            >
                <img src=address alt=name draggable="false"/>
                <span class="single-mark" aria-hidden="true" hidden=move || mark() == Mark::No>
                    {move || mark().words(locale)}
                </span>
            </div>
            <div class="single-answers">
                {button(Mark::No, "←", say::no(locale), "")} {button(Mark::Unsure, "↑", say::unsure(locale), "")}
                {button(Mark::Yes, "→", say::yes(locale), "primary")}
            </div>
            <div class="single-more">
                <button class="small" type="button" disabled=move || board.current.get() == 0 on:click=move |_| back(board)>
                    {say::back_one(locale)}
                </button>
                {report(board, Mark::Broken, say::broken(locale))} {report(board, Mark::Offensive, say::offensive(locale))}
            </div>
        </div>
    }
}

fn report(board: Board, mark: Mark, words: &'static str) -> impl IntoView {
    view! {
        <button class="small" type="button" on:click=move |_| answer(board, mark)>
            {words}
        </button>
    }
}

fn moved(from: (i32, i32), event: &PointerEvent) -> (i32, i32) {
    (event.client_x() - from.0, event.client_y() - from.1)
}

/// The picture follows the finger, and shows what letting it go would say.
fn follow(locale: Locale, picture: NodeRef<Div>, by: Option<(i32, i32)>) {
    let Some(picture) = picture.get_untracked() else { return };
    let (place, says) = match by {
        None => ("none".to_owned(), String::new()),
        Some(by) => (
            format!("translate({}px, {}px)", by.0, by.1.min(0)),
            match swiped(by) {
                Some(Mark::Yes) => ["→ ", say::yes(locale)].concat(),
                Some(Mark::No) => ["← ", say::no(locale)].concat(),
                Some(_) => ["↑ ", say::unsure(locale)].concat(),
                None => String::new(),
            },
        ),
    };
    // What can't be set leaves the picture where it is; the answer counts all the same.
    let _ = web_sys::HtmlElement::style(&picture).set_property("transform", &place);
    let _ = picture.set_attribute("data-says", &says);
}

/// What a finger that moved so far says: right is yes, left is no, up is unsure.
fn swiped((right, down): (i32, i32)) -> Option<Mark> {
    if right.abs() >= SWIPE && right.abs() > down.abs() {
        Some(if right > 0 { Mark::Yes } else { Mark::No })
    } else if -down >= SWIPE && -down > right.abs() {
        Some(Mark::Unsure)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swipe_says_what_its_direction_says() {
        assert_eq!(swiped((90, -20)), Some(Mark::Yes));
        assert_eq!(swiped((-90, 20)), Some(Mark::No));
        assert_eq!(swiped((20, -90)), Some(Mark::Unsure));
        assert_eq!((swiped((20, 90)), swiped((30, -40)), swiped((0, 0))), (None, None, None));
    }
}
