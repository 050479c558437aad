//! A place in a text for something that is no text: a link, a date, a word in bold. The language says where it stands.

use leptos::prelude::*;

/// What a text is told in place of the view. Nobody writes this character (U+FFFC, "object replacement").
pub(crate) const SLOT: &str = "\u{fffc}";

/// The text with the view in its slot; where a translation has lost the slot, the view comes last.
pub(crate) fn fill(text: impl AsRef<str>, view: impl IntoView) -> impl IntoView {
    let text = text.as_ref();
    let (before, after) = text.split_once(SLOT).unwrap_or((text, ""));
    // An empty string would come out as a space.
    let words = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (words(before), view, words(after))
}
