//! How long a manager waits for a project with the 5,247 synsets of the paper: `make bench-project`.
//!
//! On an empty SQLite database in a temporary folder, with made-up images and votes; prints milliseconds, the median and the
//! worst of eleven requests each after one that is not counted. `data.noun` of WordNet 3.0 is read from the folder given.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a program that measures and prints, and stops where it can't"
)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use domain::ontology::{EdgeKind, Node, Ontology, PAPER_ROOTS, Rollup};
use domain::roles::Role;
use domain::wnid::Wnid;
use domain::wordnet;
use server::boot::{self, OsChance};
use server::http::assets::Site;
use server::http::client::Peer;
use server::http::{Surroundings, router};
use server::live::Live;
use server::service::{accounts, projects};
use server::world::{SharedOntology, World};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::candidates::{ImageRow, NewCandidate};
use store::projects::{CounterDelta, SynsetState};
use store::{Store, StoreOptions};
use tower::ServiceExt as _;

const IMAGES: i64 = 6;
const TIMES: usize = 11;
const PASSWORD: &str = "four unrelated words";

#[tokio::main]
async fn main() {
    let wordnet = std::env::args().nth(1).unwrap_or_else(|| "/usr/share/wordnet".to_owned());
    let folder = tempfile::tempdir().unwrap();
    let world = world(folder.path(), Path::new(&wordnet)).await;
    let ontology = world.ontology.get();
    let roots: Vec<Wnid> = PAPER_ROOTS.iter().map(|offset| Wnid::from_offset(*offset).unwrap()).collect();
    let wnids = ontology.union_of_subtrees(&roots, EdgeKind::IsA);
    let project = projects::create(&world, None, "The paper's subtrees").await.unwrap();
    furnish(&world, project, &wnids).await;
    println!("{} synsets, {} images", wnids.len(), wnids.len() as i64 * IMAGES);
    measure_subtrees(&ontology, &wnids);

    let surroundings = Surroundings {
        public_url: "http://127.0.0.1:3000".parse().unwrap(),
        trusted_proxy: Vec::new(),
        metrics_from: Vec::new(),
    };
    let router = router(&world, &surroundings, &Site::embedded());
    accounts::create_user(&world, "mona", Role::Manager, PASSWORD.to_owned()).await.unwrap();
    let cookie = sign_in(&router).await;
    for (name, path) in [
        ("first page", ""),
        ("searched", "?q=dog"),
        ("filtered", "?show=starved"),
        ("by votes left", "?sort=votes-left&dir=desc"),
        ("all rows", "?rows=all"),
        ("tree", "/tree"),
        ("tree of mammals", "/tree?at=n01861778"),
    ] {
        measure(&router, &cookie, name, &format!("/project/{project}{path}")).await;
    }
}

async fn world(folder: &Path, wordnet: &Path) -> World {
    let url = format!("sqlite:{}", folder.join("synvote.db").display());
    let store = Store::open(&StoreOptions { url, readers: 8, allow_unsafe: false }).await.unwrap();
    store.migrate().await.unwrap();
    let text = std::fs::read_to_string(wordnet.join("data.noun")).unwrap();
    let synsets = wordnet::parse_nouns(&text, "data.noun").unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.replace_ontology(&synsets).await.unwrap();
    tx.commit().await.unwrap();
    World {
        store,
        blobs: media::Blobs::in_folder(&folder.join("images")).unwrap(),
        incoming: folder.into(),
        ingester: media::Ingester::default(),
        ontology: SharedOntology::new(Ontology::new(synsets.into_iter().map(Node::from)).unwrap()),
        clock: Arc::new(boot::SystemClock),
        chance: Arc::new(OsChance),
        live: Live::default(),
        peers: server::peers::Peers::default(),
        writer: Arc::default(),
        write_failed: Arc::default(),
        meter: server::meter::Meter::default(),
        public_url: "http://127.0.0.1:3000".into(),
    }
}

/// Every synset with a few images, some of them settled, in every state.
async fn furnish(world: &World, project: i64, wnids: &[Wnid]) {
    let now = world.now() - 3 * 24 * 3_600_000;
    let mut tx = world.store.begin().await.unwrap();
    tx.seed_synsets(project, wnids, now).await.unwrap();
    for (place, row) in (0_i64..).zip(tx.synsets_of_project(project).await.unwrap()) {
        let id = row.project_synset_id;
        for number in 0..IMAGES {
            // Every tenth image is a candidate of the next synset too.
            let name = if number == 0 && place % 10 == 0 {
                format!("{} 1", id + 1)
            } else {
                format!("{id} {number}")
            };
            tx.upsert_image(&image(&name, now)).await.unwrap();
            tx.insert_candidate(&candidate(id, &name, number), now).await.unwrap();
        }
        let delta = CounterDelta {
            candidates: IMAGES,
            positive: place % 3,
            negative: place % 2,
            escalated: i64::from(place % 7 == 0),
            votes: place % 100,
            ..CounterDelta::default()
        };
        tx.add_to_counters(id, &delta).await.unwrap();
        let states = [SynsetState::Calibrating, SynsetState::Labelling, SynsetState::Done, SynsetState::Hold];
        tx.set_state(id, states[place as usize % 4], None).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn image(name: &str, now: i64) -> ImageRow {
    ImageRow {
        sha256: name.to_owned(),
        width: 640,
        height: 480,
        bytes: 50_000,
        format: "jpeg".to_owned(),
        phash: 0,
        phash_version: 1,
        created_at: now,
    }
}

fn candidate(synset: i64, name: &str, serving_rank: i64) -> NewCandidate {
    NewCandidate {
        project_synset_id: synset,
        sha256: name.to_owned(),
        serving_rank,
        file_name: format!("{name}.jpg"),
        source_url: None,
        licence: None,
        attribution: None,
        creator: None,
        source_id: None,
    }
}

fn measure_subtrees(ontology: &Ontology, wnids: &[Wnid]) {
    let rollup = Rollup::new(ontology, wnids);
    let entity: Wnid = "n00001740".parse().unwrap();
    let mut times = Vec::new();
    let mut below = Vec::new();
    for _ in 0..TIMES {
        let begun = Instant::now();
        std::hint::black_box(Rollup::new(ontology, wnids));
        times.push(begun.elapsed());
        let begun = Instant::now();
        assert_eq!(std::hint::black_box(rollup.below(entity).count()), wnids.len());
        below.push(begun.elapsed());
    }
    report("sets of all subtrees", &mut times, None);
    report("one subtree: everything", &mut below, None);
}

async fn sign_in(router: &Router) -> String {
    let form = format!("name=mona&password={}&to=", PASSWORD.replace(' ', "+"));
    let request = Request::post("/api/sign_in")
        .header("accept", "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let mut request = request.body(Body::from(form)).unwrap();
    request.extensions_mut().insert(Peer("127.0.0.1".parse().unwrap()));
    let response = router.clone().oneshot(request).await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// Until the whole page is there; as pages are rendered before their first byte goes out, that comes hardly earlier.
async fn measure(router: &Router, cookie: &str, name: &str, path: &str) {
    let (mut times, mut bytes) = (Vec::new(), 0);
    for _ in 0..=TIMES {
        let mut request = Request::get(path)
            .header("accept", "text/html")
            .header("cookie", cookie)
            .body(Body::empty())
            .unwrap();
        request.extensions_mut().insert(Peer("127.0.0.1".parse().unwrap()));
        let begun = Instant::now();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().len();
        times.push(begun.elapsed());
    }
    let first = times.remove(0);
    report(name, &mut times, Some((first, bytes)));
}

fn report(name: &str, times: &mut [Duration], more: Option<(Duration, usize)>) {
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    let (median, worst) = (ms(times[times.len() / 2]), ms(times[times.len() - 1]));
    let more = more.map_or_else(String::new, |(first, bytes)| {
        format!(", the first {:.1} ms, {} KB", ms(first), bytes / 1_000)
    });
    println!("{name}: {median:.2} ms, at worst {worst:.2} ms{more}");
}
