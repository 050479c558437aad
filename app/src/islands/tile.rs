//! One candidate: its picture, its checkboxes, and the way to its large picture. The markup holds no handlers of its own:
//! the grid hears everything.

use super::board::Board;
use super::marks::Mark;
use crate::api::labeling::Tile;
use crate::texts::board as say;
use leptos::prelude::*;

/// Pictures that are on the screen at once almost anywhere; the others load when they come near.
pub(super) const EAGER: usize = 12;
/// Pictures of the first row.
const FIRST_ROW: usize = 6;
/// How wide a tile is, for the browser to choose a picture by.
pub(super) const SIZES: &str = "(min-width: 60rem) 9rem, (min-width: 34rem) 9rem, 31vw";

/// The sizes of a tile's picture, as the browser chooses from them.
pub(super) fn srcset(tile: &Tile) -> String {
    format!("{} 192w, {} 384w", tile.small, tile.medium)
}

/// A tile of the grid.
pub(super) fn tile(board: Board, place: usize, all: usize, shown: Tile) -> impl IntoView {
    let (locale, number) = (board.locale, place + 1);
    let is_first_row = place < FIRST_ROW;
    let srcset = srcset(&shown);
    let mark = if board.corrects { board.mark(place) } else { Mark::No };
    let says = mark.look().and_then(|_| mark.words(locale));
    view! {
        <div class="tile" data-place=place.to_string() data-mark=mark.look()>
            <label class="pick" data-says=says>
                {checkbox(board, place, Mark::Yes, shown.candidate)}
                <img
                    src=shown.small
                    srcset=srcset
                    sizes=SIZES
                    alt=say::candidate(locale, number, all)
                    width="192"
                    height="192"
                    decoding="async"
                    fetchpriority=is_first_row.then_some("high")
                    loading=(place >= EAGER).then_some("lazy")
                />
                <svg class="tick" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.6 5L19 7.5"></path></svg>
            </label>
            <div class="tile-tools">
                <label class="unsure" title=say::unsure(locale)>
                    {checkbox(board, place, Mark::Unsure, shown.candidate)}
                    <span class="unsure-word" aria-hidden="true">"?"</span>
                    <span class="visually-hidden">{say::unsure_about(locale, number)}</span>
                </label>
                <a class="zoom" href=shown.large target="_blank" rel="noopener" aria-label=say::enlarge(locale, number)>
                    <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6"></circle><path d="M15 15l5 5M10.5 8v5M8 10.5h5"></path></svg>
                </a>
                <details class="more" name="more">
                    <summary aria-label=say::report(locale, number)>
                        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5.5 12h.01M12 12h.01M18.5 12h.01"></path></svg>
                    </summary>
                    <div class="reports">
                        <label>{checkbox(board, place, Mark::Broken, shown.candidate)}{say::broken(locale)}</label>
                        <label>{checkbox(board, place, Mark::Offensive, shown.candidate)}{say::offensive(locale)}</label>
                    </div>
                </details>
            </div>
        </div>
    }
}

/// A checkbox of a tile, ticked where the answers are known already.
fn checkbox(board: Board, place: usize, mark: Mark, candidate: i64) -> impl IntoView {
    let is_ticked = board.corrects && board.mark(place) == mark;
    view! { <input type="checkbox" name=mark.list() value=candidate.to_string() checked=is_ticked/> }
}
