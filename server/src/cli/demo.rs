//! `synvote demo`: everything that is needed to try the program, in one step.

use super::images::progress;
use super::trouble::Done;
use super::{say, wordnet};
use crate::service::demo;
use crate::world::World;
use clap::Args;
use std::path::PathBuf;

/// What the demonstration is made of.
#[derive(Debug, Args)]
pub struct Demo {
    /// Folder that holds WordNet's data.noun
    #[arg(long, value_name = "FOLDER")]
    wordnet: PathBuf,
    /// Folder that holds the photographs
    #[arg(long, value_name = "FOLDER")]
    photographs: PathBuf,
    /// CSV file that says which photograph is proposed for which synset
    #[arg(long, value_name = "FILE")]
    table: PathBuf,
}

impl Demo {
    /// Sets the demonstration up, step by step.
    ///
    /// # Errors
    /// A file can't be read or used; the database.
    pub async fn run(self, world: &World) -> Done<()> {
        say("The database is up to date.")?;
        wordnet::import(world, &self.wordnet).await?;
        let seeded = demo::seed(world, &self.photographs, &self.table, &mut progress()).await?;
        for (name, reason) in &seeded.refused {
            say(&format!("refused {name}: {reason}"))?;
        }
        let demo::Seeded { project, synsets, added, known, refused } = seeded;
        let refused = refused.len();
        say(&format!(
            "Demonstration project {project}: {synsets} synsets; {added} photographs added now, {known} known already, {refused} refused."
        ))
    }
}
