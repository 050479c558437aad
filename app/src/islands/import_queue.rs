//! The files of an import on their way: which wait, which are being sent, and what happens when the connection breaks.
//!
//! Nothing is kept in the browser. The server knows what it has: whoever comes back drops the same files again, and only those
//! are sent that are not there.

use super::import_shelf::{self as shelf, Chosen, Sent};
use crate::api::ApiError;
use crate::api::importing::{
    FileKey, LeftOut, MAX_ASKED, cancel_import, finish_import, is_clutter, leave_out_files, missing_files,
    open_import, refusal_before_sending,
};
use crate::texts::{Locale, sending as say};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{HashSet, VecDeque};

/// Files that are sent at the same time.
const PARALLEL: usize = 3;
/// Seconds until a broken connection is tried again, at most.
const LONGEST_WAIT: u32 = 30;

/// How a file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Waiting,
    /// So many percent of it are sent.
    Sending(u8),
    Here,
    /// It can't be taken, and why.
    LeftOut(String),
}

/// A file of the list.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: usize,
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) modified: i64,
    pub(super) fate: RwSignal<Fate>,
}

/// Where the whole stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Choosing,
    Sending,
    /// It will be tried again by itself; `turn` tells this time from earlier ones.
    Held {
        why: String,
        turn: u32,
    },
    Stopped,
    /// Something is to be mended first.
    Refused(String),
    Finishing,
}

/// Files and bytes by how they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) files: usize,
    pub(super) here: usize,
    pub(super) left_out: usize,
    /// Of all that can be taken.
    pub(super) bytes: u64,
    pub(super) bytes_here: u64,
}

/// The form's text fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) wnid: String,
    pub(super) licence: String,
    pub(super) attribution: String,
    pub(super) creator: String,
    pub(super) source_url: String,
    pub(super) found_by: String,
}

/// All of it.
#[derive(Clone, Copy)]
pub(super) struct Queue {
    pub(super) locale: Locale,
    project: i64,
    pub(super) import: RwSignal<Option<i64>>,
    pub(super) rows: RwSignal<Vec<Row>>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) counts: RwSignal<Counts>,
    /// What is read out.
    pub(super) said: RwSignal<String>,
    to_send: StoredValue<VecDeque<usize>>,
    known: StoredValue<HashSet<(String, u64, i64)>>,
    senders: StoredValue<usize>,
    breaks: StoredValue<u32>,
}

impl Queue {
    pub(super) fn new(locale: Locale, project: i64, import: Option<i64>) -> Self {
        Self {
            locale,
            project,
            import: RwSignal::new(import),
            rows: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Choosing),
            counts: RwSignal::new(Counts::default()),
            said: RwSignal::new(String::new()),
            to_send: StoredValue::new(VecDeque::new()),
            known: StoredValue::new(HashSet::new()),
            senders: StoredValue::new(0),
            breaks: StoredValue::new(0),
        }
    }

    /// Whether nothing was chosen yet.
    pub(super) fn is_empty(self) -> bool {
        self.rows.with(Vec::is_empty)
    }

    /// Takes files to the list, each once, and says what is to be said against them. Where the import goes on already, they
    /// are sent too.
    pub(super) fn add(self, files: Vec<Chosen>) {
        let mut rows = Vec::new();
        for file in files.into_iter().filter(|file| !is_clutter(&file.name)) {
            let key = (file.name.clone(), file.bytes, file.modified);
            if !self.known.try_update_value(|known| known.insert(key)).unwrap_or(false) {
                continue;
            }
            let fate = match refusal_before_sending(self.locale, &file.name, &file.media_type, file.bytes) {
                Some(why) => Fate::LeftOut(why),
                None => Fate::Waiting,
            };
            self.counts.update(|counts| {
                counts.files += 1;
                match fate {
                    Fate::LeftOut(_) => counts.left_out += 1,
                    _ => counts.bytes += file.bytes,
                }
            });
            let id = shelf::put(file.file);
            rows.push(Row {
                id,
                name: file.name,
                bytes: file.bytes,
                modified: file.modified,
                fate: RwSignal::new(fate),
            });
        }
        if rows.is_empty() {
            return;
        }
        self.said.set(say::added(self.locale, rows.len()));
        let waiting: Vec<usize> =
            rows.iter().filter(|row| row.fate.get_untracked() == Fate::Waiting).map(|row| row.id).collect();
        self.rows.update(|all| all.extend(rows));
        match self.phase.get_untracked() {
            Phase::Sending => spawn_local(async move { self.send_all(waiting).await }),
            Phase::Refused(_) => self.phase.set(Phase::Choosing),
            _ => {}
        }
    }

    /// The form was sent: opens an import, unless one goes on, and sends the files.
    pub(super) fn begin(self, fields: Fields) {
        if matches!(self.phase.get_untracked(), Phase::Sending | Phase::Finishing) {
            return;
        }
        if self.waiting().is_empty() {
            self.phase.set(Phase::Refused(say::none_chosen(self.locale).to_owned()));
            return;
        }
        if self.import.get_untracked().is_some() {
            self.go_on();
            return;
        }
        self.phase.set(Phase::Sending);
        spawn_local(async move {
            let Fields { wnid, licence, attribution, creator, source_url, found_by } = fields;
            match open_import(self.project, wnid, licence, attribution, creator, source_url, found_by).await {
                Ok(import) => {
                    self.import.set(Some(import));
                    // A reload comes back to this import.
                    shelf::name_address(&format!("/project/{}/import?go_on={import}", self.project));
                    self.send_all(self.waiting()).await;
                }
                Err(error) => self.phase.set(Phase::Refused(error.words(self.locale))),
            }
        });
    }

    /// Sends what is not there yet.
    pub(super) fn go_on(self) {
        self.phase.set(Phase::Sending);
        self.said.set(say::goes_on(self.locale).to_owned());
        self.to_send.update_value(VecDeque::clear);
        spawn_local(async move { self.send_all(self.waiting()).await });
    }

    /// Stops sending; what is here stays.
    pub(super) fn stop(self) {
        self.phase.set(Phase::Stopped);
        self.said.set(say::stopped(self.locale).to_owned());
        shelf::break_off();
    }

    /// Begins the import with the files that are here.
    pub(super) fn finish(self) {
        let Some(import) = self.import.get_untracked() else { return };
        self.phase.set(Phase::Finishing);
        spawn_local(async move {
            match self.hand_over(import).await {
                Ok(()) => shelf::go_to(&format!("/import/{import}")),
                Err(error) => self.hold(&error),
            }
        });
    }

    /// Stops the import for good.
    pub(super) fn give_up(self) {
        let Some(import) = self.import.get_untracked() else { return };
        spawn_local(async move {
            match cancel_import(import).await {
                Ok(()) => shelf::go_to(&format!("/import/{import}")),
                Err(error) => self.phase.set(Phase::Refused(error.words(self.locale))),
            }
        });
    }

    async fn hand_over(self, import: i64) -> Result<(), ApiError> {
        let left_out: Vec<LeftOut> = self.rows.with_untracked(|rows| {
            let reason = |row: &Row| match row.fate.get_untracked() {
                Fate::LeftOut(reason) => Some(LeftOut { name: row.name.clone(), reason }),
                _ => None,
            };
            rows.iter().filter_map(reason).collect()
        });
        for some in left_out.chunks(MAX_ASKED) {
            leave_out_files(import, some.to_vec()).await?;
        }
        finish_import(import).await
    }

    fn waiting(self) -> Vec<usize> {
        let is_waiting = |row: &&Row| matches!(row.fate.get_untracked(), Fate::Waiting | Fate::Sending(_));
        self.rows.with_untracked(|rows| rows.iter().filter(is_waiting).map(|row| row.id).collect())
    }

    fn row(self, id: usize) -> Option<Row> {
        self.rows.with_untracked(|rows| rows.get(id).cloned())
    }

    /// Asks which of the files the server has, and sends the others.
    async fn send_all(self, ids: Vec<usize>) {
        let Some(import) = self.import.get_untracked() else { return };
        for some in ids.chunks(MAX_ASKED) {
            let rows: Vec<Row> = some.iter().filter_map(|id| self.row(*id)).collect();
            let key = |row: &Row| FileKey {
                name: row.name.clone(),
                bytes: i64::try_from(row.bytes).unwrap_or(i64::MAX),
                modified: row.modified,
            };
            let missing = match missing_files(import, rows.iter().map(key).collect()).await {
                Ok(missing) => missing,
                Err(error) => return self.hold(&error),
            };
            for (place, row) in (0..).zip(&rows) {
                if missing.contains(&place) {
                    self.to_send.update_value(|queue| queue.push_back(row.id));
                } else {
                    self.settle(row, Fate::Here);
                }
            }
        }
        while self.senders.get_value() < PARALLEL {
            self.senders.update_value(|senders| *senders += 1);
            spawn_local(async move {
                while self.send_one(import).await {}
                self.senders.update_value(|senders| *senders -= 1);
                let is_last = self.senders.get_value() == 0;
                if is_last && self.phase.get_untracked() == Phase::Sending && self.waiting().is_empty() {
                    self.finish();
                }
            });
        }
    }

    /// Sends the next file; says whether there may be another one to send.
    async fn send_one(self, import: i64) -> bool {
        if self.phase.get_untracked() != Phase::Sending {
            return false;
        }
        let next = self.to_send.try_update_value(VecDeque::pop_front).flatten();
        let Some(row) = next.and_then(|id| self.row(id)) else { return false };
        row.fate.set(Fate::Sending(0));
        let fate = row.fate;
        match shelf::send(self.locale, import, row.id, &row.name, row.modified, move |percent| {
            fate.set(Fate::Sending(percent))
        })
        .await
        {
            Sent::Taken => {
                self.breaks.set_value(0);
                self.settle(&row, Fate::Here);
                return true;
            }
            Sent::Refused(ApiError::Invalid(why)) => {
                self.settle(&row, Fate::LeftOut(why));
                return true;
            }
            Sent::Refused(ApiError::TooOften { seconds } | ApiError::Unavailable { seconds }) => {
                shelf::sleep(seconds).await;
                row.fate.set(Fate::Waiting);
                self.to_send.update_value(|queue| queue.push_front(row.id));
                return true;
            }
            Sent::Refused(error) => self.phase.set(Phase::Refused(error.words(self.locale))),
            Sent::Broken => self.hold(&ApiError::Unavailable { seconds: 5 }),
            Sent::BrokenOff => {}
        }
        row.fate.set(Fate::Waiting);
        false
    }

    /// The connection broke: says so, and tries again after a while that grows.
    fn hold(self, error: &ApiError) {
        if !matches!(error, ApiError::Unavailable { .. } | ApiError::TooOften { .. }) {
            self.phase.set(Phase::Refused(error.words(self.locale)));
            return;
        }
        if matches!(self.phase.get_untracked(), Phase::Held { .. } | Phase::Stopped) {
            return;
        }
        let turn = self.breaks.get_value() + 1;
        self.breaks.set_value(turn);
        let seconds = LONGEST_WAIT.min(1 << turn.min(5));
        let why = say::held(self.locale, seconds);
        self.phase.set(Phase::Held { why, turn });
        spawn_local(async move {
            shelf::sleep(seconds).await;
            if matches!(self.phase.get_untracked(), Phase::Held { turn: now, .. } if now == turn) {
                self.go_on();
            }
        });
    }

    fn settle(self, row: &Row, fate: Fate) {
        self.counts.update(|counts| match fate {
            Fate::Here => {
                counts.here += 1;
                counts.bytes_here += row.bytes;
            }
            Fate::LeftOut(_) => {
                counts.left_out += 1;
                counts.bytes = counts.bytes.saturating_sub(row.bytes);
            }
            _ => {}
        });
        row.fate.set(fate);
    }
}
