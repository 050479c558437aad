//! The board's state: what is asked, what is marked, and what changes it.

use super::dom;
use super::keymap::KeyMap;
use super::marks::{History, Mark, Tally, from_given, from_words, tally, to_given, to_words, with_range};
use super::post::Post;
use super::storage::{drawer, forget, keep, kept};
use super::touched::Touched;
use crate::api::ApiError;
use crate::api::labeling::{Batch, Given, Next};
use crate::texts::{Locale, board as say};
use leptos::html::Dialog;
use leptos::prelude::*;

/// What the board shows and has been told. Marks are mirrored in the form's checkboxes, so that ticks from before the
/// script woke up count, and so that the form is the same without script.
#[derive(Clone, Copy)]
pub(super) struct Board {
    pub(super) locale: Locale,
    pub(super) worker: i64,
    pub(super) project: i64,
    /// The page that was submitted last is being changed.
    pub(super) corrects: bool,
    /// What is asked, or why nothing is.
    pub(super) next: RwSignal<Next>,
    /// What is said of each tile.
    pub(super) marks: RwSignal<Vec<Mark>>,
    /// The tile that has the focus, or had it last; one by one, the tile that is shown, or past the last when all are done.
    pub(super) current: RwSignal<usize>,
    /// The script runs.
    pub(super) awake: RwSignal<bool>,
    /// One picture at a time.
    pub(super) singly: RwSignal<bool>,
    /// The page on the screen is answered, and waits for what comes next.
    pub(super) held: RwSignal<bool>,
    /// Why the answer was not taken.
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// What is read out.
    pub(super) said: RwSignal<String>,
    /// The tile that is shown large in the dialog.
    pub(super) zoomed: RwSignal<Option<usize>>,
    /// The tile that is shown large because the mouse rests on it, and whether at the left.
    pub(super) preview: RwSignal<Option<(usize, bool)>>,
    pub(super) keymap: RwSignal<KeyMap>,
    pub(super) zoom_dialog: NodeRef<Dialog>,
    pub(super) sheet_dialog: NodeRef<Dialog>,
    pub(super) post: Post,
    /// The batch after this one, fetched before it is wanted.
    pub(super) ahead: StoredValue<Option<Batch>>,
    /// The assignment for which the batch after it was asked for.
    pub(super) asked_ahead: StoredValue<i64>,
    /// The last page is to be opened as soon as it is recorded.
    pub(super) then_last: StoredValue<bool>,
    /// The furthest place that was looked at.
    pub(super) reached: StoredValue<usize>,
    /// What happened to tiles, and has not been taken in yet.
    pub(super) touched: StoredValue<Vec<Touched>>,
    history: StoredValue<History>,
    /// Where a range begins, and the marks before it was made.
    range: StoredValue<Option<(usize, Vec<Mark>)>>,
    anchor: StoredValue<usize>,
}

impl Board {
    pub(super) fn new(locale: Locale, worker: i64, batch: Batch, given: Option<&Given>) -> Self {
        let marks = from_given(&batch.tiles, given.unwrap_or(&Given::default()));
        Self {
            locale,
            worker,
            project: batch.project,
            corrects: given.is_some(),
            marks: RwSignal::new(marks),
            next: RwSignal::new(Next::Batch(batch)),
            current: RwSignal::new(0),
            awake: RwSignal::new(false),
            singly: RwSignal::new(false),
            held: RwSignal::new(false),
            trouble: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            zoomed: RwSignal::new(None),
            preview: RwSignal::new(None),
            keymap: RwSignal::new(KeyMap::default()),
            zoom_dialog: NodeRef::new(),
            sheet_dialog: NodeRef::new(),
            post: Post::new(locale, worker),
            ahead: StoredValue::new(None),
            asked_ahead: StoredValue::new(0),
            then_last: StoredValue::new(false),
            reached: StoredValue::new(0),
            touched: StoredValue::new(Vec::new()),
            history: StoredValue::new(History::default()),
            range: StoredValue::new(None),
            anchor: StoredValue::new(0),
        }
    }

    /// Takes over from the plain form: what is ticked already stays, what was kept by an earlier visit comes back.
    pub(super) fn wake(self) {
        let Some(batch) = self.batch() else { return };
        self.keymap.set(KeyMap::from_line(&kept(&self.drawer("keys")).unwrap_or_default()));
        self.singly.set(kept(&self.drawer("singly")).is_some());
        let ticked = dom::read_marks();
        let mut marks = self.kept_marks(&batch).unwrap_or_else(|| ticked.clone());
        for (mark, ticked) in marks.iter_mut().zip(ticked) {
            *mark = if *mark == Mark::No { ticked } else { *mark };
        }
        self.put(marks);
        dom::stop_only_at(0);
        self.awake.set(true);
        self.open_post(&batch);
    }

    /// A checkbox was ticked or unticked; with the shift key, all up to it.
    pub(super) fn said_at(self, place: usize, mark: Mark, with_shift: bool) {
        self.catch_up();
        if self.held.get_untracked() {
            return;
        }
        let now = self.marks.get_untracked();
        let anchor = self.anchor.get_value();
        let changed = with_range(&now, if with_shift { anchor } else { place }, place, mark);
        let changed = changed.into_iter().enumerate().map(|(at, old)| if at == place { mark } else { old });
        self.anchor.set_value(place);
        self.change(changed.collect());
        self.visited(place);
    }

    /// Says something of a tile, or takes it back.
    pub(super) fn toggle(self, place: usize, pressed: Mark) {
        let before = self.mark(place);
        self.said_at(place, before.toggled(pressed), false);
    }

    /// Picks everything between the tile where the range began and `to`.
    pub(super) fn extend(self, to: usize) {
        self.catch_up();
        if self.held.get_untracked() {
            return;
        }
        let now = self.marks.get_untracked();
        if self.range.with_value(Option::is_none) {
            self.history.update_value(|history| history.push(now.clone()));
            self.range.set_value(Some((self.current.get_untracked(), now)));
        }
        if let Some((from, before)) = self.range.get_value() {
            self.trouble.set(None);
            self.put(with_range(&before, from, to, Mark::Yes));
            self.said.set(say::range_picked(self.locale, from.min(to) + 1, from.max(to) + 1));
        }
        dom::focus_tile(to);
    }

    /// Moves the focus to a tile; the next range begins there.
    pub(super) fn step_to(self, place: usize) {
        self.range.set_value(None);
        self.anchor.set_value(place);
        dom::focus_tile(place);
    }

    /// A tile has the focus now.
    pub(super) fn focused(self, place: usize) {
        let before = self.current.get_untracked();
        // One by one, when all are done, the grid is there to be looked over: that does not begin anew.
        let looks_over = self.singly.get_untracked() && before >= self.tiles();
        if before != place && !looks_over {
            dom::move_stop(before, place);
            self.current.set(place);
        }
        self.visited(place);
    }

    /// Takes the last change back.
    pub(super) fn undo(self) {
        self.travel(History::undo, say::taken_back(self.locale));
    }

    /// Makes the change again that was taken back last.
    pub(super) fn redo(self) {
        self.travel(History::redo, say::done_again(self.locale));
    }

    /// How many tiles are marked how.
    pub(super) fn tally(self) -> Tally {
        self.marks.with(|marks| tally(marks))
    }

    /// What is said of a tile.
    pub(super) fn mark(self, place: usize) -> Mark {
        self.marks.with_untracked(|marks| marks.get(place).copied()).unwrap_or_default()
    }

    /// The number of tiles.
    pub(super) fn tiles(self) -> usize {
        self.marks.with_untracked(Vec::len)
    }

    /// The tiles on the screen.
    pub(super) fn batch(self) -> Option<Batch> {
        match self.next.get_untracked() {
            Next::Batch(batch) => Some(batch),
            _ => None,
        }
    }

    /// The address of a tile's large picture.
    pub(super) fn large(self, place: usize) -> Option<String> {
        self.next.with(|next| match next {
            Next::Batch(batch) => batch.tiles.get(place).map(|tile| tile.large.clone()),
            _ => None,
        })
    }

    /// One picture at a time, or all at once again.
    pub(super) fn show_singly(self, singly: bool) {
        self.catch_up();
        if singly {
            keep(&self.drawer("singly"), "1");
        } else {
            forget(&self.drawer("singly"));
        }
        self.singly.set(singly);
        if self.current.get_untracked() >= self.tiles() {
            self.current.set(0);
        }
        self.focus();
    }

    /// Goes on with what comes next.
    pub(super) fn show(self, next: Next) {
        self.catch_up();
        let (title, marks) = match &next {
            // Something comes first that has a page of its own.
            Next::Preface(_) | Next::Stopped(_) => return dom::go(&format!("/label/{}", self.project)),
            Next::Nothing(_) => (say::nothing(self.locale).to_owned(), Vec::new()),
            Next::Batch(batch) => {
                let blank = || vec![Mark::No; batch.tiles.len()];
                let title = batch.synset.words.first().cloned().unwrap_or_default();
                (title, self.kept_marks(batch).unwrap_or_else(blank))
            }
        };
        self.history.set_value(History::default());
        self.range.set_value(None);
        self.anchor.set_value(0);
        self.reached.set_value(0);
        self.ahead.set_value(None);
        self.trouble.set(None);
        self.preview.set(None);
        self.held.set(false);
        self.current.set(0);
        self.marks.set(marks);
        self.next.set(next);
        request_animation_frame(move || {
            self.marks.with_untracked(|marks| {
                marks.iter().enumerate().for_each(|(place, mark)| dom::write_mark(self.locale, place, *mark));
            });
            dom::stop_only_at(0);
            dom::name_page(&title);
            dom::scroll_to_top();
            self.focus();
        });
    }

    /// Puts the focus where work goes on.
    pub(super) fn focus(self) {
        request_animation_frame(move || {
            let place = self.current.get_untracked();
            if self.singly.get_untracked() && place < self.tiles() {
                dom::focus("#board .single");
            } else {
                dom::focus_tile(if place < self.tiles() { place } else { 0 });
            }
        });
    }

    /// Forgets the marks on the screen: they are acknowledged, or in the outbox.
    pub(super) fn forget_marks(self) {
        forget(&self.marks_drawer());
    }

    /// A drawer of this worker's.
    pub(super) fn drawer(self, what: &str) -> String {
        drawer(self.worker, what)
    }

    /// Changes marks as one step that can be taken back.
    fn change(self, now: Vec<Mark>) {
        let before = self.marks.get_untracked();
        self.history.update_value(|history| history.push(before));
        self.range.set_value(None);
        self.trouble.set(None);
        self.put(now);
    }

    fn travel(self, step: fn(&mut History, Vec<Mark>) -> Option<Vec<Mark>>, words: &str) {
        self.catch_up();
        let now = self.marks.get_untracked();
        if self.held.get_untracked() {
            return;
        }
        if let Some(Some(marks)) = self.history.try_update_value(|history| step(history, now)) {
            self.range.set_value(None);
            self.put(marks);
            self.said.set(words.to_owned());
        }
    }

    /// Shows and keeps marks. What the screen does not show yet is written there.
    pub(super) fn put(self, marks: Vec<Mark>) {
        if let Some(batch) = self.batch() {
            let words = to_words(&to_given(&batch.tiles, &marks));
            keep(&self.marks_drawer(), &format!("{} {words}", batch.assignment));
        }
        for (place, mark) in marks.iter().enumerate() {
            // A box that was clicked is ticked already, but its neighbours are not unticked.
            if self.mark(place) != *mark || !self.awake.get_untracked() {
                dom::write_mark(self.locale, place, *mark);
            }
        }
        self.marks.set(marks);
    }

    /// The marks that were kept for this batch.
    fn kept_marks(self, batch: &Batch) -> Option<Vec<Mark>> {
        let line = kept(&self.marks_drawer())?;
        let (assignment, words) = line.split_once(' ')?;
        let is_same = assignment.parse() == Ok(batch.assignment);
        is_same.then(|| from_given(&batch.tiles, &from_words(words)))
    }

    /// Where this browser keeps marks that are not submitted yet.
    fn marks_drawer(self) -> String {
        self.drawer(&format!("{}.{}", if self.corrects { "last" } else { "marks" }, self.project))
    }
}
