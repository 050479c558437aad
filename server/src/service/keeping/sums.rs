//! Checksums: of tables, line by line, and of files, piece by piece.

use super::{KeepingError, Kept, Progress, TableSum, Watcher};
use futures::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use store::keeping::{Snapshot, Table, Value, encode};

/// Bytes of a file in memory at once.
const PIECE: usize = 128 * 1024;

/// How often progress is told of: every so many rows.
pub const TELL: u64 = 2_000;

/// The growing sum of a table's lines.
#[derive(Default)]
pub struct Sum {
    rows: u64,
    hash: Sha256,
    line: String,
}

impl Sum {
    /// Counts a row in; returns its line.
    pub fn add(&mut self, row: &[Value]) -> &str {
        self.line.clear();
        encode(row, &mut self.line);
        self.hash.update(self.line.as_bytes());
        self.rows += 1;
        &self.line
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The table's sum.
    pub fn of(self, table: &Table) -> TableSum {
        TableSum {
            name: table.name.clone(),
            columns: table.names().into_iter().map(str::to_owned).collect(),
            rows: self.rows,
            sha256: hex::encode(self.hash.finalize()),
        }
    }
}

/// The growing sum of a text.
#[derive(Default)]
pub struct Text(Sha256);

impl Text {
    /// Counts a piece in, and gives it back.
    pub fn add<'a>(&mut self, text: &'a str) -> &'a str {
        self.0.update(text.as_bytes());
        text
    }

    /// The text's sum.
    pub fn sha256(self) -> String {
        hex::encode(self.0.finalize())
    }
}

/// The sum of a table as it is in a database.
pub async fn of_table(snapshot: &mut Snapshot, table: &Table, tell: Watcher<'_>) -> Kept<TableSum> {
    let total = snapshot.count(table).await?;
    let doing = format!("checking {}", table.name);
    let mut sum = Sum::default();
    let mut rows = snapshot.rows(table, None);
    while let Some(row) = rows.try_next().await? {
        sum.add(&row);
        if sum.rows().is_multiple_of(TELL) {
            tell(Progress { doing: &doing, done: sum.rows(), total });
        }
    }
    tell(Progress { doing: &doing, done: total, total });
    Ok(sum.of(table))
}

/// The length and SHA-256 of a file.
pub fn of_file(file: &Path) -> Kept<(u64, String)> {
    let opened = File::open(file).map_err(|source| KeepingError::file(file, source))?;
    let read = copied(opened, std::io::sink());
    read.map_err(|source| KeepingError::file(file, source))
}

/// Copies bytes, and tells their length and SHA-256.
pub fn copied(mut from: impl Read, mut to: impl Write) -> std::io::Result<(u64, String)> {
    let (mut length, mut hash, mut piece) = (0, Sha256::new(), vec![0; PIECE]);
    loop {
        let read = from.read(&mut piece)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok((length, hex::encode(hash.finalize())));
        };
        hash.update(bytes);
        to.write_all(bytes)?;
        length += read as u64;
    }
}

/// The SHA-256 of some bytes, as text.
pub fn of_bytes(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
