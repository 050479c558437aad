//! All texts in all languages, checked against English, in which they are written first.

use crate::message::{Message, parse};
use std::collections::BTreeMap;
use std::path::Path;

/// The language whose texts say which there are, and what each is told.
const SOURCE: &str = "en";

/// The texts by language (`en`), then by file (`sign_in`), in the order of the file.
pub type Catalog = BTreeMap<String, BTreeMap<String, Vec<Message>>>;

/// Reads a folder that holds one folder for each language. The pages' texts are left out where only islands are compiled.
///
/// # Errors
/// Everything that is wrong, each with its place.
pub fn read(folder: &Path, with_pages: bool) -> Result<Catalog, Vec<String>> {
    let mut complaints = Vec::new();
    let mut catalog = Catalog::new();
    for language in entries(folder, &mut complaints) {
        let mut files = BTreeMap::new();
        if with_pages {
            read_files(&folder.join(&language), &mut files, &mut complaints);
        }
        read_files(&folder.join(&language).join("islands"), &mut files, &mut complaints);
        catalog.insert(language, files);
    }
    compare(&catalog, &mut complaints);
    if complaints.is_empty() { Ok(catalog) } else { Err(complaints) }
}

fn read_files(folder: &Path, files: &mut BTreeMap<String, Vec<Message>>, complaints: &mut Vec<String>) {
    for name in entries(folder, complaints) {
        let Some(stem) = name.strip_suffix(".ftl") else { continue };
        let path = folder.join(&name);
        match std::fs::read_to_string(&path) {
            Ok(text) => match parse(text) {
                Ok(messages) => {
                    if files.insert(stem.to_owned(), messages).is_some() {
                        complaints.push(format!("{}: a page's texts have this name too", path.display()));
                    }
                }
                Err(found) => {
                    complaints.extend(found.into_iter().map(|what| format!("{}: {what}", path.display())));
                }
            },
            Err(error) => complaints.push(format!("{}: {error}", path.display())),
        }
    }
}

/// Names in a folder; none where there is no such folder.
fn entries(folder: &Path, complaints: &mut Vec<String>) -> Vec<String> {
    if !folder.exists() {
        return Vec::new();
    }
    let listed = std::fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    });
    let mut names: Vec<String> = listed.unwrap_or_else(|error| {
        complaints.push(format!("{}: {error}", folder.display()));
        Vec::new()
    });
    names.sort();
    names
}

fn compare(catalog: &Catalog, complaints: &mut Vec<String>) {
    let Some(source) = catalog.get(SOURCE) else {
        complaints.push(format!("texts/{SOURCE}: there are no texts"));
        return;
    };
    for (language, files) in catalog.iter().filter(|(language, _)| *language != SOURCE) {
        for (file, messages) in source {
            let place = format!("texts/{language}, {file}.ftl");
            let translated = files.get(file).map(Vec::as_slice).unwrap_or_default();
            complaints
                .extend(differences(messages, translated).into_iter().map(|what| format!("{place}: {what}")));
        }
        let strange = files.keys().filter(|file| !source.contains_key(*file));
        complaints.extend(
            strange.map(|file| format!("texts/{language}, {file}.ftl: no such file in texts/{SOURCE}")),
        );
    }
}

fn differences(source: &[Message], translated: &[Message]) -> Vec<String> {
    let find = |among: &[Message], id: &str| among.iter().position(|message| message.id == id);
    let mut found = Vec::new();
    for message in source {
        match find(translated, &message.id).and_then(|place| translated.get(place)) {
            None => found.push(format!("`{}` is missing", message.id)),
            Some(other) => {
                let strange = other.arguments.iter().filter(|argument| !message.arguments.contains(argument));
                found
                    .extend(strange.map(|argument| {
                        format!("`{}` is not told ${} like this", message.id, argument.name)
                    }));
            }
        }
    }
    let strange = translated.iter().filter(|message| find(source, &message.id).is_none());
    found.extend(strange.map(|message| format!("`{}` is not in texts/{SOURCE}", message.id)));
    found
}
