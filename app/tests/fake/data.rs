//! Made-up dogs, cats and votes on them.

use app::api::accounts::{AccountLine, AccountsPage, InvitationLine};
use app::api::labeling::{Batch, OpenProject, PathStep, Sibling, SynsetHead, Tile};
use app::api::ontology::{SynsetLine, SynsetPage};
use app::api::projects::{
    Cell, Gallery, GalleryKind, GalleryTile, Overrides, ProgressPoint, ProjectLine, ProjectPage, Settings,
    SynsetDetail, SynsetRow, SynsetSort, SynsetState, TableView, Totals,
};
use app::api::seeding::{FileLine, FileState, ImportCounts, ImportPage, ImportState};

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

pub fn project_page(
    project: i64,
    empty: bool,
    sort: SynsetSort,
    descending: bool,
    after: Option<&str>,
) -> ProjectPage {
    let state = |place| match place % 5 {
        0 => SynsetState::Done,
        1 => SynsetState::Labelling,
        2 => SynsetState::Calibrating,
        3 => SynsetState::Hold,
        _ => SynsetState::Waiting,
    };
    let row = |(place, synset): (usize, &(&str, &str, &str, u32))| SynsetRow {
        wnid: synset.0.to_owned(),
        words: words(synset.1),
        state: state(place),
        paused: place == 6,
        totals: if place % 5 == 4 { Totals::default() } else { totals(1, 10_000 + 123 * place as i64) },
        difficulty: (place % 3 > 0).then_some(place as i64),
    };
    let mut rows: Vec<SynsetRow> =
        if empty { Vec::new() } else { SYNSETS.iter().enumerate().map(row).collect() };
    match sort {
        SynsetSort::Votes => rows.sort_by_key(|row| row.totals.votes),
        _ => rows.sort_by_key(|row| row.words.clone()),
    }
    if descending {
        rows.reverse();
    }
    let project = ProjectLine {
        project,
        name: "Pets".to_owned(),
        totals: if empty { Totals::default() } else { totals(40, 412_345) },
    };
    let next = (!empty && after.is_none()).then(|| "whippet n02091134/1".to_owned());
    ProjectPage { project, settings: settings(), rows, next }
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

pub fn detail(project: i64, wnid: &str) -> Option<SynsetDetail> {
    let synset = SYNSETS.into_iter().find(|synset| synset.0 == wnid)?;
    let row = project_page(project, false, SynsetSort::Name, false, None)
        .rows
        .into_iter()
        .find(|row| row.wnid == wnid)?;
    Some(SynsetDetail {
        project: (project, "Pets".to_owned()),
        definition: synset.2.to_owned(),
        hold_reason: (row.state == SynsetState::Hold)
            .then(|| "No level reaches the target precision of 99.5 %.".to_owned()),
        initial_sample: (100, if row.state == SynsetState::Calibrating { 62 } else { 100 }),
        table: matches!(row.state, SynsetState::Done | SynsetState::Labelling | SynsetState::Hold)
            .then(|| table(row.state)),
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

fn table(state: SynsetState) -> TableView {
    let (prevalence, good, bad) = (0.35, 0.95_f64, 0.03_f64);
    let confidence = |yes: u32, no: u32| {
        let of = |p: f64| p.powf(f64::from(yes)) * (1.0 - p).powf(f64::from(no));
        prevalence * of(good) / (prevalence * of(good) + (1.0 - prevalence) * of(bad))
    };
    let cell = |(yes, no)| Cell {
        yes,
        no,
        confidence: confidence(yes, no),
        counted: (yes + no > 0).then(|| (confidence(yes, no) + 0.02).min(1.0)),
        support: 40.0 / f64::from(1 + 3 * no.min(yes) + no),
        images: i64::from(900 / (1 + 4 * yes * no + yes)),
    };
    let square = (0..=5).flat_map(|yes| (0..=5 - yes).map(move |no| (yes, no)));
    TableView {
        version: 3,
        created_at: NOW,
        cells: square.chain((6..=8).map(|yes| (yes, 0))).map(cell).collect(),
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

pub fn gallery(kind: GalleryKind, after: i64) -> Gallery {
    let tile = |candidate: i64| GalleryTile {
        candidate,
        small: format!("/picture/{candidate}"),
        large: format!("/picture/{candidate}?large"),
        tally: (3, candidate % 2, candidate % 3),
        confidence: Some(0.998),
        reason: (kind == GalleryKind::Positive).then(|| "Sure enough after 3 votes".to_owned()),
        file_name: format!("IMG_{candidate}_a_rather_long_name_without_any_blank_in_it.jpg"),
        source_url: Some(
            if candidate == 3 { "javascript:alert(1)" } else { "https://example.org/a" }.to_owned(),
        ),
        licence: (candidate % 4 > 0).then(|| "CC-BY-4.0".to_owned()),
        attribution: Some("Photograph by Jane Doe".to_owned()),
        duplicate_of: (kind == GalleryKind::Duplicate).then_some((12, 1)),
    };
    let tiles = if kind == GalleryKind::Escalated {
        Vec::new()
    } else {
        (after + 1..=after + 12).map(tile).collect()
    };
    Gallery { kind, tiles, next: (after == 0 && kind != GalleryKind::Escalated).then_some(12) }
}

/// Import 1 runs, 2 is finished, 3 has failed.
pub fn import(import: i64) -> Option<ImportPage> {
    let state = match import {
        1 => ImportState::Running,
        2 => ImportState::Finished,
        3 => ImportState::Failed,
        _ => return None,
    };
    let waiting = if state == ImportState::Running { 57 } else { 0 };
    let file = |name: &str, state, reason: Option<&str>| FileLine {
        name: name.to_owned(),
        state,
        reason: reason.map(str::to_owned),
    };
    Some(ImportPage {
        import,
        project: (1, "Pets".to_owned()),
        synset: ("n02110341".to_owned(), words("dalmatian, coach dog, carriage dog")),
        state,
        message: (state == ImportState::Failed).then(|| "The archive is cut off after 12 files.".to_owned()),
        counts: ImportCounts { files: 140, waiting, added: 60, known: 12, duplicate: 8, refused: 3 },
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
        ],
        created_at: NOW,
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
