//! What a service says when it can't, and how that reaches a browser or a console.

use app::api::ApiError;
use media::blobs::BlobError;
use store::StoreError;

/// Why a service could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something that the asker can mend; the text says what and how.
    #[error(transparent)]
    Refused(#[from] ApiError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file or folder: which, and what the system said.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The picture files.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// A defect of ours, in words for the log.
    #[error("{0}")]
    Defect(String),
}

/// What a service answers.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// What was sent can't be used.
    pub fn invalid(text: impl Into<String>) -> Self {
        Self::Refused(ApiError::Invalid(text.into()))
    }

    /// No such thing.
    pub fn not_found(text: impl Into<String>) -> Self {
        Self::Refused(ApiError::NotFound(text.into()))
    }

    /// Signed in, without the right.
    pub fn forbidden(text: impl Into<String>) -> Self {
        Self::Refused(ApiError::Forbidden(text.into()))
    }

    /// It contradicts what is recorded.
    pub fn conflict(text: impl Into<String>) -> Self {
        Self::Refused(ApiError::Conflict(text.into()))
    }
}

/// What a browser may know of a failure. What it may not is logged here, once.
impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => error,
            Failure::Store(StoreError::Unavailable(source)) => {
                tracing::warn!(error = %source, "the database can't be reached");
                Self::Unavailable { seconds: 5 }
            }
            Failure::File { path, source } if source.kind() == std::io::ErrorKind::StorageFull => {
                tracing::error!(%path, "the disk is full");
                Self::Unavailable { seconds: 60 }
            }
            Failure::Blobs(error @ (BlobError::Store { .. } | BlobError::Folder { .. })) => {
                tracing::warn!(%error, "the picture files can't be reached");
                Self::Unavailable { seconds: 5 }
            }
            other => {
                tracing::error!(error = %other, detail = ?other, "a service failed");
                Self::Internal
            }
        }
    }
}
