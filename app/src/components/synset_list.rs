//! Synsets in lists: words, wnid, gloss, size of the subtree.

use super::format::counted;
use crate::api::ontology::SynsetLine;
use leptos::prelude::*;

/// The synonyms in one line.
pub(crate) fn in_one_line(words: &[String]) -> String {
    words.join(", ")
}

/// The first word, which names the synset where space is short.
pub(crate) fn first_word(words: &[String]) -> String {
    words.first().cloned().unwrap_or_else(|| "synset".to_owned())
}

/// A list whose entries link to the synsets' pages.
pub(crate) fn synset_list(synsets: Vec<SynsetLine>) -> impl IntoView {
    let entries = synsets
        .into_iter()
        .map(|synset| {
            view! {
                <li>
                    <a href=format!("/synset/{}", synset.wnid)>{in_one_line(&synset.words)}</a>
                    <p>{synset.definition}</p>
                    <p class="quiet small">
                        <code>{synset.wnid}</code>
                        {(synset.subtree > 1)
                            .then(|| format!(" · {} in its subtree", counted(i64::from(synset.subtree), "synset", "synsets")))}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="synset-list">{entries}</ul> }
}
