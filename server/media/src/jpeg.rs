//! A walk over a JPEG's markers, because the decoder fills a missing end with grey and bounds no number of scans.
//!
//! Markers: ITU-T T.81, Annex B.

use crate::limits;
use crate::refusal::Refusal;
use crate::sniff::Format;

const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// Checks that a JPEG reaches its end marker in at most [`limits::MAX_JPEG_SCANS`] scans.
///
/// Bytes after the end marker (the video of a phone's moving photo, a second image) do not matter.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    let mut scans = 0;
    loop {
        let Some((marker, after)) = next_marker(rest) else { return Err(Refusal::CutOff(Format::Jpeg)) };
        rest = match marker {
            EOI => return Ok(()),
            _ if stands_alone(marker) => after,
            _ => skip_segment(after),
        };
        if marker == SOS {
            scans += 1;
            if scans > limits::MAX_JPEG_SCANS {
                return Err(Refusal::TooManyScans);
            }
        }
    }
}

/// The next marker and what follows it; stuffed zeros and fill bytes between markers are passed over, as is the
/// coded picture after a start of scan.
fn next_marker(mut bytes: &[u8]) -> Option<(u8, &[u8])> {
    loop {
        let prefix = bytes.iter().position(|byte| *byte == 0xFF)?;
        bytes = bytes.get(prefix + 1..)?;
        match bytes.split_first()? {
            (0x00, after) => bytes = after,
            (0xFF, _) => {}
            (marker, after) => return Some((*marker, after)),
        }
    }
}

/// Markers without a length: restarts, start of image, temporary.
fn stands_alone(marker: u8) -> bool {
    matches!(marker, 0x01 | 0xD0..=0xD8)
}

/// What follows a segment whose two-byte length comes first; nothing if the segment reaches past the end.
fn skip_segment(bytes: &[u8]) -> &[u8] {
    let [high, low, ..] = bytes else { return &[] };
    bytes.get(usize::from(u16::from_be_bytes([*high, *low])).max(2)..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCAN: &[u8] = b"\xFF\xDA\0\x04\x01\x02data\xFF\0more\xFF\xD0more";

    #[test]
    fn an_end_marker_inside_a_segment_is_not_the_end() {
        let thumbnail_only = b"\xFF\xD8\xFF\xE1\0\x06\xFF\xD8\xFF\xD9";
        assert_eq!(check(thumbnail_only), Err(Refusal::CutOff(Format::Jpeg)));
        assert_eq!(check(&[thumbnail_only, SCAN, b"\xFF\xFF\xD9trailer"].concat()), Ok(()));
    }

    #[test]
    fn more_scans_than_allowed_are_refused() {
        let allowed = usize::try_from(limits::MAX_JPEG_SCANS).unwrap();
        let with = |scans| [b"\xFF\xD8".as_slice(), &SCAN.repeat(scans), b"\xFF\xD9"].concat();
        assert_eq!(check(&with(allowed)), Ok(()));
        assert_eq!(check(&with(allowed + 1)), Err(Refusal::TooManyScans));
    }
}
