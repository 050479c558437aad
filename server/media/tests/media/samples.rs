//! Pictures made by rule, and the files that hold them: no binary fixture to trust, the same on every machine.

use std::io::Cursor;

use image::codecs::gif::{GifEncoder, Repeat};
use image::{DynamicImage, Frame, ImageFormat, RgbImage, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};
use media::Raster;

/// A photograph-like picture: noise of seven scales, coarse ones strongest, with soft colours.
///
/// `imagehash_reference.py` makes the same one, so all arithmetic is in integers.
pub fn picture(seed: u32, width: u32, height: u32) -> Raster {
    let rgb = (0..height)
        .flat_map(|y| (0..width).flat_map(move |x| (0..3).map(move |c| channel(seed, c, x, y))))
        .collect();
    Raster { width, height, rgb }
}

fn channel(seed: u32, c: u32, x: u32, y: u32) -> u8 {
    let light: i64 = (0..7).map(|octave| noise(seed, 2 << octave, x, y) << octave).sum::<i64>() / 127;
    let colour = noise(seed + 1_000 * (c + 1), 64, x, y) - 128;
    ((light - 128) * 2 + 128 + colour / 2).clamp(0, 255) as u8
}

/// Value noise: random values 0–255 on a lattice, linear between.
fn noise(seed: u32, cell: u32, x: u32, y: u32) -> i64 {
    let value = |i: u32, j: u32| {
        let place = i.wrapping_mul(73_856_093) ^ j.wrapping_mul(19_349_663) ^ cell.wrapping_mul(83_492_791);
        i64::from(mix(seed ^ mix(place)) & 255)
    };
    let (i, j, u, v, side) = (x / cell, y / cell, i64::from(x % cell), i64::from(y % cell), i64::from(cell));
    let top = value(i, j) * (side - u) + value(i + 1, j) * u;
    let bottom = value(i, j + 1) * (side - u) + value(i + 1, j + 1) * u;
    (top * (side - v) + bottom * v) / (side * side)
}

fn mix(n: u32) -> u32 {
    let n = (n ^ (n >> 16)).wrapping_mul(0x7feb_352d);
    let n = (n ^ (n >> 15)).wrapping_mul(0x846c_a68b);
    n ^ (n >> 16)
}

pub fn jpeg(raster: &Raster, quality: u8, progressive: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_progressive(progressive);
    encoder.encode(&raster.rgb, raster.width as u16, raster.height as u16, ColorType::Rgb).unwrap();
    bytes
}

pub fn encoded(raster: &Raster, format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_raw(raster.width, raster.height, raster.rgb.clone()).unwrap();
    written(&picture.into(), format)
}

pub fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// An animated GIF with one frame of each colour.
pub fn animated_gif(width: u32, height: u32, colours: &[[u8; 4]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    encoder.set_repeat(Repeat::Infinite).unwrap();
    for colour in colours {
        encoder.encode_frame(Frame::new(RgbaImage::from_pixel(width, height, image::Rgba(*colour)))).unwrap();
    }
    drop(encoder);
    bytes
}

/// Puts an EXIF segment that holds nothing but an orientation behind a JPEG's start marker.
pub fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0".to_vec();
    tiff.extend([0x12, 0x01, 0x03, 0x00, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0; 4]);
    let payload = [b"Exif\0\0".as_slice(), &tiff].concat();
    with_segment(jpeg, 0xE1, &payload)
}

/// Puts a segment behind a JPEG's start marker.
pub fn with_segment(jpeg: &[u8], marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, payload, &jpeg[2..]].concat()
}

/// A PNG that declares any size and holds next to nothing.
pub fn tiny_png(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes(), &height.to_be_bytes(), [8, 2, 0, 0].as_slice(), &[0]].concat();
    let empty_stream = [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1];
    let chunks = [chunk(b"IHDR", &header), chunk(b"IDAT", &empty_stream), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1A\n".as_slice(), &chunks.concat()].concat()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    let body = [kind.as_slice(), data].concat();
    [&length, body.as_slice(), &crc32(&body).to_be_bytes()].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    })
}
