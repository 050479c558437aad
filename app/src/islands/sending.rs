//! What happens when a page is submitted, what the post brings back, and the batch that is fetched ahead.

use super::board::Board;
use super::dom;
use super::marks::{from_given, to_given};
use super::outbox::Waiting;
use super::post::{Going, Outcome};
use super::storage::{forget, keep, kept};
use super::tile::{EAGER, SIZES, srcset};
use crate::api::ApiError;
use crate::api::labeling::{Batch, Given, Next, correct_votes, prefetch_batch};
use crate::texts::{Locale, board as say};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Board {
    /// Opens the outbox. A page that is in it is not asked about again.
    pub(super) fn open_post(self, batch: &Batch) {
        if let Some(words) = kept(&self.drawer("told")) {
            forget(&self.drawer("told"));
            self.said.set(words);
        }
        self.post.open(move |(page, outcome)| self.heard(&page, outcome));
        if self.corrects {
            // What is shown as the last page is not the last one yet: it waits in the outbox.
            self.then_last.set_value(self.post.is_waiting(Some(self.project)));
            return;
        }
        let Some(page) = self.post.page_of(batch.assignment) else { return };
        self.put(from_given(&batch.tiles, &page.given));
        self.forget_marks();
        match page.refusal {
            None => self.held.set(true),
            Some(refusal) => self.give_back(&page.key, ApiError::Invalid(refusal)),
        }
    }

    /// Hands the answer to the post, unless it says nothing or contradicts itself, and goes on.
    pub(super) fn submit(self, none_of_these: bool) {
        self.catch_up();
        let Some(batch) = self.batch() else { return };
        if self.held.get_untracked() {
            return self.post.send();
        }
        let given = self.marks.with_untracked(|marks| to_given(&batch.tiles, marks));
        let nothing = given == Given::default();
        if nothing != none_of_these {
            self.trouble.set(Some(ApiError::Invalid(misunderstanding(self.locale, nothing))));
            return;
        }
        self.trouble.set(None);
        if self.corrects {
            return self.correct(batch, given, none_of_these);
        }
        let page = Waiting {
            project: self.project,
            assignment: batch.assignment,
            key: batch.key,
            tiles: batch.tiles.len(),
            given,
            refusal: None,
        };
        // The batch on the screen is held before the post begins: its answer may come at once.
        let ahead = self.ahead.try_update_value(Option::take).flatten();
        self.held.set(true);
        self.post.put(page);
        self.forget_marks();
        if let Some(next) = ahead {
            self.said.set(say::next(self.locale, first_word(&next)));
            self.show(Next::Batch(next));
        }
    }

    /// Opens the page that was submitted last, once it is recorded.
    pub(super) fn open_last(self) {
        self.catch_up();
        if self.post.is_waiting(Some(self.project)) {
            self.then_last.set_value(true);
            self.said.set(say::last_is_sent(self.locale).to_owned());
            self.post.send();
        } else {
            dom::go(&format!("/label/{}/last", self.project));
        }
    }

    /// A place was looked at.
    pub(super) fn visited(self, place: usize) {
        if place > self.reached.get_value() {
            self.reached.set_value(place);
        }
        self.fetch_ahead();
    }

    /// The window was scrolled: what came into sight counts as looked at.
    pub(super) fn scrolled(self) {
        self.preview.set(None);
        let wanted = wanted(self.tiles());
        if self.reached.get_value() < wanted && dom::is_in_sight(wanted) {
            self.visited(wanted);
        }
    }

    /// Fetches the next batch when most of this one has been gone through, and nothing older waits to be sent.
    fn fetch_ahead(self) {
        let Some(assignment) = self.assignment().filter(|_| !self.corrects) else { return };
        let is_early = self.reached.get_value() < wanted(self.tiles());
        if is_early || self.asked_ahead.get_value() == assignment || self.post.is_waiting(None) {
            return;
        }
        self.asked_ahead.set_value(assignment);
        spawn_local(async move {
            match prefetch_batch(assignment).await {
                // Whatever else comes next is better heard with the receipt: the votes may change it.
                Ok(Next::Batch(batch)) if self.assignment() == Some(assignment) => {
                    for tile in batch.tiles.iter().take(EAGER) {
                        dom::fetch_picture(&tile.small, Some((&srcset(tile), SIZES)));
                    }
                    self.ahead.set_value(Some(batch));
                }
                // The next visited place tries again.
                Err(ApiError::Unavailable { .. }) => self.asked_ahead.set_value(0),
                Ok(_) | Err(_) => {}
            }
        });
    }

    fn assignment(self) -> Option<i64> {
        self.next.with_untracked(|next| match next {
            Next::Batch(batch) => Some(batch.assignment),
            _ => None,
        })
    }

    /// The post brings word of a page.
    fn heard(self, page: &Waiting, outcome: Outcome) {
        let is_on_screen = self.assignment() == Some(page.assignment);
        match outcome {
            Outcome::Recorded(receipt) => {
                let recorded = say::recorded(self.locale, receipt.recorded);
                let is_last = page.project == self.project && !self.post.is_waiting(Some(self.project));
                if is_last && self.then_last.get_value() {
                    return dom::go(&format!("/label/{}/last", self.project));
                }
                if is_last && self.held.get_untracked() {
                    let next = match &receipt.next {
                        Next::Batch(batch) => say::next(self.locale, first_word(batch)),
                        _ => say::next(self.locale, say::nothing(self.locale)),
                    };
                    self.said.set(format!("{recorded} {next}"));
                    self.show(receipt.next);
                } else {
                    self.said.set(recorded);
                }
            }
            Outcome::Refused(error) if is_on_screen => match error {
                ApiError::Invalid(_) | ApiError::UnreadableForm(_) => self.give_back(&page.key, error),
                // The alert says why; the page stays as it is, and a new one can be had.
                error => self.trouble.set(Some(error)),
            },
            Outcome::Refused(_) => {}
        }
    }

    /// A refused answer goes back onto the board, where it can be mended.
    fn give_back(self, key: &str, error: ApiError) {
        self.post.take(key);
        self.held.set(false);
        self.put(self.marks.get_untracked());
        self.trouble.set(Some(error));
    }

    /// Sends the changed answers to the last page, and goes back to labeling.
    fn correct(self, batch: Batch, given: Given, none_of_these: bool) {
        self.held.set(true);
        self.post.going.set(Going::Sending);
        spawn_local(async move {
            let Given { yes, unsure, broken, offensive } = given;
            let (id, key) = (batch.assignment, batch.key);
            match correct_votes(id, key, yes, unsure, broken, offensive, none_of_these).await {
                Ok(corrected) => {
                    self.forget_marks();
                    keep(&self.drawer("told"), &say::changed(self.locale, corrected.changed));
                    dom::go(&format!("/label/{}", corrected.project));
                }
                Err(error) => {
                    self.held.set(false);
                    self.post.going.set(Going::Idle);
                    self.trouble.set(Some(error));
                }
            }
        });
    }
}

/// The place that must have been looked at before the next batch is fetched: 70 % of the tiles.
fn wanted(tiles: usize) -> usize {
    (tiles * 7).div_ceil(10).saturating_sub(1)
}

fn first_word(batch: &Batch) -> &str {
    batch.synset.words.first().map(String::as_str).unwrap_or_default()
}

fn misunderstanding(locale: Locale, nothing_is_said: bool) -> String {
    if nothing_is_said { say::none_picked(locale) } else { say::some_marked(locale) }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn seventy_percent_of_the_tiles_come_before_the_next_batch() {
        assert_eq!([48, 24, 6, 1, 0].map(wanted), [33, 16, 4, 0, 0]);
    }
}
