//! The galleries of a project's synset.

use super::ProjectsService;
use crate::service::Outcome;
use crate::service::judging::from_row;
use crate::service::labeling::picture_addresses;
use app::api::projects::{Gallery, GalleryKind, GalleryTile};
use domain::consensus::{Calibration, Reason};
use store::candidates::{CandidateRow, GalleryFilter};

/// Tiles on a page of a gallery.
const TILES_A_PAGE: i64 = 60;

impl ProjectsService {
    pub(super) async fn gallery_of(
        &self,
        project: i64,
        wnid: &str,
        kind: GalleryKind,
        after: Option<i64>,
    ) -> Outcome<Gallery> {
        let (_, _, synset) = self.seeded(project, wnid).await?;
        let id = synset.project_synset_id;
        let built = match self.world.store.latest_calibration(id).await? {
            Some(row) => Some(from_row(&row)?),
            None => None,
        };
        let mut rows = self.world.store.gallery(id, filter(kind), after, TILES_A_PAGE + 1).await?;
        let page = usize::try_from(TILES_A_PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > page;
        rows.truncate(page);
        let next = rows.last().filter(|_| more).map(|row| row.candidate_id);
        let tiles = rows.iter().map(|row| gallery_tile(row, built.as_ref())).collect();
        Ok(Gallery { kind, tiles, next })
    }
}

fn gallery_tile(row: &CandidateRow, built: Option<&Calibration>) -> GalleryTile {
    let (small, large) = picture_addresses(&row.sha256);
    GalleryTile {
        candidate: row.candidate_id,
        small,
        large,
        tally: (row.yes, row.no, row.unsure),
        confidence: (row.duplicate_of.is_none() && (built.is_some() || row.expert.is_some()))
            .then(|| row.facts().judge(built).confidence),
        reason: row.reason.as_deref().and_then(Reason::parse).map(|reason| in_words(reason).to_owned()),
        file_name: row.file_name.clone(),
        source_url: row.source_url.clone(),
        licence: row.licence.clone(),
        attribution: row.attribution.clone(),
        duplicate_of: row.duplicate_of.zip(row.duplicate_distance),
    }
}

fn in_words(reason: Reason) -> &'static str {
    match reason {
        Reason::AboveThreshold => "confidence reached the threshold",
        Reason::BelowRejection => "confidence fell to the rejection level",
        Reason::CapReached => "the votes cap was reached without a decision",
        Reason::Expert => "an expert decided",
        Reason::Reported => "several people report the picture as broken or offensive",
    }
}

fn filter(kind: GalleryKind) -> GalleryFilter {
    match kind {
        GalleryKind::Positive => GalleryFilter::Positive,
        GalleryKind::Negative => GalleryFilter::Negative,
        GalleryKind::Open => GalleryFilter::Open,
        GalleryKind::Escalated => GalleryFilter::Escalated,
        GalleryKind::Duplicate => GalleryFilter::Duplicate,
    }
}
