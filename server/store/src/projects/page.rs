//! A project's table of synsets: searched, filtered, sorted by any of its columns, one page after another.
//!
//! A page starts after the last row of the previous one (a keyset), so that the thousandth costs what the first does.

use domain::wnid::Wnid;
use sqlx::{FromRow, QueryBuilder};

use super::{CursorKey, ProjectSynsetRow, SynsetChoice, SynsetCursor};
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
    /// Votes still to be expected; a synset of which none are expected, because it is on hold, comes last.
    ExpectedVotes,
}

/// Which rows of the table, in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SynsetQuery {
    /// Which synsets.
    pub choice: SynsetChoice,
    /// What they are sorted by.
    pub order: SynsetOrder,
    /// The largest first.
    pub descending: bool,
    /// Where the previous page ended. A cursor of another order starts from the first row.
    pub after: Option<SynsetCursor>,
    /// At most so many.
    pub limit: i64,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct SynsetPageRow {
    /// The synset.
    pub row: ProjectSynsetRow,
    /// Its words, one on a line.
    pub words: String,
    /// Further votes to be expected on its open candidates; `None` where nobody is asked, or where it was not computed yet.
    pub expected_votes: Option<f64>,
    /// Where the next page starts if this row is the last of its page.
    pub cursor: SynsetCursor,
}

#[derive(FromRow)]
struct KeyedRow {
    #[sqlx(flatten)]
    row: ProjectSynsetRow,
    words: String,
    expected_votes: Option<f64>,
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
            Self::ExpectedVotes => "case when p.state <> 'hold' then o.expected_votes end",
        }
    }

    fn key_column(self) -> &'static str {
        if self == Self::Name { "text_key" } else { "number_key" }
    }
}

impl Store {
    /// A page of a project's table.
    pub async fn synset_page(
        &self,
        project_id: i64,
        asked: &SynsetQuery,
    ) -> Result<Vec<SynsetPageRow>, StoreError> {
        let (order, key, bytewise) = (asked.order, asked.order.key_column(), self.dialect().bytewise());
        let (beyond, direction, last) =
            if asked.descending { ("<", "desc", "-1e300") } else { (">", "asc", "1e300") };
        let rows: Vec<KeyedRow> = on_db!(self, pool => {
            let mut query = QueryBuilder::new(
                "with keyed as (
                     select p.*, s.words, case when p.state <> 'hold' then o.expected_votes end as expected_votes, lower(s.words",
            );
            query.push(bytewise).push(") as text_key, cast(coalesce(").push(order.number());
            query.push(format_args!(", {last}) as double precision) as number_key"));
            query.push(" from project_synset p join synset s on s.wnid = p.wnid");
            query.push(" left join outlook o on o.project_synset_id = p.project_synset_id where p.project_id = ");
            query.push_bind(project_id);
            asked.choice.restrict(&mut query);
            query.push(
                ") select project_synset_id, project_id, wnid, target_precision, threshold, rejection, initial_sample,
                          initial_votes, votes_cap, batch_size, batch_size_phone, duplicate_distance, paused, state, hold_reason,
                          sample_seed, calibration_id, prior_id, difficulty, candidates, duplicates, positive, negative, escalated,
                          votes, seeded_at, revision, priority, words, expected_votes, text_key, number_key
                   from keyed",
            );
            let after = asked.after.as_ref().filter(|after| after.key.is_text() == (order == SynsetOrder::Name));
            if let Some(SynsetCursor { key: found, wnid }) = after {
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
            query.push_bind(asked.limit);
            query.build_query_as().fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|row| row.page_row(order)).collect())
    }
}

impl KeyedRow {
    fn page_row(self, order: SynsetOrder) -> SynsetPageRow {
        let Self { row, words, expected_votes, text_key, number_key } = self;
        let key = if order == SynsetOrder::Name {
            CursorKey::Text(text_key)
        } else {
            CursorKey::Number(number_key)
        };
        let wnid: Wnid = row.wnid;
        SynsetPageRow { cursor: SynsetCursor { key, wnid }, row, words, expected_votes }
    }
}
