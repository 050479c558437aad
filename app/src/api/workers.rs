//! What managers see of the people who vote, and how they decide whose votes count.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the table of workers is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkerSort {
    /// The name.
    Name,
    /// Votes recorded.
    #[default]
    Votes,
    /// Time for a picture; who has none comes last.
    Pace,
    /// The last page answered.
    Seen,
}

/// Which part of the table is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkersRequest {
    /// The order.
    pub sort: WorkerSort,
    /// Largest first.
    pub descending: bool,
    /// Part of a name; empty for everybody.
    pub search: String,
    /// Where the page before ended; empty for the first.
    pub after: String,
}

/// A share, with the interval that holds the true one in 95 of 100 cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// How many.
    pub hits: i64,
    /// Of how many.
    pub of: i64,
    /// From and to, 0 to 1; none of nothing.
    pub interval: Option<(f64, f64)>,
}

impl Rate {
    /// The share, 0 to 1.
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.hits as f64 / self.of as f64)
    }
}

/// How a worker's yes and no answers compare with what the images are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Right answers.
    pub accuracy: Rate,
    /// Good images that were found.
    pub sensitivity: Rate,
    /// Other images that were turned down.
    pub specificity: Rate,
}

/// What a worker can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VoteAnswer {
    /// It shows the synset.
    Yes,
    /// It does not.
    No,
    /// The worker could not tell.
    Unsure,
}

/// What about a worker's figures deserves a look. It warns; nothing follows from it by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Warning {
    /// Less time for a picture than it takes to see it.
    TooFast {
        /// Milliseconds a picture.
        pace: i64,
        /// Pages that it is the median of.
        pages: i64,
    },
    /// One answer nearly always, where others answer both ways.
    AlwaysTheSame {
        /// The answer.
        answer: VoteAnswer,
        /// How often it was given.
        given: Rate,
        /// How often others give it on the same images.
        others: Rate,
    },
    /// The answers can't be told from guesses, or are worse.
    ChanceLevel {
        /// Good images that were found.
        sensitivity: Rate,
        /// Other images that were turned down.
        specificity: Rate,
        /// What other people find of the same images, and turn down.
        others: (Rate, Rate),
    },
    /// Wrong together with somebody else, more often than chance explains: one copies the other, or both are one person.
    WrongTogether {
        /// The other's account.
        account: i64,
        /// The other's name.
        name: String,
        /// Images that both answered, and at least one of them wrong.
        either: i64,
        /// Those that both got wrong.
        both: i64,
        /// How many those would be if each answered alone.
        expected: f64,
        /// By chance any pair of the project looks like this at most once in so many projects.
        once_in: i64,
    },
}

/// A worker's figures, in a project or in one synset of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Answers that said yes, no, unsure.
    pub answers: (i64, i64, i64),
    /// Against what an expert said.
    pub gold: Quality,
    /// Against settled verdicts that others' votes alone support.
    pub settled: Quality,
    /// With the majority of others.
    pub agreement: Rate,
}

/// A row of the table of workers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkerRow {
    /// The account's id.
    pub account: i64,
    /// Its name.
    pub name: String,
    /// Votes recorded in the project, whether they count or not.
    pub votes: i64,
    /// Pages answered.
    pub pages: i64,
    /// The median time for a picture, in milliseconds.
    pub pace: Option<i64>,
    /// When the last page was answered (Unix ms).
    pub seen_at: i64,
    /// The votes do not count in this project.
    pub excluded: bool,
    /// The figures.
    pub figures: Figures,
    /// What deserves a look.
    pub warnings: Vec<Warning>,
}

/// A page of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkersPage {
    /// The project's id and name.
    pub project: (i64, String),
    /// Workers that match.
    pub total: i64,
    /// Those of this page.
    pub rows: Vec<WorkerRow>,
    /// Where the next page starts, if there is one.
    pub next: Option<String>,
}

/// A worker's figures in a synset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkerSynset {
    /// WordNet id.
    pub wnid: String,
    /// The synonyms.
    pub words: Vec<String>,
    /// The figures.
    pub figures: Figures,
}

/// What an image is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Standing {
    /// Not settled.
    Open,
    /// It shows the synset.
    Positive,
    /// It does not.
    Negative,
    /// An expert must look.
    Escalated,
}

/// A vote with its picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteTile {
    /// The candidate's id.
    pub candidate: i64,
    /// Address of the small picture.
    pub small: String,
    /// Address of the medium picture, for fine screens.
    pub medium: String,
    /// Address of the large picture.
    pub large: String,
    /// WordNet id of the synset asked about.
    pub wnid: String,
    /// Its first word.
    pub word: String,
    /// What the worker said.
    pub answer: VoteAnswer,
    /// When (Unix ms).
    pub voted_at: i64,
    /// What others said: yes, no, unsure.
    pub others: (i64, i64, i64),
    /// What the image is taken for.
    pub standing: Standing,
    /// What an expert said.
    pub expert: Option<bool>,
}

/// A decision about whose votes count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExclusionLine {
    /// The votes did not count from then on; else they did again.
    pub excluded: bool,
    /// The reason, as the worker reads it.
    pub reason: String,
    /// Who decided.
    pub by: Option<String>,
    /// When (Unix ms).
    pub at: i64,
}

/// What a worker's votes count for on a usual synset of the project: shares of a whole vote.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoteWeight {
    /// A yes.
    pub yes: f64,
    /// A no.
    pub no: f64,
    /// Whether they teach confidence tables.
    pub teaches: bool,
}

/// A worker in a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkerPage {
    /// What a vote counts for, where votes are weighed and something is known of the worker.
    pub weight: Option<VoteWeight>,
    /// How many others signed up on the same day from the same network.
    pub came_together: i64,
    /// The project's id and name.
    pub project: (i64, String),
    /// The figures in the project as a whole.
    pub worker: WorkerRow,
    /// Those in each synset, the most votes first; at most 200.
    pub synsets: Vec<WorkerSynset>,
    /// The newest votes.
    pub recent: Vec<VoteTile>,
    /// The newest votes that an expert's word contradicts.
    pub mistakes: Vec<VoteTile>,
    /// Decisions about this worker, the newest first.
    pub history: Vec<ExclusionLine>,
}

/// An image that would be taken for something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedTile {
    /// The candidate's id.
    pub candidate: i64,
    /// Address of the small picture.
    pub small: String,
    /// Address of the medium picture, for fine screens.
    pub medium: String,
    /// The synset's first word.
    pub word: String,
    /// What it is taken for.
    pub from: Standing,
    /// What it would be.
    pub to: Standing,
}

/// What excluding or restoring a worker would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExclusionPreview {
    /// The project's id and name.
    pub project: (i64, String),
    /// The worker's account.
    pub account: i64,
    /// The worker's name.
    pub name: String,
    /// Excluded afterwards, or restored?
    pub excluded: bool,
    /// Votes that would no longer count, or count again.
    pub votes: i64,
    /// Synsets that they are on.
    pub synsets: i64,
    /// Confidence tables that would be built again.
    pub tables: i64,
    /// How many images would be taken for something else, by from and to.
    pub moves: Vec<(Standing, Standing, i64)>,
    /// Some of them.
    pub tiles: Vec<ChangedTile>,
}

impl ExclusionPreview {
    /// Images that would be taken for something else.
    pub fn changes(&self) -> i64 {
        self.moves.iter().map(|(_, _, images)| images).sum()
    }
}

/// What the person who decides has seen in the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenPreview {
    /// Votes of the worker.
    pub votes: i64,
    /// Images that would be taken for something else.
    pub changes: i64,
}

/// Most tiles in a preview.
pub const PREVIEW_TILES: usize = 24;

/// Decides whether a worker's votes count in a project. The form comes from the preview, and says what it showed.
///
/// # Errors
/// Not a manager; no such worker; no reason; the decision stands already; it would change more than the preview said.
#[server(prefix = "/api", endpoint = "decide_exclusion")]
pub async fn decide_exclusion(
    /// The project.
    project: i64,
    /// The worker.
    account: i64,
    /// Excluded from now on, or restored?
    excluded: bool,
    /// Why, for the worker to read.
    #[server(default)]
    reason: String,
    /// See [`SeenPreview`].
    votes: i64,
    /// See [`SeenPreview`].
    changes: i64,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go_telling, backend, require_manager};
    let manager = require_manager()?;
    let seen = SeenPreview { votes, changes };
    let done = backend()?.workers.decide(&manager, project, account, excluded, &reason, seen).await;
    let (to, words) = (format!("/project/{project}/worker/{account}"), notice(excluded));
    answer_and_go_telling(done, &to, words).await
}

#[cfg(feature = "ssr")]
fn notice(excluded: bool) -> &'static str {
    use crate::texts::notices as say;
    let locale = crate::viewer::locale();
    if excluded { say::worker_excluded(locale) } else { say::worker_restored(locale) }
}
