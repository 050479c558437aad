//! A 64-bit perceptual hash: near duplicates have a small Hamming distance, other images one around 32.
//!
//! The DCT hash of Python's ImageHash (`imagehash.phash`, after Krawetz, "Looks Like It", 2011): luma, 32 × 32 by
//! Lanczos, DCT-II along both axes, and of the 8 × 8 lowest frequencies one bit each, set if above their median.
//! The transform is done in integers, so that a hash in the database means the same on every machine.

use fast_image_resize::PixelType;

use crate::decode::Raster;
use crate::refusal::Refusal;
use crate::thumbnail::resample;

/// Version of the algorithm, stored beside each hash: hashes of different versions are not comparable.
pub const PHASH_VERSION: u32 = 1;

const SIDE: usize = 32;
const KEPT: usize = 8;

/// `round(16384 × cos(π m / 64))` for m in 0..=32: the quarter wave from which the DCT's factors come.
const QUARTER_WAVE: [i64; 33] = [
    16_384, 16_364, 16_305, 16_207, 16_069, 15_893, 15_679, 15_426, 15_137, 14_811, 14_449, 14_053, 13_623,
    13_160, 12_665, 12_140, 11_585, 11_003, 10_394, 9_760, 9_102, 8_423, 7_723, 7_005, 6_270, 5_520, 4_756,
    3_981, 3_196, 2_404, 1_606, 804, 0,
];

/// The perceptual hash of an image, best taken from its small thumbnail's pixels.
///
/// Bit 63 is the mean brightness, then row by row (horizontal frequency fastest) as in ImageHash's hex text.
///
/// # Errors
/// [`Refusal::NoThumbnail`] if the resizer does not take the pixels.
pub fn phash(raster: &Raster) -> Result<u64, Refusal> {
    let size = (raster.width, raster.height);
    let (pixels, _) = raster.rgb.as_chunks::<3>();
    let luma: Vec<u8> = pixels.iter().map(|pixel| luma(*pixel)).collect();
    let square = resample(&luma, size, (SIDE as u32, SIDE as u32), PixelType::U8)?;
    Ok(above_median(&low_frequencies(&square)))
}

/// ITU-R BT.601 luma in 16-bit fixed point, as Pillow's `convert("L")` rounds it.
fn luma([r, g, b]: [u8; 3]) -> u8 {
    let sum = u32::from(r) * 19_595 + u32::from(g) * 38_470 + u32::from(b) * 7_471 + 0x8000;
    u8::try_from(sum >> 16).unwrap_or(u8::MAX)
}

/// The 8 × 8 lowest frequencies of a 32 × 32 picture, vertical frequency by row, scaled by 2²⁸.
fn low_frequencies(square: &[u8]) -> Vec<i64> {
    let wave: Vec<[i64; SIDE]> =
        (0..KEPT).map(|k| std::array::from_fn(|x| cosine((2 * x + 1) * k))).collect();
    let rows: Vec<Vec<i64>> = square
        .chunks_exact(SIDE)
        .map(|row| {
            let row: Vec<i64> = row.iter().map(|value| i64::from(*value)).collect();
            wave.iter().map(|factors| dot(factors, row.iter().copied())).collect()
        })
        .collect();
    let column = |k: usize| rows.iter().map(move |row| row.get(k).copied().unwrap_or_default());
    wave.iter().flat_map(|factors| (0..KEPT).map(|k| dot(factors, column(k))).collect::<Vec<_>>()).collect()
}

fn dot(factors: &[i64], values: impl Iterator<Item = i64>) -> i64 {
    factors.iter().zip(values).map(|(factor, value)| factor * value).sum()
}

/// `16384 × cos(π m / 64)` for any m, folded back into the quarter wave.
fn cosine(m: usize) -> i64 {
    let m = m % 128;
    let m = if m > 64 { 128 - m } else { m };
    let quarter = |m: usize| QUARTER_WAVE.get(m).copied().unwrap_or_default();
    if m > 32 { -quarter(64 - m) } else { quarter(m) }
}

/// One bit for each of 64 values, first value first: set if above the median (the mean of the middle two).
fn above_median(values: &[i64]) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let twice_median: i64 = sorted.iter().skip(sorted.len() / 2 - 1).take(2).sum();
    values.iter().fold(0, |hash, value| hash << 1 | u64::from(2 * value > twice_median))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_integer_wave_is_the_rounded_cosine() {
        for m in 0..256_u32 {
            let exact = 16_384.0 * (std::f64::consts::PI * f64::from(m) / 64.0).cos();
            assert_eq!(cosine(m as usize) as f64, exact.round(), "m = {m}");
        }
    }

    #[test]
    fn a_picture_of_one_colour_has_only_the_brightness_bit() {
        let grey = Raster { width: 40, height: 30, rgb: vec![90; 40 * 30 * 3] };
        assert_eq!(phash(&grey), Ok(1 << 63));
    }

    #[test]
    fn a_horizontal_wave_shows_in_the_first_row_of_frequencies() {
        let square: Vec<u8> = (0..SIDE * SIDE)
            .map(|i| {
                (128.0 + 100.0 * (std::f64::consts::PI * (2 * (i % SIDE) + 1) as f64 * 3.0 / 64.0).cos())
                    as u8
            })
            .collect();
        let frequencies = low_frequencies(&square);
        let strongest = (1..64).max_by_key(|i| frequencies[*i].abs());
        assert_eq!(strongest, Some(3));
    }
}
