//! Imports WordNet 3.0 from its own files.

use super::{Failure, Outcome};
use crate::world::World;
use domain::ontology::{Node, Ontology};
use domain::wordnet::{Synset, check_version, parse_nouns};
use std::path::Path;

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Noun synsets.
    pub synsets: u64,
    /// `@` and `@i` edges between them.
    pub edges: u64,
    /// The database had them already.
    pub unchanged: bool,
}

/// Imports `data.noun` of a folder; all of it or nothing.
///
/// # Errors
/// The file can't be read; a line is malformed (named); it is not WordNet 3.0; the database.
pub async fn import(world: &World, folder: &Path) -> Outcome<Imported> {
    let path = folder.join("data.noun");
    let name = path.display().to_string();
    let text = tokio::fs::read_to_string(&path)
        .await
        .map_err(|source| Failure::File { path: name.clone(), source })?;
    let synsets = parse_nouns(&text, &name).map_err(|error| Failure::invalid(error.to_string()))?;
    check_version(&synsets).map_err(|error| Failure::invalid(error.to_string()))?;
    let edges =
        synsets.iter().map(|synset| synset.hypernyms.len() + synset.instance_hypernyms.len()).sum::<usize>()
            as u64;
    let unchanged = same(world.store.ontology_nodes().await?, &synsets);
    if !unchanged {
        let mut tx = world.store.begin().await?;
        tx.replace_ontology(&synsets).await?;
        tx.commit().await?;
        load(world).await?;
    }
    Ok(Imported { synsets: synsets.len() as u64, edges, unchanged })
}

/// Whether the database has just these synsets; it keeps their parents in an order of its own.
fn same(stored: Vec<Node>, synsets: &[Synset]) -> bool {
    let settled = |mut node: Node| {
        node.hypernyms.sort_unstable();
        node.instance_hypernyms.sort_unstable();
        node
    };
    let mut coming: Vec<Node> = synsets.iter().cloned().map(|synset| settled(synset.into())).collect();
    coming.sort_unstable_by_key(|node| node.wnid);
    stored.into_iter().map(settled).eq(coming)
}

/// Puts the database's ontology in force.
///
/// # Errors
/// The database; or it holds no hierarchy.
pub async fn load(world: &World) -> Outcome<()> {
    let nodes = world.store.ontology_nodes().await?;
    world.ontology.replace(Ontology::new(nodes).map_err(|error| Failure::Defect(error.to_string()))?);
    Ok(())
}
