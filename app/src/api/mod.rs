//! What crosses the wire: one file per actor, each with its wire types and its server functions.
pub mod accounts;
pub mod audits;
pub mod duplicates;
pub mod error;
pub mod forecasting;
pub mod importing;
pub mod labeling;
pub mod ontology;
pub mod projects;
pub mod replaying;
pub mod review;
pub mod selection;
pub mod serving;
pub mod settings;
pub mod tuning;
pub mod watching;
pub mod work;
pub mod workers;

pub use error::ApiError;
