//! Why a file is not taken, in words that its owner can act on.

use std::fmt;
use std::time::Duration;

use crate::limits;
use crate::sniff::{Format, Other};

/// Why one file is not taken.
///
/// A message is a predicate: put the file's name before it ("cat.jpg is empty").
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No bytes at all.
    #[error("is empty")]
    Empty,
    /// The file is longer than [`limits::MAX_FILE_BYTES`].
    #[error("is {} bytes long; at most {} are taken", Grouped(*bytes), Grouped(limits::MAX_FILE_BYTES))]
    TooManyBytes {
        /// Length of the file in bytes.
        bytes: u64,
    },
    /// An archive's entry goes on past the limit; its true length is not known, as we stop reading.
    #[error("holds more than the {} bytes that are taken for one file", Grouped(*limit))]
    EntryTooLong {
        /// The limit in bytes.
        limit: u64,
    },
    /// A known format that is not an image that we take.
    #[error("is {0}; only JPEG, PNG, WebP and GIF images are taken")]
    OtherFormat(Other),
    /// The first bytes fit no format that we know.
    #[error("does not begin like an image; only JPEG, PNG, WebP and GIF images are taken")]
    UnknownFormat,
    /// Zero pixels.
    #[error("is {width} × {height} pixels; an image has at least one")]
    NoPixels {
        /// Declared width in pixels.
        width: u32,
        /// Declared height in pixels.
        height: u32,
    },
    /// A side is longer than [`limits::MAX_SIDE`].
    #[error(
        "is {} × {} pixels; at most {} a side are taken",
        Grouped(u64::from(*width)), Grouped(u64::from(*height)), Grouped(u64::from(limits::MAX_SIDE))
    )]
    SideTooLong {
        /// Declared width in pixels.
        width: u32,
        /// Declared height in pixels.
        height: u32,
    },
    /// More than [`limits::MAX_PIXELS`].
    #[error(
        "is {} × {} pixels; at most {} in all are taken",
        Grouped(u64::from(*width)), Grouped(u64::from(*height)), Grouped(limits::MAX_PIXELS)
    )]
    TooManyPixels {
        /// Declared width in pixels.
        width: u32,
        /// Declared height in pixels.
        height: u32,
    },
    /// Decoding would allocate more than [`limits::MAX_DECODER_ALLOC`].
    #[error(
        "needs more than the {} bytes of memory that one image may use",
        Grouped(limits::MAX_DECODER_ALLOC)
    )]
    TooMuchMemory,
    /// A JPEG of more than [`limits::MAX_JPEG_SCANS`] passes.
    #[error("has more than {} scans; at most that many are taken", limits::MAX_JPEG_SCANS)]
    TooManyScans,
    /// The end of the file is missing.
    #[error("is cut off: the end of the {0} image is missing")]
    CutOff(Format),
    /// The decoder gives up.
    #[error("is a damaged {format} image: {reason}")]
    Damaged {
        /// What the file begins like.
        format: Format,
        /// The decoder's words, shortened and without control characters.
        reason: String,
    },
    /// The decoder panicked; the file is at fault or the decoder is, and we cannot tell which.
    #[error("makes the image decoder fail")]
    DecoderFailed,
    /// The pixels were read but could not be made into thumbnails.
    #[error("cannot be made into a thumbnail: {0}")]
    NoThumbnail(String),
    /// The work took longer than allowed.
    #[error("takes longer than {} s to read", .0.as_secs())]
    TooSlow(Duration),
    /// Too many images wait already; the same file may be taken later.
    #[error("could not be read now as too many images are waiting; send it again later")]
    Busy,
    /// An archive's entry with a `..` in its name.
    #[error("has a name that leads out of the archive")]
    LeadsOut,
    /// An archive's entry whose name begins with a slash or a drive letter.
    #[error("has an absolute name; names inside an archive must be relative")]
    AbsoluteName,
    /// An archive's entry with a name longer than allowed.
    #[error("has a name of {bytes} bytes; at most {limit} are taken")]
    NameTooLong {
        /// Length of the name in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// An archive's entry that is a link, a device or a pipe.
    #[error("is a link or a special file; only regular files are taken from an archive")]
    NotRegular,
    /// An archive inside an archive.
    #[error("is {0} inside the archive; unpack it first")]
    NestedArchive(Other),
    /// An archive's entry that needs a password.
    #[error("is encrypted; pack it without a password")]
    Encrypted,
    /// An archive's entry that cannot be unpacked.
    #[error("cannot be unpacked: {0}")]
    CannotUnpack(String),
}

impl Refusal {
    /// Whether the same bytes may well be taken another time: the refusal is about us, not about the file.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Busy | Self::TooSlow(_))
    }
}

/// Foreign text made safe to show: no control or direction-changing characters, at most `limit` characters.
pub(crate) fn shown(text: &str, limit: usize) -> String {
    text.chars().filter(|c| !is_hidden(*c)).take(limit).collect()
}

/// Characters that change how the text around them is shown without being seen themselves.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// A number with a comma between groups of three digits.
struct Grouped(u64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_is_wrong_and_what_would_be_right() {
        let refusal = Refusal::SideTooLong { width: 9_000, height: 200 };
        assert_eq!(refusal.to_string(), "is 9,000 × 200 pixels; at most 8,192 a side are taken");
        let refusal = Refusal::TooManyBytes { bytes: 1_234_567_890 };
        assert_eq!(refusal.to_string(), "is 1,234,567,890 bytes long; at most 20,000,000 are taken");
    }

    #[test]
    fn foreign_text_is_shown_without_control_and_direction_characters() {
        assert_eq!(shown("cat\u{1b}[31m\u{202e}gpj.exe\n", 100), "cat[31mgpj.exe");
        assert_eq!(shown("猫猫猫", 2), "猫猫");
    }
}
