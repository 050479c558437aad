//! A place in a text for something that is no text: a link, a date, a word in bold. The language says where it stands.

use leptos::prelude::*;

/// What a text is told in place of the view. Nobody writes this character (U+FFFC, "object replacement").
pub(crate) const SLOT: &str = "\u{fffc}";

/// What a text is told in place of the first, second … of several views: characters for private use.
#[cfg(feature = "ssr")]
const SLOTS: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{e00f}';

/// The text with the view in its slot; where a translation has lost the slot, the view comes last.
pub(crate) fn fill(text: impl AsRef<str>, view: impl IntoView) -> impl IntoView {
    let text = text.as_ref();
    let (before, after) = text.split_once(SLOT).unwrap_or((text, ""));
    (words(before), view, words(after))
}

/// The text with several views, each in a slot of its own: the language says in which order they stand.
#[cfg(feature = "ssr")]
pub(crate) fn fill_all<const N: usize>(
    text: impl FnOnce([String; N]) -> String,
    views: [AnyView; N],
) -> AnyView {
    let text =
        text(std::array::from_fn(|place| SLOTS.clone().nth(place).map_or_else(String::new, String::from)));
    let mut views = views.map(Some);
    let mut parts = Vec::new();
    for part in text.split_inclusive(|letter| SLOTS.contains(&letter)) {
        let place = part.chars().next_back().and_then(|last| SLOTS.clone().position(|slot| slot == last));
        parts.extend(words(part.trim_end_matches(|letter| SLOTS.contains(&letter))).map(IntoAny::into_any));
        parts.extend(place.and_then(|place| views.get_mut(place)?.take()));
    }
    parts.extend(views.into_iter().flatten());
    parts.into_any()
}

/// Leptos would write a space for no words.
fn words(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn filled(text: impl FnOnce([String; 2]) -> String) -> String {
        let views = ["k", "w"].map(|key| view! { <b>{key}</b> }.into_any());
        fill_all(text, views).to_html().replace("<!>", "")
    }

    #[test]
    fn each_view_stands_in_its_own_slot_and_none_is_lost() {
        assert_eq!(
            filled(|[keep, swap]| format!("{keep} keeps, {swap} swaps.")),
            "<b>k</b> keeps, <b>w</b> swaps."
        );
        assert_eq!(filled(|[keep, swap]| format!("{swap}{keep}")), "<b>w</b><b>k</b>");
        assert_eq!(filled(|[keep, _]| format!("{keep} keeps")), "<b>k</b> keeps<b>w</b>");
    }
}
