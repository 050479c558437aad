//! Brings photographs in: from uploads by way of a job, and from folders and CSV files on the command line.
//!
//! Each chunk of files is one transaction: images, candidates, near duplicates and the initial sample change together.

mod candidates;
mod console;
mod provenance;
mod run;
mod upload;

pub use candidates::{mark_near_duplicates, picture_outcome};
pub use console::{Progress, Report, import_csv, import_folder};
pub use provenance::Provenance;
pub use run::{discard_waiting, run_import};
pub use upload::{Upload, failed};

/// Files that are worked on in one transaction.
const CHUNK: usize = 32;
