//! An uploaded zip archive as a stream of files: what its headers claim is checked against what comes out.
//!
//! Nothing is ever written by an entry's name, and only one file's bytes are in memory at a time.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use zip::ZipArchive;
use zip::read::{ArchiveOffset, Config, ZipFileEntry};

use crate::limits;
use crate::refusal::{Refusal, shown};
use crate::sniff;

/// What one archive may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArchiveLimits {
    /// Entries, folders and skipped files included.
    pub entries: u64,
    /// Bytes of the directory at the archive's end.
    pub directory_bytes: u64,
    /// Bytes that come out of all entries together.
    pub bytes: u64,
    /// Bytes that come out of one entry.
    pub file_bytes: u64,
    /// Bytes of an entry's name.
    pub name_bytes: usize,
}

impl Default for ArchiveLimits {
    fn default() -> Self {
        Self {
            entries: limits::MAX_ARCHIVE_ENTRIES,
            directory_bytes: limits::MAX_ARCHIVE_DIRECTORY_BYTES,
            bytes: limits::MAX_ARCHIVE_BYTES,
            file_bytes: limits::MAX_FILE_BYTES,
            name_bytes: limits::MAX_ENTRY_NAME_BYTES,
        }
    }
}

/// Why an archive is not read, or not any further.
///
/// A message is a predicate: put the archive's name before it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveRefusal {
    /// Not a zip archive, or one whose directory cannot be read.
    #[error("is not a zip archive that can be read: {0}")]
    Unreadable(String),
    /// More entries than allowed.
    #[error("has {entries} entries; at most {limit} are taken")]
    TooManyEntries {
        /// Entries in the directory.
        entries: u64,
        /// The limit.
        limit: u64,
    },
    /// Two entries share a name, so that a refusal could not say which is meant.
    #[error("has several entries of the same name; give each its own")]
    RepeatedName,
    /// More bytes came out than allowed: a bomb, or a collection that should come in parts.
    #[error("unpacks to more than {limit} bytes; send it in parts")]
    TooManyBytes {
        /// The limit.
        limit: u64,
    },
}

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name in the archive, for people to read: without control characters, and never a path to open.
    pub name: String,
    /// Its content, or why it is not taken. The others are not affected.
    pub bytes: Result<Vec<u8>, Refusal>,
}

/// A zip archive being read: an iterator over its files in the order of its directory.
///
/// Folders, `__MACOSX` and names with a dot in front are passed over in silence. After an [`ArchiveRefusal`] there
/// is nothing more; the files before it were good.
#[derive(Debug)]
pub struct Archive<R> {
    zip: ZipArchive<Metered<R>>,
    limits: ArchiveLimits,
    next: usize,
    bytes_left: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive, whose first byte must be `reader`'s first; `reader` should be buffered.
    ///
    /// # Errors
    /// Any [`ArchiveRefusal`] but [`ArchiveRefusal::TooManyBytes`].
    pub fn open(reader: R, limits: ArchiveLimits) -> Result<Self, ArchiveRefusal> {
        let (reader, allowance) = Metered::new(reader, limits.directory_bytes.saturating_add(END_RECORDS));
        // Known: the reader would otherwise search the whole file for a place where the archive might begin.
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let zip = ZipArchive::with_config(config, reader)
            .map_err(|error| ArchiveRefusal::Unreadable(words(&error)))?;
        allowance.store(u64::MAX, Ordering::Relaxed);

        let entries = zip.len() as u64;
        if entries > limits.entries {
            return Err(ArchiveRefusal::TooManyEntries { entries, limit: limits.entries });
        }
        if zip.has_duplicate_names() {
            return Err(ArchiveRefusal::RepeatedName);
        }
        Ok(Self { zip, limits, next: 0, bytes_left: limits.bytes })
    }

    /// Nothing for an entry that is passed over.
    fn read(&mut self, index: usize) -> Result<Option<Entry>, ArchiveRefusal> {
        let about =
            self.zip.by_index_data(index).map_err(|error| ArchiveRefusal::Unreadable(words(&error)))?;
        let name = name(&about);
        if about.is_dir() || is_clutter(&name) {
            return Ok(None);
        }
        let checked = check(&about, &name, self.limits.name_bytes);
        let bytes = match checked {
            Ok(()) => self.unpack(index)?,
            Err(refusal) => Err(refusal),
        };
        Ok(Some(Entry { name: shown(&name, self.limits.name_bytes), bytes }))
    }

    /// Reads one byte past a limit at most, and counts what came out even if it is then refused.
    fn unpack(&mut self, index: usize) -> Result<Result<Vec<u8>, Refusal>, ArchiveRefusal> {
        let limit = self.limits.file_bytes;
        let mut bytes = Vec::new();
        let outcome = match self.zip.by_index(index) {
            Ok(file) => {
                let most = limit.min(self.bytes_left).saturating_add(1);
                file.take(most).read_to_end(&mut bytes).map_err(|error| words(&error))
            }
            Err(error) => Err(words(&error)),
        };
        let Some(left) = self.bytes_left.checked_sub(bytes.len() as u64) else {
            return Err(ArchiveRefusal::TooManyBytes { limit: self.limits.bytes });
        };
        self.bytes_left = left;
        if let Err(reason) = outcome {
            return Ok(Err(Refusal::CannotUnpack(reason)));
        }
        if bytes.len() as u64 > limit {
            return Ok(Err(Refusal::EntryTooLong { limit }));
        }
        Ok(match sniff::other(&bytes) {
            Some(other) if other.is_archive() => Err(Refusal::NestedArchive(other)),
            _ => Ok(bytes),
        })
    }
}

impl<R: Read + Seek> Iterator for Archive<R> {
    type Item = Result<Entry, ArchiveRefusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.next < self.zip.len() {
            let index = self.next;
            self.next += 1;
            let read = self.read(index);
            if read.is_err() {
                self.next = usize::MAX;
            }
            if let Some(item) = read.transpose() {
                return Some(item);
            }
        }
        None
    }
}

/// What the directory alone tells against an entry.
fn check(entry: &ZipFileEntry<'_>, name: &str, name_limit: usize) -> Result<(), Refusal> {
    let bytes = entry.name_raw().len();
    if bytes > name_limit {
        return Err(Refusal::NameTooLong { bytes, limit: name_limit });
    }
    if parts(name).any(|part| part == "..") {
        return Err(Refusal::LeadsOut);
    }
    if is_absolute(name) {
        return Err(Refusal::AbsoluteName);
    }
    if entry.is_symlink() || !is_regular(entry.unix_mode()) {
        return Err(Refusal::NotRegular);
    }
    if entry.encrypted() {
        return Err(Refusal::Encrypted);
    }
    Ok(())
}

fn name(entry: &ZipFileEntry<'_>) -> String {
    match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
    }
}

/// Some packers write backslashes.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(['/', '\\'])
}

fn is_absolute(name: &str) -> bool {
    let drive = |[letter, colon]: [u8; 2]| letter.is_ascii_alphabetic() && colon == b':';
    name.starts_with(['/', '\\']) || name.as_bytes().first_chunk().is_some_and(|start| drive(*start))
}

/// Files that operating systems add and nobody means to send.
fn is_clutter(name: &str) -> bool {
    parts(name).any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
}

/// Archives made without Unix modes have no file type.
fn is_regular(mode: Option<u32>) -> bool {
    const TYPE: u32 = 0o170_000;
    const REGULAR: u32 = 0o100_000;
    mode.is_none_or(|mode| matches!(mode & TYPE, 0 | REGULAR))
}

fn words(error: &dyn std::error::Error) -> String {
    shown(&error.to_string(), limits::MAX_REASON_CHARS)
}

/// What the end records and the comment behind the directory may take: 64 KiB, read more than once.
const END_RECORDS: u64 = 4 * 65_536;

/// A reader that fails once more bytes were read than its allowance.
#[derive(Debug)]
struct Metered<R> {
    inner: R,
    allowance: Arc<AtomicU64>,
}

impl<R> Metered<R> {
    fn new(inner: R, allowance: u64) -> (Self, Arc<AtomicU64>) {
        let allowance = Arc::new(AtomicU64::new(allowance));
        (Self { inner, allowance: Arc::clone(&allowance) }, allowance)
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let allowance = self.allowance.load(Ordering::Relaxed);
        let left = allowance
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other("its directory is longer than is taken"))?;
        if allowance < u64::MAX {
            self.allowance.store(left, Ordering::Relaxed);
        }
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
