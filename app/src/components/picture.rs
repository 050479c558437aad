//! A picture of a gallery: the browser chooses how large it needs to be.

use leptos::prelude::*;

/// How wide such a picture is on the page: two beside each other on a phone, else about as wide as the small one.
const SIZES: &str = "(max-width: 30rem) 45vw, 12rem";

/// The small picture, or on a fine screen the medium one, with what it shows in words.
pub(crate) fn picture(small: String, medium: &str, words: String) -> impl IntoView + use<> {
    let srcset = format!("{small} 192w, {medium} 384w");
    view! { <img src=small srcset=srcset sizes=SIZES alt=words width="256" height="256" loading="lazy" decoding="async"/> }
}
