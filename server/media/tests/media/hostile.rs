use std::io::Cursor;
use std::sync::LazyLock;

use image::ImageFormat;
use media::{Archive, ArchiveLimits, Format, Refusal, decode, ingest, limits};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::FileFailurePersistence;

use crate::archives::{packed, zipped};
use crate::samples::{animated_gif, encoded, jpeg, picture, tiny_png, with_segment};

#[test]
fn a_few_bytes_that_declare_a_gigabyte_are_refused_by_their_size() {
    let png = tiny_png(30_000, 30_000);
    assert_eq!(png.len(), 65);
    assert_eq!(decode(&png), Err(Refusal::SideTooLong { width: 30_000, height: 30_000 }));
    let refusal = decode(&tiny_png(8_000, 8_000)).unwrap_err();
    assert_eq!(refusal.to_string(), "is 8,000 × 8,000 pixels; at most 40,000,000 in all are taken");
}

#[test]
fn pixels_within_the_limits_but_too_deep_for_the_memory_are_refused() {
    let mut deep = tiny_png(6_000, 6_000);
    // Sixteen bits and alpha: 288 MB. The checksum follows.
    deep[24..26].copy_from_slice(&[16, 6]);
    let crc = crc_of_header(&deep);
    deep[29..33].copy_from_slice(&crc);
    assert_eq!(decode(&deep), Err(Refusal::TooMuchMemory));
}

fn crc_of_header(png: &[u8]) -> [u8; 4] {
    let crc = png[12..29].iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    });
    (!crc).to_be_bytes()
}

#[test]
fn a_gif_whose_frame_is_larger_than_its_screen_costs_no_memory() {
    let mut gif = animated_gif(4, 4, &[[9, 9, 9, 255]]);
    let frame = gif.windows(10).position(|w| w[0] == 0x2C && w[5..9] == [4, 0, 4, 0]).unwrap();
    gif[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    let refusal = decode(&gif).unwrap_err();
    assert!(matches!(refusal, Refusal::TooMuchMemory | Refusal::Damaged { .. }), "{refusal:?}");
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_looked_at() {
    let bytes = vec![0; usize::try_from(limits::MAX_FILE_BYTES).unwrap() + 1];
    assert_eq!(decode(&bytes), Err(Refusal::TooManyBytes { bytes: limits::MAX_FILE_BYTES + 1 }));
}

#[test]
fn an_image_cut_off_anywhere_is_refused() {
    for (name, bytes) in samples() {
        for tenth in 1..10 {
            let cut = &bytes[..bytes.len() * tenth / 10];
            let refusal = decode(cut).expect_err(&format!("{name} cut at {tenth}/10"));
            let expected = matches!(refusal, Refusal::CutOff(_) | Refusal::Damaged { .. });
            assert!(expected || cut.len() < 20, "{name} cut at {tenth}/10: {refusal:?}");
        }
    }
    let cut = jpeg(&picture(50, 80, 80), 85, false);
    assert_eq!(decode(&cut[..cut.len() - 2]), Err(Refusal::CutOff(Format::Jpeg)));
}

#[test]
fn a_jpeg_without_a_picture_is_refused() {
    for bytes in [b"\xFF\xD8\xFF\xD9".as_slice(), b"\xFF\xD8\xFF\xDA\0\x02\xFF\xD9", b"\xFF\xD8\xFF\xFF\xFF"]
    {
        assert!(decode(bytes).is_err(), "{bytes:?}");
    }
}

#[test]
fn nothing_of_a_polyglot_reaches_what_we_serve() {
    let payload = b"<script>alert(document.domain)</script>";
    let archive = zipped(&[packed("evil.class", payload)]);
    let in_comment = with_segment(&jpeg(&picture(51, 60, 60), 85, false), 0xFE, payload);
    let at_the_end = [jpeg(&picture(52, 60, 60), 85, true), archive.clone()].concat();
    let gif_and_zip = [animated_gif(8, 8, &[[1, 2, 3, 255]]), archive].concat();
    for bytes in [in_comment, at_the_end, gif_and_zip] {
        let ingested = ingest(&bytes).unwrap();
        for thumb in [&ingested.small.bytes, &ingested.medium.bytes, &ingested.large.bytes] {
            assert!(thumb.starts_with(b"\xFF\xD8\xFF") && thumb.ends_with(b"\xFF\xD9"));
            assert!(!thumb.windows(7).any(|w| w == b"<script" || w.starts_with(b"PK\x03\x04")));
        }
    }
}

#[test]
fn a_page_with_an_image_name_is_refused_as_a_page() {
    let refusal = ingest(b"<!DOCTYPE html><html><body>GIF89a").unwrap_err();
    assert_eq!(refusal.to_string(), "is an HTML page; only JPEG, PNG, WebP and GIF images are taken");
}

/// One valid file of each kind.
fn samples() -> &'static [(&'static str, Vec<u8>)] {
    static SAMPLES: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| {
        let small = picture(53, 40, 30);
        vec![
            ("JPEG", jpeg(&small, 80, false)),
            ("progressive JPEG", jpeg(&small, 80, true)),
            ("PNG", encoded(&small, ImageFormat::Png)),
            ("WebP", encoded(&small, ImageFormat::WebP)),
            ("GIF", animated_gif(20, 20, &[[200, 10, 10, 255]])),
        ]
    });
    &SAMPLES
}

/// What may be wrong with a file on its way here.
#[derive(Clone, Debug)]
enum Damage {
    Set(Index, u8),
    Cut(Index),
    Insert(Index, Vec<u8>),
    Repeat(Index, Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        4 => (any::<Index>(), any::<u8>()).prop_map(|(at, value)| Damage::Set(at, value)),
        1 => any::<Index>().prop_map(Damage::Cut),
        1 => (any::<Index>(), vec(any::<u8>(), 1..20)).prop_map(|(at, new)| Damage::Insert(at, new)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Repeat(from, to)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: Vec<Damage>) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        match damage {
            Damage::Set(at, value) => bytes[at.index(length)] = value,
            Damage::Cut(at) => bytes.truncate(at.index(length)),
            Damage::Insert(at, new) => drop(bytes.splice(at.index(length)..at.index(length), new)),
            Damage::Repeat(from, to) => {
                let copy = bytes[from.index(length)..].to_vec();
                let at = to.index(length);
                drop(bytes.splice(at..at, copy));
            }
        }
    }
    bytes
}

/// What holds of any bytes at all: an answer, and one within the limits.
fn ingests_or_refuses(bytes: &[u8]) -> Result<(), TestCaseError> {
    match ingest(bytes) {
        Ok(ingested) => {
            prop_assert!(ingested.width <= limits::MAX_SIDE && ingested.height <= limits::MAX_SIDE);
            prop_assert!(decode(&ingested.small.bytes).is_ok());
        }
        Err(refusal) => {
            prop_assert!(refusal != Refusal::DecoderFailed, "a decoder panicked");
            prop_assert!(!refusal.to_string().chars().any(char::is_control));
        }
    }
    Ok(())
}

fn reads_or_refuses(bytes: &[u8]) -> Result<(), TestCaseError> {
    let limits = ArchiveLimits { bytes: 10_000, file_bytes: 4_000, ..ArchiveLimits::default() };
    let Ok(archive) = Archive::open(Cursor::new(bytes), limits) else { return Ok(()) };
    let mut total = 0;
    for item in archive {
        let Ok(entry) = item else { break };
        prop_assert!(!entry.name.chars().any(char::is_control));
        total += entry.bytes.map_or(0, |bytes| bytes.len());
    }
    prop_assert!(total <= 10_000);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_behind_any_signature_are_taken_or_refused(start in 0..6_usize, rest in vec(any::<u8>(), 0..300)) {
        let starts: [&[u8]; 6] =
            [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"GIF89a", b"RIFF\xFF\0\0\0WEBPVP8X", b"PK\x03\x04"];
        let bytes = [starts[start], &rest].concat();
        ingests_or_refuses(&bytes)?;
        reads_or_refuses(&bytes)?;
    }

    #[test]
    fn any_damage_to_a_valid_image_is_taken_or_refused(
        which in any::<Index>(),
        damages in vec(damage(), 1..6),
    ) {
        let (_, bytes) = which.get(samples());
        ingests_or_refuses(&damaged(bytes.clone(), damages))?;
    }

    #[test]
    fn any_damage_to_a_valid_archive_is_read_or_refused(damages in vec(damage(), 1..6)) {
        let archive = zipped(&[packed("a.jpg", b"first"), packed("b/c.jpg", &[0; 3_000]), packed("d.jpg", b"last")]);
        reads_or_refuses(&damaged(archive, damages))?;
    }
}
