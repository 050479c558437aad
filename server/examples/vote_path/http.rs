//! The same work over HTTP: routes, sessions and forms, beside a route that does nothing.

mod browser;

use self::browser::{Browser, Page};
use crate::database::Engine;
use crate::ground::{EACH, Ground, Planned};
use crate::options::Options;
use crate::people::{Spell, Waits};
use crate::report::{Figure, Report};
use crate::timing::{ms, quantile, rate};
use axum::Router;
use axum::routing::get;
use domain::roles::Role;
use futures::future::join_all;
use server::http::assets::Site;
use server::http::client::Network;
use server::http::serve::{Patience, serve};
use server::http::{Surroundings, limits, router};
use server::service::accounts;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const PEOPLE: usize = 32;
const BATCH: i64 = 36;
const ROUNDS: usize = 3;
/// Enough for what can be expected over HTTP.
const SYNSETS: i64 = 30_000 * 10 / EACH;
const PASSWORD: &str = "four unrelated words";

/// Measures on both engines, where there are both.
pub async fn measure(options: &Options, report: &mut Report) {
    for engine in Engine::all(options) {
        if options.wants(&format!("http-{}", engine.section())) {
            measure_on(engine, options, report).await;
        }
    }
}

async fn measure_on(engine: Engine, options: &Options, report: &mut Report) {
    let ground = Ground::lay(engine, options, "http", 1, &[Planned::labelling(BATCH, SYNSETS)]).await;
    let (address, stop) = served(&ground).await;
    let project = ground.projects[0].id;
    let mut people = Vec::with_capacity(PEOPLE);
    for place in 0..PEOPLE {
        let name = format!("browser-{place}");
        accounts::create_user(&ground.world, &name, Role::Worker, PASSWORD.to_owned()).await.unwrap();
        let mut browser = Browser::connect(address, place).await;
        browser.sign_in(&name, PASSWORD).await;
        let page = browser.page(project).await;
        people.push((browser, page));
    }
    let (mut hello, mut ours) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let greeted = in_turn(&mut people, options.spell, greet).await;
        let labelled = in_turn(&mut people, options.spell, label).await;
        if round > 0 {
            hello.push(rate(greeted.batches, greeted.took));
            ours.push(labelled);
        }
    }
    drop(people);
    stop.cancel();
    ground.clear().await;
    tell(engine, report, &hello, &ours);
}

/// The program's routes, and one more.
async fn served(ground: &Ground) -> (SocketAddr, CancellationToken) {
    let surroundings = Surroundings {
        public_url: "http://127.0.0.1:3000".parse().unwrap(),
        trusted_proxy: Network::loopback(),
        metrics_from: Vec::new(),
    };
    let router = router(&ground.world, &surroundings, &Site::embedded())
        .merge(Router::new().route("/hello", get(async || "Hello, world")));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    tokio::spawn(serve(listener, router, Patience::with(limits::MAX_CONNECTIONS), stop.clone()));
    (address, stop)
}

type Person = (Browser, Page);

/// Everybody does the same for so long, on a task of their own.
async fn in_turn<F>(people: &mut Vec<Person>, spell: Duration, act: fn(Person, Instant) -> F) -> Spell
where
    F: Future<Output = (Person, Spell)> + Send + 'static,
{
    let begun = Instant::now();
    let tasks = std::mem::take(people).into_iter().map(|person| tokio::spawn(act(person, begun + spell)));
    let mut total = Spell::default();
    for task in join_all(tasks).await {
        let (person, spell) = task.unwrap();
        people.push(person);
        total.add(spell);
    }
    total.took = begun.elapsed();
    total
}

async fn greet((mut browser, page): Person, until: Instant) -> (Person, Spell) {
    let mut spell = Spell::default();
    while Instant::now() < until {
        browser.hello().await;
        spell.batches += 1;
    }
    ((browser, page), spell)
}

async fn label((mut browser, mut page): Person, until: Instant) -> (Person, Spell) {
    let mut spell = Spell::default();
    while Instant::now() < until {
        let asked = Instant::now();
        browser.prefetch(&page).await;
        spell.fetches.push(ms(asked.elapsed()));
        let asked = Instant::now();
        let (recorded, next) = browser.submit(&page).await;
        spell.submits.push(ms(asked.elapsed()));
        spell.votes += u64::from(recorded);
        spell.batches += 1;
        page = next;
    }
    ((browser, page), spell)
}

fn tell(engine: Engine, report: &mut Report, hello: &[f64], ours: &[Spell]) {
    report.begin(format!("Over HTTP: {engine}, {PEOPLE} people, batches of {BATCH}"));
    // A batch takes two requests.
    let requests: Vec<f64> = ours.iter().map(|spell| 2.0 * spell.batches_a_second()).collect();
    report.add(Figure::beside(
        format!("requests over HTTP, {engine}"),
        &requests,
        "a second",
        "hello world",
        hello,
    ));
    let votes: Vec<f64> = ours.iter().map(Spell::votes_a_second).collect();
    report.add(Figure::of_rounds(format!("votes over HTTP, {engine}"), &votes, "a second"));
    let of = |times: Waits, share: f64| -> Vec<f64> {
        ours.iter().map(|spell| quantile(times(spell), share)).collect()
    };
    for (at, share) in [("p50", 0.5), ("p99", 0.99)] {
        report.add(Figure::of_rounds(
            format!("submit over HTTP {at}, {engine}"),
            &of(|spell| &spell.submits, share),
            "ms",
        ));
        report.add(Figure::of_rounds(
            format!("fetch over HTTP {at}, {engine}"),
            &of(|spell| &spell.fetches, share),
            "ms",
        ));
    }
}
