//! The crowd: all workers at once, and what came of their work.

use crate::manner::Manner;
use crate::options::Options;
use crate::plan::Plan;
use crate::trouble::Trouble;
use crate::worker::Worker;
use domain::consensus::Answer;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize};
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

/// Workers that sign up at the same time: hashing passwords is meant to be slow.
const AT_THE_DOOR: usize = 8;

/// What the crowd did and was told.
#[derive(Debug, Default)]
pub struct Work {
    /// Acknowledged answers of each worker, by candidate.
    pub acknowledged: Vec<HashMap<i64, Answer>>,
    /// Batches by the manner in which they were answered.
    pub manners: BTreeMap<Manner, usize>,
    /// Answers to definition questions: right or mistaken.
    pub questions: BTreeMap<&'static str, usize>,
    /// Milliseconds from sending a submission to its answer, where it was sent once.
    pub waits: Vec<f64>,
    /// What must not be, as the workers saw it.
    pub findings: Vec<String>,
    /// How long it took.
    pub seconds: f64,
}

/// What workers know of each other.
#[derive(Default)]
pub struct Floor {
    /// Workers that have a batch in their hands.
    pub holding: AtomicUsize,
    /// Submissions that were acknowledged.
    pub submissions: AtomicU64,
}

/// The workers, signed in.
pub struct Crowd {
    workers: Vec<Worker>,
}

impl Crowd {
    /// Signs the workers up.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn gather(options: &Arc<Options>, plan: &Arc<Plan>, project: i64) -> Result<Self, Trouble> {
        let floor = Arc::new(Floor::default());
        let (mut numbers, mut workers, mut door) = (0..options.workers, Vec::new(), JoinSet::new());
        loop {
            while door.len() < AT_THE_DOOR
                && let Some(number) = numbers.next()
            {
                door.spawn(Worker::sign_up(number, options.clone(), plan.clone(), floor.clone(), project));
            }
            match door.join_next().await {
                Some(worker) => workers.push(joined(worker)?),
                None => return Ok(Self { workers }),
            }
        }
    }

    /// Labels until nothing is left to do.
    ///
    /// # Errors
    /// The server can't be reached or does what it must never do.
    pub async fn label(self) -> Result<Work, Trouble> {
        let start = Instant::now();
        let mut work = Work::default();
        let mut at_work = JoinSet::new();
        for worker in self.workers {
            at_work.spawn(worker.label());
        }
        while let Some(done) = at_work.join_next().await {
            let done = joined(done)?;
            work.acknowledged.extend(done.acknowledged);
            work.waits.extend(done.waits);
            work.findings.extend(done.findings);
            for (answer, number) in done.questions {
                *work.questions.entry(answer).or_default() += number;
            }
            for (manner, batches) in done.manners {
                *work.manners.entry(manner).or_default() += batches;
            }
        }
        work.seconds = start.elapsed().as_secs_f64();
        Ok(work)
    }
}

fn joined<T>(done: Result<Result<T, Trouble>, JoinError>) -> Result<T, Trouble> {
    done.unwrap_or_else(|error| {
        Err(Trouble::Options(format!("a worker of the simulation broke down: {error}")))
    })
}
