//! What a worker's screen and the server say to each other.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One candidate on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// The candidate's id.
    pub candidate: i64,
    /// Address of the small picture (longer side 192 px).
    pub small: String,
    /// Address of the middle picture (longer side 384 px), for dense screens.
    pub medium: String,
    /// Address of the large picture (longer side 1024 px).
    pub large: String,
}

/// A synset on the way from the root of WordNet down to the one asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathStep {
    /// WordNet id.
    pub wnid: String,
    /// Its first word.
    pub word: String,
}

/// A synset that is easily taken for the one asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sibling {
    /// The synonyms, in one line.
    pub words: String,
    /// What it is.
    pub definition: String,
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
    /// The ancestors, root first, along the first path.
    pub path: Vec<PathStep>,
    /// Other children of its hypernyms, at most [`SIBLINGS`]: "not this".
    pub siblings: Vec<Sibling>,
    /// Addresses of small pictures that show it, by an expert's word or a settled verdict; at most [`EXAMPLES`].
    pub shown_by: Vec<String>,
    /// The same for pictures that do not show it.
    pub not_shown_by: Vec<String>,
}

/// Most siblings in a [`SynsetHead`].
pub const SIBLINGS: usize = 6;
/// Most example pictures of a kind in a [`SynsetHead`].
pub const EXAMPLES: usize = 4;

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

/// What a worker must read or answer before the first batch of a project or synset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preface {
    /// The project's terms, to be agreed to.
    Terms(Terms),
    /// Which of these definitions is meant?
    Definition(DefinitionQuestion),
    /// A page of known answers, with feedback.
    Practice(Practice),
}

/// A project's terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The project's id.
    pub project: i64,
    /// Its name.
    pub name: String,
    /// Which version of the text; agreeing to an older one does not count.
    pub version: i64,
    /// The text, plain.
    pub text: String,
}

/// The definition of a synset among those of its siblings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionQuestion {
    /// The project's id.
    pub project: i64,
    /// WordNet id of the synset.
    pub wnid: String,
    /// Its synonyms.
    pub words: Vec<String>,
    /// Definitions, one of them its own, in an order that is the same each time for this worker and this try.
    pub choices: Vec<String>,
    /// Wrong answers so far.
    pub tries: i64,
    /// After a wrong answer: what was chosen, and what is right.
    pub mistake: Option<DefinitionMistake>,
}

/// Why an answer to a definition question was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionMistake {
    /// The words whose definition was chosen, in one line.
    pub chosen: String,
    /// What the synset means.
    pub definition: String,
}

/// A short page of pictures whose answers are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// The project's id.
    pub project: i64,
    /// The synset asked about.
    pub synset: SynsetHead,
    /// The pictures.
    pub tiles: Vec<Tile>,
    /// Which page of practice this is, from 1.
    pub round: i64,
}

/// Why there is no batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Idle {
    /// Every synset is settled, paused or on hold.
    AllSettled,
    /// The project has as many votes as it may have.
    EnoughVotes,
    /// What is open is in other hands just now, or this worker has answered it all.
    NothingForYouNow,
}

/// What comes next for a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Next {
    /// A batch to answer.
    Batch(Batch),
    /// Nothing now, and why.
    Nothing(Idle),
    /// Something comes first. A page shows it; the board opens that page.
    Preface(Preface),
    /// The worker was stopped in this project; the reason is for the worker to read.
    Stopped(String),
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
    /// Candidates whose picture can't be seen; no vote, whatever else is said of them.
    pub broken: Vec<i64>,
    /// Candidates that nobody should have to look at; no vote, whatever else is said of them.
    pub offensive: Vec<i64>,
    /// Said explicitly when nothing else is.
    pub none_of_these: bool,
}

/// The page that a worker submitted last, which can still be changed, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBatch {
    /// The page. Its key is the one for the next correction.
    pub batch: Batch,
    /// What was answered.
    pub given: Given,
}

/// The answers to a page; what is in no list is a no.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// See [`Submission::yes`].
    pub yes: Vec<i64>,
    /// See [`Submission::unsure`].
    pub unsure: Vec<i64>,
    /// See [`Submission::broken`].
    pub broken: Vec<i64>,
    /// See [`Submission::offensive`].
    pub offensive: Vec<i64>,
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Votes recorded by this submission.
    pub recorded: u32,
    /// The next batch.
    pub next: Next,
}

/// What became of a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The project's id.
    pub project: i64,
    /// Pictures whose answer is another one now.
    pub changed: u32,
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
    /// Candidates whose picture can't be seen.
    #[server(default)]
    broken: Vec<i64>,
    /// Candidates that nobody should have to look at.
    #[server(default)]
    offensive: Vec<i64>,
    /// Said explicitly when nothing is picked.
    #[server(default)]
    none_of_these: bool,
) -> Result<Receipt, ApiError> {
    use crate::viewer::{answer, backend, require_worker, screen};
    let worker = require_worker()?;
    let submission = Submission { key, assignment, yes, unsure, broken, offensive, none_of_these };
    answer(backend()?.labeling.submit(&worker, submission, screen()).await)
}

/// Changes the answers to the page that was submitted last; returns how many pictures changed. A form that is posted without
/// script goes on with the labeling page.
///
/// # Errors
/// Not signed in; another page was submitted since; the same refusals as [`submit_votes`].
#[server(prefix = "/api", endpoint = "correct_votes")]
pub async fn correct_votes(
    /// The assignment that was submitted last.
    assignment: i64,
    /// The key of the correction.
    key: String,
    /// See [`submit_votes`].
    #[server(default)]
    yes: Vec<i64>,
    /// See [`submit_votes`].
    #[server(default)]
    unsure: Vec<i64>,
    /// See [`submit_votes`].
    #[server(default)]
    broken: Vec<i64>,
    /// See [`submit_votes`].
    #[server(default)]
    offensive: Vec<i64>,
    /// See [`submit_votes`].
    #[server(default)]
    none_of_these: bool,
) -> Result<Corrected, ApiError> {
    use crate::viewer::{answer, backend, go_where_html_is_taken, require_worker};
    let worker = require_worker()?;
    let submission = Submission { key, assignment, yes, unsure, broken, offensive, none_of_these };
    let corrected = backend()?.labeling.correct(&worker, submission).await;
    if let Ok(corrected) = &corrected {
        go_where_html_is_taken(&format!("/label/{}", corrected.project));
    }
    answer(corrected)
}

/// The batch after the one on the screen, so that it is there when it is wanted. Asked twice, it is the same one.
///
/// # Errors
/// Not signed in; `assignment` is not this worker's, or is answered.
#[server(prefix = "/api", endpoint = "prefetch_batch")]
pub async fn prefetch_batch(
    /// The assignment on the screen.
    assignment: i64,
) -> Result<Next, ApiError> {
    use crate::viewer::{answer, backend, require_worker, screen};
    let worker = require_worker()?;
    answer(backend()?.labeling.prefetch(&worker, assignment, screen()).await)
}
