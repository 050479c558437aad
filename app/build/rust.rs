//! The texts as Rust: a match over the languages, so that the compiler says where one is missing.

use crate::catalog::Catalog;
use crate::message::{Key, Message, Piece};
use std::fmt::Write as _;

/// One module for each file. A text that is told nothing is a `&'static str`; the others are made with what they are told.
pub fn modules(catalog: &Catalog) -> String {
    let mut out = String::new();
    let Some(source) = catalog.get("en") else { return out };
    for (file, messages) in source {
        out += &format!("/// Texts of `{file}.ftl`.\npub(crate) mod {file} {{\n    use super::Locale;\n");
        for message in messages {
            let translations = catalog.iter().filter_map(|(language, files)| {
                let found = files.get(file)?.iter().find(|other| other.id == message.id)?;
                Some((variant(language), found))
            });
            out += &function(message, &translations.collect::<Vec<_>>());
        }
        out += "}\n";
    }
    out
}

/// `en` is `En`, `pt-br` is `PtBr`.
fn variant(language: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    language.split('-').map(capital).collect()
}

fn function(message: &Message, translations: &[(String, &Message)]) -> String {
    let name = message.id.replace('-', "_");
    let comment =
        if message.comment.is_empty() { words_of(&message.pieces) } else { message.comment.clone() };
    let plain = translations
        .iter()
        .map(|(language, text)| Some((language, plain(&text.pieces)?)))
        .collect::<Option<Vec<_>>>();
    let mut out = format!("    /// {comment}\n");
    match plain {
        Some(plain) if message.arguments.is_empty() => {
            out += &format!(
                "    pub(crate) fn {name}(locale: Locale) -> &'static str {{\n        match locale {{\n"
            );
            for (language, words) in plain {
                let _ = writeln!(out, "            Locale::{language} => {words:?},");
            }
            out += "        }\n    }\n";
        }
        _ => {
            let told: String = message
                .arguments
                .iter()
                .map(|argument| {
                    let kind = if argument.is_number { "super::Amount" } else { "AsRef<str>" };
                    format!(", {}: impl {kind}", snake(&argument.name))
                })
                .collect();
            out += &format!("    pub(crate) fn {name}(locale: Locale{told}) -> String {{\n");
            for argument in message.arguments.iter().filter(|argument| argument.is_number) {
                let name = snake(&argument.name);
                let _ = writeln!(out, "        let {name} = {name}.amount();");
            }
            out += "        let mut text = String::new();\n        match locale {\n";
            for (language, translation) in translations {
                let _ = writeln!(
                    out,
                    "            Locale::{language} => {{\n{}            }}",
                    pushes(&translation.pieces)
                );
            }
            out += "        }\n        text\n    }\n";
        }
    }
    out
}

/// The words of a text that consists of nothing else.
fn plain(pieces: &[Piece]) -> Option<String> {
    pieces
        .iter()
        .map(|piece| if let Piece::Words(words) = piece { Some(words.as_str()) } else { None })
        .collect()
}

/// What a text says, for its documentation.
fn words_of(pieces: &[Piece]) -> String {
    let says: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.replace('\n', " "),
            Piece::Told(_) | Piece::Count(_) | Piece::Choice { .. } => "…".to_owned(),
        })
        .collect();
    format!("`{}`", says.trim().replace('`', "'"))
}

fn pushes(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Words(words) => format!("text += {words:?};\n"),
            Piece::Told(name) => format!("text.push_str({}.as_ref());\n", snake(name)),
            Piece::Count(name) => format!("text.push_str(&locale.count({}));\n", snake(name)),
            Piece::Choice { by, arms } => {
                let arms: String = arms
                    .iter()
                    .map(|(key, pieces)| format!("{} => {{\n{}}}\n", pattern(key.as_ref()), pushes(pieces)))
                    .collect();
                format!("match ({0}, locale.plural({0})) {{\n{arms}}}\n", snake(by))
            }
        })
        .collect()
}

fn pattern(key: Option<&Key>) -> String {
    match key {
        Some(Key::Exactly(n)) => format!("({n}, _)"),
        Some(Key::Form(form)) => format!("(_, super::Plural::{})", variant(form)),
        None => "_".to_owned(),
    }
}

fn snake(name: &str) -> String {
    name.replace('-', "_")
}
