//! Is anybody asked about what is settled already? A large crowd labels a few synsets to their end.

use crate::database::Engine;
use crate::ground::{Ground, Planned, State};
use crate::options::Options;
use crate::people::answer;
use crate::report::{Bar, Figure, Report};
use app::api::labeling::{Idle, Next};
use app::backend::Labeling as _;
use app::viewer::{ScreenSize, Worker};
use futures::future::join_all;
use server::service::labeling::LabelingService;
use std::time::{Duration, Instant};

const PEOPLE: usize = 512;
/// Fewer candidates than hands, so that many want the same ones.
const PLAN: Planned = Planned { batch: 36, synsets: 8, each: 2_000, state: State::Sampling };
/// Who gets nothing comes again after a while, and gives up after so many times in a row.
const PAUSE: Duration = Duration::from_millis(300);
const PATIENCE: u32 = 10;

/// Measures on both engines, where there are both.
pub async fn measure(options: &Options, report: &mut Report) {
    for engine in Engine::all(options) {
        if options.wants(&format!("asking-{}", engine.section())) {
            measure_on(engine, options, report).await;
        }
    }
}

async fn measure_on(engine: Engine, options: &Options, report: &mut Report) {
    let ground = Ground::lay(engine, options, "asking", PEOPLE, &[PLAN]).await;
    let (service, project) = (ground.service(), ground.projects[0].id);
    let begun = Instant::now();
    let tasks =
        ground.people.iter().map(|worker| tokio::spawn(person(service.clone(), worker.clone(), project)));
    for task in join_all(tasks).await {
        task.unwrap();
    }
    let took = begun.elapsed();
    let synsets = ground.world.store.synsets_of_project(project).await.unwrap();
    let settled: i64 = synsets.iter().map(|row| row.positive + row.negative + row.escalated).sum();
    let votes: i64 = synsets.iter().map(|row| row.votes).sum();
    let candidates = PLAN.synsets * PLAN.each;
    let late = ground.world.meter.late.get();
    drop(service);
    ground.clear().await;

    report.begin(format!(
        "Over-asking: {engine}, {PEOPLE} people, {} synsets of {} candidates",
        PLAN.synsets, PLAN.each
    ));
    let figure = Figure::new(format!("votes on settled images, {engine}"), late as f64, "votes");
    report.add(figure.with("all votes", votes as f64).bar(Bar::at_most(0.0)));
    let figure = Figure::new(format!("images settled, {engine}"), settled as f64, "images");
    report.add(figure.with("candidates", candidates as f64));
    report.add(Figure::new(
        format!("votes for each settled image, {engine}"),
        votes as f64 / settled as f64,
        "votes",
    ));
    report.add(Figure::new(format!("time until nobody gets anything, {engine}"), took.as_secs_f64(), "s"));
}

async fn person(service: LabelingService, worker: Worker, project: i64) {
    let mut in_vain = 0;
    while in_vain < PATIENCE {
        let mut next = service.next(&worker, project, ScreenSize::Large).await.unwrap();
        if next == Next::Nothing(Idle::AllSettled) {
            return;
        }
        in_vain += 1;
        while let Next::Batch(batch) = next {
            next = service.submit(&worker, answer(&worker, &batch), ScreenSize::Large).await.unwrap().next;
            in_vain = 0;
        }
        tokio::time::sleep(PAUSE).await;
    }
}
