//! All SQL, for SQLite and PostgreSQL, one text per query.
//!
//! Reads are methods of [`Store`]; writes are methods of [`Tx`], so that nothing is written outside a transaction. The
//! few single-statement writes on [`Store`] (sessions, readiness) say so. All times are Unix milliseconds
//! (UTC), all of them arguments. Every method fails with [`StoreError`].

#[macro_use]
mod macros;
#[macro_use]
mod text;
#[macro_use]
mod packed;
#[macro_use]
pub mod candidates;

mod checkpoints;
mod connect;
mod db;
mod dialect;
mod error;
mod migrate;
mod rows;
mod tx;

pub mod ontology;

pub mod accounts;
pub mod audits;
pub mod sessions;

pub mod duplicates;
pub mod projects;

pub mod labeling;
pub mod learning;
pub mod related;
pub mod sources;
pub mod verify;
pub mod work;

pub mod people;
pub mod review;

pub mod jobs;
pub mod keeping;
pub mod presence;

pub use db::{Store, StoreOptions};
pub use error::StoreError;
pub use migrate::known_versions;
pub use text::Ids;
pub use tx::Tx;
