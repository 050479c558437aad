//! The demo project: a few synsets with the photographs of a package.

use super::importing::{Report, import_csv};
use super::{Outcome, importing, projects};
use crate::world::World;
use sha2::{Digest, Sha256};
use std::path::Path;

/// The demo project's name.
pub const NAME: &str = "Demo: animals and flowers";
/// What remembers that a table of photographs went in, so that the next start does not read them all again.
const DONE: &str = "demo_photographs";

/// What seeding did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    /// The demo project's id.
    pub project: i64,
    /// Synsets in it.
    pub synsets: u64,
    /// Photographs that went in now, near duplicates among them.
    pub added: u64,
    /// Photographs that were there already.
    pub known: u64,
    /// Photographs that were not taken, with the reason.
    pub refused: Vec<(String, String)>,
}

/// Seeds the demo project; when that was done before, it does nothing.
///
/// # Errors
/// The table can't be read or is malformed; the database or the blob store.
pub async fn seed(
    world: &World,
    photographs: &Path,
    table: &Path,
    progress: &mut (dyn FnMut(&importing::Progress) + Send),
) -> Outcome<Seeded> {
    let text = tokio::fs::read(table).await.map_err(|source| importing::failed(table, source))?;
    let mark = hex::encode(Sha256::digest(&text));
    let existing = world.store.projects().await?.into_iter().find(|row| row.name == NAME);
    let project = match existing {
        Some(row) => row.project_id,
        None => projects::create(world, None, NAME).await?,
    };
    let done = world.store.setting(DONE).await?.as_deref() == Some(mark.as_str());
    let report = if done {
        Report::default()
    } else {
        import_csv(world, project, table, photographs, progress).await?
    };
    if !done && report.refused.is_empty() {
        let mut tx = world.store.begin().await?;
        tx.set_setting(DONE, &mark).await?;
        tx.commit().await?;
    }
    let synsets = u64::try_from(world.store.totals(project).await?.synsets).unwrap_or(0);
    Ok(Seeded {
        project,
        synsets,
        added: report.added + report.duplicates,
        known: report.known,
        refused: report.refused,
    })
}
