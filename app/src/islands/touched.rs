//! What a hand did to a tile. The browser shows a tick by itself; the board takes it in after the next paint, so that
//! nobody waits for bookkeeping.

use super::board::Board;
use super::dom;
use super::marks::Mark;
use leptos::prelude::*;

/// Something that happened to the tile at a place, and that is on the screen already.
#[derive(Clone, Copy)]
pub(super) enum Touched {
    /// A checkbox was ticked or unticked; with the shift key, all up to it.
    Said(usize, Mark, bool),
    /// It got the focus.
    Focused(usize),
}

impl Board {
    /// Takes something in after the next paint, or earlier, when something else is about to happen.
    pub(super) fn after_paint(self, touched: Touched) {
        self.touched.update_value(|all| all.push(touched));
        if self.touched.with_value(Vec::len) == 1 {
            dom::after_paint(move || self.catch_up());
        }
    }

    /// Takes in what has not been taken in yet.
    pub(super) fn catch_up(self) {
        for touched in self.touched.try_update_value(std::mem::take).unwrap_or_default() {
            match touched {
                Touched::Said(place, mark, with_shift) => self.said_at(place, mark, with_shift),
                Touched::Focused(place) => self.focused(place),
            }
        }
    }
}
