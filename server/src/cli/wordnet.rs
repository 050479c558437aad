//! `synvote wordnet import`: the hierarchy from WordNet's own files.

use super::say;
use super::trouble::Done;
use crate::service::wordnet;
use crate::world::World;
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// Commands about WordNet.
#[derive(Debug, Subcommand)]
pub enum Wordnet {
    /// Import the nouns of WordNet 3.0. Doing it again changes nothing
    Import {
        /// Folder that holds data.noun, as /usr/share/wordnet
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

impl Wordnet {
    /// Runs the command.
    ///
    /// # Errors
    /// It is not WordNet 3.0; the database.
    pub async fn run(self, world: &World) -> Done<()> {
        let Self::Import { folder } = self;
        import(world, &folder).await
    }
}

/// Imports, and says what came of it.
///
/// # Errors
/// It is not WordNet 3.0; the database.
pub async fn import(world: &World, folder: &Path) -> Done<()> {
    let imported = wordnet::import(world, folder).await?;
    let new = if imported.unchanged { " (there already)" } else { "" };
    say(&format!("WordNet 3.0: {} synsets, {} is-a edges{new}.", imported.synsets, imported.edges))
}
