//! Why a command failed, as one sentence on the console.

use crate::boot::BootError;
use crate::config::ConfigError;
use crate::service::Failure;
use crate::service::keeping::KeepingError;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What a command gives.
pub type Done<T> = Result<T, Trouble>;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The parts could not be put together.
    #[error(transparent)]
    Boot(#[from] BootError),
    /// A service.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// A backup, a restoration or a move.
    #[error(transparent)]
    Keeping(#[from] KeepingError),
    /// The runtime did not start.
    #[error("the program could not be started: {0}")]
    Runtime(std::io::Error),
    /// Standard output is closed, or full.
    #[error("the output can't be written: {0}")]
    Output(std::io::Error),
    /// A file of the user's.
    #[error("{file}: {source}", file = file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The address can't be listened on.
    #[error("{address} can't be listened on: {reason}; choose another with --address")]
    Address {
        /// The address.
        address: SocketAddr,
        /// Why.
        reason: String,
    },
    /// Anything else, in words.
    #[error("{0}")]
    Said(String),
}

impl From<store::StoreError> for Trouble {
    fn from(error: store::StoreError) -> Self {
        Self::Failure(error.into())
    }
}
