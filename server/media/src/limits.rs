//! Every limit on media in one place, so that an operator can read what a stranger's file may cost us.

use std::time::Duration;

/// Bytes of one image file.
pub const MAX_FILE_BYTES: u64 = 20_000_000;

/// Pixels on the longer side of an image.
pub const MAX_SIDE: u32 = 8_192;

/// Pixels of an image in all.
pub const MAX_PIXELS: u64 = 40_000_000;

/// Bytes that a decoder may allocate, its output included. Our own copies (flattening, turning) come on top: one
/// image at the limits peaks at about 300 MB.
pub const MAX_DECODER_ALLOC: u64 = 200_000_000;

/// Passes over a progressive JPEG; encoders write about ten, and each costs a walk over all pixels.
pub const MAX_JPEG_SCANS: u32 = 100;

/// Images worked on at the same time.
pub const INGEST_PERMITS: usize = 2;

/// Time to decode, shrink and hash one image.
pub const INGEST_TIME: Duration = Duration::from_secs(30);

/// Time that an image waits for its turn before the caller is told to come back.
pub const INGEST_QUEUE_TIME: Duration = Duration::from_secs(120);

/// Entries of one archive, folders and skipped files included.
pub const MAX_ARCHIVE_ENTRIES: u64 = 20_000;

/// Bytes that really come out of one archive, whatever its headers say.
pub const MAX_ARCHIVE_BYTES: u64 = 4_000_000_000;

/// Bytes of an archive's directory: 20,000 entries with the longest names. It is held in memory.
pub const MAX_ARCHIVE_DIRECTORY_BYTES: u64 = 8_000_000;

/// Bytes of an entry's name.
pub const MAX_ENTRY_NAME_BYTES: usize = 255;

/// Characters of a decoder's own words that are repeated in a refusal.
pub const MAX_REASON_CHARS: usize = 160;
