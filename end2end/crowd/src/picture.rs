//! Pictures that look different from one another to a perceptual hash, and a zip archive of them.

use crate::chance::Chance;
use crate::trouble::Trouble;
use jpeg_encoder::{ColorType, Encoder};
use sha2::{Digest as _, Sha256};
use std::io::{Cursor, Write as _};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Points of a pattern on each side: what a hash of low frequencies sees of a picture.
const POINTS: usize = 8;
/// Pixels of a picture on each side.
const SIDE: u16 = 128;

/// A coarse random pattern, from which a picture is made.
pub struct Pattern {
    light: [[f64; POINTS]; POINTS],
    tint: [f64; 3],
}

impl Pattern {
    /// Two random patterns differ in half of a perceptual hash's bits.
    pub fn new(chance: &mut Chance) -> Self {
        let light = [[(); POINTS]; POINTS].map(|row| row.map(|()| chance.between(20.0, 235.0)));
        let tint = [(); 3].map(|()| chance.between(0.55, 1.0));
        Self { light, tint }
    }

    /// The picture as JPEG. Another quality gives other bytes that look the same.
    ///
    /// # Errors
    /// The encoder refuses.
    pub fn jpeg(&self, quality: u8) -> Result<Vec<u8>, Trouble> {
        let mut pixels = Vec::with_capacity(usize::from(SIDE) * usize::from(SIDE) * 3);
        for y in 0..SIDE {
            for x in 0..SIDE {
                let light = self.light_at(x, y);
                pixels.extend(self.tint.iter().map(|tint| (light * tint) as u8));
            }
        }
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, quality)
            .encode(&pixels, SIDE, SIDE, ColorType::Rgb)
            .map_err(|error| Trouble::Pictures(error.to_string()))?;
        Ok(bytes)
    }

    /// Between the points the light changes evenly.
    fn light_at(&self, x: u16, y: u16) -> f64 {
        let place = |pixel: u16| f64::from(pixel) / f64::from(SIDE - 1) * (POINTS - 1) as f64;
        let (x, y) = (place(x), place(y));
        let at = |x: f64, y: f64| {
            let row = self.light.get((y as usize).min(POINTS - 1));
            row.and_then(|row| row.get((x as usize).min(POINTS - 1))).copied().unwrap_or_default()
        };
        let (right, down) = (x.fract(), y.fract());
        let above = at(x, y) * (1.0 - right) + at(x + 1.0, y) * right;
        let below = at(x, y + 1.0) * (1.0 - right) + at(x + 1.0, y + 1.0) * right;
        above * (1.0 - down) + below * down
    }
}

/// The hash by which the server names pictures, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A zip archive of files: name and bytes.
///
/// # Errors
/// The archiver refuses.
pub fn archive<'a>(files: impl Iterator<Item = (String, &'a [u8])>) -> Result<Vec<u8>, Trouble> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        archive.start_file(name, stored).map_err(|error| Trouble::Pictures(error.to_string()))?;
        archive.write_all(bytes).map_err(|error| Trouble::Pictures(error.to_string()))?;
    }
    let written = archive.finish().map_err(|error| Trouble::Pictures(error.to_string()))?;
    Ok(written.into_inner())
}
