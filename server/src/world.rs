//! What services are given: storage, files, WordNet, and time and chance as values that a test can choose.

use crate::live::Live;
use crate::meter::Meter;
use crate::peers::Peers;
use domain::ontology::Ontology;
use media::{blobs::Blobs, ingest::Ingester};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};
use store::Store;

/// The time, as an argument. Only `boot.rs` knows the real one.
pub trait Clock: Send + Sync {
    /// Unix time in milliseconds, UTC.
    fn now(&self) -> i64;
}

/// Chance, as an argument. Only `boot.rs` knows the real source.
pub trait Chance: Send + Sync {
    /// A seed for a sample or an order.
    fn seed(&self) -> u64;
    /// 32 bytes that nobody can guess.
    fn token(&self) -> [u8; 32];
}

/// Everything a service may touch. Cheap to clone.
#[derive(Clone)]
pub struct World {
    /// The database.
    pub store: Store,
    /// The picture files.
    pub blobs: Blobs,
    /// Folder in which uploads wait for their import job, under names of our own making.
    pub incoming: Arc<Path>,
    /// Decodes uploads, two at a time.
    pub ingester: Ingester,
    /// WordNet in memory.
    pub ontology: SharedOntology,
    /// Held while votes, leases, labels or exclusions are written: transactions that touch several synsets of one process
    /// can't wait for each other.
    pub writer: Arc<tokio::sync::Mutex<()>>,
    /// A write of votes failed for want of the database, or of room on its disk, and none as large has been shown to succeed since.
    pub write_failed: Arc<AtomicBool>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// What happens to votes, for operators.
    pub meter: Meter,
    /// Rung when votes are in, so that open pages show them.
    pub live: Live,
    /// The other servers of the database.
    pub peers: Peers,
    /// Address that links on the console and in invitations begin with, like `http://127.0.0.1:3000`.
    pub public_url: Arc<str>,
}

impl World {
    /// Unix time in milliseconds, UTC.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }
}

/// The ontology that is in force; an import replaces it as a whole.
#[derive(Clone)]
pub struct SharedOntology(Arc<RwLock<Arc<Ontology>>>);

impl SharedOntology {
    /// Puts the first ontology in force; it may be empty.
    pub fn new(ontology: Ontology) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(ontology))))
    }

    /// The ontology in force.
    pub fn get(&self) -> Arc<Ontology> {
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Puts another one in force.
    pub fn replace(&self, ontology: Ontology) {
        *self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(ontology);
    }
}
