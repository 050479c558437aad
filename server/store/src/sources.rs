//! Where a project's candidates come from, by name.

use domain::consensus::Source;
use sqlx::FromRow;

use crate::candidates::FactsRow;
use crate::{StoreError, Tx};

/// A source of a synset's candidates, with what became of them.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SourceRow {
    /// The source; none for candidates whose origin nobody named.
    pub source_id: Option<i64>,
    /// Its name.
    pub name: Option<String>,
    /// Candidates from it, near duplicates not counted.
    pub candidates: i64,
    /// Settled: they show the synset.
    pub positive: i64,
    /// Settled: they do not.
    pub negative: i64,
    /// Yes and no votes, and those that could not tell.
    pub votes: i64,
}

impl SourceRow {
    /// As offsets know it.
    #[must_use]
    pub fn source(&self) -> Source {
        FactsRow { source_id: self.source_id, ..FactsRow::default() }.facts().source
    }
}

/// Candidates of a synset with equal facts, some of them known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct VotedTallies {
    /// What decides the verdict of each, with weights rounded to tenths of a vote.
    #[sqlx(flatten)]
    pub known: FactsRow,
    /// How many.
    pub images: i64,
}

reads! {
    /// Where the candidates of a synset come from, the most first.
    sources_of_synset(project_synset_id: i64) -> Vec<SourceRow>, executor => {
        let sql = "select c.source_id, s.name, count(*) as candidates,
                          count(*) filter (where c.verdict = 'positive') as positive,
                          count(*) filter (where c.verdict = 'negative') as negative,
                          cast(sum(c.yes + c.no + c.unsure) as bigint) as votes
                   from candidate c left join source s on s.source_id = c.source_id
                   where c.project_synset_id = $1 and c.duplicate_of is null
                   group by c.source_id, s.name order by count(*) desc, s.name";
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };

    /// The name of a source.
    source_name(source_id: i64) -> Option<String>, executor => {
        let sql = "select name from source where source_id = $1";
        sqlx::query_scalar(sql).bind(source_id).fetch_optional(executor).await
    };

    /// The candidates of a synset that somebody has voted on or an expert has labelled, near duplicates left out.
    voted_tallies(project_synset_id: i64) -> Vec<VotedTallies>, executor => {
        let sql = concat!("select ", rounded_facts!(), ", count(*) as images from candidate
                   where project_synset_id = $1 and duplicate_of is null
                     and (yes + no + unsure > 0 or expert is not null)
                   group by 1, 2, 3, 4, 5, 6, 7, 8, 9");
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };
}

impl Tx {
    /// The source of this name in a project; noted, if it was not known.
    pub async fn source(&mut self, project_id: i64, name: &str) -> Result<i64, StoreError> {
        let sql =
            "insert into source (project_id, name) values ($1, $2) on conflict (project_id, name) do nothing";
        on_tx!(self, connection => {
            sqlx::query(sql).bind(project_id).bind(name).execute(connection).await.map(drop)
        })?;
        let sql = "select source_id from source where project_id = $1 and name = $2";
        on_tx!(self, connection => sqlx::query_scalar(sql).bind(project_id).bind(name).fetch_one(connection).await)
    }
}
