//! What a file is, told from its first bytes: a name or a content type from outside is never believed.

use std::fmt;

use crate::refusal::Refusal;

/// An image format that we take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG, baseline or progressive.
    Jpeg,
    /// PNG; of an animated one the default image.
    Png,
    /// WebP, lossy or lossless; of an animated one the first frame.
    Webp,
    /// GIF; of an animated one the first frame.
    Gif,
}

impl Format {
    /// The word that is stored beside an image.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
        }
    }

    /// The content type, for example `image/jpeg`.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
        })
    }
}

/// A format that people send and that we do not take, known only so that the refusal can name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of file formats explain themselves; Display spells them out")]
pub enum Other {
    Pdf,
    Svg,
    Html,
    Xml,
    Bmp,
    Tiff,
    Avif,
    Heic,
    JpegXl,
    Mp4,
    Zip,
    Gzip,
    SevenZip,
    Rar,
    Xz,
    Bzip2,
    Zstd,
    Tar,
}

impl Other {
    /// Whether the file can hold other files.
    #[must_use]
    pub fn is_archive(self) -> bool {
        matches!(
            self,
            Self::Zip
                | Self::Gzip
                | Self::SevenZip
                | Self::Rar
                | Self::Xz
                | Self::Bzip2
                | Self::Zstd
                | Self::Tar
        )
    }
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "a PDF document",
            Self::Svg => "an SVG drawing",
            Self::Html => "an HTML page",
            Self::Xml => "an XML document",
            Self::Bmp => "a BMP image",
            Self::Tiff => "a TIFF image",
            Self::Avif => "an AVIF image",
            Self::Heic => "a HEIC image",
            Self::JpegXl => "a JPEG XL image",
            Self::Mp4 => "a video",
            Self::Zip => "a zip archive",
            Self::Gzip => "a gzip file",
            Self::SevenZip => "a 7z archive",
            Self::Rar => "a RAR archive",
            Self::Xz => "an xz file",
            Self::Bzip2 => "a bzip2 file",
            Self::Zstd => "a zstd file",
            Self::Tar => "a tar archive",
        })
    }
}

/// The image format of a file.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::OtherFormat`] with the name where it is known, else [`Refusal::UnknownFormat`].
pub fn sniff(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        return Ok(Format::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        return Ok(Format::Png);
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Ok(Format::Gif);
    }
    if bytes.starts_with(b"RIFF") && at(bytes, 8, b"WEBP") {
        return Ok(Format::Webp);
    }
    Err(other(bytes).map_or(Refusal::UnknownFormat, Refusal::OtherFormat))
}

/// The format of a file that is none of ours, if it is a usual one.
#[must_use]
pub fn other(bytes: &[u8]) -> Option<Other> {
    const SIGNATURES: [(&[u8], Other); 16] = [
        (b"BM", Other::Bmp),
        (b"II*\0", Other::Tiff),
        (b"MM\0*", Other::Tiff),
        (b"\xFF\x0A", Other::JpegXl),
        (b"\0\0\0\x0CJXL \r\n", Other::JpegXl),
        (b"%PDF-", Other::Pdf),
        (b"PK\x03\x04", Other::Zip),
        (b"PK\x05\x06", Other::Zip),
        (b"PK\x07\x08", Other::Zip),
        (b"\x1F\x8B", Other::Gzip),
        (b"7z\xBC\xAF\x27\x1C", Other::SevenZip),
        (b"Rar!\x1A\x07", Other::Rar),
        (b"\xFD7zXZ\0", Other::Xz),
        (b"BZh", Other::Bzip2),
        (b"\x28\xB5\x2F\xFD", Other::Zstd),
        (b"\x1A\x45\xDF\xA3", Other::Mp4),
    ];
    let known = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    known
        .map(|(_, other)| *other)
        .or_else(|| iso_media(bytes))
        .or_else(|| tar(bytes))
        .or_else(|| markup(bytes))
}

/// The brands of the ISO base media container: stills of phones, and videos.
fn iso_media(bytes: &[u8]) -> Option<Other> {
    if !at(bytes, 4, b"ftyp") {
        return None;
    }
    Some(match bytes.get(8..12)? {
        b"avif" | b"avis" => Other::Avif,
        b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1" => Other::Heic,
        _ => Other::Mp4,
    })
}

fn tar(bytes: &[u8]) -> Option<Other> {
    at(bytes, 257, b"ustar").then_some(Other::Tar)
}

/// Text formats, behind a byte order mark, white space and an XML preamble.
fn markup(bytes: &[u8]) -> Option<Other> {
    let head = bytes.get(..bytes.len().min(1_024))?;
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return None;
    }
    if text.contains("<svg") {
        return Some(Other::Svg);
    }
    if text.contains("<!doctype html") || text.contains("<html") {
        return Some(Other::Html);
    }
    text.starts_with("<?xml").then_some(Other::Xml)
}

fn at(bytes: &[u8], offset: usize, word: &[u8]) -> bool {
    bytes.get(offset..).is_some_and(|rest| rest.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_formats_are_told_from_their_first_bytes() {
        assert_eq!(sniff(b"\xFF\xD8\xFF\xE0rest"), Ok(Format::Jpeg));
        assert_eq!(sniff(b"\x89PNG\r\n\x1A\nrest"), Ok(Format::Png));
        assert_eq!(sniff(b"GIF89arest"), Ok(Format::Gif));
        assert_eq!(sniff(b"RIFF\x10\0\0\0WEBPVP8 "), Ok(Format::Webp));
    }

    #[test]
    fn other_formats_are_named_in_the_refusal() {
        let cases: [(&[u8], &str); 9] = [
            (b"%PDF-1.7", "a PDF document"),
            (b"<?xml version='1.0'?>\n<!-- x --><svg xmlns='x'>", "an SVG drawing"),
            (b"\xEF\xBB\xBF  <!DOCTYPE HTML><title>", "an HTML page"),
            (b"BM\x36\0\0\0", "a BMP image"),
            (b"II*\0\x08\0\0\0", "a TIFF image"),
            (b"\0\0\0\x20ftypavif\0\0\0\0", "an AVIF image"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC image"),
            (b"PK\x03\x04\x14\0", "a zip archive"),
            (b"\0\0\0\x18ftypisom\0\0\0\0", "a video"),
        ];
        for (bytes, name) in cases {
            let refusal = sniff(bytes).unwrap_err();
            let expected = format!("is {name}; only JPEG, PNG, WebP and GIF images are taken");
            assert_eq!(refusal.to_string(), expected);
        }
    }

    #[test]
    fn nothing_and_noise_are_refused_without_a_name() {
        assert_eq!(sniff(b""), Err(Refusal::Empty));
        assert_eq!(sniff(b"hello"), Err(Refusal::UnknownFormat));
        assert_eq!(sniff(b"RIFF\x10\0\0\0WAVEfmt "), Err(Refusal::UnknownFormat));
        assert_eq!(sniff(b"\xFF\xD8"), Err(Refusal::UnknownFormat));
    }
}
