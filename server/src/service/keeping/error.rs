//! Why something could not be kept, restored or moved: each is one sentence that says what to do.

use media::BlobError;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use store::StoreError;

/// Why a backup, a restoration or a move was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum KeepingError {
    /// A database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// One of two databases can't be used.
    #[error("{which}: {source}")]
    Which {
        /// The source, or the target.
        which: &'static str,
        /// Why.
        source: StoreError,
    },
    /// The folder of a database to be made is not there.
    #[error("there is no folder {folder} to make the target database in", folder = folder.display())]
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// The picture files.
    #[error(transparent)]
    Pictures(#[from] BlobError),
    /// The disk is full.
    #[error("the disk is full: {file} can't be written; make room and run the command again", file = file.display())]
    Full {
        /// What did not fit.
        file: PathBuf,
    },
    /// Another trouble with a file.
    #[error("{file}: {source}", file = file.display())]
    File {
        /// The file or folder.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A backup would overwrite something.
    #[error("{folder} is there already: name a folder that is not there yet", folder = folder.display())]
    There {
        /// The folder.
        folder: PathBuf,
    },
    /// Two backups under one name at once.
    #[error("another backup is being written to {folder}: wait for its end, or name another folder", folder = folder.display())]
    Busy {
        /// The folder of the unfinished one.
        folder: PathBuf,
    },
    /// A backup that was stopped.
    #[error(
        "{folder} is a backup that was not finished: it can't be restored; take a whole one, whose name does not end in .partial",
        folder = folder.display()
    )]
    Unfinished {
        /// The folder.
        folder: PathBuf,
    },
    /// No backup at all.
    #[error("there is no backup in {folder}: a backup is a folder with a manifest.json", folder = folder.display())]
    NoBackup {
        /// The folder.
        folder: PathBuf,
    },
    /// A backup is not as it was written.
    #[error("the backup is damaged: {0}; nothing can be restored from it")]
    Damaged(String),
    /// A backup of a later format.
    #[error("the backup has format {found}, this program knows {known}: install the newer release")]
    NewerFormat {
        /// Of the backup.
        found: u32,
        /// Of the program.
        known: u32,
    },
    /// A target that is in use already.
    #[error("{what}: only an empty one is filled; name another, or empty it first")]
    NotEmpty {
        /// What there is, and where.
        what: String,
    },
    /// A target that is being filled with something else.
    #[error(
        "the target holds part of something else ({found}), and this is {wanted}: empty the target and begin again"
    )]
    OtherSource {
        /// What it is being filled with.
        found: String,
        /// What it would be filled with now.
        wanted: String,
    },
    /// Two databases that differ in their tables.
    #[error("the databases differ in their tables ({0}): both must be of one release")]
    Schemas(String),
    /// A source of an older release.
    #[error(
        "{what} has schema version {found}, this program has {known}: start `synvote serve` of this release on it once, which brings it there"
    )]
    OlderSchema {
        /// Which database.
        what: &'static str,
        /// Its version.
        found: i64,
        /// The program's.
        known: i64,
    },
    /// One and the same database.
    #[error("--from and --to are the same database")]
    Same,
    /// The source is itself not whole.
    #[error("the database is not whole: {0} was stopped; run it again to its end first")]
    NotWhole(String),
    /// The copy is not equal to what it was copied from.
    #[error("the copy differs from what it was made of: {0}; empty the target and begin again")]
    Differs(String),
}

impl KeepingError {
    /// Says which of two databases it was.
    pub fn of(which: &'static str) -> impl Fn(StoreError) -> Self {
        move |source| Self::Which { which, source }
    }

    /// A trouble with a file, told apart by what can be done about it.
    pub fn file(file: &Path, source: std::io::Error) -> Self {
        let file = file.to_owned();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full { file },
            _ => Self::File { file, source },
        }
    }
}
