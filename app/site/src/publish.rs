//! Puts files into the published folder: under names that hash their content, compressed once, listed in a manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Io as _};
use crate::folder;

/// One file, by the name that people use for it and the name that browsers may keep for ever.
pub struct Logical {
    name: String,
    published: String,
    bytes: Vec<u8>,
}

impl Logical {
    /// A file that refers to no other: `icons/star.svg` becomes `icons/star.<hash>.svg`.
    pub fn alone(name: &str, bytes: Vec<u8>) -> Self {
        let hash = hash([("", bytes.as_slice())]);
        let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
        let file = match file.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
            None => format!("{file}.{hash}"),
        };
        let published = if folder.is_empty() { file } else { format!("{folder}/{file}") };
        Self { name: name.to_owned(), published, bytes }
    }
}

/// Files that refer to each other by name: all of them go to `folder/<hash>/`, where the hash covers them all.
pub fn together(folder: &str, files: BTreeMap<String, Vec<u8>>) -> Vec<Logical> {
    let hash = hash(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    let each = files.into_iter().map(|(name, bytes)| Logical {
        published: format!("{folder}/{hash}/{name}"),
        name: format!("{folder}/{name}"),
        bytes,
    });
    each.collect()
}

/// The first 64 bits of SHA-256 over names and contents, as 16 hexadecimal digits.
pub fn hash<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut sha = Sha256::new();
    for (name, bytes) in parts {
        sha.update((name.len() as u64).to_le_bytes());
        sha.update(name);
        sha.update((bytes.len() as u64).to_le_bytes());
        sha.update(bytes);
    }
    sha.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// One line of the manifest. Sizes are in bytes; a compressed size is missing where compression does not pay.
#[derive(Serialize)]
struct Entry<'a> {
    /// Where the file is, from the root of the site. It never changes its content.
    path: &'a str,
    content_type: &'static str,
    size: usize,
    /// Size of `path` + `.br`.
    br: Option<usize>,
    /// Size of `path` + `.gz`.
    gz: Option<usize>,
}

/// Makes `out` hold exactly `files`, their compressed forms and `manifest.json`. Says what is in it.
pub fn publish(out: &Path, files: Vec<Logical>) -> Result<String, Error> {
    let mut manifest = BTreeMap::new();
    let mut kept = BTreeSet::from(["manifest.json".to_owned()]);
    for file in &files {
        let content_type = content_type(&file.name);
        folder::write(&out.join(&file.published), &file.bytes)?;
        kept.insert(file.published.clone());
        let mut sizes = [None, None];
        if compresses(content_type) {
            for (size, (suffix, compress)) in sizes.iter_mut().zip(ENCODINGS) {
                let name = format!("{}.{suffix}", file.published);
                *size = Some(compressed(&out.join(&name), &file.bytes, compress)?);
                kept.insert(name);
            }
        }
        let [br, gz] = sizes;
        let entry = Entry { path: &file.published, content_type, size: file.bytes.len(), br, gz };
        manifest.insert(file.name.as_str(), entry);
    }
    let mut json = serde_json::to_vec_pretty(&manifest)?;
    json.push(b'\n');
    folder::write(&out.join("manifest.json"), &json)?;
    folder::retain(out, |name| kept.contains(name))?;
    Ok(said(out, &manifest))
}

fn said(out: &Path, manifest: &BTreeMap<&str, Entry<'_>>) -> String {
    let module = manifest.get("pkg/synvote.wasm");
    let wasm = module.map_or_else(String::new, |entry| {
        format!(", wasm {} kB, {} kB as brotli", entry.size / 1000, entry.br.unwrap_or(entry.size) / 1000)
    });
    format!("{} files in {}{wasm}", manifest.len(), out.display())
}

type Compress = fn(&[u8]) -> std::io::Result<Vec<u8>>;

const ENCODINGS: [(&str, Compress); 2] = [("br", brotli), ("gz", gzip)];

/// The size of the compressed form at `path`, made if it is missing. A name that hashes the content is its own
/// proof of being up to date.
fn compressed(path: &Path, bytes: &[u8], compress: Compress) -> Result<usize, Error> {
    if let Ok(present) = std::fs::metadata(path) {
        return Ok(usize::try_from(present.len()).unwrap_or(usize::MAX));
    }
    let bytes = compress(bytes).at(path)?;
    folder::write(path, &bytes)?;
    Ok(bytes.len())
}

/// At the highest quality: we compress once, browsers download often.
fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn compresses(content_type: &str) -> bool {
    content_type.starts_with("text/")
        || ["application/wasm", "application/json", "application/manifest+json", "image/svg+xml"]
            .contains(&content_type)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "md" | "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(out: &Path) -> Vec<String> {
        folder::read(out).unwrap().into_keys().collect()
    }

    fn entry(out: &Path, name: &str) -> serde_json::Value {
        let manifest = std::fs::read(out.join("manifest.json")).unwrap();
        serde_json::from_slice::<serde_json::Value>(&manifest).unwrap()[name].clone()
    }

    fn package(module: &[u8]) -> Vec<Logical> {
        let files = [("synvote.js", b"load".as_slice()), ("synvote.wasm", module)];
        together("pkg", files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).into())
    }

    #[test]
    fn a_text_is_published_compressed_and_both_forms_give_it_back() {
        let out = tempfile::tempdir().unwrap();
        let style = b"body { color: black } ".repeat(50);
        publish(out.path(), vec![Logical::alone("synvote.css", style.clone())]).unwrap();

        let entry = entry(out.path(), "synvote.css");
        let path = entry["path"].as_str().unwrap();
        assert!(path.starts_with("synvote.") && path.ends_with(".css") && path != "synvote.css");
        assert_eq!(entry["content_type"], "text/css; charset=utf-8");
        assert_eq!(entry["size"], style.len());

        let br = std::fs::read(out.path().join(format!("{path}.br"))).unwrap();
        assert_eq!(entry["br"], br.len());
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut br.as_slice(), &mut plain).unwrap();
        assert_eq!(plain, style);

        let gz = std::fs::read(out.path().join(format!("{path}.gz"))).unwrap();
        assert_eq!(entry["gz"], gz.len());
        assert!(gz.len() < style.len());
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(gz.as_slice()), &mut plain).unwrap();
        assert_eq!(plain, style);
    }

    #[test]
    fn a_picture_is_published_as_it_is() {
        let out = tempfile::tempdir().unwrap();
        publish(out.path(), vec![Logical::alone("icons/a.png", vec![0; 100])]).unwrap();
        assert!(entry(out.path(), "icons/a.png")["br"].is_null());
        assert_eq!(published(out.path()).len(), 2, "the picture and the manifest");
    }

    #[test]
    fn files_that_refer_to_each_other_move_together() {
        let (old, new) = (package(b"one"), package(b"two"));
        for (old, new) in old.iter().zip(&new) {
            assert_eq!(old.name, new.name);
            assert_ne!(old.published, new.published, "the loader moves although only the module changed");
        }
        let folder = |file: &Logical| file.published.rsplit_once('/').unwrap().0.to_owned();
        assert_eq!(folder(&old[0]), folder(&old[1]));
    }

    #[test]
    fn a_second_build_leaves_nothing_of_the_first() {
        let out = tempfile::tempdir().unwrap();
        publish(out.path(), package(b"one")).unwrap();
        let first = published(out.path());
        publish(out.path(), package(b"two")).unwrap();
        let second = published(out.path());
        assert_eq!(first.len(), 7, "two files in three forms, and the manifest");
        assert_eq!(second.len(), 7);
        assert_eq!(second.iter().filter(|name| first.contains(name)).collect::<Vec<_>>(), ["manifest.json"]);
    }

    #[test]
    fn the_boundary_between_two_files_is_part_of_the_hash() {
        assert_ne!(hash([("a", b"bc".as_slice())]), hash([("ab", b"c".as_slice())]));
        assert_eq!(hash([("a", b"b".as_slice())]).len(), 16);
    }
}
