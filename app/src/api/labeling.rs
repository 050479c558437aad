//! What a worker's screen and the server say to each other.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One candidate on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// The candidate's id.
    pub candidate: i64,
    /// Address of the small picture (longer side 256 px).
    pub small: String,
    /// Address of the large picture (longer side 1024 px).
    pub large: String,
}

/// The synset that a batch asks about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynsetHead {
    /// WordNet id, like `n02084071`.
    pub wnid: String,
    /// The synonyms, first lemma first.
    pub words: Vec<String>,
    /// What it is.
    pub definition: String,
    /// How it is used in a sentence.
    pub examples: Vec<String>,
    /// The Wikipedia article of the first lemma.
    pub wikipedia: String,
    /// Names of the ancestors, root first, along the first path.
    pub path: Vec<String>,
}

/// One screen of candidates of one synset, leased to one worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The assignment's id.
    pub assignment: i64,
    /// The project's id.
    pub project: i64,
    /// The synset asked about.
    pub synset: SynsetHead,
    /// The candidates, in the order of the screen.
    pub tiles: Vec<Tile>,
    /// When the lease ends (Unix ms); an answer that comes later still counts where it can.
    pub expires_at: i64,
    /// The submission key of the form; a resubmission with the same key is the same submission.
    pub key: String,
}

/// Why there is no batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Idle {
    /// Every synset is settled, paused or on hold.
    AllSettled,
    /// What is open is in other hands just now, or this worker has answered it all.
    NothingForYouNow,
}

/// What comes next for a worker.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "there are never many, and nearly all of them are batches")
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Next {
    /// A batch to answer.
    Batch(Batch),
    /// Nothing now, and why.
    Nothing(Idle),
}

/// A worker's answer to a batch. What is in neither list is a no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Client-made, unique per worker: the same key and body get the same answer again.
    pub key: String,
    /// The assignment answered.
    pub assignment: i64,
    /// Candidates that show the synset.
    pub yes: Vec<i64>,
    /// Candidates the worker can't decide; a candidate in both lists counts as unsure.
    pub unsure: Vec<i64>,
    /// Said explicitly when `yes` and `unsure` are empty.
    pub none_of_these: bool,
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Votes recorded by this submission.
    pub recorded: u32,
    /// The next batch.
    pub next: Next,
}

/// A project that a worker may label in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenProject {
    /// The project's id.
    pub project: i64,
    /// Its name.
    pub name: String,
    /// Synsets that still need answers.
    pub open_synsets: i64,
    /// Votes that this worker has given in it.
    pub my_votes: i64,
}

/// Records a worker's answers to a batch; the answer holds the next batch.
///
/// # Errors
/// Not signed in; an unknown assignment; nothing picked and not said so; the key used with another body.
#[server(prefix = "/api", endpoint = "submit_votes")]
pub async fn submit_votes(
    /// The assignment answered.
    assignment: i64,
    /// The submission key: the same key and body get the same answer again.
    key: String,
    /// Candidates that show the synset.
    #[server(default)]
    yes: Vec<i64>,
    /// Candidates the worker can't decide.
    #[server(default)]
    unsure: Vec<i64>,
    /// Said explicitly when nothing is picked.
    #[server(default)]
    none_of_these: bool,
) -> Result<Receipt, ApiError> {
    use crate::viewer::{answer, backend, require_worker};
    let worker = require_worker()?;
    let submission = Submission { key, assignment, yes, unsure, none_of_these };
    answer(backend()?.labeling.submit(&worker, submission).await)
}
