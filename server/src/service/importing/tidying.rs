//! Clears away what imports left that nobody goes on with.

use super::staging::discard;
use super::upload::{failed, give_up};
use crate::service::Outcome;
use crate::world::World;
use std::collections::HashSet;
use std::time::UNIX_EPOCH;

/// After this long (ms) an upload is no longer on its way, and a stopped import is not gone on with.
pub const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// Gives up imports to which nothing came for a day, and the rest of those that stopped a day ago.
///
/// # Errors
/// The database.
pub async fn tidy(world: &World) -> Outcome<()> {
    for import in world.store.stale_imports(world.now() - KEPT_MS).await? {
        give_up(
            world,
            import,
            "The upload broke off, and nobody went on with it for a day. Send the files again.",
        )
        .await?;
        tracing::info!(job = import, "import {import} was given up: nobody went on with it");
    }
    Ok(())
}

/// Removes files of the folder that no import names and that are a day old: a program that was killed in between left them.
///
/// # Errors
/// The folder can't be read; the database.
pub async fn sweep(world: &World) -> Outcome<()> {
    let named: HashSet<String> = world.store.staged_names().await?.into_iter().collect();
    let folder = &world.incoming;
    let mut entries = tokio::fs::read_dir(folder).await.map_err(|source| failed(folder, source))?;
    while let Some(entry) = entries.next_entry().await.map_err(|source| failed(folder, source))? {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let changed = entry.metadata().await.ok().and_then(|about| about.modified().ok());
        let age = changed
            .and_then(|changed| changed.duration_since(UNIX_EPOCH).ok())
            .and_then(|since| i64::try_from(since.as_millis()).ok())
            .map(|changed| world.now() - changed);
        if !named.contains(&name) && age.is_some_and(|age| age > KEPT_MS) {
            discard(&entry.path()).await;
        }
    }
    Ok(())
}
