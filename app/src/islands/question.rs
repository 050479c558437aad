//! What is asked: the synset's words, what they mean, what counts as showing it, and what is easily taken for it.

use crate::api::labeling::{PathStep, Sibling, SynsetHead};
use crate::texts::{Locale, SLOT, fill, question as say};
use leptos::prelude::*;

/// The head of the board. All but words and gloss is folded; where there is room beside the pictures, the style shows it.
pub(super) fn question(locale: Locale, synset: SynsetHead) -> impl IntoView {
    let name = synset.words.first().cloned().unwrap_or_default();
    let others = synset.words.iter().skip(1).cloned().collect::<Vec<_>>().join(", ");
    let instruction = say::instruction(locale, with_article(locale, &name, SLOT));
    view! {
        <header class="question">
            <div class="question-word">
                <h1>{name.clone()}</h1>
                {(!others.is_empty()).then(|| view! { <p class="others">{others}</p> })}
                <p class="definition">{synset.definition}</p>
                <a class="to-about" href="#about">{say::about(locale)}</a>
            </div>
            <details class="question-more">
                <summary>{say::about(locale)}</summary>
                <div id="about" class="about">
                    <p class="instruction">{fill(instruction, view! { <b>{name}</b> })}</p>
                    {examples(synset.examples)}
                    {pictures(locale, say::shown_by(locale), synset.shown_by)}
                    {pictures(locale, say::not_shown_by(locale), synset.not_shown_by)}
                    {siblings(locale, synset.siblings)}
                    {path(locale, synset.path)}
                    <p>
                        <a href=synset.wikipedia target="_blank" rel="noopener noreferrer">
                            {say::wikipedia(locale)}<span class="visually-hidden">" "{say::opens_tab(locale)}</span>
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

fn pictures(locale: Locale, words: &'static str, addresses: Vec<String>) -> impl IntoView {
    (!addresses.is_empty()).then(|| {
        let pictures = addresses
            .into_iter()
            .enumerate()
            .map(|(place, address)| {
                let name = say::example(locale, place + 1);
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

fn siblings(locale: Locale, siblings: Vec<Sibling>) -> impl IntoView {
    (!siblings.is_empty()).then(|| {
        let entries = siblings
            .into_iter()
            .map(|sibling| view! { <div><dt>{sibling.words}</dt><dd>{sibling.definition}</dd></div> })
            .collect_view();
        view! {
            <div class="not-this">
                <p class="small">{say::not_this(locale)}</p>
                <dl>{entries}</dl>
            </div>
        }
    })
}

fn path(locale: Locale, path: Vec<PathStep>) -> impl IntoView {
    (!path.is_empty()).then(|| {
        let steps = path
            .into_iter()
            .map(|step| {
                let address = format!("/synset/{}", step.wnid);
                view! {
                    <li>
                        <a href=address target="_blank" rel="noopener">
                            {step.word}<span class="visually-hidden">" "{say::opens_tab(locale)}</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <nav aria-label=say::stands(locale)><ol class="path small">{steps}</ol></nav> }
    })
}

/// A noun with its article, by the letter that it begins with. It is written as `shown`.
pub(super) fn with_article(locale: Locale, noun: &str, shown: &str) -> String {
    match noun.chars().next().map(|letter| letter.to_ascii_lowercase()) {
        Some('a' | 'e' | 'i' | 'o' | 'u') => say::an_noun(locale, shown),
        _ => say::a_noun(locale, shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_stands_before_a_vowel() {
        let shown = ["apple", "Egyptian cat", "dog"].map(|noun| with_article(Locale::En, noun, noun));
        assert_eq!(shown, ["an apple", "an Egyptian cat", "a dog"]);
    }
}
