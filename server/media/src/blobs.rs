//! Where image bytes rest: one file per kind and digest, whole or not there, safe on disk before anyone is told so.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};

use crate::sha256::Sha256;

/// What is kept of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlobKind {
    /// The file as it came. Never served to a browser.
    Original,
    /// The tile.
    Small,
    /// The tile for fine screens.
    Medium,
    /// The zoomed-in view.
    Large,
}

impl BlobKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Original, Self::Small, Self::Medium, Self::Large];

    /// Reads what `Display` wrote; `None` for every other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.to_string() == text)
    }
}

impl fmt::Display for BlobKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Original => "original",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        })
    }
}

/// What went wrong with the blob store.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The folder cannot be made or opened.
    #[error("the blob folder {folder:?} cannot be used: {reason}")]
    Folder {
        /// The folder as configured.
        folder: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// There is no such blob.
    #[error("there is no {kind} of image {sha256} in the blob store")]
    Missing {
        /// What was looked for.
        kind: BlobKind,
        /// Of which image.
        sha256: Sha256,
    },
    /// The store failed; trying again may help.
    #[error("the blob store failed on the {kind} of image {sha256}")]
    Store {
        /// What was read or written.
        kind: BlobKind,
        /// Of which image.
        sha256: Sha256,
        /// The store's own words.
        source: object_store::Error,
    },
}

/// The blob store: `<kind>/<first two digits>/<next two>/<digest>`, where the digest is always the original's.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

impl Blobs {
    /// Opens a folder, making it if it is not there.
    ///
    /// A write there goes to a temporary name, is synced, renamed, and the folders synced before it is acknowledged.
    ///
    /// # Errors
    /// [`BlobError::Folder`] if it cannot be made or is no folder.
    pub fn in_folder(folder: &Path) -> Result<Self, BlobError> {
        let refuse = |reason: String| BlobError::Folder { folder: folder.to_owned(), reason };
        std::fs::create_dir_all(folder).map_err(|error| refuse(error.to_string()))?;
        let files = LocalFileSystem::new_with_prefix(folder).map_err(|error| refuse(error.to_string()))?;
        Ok(Self::new(Arc::new(files.with_fsync(true))))
    }

    /// Any other store, which must acknowledge a write only when it is durable.
    #[must_use]
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self { store }
    }

    /// Stores a blob; doing it again is harmless and leaves the bytes of the last call.
    ///
    /// # Errors
    /// [`BlobError::Store`]; the blob is then as it was before, or whole.
    pub async fn put(&self, kind: BlobKind, sha256: &Sha256, bytes: Bytes) -> Result<(), BlobError> {
        let put = self.store.put(&key(kind, sha256), bytes.into()).await;
        put.map(|_| ()).map_err(|source| BlobError::Store { kind, sha256: *sha256, source })
    }

    /// Reads a blob.
    ///
    /// # Errors
    /// [`BlobError::Missing`] or [`BlobError::Store`].
    pub async fn get(&self, kind: BlobKind, sha256: &Sha256) -> Result<Bytes, BlobError> {
        let refuse = |error| failure(kind, sha256, error);
        let found = self.store.get(&key(kind, sha256)).await.map_err(refuse)?;
        found.bytes().await.map_err(refuse)
    }

    /// Whether a blob is there.
    ///
    /// # Errors
    /// [`BlobError::Store`].
    pub async fn exists(&self, kind: BlobKind, sha256: &Sha256) -> Result<bool, BlobError> {
        match self.store.head(&key(kind, sha256)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(source) => Err(BlobError::Store { kind, sha256: *sha256, source }),
        }
    }
}

/// Where a blob lies in a folder that [`Blobs::in_folder`] opened, or in a copy of it.
#[must_use]
pub fn file_in(folder: &Path, kind: BlobKind, sha256: &Sha256) -> PathBuf {
    folder.join(key(kind, sha256).as_ref())
}

/// Built of two enums and hex digits only: no text from outside reaches a path.
fn key(kind: BlobKind, sha256: &Sha256) -> Key {
    let digest = sha256.to_string();
    let part = |range| digest.get(range).unwrap_or_default();
    Key::from_iter([kind.to_string().as_str(), part(0..2), part(2..4), digest.as_str()])
}

fn failure(kind: BlobKind, sha256: &Sha256, error: object_store::Error) -> BlobError {
    match error {
        object_store::Error::NotFound { .. } => BlobError::Missing { kind, sha256: *sha256 },
        source => BlobError::Store { kind, sha256: *sha256, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap().block_on(future)
    }

    fn files_under(folder: &Path) -> Vec<String> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                names.extend(files_under(&entry.path()));
            } else {
                names.push(entry.path().display().to_string());
            }
        }
        names
    }

    #[test]
    fn what_is_put_is_got_back_also_by_a_store_opened_later() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("not").join("there yet");
        let sha256 = Sha256::of(b"cat");
        block_on(async {
            let blobs = Blobs::in_folder(&path).unwrap();
            assert!(!blobs.exists(BlobKind::Small, &sha256).await.unwrap());
            blobs.put(BlobKind::Small, &sha256, Bytes::from_static(b"tile")).await.unwrap();
            assert!(blobs.exists(BlobKind::Small, &sha256).await.unwrap());
            assert!(!blobs.exists(BlobKind::Large, &sha256).await.unwrap());
            let later = Blobs::in_folder(&path).unwrap();
            assert_eq!(later.get(BlobKind::Small, &sha256).await.unwrap(), "tile");
        });
    }

    #[test]
    fn a_blob_lies_under_its_kind_and_digest_and_putting_it_again_leaves_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let sha256 = Sha256::of(b"");
        block_on(async {
            let blobs = Blobs::in_folder(folder.path()).unwrap();
            for bytes in ["first", "second"] {
                blobs.put(BlobKind::Original, &sha256, Bytes::from(bytes)).await.unwrap();
            }
            assert_eq!(blobs.get(BlobKind::Original, &sha256).await.unwrap(), "second");
        });
        let expected = folder.path().join("original/e3/b0").join(sha256.to_string());
        assert_eq!(files_under(folder.path()), [expected.display().to_string()]);
        assert_eq!(file_in(folder.path(), BlobKind::Original, &sha256), expected);
    }

    #[test]
    fn a_missing_blob_is_said_to_be_missing_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::in_folder(folder.path()).unwrap();
        let error = block_on(blobs.get(BlobKind::Large, &Sha256::of(b""))).unwrap_err();
        assert!(error.to_string().starts_with("there is no large of image e3b0c442"), "{error}");
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = Blobs::in_folder(file.path()).unwrap_err();
        assert!(matches!(error, BlobError::Folder { .. }), "{error:?}");
    }
}
