//! Made-up dogs, cats and votes on them.

mod importing;
mod synset;

use app::api::accounts::{AccountLine, AccountsPage, InvitationLine};
use app::api::labeling::{Batch, OpenProject, PathStep, Sibling, SynsetHead, Tile};
use app::api::ontology::{SynsetLine, SynsetPage};
use app::api::projects::{ProjectLine, SynsetRow, SynsetState, Totals};
use app::api::watching::{
    Board, BoardRow, Outlook, Pace, Price, SubtreeFigures, SubtreePage, SynsetFilter, SynsetSort,
    TableRequest, TreeNode,
};

pub use importing::{duplicates, import};
pub use synset::{detail, gallery, image};

pub const NOW: i64 = 1_795_356_300_000;

pub const SYNSETS: [(&str, &str, &str, u32); 9] = [
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

pub fn words(joined: &str) -> Vec<String> {
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
