//! A worker's own side: what comes before the first batch, and what came of the work.

use super::ApiError;
use super::labeling::{SynsetHead, Tile};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What an admin sets about the beginning of work in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The project's id.
    pub project: i64,
    /// Its name.
    pub name: String,
    /// The terms in force; empty when no consent is asked for.
    pub terms: String,
    /// Which wording that is, from 1; 0 when there never was one.
    pub version: i64,
    /// When it was written (Unix ms).
    pub written_at: Option<i64>,
    /// How many people have agreed to it.
    pub consents: i64,
    /// Whether workers are asked which definition is meant.
    pub definition_questions: bool,
}

/// A page of practice that was answered: what was right, picture by picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeFeedback {
    /// The project's id.
    pub project: i64,
    /// The synset asked about.
    pub synset: SynsetHead,
    /// The pictures, in the order of the page.
    pub pictures: Vec<PracticePicture>,
    /// Whether so many right answers pass.
    pub passed: bool,
    /// Whether another page of practice follows.
    pub again: bool,
}

/// A picture of a page of practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticePicture {
    /// The picture.
    pub tile: Tile,
    /// An expert says that it shows the synset.
    pub shows: bool,
    /// The worker said so.
    pub picked: bool,
}

/// What a worker has done, and how well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyWork {
    /// The last [`DAYS`] days in UTC, today last.
    pub days: Vec<DayLine>,
    /// Days in a row with votes.
    pub streak: u32,
    /// Votes in all.
    pub votes: i64,
    /// The longest that one page counts for, in minutes.
    pub page_cap_minutes: i64,
    /// Projects with votes of this worker, with open questions, or in which the worker was stopped.
    pub projects: Vec<ProjectWork>,
}

/// Days on a worker's own page.
pub const DAYS: i64 = 14;

/// One day's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayLine {
    /// Its midnight (Unix ms, UTC).
    pub begins_at: i64,
    /// Votes recorded.
    pub votes: i64,
    /// Pages answered.
    pub pages: i64,
    /// Milliseconds spent on them.
    pub spent: i64,
}

/// A worker's record in one project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectWork {
    /// The project's id.
    pub project: i64,
    /// Its name.
    pub name: String,
    /// Votes recorded.
    pub votes: i64,
    /// Answers that say what an expert says, on images that one has looked at.
    pub gold: Hits,
    /// Answers that say what the settled verdict says, on other images.
    pub settled: Hits,
    /// Synsets with open questions.
    pub open_synsets: i64,
    /// A page was handed out and waits for an answer.
    pub page_waits: bool,
    /// Why this worker's answers don't count any more, and since when (Unix ms).
    pub stopped: Option<(String, i64)>,
    /// How far the worker has come with synsets, the newest first.
    pub synsets: Vec<SynsetWork>,
}

/// How many of how many, with the interval that the true share lies in with 95 % confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hits {
    /// How many.
    pub hits: i64,
    /// Of how many.
    pub of: i64,
    /// From and to, 0 to 1; none of nothing.
    pub interval: Option<(f64, f64)>,
}

/// How far a worker has come with a synset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynsetWork {
    /// WordNet id.
    pub wnid: String,
    /// Its words.
    pub words: Vec<String>,
    /// Whether the definition question is answered rightly; none where it was not asked.
    pub definition: Option<bool>,
    /// Wrong answers to it.
    pub mistakes: i64,
    /// Known pictures answered rightly, and all that were shown; none without practice.
    pub practice: Option<(i64, i64)>,
    /// Whether the worker gets batches of it.
    pub admitted: bool,
}

/// Agrees to a project's terms, and goes on to its labeling page.
///
/// # Errors
/// Not signed in; an unknown project; the terms have another wording by now.
#[server(prefix = "/api", endpoint = "agree_to_terms")]
pub async fn agree_to_terms(
    /// The project.
    project: i64,
    /// The wording that was read.
    version: i64,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, backend, require_worker};
    let worker = require_worker()?;
    let agreed = backend()?.work.agree(&worker, project, version).await;
    answer_and_go(agreed, &format!("/label/{project}"), "/")
}

/// Answers which definition of a synset is meant, and goes on to the labeling page: to the next thing, or to the same question in
/// another order.
///
/// # Errors
/// Not signed in; unknown project or synset; nothing chosen.
#[server(prefix = "/api", endpoint = "answer_definition")]
pub async fn answer_definition(
    /// The project.
    project: i64,
    /// The synset.
    wnid: String,
    /// Wrong answers before the question was shown: they decide on its order.
    tries: i64,
    /// The place of the chosen definition, from 0.
    choice: Option<u32>,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, backend, require_worker};
    let worker = require_worker()?;
    let answered = backend()?.work.answer_definition(&worker, project, &wnid, tries, choice).await;
    answer_and_go(answered, &format!("/label/{project}"), "/")
}

/// Answers a page of practice, and goes on to what was right.
///
/// # Errors
/// Not signed in; unknown project or synset; the pictures are not those of the page.
#[server(prefix = "/api", endpoint = "answer_practice")]
pub async fn answer_practice(
    /// The project.
    project: i64,
    /// The synset.
    wnid: String,
    /// The pictures of the page.
    #[server(default)]
    shown: Vec<i64>,
    /// Those that show it.
    #[server(default)]
    yes: Vec<i64>,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, backend, require_worker};
    let worker = require_worker()?;
    let answered = backend()?.work.answer_practice(&worker, project, &wnid, shown, yes).await;
    answer_and_go(answered, &format!("/label/{project}/practice/{wnid}"), "/")
}

/// Changes what comes before the first batch of a project.
///
/// # Errors
/// Not an admin; an unknown project; a text that is too long or not printed.
#[server(prefix = "/api", endpoint = "change_entry")]
pub async fn change_entry(
    /// The project.
    project: i64,
    /// The terms; empty: no consent is asked for.
    #[server(default)]
    terms: String,
    /// Ask workers which definition is meant?
    #[server(default)]
    definition_questions: bool,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    let changed = backend()?.work.change_entry(&admin, project, &terms, definition_questions).await;
    let notice = match &changed {
        Ok(true) => say::terms_saved(locale()),
        _ => say::entry_saved(locale()),
    };
    answer_and_tell(changed.map(|_| ()), notice).await
}
