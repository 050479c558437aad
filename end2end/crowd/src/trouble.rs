//! Why the simulation could not be carried through. (A broken invariant is no trouble, but a finding.)

use reqwest::StatusCode;
use std::path::PathBuf;

/// Something is not as the simulation needs it.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The server could not be talked to.
    #[error("{what}: {source}")]
    Http {
        /// Method and path.
        what: String,
        /// What the client said.
        source: reqwest::Error,
    },
    /// The server answered something else than expected.
    #[error("{what}: expected {expected}, got {status}: {body}")]
    Answer {
        /// Method and path.
        what: String,
        /// What would have been right.
        expected: &'static str,
        /// The status.
        status: StatusCode,
        /// The start of the body.
        body: String,
    },
    /// A page lacks what it must have.
    #[error("the page {path} {lacks}")]
    Page {
        /// Its path.
        path: String,
        /// What it lacks.
        lacks: String,
    },
    /// A file can't be written.
    #[error("{path} can't be written: {source}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Pictures could not be made.
    #[error("the pictures could not be made: {0}")]
    Pictures(String),
    /// The command line asks for what can't be.
    #[error("{0}")]
    Options(String),
}
