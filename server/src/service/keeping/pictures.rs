//! The picture files of a backup: listed with lengths and checksums, and linked or copied.
//!
//! The program never changes a picture's file, it only puts another one in its place. So a link is as good as a copy, takes no
//! room and no time; but it is on the same disk.

use super::folder::{LIST, Lines, PICTURES, Packed, parent, sync};
use super::sums::{copied, of_file};
use super::{KeepingError, Kept, PictureSums, Progress, Watcher};
use futures::TryStreamExt as _;
use media::blobs::{BlobKind, file_in};
use media::sha256::Sha256;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use store::keeping::{Snapshot, Value};

/// How many images that are wanting are told by name.
const NAMED: usize = 10;

/// How often progress is told of: every so many images.
const TELL: u64 = 100;

/// A file of a picture, as the list tells it.
struct Entry {
    kind: BlobKind,
    image: Sha256,
    /// None: it was not there.
    bytes: Option<u64>,
    /// None: it was not read.
    sha256: Option<String>,
}

/// Lists the files of all images that the database knows, and takes them along where there is a folder `into`. Images whose file
/// as it came is not there, or is not what its name says, are told by name, up to some.
pub async fn write(
    snapshot: &mut Snapshot,
    from: &Path,
    into: Option<&Path>,
    mut list: Packed,
    tell: Watcher<'_>,
) -> Kept<(PictureSums, Vec<String>)> {
    let included = into.is_some();
    let mut sums = PictureSums { included, files: 0, bytes: 0, wanting: 0, sha256: String::new() };
    let (mut hash, mut named, mut done) = (super::sums::Text::default(), Vec::new(), 0);
    let into = into.map(|folder| folder.join(PICTURES));
    let mut places = Places::default();
    let Some(table) = snapshot.layout().table("image").cloned() else {
        return Err(KeepingError::Damaged("the database has no table of images".to_owned()));
    };
    let total = snapshot.count(&table).await?;
    let mut rows = snapshot.rows(&table, None);
    while let Some(row) = rows.try_next().await? {
        let image = image_of(&row)?;
        for kind in BlobKind::ALL {
            let Some(entry) = take(kind, image, from, into.as_deref(), &mut places)? else { continue };
            sums.files += u64::from(entry.bytes.is_some());
            sums.bytes += entry.bytes.unwrap_or(0);
            if entry.is_wanting() {
                sums.wanting += 1;
                if named.len() < NAMED {
                    named.push(image.to_string());
                }
            }
            list.add(hash.add(&entry.line()))?;
        }
        done += 1;
        if done % TELL == 0 || done == total {
            tell(Progress { doing: "keeping images", done, total });
        }
    }
    list.finish()?;
    places.finish()?;
    sums.sha256 = hash.sha256();
    Ok((sums, named))
}

fn image_of(row: &[Value]) -> Kept<Sha256> {
    match row.first() {
        Some(Value::Text(text)) => {
            text.parse().map_err(|error| KeepingError::Damaged(format!("image {text:?}: {error}")))
        }
        other => Err(KeepingError::Damaged(format!("{other:?} names no image"))),
    }
}

/// A file's entry; the file is taken along where there is a folder. Only of the file as it came is it said that it is not there.
fn take(
    kind: BlobKind,
    image: Sha256,
    from: &Path,
    into: Option<&Path>,
    places: &mut Places,
) -> Kept<Option<Entry>> {
    let file = file_in(from, kind, &image);
    let found = match std::fs::metadata(&file) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let missing = Entry { kind, image, bytes: None, sha256: None };
            return Ok((kind == BlobKind::Original).then_some(missing));
        }
        Err(source) => return Err(KeepingError::file(&file, source)),
    };
    let (bytes, sha256) = match into {
        None => (found.len(), None),
        Some(into) => {
            let (bytes, sha256) = places.put(&file, &file_in(into, kind, &image), kind, true)?;
            (bytes, sha256)
        }
    };
    Ok(Some(Entry { kind, image, bytes: Some(bytes), sha256 }))
}

/// Puts the files of a backup into the folder of pictures; returns how many. With `check`, each is compared with its checksum.
pub fn restore(folder: &Path, sums: &PictureSums, to: &Path, check: bool, tell: Watcher<'_>) -> Kept<u64> {
    let (mut places, mut done) = (Places::default(), 0);
    for_each(folder, |entry| {
        let Some(bytes) = entry.bytes else { return Ok(()) };
        let from = file_in(&folder.join(PICTURES), entry.kind, &entry.image);
        let placed = places.put(&from, &file_in(to, entry.kind, &entry.image), entry.kind, check);
        let (length, sha256) = placed.map_err(|error| match error {
            KeepingError::File { file, source } if source.kind() == ErrorKind::NotFound => {
                KeepingError::Damaged(format!("{} is missing", file.display()))
            }
            other => other,
        })?;
        let differs = sha256.is_some() && entry.sha256.is_some() && sha256 != entry.sha256;
        if length != bytes || differs {
            return Err(KeepingError::Damaged(format!("{} is not as it was", from.display())));
        }
        done += 1;
        if done % TELL == 0 || done == sums.files {
            tell(Progress { doing: "restoring pictures", done, total: sums.files });
        }
        Ok(())
    })?;
    places.finish()?;
    Ok(done)
}

/// Compares the folder of pictures with a backup's list; returns one sentence for each file that is not there or not as it was.
pub fn compare(folder: &Path, sums: &PictureSums, with: &Path, tell: Watcher<'_>) -> Kept<Vec<String>> {
    let (mut differences, mut done) = (Vec::new(), 0);
    for_each(folder, |entry| {
        let Some(bytes) = entry.bytes else { return Ok(()) };
        let file = file_in(with, entry.kind, &entry.image);
        done += 1;
        if done % TELL == 0 || done == sums.files {
            tell(Progress { doing: "checking pictures", done, total: sums.files });
        }
        let expected = entry.expected();
        match of_file(&file) {
            Ok((length, sha256)) if length != bytes || expected.is_some_and(|sum| sum != sha256) => {
                differences.push(format!("{} is not as it was", file.display()));
            }
            Ok(_) => {}
            Err(KeepingError::File { source, .. }) if source.kind() == ErrorKind::NotFound => {
                differences.push(format!("{} is missing", file.display()));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    })?;
    Ok(differences)
}

/// Makes sure that the list is the one that was written.
pub fn check_list(folder: &Path, sums: &PictureSums) -> Kept<()> {
    let found = for_each(folder, |_| Ok(()))?;
    if found == sums.sha256 { Ok(()) } else { Err(KeepingError::Damaged(format!("{LIST} is not as it was"))) }
}

/// Reads the list; returns its checksum.
fn for_each(folder: &Path, mut each: impl FnMut(Entry) -> Kept<()>) -> Kept<String> {
    let mut lines = Lines::open(folder.join(LIST))?;
    while let Some(line) = lines.next()? {
        let entry = Entry::parse(line);
        each(entry.ok_or_else(|| KeepingError::Damaged(format!("{LIST}: {line:?} is no line of it")))?)?;
    }
    Ok(lines.sha256())
}

impl Entry {
    /// Kind, image, length and checksum, with `\N` for what there is not.
    fn line(&self) -> String {
        let bytes = self.bytes.map_or("\\N".to_owned(), |bytes| bytes.to_string());
        format!("{}\t{}\t{bytes}\t{}\n", self.kind, self.image, self.sha256.as_deref().unwrap_or("\\N"))
    }

    fn parse(line: &str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, image, bytes, sha256] = cells.as_slice() else { return None };
        let said = |cell: &'_ str| (cell != "\\N").then(|| cell.to_owned());
        let bytes = said(bytes).map(|text| text.parse()).transpose().ok()?;
        let sha256 = said(sha256);
        Some(Self { kind: BlobKind::parse(kind)?, image: image.parse().ok()?, bytes, sha256 })
    }

    /// The file as it came has its checksum as its name.
    fn expected(&self) -> Option<String> {
        match self.kind {
            BlobKind::Original => Some(self.image.to_string()),
            _ => self.sha256.clone(),
        }
    }

    fn is_wanting(&self) -> bool {
        let other = self.sha256.as_ref().is_some_and(|sum| *sum != self.image.to_string());
        self.kind == BlobKind::Original && (self.bytes.is_none() || other)
    }
}

/// Where files were put last, for each kind: folders are made when they are needed, and safe on disk when they are left.
#[derive(Default)]
struct Places([Option<PathBuf>; BlobKind::ALL.len()]);

impl Places {
    /// Links a file, or copies it where that can't be done. Tells its length, and its checksum where it was read.
    fn put(&mut self, from: &Path, to: &Path, kind: BlobKind, check: bool) -> Kept<(u64, Option<String>)> {
        self.enter(parent(to), kind)?;
        match std::fs::remove_file(to) {
            Err(source) if source.kind() != ErrorKind::NotFound => {
                return Err(KeepingError::file(to, source));
            }
            _ => {}
        }
        let opened = File::open(from).map_err(|source| KeepingError::file(from, source))?;
        if std::fs::hard_link(from, to).is_ok() {
            if check {
                let (bytes, sha256) = of_file(to)?;
                return Ok((bytes, Some(sha256)));
            }
            let found = opened.metadata().map_err(|source| KeepingError::file(from, source))?;
            return Ok((found.len(), None));
        }
        let refuse = |source| KeepingError::file(to, source);
        let mut made = File::create(to).map_err(refuse)?;
        let (bytes, sha256) = copied(opened, &mut made).map_err(refuse)?;
        made.sync_all().map_err(refuse)?;
        Ok((bytes, Some(sha256)))
    }

    fn enter(&mut self, folder: &Path, kind: BlobKind) -> Kept<()> {
        let Some(last) = self.0.get_mut(kind as usize) else { return Ok(()) };
        if last.as_deref() != Some(folder) {
            if let Some(left) = last.replace(folder.to_owned()) {
                sync(&left)?;
            }
            std::fs::create_dir_all(folder).map_err(|source| KeepingError::file(folder, source))?;
            sync(parent(folder))?;
        }
        Ok(())
    }

    fn finish(self) -> Kept<()> {
        self.0.iter().flatten().try_for_each(|folder| sync(folder))
    }
}
