//! The pictures of an image that people are shown: we serve only what we encoded ourselves.
//!
//! *Small* is a tile of the grid. A page of 36 tiles may weigh 250 KiB, so one may weigh 7,111 bytes: the quality
//! goes down until the tile fits. *Medium* is the same tile where a pixel of the page has several of the screen, as on
//! phones. *Large* is what a worker sees on zooming in. All keep the aspect ratio, are never larger than the image, and
//! carry no metadata.

use std::borrow::Cow;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::decode::Raster;
use crate::refusal::Refusal;

/// Longer side of the small thumbnail in pixels.
pub const SMALL_SIDE: u32 = 192;

/// Longer side of the medium thumbnail in pixels.
pub const MEDIUM_SIDE: u32 = 384;

/// Longer side of the large thumbnail in pixels.
pub const LARGE_SIDE: u32 = 1_024;

/// Bytes that a small thumbnail should stay within: 36 of them are 250 KiB.
pub const SMALL_BYTES: usize = 250 * 1_024 / 36;

/// Bytes that a medium thumbnail should stay within: four times the pixels, on screens so fine that coarser ones do.
pub const MEDIUM_BYTES: usize = 3 * SMALL_BYTES;

/// JPEG qualities tried for a small thumbnail, best first; the last is kept whatever it weighs. Photographs' tiles
/// weigh 2–6 kB at the first; 7 kB is passed by dense texture only.
const SMALL_QUALITIES: [u8; 4] = [76, 66, 54, 40];

/// JPEG qualities tried for a medium thumbnail: a screen's fine pixels hide what a small one would show.
const MEDIUM_QUALITIES: [u8; 3] = [66, 54, 40];

const LARGE_QUALITY: u8 = 80;

/// An encoded thumbnail: a progressive JPEG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumb {
    /// The JPEG file.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Shrinks an image so that its longer side is at most `side`, with a Lanczos filter of radius 3.
///
/// An image that is small enough is handed back as it is.
///
/// # Errors
/// [`Refusal::NoThumbnail`] if the resizer does not take the pixels.
pub fn shrink(raster: &Raster, side: u32) -> Result<Cow<'_, Raster>, Refusal> {
    let longer = raster.width.max(raster.height);
    if longer <= side {
        return Ok(Cow::Borrowed(raster));
    }
    let scaled = |length: u32| {
        let rounded = (u64::from(length) * u64::from(side) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(rounded).unwrap_or(side).max(1)
    };
    let (width, height) = (scaled(raster.width), scaled(raster.height));
    let rgb = resample(&raster.rgb, (raster.width, raster.height), (width, height), PixelType::U8x3)?;
    Ok(Cow::Owned(Raster { width, height, rgb }))
}

/// Encodes a raster of at most [`SMALL_SIDE`] as a tile, at the best quality that keeps within [`SMALL_BYTES`].
///
/// # Errors
/// [`Refusal::NoThumbnail`] if the encoder does not take the pixels.
pub fn encode_small(raster: &Raster) -> Result<Thumb, Refusal> {
    encode_within(raster, &SMALL_QUALITIES, SMALL_BYTES)
}

/// Encodes a raster of at most [`MEDIUM_SIDE`] as a tile for fine screens, at the best quality that keeps within
/// [`MEDIUM_BYTES`].
///
/// # Errors
/// [`Refusal::NoThumbnail`] if the encoder does not take the pixels.
pub fn encode_medium(raster: &Raster) -> Result<Thumb, Refusal> {
    encode_within(raster, &MEDIUM_QUALITIES, MEDIUM_BYTES)
}

/// Encodes a raster of at most [`LARGE_SIDE`] for zooming in.
///
/// # Errors
/// [`Refusal::NoThumbnail`] if the encoder does not take the pixels.
pub fn encode_large(raster: &Raster) -> Result<Thumb, Refusal> {
    encode(raster, LARGE_QUALITY)
}

/// The first of the qualities that keeps within the bytes, or the last of them.
fn encode_within(raster: &Raster, qualities: &[u8], bytes: usize) -> Result<Thumb, Refusal> {
    let mut thumb = None;
    for &quality in qualities {
        let encoded = encode(raster, quality)?;
        let fits = encoded.bytes.len() <= bytes;
        thumb = Some(encoded);
        if fits {
            break;
        }
    }
    thumb.ok_or_else(|| Refusal::NoThumbnail("no quality to try".to_owned()))
}

fn encode(raster: &Raster, quality: u8) -> Result<Thumb, Refusal> {
    let no_thumbnail = |error: &dyn std::fmt::Display| Refusal::NoThumbnail(error.to_string());
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let width = u16::try_from(raster.width).map_err(|error| no_thumbnail(&error))?;
    let height = u16::try_from(raster.height).map_err(|error| no_thumbnail(&error))?;
    encoder.encode(&raster.rgb, width, height, ColorType::Rgb).map_err(|error| no_thumbnail(&error))?;
    Ok(Thumb { bytes, width: raster.width, height: raster.height })
}

/// Resamples packed pixels from one (width, height) to another.
pub(crate) fn resample(
    pixels: &[u8],
    from: (u32, u32),
    to: (u32, u32),
    pixel: PixelType,
) -> Result<Vec<u8>, Refusal> {
    let source = ImageRef::new(from.0, from.1, pixels, pixel)
        .map_err(|error| Refusal::NoThumbnail(error.to_string()))?;
    let mut target = Image::new(to.0, to.1, pixel);
    let lanczos = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new()
        .resize(&source, &mut target, &lanczos)
        .map_err(|error| Refusal::NoThumbnail(error.to_string()))?;
    Ok(target.into_vec())
}
