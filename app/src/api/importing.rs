//! How admins bring photographs in. The bytes themselves go by routes of their own: they are streams.

use super::ApiError;
use crate::texts::{Locale, refused_files as refused};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// Bytes of one picture, at most.
pub const MAX_PICTURE_BYTES: u64 = 20_000_000;
/// Bytes of one zip archive, at most.
pub const MAX_ARCHIVE_BYTES: u64 = 1_000_000_000;
/// Bytes of one table of provenance, at most.
pub const MAX_TABLE_BYTES: u64 = 10_000_000;
/// Files of one import, at most.
pub const MAX_FILES: u32 = 20_000;
/// Bytes of all files of one import that come one by one, at most.
pub const MAX_IMPORT_BYTES: u64 = 20_000_000_000;
/// Files that are asked about at once, at most.
pub const MAX_ASKED: usize = 1_000;

/// What a file is, by its name. What it really is, its bytes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A picture, or what calls itself one.
    Picture,
    /// A zip archive.
    Archive,
    /// A table in CSV that says what pictures are proposed for and where they come from.
    Table,
}

impl FileKind {
    /// By the end of the name; whatever is neither archive nor table is looked at as a picture.
    pub fn of(name: &str) -> Self {
        match ending(name).as_str() {
            "zip" => Self::Archive,
            "csv" => Self::Table,
            _ => Self::Picture,
        }
    }

    /// Bytes that such a file may have.
    pub fn max_bytes(self) -> u64 {
        match self {
            Self::Picture => MAX_PICTURE_BYTES,
            Self::Archive => MAX_ARCHIVE_BYTES,
            Self::Table => MAX_TABLE_BYTES,
        }
    }
}

/// Files that operating systems add to folders and nobody means to send.
pub fn is_clutter(path: &str) -> bool {
    path.split('/').any(|part| {
        part.starts_with('.') || part == "__MACOSX" || part == "Thumbs.db" || part == "desktop.ini"
    })
}

/// What can be said against a file before it is sent: its name, its media type as the browser knows it (or nothing), its
/// length in bytes.
pub fn refusal_before_sending(locale: Locale, name: &str, media_type: &str, bytes: u64) -> Option<String> {
    const PICTURES: [&str; 6] = ["jpg", "jpeg", "jfif", "png", "webp", "gif"];
    let kind = FileKind::of(name);
    let looks_right = kind != FileKind::Picture
        || PICTURES.contains(&ending(name).as_str())
        || ["image/jpeg", "image/png", "image/webp", "image/gif"].contains(&media_type);
    if !looks_right {
        return Some(refused::no_picture(locale).to_owned());
    }
    if bytes == 0 {
        return Some(refused::empty(locale).to_owned());
    }
    (bytes > kind.max_bytes()).then(|| too_long(locale, kind.max_bytes()))
}

/// Why a file that is too long is refused.
pub fn too_long(locale: Locale, limit: u64) -> String {
    refused::too_long(locale, (limit / 1_000_000).to_string())
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
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
    /// A table: its lines were read.
    Read,
}

/// Which files an import's page lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFilter {
    /// Those that were not simply added.
    #[default]
    Notable,
    /// Every one.
    All,
    /// Those in a state.
    In(FileState),
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
    /// Waiting for its turn.
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
    /// Tables that were read.
    pub read: i64,
}

/// What files of an import are proposed for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSynset {
    /// The synset.
    pub wnid: String,
    /// Its words.
    pub words: Vec<String>,
    /// Its files.
    pub counts: ImportCounts,
}

/// An import and its progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// The job's id.
    pub import: i64,
    /// The project's id and name.
    pub project: (i64, String),
    /// What files go to that no table names: wnid and words.
    pub synset: Option<(String, Vec<String>)>,
    /// What its files are proposed for so far.
    pub synsets: Vec<ImportSynset>,
    /// Where it stands.
    pub state: ImportState,
    /// What went wrong with the whole, if anything.
    pub message: Option<String>,
    /// Files in all, and by state.
    pub counts: ImportCounts,
    /// Which files are listed.
    pub shown: FileFilter,
    /// They, in their order.
    pub files: Vec<FileLine>,
    /// Where the next page begins.
    pub next: Option<i64>,
    /// Whether it stopped with files that can still be looked at.
    pub can_resume: bool,
    /// When it was started (Unix ms).
    pub created_at: i64,
}

/// What the form of an import shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportForm {
    /// The project's name.
    pub project: String,
    /// The newest imports.
    pub latest: Vec<ImportPage>,
}

/// What tells a file from others: if all is equal, it need not be sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileKey {
    /// Its name, with the folders it was dropped with.
    pub name: String,
    /// Its length.
    pub bytes: i64,
    /// When it was last changed (Unix ms), as the browser says it.
    pub modified: i64,
}

/// A file that the browser did not send, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// Opens an import; its files follow one by one by `PUT /import/{import}/file`. Returns its id.
///
/// # Errors
/// Not an admin; unknown project or synset; provenance that can't be used.
#[server(prefix = "/api", endpoint = "open_import")]
pub async fn open_import(
    /// Which project.
    project: i64,
    /// What files are proposed for that no table names; may be empty.
    #[server(default)]
    wnid: String,
    /// Under which terms.
    #[server(default)]
    licence: String,
    /// The line to print beside the picture.
    #[server(default)]
    attribution: String,
    /// Who made it.
    #[server(default)]
    creator: String,
    /// Where it was found.
    #[server(default)]
    source_url: String,
    /// The search that found them.
    #[server(default)]
    found_by: String,
) -> Result<i64, ApiError> {
    use crate::viewer::{answer, backend, require_admin};
    let admin = require_admin()?;
    let from = crate::backend::Origin { source_url, licence, attribution, creator, found_by };
    answer(backend()?.importing.open(&admin, project, &wnid, &from).await)
}

/// Which of these files have not come yet, by their places in the list.
///
/// # Errors
/// Not an admin; unknown import, or one that takes no more; too many files.
#[server(prefix = "/api", endpoint = "missing_files", input = Json)]
pub async fn missing_files(
    /// Which import.
    import: i64,
    /// The files, at most [`MAX_ASKED`].
    files: Vec<FileKey>,
) -> Result<Vec<u32>, ApiError> {
    use crate::viewer::{answer, backend, require_admin};
    let admin = require_admin()?;
    answer(backend()?.importing.missing(&admin, import, &files).await)
}

/// Notes files that the browser left out, so that the import's list tells of them.
///
/// # Errors
/// Not an admin; unknown import, or one that takes no more; too many files.
#[server(prefix = "/api", endpoint = "leave_out_files", input = Json)]
pub async fn leave_out_files(
    /// Which import.
    import: i64,
    /// The files, at most [`MAX_ASKED`].
    files: Vec<LeftOut>,
) -> Result<(), ApiError> {
    use crate::viewer::{answer, backend, require_admin};
    let admin = require_admin()?;
    answer(backend()?.importing.leave_out(&admin, import, files).await)
}

/// Says that every file has come: the import begins.
///
/// # Errors
/// Not an admin; unknown import, one without a file, or one that has begun.
#[server(prefix = "/api", endpoint = "finish_import")]
pub async fn finish_import(
    /// Which import.
    import: i64,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, backend, require_admin};
    let admin = require_admin()?;
    answer_and_go(
        backend()?.importing.finish(&admin, import).await,
        &format!("/import/{import}"),
        "/projects",
    )
}

/// Stops an import that is not finished; what went in stays.
///
/// # Errors
/// Not an admin; unknown, or over.
#[server(prefix = "/api", endpoint = "cancel_import")]
pub async fn cancel_import(
    /// Which import.
    import: i64,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    answer_and_tell(backend()?.importing.cancel(&admin, import).await, say::import_stopped(locale())).await
}

/// Goes on with an import that failed or was stopped, with the files that still wait.
///
/// # Errors
/// Not an admin; unknown; not stopped; nothing waits.
#[server(prefix = "/api", endpoint = "resume_import")]
pub async fn resume_import(
    /// Which import.
    import: i64,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    answer_and_tell(backend()?.importing.resume(&admin, import).await, say::import_goes_on(locale())).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_not_be_taken_is_named_before_it_is_sent() {
        let refusal =
            |name, kind, bytes| refusal_before_sending(Locale::En, name, kind, bytes).unwrap_or_default();
        assert_eq!(refusal("dogs/1.JPG", "", 5), "");
        assert_eq!(refusal("no ending", "image/png", 5), "");
        assert_eq!(refusal("photos.zip", "application/zip", 900_000_000), "");
        assert!(refusal("notes.txt", "text/plain", 5).contains("is no picture"));
        assert!(refusal("1.jpg", "image/jpeg", 0).contains("is empty"));
        assert!(refusal("1.jpg", "image/jpeg", 20_000_001).contains("more than 20 MB"));
        assert!(refusal("a.zip", "", 1_000_000_001).contains("more than 1000 MB"));
        assert!(refusal("a.csv", "", 10_000_001).contains("more than 10 MB"));
    }

    #[test]
    fn what_a_system_adds_to_folders_is_passed_over() {
        assert!(is_clutter("dogs/.DS_Store") && is_clutter("__MACOSX/1.jpg") && is_clutter("a/Thumbs.db"));
        assert!(!is_clutter("dogs/1.jpg"));
    }
}
