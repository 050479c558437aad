//! What verdicts on the same image in other synsets of a project say: evidence beside the votes.

use domain::consensus::Verdict;
use domain::wnid::Wnid;
use sqlx::FromRow;

use crate::rows::Rows;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

/// A candidate whose image is one of another synset of the project too.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct SharedRow {
    /// The image.
    pub sha256: String,
    /// The candidate.
    pub candidate_id: i64,
    /// The synset's row.
    pub project_synset_id: i64,
    /// The synset.
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    /// The last judgement.
    #[sqlx(try_from = "Parsed<Verdict>")]
    pub verdict: Verdict,
    /// Why.
    pub reason: Option<String>,
    /// The chance that it is good.
    pub confidence: Option<f64>,
    /// What was passed on to it: the chance that it is good, in millionths.
    pub related: Option<i64>,
    /// From which candidate.
    pub related_candidate_id: Option<i64>,
}

/// Whether verdicts are passed on in a project, and figures that change whenever there may be something new to pass on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct PassingRow {
    /// The project.
    pub project_id: i64,
    /// Whether verdicts are passed on.
    pub passes_verdicts: bool,
    /// Candidates, near duplicates not counted.
    pub candidates: i64,
    /// Near duplicates.
    pub duplicates: i64,
    /// Settled: they show the synset.
    pub positive: i64,
    /// Settled: they do not.
    pub negative: i64,
    /// Votes recorded.
    pub votes: i64,
    /// Candidates to which something was passed on.
    pub related: i64,
}

/// What is passed on to a candidate: a chance in millionths, and from which candidate; or nothing.
pub type Passed = (i64, Option<(i64, i64)>);

reads! {
    /// Whether verdicts are passed on in a project, from a synset to those above and below. `None` for an unknown project.
    passes_verdicts(project_id: i64) -> Option<bool>, executor => {
        let sql = "select passes_verdicts from project where project_id = $1";
        sqlx::query_scalar(sql).bind(project_id).fetch_optional(executor).await
    };
}

impl Store {
    /// The projects in which verdicts are passed on, and those in which they were, ascending.
    pub async fn passing_projects(&self) -> Result<Vec<PassingRow>, StoreError> {
        let sql = "select * from (
                       select p.project_id, p.passes_verdicts, cast(sum(s.candidates) as bigint) as candidates,
                              cast(sum(s.duplicates) as bigint) as duplicates, cast(sum(s.positive) as bigint) as positive,
                              cast(sum(s.negative) as bigint) as negative, cast(sum(s.votes) as bigint) as votes,
                              cast(sum((select count(*) from candidate c
                                        where c.project_synset_id = s.project_synset_id and c.related is not null))
                                   as bigint) as related
                       from project p join project_synset s on s.project_id = p.project_id
                       group by p.project_id, p.passes_verdicts) every
                   where passes_verdicts or related > 0 order by project_id";
        on_db!(self, pool => sqlx::query_as(sql).fetch_all(pool).await)
    }

    /// The candidates of at most `limit` images that are candidates of several synsets of a project, or that something was passed
    /// on to, by image: those after an image. Near duplicates are left out.
    pub async fn passable_images(
        &self,
        project_id: i64,
        after: &str,
        limit: i64,
    ) -> Result<Vec<SharedRow>, StoreError> {
        let sql = "with shared (sha256) as (
                       select c.sha256 from project_synset s
                       join candidate c on c.project_synset_id = s.project_synset_id
                       where s.project_id = $1 and c.duplicate_of is null and c.sha256 > $2
                       group by c.sha256 having count(*) > 1 or count(c.related) > 0
                       order by c.sha256 limit $3)
                   select c.sha256, c.candidate_id, c.project_synset_id, s.wnid, c.verdict, c.reason, c.confidence, c.related,
                          c.related_candidate_id
                   from shared i
                   join candidate c on c.sha256 = i.sha256 and c.duplicate_of is null
                   join project_synset s on s.project_synset_id = c.project_synset_id and s.project_id = $1
                   order by c.sha256, c.candidate_id";
        on_db!(self, pool => {
            sqlx::query_as(sql).bind(project_id).bind(after).bind(limit).fetch_all(pool).await
        })
    }
}

impl Tx {
    /// Says whether verdicts are passed on in a project. Fails with [`StoreError::NotFound`] for an unknown one.
    pub async fn set_passes_verdicts(&mut self, project_id: i64, passes: bool) -> Result<(), StoreError> {
        let sql = "update project set passes_verdicts = $2 where project_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id).bind(passes);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        crate::projects::found(changed, project_id)
    }

    /// Notes what is passed on to candidates. Their verdicts are the caller's to judge again.
    pub async fn save_passed(&mut self, passed: &[Passed]) -> Result<(), StoreError> {
        let rows = Rows::new()
            .integers(passed.iter().map(|(candidate, _)| *candidate))
            .integers(passed.iter().map(|(_, word)| word.map(|(chance, _)| chance)))
            .integers(passed.iter().map(|(_, word)| word.map(|(_, from)| from)));
        let with = "with passed (candidate_id, chance, source_id) as (";
        let update = ") update candidate set related = p.chance, related_candidate_id = p.source_id
                        from passed p where p.candidate_id = candidate.candidate_id";
        self.over(with, rows, update).await.map(drop)
    }
}
