//! People who label without a pause, and what they had to wait for.

use crate::timing::{ms, rate};
use app::api::labeling::{Batch, Next, Receipt, Submission};
use app::backend::Labeling as _;
use app::viewer::{ScreenSize, Worker};
use futures::future::join_all;
use server::service::labeling::LabelingService;
use std::time::{Duration, Instant};

/// One answer in so many is wrong.
const ERRORS: u64 = 10;
/// One image in so many shows its synset.
pub const GOOD: i64 = 8;

/// What is true of a candidate.
pub fn shows(candidate: i64) -> bool {
    candidate % GOOD == 0
}

/// What a person says of it: the truth, nearly always, and the same each time.
pub fn says_yes(account: i64, candidate: i64) -> bool {
    let mixed = (account.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ candidate.unsigned_abs())
        .wrapping_mul(0xD6E8_FEB8_6659_FD93);
    shows(candidate) != (mixed >> 32).is_multiple_of(ERRORS)
}

/// A person's answer to a batch.
pub fn answer(worker: &Worker, batch: &Batch) -> Submission {
    let yes: Vec<i64> = batch
        .tiles
        .iter()
        .map(|tile| tile.candidate)
        .filter(|candidate| says_yes(worker.id(), *candidate))
        .collect();
    Submission {
        key: batch.key.clone(),
        assignment: batch.assignment,
        none_of_these: yes.is_empty(),
        yes,
        unsure: Vec::new(),
        broken: Vec::new(),
        offensive: Vec::new(),
    }
}

/// What came of a spell of work.
#[derive(Default)]
pub struct Spell {
    /// Waiting for batches, in ms each.
    pub fetches: Vec<f64>,
    /// Waiting for receipts, likewise.
    pub submits: Vec<f64>,
    /// Both together, for each batch.
    pub turns: Vec<f64>,
    /// Votes that are recorded.
    pub votes: u64,
    /// Batches that were answered.
    pub batches: u64,
    /// From the first request to the last answer.
    pub took: Duration,
}

/// A kind of waiting.
pub type Waits = fn(&Spell) -> &[f64];

impl Spell {
    /// Notes how long somebody has waited for a batch, and for the receipt of the one before.
    pub fn waited(&mut self, fetch: f64, submit: f64) {
        self.fetches.push(fetch);
        self.submits.push(submit);
        self.turns.push(fetch + submit);
    }

    /// Adds another person's.
    pub fn add(&mut self, other: Self) {
        self.fetches.extend(other.fetches);
        self.submits.extend(other.submits);
        self.turns.extend(other.turns);
        self.votes += other.votes;
        self.batches += other.batches;
    }

    /// Votes a second.
    pub fn votes_a_second(&self) -> f64 {
        rate(self.votes, self.took)
    }

    /// Batches a second.
    pub fn batches_a_second(&self) -> f64 {
        rate(self.batches, self.took)
    }
}

/// When somebody stops.
#[derive(Clone, Copy)]
pub enum Until {
    /// After so long.
    For(Duration),
    /// After so many batches each.
    Batches(u64),
}

/// Has all of them label a project that has enough for everybody.
pub async fn label(service: &LabelingService, people: &[Worker], project: i64, until: Until) -> Spell {
    // What they begin with is not measured: a page shows it.
    let first = join_all(people.iter().map(|worker| service.next(worker, project, ScreenSize::Large))).await;
    let begun = Instant::now();
    let tasks: Vec<_> = people
        .iter()
        .zip(first)
        .map(|(worker, next)| {
            tokio::spawn(person(service.clone(), worker.clone(), batch(next.unwrap()), begun, until))
        })
        .collect();
    let mut total = Spell::default();
    for task in tasks {
        total.add(task.await.unwrap());
    }
    total.took = begun.elapsed();
    total
}

/// Like the page in a browser: the next batch is fetched while the present one is on the screen, and is in the answer to its submission.
async fn person(
    service: LabelingService,
    worker: Worker,
    mut present: Batch,
    begun: Instant,
    until: Until,
) -> Spell {
    let mut spell = Spell::default();
    while until.goes_on(begun, spell.batches) {
        let asked = Instant::now();
        batch(service.prefetch(&worker, present.assignment, ScreenSize::Large).await.unwrap());
        let fetched = ms(asked.elapsed());
        let said = answer(&worker, &present);
        let asked = Instant::now();
        let Receipt { recorded, next } = service.submit(&worker, said, ScreenSize::Large).await.unwrap();
        spell.waited(fetched, ms(asked.elapsed()));
        spell.votes += u64::from(recorded);
        spell.batches += 1;
        present = batch(next);
    }
    spell
}

impl Until {
    fn goes_on(self, begun: Instant, batches: u64) -> bool {
        match self {
            Self::For(time) => begun.elapsed() < time,
            Self::Batches(number) => batches < number,
        }
    }
}

/// The batch that somebody gets.
pub fn batch(next: Next) -> Batch {
    match next {
        Next::Batch(batch) => batch,
        other => panic!("the candidates did not last as long as the measurement: {other:?}"),
    }
}

/// Each in turn, until nobody gets anything more.
pub async fn label_all(service: &LabelingService, people: &[Worker], project: i64) {
    let mut is_idle = false;
    while !is_idle {
        is_idle = true;
        for worker in people {
            if let Next::Batch(batch) = service.next(worker, project, ScreenSize::Large).await.unwrap() {
                service.submit(worker, answer(worker, &batch), ScreenSize::Large).await.unwrap();
                is_idle = false;
            }
        }
    }
}
