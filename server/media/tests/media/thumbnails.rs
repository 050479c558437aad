use media::thumbnail::{
    LARGE_SIDE, MEDIUM_BYTES, MEDIUM_SIDE, SMALL_BYTES, SMALL_SIDE, encode_large, encode_medium,
    encode_small, shrink,
};
use media::{Raster, decode, ingest};

use crate::samples::{jpeg, picture, with_orientation, with_segment};

#[test]
fn the_longer_side_is_brought_to_the_size_and_the_shape_is_kept() {
    for ((width, height), expected) in
        [((400, 300), (192, 144)), ((300, 400), (144, 192)), ((1_000, 3), (192, 1)), ((3_000, 1), (192, 1))]
    {
        let picture = picture(21, width, height);
        let small = shrink(&picture, SMALL_SIDE).unwrap();
        assert_eq!((small.width, small.height), expected);
        assert_eq!(small.rgb.len() as u32, 3 * small.width * small.height);
    }
}

#[test]
fn a_small_image_is_never_made_larger() {
    let ingested = ingest(&jpeg(&picture(22, 33, 20), 90, false)).unwrap();
    for thumb in [ingested.small, ingested.medium, ingested.large] {
        assert_eq!((thumb.width, thumb.height), (33, 20));
        let raster = decode(&thumb.bytes).unwrap().raster;
        assert_eq!((raster.width, raster.height), (33, 20));
    }
}

#[test]
fn a_large_image_is_shrunk_for_zooming_too() {
    let ingested = ingest(&jpeg(&picture(23, 1_400, 700), 85, false)).unwrap();
    assert_eq!((ingested.large.width, ingested.large.height), (LARGE_SIDE, 512));
    assert_eq!((ingested.medium.width, ingested.medium.height), (MEDIUM_SIDE, 192));
    assert_eq!((ingested.small.width, ingested.small.height), (SMALL_SIDE, 96));
}

#[test]
fn thirty_six_square_tiles_weigh_at_most_250_kib() {
    let tiles = (0..36).map(|seed| encode_small(&picture(seed, SMALL_SIDE, SMALL_SIDE)).unwrap());
    let sizes: Vec<usize> = tiles.map(|tile| tile.bytes.len()).collect();
    assert!(sizes.iter().sum::<usize>() <= 250 * 1_024, "{sizes:?}");
    assert!(sizes.iter().min() > Some(&1_000), "the test pictures are too easy: {sizes:?}");
}

#[test]
fn a_tile_too_heavy_at_the_best_quality_is_encoded_lower_until_it_fits() {
    let rough = roughened(picture(24, SMALL_SIDE, SMALL_SIDE), 40);
    let best = encode_large(&rough).unwrap();
    assert!(best.bytes.len() > SMALL_BYTES, "the picture is too easy: {}", best.bytes.len());
    let tile = encode_small(&rough).unwrap();
    assert!(tile.bytes.len() <= SMALL_BYTES, "{}", tile.bytes.len());
    let finer = encode_medium(&roughened(picture(24, MEDIUM_SIDE, MEDIUM_SIDE), 25)).unwrap();
    assert!(finer.bytes.len() <= MEDIUM_BYTES, "{}", finer.bytes.len());
}

/// Adds pixel noise of some strength, which is what a JPEG encoder likes least.
fn roughened(mut raster: Raster, strength: u32) -> Raster {
    let mut state = 1_u32;
    for value in &mut raster.rgb {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *value = value.saturating_add(((state >> 24) * strength / 255) as u8);
    }
    raster
}

#[test]
fn thumbnails_are_progressive_and_carry_nothing_of_the_files_metadata() {
    let secret = b"GPS 48.137 11.575 <script>alert(1)</script>";
    let plain = jpeg(&picture(25, 300, 200), 90, false);
    let marked = with_segment(&with_segment(&with_orientation(&plain, 3), 0xFE, secret), 0xE1, secret);
    let ingested = ingest(&marked).unwrap();
    for thumb in [ingested.small.bytes, ingested.medium.bytes, ingested.large.bytes] {
        assert!(!contains(&thumb, b"GPS") && !contains(&thumb, b"Exif") && !contains(&thumb, b"script"));
        assert!(contains(&thumb, b"\xFF\xC2"), "no progressive frame");
        assert!(!contains(&thumb, b"\xFF\xE1"), "an application segment");
    }
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}
