//! What can go wrong while the site is built, and on which file.

use std::path::{Path, PathBuf};

/// A failure that ends the build.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Reading or writing failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Started by hand.
    #[error("start me with `cargo run -p site`: cargo tells me where the workspace is")]
    NotRunByCargo,
    /// Cargo has said why.
    #[error(
        "cargo could not build `frontend` with profile {profile} (is the wasm32-unknown-unknown target there? see `make help`)"
    )]
    Cargo {
        /// The profile asked for.
        profile: String,
    },
    /// Cargo succeeded, and named no wasm file.
    #[error("cargo built `frontend` and named no .wasm file: its crate-type must be cdylib")]
    NoWasm,
    /// wasm-bindgen refused the module.
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),
    /// The manifest could not be written as JSON.
    #[error("manifest.json: {0}")]
    Manifest(#[from] serde_json::Error),
}

/// Adds the path to an I/O error, which does not carry it.
pub trait Io<T> {
    /// The same result, whose error says on which `path`.
    fn at(self, path: &Path) -> Result<T, Error>;
}

impl<T> Io<T> for std::io::Result<T> {
    fn at(self, path: &Path) -> Result<T, Error> {
        self.map_err(|source| Error::Io { path: path.to_owned(), source })
    }
}
