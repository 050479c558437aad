//! The board's state, and everything that can happen to it.

use super::dom;
use super::marks::{Mark, answers, from_line, reconcile, tally, to_line};
use crate::api::ApiError;
use crate::api::labeling::{Batch, Next, Receipt, submit_votes};
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the board shows and has been told. The checkboxes themselves are the truth of what is picked, so that picks made
/// before the script woke up count, and so that the form is the same without script.
#[derive(Clone, Copy)]
pub(super) struct Board {
    /// The project's id.
    pub(super) project: i64,
    /// What is asked, or why nothing is.
    pub(super) next: RwSignal<Next>,
    /// What is ticked, tile by tile.
    pub(super) marks: RwSignal<Vec<Mark>>,
    /// The tile that has the focus, or had it last.
    pub(super) current: RwSignal<usize>,
    /// The script runs.
    pub(super) awake: RwSignal<bool>,
    /// An answer is under way.
    pub(super) sending: RwSignal<bool>,
    /// Why the last answer was not taken.
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// What is read out.
    pub(super) said: RwSignal<String>,
    /// The tile that is shown large.
    pub(super) zoomed: RwSignal<Option<usize>>,
    pub(super) zoom_dialog: NodeRef<Dialog>,
    pub(super) help_dialog: NodeRef<Dialog>,
    history: StoredValue<Vec<Vec<Mark>>>,
    none_was_said: StoredValue<bool>,
}

impl Board {
    pub(super) fn new(batch: Batch) -> Self {
        Self {
            project: batch.project,
            marks: RwSignal::new(vec![Mark::default(); batch.tiles.len()]),
            next: RwSignal::new(Next::Batch(batch)),
            current: RwSignal::new(0),
            awake: RwSignal::new(false),
            sending: RwSignal::new(false),
            trouble: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            zoomed: RwSignal::new(None),
            zoom_dialog: NodeRef::new(),
            help_dialog: NodeRef::new(),
            history: StoredValue::new(Vec::new()),
            none_was_said: StoredValue::new(false),
        }
    }

    /// Takes over from the plain form: what is ticked already stays, what was kept by an earlier visit comes back.
    pub(super) fn wake(self) {
        let Some(batch) = self.batch() else { return };
        let line = dom::kept(&self.drawer()).unwrap_or_default();
        let mut marks = from_line(&line, batch.assignment, &batch.tiles);
        for (mark, ticked) in marks.iter_mut().zip(dom::read_marks()) {
            mark.yes |= ticked.yes;
            mark.unsure |= ticked.unsure;
        }
        self.put(marks);
        self.awake.set(true);
    }

    /// A checkbox was ticked or unticked.
    pub(super) fn changed(self) {
        let before = self.marks.get_untracked();
        let now = reconcile(&before, &dom::read_marks());
        self.history.update_value(|history| history.push(before));
        self.trouble.set(None);
        self.put(now);
    }

    /// Ticks or unticks a tile's box.
    pub(super) fn toggle(self, place: usize, unsure: bool) {
        let boxes = dom::boxes(if unsure { "unsure[]" } else { "yes[]" });
        if let Some(found) = boxes.get(place) {
            found.set_checked(!found.checked());
            self.changed();
        }
    }

    /// Takes the last change back.
    pub(super) fn undo(self) {
        if let Some(Some(before)) = self.history.try_update_value(Vec::pop) {
            self.put(before);
            self.said.set("Taken back.".to_owned());
        }
    }

    /// Picked and unsure tiles.
    pub(super) fn tally(self) -> (usize, usize) {
        self.marks.with(|marks| tally(marks))
    }

    /// Sends the answer, unless it says nothing or contradicts itself.
    pub(super) fn submit(self, none_of_these: bool) {
        let Some(batch) = self.batch() else { return };
        if self.sending.get_untracked() {
            return;
        }
        let (yes, unsure) = self.marks.with_untracked(|marks| answers(&batch.tiles, marks));
        let nothing = yes.is_empty() && unsure.is_empty();
        if nothing != none_of_these {
            self.trouble.set(Some(ApiError::Invalid(misunderstanding(nothing))));
            return;
        }
        self.none_was_said.set_value(none_of_these);
        self.trouble.set(None);
        self.sending.set(true);
        spawn_local(async move {
            let sent =
                submit_votes(batch.assignment, batch.key, yes, unsure, Vec::new(), Vec::new(), none_of_these);
            match sent.await {
                Ok(receipt) => self.go_on(receipt),
                Err(error) => self.trouble.set(Some(error)),
            }
            self.sending.set(false);
        });
    }

    /// Sends the same answer again, under the same key.
    pub(super) fn retry(self) {
        self.submit(self.none_was_said.get_value());
    }

    /// Shows a tile large.
    pub(super) fn zoom(self, place: usize) {
        self.zoomed.set(Some(place));
        if let Some(dialog) = self.zoom_dialog.get_untracked().filter(|dialog| !dialog.open()) {
            // It fails only for a dialog that is not in the page.
            let _ = dialog.show_modal();
        }
    }

    /// The dialog was closed: back to its tile.
    pub(super) fn zoom_closed(self) {
        if let Some(place) = self.zoomed.get_untracked() {
            self.zoomed.set(None);
            dom::focus_tile(place);
        }
    }

    /// Shows the keys.
    pub(super) fn help(self) {
        if let Some(dialog) = self.help_dialog.get_untracked().filter(|dialog| !dialog.open()) {
            let _ = dialog.show_modal();
        }
    }

    /// The tiles on the screen.
    pub(super) fn batch(self) -> Option<Batch> {
        match self.next.get_untracked() {
            Next::Batch(batch) => Some(batch),
            _ => None,
        }
    }

    fn go_on(self, receipt: Receipt) {
        dom::forget(&self.drawer());
        let votes = if receipt.recorded == 1 { "vote" } else { "votes" };
        let (title, tiles) = match &receipt.next {
            Next::Batch(batch) => {
                (batch.synset.words.first().cloned().unwrap_or_default(), batch.tiles.len())
            }
            Next::Nothing(_) | Next::Preface(_) | Next::Stopped(_) => ("nothing for now".to_owned(), 0),
        };
        self.said.set(format!("{} {votes} recorded. Next: {title}", receipt.recorded));
        self.history.set_value(Vec::new());
        self.marks.set(vec![Mark::default(); tiles]);
        self.current.set(0);
        self.next.set(receipt.next);
        request_animation_frame(move || {
            dom::name_page(&title);
            dom::focus_tile(0);
            dom::scroll_to_top();
        });
    }

    fn put(self, marks: Vec<Mark>) {
        dom::write_marks(&marks);
        if let Some(batch) = self.batch() {
            dom::keep(&self.drawer(), &to_line(batch.assignment, &batch.tiles, &marks));
        }
        self.marks.set(marks);
    }

    /// Where this browser keeps picks that the server has not acknowledged.
    fn drawer(self) -> String {
        format!("synvote.picks.{}", self.project)
    }
}

fn misunderstanding(nothing_is_picked: bool) -> String {
    if nothing_is_picked {
        "Nothing is picked. Press “None of these” if no picture shows it.".to_owned()
    } else {
        "Something is picked. Take it back first if no picture shows it.".to_owned()
    }
}
