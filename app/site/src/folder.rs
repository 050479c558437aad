//! A folder of small files as values: read whole, written only where something changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Io as _};

/// The files of `folder` and below by their path from it, with `/` between parts. Hidden files are left out, and a
/// folder that does not exist has no files.
pub fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let mut files = BTreeMap::new();
    for path in list(folder)? {
        if let Some(name) = name_in(folder, &path) {
            files.insert(name, fs::read(&path).at(&path)?);
        }
    }
    Ok(files)
}

/// Writes `bytes` to `path`, whole or not at all, unless they are there already.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if fs::read(path).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).at(parent)?;
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    fs::write(&partial, bytes).at(&partial)?;
    fs::rename(&partial, path).at(path)
}

/// Removes the files of `folder` whose name `keep` refuses, then the folders that are empty.
pub fn retain(folder: &Path, keep: impl Fn(&str) -> bool) -> Result<(), Error> {
    for path in list(folder)? {
        if name_in(folder, &path).is_none_or(|name| !keep(&name)) {
            fs::remove_file(&path).at(&path)?;
            let above = path.ancestors().skip(1).take_while(|above| *above != folder);
            for empty in above {
                if fs::remove_dir(empty).is_err() {
                    break;
                }
            }
        }
    }
    Ok(())
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&next).at(&next)? {
            let path = entry.at(&next)?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn name_in(folder: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .strip_prefix(folder)
        .ok()?
        .iter()
        .map(|part| part.to_str().filter(|text| !text.starts_with('.')))
        .collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_the_same_content_is_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        write(&path, b"one").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let before = fs::metadata(&path).unwrap().modified().unwrap();

        write(&path, b"one").unwrap();
        let untouched = fs::metadata(&path).unwrap();
        assert!(untouched.permissions().readonly(), "the very file is still there");
        assert_eq!(untouched.modified().unwrap(), before);

        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(!fs::metadata(&path).unwrap().permissions().readonly(), "a new file took its place");
    }

    #[test]
    fn reading_names_files_by_their_path_and_leaves_hidden_ones_out() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("icons/star.svg"), b"*").unwrap();
        write(&folder.path().join(".DS_Store"), b"x").unwrap();
        assert_eq!(
            read(folder.path()).unwrap(),
            BTreeMap::from([("icons/star.svg".to_owned(), b"*".to_vec())])
        );
        assert!(read(&folder.path().join("nowhere")).unwrap().is_empty());
    }

    #[test]
    fn files_that_are_not_kept_go_with_their_empty_folders() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("pkg/old/a.js"), b"a").unwrap();
        write(&folder.path().join("pkg/new/a.js"), b"a").unwrap();
        retain(folder.path(), |name| name == "pkg/new/a.js").unwrap();
        assert!(!folder.path().join("pkg/old").exists());
        assert!(folder.path().join("pkg/new/a.js").exists());
    }
}
