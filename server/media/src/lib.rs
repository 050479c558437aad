//! Untrusted image bytes in, checked thumbnails and perceptual hashes out; archives and the blob store.
//!
//! In reading order: what is allowed, how a file is told apart, decoded, shrunk and hashed; the whole path for one
//! file; an uploaded archive of many; where the bytes rest. Nothing here knows synsets, candidates or the database.

#![forbid(unsafe_code)]

pub mod limits;
pub mod refusal;
pub mod sniff;

mod jpeg;

pub mod decode;
pub mod phash;
pub mod thumbnail;

pub mod ingest;

pub mod archive;

pub mod blobs;
pub mod sha256;

pub use archive::{Archive, ArchiveLimits, ArchiveRefusal, Entry};
pub use blobs::{BlobError, BlobKind, Blobs};
pub use decode::{Decoded, Raster, decode};
pub use ingest::{Ingested, Ingester, ingest};
pub use phash::{PHASH_VERSION, phash};
pub use refusal::Refusal;
pub use sha256::{NotASha256, Sha256};
pub use sniff::Format;
pub use thumbnail::Thumb;
