//! From decoded pictures to candidates of a synset.

use super::Provenance;
use crate::service::judging::{Bench, Tables};
use crate::service::{Failure, Outcome};
use crate::world::World;
use bytes::Bytes;
use domain::dedup::{Fingerprint, PerceptualHash, Rulings, reviewed_duplicates};
use media::blobs::BlobKind;
use media::ingest::Ingested;
use media::refusal::Refusal;
use std::collections::HashMap;
use store::Tx;
use store::candidates::{FingerprintRow, ImageRow, NewCandidate};
use store::jobs::FileState;
use store::projects::CounterDelta;

/// Longest file name that is kept, in characters.
const MAX_NAME: usize = 255;

/// A file that wants to become a candidate.
pub struct Incoming {
    /// Its name, as data.
    pub name: String,
    /// Its bytes, or why there are none.
    pub bytes: Result<Bytes, String>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// What became of it.
pub struct FileOutcome {
    /// Added, known, near duplicate or refused.
    pub state: FileState,
    /// Why it was refused, or what it duplicates.
    pub reason: Option<String>,
    /// The candidate that it became or was already.
    pub candidate: Option<i64>,
}

/// Makes candidates of one synset from files; a bad one does not touch the others.
///
/// # Errors
/// The database or the blob store; then none of the files went in.
pub async fn add_files(
    world: &World,
    tables: &Tables,
    project_synset: i64,
    files: Vec<Incoming>,
) -> Outcome<Vec<FileOutcome>> {
    let mut decoded = Vec::with_capacity(files.len());
    for file in files {
        decoded.push(decode(world, file).await?);
    }
    let now = world.now();
    let mut tx = world.store.begin().await?;
    let mut bench = Bench::lock(&mut tx, tables, project_synset).await?;
    // Ascending: two servers that take in the same pictures can't wait for each other.
    let mut images: Vec<&Decoded> = decoded.iter().filter_map(|file| file.as_ref().ok()).collect();
    images.sort_unstable_by_key(|file| file.image.sha256.to_string());
    for file in images {
        tx.upsert_image(&image_row(file, now)?).await?;
    }
    let mut outcomes = Vec::with_capacity(decoded.len());
    for file in decoded {
        outcomes.push(match file {
            Err(outcome) => outcome,
            Ok(file) => add(&mut tx, &mut bench, world, file, now).await?,
        });
    }
    let of = mark_near_duplicates(&mut tx, &mut bench, tables, now).await?;
    bench.draw_sample(&mut tx, world.chance.seed()).await?;
    tx.commit().await?;
    for outcome in &mut outcomes {
        if let Some((kept, distance)) = outcome.candidate.and_then(|id| of.get(&id))
            && outcome.state == FileState::Added
        {
            outcome.state = FileState::Duplicate;
            outcome.reason = Some(format!("is a near duplicate of candidate {kept} (distance {distance})"));
        }
    }
    Ok(outcomes)
}

/// A refusal as the outcome of a file.
pub fn picture_outcome(reason: String) -> FileOutcome {
    FileOutcome { state: FileState::Refused, reason: Some(reason), candidate: None }
}

struct Decoded {
    name: String,
    provenance: Provenance,
    image: Ingested,
    bytes: u64,
}

async fn decode(world: &World, file: Incoming) -> Outcome<Result<Decoded, FileOutcome>> {
    let bytes = match file.bytes {
        Ok(bytes) => bytes,
        Err(reason) => return Ok(Err(picture_outcome(reason))),
    };
    let provenance = match file.provenance.checked() {
        Ok(provenance) => provenance,
        Err(failure) => return Ok(Err(picture_outcome(failure.to_string()))),
    };
    let image = match world.ingester.ingest(bytes.clone()).await {
        Ok(image) => image,
        Err(Refusal::Busy) => return Err(app::api::ApiError::TooOften { seconds: 30 }.into()),
        Err(refusal) => return Ok(Err(picture_outcome(refusal.to_string()))),
    };
    // The files first, the row last: a row always has its files.
    let length = bytes.len() as u64;
    world.blobs.put(BlobKind::Original, &image.sha256, bytes).await?;
    world.blobs.put(BlobKind::Small, &image.sha256, image.small.bytes.clone().into()).await?;
    world.blobs.put(BlobKind::Medium, &image.sha256, image.medium.bytes.clone().into()).await?;
    world.blobs.put(BlobKind::Large, &image.sha256, image.large.bytes.clone().into()).await?;
    let name = file.name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    Ok(Ok(Decoded { name, provenance, image, bytes: length }))
}

fn image_row(file: &Decoded, now: i64) -> Outcome<ImageRow> {
    Ok(ImageRow {
        sha256: file.image.sha256.to_string(),
        width: file.image.width.into(),
        height: file.image.height.into(),
        bytes: i64::try_from(file.bytes).map_err(|error| Failure::Defect(error.to_string()))?,
        format: file.image.format.to_string(),
        phash: file.image.phash.cast_signed(),
        phash_version: file.image.phash_version.into(),
        created_at: now,
    })
}

async fn add(tx: &mut Tx, bench: &mut Bench, world: &World, file: Decoded, now: i64) -> Outcome<FileOutcome> {
    let sha256 = file.image.sha256.to_string();
    let source_id = match file.provenance.source() {
        Some(name) => Some(tx.source(bench.synset.project_id, &name).await?),
        None => None,
    };
    let new = NewCandidate {
        project_synset_id: bench.synset.project_synset_id,
        sha256,
        // A random order of serving that does not change when more candidates come.
        serving_rank: (world.chance.seed() >> 1).cast_signed(),
        file_name: file.name,
        source_url: file.provenance.source_url,
        licence: file.provenance.licence,
        attribution: file.provenance.attribution,
        creator: file.provenance.creator,
        source_id,
    };
    match tx.insert_candidate(&new, now).await? {
        None => Ok(FileOutcome { state: FileState::Known, reason: None, candidate: None }),
        Some(candidate) => {
            bench.add(tx, &CounterDelta { candidates: 1, ..CounterDelta::default() }).await?;
            Ok(FileOutcome { state: FileState::Added, reason: None, candidate: Some(candidate) })
        }
    }
}

/// Decides anew which candidates of a synset are near duplicates of which, and returns them with what they duplicate and the
/// distance. A candidate with votes takes precedence over one without, whatever its resolution: votes are never lost. What
/// people said about pairs comes before both.
///
/// # Errors
/// The database.
pub async fn mark_near_duplicates(
    tx: &mut Tx,
    bench: &mut Bench,
    tables: &Tables,
    now: i64,
) -> Outcome<HashMap<i64, (i64, i64)>> {
    let rows = tx.fingerprints(bench.synset.project_synset_id).await?;
    let fingerprints: Vec<Fingerprint> = rows.iter().map(fingerprint).collect();
    let tau = crate::service::settings::count(bench.settings.duplicate_distance);
    let said = tx.duplicate_reviews(bench.synset.project_synset_id).await?;
    let rulings = Rulings::new(said.iter().map(|review| review.ruling()));
    let of: HashMap<i64, (i64, i64)> = reviewed_duplicates(&fingerprints, tau, &rulings)
        .into_iter()
        .map(|found| (found.duplicate, (found.of, i64::from(found.distance))))
        .collect();
    let mut returned = Vec::new();
    for row in &rows {
        let wanted = of.get(&row.candidate_id);
        if wanted.map(|(of, _)| *of) == row.duplicate_of {
            continue;
        }
        let leaves_sample = bench.table.is_none() && row.in_initial_sample && wanted.is_some();
        tx.set_duplicate(row.candidate_id, wanted.copied(), leaves_sample).await?;
        match (row.duplicate_of, wanted) {
            (None, Some(_)) => bench.add(tx, &dropped(row)).await?,
            (Some(_), None) => {
                bench
                    .add(tx, &CounterDelta { candidates: 1, duplicates: -1, ..CounterDelta::default() })
                    .await?;
                returned.push(row.candidate_id);
            }
            _ => {}
        }
    }
    if !returned.is_empty() {
        bench.judge(tx, tables, &returned, now).await?;
    }
    Ok(of)
}

fn dropped(row: &FingerprintRow) -> CounterDelta {
    use domain::consensus::Verdict;
    let was = |verdict| if row.verdict == verdict { -1 } else { 0 };
    CounterDelta {
        candidates: -1,
        duplicates: 1,
        positive: was(Verdict::Positive),
        negative: was(Verdict::Negative),
        escalated: was(Verdict::Escalated),
        votes: 0,
    }
}

/// What the search for near duplicates compares: a candidate with votes counts as larger than any without.
pub fn fingerprint(row: &FingerprintRow) -> Fingerprint {
    let pixels = if row.has_votes { u64::MAX } else { row.pixels.cast_unsigned() };
    Fingerprint { id: row.candidate_id, hash: PerceptualHash::from_stored(row.phash), pixels }
}
