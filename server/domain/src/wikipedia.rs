//! Where a worker can read more about a synset: Wikipedia's page of its first word.

use std::fmt::Write;

/// The address of the English Wikipedia's page that is called like the word: "dog" gives
/// `https://en.wikipedia.org/wiki/Dog`. Whether the page exists, and means the same sense, is not known.
///
/// Titles start with a capital and have underscores for spaces; other bytes are percent-encoded as
/// MediaWiki's `wfUrlencode` does.
pub fn wikipedia_url(first_lemma: &str) -> String {
    let mut url = String::from("https://en.wikipedia.org/wiki/");
    let mut letters = first_lemma.trim().chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    for letter in first.chain(letters) {
        match letter {
            ' ' => url.push('_'),
            'a'..='z' | 'A'..='Z' | '0'..='9' => url.push(letter),
            '-' | '.' | '_' | '~' | ';' | '@' | '$' | '!' | '*' | '(' | ')' | ',' | '/' | ':' => {
                url.push(letter)
            }
            _ => {
                for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a String does not fail.
                    let _ = write!(url, "%{byte:02X}");
                }
            }
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::wikipedia_url;

    #[test]
    fn a_title_has_a_capital_and_underscores() {
        assert_eq!(wikipedia_url("Burmese cat"), "https://en.wikipedia.org/wiki/Burmese_cat");
        assert_eq!(wikipedia_url("dog"), "https://en.wikipedia.org/wiki/Dog");
    }

    #[test]
    fn what_would_end_or_change_the_path_is_encoded() {
        assert_eq!(wikipedia_url("men's room"), "https://en.wikipedia.org/wiki/Men%27s_room");
        assert_eq!(wikipedia_url("what? #1 50%"), "https://en.wikipedia.org/wiki/What%3F_%231_50%25");
        assert_eq!(
            wikipedia_url("émigré & \"x\""),
            "https://en.wikipedia.org/wiki/%C3%89migr%C3%A9_%26_%22x%22"
        );
    }

    proptest! {
        #[test]
        fn an_address_has_only_characters_that_an_attribute_and_a_path_can_hold(word in ".*") {
            let url = wikipedia_url(&word);
            let path = url.strip_prefix("https://en.wikipedia.org/wiki/").unwrap();
            prop_assert!(path.chars().all(|c| c.is_ascii_alphanumeric() || "-._~;@$!*(),/:%".contains(c)), "{}", url);
        }
    }
}
