//! What is asked: the synset's words, what they mean, and what counts as showing it.

use crate::api::labeling::SynsetHead;
use leptos::prelude::*;

/// The head of the board.
pub(super) fn question(synset: SynsetHead) -> impl IntoView {
    let name = synset.words.first().cloned().unwrap_or_default();
    let others = synset.words.iter().skip(1).cloned().collect::<Vec<_>>().join(", ");
    let examples = (!synset.examples.is_empty()).then(|| {
        let entries = synset
            .examples
            .into_iter()
            .map(|example| view! { <li>{format!("“{example}”")}</li> })
            .collect_view();
        view! { <ul class="examples">{entries}</ul> }
    });
    let path = synset.path.into_iter().map(|step| step.word).collect::<Vec<_>>().join(" › ");
    view! {
        <header class="question">
            <div class="question-word">
                <h1>{name.clone()}</h1>
                {(!others.is_empty()).then(|| view! { <p class="others">{others}</p> })}
                <p class="definition">{synset.definition}</p>
            </div>
            <div class="question-more">
                {examples}
                <p class="quiet small path-line">{path}</p>
                <p class="instruction">
                    {format!("Pick every picture that shows {} ", article(&name))}
                    <b>{name}</b>
                    ". Count it even when partly hidden, however many there are, and whatever else is in the picture."
                </p>
                <p>
                    <a href=synset.wikipedia target="_blank" rel="noopener noreferrer">
                        "Wikipedia"<span class="visually-hidden">" (new tab)"</span>
                    </a>
                </p>
            </div>
        </header>
    }
}

/// `a` or `an`, by the letter that a word begins with.
pub(super) fn article(word: &str) -> &'static str {
    match word.chars().next().map(|letter| letter.to_ascii_lowercase()) {
        Some('a' | 'e' | 'i' | 'o' | 'u') => "an",
        _ => "a",
    }
}

#[cfg(test)]
mod tests {
    use super::article;

    #[test]
    fn an_stands_before_a_vowel() {
        assert_eq!(
            (article("apple"), article("Egyptian cat"), article("dog"), article("")),
            ("an", "an", "a", "a")
        );
    }
}
