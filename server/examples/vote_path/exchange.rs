//! Rows in and out: votes that are exported, candidates as an import writes them, and a whole database that moves.

use crate::database::{Database, Engine};
use crate::ground::{EACH, Ground, Planned, State};
use crate::machine::resident_kb;
use crate::options::Options;
use crate::report::{Bar, Figure, Report};
use crate::timing::rate;
use rusqlite::{Connection, params};
use server::boot;
use server::service::export;
use server::service::keeping::{Move, move_database};
use sha2::{Digest as _, Sha256};
use std::io::Write;
use std::path::Path;
use std::time::Instant;
use store::candidates::{ImageRow, NewCandidate};

const ROUNDS: usize = 3;
const SYNSETS: i64 = 20;
/// Candidates that are written in a round.
const CANDIDATES: i64 = 6_400;
/// As many as an import writes in a transaction.
const TOGETHER: i64 = 32;

/// Measures on both engines, where there are both; the controls are SQLite's.
pub async fn measure(options: &Options, report: &mut Report) {
    for engine in Engine::all(options) {
        if options.wants(&format!("exchange-{}", engine.section())) {
            let plan = [Planned { batch: 36, synsets: SYNSETS, each: EACH, state: State::Voted }];
            let ground = Ground::lay(engine, options, "exchange", 1, &plan).await;
            report.begin(format!("Rows in and out: {engine}"));
            votes_out(&ground, report).await;
            candidates_in(&ground, report).await;
            moved(ground, options, report).await;
        }
    }
}

async fn votes_out(ground: &Ground, report: &mut Report) {
    let engine = ground.database.engine;
    let (mut ours, mut raw, mut grown) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        if engine == Engine::Sqlite {
            raw.push(raw_votes_out(&ground.database.file()));
        }
        let (begun, before) = (Instant::now(), resident_kb("self"));
        let votes =
            export::votes(&ground.world, Some(ground.projects[0].id), &mut std::io::sink()).await.unwrap();
        grown.push((resident_kb("self") - before) / 1_000.0);
        ours.push(rate(votes, begun.elapsed()));
    }
    let name = format!("votes exported, {engine}");
    let figure = if raw.is_empty() {
        Figure::of_rounds(name, &ours, "a second")
    } else {
        Figure::beside(name, &ours, "a second", "raw rusqlite, five columns", &raw)
    };
    report.add(figure.bar(Bar::at_least(100_000.0)));
    let most = grown.iter().copied().fold(0.0, f64::max);
    let figure = Figure::new(format!("memory that an export takes, {engine}"), most, "MB");
    report.add(figure.with("votes exported", (SYNSETS * EACH) as f64));
}

fn raw_votes_out(file: &Path) -> f64 {
    let connection = Connection::open(file).unwrap();
    let sql = "select submission_id, candidate_id, account_id, answer, voted_at from vote order by submission_id, candidate_id";
    let (begun, mut votes) = (Instant::now(), 0);
    let mut query = connection.prepare(sql).unwrap();
    let mut rows = query.query([]).unwrap();
    let mut out = std::io::sink();
    while let Some(row) = rows.next().unwrap() {
        let number = |column: usize| row.get::<_, i64>(column).unwrap();
        let answer = row.get_ref(3).unwrap().as_str().unwrap();
        writeln!(out, "{},{},{},{answer},{}", number(0), number(1), number(2), number(4)).unwrap();
        votes += 1;
    }
    rate(votes, begun.elapsed())
}

async fn candidates_in(ground: &Ground, report: &mut Report) {
    let engine = ground.database.engine;
    let synset = ground.projects[0].synsets.start;
    let (mut ours, mut raw) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        if engine == Engine::Sqlite {
            raw.push(raw_candidates_in(&ground.database.file(), synset, &names("raw", round)));
        }
        let (names, begun) = (names("ours", round), Instant::now());
        for some in names.chunks(usize::try_from(TOGETHER).unwrap()) {
            let mut tx = ground.world.store.begin().await.unwrap();
            for name in some {
                tx.upsert_image(&image(name)).await.unwrap();
                tx.insert_candidate(&candidate(synset, name), 0).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        ours.push(rate(names.len() as u64, begun.elapsed()));
    }
    let name = format!("candidate rows written as by an import, {TOGETHER} in a transaction, {engine}");
    let figure = if raw.is_empty() {
        Figure::of_rounds(name, &ours, "a second")
    } else {
        Figure::beside(name, &ours, "a second", "raw rusqlite", &raw)
    };
    report.add(figure);
}

/// To another database of the same engine, where every table is read again and compared.
async fn moved(ground: Ground, options: &Options, report: &mut Report) {
    let engine = ground.database.engine;
    ground.world.store.close().await.unwrap();
    let target = Database::create(engine, options, "moved").await;
    let order = Move { from: &ground.database.url, to: &boot::options(&target.url) };
    let begun = Instant::now();
    let tables = move_database(order, &mut |_| {}).await.unwrap();
    let rows = rate(tables.iter().map(|table| table.rows).sum(), begun.elapsed());
    let name = format!("rows moved to another database and compared, {engine}");
    report.add(Figure::new(name, rows, "a second").bar(Bar::at_least(50_000.0)));
    target.remove().await;
    ground.database.remove().await;
}

/// Hashes of images that are nowhere yet.
fn names(of: &str, round: usize) -> Vec<String> {
    (0..CANDIDATES).map(|number| hex::encode(Sha256::digest(format!("{of} {round} {number}")))).collect()
}

fn raw_candidates_in(file: &Path, synset: i64, names: &[String]) -> f64 {
    let mut connection = Connection::open(file).unwrap();
    for (name, value) in [("synchronous", "full"), ("foreign_keys", "on")] {
        connection.pragma_update(None, name, value).unwrap();
    }
    let begun = Instant::now();
    for some in names.chunks(usize::try_from(TOGETHER).unwrap()) {
        let tx = connection.transaction().unwrap();
        let mut image = tx
            .prepare(
                "insert into image (sha256, width, height, bytes, format, phash, phash_version, created_at)
                 values (?1, 640, 480, 50000, 'jpeg', 0, 1, 0) on conflict (sha256) do nothing",
            )
            .unwrap();
        let mut candidate = tx
            .prepare(
                "insert into candidate (project_synset_id, sha256, serving_rank, file_name, created_at)
                 values (?1, ?2, 0, 'image.jpg', 0) on conflict (project_synset_id, sha256) do nothing",
            )
            .unwrap();
        for name in some {
            image.execute(params![name]).unwrap();
            candidate.execute(params![synset, name]).unwrap();
        }
        drop((image, candidate));
        tx.commit().unwrap();
    }
    rate(names.len() as u64, begun.elapsed())
}

fn image(sha256: &str) -> ImageRow {
    ImageRow {
        sha256: sha256.to_owned(),
        width: 640,
        height: 480,
        bytes: 50_000,
        format: "jpeg".to_owned(),
        phash: 0,
        phash_version: 1,
        created_at: 0,
    }
}

fn candidate(synset: i64, sha256: &str) -> NewCandidate {
    NewCandidate {
        project_synset_id: synset,
        sha256: sha256.to_owned(),
        serving_rank: 0,
        file_name: "image.jpg".to_owned(),
        source_url: None,
        licence: None,
        attribution: None,
        creator: None,
        source_id: None,
    }
}
