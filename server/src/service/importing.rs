//! Brings photographs in: from uploads by way of a job, and from folders and CSV files on the command line.
//!
//! Each chunk of files is one transaction: images, candidates, near duplicates and the initial sample change together.

mod candidates;
mod console;
mod pages;
mod provenance;
mod refused;
mod reviewing;
mod run;
mod staging;
mod table;
mod tidying;
mod upload;

pub use candidates::{mark_near_duplicates, picture_outcome};
pub use console::{Progress, Report, import_csv, import_folder};
pub use pages::ImportingService;
pub use provenance::Provenance;
pub use refused::refused_page;
pub use run::run_import;
pub use tidying::{sweep, tidy};
pub use upload::{Arrival, Arrived, Upload, failed};

/// Files that are worked on in one transaction.
const CHUNK: usize = 32;
