//! The figures of a project and of each of its synsets, without texts: what a page that is open is kept up to date with.

use domain::wnid::Wnid;
use sqlx::{FromRow, QueryBuilder, Row as _};

use super::choice::{SynsetChoice, SynsetFlag, condition};
use super::{SynsetState, TotalsRow};
use crate::text::Parsed;
use crate::{Store, StoreError};

/// The figures of a synset.
#[derive(Clone, Debug, PartialEq, FromRow)]
#[expect(missing_docs, reason = "columns of project_synset and outlook, by their names")]
pub struct SynsetFigures {
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    #[sqlx(try_from = "Parsed<SynsetState>")]
    pub state: SynsetState,
    pub paused: bool,
    pub difficulty: Option<i64>,
    pub candidates: i64,
    pub duplicates: i64,
    pub positive: i64,
    pub negative: i64,
    pub escalated: i64,
    pub votes: i64,
    /// See [`super::SynsetPageRow::expected_votes`].
    pub expected_votes: Option<f64>,
}

/// How many synsets there are of each flag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceCounts {
    /// Synsets that the search finds.
    pub all: i64,
    /// In the order of [`SynsetFlag::EVERY`].
    pub flagged: Vec<(SynsetFlag, i64)>,
}

impl Store {
    /// The figures of every synset of a project, ascending by wnid.
    pub async fn synset_figures(&self, project_id: i64) -> Result<Vec<SynsetFigures>, StoreError> {
        let sql = "select p.wnid, p.state, p.paused, p.difficulty, p.candidates, p.duplicates, p.positive, p.negative,
                          p.escalated, p.votes, case when p.state <> 'hold' then o.expected_votes end as expected_votes
                   from project_synset p left join outlook o on o.project_synset_id = p.project_synset_id
                   where p.project_id = $1 order by p.wnid";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_id).fetch_all(pool).await)
    }

    /// How many synsets of a project each flag has among those that the search finds; the choice's own flag is not looked at.
    pub async fn choice_counts(
        &self,
        project_id: i64,
        choice: &SynsetChoice,
    ) -> Result<ChoiceCounts, StoreError> {
        let counted: Vec<i64> = on_db!(self, pool => {
            let mut query = QueryBuilder::new("select count(*)");
            for flag in SynsetFlag::EVERY {
                query.push(", count(*) filter (where ");
                condition(flag, choice.now, &mut query);
                query.push(")");
            }
            query.push(" from project_synset p join synset s on s.wnid = p.wnid where p.project_id = ").push_bind(project_id);
            choice.restrict_to_words(&mut query);
            query.build().fetch_one(pool).await.and_then(|row| (0..row.len()).map(|place| row.try_get(place)).collect())
        })?;
        let mut counted = counted.into_iter();
        let all = counted.next().unwrap_or(0);
        Ok(ChoiceCounts { all, flagged: SynsetFlag::EVERY.into_iter().zip(counted).collect() })
    }
}

impl From<&SynsetFigures> for TotalsRow {
    fn from(row: &SynsetFigures) -> Self {
        Self {
            synsets: 1,
            candidates: row.candidates,
            duplicates: row.duplicates,
            positive: row.positive,
            negative: row.negative,
            escalated: row.escalated,
            votes: row.votes,
        }
    }
}
