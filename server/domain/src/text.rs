//! Texts that people type, checked once at the edge and trusted afterwards.
//!
//! Lengths are in characters (Unicode scalar values) unless stated otherwise.

use std::fmt;

use thiserror::Error;

/// What is wrong with a text that somebody typed, in words for them.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// Shorter than allowed.
    #[error("{what} is too short: {min} to {max} characters would be right, this has {found}")]
    TooShort {
        /// Which text.
        what: &'static str,
        /// The shortest allowed.
        min: usize,
        /// The longest allowed.
        max: usize,
        /// How long it is.
        found: usize,
    },
    /// Longer than allowed.
    #[error("{what} is too long: at most {max} characters would be right, this has {found}")]
    TooLong {
        /// Which text.
        what: &'static str,
        /// The longest allowed.
        max: usize,
        /// How long it is.
        found: usize,
    },
    /// A control character, a line break, or a character that turns the direction of writing.
    #[error(
        "{what} has the character U+{found:04X}, which is not printed: one line of printed characters would be right"
    )]
    NotPrinted {
        /// Which text.
        what: &'static str,
        /// The code point.
        found: u32,
    },
    /// A character that a user name cannot have.
    #[error("the user name has {0:?}: letters a to z, digits and . _ - @ would be right")]
    UserNameCharacter(char),
    /// Not the address of something on the web.
    #[error("the source address is not one on the web: {0}")]
    SourceUrl(&'static str),
}

/// Reads one line of text: blanks around it go, characters that are not printed are refused (NUL among them,
/// which PostgreSQL cannot store), and so is more than `max` characters. An empty line is allowed.
pub fn clean_line(text: &str, max: usize) -> Result<String, TextError> {
    clean("the text", text, 0, max)
}

/// What a project asks its workers to agree to: plain text in lines; empty when it asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermsText(String);

impl TermsText {
    /// The longest, in characters.
    pub const MAX: usize = 20_000;

    /// Reads lines of printed characters; blanks at both ends go.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let what = "the text of the terms";
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if let Some(found) = text.chars().find(|&c| c != '\n' && c != '\t' && is_not_printed(c)) {
            return Err(TextError::NotPrinted { what, found: u32::from(found) });
        }
        check_length(what, text.chars().count(), 0, Self::MAX)?;
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn clean(what: &'static str, text: &str, min: usize, max: usize) -> Result<String, TextError> {
    let text = text.trim();
    if let Some(found) = text.chars().find(|&c| is_not_printed(c)) {
        return Err(TextError::NotPrinted { what, found: u32::from(found) });
    }
    check_length(what, text.chars().count(), min, max)?;
    Ok(text.to_owned())
}

fn check_length(what: &'static str, found: usize, min: usize, max: usize) -> Result<(), TextError> {
    if found < min {
        Err(TextError::TooShort { what, min, max, found })
    } else if found > max {
        Err(TextError::TooLong { what, max, found })
    } else {
        Ok(())
    }
}

/// Control characters, line and paragraph separators, and those that turn the direction of what follows, with
/// which a name could be made to look like another.
fn is_not_printed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The name that a person logs in with, in lower case: "Ada" and "ada" are one person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserName(String);

impl UserName {
    /// The shortest, in characters.
    pub const MIN: usize = 3;
    /// The longest, in characters.
    pub const MAX: usize = 64;

    /// Reads a name of ASCII letters, digits and `. _ - @`; blanks around it are ignored. Other alphabets are
    /// refused because their letters can look the same.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let name = clean("the user name", text, Self::MIN, Self::MAX)?;
        match name.chars().find(|&c| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@'))) {
            Some(found) => Err(TextError::UserNameCharacter(found)),
            None => Ok(Self(name.to_ascii_lowercase())),
        }
    }

    /// The name, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A password as it was typed, of acceptable length. It can't be printed, not even by `{:?}`.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// The shortest, in characters.
    pub const MIN: usize = 8;
    /// The longest, in characters: hashing takes longer with the length.
    pub const MAX: usize = 128;

    /// Takes any characters, blanks at the ends included; only the length counts. The error does not repeat
    /// it.
    pub fn parse(text: impl Into<String>) -> Result<Self, TextError> {
        let text = text.into();
        check_length("the password", text.chars().count(), Self::MIN, Self::MAX)?;
        Ok(Self(text))
    }

    /// The bytes to be hashed.
    pub fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(hidden)")
    }
}

/// What a project is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectName(String);

impl ProjectName {
    /// The longest, in characters; the shortest is 1.
    pub const MAX: usize = 80;

    /// Reads one line; blanks around it are ignored.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        clean("the project name", text, 1, Self::MAX).map(Self)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where an image came from: an `http` or `https` address, kept as it was given and published with a release.
///
/// This is a check of form. Whether the server may fetch from the host is decided where it fetches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceUrl(String);

impl SourceUrl {
    /// The longest, in bytes.
    pub const MAX_BYTES: usize = 2048;

    /// Reads an address with a host, without user name and password (they would be published), blanks and
    /// backslashes.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        if let Some(found) = text.chars().find(|&c| is_not_printed(c)) {
            return Err(TextError::NotPrinted { what: "the source address", found: u32::from(found) });
        }
        check_length("the source address", text.len(), 1, Self::MAX_BYTES)?;
        check_url(text).map_err(TextError::SourceUrl)?;
        Ok(Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check_url(url: &str) -> Result<(), &'static str> {
    if url.contains(|c: char| c.is_whitespace() || c == '\\') {
        return Err("it has a blank or a backslash; %20 and %5C would be right");
    }
    let (scheme, rest) = url.split_once("://").ok_or("http:// or https:// at its start would be right")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err("http:// or https:// at its start would be right");
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err("it has a user name or password; an address without them would be right");
    }
    // The colons of an IPv6 address stand in brackets.
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if !is_host(host) {
        return Err("a host after http:// or https://, such as example.org, would be right");
    }
    match port {
        Some(port) if port.parse::<u16>().is_err() || !port.bytes().all(|b| b.is_ascii_digit()) => {
            Err("a port after the host from 0 to 65535 would be right")
        }
        _ => Ok(()),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    host.chars().any(char::is_alphanumeric) && host.chars().all(letters)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn user_names_that_differ_in_case_are_one() {
        assert_eq!(UserName::parse(" Ada.L@Example.org ").unwrap().as_str(), "ada.l@example.org");
    }

    #[test]
    fn a_user_name_is_refused_with_what_would_be_right() {
        let refused = |text: &str| UserName::parse(text).unwrap_err().to_string();
        assert_eq!(
            refused("ab"),
            "the user name is too short: 3 to 64 characters would be right, this has 2"
        );
        assert_eq!(
            refused(&"a".repeat(65)),
            "the user name is too long: at most 64 characters would be right, this has 65"
        );
        assert_eq!(
            refused("ada l"),
            "the user name has ' ': letters a to z, digits and . _ - @ would be right"
        );
        assert_eq!(
            refused("аda"),
            "the user name has 'а': letters a to z, digits and . _ - @ would be right"
        );
    }

    #[test]
    fn a_password_is_never_printed() {
        let password = Password::parse("correct horse").unwrap();
        assert_eq!(format!("{password:?}"), "Password(hidden)");
        assert_eq!(password.expose(), b"correct horse");
        let error = Password::parse("secret7").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret7"));
    }

    #[test]
    fn a_password_has_8_to_128_characters_not_bytes() {
        assert!(Password::parse("ääää").is_err());
        for (length, allowed) in [(7, false), (8, true), (128, true), (129, false)] {
            assert_eq!(Password::parse("ä".repeat(length)).is_ok(), allowed, "{length}");
        }
    }

    #[test]
    fn a_project_name_has_1_to_80_characters_in_one_line() {
        assert_eq!(ProjectName::parse("  Mammals of 2026 ").unwrap().as_str(), "Mammals of 2026");
        assert!(ProjectName::parse("   ").is_err());
        assert!(ProjectName::parse(&"x".repeat(81)).is_err());
        assert_eq!(
            ProjectName::parse("a\nb").unwrap_err().to_string(),
            "the project name has the character U+000A, which is not printed: one line of printed characters would be right"
        );
    }

    #[test]
    fn a_character_that_turns_the_writing_is_refused() {
        assert_eq!(
            clean_line("evil\u{202e}txt", 80),
            Err(TextError::NotPrinted { what: "the text", found: 0x202e })
        );
    }

    #[test]
    fn nul_is_refused_in_every_text() {
        assert!(clean_line("a\0b", 10).is_err());
        assert!(UserName::parse("ada\0").is_err());
        assert!(SourceUrl::parse("https://example.org/\0").is_err());
    }

    #[test]
    fn terms_have_lines_and_may_be_empty() {
        assert_eq!(TermsText::parse("  One.\r\n\r\nTwo.\n").unwrap().as_str(), "One.\n\nTwo.");
        assert_eq!(TermsText::parse(" \r\n ").unwrap(), TermsText::default());
        assert!(TermsText::parse("turned \u{202e}").is_err() && TermsText::parse("a\0b").is_err());
        assert!(TermsText::parse(&"x".repeat(TermsText::MAX + 1)).is_err());
    }

    #[test]
    fn an_empty_line_is_clean() {
        assert_eq!(clean_line("  ", 10), Ok(String::new()));
    }

    #[test]
    fn addresses_on_the_web_are_kept_as_they_are() {
        for url in [
            "https://example.org",
            "HTTP://example.org:8080/a%20b?x=1#y",
            "https://de.wikipedia.org/wiki/Käse",
            "http://[::1]:80/x",
            "http://[2001:db8::1]",
            "https://example.org/@user:name",
        ] {
            assert_eq!(SourceUrl::parse(url).unwrap().as_str(), url);
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for url in [
            "",
            "example.org/a.jpg",
            "ftp://example.org/a.jpg",
            "javascript:alert(1)//://x",
            "data:image/png;base64,AAAA",
            "https://",
            "https:///etc/passwd",
            "https://?x",
            "https://...",
            "https://ada:secret@example.org",
            "https://example.org:99999/",
            "https://example.org:+80/",
            "https://example.org:/",
            "https://[::1/",
            "https://[x]/",
            "https://example.org/a b",
            "https://example.org\\@evil.org/",
        ] {
            assert!(SourceUrl::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn an_address_has_at_most_2048_bytes() {
        let url = |length: usize| format!("https://example.org/{}", "a".repeat(length - 20));
        assert!(SourceUrl::parse(&url(2048)).is_ok());
        assert!(SourceUrl::parse(&url(2049)).is_err());
    }

    proptest! {
        #[test]
        fn a_clean_line_is_short_printed_and_stays_the_same_when_read_again(text in ".{0,30}", max in 0..20usize) {
            if let Ok(line) = clean_line(&text, max) {
                prop_assert!(line.chars().count() <= max);
                prop_assert!(!line.chars().any(char::is_control));
                prop_assert_eq!(clean_line(&line, max), Ok(line.clone()));
            }
        }

        #[test]
        fn no_text_makes_an_address_panic(text in "(https?://)?[a-z:@/?#\\[\\]\\\\. é]{0,20}") {
            if let Ok(url) = SourceUrl::parse(&text) {
                prop_assert!(url.as_str().starts_with("http"));
            }
        }
    }
}
