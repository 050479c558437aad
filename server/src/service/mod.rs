//! What the screens and the command line ask for: open a transaction, ask `domain`, save, answer.
pub mod accounts;
pub mod anchors;
pub mod audits;
pub mod cohorts;
pub mod demo;
pub mod exclusions;
pub mod experts;
pub mod export;
pub mod failure;
pub mod forecasting;
pub mod importing;
pub mod judging;
pub mod keeping;
pub mod labeling;
pub mod learning;
pub mod ontology;
pub mod passing;
pub mod passwords;
pub mod pictures;
pub mod preface;
pub mod projects;
pub mod replaying;
pub mod review;
pub mod seeding;
pub mod selection;
pub mod settings;
pub mod tuning;
pub mod verify;
pub mod watching;
pub mod wordnet;
pub mod work;
pub mod workers;
pub mod writing;

pub use failure::{Failure, Outcome};

use crate::world::World;
use app::backend::Backend;
use std::sync::Arc;

/// The services behind the screens.
pub fn backend(world: &World) -> Backend {
    Backend {
        labeling: Arc::new(labeling::LabelingService::new(world.clone())),
        work: Arc::new(work::WorkService::new(world.clone())),
        ontology: Arc::new(ontology::OntologyService::new(world.clone())),
        projects: Arc::new(projects::ProjectsService::new(world.clone())),
        workers: Arc::new(workers::WorkersService::new(world.clone())),
        experts: Arc::new(review::ReviewService::new(world.clone())),
        seeding: Arc::new(seeding::SeedingService::new(world.clone())),
        tuning: Arc::new(tuning::TuningService::new(world.clone())),
        importing: Arc::new(importing::ImportingService::new(world.clone())),
        accounts: Arc::new(accounts::AccountsService::new(world.clone())),
    }
}
