use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use media::{Format, Refusal, Sha256, decode, ingest};

use crate::samples::{animated_gif, encoded, jpeg, picture, with_orientation, with_segment, written};

#[test]
fn lossless_formats_give_back_their_pixels() {
    let original = picture(11, 60, 40);
    for (format, name) in [(ImageFormat::Png, Format::Png), (ImageFormat::WebP, Format::Webp)] {
        let decoded = decode(&encoded(&original, format)).unwrap();
        assert_eq!(decoded.format, name);
        assert!(decoded.raster == original, "{name} changed the pixels");
    }
}

#[test]
fn a_jpeg_baseline_or_progressive_comes_close_to_its_pixels() {
    let original = picture(12, 90, 61);
    for progressive in [false, true] {
        let decoded = decode(&jpeg(&original, 95, progressive)).unwrap();
        assert_eq!((decoded.raster.width, decoded.raster.height), (90, 61));
        let differences =
            original.rgb.iter().zip(&decoded.raster.rgb).map(|(a, b)| u64::from(a.abs_diff(*b)));
        let mean = differences.sum::<u64>() as f64 / original.rgb.len() as f64;
        assert!(mean < 5.0, "mean difference {mean}");
    }
}

#[test]
fn transparent_pixels_are_laid_on_white() {
    let mut picture = RgbaImage::from_pixel(2, 1, Rgba([200, 0, 0, 255]));
    picture.put_pixel(1, 0, Rgba([0, 0, 0, 0]));
    let decoded = decode(&written(&picture.clone().into(), ImageFormat::Png)).unwrap();
    assert_eq!(decoded.raster.rgb, [200, 0, 0, 255, 255, 255]);
    let grey = DynamicImage::ImageLumaA16(image::ImageBuffer::from_pixel(1, 1, image::LumaA([0, 0])));
    assert_eq!(decode(&written(&grey, ImageFormat::Png)).unwrap().raster.rgb, [255, 255, 255]);
}

#[test]
fn grey_and_sixteen_bit_pictures_become_three_bytes_a_pixel() {
    let grey = DynamicImage::ImageLuma8(image::ImageBuffer::from_pixel(3, 2, image::Luma([77])));
    assert_eq!(decode(&written(&grey, ImageFormat::Png)).unwrap().raster.rgb, [77; 18]);
    let deep =
        DynamicImage::ImageRgb16(image::ImageBuffer::from_pixel(1, 1, image::Rgb([65_535, 0, 32_896])));
    assert_eq!(decode(&written(&deep, ImageFormat::Png)).unwrap().raster.rgb, [255, 0, 128]);
}

#[test]
fn an_animation_is_its_first_frame() {
    let gif = animated_gif(5, 4, &[[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255]]);
    let decoded = decode(&gif).unwrap();
    assert_eq!(decoded.format, Format::Gif);
    assert_eq!(decoded.raster.rgb, [255, 0, 0].repeat(20));
}

#[test]
fn a_phone_photo_is_turned_upright() {
    let mut sideways = picture(13, 96, 48);
    sideways.rgb.chunks_exact_mut(3).enumerate().for_each(|(i, pixel)| {
        pixel.fill(if i % 96 < 48 { 0 } else { 255 });
    });
    let plain = jpeg(&sideways, 90, false);
    assert_eq!(decode(&plain).unwrap().raster.width, 96);

    let upright = decode(&with_orientation(&plain, 6)).unwrap().raster;
    assert_eq!((upright.width, upright.height), (48, 96));
    // Orientation 6: turn clockwise, so that the left half comes to the top.
    let red = |x: usize, y: usize| upright.rgb[3 * (y * 48 + x)];
    assert!(red(24, 10) < 40 && red(24, 85) > 215, "top {}, bottom {}", red(24, 10), red(24, 85));

    let ingested = ingest(&with_orientation(&plain, 6)).unwrap();
    assert_eq!((ingested.width, ingested.height), (48, 96));
    assert_eq!((ingested.large.width, ingested.large.height), (48, 96));
}

#[test]
fn an_unreadable_orientation_does_not_cost_the_image() {
    let plain = jpeg(&picture(14, 40, 30), 80, false);
    for broken in [with_orientation(&plain, 99), with_segment(&plain, 0xE1, b"Exif\0\0II*\0\xFF\xFF\xFF\xFF")]
    {
        assert_eq!(decode(&broken).unwrap().raster.width, 40);
    }
}

#[test]
fn an_ingested_image_is_named_by_its_bytes() {
    let bytes = jpeg(&picture(15, 400, 300), 85, true);
    let ingested = ingest(&bytes).unwrap();
    assert_eq!(ingested.sha256, Sha256::of(&bytes));
    assert_eq!((ingested.width, ingested.height, ingested.format), (400, 300, Format::Jpeg));
    assert_eq!((ingested.small.width, ingested.small.height), (192, 144));
    assert_eq!((ingested.large.width, ingested.large.height), (400, 300));
    assert_eq!(ingested.phash_version, media::PHASH_VERSION);
}

#[test]
fn an_ingester_gives_what_ingest_gives() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let ingester = media::Ingester::default();
    let bytes = jpeg(&picture(16, 50, 50), 85, false);
    let ingested = runtime.block_on(ingester.ingest(bytes.clone().into()));
    assert_eq!(ingested, ingest(&bytes));
    assert!(ingested.is_ok());
    assert_eq!(runtime.block_on(ingester.ingest(bytes::Bytes::new())), Err(Refusal::Empty));
}
