//! A made-up synset of a project: its table, its history, its images.

use super::{NOW, SYNSETS, synset_row, words};
use app::api::projects::{
    Cause, Cell, Gallery, GalleryKind, GallerySort, GalleryTile, ImageDetail, LeansOn, ProgressPoint,
    RelatedImage, Said, Side, SourceLine, SynsetDetail, SynsetState, TableChange, TableVersion, TableView,
    Totals, VoteLine,
};
use app::api::serving::Turn;
use app::api::settings::{Overrides, Settings};

fn settings() -> Settings {
    Settings {
        target_precision: 0.995,
        threshold: None,
        rejection: 0.05,
        initial_sample: 100,
        initial_votes: 10,
        votes_cap: 15,
        batch_size: 24,
        batch_size_phone: 24,
        duplicate_distance: 6,
        method: "full".to_owned(),
    }
}

pub fn detail(project: i64, wnid: &str, version: i64) -> Option<SynsetDetail> {
    let synset = SYNSETS.into_iter().find(|synset| synset.0 == wnid)?;
    let place = SYNSETS.iter().position(|known| known.0 == wnid)?;
    let row = synset_row(place, &synset);
    Some(SynsetDetail {
        project: (project, "Pets".to_owned()),
        definition: synset.2.to_owned(),
        hold_reason: (row.state == SynsetState::Hold)
            .then(|| "No level reaches the target precision of 99.5 %.".to_owned()),
        turn: if row.state == SynsetState::Calibrating { Turn::First } else { Turn::Usual },
        initial_sample: (100, if row.state == SynsetState::Calibrating { 62 } else { 100 }),
        table: matches!(row.state, SynsetState::Done | SynsetState::Labelling | SynsetState::Hold)
            .then(|| table(row.state, version)),
        sources: sources(row.totals, row.state),
        history: history(row.state),
        settings: settings(),
        overrides: Overrides { votes_cap: Some(20), ..Overrides::default() },
        progress: progress(row.totals),
        row,
    })
}

/// Two searches and some photographs of one's own.
fn sources(totals: Totals, state: SynsetState) -> Vec<SourceLine> {
    let line = |name: Option<&str>, part: i64, share: f64| SourceLine {
        name: name.map(str::to_owned),
        candidates: totals.candidates * part / 10,
        positive: totals.positive * part / 10,
        negative: totals.negative * part / 10,
        votes: totals.votes * part / 10,
        share: (state != SynsetState::Calibrating).then_some(share),
    };
    vec![
        line(Some("dalmatian dog, en, flickr"), 6, 0.31),
        line(Some("example.org"), 3, 0.04),
        line(None, 1, 0.22),
    ]
}

/// Two days of work, fast in the middle.
fn progress(totals: Totals) -> Vec<ProgressPoint> {
    let point = |step: i64| {
        let part = |n: i64| n * step * step * (144 - 2 * step) / (48 * 48 * 48);
        ProgressPoint {
            at: NOW - 3_600_000 * (48 - step),
            votes: part(totals.votes),
            positive: part(totals.positive),
            negative: part(totals.negative),
            escalated: part(totals.escalated),
        }
    };
    if totals.votes == 0 { Vec::new() } else { (0..=48).map(point).collect() }
}

fn history(state: SynsetState) -> Vec<TableVersion> {
    let line = |version: i64, causes| TableVersion {
        version,
        created_at: NOW - 86_400_000 * (3 - version),
        images: 100,
        threshold: (state != SynsetState::Hold).then_some(if version == 1 { 0.96 } else { 0.972 }),
        difficulty: Some(3),
        stated_precision: (state != SynsetState::Hold).then_some(0.996),
        causes,
    };
    vec![
        line(3, vec![Cause::Level, Cause::Votes, Cause::Experts { before: 0, after: 12 }]),
        line(
            2,
            vec![Cause::Target { before: 0.99, after: 0.995 }, Cause::VotesCap { before: 20, after: 15 }],
        ),
        line(1, vec![Cause::SampleComplete]),
    ]
}

fn table(state: SynsetState, version: i64) -> TableView {
    let (prevalence, good, bad) = (0.35, 0.95_f64, 0.03_f64);
    let confidence = |yes: u32, no: u32| {
        let of = |p: f64| p.powf(f64::from(yes)) * (1.0 - p).powf(f64::from(no));
        prevalence * of(good) / (prevalence * of(good) + (1.0 - prevalence) * of(bad))
    };
    let cell = |(yes, no)| Cell {
        yes,
        no,
        confidence: confidence(yes, no),
        low: confidence(yes, no).powf(1.6) * 0.98,
        high: 1.0 - (1.0 - confidence(yes, no)).powf(1.6) * 0.98,
        counted: (yes + no > 0).then(|| (confidence(yes, no) + 0.02).min(1.0)),
        support: 40.0 / f64::from(1 + 3 * no.min(yes) + no),
        images: i64::from(900 / (1 + 4 * yes * no + yes)),
        side: match confidence(yes, no) {
            p if p >= 0.972 => Side::Accepts,
            p if p <= 0.05 => Side::Rejects,
            _ => Side::Asks,
        },
    };
    let square = (0..=5).flat_map(|yes| (0..=5 - yes).map(move |no| (yes, no)));
    TableView {
        version,
        created_at: NOW - 86_400_000 * (3 - version),
        cells: square.chain([(3, 7), (9, 1), (10, 0)]).map(cell).collect(),
        shown_votes: 5,
        change: (version > 1).then_some(TableChange {
            threshold: (Some(0.96), Some(0.972)),
            counts: false,
            difficulty: (Some(2), Some(3)),
            cells: 135,
            cells_moved: 7,
            images_moved: 31,
        }),
        method: "full".to_owned(),
        leans_on: Some(LeansOn {
            ancestor: Some(("n02083346".to_owned(), vec!["canine".to_owned(), "canid".to_owned()])),
            synsets: 12,
            images: 240,
        }),
        threshold: (state != SynsetState::Hold).then_some(0.972),
        rejection: 0.05,
        votes_cap: 15,
        images: 100,
        anchored: 12,
        prevalence,
        good_yes_rate: good,
        bad_yes_rate: bad,
        stated_precision: (state != SynsetState::Hold).then_some(0.996),
        expected_votes: 2.7,
        expected_acceptance: 0.34,
    }
}

fn tile(kind: GalleryKind, candidate: i64) -> GalleryTile {
    GalleryTile {
        candidate,
        small: format!("/picture/{candidate}"),
        medium: format!("/picture/{candidate}?medium"),
        large: format!("/picture/{candidate}?large"),
        tally: (3, candidate % 2, candidate % 3),
        confidence: Some(0.998),
        reason: (kind == GalleryKind::Positive).then(|| "confidence reached the threshold".to_owned()),
        file_name: format!("IMG_{candidate}_a_rather_long_name_without_any_blank_in_it.jpg"),
        source_url: Some(
            if candidate == 3 { "javascript:alert(1)" } else { "https://example.org/a" }.to_owned(),
        ),
        licence: (candidate % 4 > 0).then(|| "CC-BY-4.0".to_owned()),
        attribution: Some("Photograph by Jane Doe".to_owned()),
        duplicate_of: (kind == GalleryKind::Duplicate).then_some((12, 1)),
    }
}

pub fn gallery((kind, sort): (GalleryKind, GallerySort), after: i64) -> Gallery {
    let tiles = if kind == GalleryKind::Escalated {
        Vec::new()
    } else {
        (after + 1..=after + 12).map(|candidate| tile(kind, candidate)).collect()
    };
    let next = (after == 0 && kind != GalleryKind::Escalated).then(|| "12".to_owned());
    Gallery { kind, sort, tiles, next, has_table: true }
}

/// Candidates 1 to 24 are there; the last one is open.
pub fn image(
    wnid: &str,
    candidate: i64,
    kind: Option<GalleryKind>,
    sort: GallerySort,
) -> Option<ImageDetail> {
    let synset = SYNSETS.into_iter().find(|synset| synset.0 == wnid)?;
    let stands = match candidate {
        1..=23 => GalleryKind::Positive,
        24 => GalleryKind::Open,
        _ => return None,
    };
    let vote = |worker: &str, answer, minutes: i64| VoteLine {
        worker: worker.to_owned(),
        answer,
        voted_at: NOW - 60_000 * minutes,
        corrected: None,
        excluded: false,
        weight: (worker == "mary").then_some(0.41),
    };
    Some(ImageDetail {
        project: (1, "Pets".to_owned()),
        wnid: wnid.to_owned(),
        words: words(synset.1),
        tile: tile(stands, candidate),
        stands,
        kind: kind.unwrap_or(stands),
        sort,
        previous: (candidate > 1).then_some(candidate - 1),
        next: (candidate < 24).then_some(candidate + 1),
        votes: vec![
            vote("grace", Said::Yes, 900),
            VoteLine { corrected: Some((Said::Yes, NOW - 60_000 * 700)), ..vote("hedy", Said::No, 720) },
            vote("mary", Said::Unsure, 610),
            VoteLine { excluded: true, ..vote("mallory", Said::No, 12) },
        ],
        selected: Some((0.5, 0.15, 0.85)),
        votes_that_decide: None,
        threshold: Some(0.972),
        rejection: 0.05,
        reports: i64::from(candidate == 24),
        in_initial_sample: candidate % 5 == 0,
        settled_at: (stands != GalleryKind::Open).then_some(NOW - 600_000),
        creator: None,
        counted_under: Some("dalmatian dog, en, flickr".to_owned()),
        related: (stands != GalleryKind::Open).then(|| RelatedImage {
            wnid: SYNSETS[1].0.to_owned(),
            words: words(SYNSETS[1].1),
            candidate: 7,
            good: stands == GalleryKind::Positive,
            decides: candidate % 2 == 0,
        }),
        created_at: NOW - 86_400_000 * 9,
        width: 1_600,
        height: 1_200,
        bytes: 348_211,
        format: "jpeg".to_owned(),
    })
}
