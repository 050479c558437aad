//! The candidates of a synset in the order of a gallery, a page at a time.

use sqlx::{AssertSqlSafe, QueryBuilder};

use super::{CandidateRow, tally};
use crate::{Store, StoreError};
use domain::consensus::Tally;
use sqlx::FromRow;

/// Which candidates a gallery shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GalleryFilter {
    /// Settled: they show the synset.
    Positive,
    /// Settled: they do not.
    Negative,
    /// Neither settled nor escalated.
    Open,
    /// An expert must look.
    Escalated,
    /// Near duplicates, whatever their verdict.
    Duplicate,
}

impl GalleryFilter {
    fn condition(self) -> &'static str {
        match self {
            Self::Positive => "verdict = 'positive' and duplicate_of is null",
            Self::Negative => "verdict = 'negative' and duplicate_of is null",
            Self::Open => "verdict = 'undecided' and duplicate_of is null",
            Self::Escalated => "escalated and duplicate_of is null",
            Self::Duplicate => "duplicate_of is not null",
        }
    }
}

/// Candidates of a gallery that an order by votes can't tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct GalleryGroup {
    /// Votes that said yes.
    pub yes: i64,
    /// Votes that said no.
    pub no: i64,
    /// Votes that could not tell.
    pub unsure: i64,
    /// Whether an expert's word decided, and not the votes.
    pub by_expert: bool,
    /// How many they are.
    pub candidates: i64,
}

impl GalleryGroup {
    /// The votes on each of them.
    #[must_use]
    pub fn tally(&self) -> Tally {
        tally(self.yes, self.no, self.unsure)
    }
}

/// Which way a gallery is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From its first image on.
    On,
    /// Towards its first image.
    Back,
}

impl Store {
    /// At most `limit` candidates of a gallery that is ordered by age, the newest first: those after a candidate, or, on the way
    /// back, those before it, the nearest first.
    pub async fn gallery(
        &self,
        project_synset_id: i64,
        filter: GalleryFilter,
        from: Option<i64>,
        way: Way,
        limit: i64,
    ) -> Result<Vec<CandidateRow>, StoreError> {
        let (beyond, order, start) = match way {
            Way::On => ("<", "desc", i64::MAX),
            Way::Back => (">", "asc", 0),
        };
        let sql = format!(
            concat!(
                candidate!(),
                " where project_synset_id = $1 and candidate_id {} $2 and {} order by candidate_id {} limit $3"
            ),
            beyond,
            filter.condition(),
            order
        );
        on_db!(self, pool => {
            let query = sqlx::query_as(AssertSqlSafe(sql)).bind(project_synset_id).bind(from.unwrap_or(start));
            query.bind(limit).fetch_all(pool).await
        })
    }

    /// The candidates of a gallery, counted by their votes.
    pub async fn gallery_groups(
        &self,
        project_synset_id: i64,
        filter: GalleryFilter,
    ) -> Result<Vec<GalleryGroup>, StoreError> {
        let sql = format!(
            "select yes, no, unsure, coalesce(reason = 'expert', false) as by_expert, count(*) as candidates
             from candidate where project_synset_id = $1 and {}
             group by yes, no, unsure, coalesce(reason = 'expert', false) order by yes, no, unsure, 4",
            filter.condition()
        );
        on_db!(self, pool => sqlx::query_as(AssertSqlSafe(sql)).bind(project_synset_id).fetch_all(pool).await)
    }

    /// At most `limit` candidates of a gallery in the order of their groups' places, the newest first within a place: those after
    /// a place and candidate, or, on the way back, those before, the nearest first. Groups that are not named are left out.
    pub async fn gallery_placed(
        &self,
        project_synset_id: i64,
        filter: GalleryFilter,
        groups: &[(GalleryGroup, i64)],
        from: Option<(i64, i64)>,
        way: Way,
        limit: i64,
    ) -> Result<Vec<CandidateRow>, StoreError> {
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        let (later, younger, order) = match way {
            Way::On => (">", "<", "place, candidate_id desc"),
            Way::Back => ("<", ">", "place desc, candidate_id"),
        };
        on_db!(self, pool => {
            let mut query = QueryBuilder::new("with placed (p_yes, p_no, p_unsure, p_expert, place) as (");
            query.push_values(groups, |mut row, (group, place)| {
                row.push_bind(group.yes).push_bind(group.no).push_bind(group.unsure).push_bind(group.by_expert);
                row.push_bind(*place);
            });
            query.push(concat!(") ", candidate!(), " join placed on p_yes = yes and p_no = no and p_unsure = unsure
                       and p_expert = coalesce(reason = 'expert', false) where project_synset_id = "));
            query.push_bind(project_synset_id).push(format_args!(" and {}", filter.condition()));
            if let Some((place, candidate)) = from {
                query.push(format_args!(" and (place {later} ")).push_bind(place).push(" or (place = ").push_bind(place);
                query.push(format_args!(" and candidate_id {younger} ")).push_bind(candidate).push("))");
            }
            query.push(format_args!(" order by {order} limit ")).push_bind(limit);
            query.build_query_as().persistent(false).fetch_all(pool).await
        })
    }
}
