//! Takes a gloss apart: what the synset means, and sentences that use its words.

/// Splits a gloss into its definition and its examples.
///
/// A quotation mark at the gloss's start or after a semicolon opens an example; everything else, also after
/// an example, is definition, and a quotation within a definition (`the phrase "on the job"`) stays there. An
/// example ends at a quotation mark before a semicolon or at the end, or, where WordNet forgot that mark, at
/// the next `; "`. Its marks go, unless there are others inside, as with an author (`"not
/// strained"--Shakespeare`).
pub(super) fn split(gloss: &str) -> (String, Vec<String>) {
    let mut definition = String::new();
    let mut examples = Vec::new();
    let mut rest = gloss.trim();
    while !rest.is_empty() {
        if let Some(opened) = rest.strip_prefix('"') {
            let (example, after) = split_example(opened);
            examples.extend(tidy_example(example));
            rest = skip_separator(after);
        } else {
            let end = opening_quote(rest).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            let part = part.trim_end_matches([';', ' ']);
            if !part.is_empty() && !definition.is_empty() {
                definition.push_str("; ");
            }
            definition.push_str(part);
            rest = after;
        }
    }
    (definition, examples)
}

/// Where the next `"` stands that follows a semicolon, blanks between them or not.
fn opening_quote(text: &str) -> Option<usize> {
    text.match_indices('"')
        .map(|(at, _)| at)
        .find(|&at| text.get(..at).is_some_and(|before| before.trim_end().ends_with(';')))
}

/// Splits what follows an opening mark into the example, its closing mark included, and the rest.
fn split_example(opened: &str) -> (&str, &str) {
    let ends = opened.match_indices(['"', ';']).find_map(|(at, mark)| {
        let after = opened.get(at + 1..)?.trim_start();
        let ends = match mark {
            "\"" => after.is_empty() || after.starts_with(';'),
            // A semicolon within the sentence is part of it, unless a mark follows or an author came before
            // it.
            _ => after.starts_with('"') || has_author(opened.get(..at)?),
        };
        ends.then_some(if mark == "\"" { at + 1 } else { at })
    });
    opened.split_at(ends.unwrap_or(opened.len()))
}

/// Whether the text is an example, its closing mark, and a dash with the author's name.
fn has_author(text: &str) -> bool {
    text.rsplit_once('"').is_some_and(|(_, after)| after.trim_start().starts_with('-'))
}

/// The sentence without its marks; with all of them where there are others inside.
fn tidy_example(example: &str) -> Option<String> {
    let example = example.trim_end_matches([';', ' ']);
    let sentence = example.strip_suffix('"').unwrap_or(example).trim();
    let tidy = if sentence.contains('"') { format!("\"{example}") } else { sentence.to_owned() };
    (!sentence.is_empty()).then_some(tidy)
}

fn skip_separator(text: &str) -> &str {
    text.trim_start_matches([';', ' '])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::split;

    fn parts(gloss: &str) -> (String, Vec<String>) {
        split(gloss)
    }

    fn texts(definition: &str, examples: &[&str]) -> (String, Vec<String>) {
        (definition.to_owned(), examples.iter().map(|example| (*example).to_owned()).collect())
    }

    #[test]
    fn a_gloss_without_quotation_is_all_definition() {
        assert_eq!(parts("a male deer; a stag  "), texts("a male deer; a stag", &[]));
    }

    #[test]
    fn examples_are_separated_and_lose_their_marks() {
        assert_eq!(
            parts(
                "a member of the genus Canis; occurs in many breeds; \"the dog barked all night\"; \"bad dog!\"  "
            ),
            texts(
                "a member of the genus Canis; occurs in many breeds",
                &["the dog barked all night", "bad dog!"]
            )
        );
    }

    #[test]
    fn a_quotation_within_the_definition_stays() {
        assert_eq!(
            parts("a workplace; as in the expression \"on the job\";  "),
            texts("a workplace; as in the expression \"on the job\"", &[])
        );
    }

    #[test]
    fn a_semicolon_within_an_example_does_not_end_it() {
        assert_eq!(parts("x; \"he came; he saw\"; \"end\""), texts("x", &["he came; he saw", "end"]));
    }

    #[test]
    fn what_is_defined_after_an_example_belongs_to_the_definition() {
        assert_eq!(parts("first; \"one\"; second"), texts("first; second", &["one"]));
    }

    #[test]
    fn an_author_stays_with_the_example() {
        assert_eq!(
            parts("a; \"vengeance is mine\"--Romans 12:19; \"b\"- Henry Miller  "),
            texts("a", &["\"vengeance is mine\"--Romans 12:19", "\"b\"- Henry Miller"])
        );
    }

    #[test]
    fn two_quotations_in_one_example_keep_their_marks() {
        assert_eq!(
            parts("risk; \"exposure to the weather\" or \"they died from exposure\"  "),
            texts("risk", &["\"exposure to the weather\" or \"they died from exposure\""])
        );
    }

    #[test]
    fn forgotten_marks_lose_no_text() {
        assert_eq!(
            parts("control; \"he was in bondage to fear:; \"he sought release\"; \"a notice of sale  "),
            texts("control", &["he was in bondage to fear:", "he sought release", "a notice of sale"])
        );
        assert_eq!(parts("services are available\"  "), texts("services are available\"", &[]));
    }

    proptest! {
        #[test]
        fn no_letter_of_a_gloss_is_lost(gloss in "[a-c;\" -]{0,40}") {
            let letters = |text: &str| {
                let mut letters: Vec<char> = text.chars().filter(char::is_ascii_alphabetic).collect();
                letters.sort_unstable();
                letters
            };
            let (definition, examples) = split(&gloss);
            prop_assert_eq!(letters(&gloss), letters(&(definition + &examples.concat())));
        }
    }
}
