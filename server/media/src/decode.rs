//! From untrusted bytes to plain pixels, with every cost checked before it is paid.

use std::io::{self, Cursor};
use std::panic::catch_unwind;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use crate::jpeg;
use crate::limits;
use crate::refusal::{Refusal, shown};
use crate::sniff::{Format, sniff};

/// Pixels as three bytes (red, green, blue) each, row by row from the top left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `3 × width × height` bytes.
    pub rgb: Vec<u8>,
}

/// A decoded image: the first frame, upright, on white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// What the file was.
    pub format: Format,
    /// Its pixels after the EXIF orientation was applied.
    pub raster: Raster,
}

/// Decodes the first frame of an image, turns it upright and lays it on white.
///
/// Colour profiles are not applied: the numbers are taken as sRGB, as nearly all web images are.
///
/// # Errors
/// A [`Refusal`] for anything but a whole JPEG, PNG, WebP or GIF image within [`limits`]; a panic of a decoder is
/// one too.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let length = bytes.len() as u64;
    if length > limits::MAX_FILE_BYTES {
        return Err(Refusal::TooManyBytes { bytes: length });
    }
    let format = sniff(bytes)?;
    if format == Format::Jpeg {
        jpeg::check(bytes)?;
    }
    let raster = catch_unwind(|| read(bytes, format)).unwrap_or(Err(Refusal::DecoderFailed))?;
    Ok(Decoded { format, raster })
}

fn read(bytes: &[u8], format: Format) -> Result<Raster, Refusal> {
    let refuse = |error| refusal(error, format);
    let mut allowance = image::Limits::no_limits();
    allowance.max_alloc = Some(limits::MAX_DECODER_ALLOC);

    let mut reader = ImageReader::with_format(Cursor::new(bytes), image_format(format));
    reader.limits(allowance.clone());
    let mut decoder = reader.into_decoder().map_err(refuse)?;

    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    // `into_decoder` does not count the output itself: without this a 65-byte PNG allocates a gigabyte.
    allowance.reserve(decoder.total_bytes()).map_err(refuse)?;
    decoder.set_limits(allowance).map_err(refuse)?;

    // An orientation that cannot be read is no reason to lose the image.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refuse)?;
    picture.apply_orientation(orientation);
    Ok(flatten(picture))
}

fn check_size(width: u32, height: u32) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::NoPixels { width, height });
    }
    if width > limits::MAX_SIDE || height > limits::MAX_SIDE {
        return Err(Refusal::SideTooLong { width, height });
    }
    if u64::from(width) * u64::from(height) > limits::MAX_PIXELS {
        return Err(Refusal::TooManyPixels { width, height });
    }
    Ok(())
}

/// Lays transparent pixels on white and drops the alpha channel.
fn flatten(picture: DynamicImage) -> Raster {
    let (width, height) = (picture.width(), picture.height());
    let rgb = if picture.color().has_alpha() {
        let rgba = picture.into_rgba8().into_raw();
        let (pixels, _) = rgba.as_chunks::<4>();
        pixels.iter().flat_map(|[r, g, b, a]| [*r, *g, *b].map(|value| on_white(value, *a))).collect()
    } else {
        picture.into_rgb8().into_raw()
    };
    Raster { width, height, rgb }
}

fn on_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    let mixed = (value * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

fn image_format(format: Format) -> ImageFormat {
    match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Webp => ImageFormat::WebP,
        Format::Gif => ImageFormat::Gif,
    }
}

fn refusal(error: ImageError, format: Format) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooMuchMemory,
        ImageError::IoError(error) if error.kind() == io::ErrorKind::UnexpectedEof => Refusal::CutOff(format),
        error => Refusal::Damaged { format, reason: shown(&error.to_string(), limits::MAX_REASON_CHARS) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparent_is_white_and_opaque_stays() {
        assert_eq!(on_white(10, 0), 255);
        assert_eq!(on_white(10, 255), 10);
        assert_eq!(on_white(0, 128), 127);
    }

    #[test]
    fn sizes_are_taken_up_to_the_limits_and_no_further() {
        assert_eq!(check_size(8_192, 4_882), Ok(()));
        assert_eq!(check_size(8_192, 4_883), Err(Refusal::TooManyPixels { width: 8_192, height: 4_883 }));
        assert_eq!(check_size(1, 8_193), Err(Refusal::SideTooLong { width: 1, height: 8_193 }));
        assert_eq!(check_size(0, 5), Err(Refusal::NoPixels { width: 0, height: 5 }));
    }
}
