//! How many images a second one core takes in, beside Python's ImageHash and Pillow on the same files.
//!
//! `cargo bench -p media [-- folder]`: without a folder, 60 generated photograph-like JPEGs of 500 pixels. The
//! comparison runs if `$PYTHON` (else `python3`) has ImageHash. The bar is 2.5 for tile and hash.
#![expect(clippy::print_stdout, reason = "a benchmark's result is what it prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures with the real clock")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use jpeg_encoder::{ColorType, Encoder};
use media::thumbnail::{LARGE_SIDE, SMALL_BYTES, SMALL_SIDE, encode_small, shrink};
use media::{Refusal, Thumb, decode, ingest, phash};

const IMAGES: u32 = 60;
const ROUNDS: u32 = 5;

/// One process, one thread; the best of some rounds over all files, which are in memory. Tile: at most 192 pixels,
/// Lanczos, progressive JPEG with optimal Huffman tables, 4:2:0. The hash is taken from the tile's pixels (`tile`),
/// as ours is, or from the whole image (`whole`), as people usually write it.
const PYTHON: &str = r#"
import io, sys, time
import imagehash
from PIL import Image
files = [open(name, "rb").read() for name in sys.argv[2:]]
def run(data, whole):
    image = Image.open(io.BytesIO(data)).convert("RGB")
    tile = image.copy()
    tile.thumbnail((192, 192), Image.LANCZOS)
    imagehash.phash(image if whole else tile)
    tile.save(io.BytesIO(), "JPEG", quality=76, progressive=True, optimize=True, subsampling="4:2:0")
for whole in (False, True):
    best = None
    for _ in range(int(sys.argv[1])):
        start = time.perf_counter()
        for data in files:
            run(data, whole)
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
    print(len(files) / best)
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let files = match &given {
        Some(folder) => in_folder(Path::new(folder))?,
        None => generated(folder.path())?,
    };
    let images: Vec<Vec<u8>> = files.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    println!(
        "{} images, {} kB on average",
        images.len(),
        images.concat().len() / images.len().max(1) / 1_000
    );

    let tile = rate(&images, |bytes| tile_and_hash(bytes).map(drop));
    let all = rate(&images, |bytes| ingest(bytes).map(drop));
    println!("tile and hash          {tile:7.0} images/s");
    println!("with the large picture {all:7.0} images/s");
    print_tile_sizes(&images)?;
    print_comparison(&files, tile);
    Ok(())
}

fn tile_and_hash(bytes: &[u8]) -> Result<(Thumb, u64), Refusal> {
    let decoded = decode(bytes)?;
    let large = shrink(&decoded.raster, LARGE_SIDE)?;
    let small = shrink(&large, SMALL_SIDE)?;
    Ok((encode_small(&small)?, phash(&small)?))
}

/// Images a second in the best of some rounds.
fn rate(images: &[Vec<u8>], work: impl Fn(&[u8]) -> Result<(), Refusal>) -> f64 {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let taken = images.iter().filter(|bytes| work(bytes).is_ok()).count();
        taken as f64 / start.elapsed().as_secs_f64()
    });
    rounds.fold(0.0, f64::max)
}

fn print_tile_sizes(images: &[Vec<u8>]) -> Result<(), Refusal> {
    let tiles = images.iter().map(|bytes| tile_and_hash(bytes).map(|(tile, _)| tile.bytes.len()));
    let mut sizes: Vec<usize> = tiles.collect::<Result<_, _>>()?;
    sizes.sort_unstable();
    let mean = sizes.iter().sum::<usize>() / sizes.len().max(1);
    let largest = sizes.last().copied().unwrap_or_default();
    let page = 36 * mean / 1_024;
    println!(
        "tiles: mean {mean} B, largest {largest} B (aim {SMALL_BYTES}); 36 of them {page} KiB (bar 250)"
    );
    Ok(())
}

fn print_comparison(files: &[PathBuf], tile: f64) {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let run = Command::new(python).arg("-c").arg(PYTHON).arg(ROUNDS.to_string()).args(files).output();
    let output = match run {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).into_owned(),
        _ => return println!("no comparison: Python with ImageHash is not there (pip install ImageHash)"),
    };
    for (what, line) in ["of the tile", "of the whole image"].iter().zip(output.lines()) {
        if let Ok(theirs) = line.parse::<f64>() {
            println!(
                "ImageHash + Pillow, hash {what}: {theirs:.0} images/s; ratio {:.1} (bar 2.5)",
                tile / theirs
            );
        }
    }
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let paths = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>()?;
    paths.retain(|path| std::fs::read(path).is_ok_and(|bytes| media::sniff::sniff(&bytes).is_ok()));
    paths.sort();
    Ok(paths)
}

fn generated(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let write = |seed| {
        let path = folder.join(format!("{seed}.jpg"));
        let (width, height) = if seed % 3 == 0 { (375, 500) } else { (500, 375) };
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, 88).encode(
            &photograph(seed, width.into(), height.into()),
            width,
            height,
            ColorType::Rgb,
        )?;
        std::fs::write(&path, bytes)?;
        Ok(path)
    };
    (0..IMAGES).map(write).collect()
}

/// Noise of seven scales whose strength falls with the frequency, as in photographs, and a little grain.
fn photograph(seed: u32, width: u32, height: u32) -> Vec<u8> {
    let value = |c: u32, x: u32, y: u32| {
        let octaves = (0..7).map(|octave| noise(seed + c / 3, 2 << octave, x, y) * f64::from(1 << octave));
        let light = octaves.sum::<f64>() / 127.0;
        ((light - 0.5) * 510.0
            + 128.0
            + noise(seed + 100 * c, 64, x, y) * 40.0
            + noise(seed + c, 1, x, y) * 24.0)
            .clamp(0.0, 255.0) as u8
    };
    (0..height).flat_map(|y| (0..width).flat_map(move |x| (0..3).map(move |c| value(c, x, y)))).collect()
}

/// Random values 0–1 on a lattice, linear between.
fn noise(seed: u32, cell: u32, x: u32, y: u32) -> f64 {
    let value = |i: u32, j: u32| {
        let mut n =
            seed ^ i.wrapping_mul(73_856_093) ^ j.wrapping_mul(19_349_663) ^ cell.wrapping_mul(83_492_791);
        n = (n ^ (n >> 16)).wrapping_mul(0x7feb_352d);
        n = (n ^ (n >> 15)).wrapping_mul(0x846c_a68b);
        f64::from((n ^ (n >> 16)) & 255) / 255.0
    };
    let (i, j) = (x / cell, y / cell);
    let (u, v) = (f64::from(x % cell) / f64::from(cell), f64::from(y % cell) / f64::from(cell));
    let top = value(i, j) * (1.0 - u) + value(i + 1, j) * u;
    let bottom = value(i, j + 1) * (1.0 - u) + value(i + 1, j + 1) * u;
    top * (1.0 - v) + bottom * v
}
