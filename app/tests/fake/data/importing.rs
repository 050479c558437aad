//! Made-up imports, and pairs of near duplicates.

use super::{NOW, SYNSETS, words};
use app::api::duplicates::{Decision, DuplicatePair, DuplicatesPage, PairFilter, PairReview, PairSide};
use app::api::importing::{
    FileFilter, FileLine, FileState, ImportCounts, ImportPage, ImportState, ImportSynset,
};

/// Import 1 runs, 2 is finished, 3 has failed, 4 receives files, 5 was stopped and serves what a table names.
pub fn import(import: i64) -> Option<ImportPage> {
    let state = match import {
        1 => ImportState::Running,
        2 => ImportState::Finished,
        3 => ImportState::Failed,
        4 => ImportState::Receiving,
        5 => ImportState::Cancelled,
        _ => return None,
    };
    let waiting = if matches!(state, ImportState::Running | ImportState::Cancelled) { 57 } else { 0 };
    let file = |name: &str, state, reason: Option<&str>| FileLine {
        name: name.to_owned(),
        state,
        reason: reason.map(str::to_owned),
    };
    let counts =
        ImportCounts { files: 140, waiting, added: 60, known: 12, duplicate: 8, refused: 3, read: 1 };
    let synset = |place: usize| {
        let (wnid, joined, ..) = SYNSETS.get(place).copied().unwrap_or_default();
        ImportSynset { wnid: wnid.to_owned(), words: words(joined), counts }
    };
    Some(ImportPage {
        import,
        project: (1, "Pets".to_owned()),
        synset: (import != 5).then(|| ("n02110341".to_owned(), words("dalmatian, coach dog, carriage dog"))),
        synsets: if import == 5 { vec![synset(1), synset(2), synset(8)] } else { vec![synset(1)] },
        state,
        message: match state {
            ImportState::Failed => Some("The archive is cut off after 12 files.".to_owned()),
            ImportState::Cancelled => Some(
                "Stopped by an admin. What went in stays; for a day the import can be resumed with the rest."
                    .to_owned(),
            ),
            _ => None,
        },
        counts,
        shown: FileFilter::Notable,
        files: vec![
            file(
                "notes.txt",
                FileState::Refused,
                Some("It is not a picture: JPEG, PNG, WebP or GIF would be right."),
            ),
            file(
                "spots/huge.png",
                FileState::Refused,
                Some("40,000 × 30,000 pixels is more than 50 megapixels."),
            ),
            file("spots/17.jpg", FileState::Duplicate, Some("Looks like spots/16.jpg, 3 bits apart.")),
            file(
                "table.csv, line 7",
                FileState::Refused,
                Some("names \"rex.jpg\", which is not among the files"),
            ),
            file(
                "table.csv",
                FileState::Read,
                Some("describes 132 of the files; 1 of its lines could not be used"),
            ),
        ],
        next: (import == 2).then_some(200),
        can_resume: state == ImportState::Cancelled,
        created_at: NOW,
    })
}

pub fn duplicates(project: i64, wnid: &str, shown: PairFilter, last: bool) -> Option<DuplicatesPage> {
    let synset = SYNSETS.into_iter().find(|synset| synset.0 == wnid)?;
    let side = |candidate: i64, is_kept| PairSide {
        candidate,
        small: format!("/picture/{candidate}"),
        medium: format!("/picture/{candidate}?medium"),
        large: format!("/picture/{candidate}?large"),
        size: if is_kept { (2_048, 1_536) } else { (640, 480) },
        bytes: 120_000 * candidate,
        format: "jpeg".to_owned(),
        tally: if candidate == 2 { (0, 0, 0) } else { (candidate % 4, candidate % 3, candidate % 2) },
        is_kept,
        file_name: format!("IMG_{candidate}_a_rather_long_name_without_any_blank_in_it.jpg"),
        source_url: Some(
            if candidate == 3 { "javascript:alert(1)" } else { "https://example.org/a" }.to_owned(),
        ),
        licence: (candidate % 4 > 0).then(|| "CC-BY-4.0".to_owned()),
        attribution: Some("Photograph by Jane Doe".to_owned()),
    };
    let pair = |place: i64| DuplicatePair {
        left: side(2 * place, true),
        right: side(2 * place + 1, shown == PairFilter::Almost),
        distance: if shown == PairFilter::Almost { 8 + place % 4 } else { place % 8 },
        review: (shown == PairFilter::Reviewed).then(|| PairReview {
            decision: if place % 2 == 0 { Decision::Keep } else { Decision::Apart },
            by: Some("ada".to_owned()),
            at: NOW,
        }),
    };
    Some(DuplicatesPage {
        project: (project, "Pets".to_owned()),
        synset: (wnid.to_owned(), words(synset.1)),
        threshold: 8,
        shown,
        counts: if last { (0, 0, 0) } else { (31, 5, 12) },
        pairs: if last { Vec::new() } else { (1..=5).map(pair).collect() },
        next: (!last).then(|| "12".to_owned()),
    })
}
