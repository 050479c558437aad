//! The columns of a candidate that decide what it is.

use domain::consensus::{Discount, Facts, Source, Tally, Votes};
use serde::Deserialize;
use sqlx::FromRow;

use crate::labeling::TallyChange;
use crate::packed::optional_flag;

/// What is recorded about a candidate and decides its verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow, Deserialize)]
pub struct FactsRow {
    /// Votes that said yes.
    pub yes: i64,
    /// Votes that said no.
    pub no: i64,
    /// Votes that could not tell.
    pub unsure: i64,
    /// What the weights of those who cast them take away from the yes votes, in millionths.
    pub discount_yes: i64,
    /// The same of the no votes.
    pub discount_no: i64,
    /// The newest word of an expert.
    #[serde(deserialize_with = "optional_flag")]
    pub expert: Option<bool>,
    /// How many people report the picture.
    pub reports: i64,
    /// Where it comes from; none where nobody said so.
    pub source_id: Option<i64>,
    /// What a related synset says: the chance that it is good, in millionths.
    pub related: Option<i64>,
}

/// The columns of [`FactsRow`].
macro_rules! facts_columns {
    () => {
        "yes, no, unsure, discount_yes, discount_no, expert, reports, source_id, related"
    };
}

/// The same with weights rounded to tenths of a vote, to count candidates by: they would make nearly every one a group of its own.
macro_rules! rounded_facts {
    () => {
        "yes, no, unsure, (discount_yes + 50000) / 100000 * 100000 as discount_yes,
         (discount_no + 50000) / 100000 * 100000 as discount_no, expert, reports, source_id, related"
    };
}

impl FactsRow {
    /// The votes that count so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        tally(self.yes, self.no, self.unsure)
    }

    /// Counts as they are after a change.
    pub fn change(&mut self, change: &TallyChange) {
        self.yes += change.yes;
        self.no += change.no;
        self.unsure += change.unsure;
        self.discount_yes += change.discount_yes;
        self.discount_no += change.discount_no;
        self.reports += change.reports;
    }

    /// The votes with their weights.
    #[must_use]
    pub fn votes(&self) -> Votes {
        self.facts().votes()
    }

    /// All that decides what it is.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            tally: self.tally(),
            discount: Discount { yes: small(self.discount_yes), no: small(self.discount_no) },
            expert: self.expert,
            reports: small(self.reports),
            source: Source(self.source_id.map_or(0, small)),
            related: self.related.map(small),
        }
    }
}

/// Counts of votes are never negative, and far below what 32 bits hold.
pub(crate) fn tally(yes: i64, no: i64, unsure: i64) -> Tally {
    Tally { yes: small(yes), no: small(no), unsure: small(unsure) }
}

/// Counts, millionths of votes (four thousand whole ones fit in 32 bits) and numbers of sources are small.
fn small(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}
