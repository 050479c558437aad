//! Where a page of a project's table ends, as a value and as a part of an address.

use std::fmt;

use domain::wnid::Wnid;

/// Where a page ends: the sort key of its last row, and its wnid, which decides between equal keys.
#[derive(Clone, Debug, PartialEq)]
pub struct SynsetCursor {
    /// What the table was sorted by.
    pub key: CursorKey,
    /// The last row's synset.
    pub wnid: Wnid,
}

/// The key of [`super::SynsetOrder::Name`], or of any other order.
#[derive(Clone, Debug, PartialEq)]
pub enum CursorKey {
    /// Words in small letters.
    Text(String),
    /// A count, a ratio or a difficulty.
    Number(f64),
}

impl CursorKey {
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }
}

/// Letters, digits and hyphens only, for an address: `t` and the text's bytes, or `f` and the number's bits, in hexadecimal
/// digits; a hyphen; the wnid.
impl fmt::Display for SynsetCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            CursorKey::Number(number) => write!(f, "f{:016x}", number.to_bits())?,
            CursorKey::Text(text) => {
                f.write_str("t")?;
                text.bytes().try_for_each(|byte| write!(f, "{byte:02x}"))?;
            }
        }
        write!(f, "-{}", self.wnid)
    }
}

impl SynsetCursor {
    /// Reads what [`fmt::Display`] wrote; `None` for every other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (key, wnid) = text.split_once('-')?;
        let wnid = Wnid::parse(wnid).ok()?;
        let key = match key.split_at_checked(1)? {
            ("f", bits) => {
                let number = f64::from_bits(u64::from_str_radix(bits, 16).ok()?);
                CursorKey::Number(Some(number).filter(|number| number.is_finite())?)
            }
            ("t", digits) => CursorKey::Text(text_of(digits)?),
            _ => return None,
        };
        Some(Self { key, wnid })
    }
}

/// The text of its bytes in hexadecimal digits. PostgreSQL takes no NUL.
fn text_of(digits: &str) -> Option<String> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(pair).collect();
    String::from_utf8(bytes?).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_an_address() {
        let wnid = Wnid::parse("n02084071").unwrap();
        for key in [
            CursorKey::Text("dog\ndomestic dog, é".to_owned()),
            CursorKey::Number(-0.1),
            CursorKey::Number(1e300),
        ] {
            let cursor = SynsetCursor { key, wnid };
            let text = cursor.to_string();
            assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{text}");
            assert_eq!(SynsetCursor::parse(&text), Some(cursor));
        }
    }

    #[test]
    fn a_forged_cursor_is_none() {
        for text in [
            "",
            "-",
            "f-n02084071",
            "t6-x",
            "t00-n02084071",
            "tff-n02084071",
            "f7ff0000000000000-n02084071",
            "é-n",
        ] {
            assert_eq!(SynsetCursor::parse(text), None, "{text}");
        }
    }
}
