//! Where all parts meet: the only place that knows the real clock and real chance.

use crate::config::Config;
use crate::live::Live;
use crate::meter::Meter;
use crate::peers::Peers;
use crate::world::{Chance, Clock, SharedOntology, World};
use domain::ontology::{Ontology, OntologyError};
use media::{BlobError, Blobs, Ingester};
use rand::TryRng as _;
use rand::rngs::SysRng;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use store::{Store, StoreError, StoreOptions};

/// Connections that read the database at the same time.
const READERS: u32 = 8;

/// Why the parts could not be put together; each is one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    /// The data folder can't be used.
    #[error("the data folder {folder} can't be written: {source}; name another one with --data", folder = folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database can't be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A command that fills the database was stopped.
    #[error(
        "the database is only partly filled: `{0}` was stopped; run it again to its end, or empty the database and begin anew"
    )]
    Unfinished(String),
    /// The folder of pictures can't be used.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// The hierarchy in the database is none.
    #[error("the WordNet in the database can't be used: {0}; import it again with `synvote wordnet import`")]
    Ontology(#[from] OntologyError),
}

/// Makes the folders, opens and migrates the database, loads WordNet.
///
/// # Errors
/// See [`BootError`].
pub async fn world(config: &Config) -> Result<World, BootError> {
    let data = &config.data.value;
    let incoming = data.join("incoming");
    check_writable(data)?;
    check_writable(&incoming)?;
    let blobs = Blobs::in_folder(&config.pictures())?;
    let store = Store::open(&options(&config.database.value)).await?;
    if let Some(stopped) = store.unfinished().await? {
        return Err(BootError::Unfinished(stopped));
    }
    store.migrate().await?;
    let ontology = Ontology::new(store.ontology_nodes().await?)?;
    Ok(World {
        store,
        blobs,
        incoming: incoming.into(),
        ingester: Ingester::default(),
        ontology: SharedOntology::new(ontology),
        writer: Arc::default(),
        write_failed: Arc::default(),
        meter: Meter::default(),
        clock: Arc::new(SystemClock),
        chance: Arc::new(OsChance),
        live: Live::default(),
        peers: Peers::default(),
        public_url: config.public_url.value.as_str().into(),
    })
}

/// How a database is opened.
pub fn options(url: &str) -> StoreOptions {
    StoreOptions { url: url.to_owned(), readers: READERS, allow_unsafe: false }
}

/// Leaves everything safe on disk and lets go of the database. What fails here is only logged: nothing is lost by it.
pub async fn close(world: &World) {
    if let Err(error) = world.store.close().await {
        tracing::warn!(%error, "closing the database failed");
    }
}

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that knows the real clock")]
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

/// The system's source of chance.
#[derive(Clone, Copy, Debug)]
pub struct OsChance;

impl Chance for OsChance {
    fn seed(&self) -> u64 {
        u64::from_le_bytes(drawn())
    }

    fn token(&self) -> [u8; 32] {
        drawn()
    }
}

#[expect(clippy::expect_used, reason = "a guessable token would be worse than no answer")]
fn drawn<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SysRng.try_fill_bytes(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// Makes the folder if need be, and writes to it: a read-only disk shows up now and not at the first upload.
///
/// # Errors
/// [`BootError::Folder`].
pub fn check_writable(folder: &Path) -> Result<(), BootError> {
    // Another server may look at the same folder.
    let probe = folder.join(format!(".writable-{}", std::process::id()));
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe));
    written.map_err(|source| BootError::Folder { folder: folder.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_the_clock_is_in_this_century() {
        assert_ne!(OsChance.token(), OsChance.token());
        assert!((1_700_000_000_000..4_100_000_000_000).contains(&SystemClock.now()));
    }

    #[test]
    fn a_data_folder_that_is_a_file_is_refused_by_name() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let refused = check_writable(&file.path().join("data")).unwrap_err().to_string();
        assert!(
            refused.contains(&file.path().display().to_string()) && refused.contains("--data"),
            "{refused}"
        );
    }
}
