//! How admins seed synsets and bring in photographs.

use super::ApiError;
use super::ontology::SynsetLine;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What an admin asks to seed: a list, or a subtree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeedRequest {
    /// Wnids, separated by white space or commas.
    pub list: String,
    /// Root of a subtree: a wnid.
    pub root: String,
    /// How many levels below the root; empty: all.
    pub depth: String,
}

/// What seeding would do, before it is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedPreview {
    /// Synsets asked for.
    pub synsets: u32,
    /// Of these, already in the project.
    pub already_seeded: u32,
    /// The first of them, for a look.
    pub first: Vec<SynsetLine>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileState {
    /// Not looked at yet.
    Waiting,
    /// A new candidate.
    Added,
    /// The synset has this very image already.
    Known,
    /// A candidate, but a near duplicate of another: not asked about.
    Duplicate,
    /// Not taken; the reason says why.
    Refused,
}

/// A file of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    /// Its name as it came.
    pub name: String,
    /// What became of it.
    pub state: FileState,
    /// Why it was refused, or what it duplicates.
    pub reason: Option<String>,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportState {
    /// Files are still arriving.
    Receiving,
    /// Waits for its turn.
    Queued,
    /// Being worked on.
    Running,
    /// Every file has been looked at.
    Finished,
    /// It could not be finished; `message` says why.
    Failed,
    /// Stopped by an admin.
    Cancelled,
}

/// An import and its progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// The job's id.
    pub import: i64,
    /// The project's id and name.
    pub project: (i64, String),
    /// The synset: wnid and words.
    pub synset: (String, Vec<String>),
    /// Where it stands.
    pub state: ImportState,
    /// What went wrong with the whole, if anything.
    pub message: Option<String>,
    /// Files in all, and by state: waiting, added, known, duplicate, refused.
    pub counts: ImportCounts,
    /// Files that were not simply added (refused first), after the cursor.
    pub files: Vec<FileLine>,
    /// When it was started (Unix ms).
    pub created_at: i64,
}

/// Files of an import by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    /// All.
    pub files: i64,
    /// Not looked at yet.
    pub waiting: i64,
    /// New candidates.
    pub added: i64,
    /// Known already.
    pub known: i64,
    /// Near duplicates.
    pub duplicate: i64,
    /// Refused.
    pub refused: i64,
}

/// Seeds synsets into a project.
///
/// # Errors
/// Not an admin; an unknown wnid (named); neither list nor root; a depth that is no number.
#[server(prefix = "/api", endpoint = "seed_synsets")]
pub async fn seed_synsets(
    /// Which project.
    project: i64,
    /// Which synsets.
    request: SeedRequest,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_tell, backend, require_admin};
    let admin = require_admin()?;
    let seeded = backend()?.seeding.seed(&admin, project, &request).await;
    let notice = seeded.as_ref().map(|new| format!("{new} synsets were seeded.")).unwrap_or_default();
    answer_and_tell(seeded.map(|_| ()), &notice).await
}

/// Stops an import that is not finished; what went in stays.
///
/// # Errors
/// Not an admin; unknown, or finished.
#[server(prefix = "/api", endpoint = "cancel_import")]
pub async fn cancel_import(
    /// Which import.
    import: i64,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_tell, backend, require_admin};
    let admin = require_admin()?;
    answer_and_tell(backend()?.seeding.cancel_import(&admin, import).await, "The import is stopped.").await
}
