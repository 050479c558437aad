//! Made-up dogs, cats and votes on them.

use app::api::accounts::{AccountLine, AccountsPage, InvitationLine};
use app::api::duplicates::{Decision, DuplicatePair, DuplicatesPage, PairFilter, PairReview, PairSide};
use app::api::importing::{
    FileFilter, FileLine, FileState, ImportCounts, ImportPage, ImportState, ImportSynset,
};
use app::api::labeling::{Batch, OpenProject, PathStep, Sibling, SynsetHead, Tile};
use app::api::ontology::{SynsetLine, SynsetPage};
use app::api::projects::{
    Cause, Cell, Gallery, GalleryKind, GallerySort, GalleryTile, ImageDetail, Overrides, ProgressPoint,
    ProjectLine, Said, Settings, SynsetDetail, SynsetRow, SynsetState, TableChange, TableVersion, TableView,
    Totals, VoteLine,
};
use app::api::watching::{
    Board, BoardRow, Outlook, Pace, Price, SubtreeFigures, SubtreePage, SynsetFilter, SynsetSort,
    TableRequest, TreeNode,
};

/// 22 November 2026, 14:05 UTC.
pub const NOW: i64 = 1_795_356_300_000;

const SYNSETS: [(&str, &str, &str, u32); 9] = [
    (
        "n02084071",
        "dog, domestic dog, Canis familiaris",
        "a member of the genus Canis (probably descended from the common wolf) that has been domesticated by man since prehistoric times",
        189,
    ),
    (
        "n02110341",
        "dalmatian, coach dog, carriage dog",
        "a large breed having a smooth white coat with black or brown spots; originated in Dalmatia",
        2,
    ),
    ("n02091134", "whippet", "small slender dog of greyhound type developed in England", 1),
    ("n02123394", "Persian cat", "a long-haired breed of cat", 1),
    (
        "n02123597",
        "Siamese cat, Siamese",
        "a slender short-haired blue-eyed breed of cat having a pale coat with dark ears paws face and tail tip",
        2,
    ),
    (
        "n02123478",
        "Burmese cat",
        "a short-haired breed with body similar to the Siamese cat but having a solid dark brown or grey coat",
        1,
    ),
    (
        "n02112137",
        "chow, chow chow",
        "breed of medium-sized dogs with a thick coat and fluffy curled tails and distinctive blue-black tongues",
        1,
    ),
    ("n02085374", "toy dog, toy", "any of several breeds of very small dogs kept purely as pets", 14),
    ("n00000666", "hostile", "<script>alert('gloss')</script>", 1),
];

fn words(joined: &str) -> Vec<String> {
    joined.split(", ").map(str::to_owned).collect()
}

fn line((wnid, joined, definition, subtree): (&str, &str, &str, u32)) -> SynsetLine {
    SynsetLine { wnid: wnid.to_owned(), words: words(joined), definition: definition.to_owned(), subtree }
}

pub fn synsets() -> Vec<SynsetLine> {
    SYNSETS.map(line).to_vec()
}

pub fn synset_page(wnid: &str) -> Option<SynsetPage> {
    let synset = synsets().into_iter().find(|synset| synset.wnid == wnid)?;
    let step = |wnid: &str, word: &str| line((wnid, word, "an ancestor", 9));
    let path = |middle: SynsetLine| {
        vec![step("n00001740", "entity"), step("n00015388", "animal"), middle, synset.clone()]
    };
    Some(SynsetPage {
        examples: vec!["the dog barked all night".to_owned()],
        wikipedia: "https://en.wikipedia.org/wiki/Dog".to_owned(),
        paths: vec![path(step("n02083346", "canine")), path(step("n01317541", "domestic animal"))],
        paths_cut: true,
        children: synsets().split_off(6),
        instances: Vec::new(),
        siblings: vec![step("n02114100", "wolf"), step("n02118333", "fox")],
        projects: vec![(1, "Pets".to_owned())],
        synset,
    })
}

pub fn open_projects() -> Vec<OpenProject> {
    let project = |project, name: &str, open_synsets, my_votes| OpenProject {
        project,
        name: name.to_owned(),
        open_synsets,
        my_votes,
    };
    vec![
        project(1, "Pets", 38, 12_408),
        project(2, "Musical instruments", 1, 1),
        project(3, "Vehicles", 0, 0),
    ]
}

pub fn batch(project: i64, assignment: i64, tiles: i64) -> Batch {
    let asked = if assignment % 2 == 0 { SYNSETS[1] } else { SYNSETS[4] };
    let tile = |place: i64| {
        let candidate = assignment * 1_000 + place;
        Tile {
            candidate,
            small: format!("/picture/{candidate}"),
            medium: format!("/picture/{candidate}?medium"),
            large: format!("/picture/{candidate}?large"),
        }
    };
    Batch {
        assignment,
        project,
        synset: SynsetHead {
            wnid: asked.0.to_owned(),
            words: words(asked.1),
            definition: asked.2.to_owned(),
            examples: Vec::new(),
            wikipedia: "https://en.wikipedia.org/wiki/Dalmatian".to_owned(),
            path: [
                ("n00001740", "entity"),
                ("n00015388", "animal"),
                ("n01317541", "domestic animal"),
                ("n02084071", "dog"),
            ]
            .map(|(wnid, word)| PathStep { wnid: wnid.to_owned(), word: word.to_owned() })
            .to_vec(),
            siblings: vec![
                Sibling { words: "whippet".to_owned(), definition: SYNSETS[2].2.to_owned() },
                Sibling { words: "chow, chow chow".to_owned(), definition: SYNSETS[6].2.to_owned() },
            ],
            shown_by: [91, 92, 93].map(|picture| format!("/picture/{picture}")).to_vec(),
            not_shown_by: [94, 95].map(|picture| format!("/picture/{picture}")).to_vec(),
        },
        tiles: (0..tiles).map(tile).collect(),
        expires_at: NOW,
        key: format!("key-{assignment}"),
    }
}

fn totals(synsets: i64, candidates: i64) -> Totals {
    let positive = candidates * 3 / 10;
    let negative = candidates * 45 / 100;
    Totals {
        synsets,
        candidates,
        duplicates: candidates / 20,
        positive,
        negative,
        escalated: candidates / 50,
        votes: candidates * 3 + 7,
    }
}

pub fn projects() -> Vec<ProjectLine> {
    let project = |project, name: &str, totals| ProjectLine { project, name: name.to_owned(), totals };
    vec![
        project(1, "Pets", totals(40, 412_345)),
        project(2, "Musical instruments", totals(189, 1_000)),
        project(3, "<b>Vehicles</b>", Totals::default()),
    ]
}

fn project_line(project: i64, empty: bool) -> ProjectLine {
    let totals = if empty { Totals::default() } else { totals(40, 412_345) };
    ProjectLine { project, name: "Pets".to_owned(), totals }
}

/// The second project has no price.
fn price(project: i64) -> Option<Price> {
    (project != 2).then(|| Price { per_vote: 0.012, currency: "EUR".to_owned() })
}

fn synset_row(place: usize, synset: &(&str, &str, &str, u32)) -> SynsetRow {
    let state = match place % 5 {
        0 => SynsetState::Done,
        1 => SynsetState::Labelling,
        2 => SynsetState::Calibrating,
        3 => SynsetState::Hold,
        _ => SynsetState::Waiting,
    };
    SynsetRow {
        wnid: synset.0.to_owned(),
        words: words(synset.1),
        state,
        paused: place == 6,
        totals: if place % 5 == 4 { Totals::default() } else { totals(1, 10_000 + 123 * place as i64) },
        difficulty: (!place.is_multiple_of(3)).then_some(place as i64),
    }
}

pub fn board(project: i64, empty: bool, asked: &TableRequest) -> Board {
    let row = |(place, synset)| {
        let synset = synset_row(place, synset);
        let expected_votes = (synset.state != SynsetState::Hold).then(|| synset.totals.open() as f64 * 3.4);
        BoardRow { synset, expected_votes }
    };
    let mut rows: Vec<BoardRow> =
        if empty { Vec::new() } else { SYNSETS.iter().enumerate().map(row).collect() };
    rows.retain(|row| row.synset.words.iter().any(|word| word.contains(&asked.search)));
    match asked.filter {
        SynsetFilter::Hold => rows.retain(|row| row.synset.state == SynsetState::Hold),
        SynsetFilter::Starved => rows.clear(),
        _ => {}
    }
    match asked.sort {
        SynsetSort::Votes => rows.sort_by_key(|row| row.synset.totals.votes),
        _ => rows.sort_by_key(|row| row.synset.words.clone()),
    }
    if asked.descending {
        rows.reverse();
    }
    let counts = [
        SynsetFilter::All,
        SynsetFilter::Waiting,
        SynsetFilter::Calibrating,
        SynsetFilter::Labelling,
        SynsetFilter::Done,
        SynsetFilter::Hold,
        SynsetFilter::Paused,
        SynsetFilter::Hard,
        SynsetFilter::Unillustrable,
        SynsetFilter::Starved,
        SynsetFilter::Escalated,
    ];
    let next =
        (!rows.is_empty() && asked.after.is_none() && !asked.all).then(|| "whippet n02091134/1".to_owned());
    Board {
        project: project_line(project, empty),
        target_precision: 0.995,
        outlook: Outlook { expected_votes: 312_345.6, votes_last_day: 41_000, price: price(project) },
        counts: (1..)
            .zip(counts)
            .map(|(n, filter)| (filter, if filter == SynsetFilter::Starved { 0 } else { 41 - 3 * n }))
            .collect(),
        rows,
        next,
        pace: Pace {
            from: NOW - 167 * 3_600_000,
            votes: (0..168).map(|hour: i64| (hour % 24 - 8).max(0) * 173 + hour).collect(),
        },
    }
}

pub fn tree(project: i64, empty: bool, at: Option<&str>) -> SubtreePage {
    let figures = |synsets, images| SubtreeFigures {
        totals: totals(synsets, images + 17),
        images,
        positive_images: images * 3 / 10,
        expected_votes: images as f64 * 0.7,
    };
    let leaf = |(place, synset): (usize, &(&str, &str, &str, u32))| {
        let row = synset_row(place, synset);
        TreeNode {
            wnid: row.wnid.clone(),
            words: row.words.clone(),
            seeded: Some((row.state, row.paused)),
            figures: figures(1, row.totals.candidates),
            children: Vec::new(),
            branches: 0,
        }
    };
    let leaves: Vec<TreeNode> = SYNSETS.iter().enumerate().skip(1).map(leaf).collect();
    let branch = |wnid: &str, word: &str, children: Vec<TreeNode>| TreeNode {
        wnid: wnid.to_owned(),
        words: words(word),
        seeded: None,
        figures: figures(children.len() as i64, 40_000),
        branches: children.len() as u32,
        children,
    };
    let below = vec![branch("n02084071", "dog", leaves.clone()), branch("n02121808", "domestic cat", leaves)];
    let node = branch(at.unwrap_or("n01317541"), "domestic animal, domesticated animal", below);
    SubtreePage {
        project: (project, "Pets".to_owned()),
        price: price(project),
        path: vec![
            ("n00001740".to_owned(), "entity".to_owned()),
            ("n00015388".to_owned(), "animal".to_owned()),
        ],
        node: (!empty).then_some(node),
    }
}

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
        initial_sample: (100, if row.state == SynsetState::Calibrating { 62 } else { 100 }),
        table: matches!(row.state, SynsetState::Done | SynsetState::Labelling | SynsetState::Hold)
            .then(|| table(row.state, version)),
        history: history(row.state),
        settings: settings(),
        overrides: Overrides { votes_cap: Some(20), ..Overrides::default() },
        progress: progress(row.totals),
        row,
    })
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
        line(3, vec![Cause::Votes, Cause::Experts { before: 0, after: 12 }]),
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
    };
    let square = (0..=5).flat_map(|yes| (0..=5 - yes).map(move |no| (yes, no)));
    TableView {
        version,
        created_at: NOW - 86_400_000 * (3 - version),
        cells: square.chain([(3, 7), (9, 1), (10, 0)]).map(cell).collect(),
        shown_votes: 5,
        change: (version > 1).then_some(TableChange {
            threshold: (Some(0.96), Some(0.972)),
            difficulty: (Some(2), Some(3)),
            cells: 135,
            cells_moved: 7,
            images_moved: 31,
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
        threshold: Some(0.972),
        rejection: 0.05,
        reports: i64::from(candidate == 24),
        in_initial_sample: candidate % 5 == 0,
        settled_at: (stands != GalleryKind::Open).then_some(NOW - 600_000),
        creator: None,
        created_at: NOW - 86_400_000 * 9,
        width: 1_600,
        height: 1_200,
        bytes: 348_211,
        format: "jpeg".to_owned(),
    })
}

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

pub fn accounts(empty: bool) -> AccountsPage {
    let account = |account, name: &str, role: &str, votes| AccountLine {
        account,
        name: name.to_owned(),
        role: role.to_owned(),
        created_at: NOW,
        disabled_at: (account == 3).then_some(NOW),
        votes,
    };
    AccountsPage {
        accounts: vec![
            account(7, "ada", "admin", 1),
            account(2, "grace", "manager", 312),
            account(3, "mallory", "worker", 12_408),
        ],
        next: (!empty).then(|| "mallory".to_owned()),
        invitations: if empty {
            Vec::new()
        } else {
            vec![InvitationLine {
                invitation: 5,
                role: "expert".to_owned(),
                created_by: Some("ada".to_owned()),
                expires_at: NOW,
            }]
        },
        open_sign_up: !empty,
    }
}
