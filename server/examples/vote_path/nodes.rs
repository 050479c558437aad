//! Ten thousand people at two servers of one PostgreSQL: is anybody asked in vain, and does everybody get something?

use crate::database::Engine;
use crate::ground::{Ground, Planned, State};
use crate::machine::resident_kb;
use crate::options::Options;
use crate::people::answer;
use crate::report::{Bar, Figure, Report};
use app::api::ApiError;
use app::api::labeling::{Idle, Next};
use app::backend::Labeling as _;
use app::viewer::{ScreenSize, Worker};
use futures::future::join_all;
use server::service::labeling::LabelingService;
use std::time::{Duration, Instant};

const PEOPLE: usize = 10_000;
const PLAN: Planned = Planned { batch: 36, synsets: 200, each: 500, state: State::Labelling };
/// Who finds everything held comes again after a while, and gives up after so many times in a row.
const PAUSE: Duration = Duration::from_millis(500);
const PATIENCE: u32 = 6;
/// One person in so many is at the other server each time: a proxy that does not keep people where they were.
const WANDERERS: usize = 10;

/// Measures, where there is a PostgreSQL.
pub async fn measure(options: &Options, report: &mut Report) {
    if options.postgres.is_none() || !options.wants("nodes") {
        return;
    }
    let ground = Ground::lay(Engine::Postgres, options, "nodes", PEOPLE, &[PLAN]).await;
    let other = ground.database.open().await;
    let before = resident_kb("self");
    let servers = [ground.service(), LabelingService::new(other.clone())];
    let mut places = Vec::new();
    for (number, world) in [(1, &ground.world), (2, &other)] {
        places.push(world.store.appear(number).await.unwrap());
        world.peers.hear(number, vec![1, 2]);
    }
    let (project, begun) = (ground.projects[0].id, Instant::now());
    let tasks = ground.people.iter().enumerate().map(|(place, worker)| {
        let person = Person { servers: servers.clone(), worker: worker.clone(), project, place };
        tokio::spawn(person.label())
    });
    let mut work: Vec<Work> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    let took = begun.elapsed().as_secs_f64();
    let memory = (resident_kb("self") - before) / 1_000.0;
    let synsets = ground.world.store.synsets_of_project(project).await.unwrap();
    let votes: i64 = synsets.iter().map(|row| row.votes).sum();
    let late = ground.world.meter.late.get() + other.meter.late.get();
    let away: u32 = work.iter().map(|work| work.turned_away).sum();
    work.sort_by_key(|work| work.pages);
    let pages = |share: f64| f64::from(work[((work.len() - 1) as f64 * share) as usize].pages);
    let median = pages(0.5);
    drop((servers, places));
    other.store.close().await.unwrap();
    ground.clear().await;

    report.begin(format!(
        "Two servers, one PostgreSQL: {PEOPLE} people, {} synsets of {} candidates",
        PLAN.synsets, PLAN.each
    ));
    let figure = Figure::new("votes on settled images, two servers", late as f64, "votes");
    report.add(figure.with("all votes", votes as f64).bar(Bar::at_most(0.0)));
    report.add(Figure::new("votes, two servers", votes as f64 / took, "a second"));
    for (name, share) in [("luckless", 0.1), ("lucky", 0.9)] {
        let figure = Figure::new(format!("pages of the {name} tenth"), pages(share), "pages");
        report.add(figure.with("half of all have fewer", median));
    }
    report.add(Figure::new("requests that were asked to come again", f64::from(away), "requests"));
    report.add(Figure::new("memory for both servers and the people", memory, "MB"));
}

/// What came of a person's work.
#[derive(Default)]
struct Work {
    pages: u32,
    turned_away: u32,
}

struct Person {
    servers: [LabelingService; 2],
    worker: Worker,
    project: i64,
    place: usize,
}

impl Person {
    /// Labels until there is nothing left.
    async fn label(self) -> Work {
        let (mut work, mut in_vain, mut visits) = (Work::default(), 0, self.place);
        while in_vain < PATIENCE {
            let next = self.server(&mut visits).next(&self.worker, self.project, ScreenSize::Large).await;
            in_vain += 1;
            match next {
                Ok(Next::Batch(mut batch)) => {
                    in_vain = 0;
                    // The same page until it is recorded: it has a key.
                    loop {
                        let page = answer(&self.worker, &batch);
                        match self.server(&mut visits).submit(&self.worker, page, ScreenSize::Large).await {
                            Ok(receipt) => {
                                work.pages += 1;
                                let Next::Batch(after) = receipt.next else { break };
                                batch = after;
                            }
                            Err(error) => wait(error, &mut work).await,
                        }
                    }
                }
                Ok(Next::Nothing(Idle::AllSettled)) => return work,
                Ok(_) => tokio::time::sleep(PAUSE).await,
                Err(error) => {
                    in_vain = 0;
                    wait(error, &mut work).await;
                }
            }
        }
        work
    }

    /// Where the person is sent this time.
    fn server(&self, visits: &mut usize) -> &LabelingService {
        if self.place.is_multiple_of(WANDERERS) {
            *visits += 1;
        }
        &self.servers[*visits % 2]
    }
}

async fn wait(error: ApiError, work: &mut Work) {
    let ApiError::Unavailable { seconds } = error else { panic!("{error}") };
    work.turned_away += 1;
    tokio::time::sleep(Duration::from_secs(u64::from(seconds))).await;
}
