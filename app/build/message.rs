//! One text as we use Fluent: words, `{ $name }`, `{ NUMBER($n) }`, and a choice by a count.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::unicode::unescape_unicode_to_string;

/// A text with what it is told.
pub struct Message {
    /// Its name: `votes-by-you`.
    pub id: String,
    /// What is said about it to translators and readers of the code.
    pub comment: String,
    /// What it consists of.
    pub pieces: Vec<Piece>,
    /// What it is told, in order of appearance.
    pub arguments: Vec<Argument>,
}

/// Something that a text is told.
#[derive(PartialEq, Eq)]
pub struct Argument {
    /// `votes`.
    pub name: String,
    /// A whole number, written as the language writes it; otherwise words, taken as they are.
    pub is_number: bool,
}

/// A part of a text.
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// Words that the text is told.
    Told(String),
    /// A number that the text is told.
    Count(String),
    /// One of several texts, by a count.
    Choice {
        /// The argument that decides.
        by: String,
        /// Each with its key, the last without.
        arms: Vec<(Option<Key>, Vec<Piece>)>,
    },
}

/// When an arm of a choice is taken.
pub enum Key {
    /// The count is exactly this.
    Exactly(i64),
    /// The count has this plural form in the language: `one`.
    Form(String),
}

/// The texts of a file.
///
/// # Errors
/// What can't be read or is not supported, each with the name of its text.
pub fn parse(text: String) -> Result<Vec<Message>, Vec<String>> {
    let lines = |until: usize, text: &str| text.bytes().take(until).filter(|byte| *byte == b'\n').count() + 1;
    let resource = fluent_syntax::parser::parse(text.clone()).map_err(|(_, errors)| {
        errors
            .iter()
            .map(|error| format!("line {}: {error}", lines(error.pos.start, &text)))
            .collect::<Vec<_>>()
    })?;
    let mut complaints = Vec::new();
    let mut messages: Vec<Message> = Vec::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name;
        let comment = message.comment.map(|comment| comment.content.join(" ")).unwrap_or_default();
        let read =
            message.value.ok_or_else(|| "it says nothing".to_owned()).and_then(|value| pieces(value, None));
        match read {
            Ok(_) if messages.iter().any(|known| known.id == id) => {
                complaints.push(format!("`{id}` is there twice"))
            }
            Ok(pieces) => {
                let mut arguments = Vec::new();
                collect(&pieces, &mut arguments);
                messages.push(Message { id, comment, pieces, arguments });
            }
            Err(what) => complaints.push(format!("`{id}`: {what}")),
        }
    }
    if complaints.is_empty() { Ok(messages) } else { Err(complaints) }
}

/// The pieces of a pattern. `counted` is the count that chose it: that one is a number wherever it is written.
fn pieces(pattern: Pattern<String>, counted: Option<&str>) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    for element in pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                pieces.push(Piece::Words(beside(pieces.last(), counted, value)))
            }
            PatternElement::Placeable { expression } => pieces.push(piece(expression, counted)?),
        }
    }
    Ok(pieces)
}

/// A count and its noun stay in one line.
fn beside(before: Option<&Piece>, counted: Option<&str>, words: String) -> String {
    match (before, words.strip_prefix(' ')) {
        (Some(Piece::Count(name)), Some(rest)) if Some(name.as_str()) == counted => format!("\u{a0}{rest}"),
        _ => words,
    }
}

fn piece(expression: Expression<String>, counted: Option<&str>) -> Result<Piece, String> {
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            Ok(Piece::Words(unescape_unicode_to_string(&value).into_owned()))
        }
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            Ok(if Some(id.name.as_str()) == counted { Piece::Count(id.name) } else { Piece::Told(id.name) })
        }
        Expression::Inline(InlineExpression::FunctionReference { id, arguments }) if id.name == "NUMBER" => {
            match arguments.positional.into_iter().next() {
                Some(InlineExpression::VariableReference { id }) => Ok(Piece::Count(id.name)),
                _ => Err("NUMBER needs an argument like $n".to_owned()),
            }
        }
        Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
            choice(id.name, variants)
        }
        _ => {
            Err("only { $words }, { NUMBER($n) } and a choice by a count like { $n -> … } can be used"
                .to_owned())
        }
    }
}

fn choice(by: String, variants: Vec<Variant<String>>) -> Result<Piece, String> {
    let mut arms = Vec::new();
    for variant in variants.into_iter().filter(|variant| !variant.default || is_other(&variant.key)) {
        let key = if variant.default { None } else { Some(key(variant.key)?) };
        arms.push((key, pieces(variant.value, Some(&by))?));
    }
    // The arm for everything else is tried last, wherever it stands.
    arms.sort_by_key(|(key, _)| match key {
        Some(Key::Exactly(_)) => 0,
        Some(Key::Form(_)) => 1,
        None => 2,
    });
    match arms.last() {
        Some((None, _)) if arms.len() > 1 => Ok(Piece::Choice { by, arms }),
        _ => Err(format!("the choice by ${by} needs an arm *[other], and one more")),
    }
}

fn is_other(key: &VariantKey<String>) -> bool {
    matches!(key, VariantKey::Identifier { name } if name == "other")
}

fn key(key: VariantKey<String>) -> Result<Key, String> {
    match key {
        VariantKey::NumberLiteral { value } => {
            value.parse().map(Key::Exactly).map_err(|_| format!("[{value}] is not a whole number"))
        }
        VariantKey::Identifier { name } if ["zero", "one", "two", "few", "many"].contains(&name.as_str()) => {
            Ok(Key::Form(name))
        }
        VariantKey::Identifier { name } => Err(format!("[{name}] is neither a number nor a plural form")),
    }
}

fn collect(pieces: &[Piece], arguments: &mut Vec<Argument>) {
    let mut note =
        |name: &str, is_number: bool| match arguments.iter_mut().find(|argument| argument.name == name) {
            Some(known) => known.is_number |= is_number,
            None => arguments.push(Argument { name: name.to_owned(), is_number }),
        };
    for piece in pieces {
        match piece {
            Piece::Words(_) => {}
            Piece::Told(name) => note(name, false),
            Piece::Count(name) => note(name, true),
            Piece::Choice { by, .. } => note(by, true),
        }
    }
    for piece in pieces {
        if let Piece::Choice { arms, .. } = piece {
            arms.iter().for_each(|(_, pieces)| collect(pieces, arguments));
        }
    }
}
