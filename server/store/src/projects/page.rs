//! A project's table of synsets, sorted by any of its columns, one page after another.
//!
//! A page starts after the last row of the previous one (a keyset), so that the thousandth costs what the first does.

use std::fmt;

use domain::wnid::Wnid;
use sqlx::{FromRow, QueryBuilder};

use super::ProjectSynsetRow;
use crate::{Store, StoreError};

/// What the table is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SynsetOrder {
    /// The words, in small letters.
    #[default]
    Name,
    /// Candidates that are asked about.
    Candidates,
    /// Settled positive.
    Positive,
    /// Settled negative.
    Negative,
    /// Escalated.
    Escalated,
    /// Neither settled nor escalated.
    Open,
    /// Votes recorded.
    Votes,
    /// Votes for each candidate; a synset without candidates comes last.
    VotesPerImage,
    /// Semantic difficulty; a synset without one comes last.
    Difficulty,
}

/// Where a page ends: the sort key of its last row, and its wnid, which decides between equal keys.
#[derive(Clone, Debug, PartialEq)]
pub struct SynsetCursor {
    /// What the table was sorted by.
    pub key: CursorKey,
    /// The last row's synset.
    pub wnid: Wnid,
}

/// The key of [`SynsetOrder::Name`], or of any other order.
#[derive(Clone, Debug, PartialEq)]
pub enum CursorKey {
    /// Words in small letters.
    Text(String),
    /// A count, a ratio or a difficulty.
    Number(f64),
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct SynsetPageRow {
    /// The synset.
    pub row: ProjectSynsetRow,
    /// Its words, one on a line.
    pub words: String,
    /// Where the next page starts if this row is the last of its page.
    pub cursor: SynsetCursor,
}

#[derive(FromRow)]
struct KeyedRow {
    #[sqlx(flatten)]
    row: ProjectSynsetRow,
    words: String,
    text_key: String,
    number_key: f64,
}

impl SynsetOrder {
    /// A number that is null where the synset has none.
    fn number(self) -> &'static str {
        match self {
            Self::Name => "0",
            Self::Candidates => "p.candidates",
            Self::Positive => "p.positive",
            Self::Negative => "p.negative",
            Self::Escalated => "p.escalated",
            Self::Open => "p.candidates - p.positive - p.negative - p.escalated",
            Self::Votes => "p.votes",
            Self::VotesPerImage => "cast(p.votes as double precision) / nullif(p.candidates, 0)",
            Self::Difficulty => "p.difficulty",
        }
    }

    fn key_column(self) -> &'static str {
        if self == Self::Name { "text_key" } else { "number_key" }
    }
}

impl Store {
    /// At most `limit` rows of a project's table after `after`. A cursor of another order starts from the first row.
    pub async fn synset_page(
        &self,
        project_id: i64,
        order: SynsetOrder,
        descending: bool,
        after: Option<&SynsetCursor>,
        limit: i64,
    ) -> Result<Vec<SynsetPageRow>, StoreError> {
        let (key, bytewise) = (order.key_column(), self.dialect().bytewise());
        let (beyond, direction, last) =
            if descending { ("<", "desc", "-1e300") } else { (">", "asc", "1e300") };
        let rows: Vec<KeyedRow> = on_db!(self, pool => {
            let mut query = QueryBuilder::new("with keyed as (select p.*, s.words, lower(s.words");
            query.push(bytewise).push(") as text_key, cast(coalesce(").push(order.number());
            query.push(format_args!(", {last}) as double precision) as number_key"));
            query.push(" from project_synset p join synset s on s.wnid = p.wnid where p.project_id = ");
            query.push_bind(project_id);
            query.push(
                ") select project_synset_id, project_id, wnid, target_precision, threshold, rejection, initial_sample,
                          initial_votes, votes_cap, batch_size, batch_size_phone, duplicate_distance, paused, state, hold_reason,
                          sample_seed, calibration_id, difficulty, candidates, duplicates, positive, negative, escalated,
                          votes, seeded_at, words, text_key, number_key
                   from keyed",
            );
            if let Some(SynsetCursor { key: found, wnid }) = after.filter(|after| after.key.is_of(order)) {
                for (word, relation, end) in [(" where (", beyond, ""), (" or (", "=", " and wnid > ")] {
                    query.push(word).push(key).push(" ").push(relation).push(" ");
                    match found {
                        CursorKey::Text(text) => query.push_bind(text.clone()),
                        CursorKey::Number(number) => query.push_bind(*number),
                    };
                    query.push(end);
                    if !end.is_empty() {
                        query.push_bind(wnid.to_string());
                    }
                    query.push(")");
                }
            }
            query.push(format_args!(" order by {key} {direction}, wnid limit "));
            query.push_bind(limit);
            query.build_query_as().fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|row| row.page_row(order)).collect())
    }
}

impl KeyedRow {
    fn page_row(self, order: SynsetOrder) -> SynsetPageRow {
        let Self { row, words, text_key, number_key } = self;
        let key = if order == SynsetOrder::Name {
            CursorKey::Text(text_key)
        } else {
            CursorKey::Number(number_key)
        };
        SynsetPageRow { cursor: SynsetCursor { key, wnid: row.wnid }, row, words }
    }
}

impl CursorKey {
    fn is_of(&self, order: SynsetOrder) -> bool {
        matches!(self, Self::Text(_)) == (order == SynsetOrder::Name)
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
