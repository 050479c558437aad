//! The files of a backup: packed lists, written so that they are safe on disk, and read line by line.

use super::{KeepingError, Kept};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use std::fs::{File, TryLockError};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// The folder of the tables' files.
pub const TABLES: &str = "tables";
/// The folder of the pictures.
pub const PICTURES: &str = "images";
/// The list of the pictures.
pub const LIST: &str = "pictures.tsv.gz";

/// The file of a table.
pub fn table_file(folder: &Path, table: &str) -> PathBuf {
    folder.join(TABLES).join(format!("{table}.copy.gz"))
}

/// A packed list that grows line by line.
pub struct Packed {
    file: PathBuf,
    out: GzEncoder<BufWriter<File>>,
}

impl Packed {
    /// Begins a list.
    pub fn create(file: PathBuf) -> Kept<Self> {
        let made = File::create(&file).map_err(|source| KeepingError::file(&file, source))?;
        Ok(Self { out: GzEncoder::new(BufWriter::new(made), Compression::fast()), file })
    }

    /// Adds a line, which has its end already.
    pub fn add(&mut self, line: &str) -> Kept<()> {
        self.out.write_all(line.as_bytes()).map_err(|source| KeepingError::file(&self.file, source))
    }

    /// Ends the list when it is safe on disk.
    pub fn finish(self) -> Kept<()> {
        let Self { file, out } = self;
        let done = out.finish().and_then(|out| out.into_inner().map_err(std::io::IntoInnerError::into_error));
        done.and_then(|out| out.sync_all()).map_err(|source| KeepingError::file(&file, source))
    }
}

/// Reads a packed list line by line, without their ends; sums up what it reads.
pub struct Lines {
    file: PathBuf,
    from: BufReader<GzDecoder<BufReader<File>>>,
    hash: Sha256,
    line: Vec<u8>,
}

impl Lines {
    /// Opens a list. One that is not there is damage: the manifest says that it is.
    pub fn open(file: PathBuf) -> Kept<Self> {
        let opened = File::open(&file)
            .map_err(|error| KeepingError::Damaged(format!("{} can't be read: {error}", file.display())))?;
        let from = BufReader::new(GzDecoder::new(BufReader::new(opened)));
        Ok(Self { file, from, hash: Sha256::new(), line: Vec::new() })
    }

    /// The next line, until there is none.
    pub fn next(&mut self) -> Kept<Option<&str>> {
        self.line.clear();
        let damaged = |what: String| KeepingError::Damaged(format!("{}: {what}", self.file.display()));
        self.from.read_until(b'\n', &mut self.line).map_err(|error| damaged(error.to_string()))?;
        self.hash.update(&self.line);
        match self.line.split_last() {
            None => Ok(None),
            Some((b'\n', line)) => match std::str::from_utf8(line) {
                Ok(line) => Ok(Some(line)),
                Err(error) => Err(damaged(error.to_string())),
            },
            Some(_) => Err(damaged("its last line has no end".to_owned())),
        }
    }

    /// The SHA-256 of all that was read.
    pub fn sha256(self) -> String {
        hex::encode(self.hash.finalize())
    }
}

/// A folder that is being written, under a name that tells so; it goes when it is dropped before it is whole.
pub struct Partial {
    folder: PathBuf,
    whole: PathBuf,
    lock: Option<File>,
}

impl Partial {
    const LOCK: &'static str = ".lock";

    /// Makes the folder, whose name ends in `.partial` until it is whole. What a stopped backup left there is removed.
    pub fn begin(whole: &Path) -> Kept<Self> {
        if whole.symlink_metadata().is_ok() {
            return Err(KeepingError::There { folder: whole.to_owned() });
        }
        let mut name = whole.as_os_str().to_owned();
        name.push(".partial");
        let folder = PathBuf::from(name);
        let refuse = |source| KeepingError::file(&folder, source);
        std::fs::create_dir_all(&folder).map_err(refuse)?;
        private(&folder)?;
        let lock = File::create(folder.join(Self::LOCK)).map_err(refuse)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(KeepingError::Busy { folder }),
            Err(TryLockError::Error(source)) => return Err(KeepingError::file(&folder, source)),
        }
        let partial = Self { folder, whole: whole.to_owned(), lock: Some(lock) };
        partial.clear()?;
        std::fs::create_dir(partial.folder.join(TABLES))
            .map_err(|source| KeepingError::file(&partial.folder, source))?;
        Ok(partial)
    }

    /// Where to write.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives the folder its name, when all in it is safe on disk.
    pub fn finish(mut self) -> Kept<()> {
        let refuse = |source| KeepingError::file(&self.folder, source);
        std::fs::remove_file(self.folder.join(Self::LOCK)).map_err(refuse)?;
        sync(&self.folder.join(TABLES))?;
        sync(&self.folder)?;
        std::fs::rename(&self.folder, &self.whole).map_err(refuse)?;
        self.lock = None;
        sync(parent(&self.whole))
    }

    fn clear(&self) -> Kept<()> {
        let refuse = |source| KeepingError::file(&self.folder, source);
        for entry in std::fs::read_dir(&self.folder).map_err(refuse)? {
            let entry = entry.map_err(refuse)?;
            let path = entry.path();
            let removed = match entry.file_type().map_err(refuse)?.is_dir() {
                true => std::fs::remove_dir_all(&path),
                false if entry.file_name() == Self::LOCK => Ok(()),
                false => std::fs::remove_file(&path),
            };
            removed.map_err(|source| KeepingError::file(&path, source))?;
        }
        Ok(())
    }
}

impl Drop for Partial {
    /// What was begun and not finished only takes room.
    fn drop(&mut self) {
        if self.lock.is_some() {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// Writes a file so that it is safe on disk.
pub fn write(file: &Path, bytes: &[u8]) -> Kept<()> {
    let written = File::create(file).and_then(|mut out| out.write_all(bytes).and_then(|()| out.sync_all()));
    written.map_err(|source| KeepingError::file(file, source))
}

/// Makes sure that a folder's entries are on disk.
pub fn sync(folder: &Path) -> Kept<()> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|source| KeepingError::file(folder, source))
}

/// The folder that a file lies in.
pub fn parent(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// A backup holds hashes of passwords: nobody else may read it.
#[cfg(unix)]
fn private(folder: &Path) -> Kept<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let owner = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(folder, owner).map_err(|source| KeepingError::file(folder, source))
}

#[cfg(not(unix))]
fn private(_folder: &Path) -> Kept<()> {
    Ok(())
}
