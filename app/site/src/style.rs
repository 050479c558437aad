//! The style: files by screen, joined into the one that browsers load.

use std::path::Path;

use crate::error::{Error, Io as _};

/// What `main.css` says, with each line `@import "FILE.css";` replaced by that file.
///
/// # Errors
/// A file that can't be read, named.
pub fn joined(main: &Path) -> Result<String, Error> {
    let folder = main.parent().unwrap_or(main);
    let mut style = String::new();
    for line in std::fs::read_to_string(main).at(main)?.lines() {
        match imported(line) {
            Some(name) => {
                let part = folder.join(name);
                style += &std::fs::read_to_string(&part).at(&part)?;
            }
            None => {
                style += line;
                style.push('\n');
            }
        }
    }
    Ok(style)
}

/// `parts.css` in `@import "parts.css";`.
fn imported(line: &str) -> Option<&str> {
    line.strip_prefix("@import \"")?.strip_suffix("\";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_where_they_are_imported() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        std::fs::write(&main, "@layer b, a;\n@import \"a.css\";\n@import \"b.css\";\n").unwrap();
        std::fs::write(folder.path().join("a.css"), "@layer a {}\n").unwrap();
        std::fs::write(folder.path().join("b.css"), "@layer b {}\n").unwrap();
        assert_eq!(joined(&main).unwrap(), "@layer b, a;\n@layer a {}\n@layer b {}\n");
    }

    #[test]
    fn a_part_that_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        std::fs::write(&main, "@import \"gone.css\";\n").unwrap();
        assert!(joined(&main).unwrap_err().to_string().contains("gone.css"));
    }
}
