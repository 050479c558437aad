//! How admins bring in photographs.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

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
