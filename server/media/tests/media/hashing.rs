use image::ImageFormat;
use media::thumbnail::{SMALL_SIDE, shrink};
use media::{Raster, ingest, phash};

use crate::samples::{encoded, jpeg, picture};

/// (seed, width, height, `imagehash.phash` by ImageHash 4.3.2 and Pillow 13.0), from `imagehash_reference.py`.
const REFERENCE: [(u32, u32, u32, u64); 6] = [
    (1, 192, 144, 0xb4f86d3d494a7454),
    (2, 144, 192, 0xa1d2e16d1a1b3db2),
    (3, 192, 192, 0xbaf24595d04eb44e),
    (4, 100, 60, 0xaee96ce130e572c4),
    (5, 500, 375, 0xe6415fca00b5b2dd),
    (6, 24, 20, 0xea55c256de729126),
];

fn distance(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

#[test]
fn the_hash_is_pythons_imagehash_up_to_rounding() {
    for (seed, width, height, expected) in REFERENCE {
        let hash = phash(&picture(seed, width, height)).unwrap();
        assert!(distance(hash, expected) <= 4, "picture {seed}: {hash:016x}, ImageHash {expected:016x}");
    }
}

#[test]
fn the_hash_of_a_thumbnail_is_near_pythons_of_the_image() {
    let (seed, width, height, expected) = REFERENCE[4];
    let picture = picture(seed, width, height);
    let hash = phash(&shrink(&picture, SMALL_SIDE).unwrap()).unwrap();
    assert!(distance(hash, expected) <= 6, "{hash:016x}, ImageHash {expected:016x}");
}

#[test]
fn another_encoding_or_size_of_a_picture_stays_near() {
    for seed in 30..34 {
        let original = picture(seed, 300, 225);
        let smaller: Raster = shrink(&original, 200).unwrap().into_owned();
        let hash = ingest(&encoded(&original, ImageFormat::Png)).unwrap().phash;
        for (what, copy) in [
            ("quality 90", jpeg(&original, 90, false)),
            ("quality 40, progressive", jpeg(&original, 40, true)),
            ("WebP", encoded(&original, ImageFormat::WebP)),
            ("two thirds of the size", jpeg(&smaller, 85, false)),
        ] {
            let far = distance(hash, ingest(&copy).unwrap().phash);
            assert!(far <= 6, "picture {seed}, {what}: {far}");
        }
    }
}

#[test]
fn different_pictures_are_far_apart() {
    let hashes: Vec<u64> = (40..60).map(|seed| phash(&picture(seed, 96, 72)).unwrap()).collect();
    for (i, a) in hashes.iter().enumerate() {
        for b in &hashes[i + 1..] {
            assert!(distance(*a, *b) >= 14, "{a:016x} {b:016x}");
        }
    }
}

#[test]
fn one_pixel_has_a_hash() {
    assert_eq!(phash(&Raster { width: 1, height: 1, rgb: vec![0, 0, 0] }), Ok(0));
    assert_eq!(phash(&Raster { width: 1, height: 1, rgb: vec![9, 9, 9] }), Ok(1 << 63));
}
