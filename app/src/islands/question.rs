//! What is asked: the synset's words, what they mean, what counts as showing it, and what is easily taken for it.

use crate::api::labeling::{PathStep, Sibling, SynsetHead};
use leptos::prelude::*;

/// The head of the board. On a small screen everything but words and gloss is folded.
pub(super) fn question(synset: SynsetHead, is_small: bool) -> impl IntoView {
    let name = synset.words.first().cloned().unwrap_or_default();
    let others = synset.words.iter().skip(1).cloned().collect::<Vec<_>>().join(", ");
    view! {
        <header class="question">
            <div class="question-word">
                <h1>{name.clone()}</h1>
                {(!others.is_empty()).then(|| view! { <p class="others">{others}</p> })}
                <p class="definition">{synset.definition}</p>
                <a class="to-about" href="#about">"About it"</a>
            </div>
            <details class="question-more" open=!is_small>
                <summary>"About it"</summary>
                <div id="about" class="about">
                    <p class="instruction">
                        {format!("Pick every picture that shows {} ", article(&name))} <b>{name}</b>
                        ". Count it even when partly hidden, however many there are, and whatever else is in the picture."
                    </p>
                    {examples(synset.examples)}
                    {pictures("These show it", synset.shown_by)}
                    {pictures("These do not", synset.not_shown_by)}
                    {siblings(synset.siblings, is_small)}
                    {path(synset.path)}
                    <p>
                        <a href=synset.wikipedia target="_blank" rel="noopener noreferrer">
                            "Wikipedia"<span class="visually-hidden">" (new tab)"</span>
                        </a>
                    </p>
                </div>
            </details>
        </header>
    }
}

fn examples(examples: Vec<String>) -> impl IntoView {
    (!examples.is_empty()).then(|| {
        let entries =
            examples.into_iter().map(|example| view! { <li>{format!("“{example}”")}</li> }).collect_view();
        view! { <ul class="examples">{entries}</ul> }
    })
}

fn pictures(words: &'static str, addresses: Vec<String>) -> impl IntoView {
    (!addresses.is_empty()).then(|| {
        let pictures = addresses
            .into_iter()
            .enumerate()
            .map(|(place, address)| {
                let name = format!("Example {}", place + 1);
                view! { <li><img width="72" height="72" loading="lazy" decoding="async" alt=name src=address/></li> }
            })
            .collect_view();
        view! {
            <div class="shown-by">
                <p class="small">{words}</p>
                <ul>{pictures}</ul>
            </div>
        }
    })
}

fn siblings(siblings: Vec<Sibling>, is_small: bool) -> impl IntoView {
    (!siblings.is_empty()).then(|| {
        let entries = siblings
            .into_iter()
            .map(|sibling| view! { <div><dt>{sibling.words}</dt><dd>{sibling.definition}</dd></div> })
            .collect_view();
        view! {
            <details class="not-this" open=!is_small>
                <summary>"Not this"</summary>
                <dl>{entries}</dl>
            </details>
        }
    })
}

fn path(path: Vec<PathStep>) -> impl IntoView {
    (!path.is_empty()).then(|| {
        let steps = path
            .into_iter()
            .map(|step| {
                let address = format!("/synset/{}", step.wnid);
                view! {
                    <li>
                        <a href=address target="_blank" rel="noopener">
                            {step.word}<span class="visually-hidden">" (new tab)"</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <nav aria-label="Where it stands"><ol class="path small">{steps}</ol></nav> }
    })
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
