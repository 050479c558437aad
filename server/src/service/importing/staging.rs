//! Files on their way in: bytes go to a folder as they come, under names of our own, and are gone again unless they are kept.

use super::upload::failed;
use crate::service::Outcome;
use crate::world::World;
use bytes::Bytes;
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt as _;

/// Longest file name that is kept, in characters.
const MAX_NAME: usize = 255;

/// A file that is being written.
pub struct Staging {
    name: String,
    path: Option<PathBuf>,
    file: tokio::fs::File,
    bytes: u64,
    limit: u64,
}

impl Staging {
    /// Begins a file under a name of ours.
    ///
    /// # Errors
    /// The folder can't be written.
    pub async fn begin(world: &World, name: String, limit: u64) -> Outcome<Self> {
        let path = staged_path(world, &name);
        let file = tokio::fs::File::create(&path).await.map_err(|source| failed(&path, source))?;
        Ok(Self { name, path: Some(path), file, bytes: 0, limit })
    }

    /// Takes some bytes. What is over the limit is passed over, and says so.
    ///
    /// # Errors
    /// The folder can't be written.
    pub async fn write(&mut self, bytes: &Bytes) -> Outcome<bool> {
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if self.bytes > self.limit {
            return Ok(false);
        }
        let written = self.file.write_all(bytes).await;
        written.map(|()| true).map_err(|source| failed(self.path.as_deref().unwrap_or(Path::new("")), source))
    }

    /// The bytes that came so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether more came than is taken.
    pub fn is_too_long(&self) -> bool {
        self.bytes > self.limit
    }

    /// Writes everything to the disk. The file goes unless it is then kept by [`Self::keep`].
    ///
    /// # Errors
    /// The folder can't be written.
    pub async fn sync(&mut self) -> Outcome<()> {
        let path = self.path.clone().unwrap_or_default();
        self.file.flush().await.map_err(|source| failed(&path, source))?;
        self.file.sync_all().await.map_err(|source| failed(&path, source))
    }

    /// The name under which it waits.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Leaves the file to whoever noted its name.
    pub fn keep(mut self) {
        self.path = None;
    }
}

/// Whoever hangs up leaves nothing behind.
impl Drop for Staging {
    fn drop(&mut self) {
        if let Some(path) = self.path.take()
            && let Err(error) = std::fs::remove_file(path)
        {
            tracing::warn!(%error, "a file that did not come in full could not be removed");
        }
    }
}

/// Where a staged file waits.
pub fn staged_path(world: &World, staged: &str) -> PathBuf {
    world.incoming.join(staged)
}

/// Removes a staged file that is no longer needed; one that can't be removed only takes room.
pub async fn discard(path: &Path) {
    if let Err(error) = tokio::fs::remove_file(path).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "a staged file could not be removed");
    }
}

/// A file's name as it is kept: data, without control characters and not endless.
pub fn kept_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect()
}
