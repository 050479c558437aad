//! Keeping what people have done: a backup of everything, its restoration, and the move to another database.
//!
//! All three read tables through one [`store::keeping::Snapshot`] in the order of their keys, and write them down or into another
//! database page by page. What is compared is the number of a table's rows and the SHA-256 of their lines, which are equal on both
//! engines. Memory does not grow with the number of rows or pictures.

mod backup;
mod error;
mod filling;
mod folder;
mod manifest;
mod moving;
mod pictures;
mod restore;
mod sums;

pub use backup::{Backup, backup};
pub use error::KeepingError;
pub use manifest::{Manifest, PictureSums, TableSum};
pub use moving::{Move, Moved, move_database};
pub use restore::{Restore, Restored, restore};

/// What this module's functions give.
pub type Kept<T> = Result<T, KeepingError>;

/// How far a command has come with one of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// What is done, like `writing vote`.
    pub doing: &'a str,
    /// So many rows or pictures of it.
    pub done: u64,
    /// Out of so many.
    pub total: u64,
}

/// Who wants to know how far a command has come.
pub type Watcher<'a> = &'a mut (dyn FnMut(Progress<'_>) + Send);
