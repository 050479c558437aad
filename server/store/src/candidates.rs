//! Images, and the candidates that they are: an image is a candidate of a synset at most once.

use domain::consensus::Verdict;
use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::id_list;
use crate::text::Parsed;
use crate::{StoreError, Tx};

#[macro_use]
mod facts;

/// The select of all columns of [`CandidateRow`].
macro_rules! candidate {
    () => {
        concat!(
            "select candidate_id, project_synset_id, sha256, serving_rank, in_initial_sample, duplicate_of,
                duplicate_distance, verdict, reason, confidence, calibration_id, settled_at, file_name, source_url, licence,
                attribution, creator, related_candidate_id, created_at, ",
            facts_columns!(),
            " from candidate"
        )
    };
}

mod gallery;
mod judging;
mod progress;
mod votes;

pub use facts::FactsRow;
pub(crate) use facts::tally;
pub use gallery::{GalleryFilter, GalleryGroup, Way};
pub use judging::{CandidateState, JudgementRow, SampleRow, TallyCountRow};
pub use progress::ProgressRow;
pub use votes::VoteRow;

/// What is known of an image, whatever it is a candidate for.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names")]
pub struct ImageRow {
    pub sha256: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
    /// Of the file as it came.
    pub bytes: i64,
    pub format: String,
    /// The 64 bits of the perceptual hash.
    pub phash: i64,
    pub phash_version: i64,
    pub created_at: i64,
}

/// An image proposed for a synset of a project.
#[derive(Clone, Debug, PartialEq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct CandidateRow {
    pub candidate_id: i64,
    pub project_synset_id: i64,
    pub sha256: String,
    pub serving_rank: i64,
    pub in_initial_sample: bool,
    pub duplicate_of: Option<i64>,
    pub duplicate_distance: Option<i64>,
    /// What decides its verdict.
    #[sqlx(flatten)]
    pub known: FactsRow,
    #[sqlx(try_from = "Parsed<Verdict>")]
    pub verdict: Verdict,
    pub reason: Option<String>,
    pub confidence: Option<f64>,
    pub calibration_id: Option<i64>,
    pub settled_at: Option<i64>,
    pub file_name: String,
    pub source_url: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    pub creator: Option<String>,
    /// The same image in a related synset, whose verdict says something of this one.
    pub related_candidate_id: Option<i64>,
    pub created_at: i64,
}

/// A candidate to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct NewCandidate {
    pub project_synset_id: i64,
    pub sha256: String,
    pub serving_rank: i64,
    pub file_name: String,
    pub source_url: Option<String>,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    pub creator: Option<String>,
    pub source_id: Option<i64>,
}

/// What the search for near duplicates knows of a candidate.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct FingerprintRow {
    /// The candidate.
    pub candidate_id: i64,
    /// Its image.
    pub sha256: String,
    /// The 64 bits of the image's perceptual hash.
    pub phash: i64,
    /// Hashes of different versions can't be compared.
    pub phash_version: i64,
    /// Width times height.
    pub pixels: i64,
    /// Whether anyone has voted on it.
    pub has_votes: bool,
    /// The candidate that it is a near duplicate of.
    pub duplicate_of: Option<i64>,
    /// Whether it was drawn into the initial sample.
    pub in_initial_sample: bool,
    /// The last judgement.
    #[sqlx(try_from = "Parsed<Verdict>")]
    pub verdict: Verdict,
}

reads! {
    /// Whether the synset has this image, as a near duplicate or not.
    has_candidate(project_synset_id: i64, sha256: &str) -> bool, executor => {
        let sql = "select exists (select 1 from candidate where project_synset_id = $1 and sha256 = $2)";
        sqlx::query_scalar(sql).bind(project_synset_id).bind(sha256).fetch_one(executor).await
    };

    /// The candidate of this id.
    candidate(candidate_id: i64) -> Option<CandidateRow>, executor => {
        let sql = concat!(candidate!(), " where candidate_id = $1");
        sqlx::query_as(sql).bind(candidate_id).fetch_optional(executor).await
    };

    /// The image of this hash.
    image(sha256: &str) -> Option<ImageRow>, executor => {
        let sql = "select sha256, width, height, bytes, format, phash, phash_version, created_at from image
                   where sha256 = $1";
        sqlx::query_as(sql).bind(sha256).fetch_optional(executor).await
    };

    /// All candidates of a synset, near duplicates too, in the order in which they came.
    fingerprints(project_synset_id: i64) -> Vec<FingerprintRow>, executor => {
        let sql = "select c.candidate_id, c.sha256, i.phash, i.phash_version, i.width * i.height as pixels,
                          c.yes + c.no + c.unsure > 0 as has_votes, c.duplicate_of, c.in_initial_sample, c.verdict
                   from candidate c join image i on i.sha256 = c.sha256
                   where c.project_synset_id = $1 order by c.candidate_id";
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };
}

impl Tx {
    /// Notes an image. One that is known stays as it is.
    pub async fn upsert_image(&mut self, image: &ImageRow) -> Result<(), StoreError> {
        let sql = "insert into image (sha256, width, height, bytes, format, phash, phash_version, created_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (sha256) do nothing";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(&image.sha256).bind(image.width).bind(image.height).bind(image.bytes);
            let query = query.bind(&image.format).bind(image.phash).bind(image.phash_version).bind(image.created_at);
            query.execute(connection).await.map(drop)
        })
    }

    /// Makes an image a candidate; returns its id, or `None` when the synset has this image already. The image must be
    /// there: see [`Tx::upsert_image`]. Counters are the caller's: see [`Tx::add_to_counters`].
    pub async fn insert_candidate(
        &mut self,
        new: &NewCandidate,
        now: i64,
    ) -> Result<Option<i64>, StoreError> {
        let sql =
            "insert into candidate (project_synset_id, sha256, serving_rank, file_name, source_url, licence,
                                          attribution, creator, created_at, source_id)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                   on conflict (project_synset_id, sha256) do nothing returning candidate_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(new.project_synset_id).bind(&new.sha256).bind(new.serving_rank);
            let query = query.bind(&new.file_name).bind(&new.source_url).bind(&new.licence).bind(&new.attribution);
            query.bind(&new.creator).bind(now).bind(new.source_id).fetch_optional(connection).await
        })
    }

    /// Makes a candidate a near duplicate of another, at a distance in bits; or, with `None`, a candidate of its own. Either way
    /// its judgement is forgotten: near duplicates have none. `leaves_sample` takes it out of the initial sample.
    pub async fn set_duplicate(
        &mut self,
        candidate_id: i64,
        of: Option<(i64, i64)>,
        leaves_sample: bool,
    ) -> Result<(), StoreError> {
        let sql = "update candidate set duplicate_of = $2, duplicate_distance = $3, verdict = 'undecided', reason = null,
                          confidence = null, calibration_id = null, settled_at = null,
                          in_initial_sample = in_initial_sample and not $4
                   where candidate_id = $1";
        let (kept, distance) = of.unzip();
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(candidate_id).bind(kept).bind(distance).bind(leaves_sample);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        if changed == 1 {
            Ok(())
        } else {
            Err(StoreError::NotFound(format!("there is no candidate {candidate_id}")))
        }
    }

    /// The undecided candidates of a synset that are no near duplicates, ascending: what an initial sample is drawn from.
    pub async fn undecided_ids(&mut self, project_synset_id: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "select candidate_id from candidate
                   where project_synset_id = $1 and verdict = 'undecided' and duplicate_of is null
                   order by candidate_id";
        on_tx!(self, connection => sqlx::query_scalar(sql).bind(project_synset_id).fetch_all(connection).await)
    }

    /// Puts candidates into their synset's initial sample.
    pub async fn mark_initial_sample(&mut self, candidate_ids: &[i64]) -> Result<(), StoreError> {
        let among = self.dialect().among();
        let sql = format!("update candidate set in_initial_sample = true where candidate_id {among}");
        let list = id_list(candidate_ids);
        on_tx!(self, connection => sqlx::query(AssertSqlSafe(sql)).bind(list).execute(connection).await.map(drop))
    }

    /// Empties a synset's initial sample.
    pub async fn clear_initial_sample(&mut self, project_synset_id: i64) -> Result<(), StoreError> {
        let sql = "update candidate set in_initial_sample = false where project_synset_id = $1 and in_initial_sample";
        on_tx!(self, connection => sqlx::query(sql).bind(project_synset_id).execute(connection).await.map(drop))
    }
}
