//! The name of some bytes: their SHA-256. Blob keys are made of nothing else.

use std::fmt;
use std::str::FromStr;

use sha2::Digest;

/// A SHA-256 digest; shown as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256([u8; 32]);

/// The text is not a SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 is 64 digits of 0–9 and a–f")]
pub struct NotASha256;

impl Sha256 {
    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl FromStr for Sha256 {
    type Err = NotASha256;

    /// Parses exactly what [`fmt::Display`] writes: 64 lower-case hex digits, so that one digest has one spelling.
    fn from_str(text: &str) -> Result<Self, NotASha256> {
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(NotASha256) };
        let bytes: Vec<u8> = pairs.iter().map(|pair| byte(*pair)).collect::<Result<_, _>>()?;
        bytes.try_into().map(Self).map_err(|_| NotASha256)
    }
}

fn byte([high, low]: [u8; 2]) -> Result<u8, NotASha256> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Ok(c - b'0'),
        b'a'..=b'f' => Ok(c - b'a' + 10),
        _ => Err(NotASha256),
    };
    Ok(digit(high)? << 4 | digit(low)?)
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn the_digest_of_nothing_is_the_published_one_and_reads_back() {
        assert_eq!(Sha256::of(b"").to_string(), EMPTY);
        assert_eq!(EMPTY.parse(), Ok(Sha256::of(b"")));
    }

    #[test]
    fn only_64_lower_case_hex_digits_are_a_digest() {
        for text in ["", "e3", "../../etc/passwd", &EMPTY.to_uppercase(), &EMPTY[1..], &format!("{EMPTY}00")]
        {
            assert_eq!(text.parse::<Sha256>(), Err(NotASha256), "{text}");
        }
    }
}
