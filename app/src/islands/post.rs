//! The post: sends what waits in the outbox, in its order, until the server has acknowledged it.

use super::dom;
use super::outbox::{Waiting, answers, from_text, pause, to_text};
use super::storage::{drawer, keep, kept};
use crate::api::ApiError;
use crate::api::labeling::{Receipt, submit_votes};
use crate::texts::Locale;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How the post is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Going {
    /// Nothing waits, or nothing was tried yet.
    #[default]
    Idle,
    /// An answer is under way.
    Sending,
    /// The last try failed; there will be another.
    Waiting(ApiError),
}

/// What became of a page of answers.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::large_enum_variant,
        reason = "there is one at a time, and nearly all of them are receipts"
    )
)]
pub(super) enum Outcome {
    Recorded(Receipt),
    Refused(ApiError),
}

/// Tries of a page on which the server itself fails, before the pages behind it get their turn.
const MOST_DEFECTS: u32 = 4;

/// The outbox of one worker in this browser.
#[derive(Clone, Copy)]
pub(super) struct Post {
    pub(super) locale: Locale,
    worker: i64,
    /// How it is doing.
    pub(super) going: RwSignal<Going>,
    /// What has not been acknowledged, refused pages too.
    pub(super) outbox: RwSignal<Vec<Waiting>>,
    /// Votes that the server acknowledged since the page was opened.
    pub(super) recorded: RwSignal<u32>,
    busy: StoredValue<bool>,
    failures: StoredValue<u32>,
    heard: StoredValue<Option<Callback<(Waiting, Outcome)>>>,
}

impl Post {
    pub(super) fn new(locale: Locale, worker: i64) -> Self {
        Self {
            locale,
            worker,
            going: RwSignal::default(),
            outbox: RwSignal::default(),
            recorded: RwSignal::default(),
            busy: StoredValue::new(false),
            failures: StoredValue::new(0),
            heard: StoredValue::new(None),
        }
    }

    /// Opens the outbox as it was left, sends what is in it, and again whenever the network comes back. `heard` is told of each
    /// page what became of it.
    pub(super) fn open(self, heard: impl Fn((Waiting, Outcome)) + Send + Sync + 'static) {
        self.heard.set_value(Some(Callback::new(heard)));
        self.look();
        let back = window_event_listener(leptos::ev::online, move |_| self.send());
        on_cleanup(move || back.remove());
        self.send();
    }

    /// Puts a page of answers into the outbox.
    pub(super) fn put(self, page: Waiting) {
        self.change(|outbox| outbox.push(page));
        self.send();
    }

    /// Takes a page out.
    pub(super) fn take(self, key: &str) {
        self.change(|outbox| outbox.retain(|page| page.key != key));
    }

    /// Sends a refused page again.
    pub(super) fn try_again(self, key: &str) {
        self.change(|outbox| {
            for page in outbox.iter_mut().filter(|page| page.key == key) {
                page.refusal = None;
            }
        });
        self.send();
    }

    /// The page that answers an assignment, if it is in the outbox.
    pub(super) fn page_of(self, assignment: i64) -> Option<Waiting> {
        self.outbox.with_untracked(|outbox| outbox.iter().find(|page| page.assignment == assignment).cloned())
    }

    /// Answers that wait to be sent.
    pub(super) fn answers(self) -> usize {
        self.outbox.with(|outbox| answers(outbox))
    }

    /// Does anything wait that could be sent?
    pub(super) fn is_waiting(self, project: Option<i64>) -> bool {
        let waits =
            |page: &Waiting| page.refusal.is_none() && project.is_none_or(|project| page.project == project);
        self.outbox.with_untracked(|outbox| outbox.iter().any(waits))
    }

    /// Sends what waits. Asked while it is at it, it does nothing more.
    pub(super) fn send(self) {
        if self.busy.get_value() || !self.is_waiting(None) {
            return;
        }
        self.busy.set_value(true);
        spawn_local(async move {
            while let Some(page) = self.first() {
                self.going.set(Going::Sending);
                match send(&page).await {
                    Ok(receipt) => self.acknowledged(page, receipt),
                    Err(error) if self.is_final(&error) => self.refused(page, error),
                    Err(error) => return self.failed(error),
                }
            }
            self.busy.set_value(false);
            self.going.set(Going::Idle);
        });
    }

    fn acknowledged(self, page: Waiting, receipt: Receipt) {
        self.failures.set_value(0);
        self.take(&page.key);
        self.recorded.update(|recorded| *recorded += receipt.recorded);
        self.tell(page, Outcome::Recorded(receipt));
    }

    fn refused(self, page: Waiting, error: ApiError) {
        self.failures.set_value(0);
        self.change(|outbox| {
            for refused in outbox.iter_mut().filter(|refused| refused.key == page.key) {
                refused.refusal = Some(error.words(self.locale));
            }
        });
        self.tell(page, Outcome::Refused(error));
    }

    /// Stops for now, and tries again later.
    fn failed(self, error: ApiError) {
        self.failures.update_value(|failures| *failures += 1);
        let wished = match &error {
            ApiError::TooOften { seconds } | ApiError::Unavailable { seconds } => u64::from(*seconds) * 1_000,
            _ => 0,
        };
        // An address that can't be reached says five seconds too: the first tries may come sooner.
        let wait =
            if dom::is_offline() { 60_000 } else { pause(self.failures.get_value()).max(wished.min(60_000)) };
        self.busy.set_value(false);
        let is_for_the_worker = error == ApiError::SignInNeeded;
        self.going.set(Going::Waiting(error));
        if !is_for_the_worker {
            set_timeout(move || self.send(), Duration::from_millis(wait));
        }
    }

    /// Will it be the same the next time?
    fn is_final(self, error: &ApiError) -> bool {
        match error {
            ApiError::Forbidden(_)
            | ApiError::NotFound(_)
            | ApiError::Conflict(_)
            | ApiError::Invalid(_)
            | ApiError::UnreadableForm(_) => true,
            // What stands between us and the server may answer in words of its own.
            ApiError::Unreadable(_) => false,
            ApiError::Internal => self.failures.get_value() >= MOST_DEFECTS,
            ApiError::SignInNeeded | ApiError::TooOften { .. } | ApiError::Unavailable { .. } => false,
        }
    }

    fn first(self) -> Option<Waiting> {
        self.look();
        self.outbox.with_untracked(|outbox| outbox.iter().find(|page| page.refusal.is_none()).cloned())
    }

    fn tell(self, page: Waiting, outcome: Outcome) {
        if let Some(heard) = self.heard.get_value() {
            heard.run((page, outcome));
        }
    }

    /// Reads the outbox anew: another tab may have changed it.
    fn look(self) {
        if let Some(text) = kept(&self.drawer()) {
            let now = from_text(&text);
            if self.outbox.with_untracked(|outbox| *outbox != now) {
                self.outbox.set(now);
            }
        }
    }

    fn change(self, change: impl FnOnce(&mut Vec<Waiting>)) {
        self.look();
        self.outbox.update(change);
        self.outbox.with_untracked(|outbox| {
            if !keep(&self.drawer(), &to_text(outbox)) {
                // An outdated outbox would bring back what is done.
                super::storage::forget(&self.drawer());
            }
        });
    }

    fn drawer(self) -> String {
        drawer(self.worker, "outbox")
    }
}

async fn send(page: &Waiting) -> Result<Receipt, ApiError> {
    let given = page.given.clone();
    let none_of_these = given == crate::api::labeling::Given::default();
    let (assignment, key) = (page.assignment, page.key.clone());
    submit_votes(assignment, key, given.yes, given.unsure, given.broken, given.offensive, none_of_these).await
}
