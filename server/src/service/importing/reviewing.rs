//! People's word about near duplicates: the pairs that wait for one, and what follows from it.

use super::candidates::{fingerprint, mark_near_duplicates};
use super::pages::ImportingService;
use super::upload::seeded;
use crate::language::locale;
use crate::service::judging::Bench;
use crate::service::ontology::words;
use crate::service::pictures::picture_address;
use crate::service::settings::{count, in_force, of_project, overrides_of};
use crate::service::{Failure, Outcome};
use crate::texts::{imports as say, missing};
use app::api::duplicates::{Decision, DuplicatePair, DuplicatesPage, PairFilter, PairReview, PairSide};
use app::viewer::Admin;
use domain::dedup::{AlmostDuplicates, Fingerprint, PerceptualHash, Ruling, Rulings, almost_duplicates};
use media::BlobKind;
use std::collections::HashMap;
use store::duplicates::{DuplicateReviewRow, PairSideRow};

/// Pairs on one page.
const PAIRS: usize = 12;
/// Kept images this many bits above the threshold, or fewer, are worth a look.
const MARGIN: u32 = 4;

impl ImportingService {
    /// A page of pairs.
    pub(super) async fn pairs(
        &self,
        project: i64,
        wnid: &str,
        shown: PairFilter,
        after: Option<&str>,
    ) -> Outcome<DuplicatesPage> {
        let store = &self.world.store;
        let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
        let project = store.project(project).await?.ok_or_else(unknown)?;
        let id = seeded(&self.world, project.project_id, wnid.trim()).await?;
        let missing = || Failure::Defect(format!("synset {id} is missing"));
        let synset = store.project_synset_by_id(id).await?.ok_or_else(missing)?;
        let threshold = in_force(&of_project(&project), &overrides_of(&synset)).duplicate_distance;
        let said = store.duplicate_reviews(id).await?;
        let almost = self.almost(id, count(threshold), &said).await?;
        let (open, reviewed) = store.duplicate_review_counts(id).await?;
        let (pairs, next) = match shown {
            PairFilter::Open => self.open_pairs(id, after).await?,
            PairFilter::Almost => self.almost_pairs(&almost, after).await?,
            PairFilter::Reviewed => self.reviewed_pairs(id, after).await?,
        };
        Ok(DuplicatesPage {
            project: (project.project_id, project.name),
            synset: (synset.wnid.to_string(), words(&self.world.ontology.get(), synset.wnid)),
            threshold,
            shown,
            counts: (open, i64::try_from(almost.len()).unwrap_or(i64::MAX), reviewed),
            pairs,
            next,
        })
    }

    /// Pairs of kept images just above the threshold. Quadratic, so not on the threads that answer requests.
    async fn almost(
        &self,
        synset: i64,
        tau: u32,
        said: &[DuplicateReviewRow],
    ) -> Outcome<Vec<AlmostDuplicates>> {
        let rows = self.world.store.fingerprints(synset).await?;
        let kept: Vec<Fingerprint> =
            rows.iter().filter(|row| row.duplicate_of.is_none()).map(fingerprint).collect();
        let rulings = rulings(said);
        let found =
            tokio::task::spawn_blocking(move || almost_duplicates(&kept, tau, MARGIN, &rulings)).await;
        found.map_err(|error| Failure::Defect(error.to_string()))
    }

    async fn open_pairs(&self, synset: i64, after: Option<&str>) -> Outcome<Page> {
        let after = after.and_then(|after| after.parse().ok()).unwrap_or(0);
        let limit = i64::try_from(PAIRS).unwrap_or(i64::MAX);
        let found = self.world.store.unreviewed_duplicates(synset, after, limit).await?;
        let next = found.get(PAIRS - 1).map(|(dropped, _)| dropped.to_string());
        let pairs: Vec<(i64, i64)> = found.into_iter().map(|(dropped, kept)| (kept, dropped)).collect();
        Ok((self.with_sides(&pairs, |_| None).await?, next))
    }

    async fn almost_pairs(&self, almost: &[AlmostDuplicates], after: Option<&str>) -> Outcome<Page> {
        let after = after.and_then(cursor);
        let rest: Vec<&AlmostDuplicates> = almost
            .iter()
            .filter(|pair| after.as_ref().is_none_or(|after| *pair > after))
            .take(PAIRS)
            .collect();
        let next =
            rest.get(PAIRS - 1).map(|pair| format!("{}-{}-{}", pair.distance, pair.first, pair.second));
        let pairs: Vec<(i64, i64)> = rest.iter().map(|pair| (pair.first, pair.second)).collect();
        Ok((self.with_sides(&pairs, |_| None).await?, next))
    }

    async fn reviewed_pairs(&self, synset: i64, after: Option<&str>) -> Outcome<Page> {
        let before = after.and_then(|before| before.parse().ok()).unwrap_or(i64::MAX);
        let limit = i64::try_from(PAIRS).unwrap_or(i64::MAX);
        let found = self.world.store.last_duplicate_reviews(synset, before, limit).await?;
        let next = found.get(PAIRS - 1).map(|review| review.duplicate_review_id.to_string());
        // On the left stands what stays, so that the words on the buttons hold.
        let pairs: Vec<(i64, i64)> = found
            .iter()
            .map(|review| match review.ruling() {
                Ruling::Same { kept, dropped } => (kept, dropped),
                Ruling::Apart(one, other) => (one, other),
            })
            .collect();
        let review = |place: usize| {
            found.get(place).map(|review| PairReview {
                decision: if review.kept_candidate_id.is_some() { Decision::Keep } else { Decision::Apart },
                by: review.reviewer.clone(),
                at: review.reviewed_at,
            })
        };
        Ok((self.with_sides(&pairs, review).await?, next))
    }

    async fn with_sides(
        &self,
        pairs: &[(i64, i64)],
        review: impl Fn(usize) -> Option<PairReview>,
    ) -> Outcome<Vec<DuplicatePair>> {
        let ids: Vec<i64> = pairs.iter().flat_map(|(left, right)| [*left, *right]).collect();
        let sides: HashMap<i64, PairSideRow> = self
            .world
            .store
            .pair_sides(&ids)
            .await?
            .into_iter()
            .map(|side| (side.candidate_id, side))
            .collect();
        let pair = |(place, (left, right)): (usize, &(i64, i64))| {
            let (left, right) = (sides.get(left)?, sides.get(right)?);
            let hash = |side: &PairSideRow| PerceptualHash::from_stored(side.phash);
            Some(DuplicatePair {
                distance: i64::from(hash(left).distance(hash(right))),
                left: shown_side(left),
                right: shown_side(right),
                review: review(place),
            })
        };
        Ok(pairs.iter().enumerate().filter_map(pair).collect())
    }

    /// Adds a word about a pair and decides the synset's near duplicates anew, in one transaction.
    pub(super) async fn reviewed(
        &self,
        admin: &Admin,
        left: i64,
        right: i64,
        decision: Decision,
    ) -> Outcome<String> {
        let synset = self.synset_of_pair(left, right).await?;
        let now = self.world.now();
        let kept = match decision {
            Decision::Keep => Some(left),
            Decision::Swap => Some(right),
            Decision::Apart => None,
        };
        let mut tx = self.world.store.begin().await?;
        let mut bench = Bench::lock(&mut tx, &self.tables, synset).await?;
        tx.insert_duplicate_review(synset, (left, right), kept, admin.id(), now).await?;
        let of = mark_near_duplicates(&mut tx, &mut bench, &self.tables, now).await?;
        // Whoever is free again may be drawn or asked about; and what is left may be all there was to ask.
        if bench.synset.candidates > 0 {
            bench.draw_sample(&mut tx, self.world.chance.seed()).await?;
        }
        bench.judge(&mut tx, &self.tables, &[], now).await?;
        let subject = format!("candidates {left} and {right}");
        tx.record_event(Some(admin.id()), "review duplicates", &subject, word(decision), now).await?;
        tx.commit().await?;
        Ok(sentence(left, right, decision, &of))
    }

    async fn synset_of_pair(&self, left: i64, right: i64) -> Outcome<i64> {
        if left == right {
            return Err(Failure::invalid(say::same_twice(locale())));
        }
        let sides = self.world.store.pair_sides(&[left, right]).await?;
        for candidate in [left, right] {
            if sides.iter().all(|side| side.candidate_id != candidate) {
                return Err(Failure::not_found(missing::candidate(locale(), candidate.to_string())));
            }
        }
        match sides.as_slice() {
            [one, other] if one.project_synset_id == other.project_synset_id => Ok(one.project_synset_id),
            _ => Err(Failure::invalid(say::other_synsets(locale(), left.to_string(), right.to_string()))),
        }
    }
}

type Page = (Vec<DuplicatePair>, Option<String>);

fn rulings(said: &[DuplicateReviewRow]) -> Rulings {
    Rulings::new(said.iter().map(DuplicateReviewRow::ruling))
}

fn cursor(text: &str) -> Option<AlmostDuplicates> {
    let mut parts = text.splitn(3, '-');
    let (distance, first, second) = (parts.next()?, parts.next()?, parts.next()?);
    Some(AlmostDuplicates {
        distance: distance.parse().ok()?,
        first: first.parse().ok()?,
        second: second.parse().ok()?,
    })
}

fn shown_side(row: &PairSideRow) -> PairSide {
    PairSide {
        candidate: row.candidate_id,
        small: picture_address(BlobKind::Small, &row.sha256),
        medium: picture_address(BlobKind::Medium, &row.sha256),
        large: picture_address(BlobKind::Large, &row.sha256),
        size: (row.width, row.height),
        bytes: row.bytes,
        format: row.format.clone(),
        tally: (row.yes, row.no, row.unsure),
        is_kept: row.duplicate_of.is_none(),
        file_name: row.file_name.clone(),
        source_url: row.source_url.clone(),
        licence: row.licence.clone(),
        attribution: row.attribution.clone(),
    }
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Keep => "keep",
        Decision::Swap => "swap",
        Decision::Apart => "apart",
    }
}

/// What came of a word. A third image may be near one of the two: then that is said.
fn sentence(left: i64, right: i64, decision: Decision, of: &HashMap<i64, (i64, i64)>) -> String {
    let stays = |candidate: i64| match of.get(&candidate) {
        None => say::stays(locale(), candidate.to_string()),
        Some((kept, _)) => say::is_near(locale(), candidate.to_string(), kept.to_string()),
    };
    match decision {
        Decision::Keep => say::dropped(locale(), stays(left), right.to_string()),
        Decision::Swap => say::dropped(locale(), stays(right), left.to_string()),
        Decision::Apart => match (of.get(&left), of.get(&right)) {
            (None, None) => say::both_apart(locale()).to_owned(),
            _ => say::apart(locale(), stays(left), stays(right)),
        },
    }
}
