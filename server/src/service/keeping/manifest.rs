//! What a backup says of itself, in `manifest.json`: written last, so that a folder with one is whole.

use super::{KeepingError, Kept};
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::path::Path;

/// The format of the folder that this program writes.
pub const FORMAT: u32 = 1;

/// The manifest's name in the folder.
pub const NAME: &str = "manifest.json";

/// A backup's contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// How the folder is to be read.
    pub format: u32,
    /// The program that wrote it.
    pub synvote: String,
    /// The migrations that the database had, ascending; the last is its schema version.
    pub migrations: Vec<i64>,
    /// The engine that it came from.
    pub engine: String,
    /// When it was begun (Unix ms, UTC): everything that was acknowledged before is in it.
    pub begun_at: i64,
    /// When it was whole (Unix ms, UTC).
    pub finished_at: i64,
    /// The tables, in an order in which they can be filled.
    pub tables: Vec<TableSum>,
    /// The pictures.
    pub pictures: PictureSums,
}

/// A table's rows: `tables/NAME.copy.gz`, lines as PostgreSQL's `copy` writes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSum {
    /// The table.
    pub name: String,
    /// What the values of a line are.
    pub columns: Vec<String>,
    /// Lines.
    pub rows: u64,
    /// Of the lines, unpacked.
    pub sha256: String,
}

/// The picture files, of which `pictures.tsv.gz` lists kind, image, length and SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureSums {
    /// Whether they are in the folder `images`, or listed only.
    pub included: bool,
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Images that the database knows, and of which the file as it came was not there, or not what its name says.
    pub wanting: u64,
    /// Of the list, unpacked.
    pub sha256: String,
}

impl Manifest {
    /// The version of the schema.
    pub fn schema_version(&self) -> i64 {
        self.migrations.last().copied().unwrap_or(0)
    }

    /// Reads a folder's manifest; also gives its own checksum, by which this backup is known.
    ///
    /// # Errors
    /// The folder holds no whole backup, or none that this program can read.
    pub fn read(folder: &Path) -> Kept<(Self, String)> {
        let file = folder.join(NAME);
        let bytes = match std::fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound && folder.join("tables").is_dir() => {
                return Err(KeepingError::Unfinished { folder: folder.to_owned() });
            }
            Err(error) if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&error.kind()) => {
                return Err(KeepingError::NoBackup { folder: folder.to_owned() });
            }
            Err(source) => return Err(KeepingError::file(&file, source)),
        };
        let damaged =
            |error: serde_json::Error| KeepingError::Damaged(format!("{}: {error}", file.display()));
        let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(damaged)?;
        let format = value.get("format").and_then(serde_json::Value::as_u64).unwrap_or(0);
        if format > u64::from(FORMAT) {
            let found = u32::try_from(format).unwrap_or(u32::MAX);
            return Err(KeepingError::NewerFormat { found, known: FORMAT });
        }
        let manifest = serde_json::from_value(value).map_err(damaged)?;
        Ok((manifest, super::sums::of_bytes(&bytes)))
    }
}
