//! Synsets in lists: words, wnid, gloss, size of the subtree.

use crate::api::ontology::SynsetLine;
use crate::texts::{Locale, counts, synset as say};
use crate::viewer::locale;
use leptos::prelude::*;

/// The synonyms in one line.
pub(crate) fn in_one_line(words: &[String]) -> String {
    words.join(", ")
}

/// The first word, which names the synset where space is short.
pub(crate) fn first_word(words: &[String]) -> String {
    words.first().cloned().unwrap_or_else(|| say::nameless(locale()).to_owned())
}

/// How many synsets are below one, itself included.
pub(crate) fn in_subtree(locale: Locale, subtree: u32) -> String {
    say::in_subtree(locale, counts::synsets(locale, subtree))
}

/// A list whose entries link to the synsets' pages.
pub(crate) fn synset_list(synsets: Vec<SynsetLine>) -> impl IntoView {
    let locale = locale();
    let entries = synsets
        .into_iter()
        .map(|synset| {
            view! {
                <li>
                    <a href=format!("/synset/{}", synset.wnid)>{in_one_line(&synset.words)}</a>
                    <p>{synset.definition}</p>
                    <p class="quiet small">
                        <code>{synset.wnid}</code>
                        {(synset.subtree > 1).then(|| format!(" · {}", in_subtree(locale, synset.subtree)))}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="synset-list">{entries}</ul> }
}
