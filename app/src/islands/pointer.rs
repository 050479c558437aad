//! The board by mouse and by touch: a mouse that rests on a picture shows it large, and so does a finger.

use super::board::Board;
use super::dialogs::show_zoom;
use super::dom;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;
use web_sys::{Event, MouseEvent, PointerEvent};

/// How long a mouse rests before the picture is shown.
const REST: Duration = Duration::from_millis(600);
/// How long a finger stays before the picture is shown.
const PRESS: Duration = Duration::from_millis(500);
/// Pixels that a resting mouse or finger may move.
const STILL: i32 = 8;

/// Where the pointer is, and what it may turn into.
#[derive(Clone, Copy)]
pub(super) struct Pointer {
    board: Board,
    at: StoredValue<(i32, i32)>,
    timer: StoredValue<Option<TimeoutHandle>>,
    is_touch: StoredValue<bool>,
    /// A long press has shown the picture: the click that ends it is none.
    swallows: StoredValue<bool>,
    /// The shift key was held at the last click.
    shift: StoredValue<bool>,
    /// A tile that was clicked is not shown large before the mouse has left it.
    clicked: StoredValue<Option<usize>>,
}

impl Pointer {
    pub(super) fn new(board: Board) -> Self {
        Self {
            board,
            at: StoredValue::new((0, 0)),
            timer: StoredValue::new(None),
            is_touch: StoredValue::new(false),
            swallows: StoredValue::new(false),
            shift: StoredValue::new(false),
            clicked: StoredValue::new(None),
        }
    }

    pub(super) fn down(self, event: &PointerEvent) {
        let place = place(event);
        self.at.set_value((event.client_x(), event.client_y()));
        self.is_touch.set_value(event.pointer_type() != "mouse");
        self.swallows.set_value(false);
        self.clicked.set_value(place);
        self.rest();
        if let Some(place) = place.filter(|_| self.is_touch.get_value()) {
            self.after(PRESS, move || self.pressed_long(place));
        }
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        let (x, y) = self.at.get_value();
        let now = (event.client_x(), event.client_y());
        if (now.0 - x).abs() <= STILL && (now.1 - y).abs() <= STILL {
            return;
        }
        self.at.set_value(now);
        let is_touch = event.pointer_type() != "mouse";
        let place = place(event);
        if is_touch || place.is_none() || self.board.preview.get_untracked().map(|(place, _)| place) != place
        {
            self.rest();
        }
        if self.clicked.get_value() != place {
            self.clicked.set_value(None);
        }
        if let Some(place) = place.filter(|_| !is_touch && self.shows_at_rest()) {
            self.after(REST, move || self.rested(place));
        }
    }

    /// The pointer has left the tiles, or was taken away.
    pub(super) fn left(self) {
        self.clicked.set_value(None);
        self.rest();
    }

    /// The finger was lifted.
    pub(super) fn up(self) {
        self.stop();
    }

    /// A click: the end of a long press is none, and the shift key is remembered for the change that follows.
    pub(super) fn clicked(self, event: &MouseEvent) {
        self.shift.set_value(event.shift_key());
        if self.swallows.get_value() {
            self.swallows.set_value(false);
            event.prevent_default();
        }
    }

    /// Was the shift key held at the click that led to this change?
    pub(super) fn take_shift(self) -> bool {
        self.shift.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// A finger that stays opens no menu of the browser's.
    pub(super) fn menu(self, event: &Event) {
        if !self.is_touch.get_value() {
            return;
        }
        event.prevent_default();
        if let Some(place) = self.clicked.get_value().filter(|_| !self.swallows.get_value()) {
            self.pressed_long(place);
        }
    }

    fn pressed_long(self, place: usize) {
        self.stop();
        self.swallows.set_value(true);
        show_zoom(self.board, place);
    }

    fn rested(self, place: usize) {
        let (x, _) = self.at.get_value();
        self.board.preview.set(Some((place, !dom::is_left(x))));
    }

    fn shows_at_rest(self) -> bool {
        self.clicked.get_value().is_none()
            && self.board.preview.get_untracked().is_none()
            && self.board.keymap.with_untracked(|map| map.rests)
    }

    fn rest(self) {
        self.stop();
        if self.board.preview.get_untracked().is_some() {
            self.board.preview.set(None);
        }
    }

    fn after(self, wait: Duration, act: impl FnOnce() + 'static) {
        self.stop();
        self.timer.set_value(set_timeout_with_handle(act, wait).ok());
    }

    fn stop(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}

/// The tile whose picture the pointer is on; its tools are no picture.
fn place(event: &Event) -> Option<usize> {
    let target = dom::target(event).filter(|target| dom::is_in(target, ".pick"))?;
    dom::place_of(&target)
}
