//! Writes of votes and leases, many in one transaction: whoever comes while others are being made durable joins the next group, and one
//! sync to the disk serves them all. One person pays nothing for it: nobody waits for a group to fill.
//!
//! There is no task of its own: of those who wait, whoever gets the writer first works for all.

use super::judging::Tables;
use super::labeling::group::{Asked, Group, Wait};
use super::labeling::memory::Memory;
use super::{Failure, Outcome};
use crate::language::{locale, spoken};
use crate::world::World;
use app::api::ApiError;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use store::StoreError;
use tokio::select;
use tokio::sync::oneshot;
use tokio::time::{Duration, Instant};

/// Writes in one transaction, at most.
const MOST_TOGETHER: usize = 256;
/// Writes that may wait; who comes then is asked to come again.
const MOST_WAITING: usize = 2_048;

/// How long a write is put off for the sake of a synset that another server is in.
const LONGEST_WAIT: Duration = Duration::from_secs(4);

/// What a write does in its transaction. It may be run again from the beginning: what it does must follow from what is recorded.
pub type Work<'g, T> = Pin<Box<dyn Future<Output = Outcome<T>> + Send + 'g>>;

/// The writer of votes.
#[derive(Clone)]
pub struct Writing {
    world: World,
    tables: Tables,
    memory: Memory,
    waiting: Arc<Mutex<VecDeque<Job>>>,
}

type Run = dyn for<'g> FnMut(&'g mut Group) -> Work<'g, ()> + Send;

struct Job {
    asked: Asked,
    run: Box<Run>,
    /// Says what came of it, when that is durable.
    answer: Box<dyn FnOnce(Outcome<()>) + Send>,
}

impl Writing {
    /// Nobody waits.
    pub fn new(world: World) -> Self {
        Self { world, tables: Tables::default(), memory: Memory::default(), waiting: Arc::default() }
    }

    /// What is remembered of synsets.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Runs a write and returns when it is durable. Cancelled while it waits, it is done all the same.
    ///
    /// # Errors
    /// What the write says; too many wait; the database.
    pub async fn write<T: Send + 'static>(
        &self,
        asked: Asked,
        work: impl for<'g> Fn(&'g mut Group) -> Work<'g, T> + Send + 'static,
    ) -> Outcome<T> {
        let (sender, mut answered) = oneshot::channel();
        self.enter(job(asked, work, sender))?;
        loop {
            let _writer = select! {
                biased;
                answer = &mut answered => return answer.unwrap_or_else(|_| Err(given_up())),
                writer = self.world.writer.lock() => writer,
            };
            // Somebody may have worked for this one just before. If more wait than fit, it may take two groups.
            let group = self.next_group();
            if !group.is_empty() {
                self.run(group).await;
            }
        }
    }

    fn enter(&self, job: Job) -> Outcome<()> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MOST_WAITING {
            self.world.meter.turned_away.inc();
            return Err(ApiError::Unavailable { seconds: 1 }.into());
        }
        waiting.push_back(job);
        self.world.meter.waiting.inc();
        Ok(())
    }

    fn next_group(&self) -> Vec<Job> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let number = waiting.len().min(MOST_TOGETHER);
        self.world.meter.waiting.dec_by(i64::try_from(number).unwrap_or(i64::MAX));
        waiting.drain(..number).collect()
    }

    async fn run(&self, mut group: Vec<Job>) {
        self.world.meter.group.observe(group.len() as f64);
        match self.together(&mut group).await {
            Ok(ends) => self.answer_all(group, ends),
            Err(Fault::Away(error)) => self.away(&error, group),
            // One of them is at fault: the others shall not bear it.
            Err(Fault::Of(failure)) if group.len() > 1 => {
                tracing::warn!(error = %failure, writes = group.len(), "a group failed; each of it is tried alone");
                self.one_by_one(group).await;
            }
            Err(Fault::Of(failure)) => self.failed(group, failure),
        }
    }

    async fn one_by_one(&self, group: Vec<Job>) {
        let mut rest = group.into_iter();
        while let Some(job) = rest.next() {
            let mut alone = vec![job];
            match self.together(&mut alone).await {
                Ok(ends) => self.answer_all(alone, ends),
                Err(Fault::Of(failure)) => self.failed(alone, failure),
                // The others would wait in vain, one after the other.
                Err(Fault::Away(error)) => return self.away(&error, alone.into_iter().chain(rest).collect()),
            }
        }
    }

    fn failed(&self, alone: Vec<Job>, failure: Failure) {
        if matches!(&failure, Failure::Store(error @ StoreError::Unavailable(_)) if !error.is_locked()) {
            self.world.write_failed.store(true, Ordering::Relaxed);
        }
        answer_one(alone, failure);
    }

    /// Tells each what came of it, now that it is durable; what is put off comes first in the next group.
    fn answer_all(&self, group: Vec<Job>, ends: Vec<End>) {
        self.went_well();
        let mut put_off = Vec::new();
        for (mut job, end) in group.into_iter().zip(ends) {
            match end {
                End::Answer(outcome) => (job.answer)(outcome),
                End::PutOff(synset) => {
                    let since = job.asked.waits_for.map_or_else(Instant::now, |wait| wait.since);
                    if since.elapsed() > LONGEST_WAIT {
                        (job.answer)(Err(ApiError::Unavailable { seconds: 1 }.into()));
                        continue;
                    }
                    job.asked.waits_for = Some(Wait { synset, since });
                    put_off.push(job);
                }
            }
        }
        self.world.meter.put_off.inc_by(u64::try_from(put_off.len()).unwrap_or(u64::MAX));
        self.put_back(put_off);
    }

    /// These are the first of the next group.
    fn put_back(&self, jobs: Vec<Job>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        self.world.meter.waiting.inc_by(i64::try_from(jobs.len()).unwrap_or(i64::MAX));
        jobs.into_iter().rev().for_each(|job| waiting.push_front(job));
    }

    /// A write that failed before stays noted: a small one may succeed where the disk has hardly any room. `/readyz` finds out.
    fn went_well(&self) {
        self.world.live.beat();
    }

    /// Nothing is recorded, or only the word that it is was lost: whoever sends it again gets the right answer.
    fn away(&self, error: &StoreError, group: Vec<Job>) {
        self.world.write_failed.store(true, Ordering::Relaxed);
        tracing::warn!(%error, writes = group.len(), "writes could not be made durable");
        for job in group {
            (job.answer)(Err(ApiError::Unavailable { seconds: 5 }.into()));
        }
    }

    /// Runs all of them in one transaction and commits. A refusal of a write that has done nothing leaves nothing behind; what fails
    /// otherwise fails for all: after an error the connection may be unusable, and goes with the transaction.
    async fn together(&self, jobs: &mut [Job]) -> Result<Vec<End>, Fault> {
        let asked: Vec<Asked> = jobs.iter().map(|job| job.asked.clone()).collect();
        let mut group = Group::begin(&self.world, &self.tables, &self.memory, &asked).await?;
        let mut ends = Vec::with_capacity(jobs.len());
        let is_alone = jobs.len() == 1;
        for job in jobs {
            if let Some(synset) = group.elsewhere(&job.asked) {
                ends.push(End::PutOff(synset));
                continue;
            }
            group.begin_write();
            match (job.run)(&mut group).await {
                Ok(()) => ends.push(End::Answer(Ok(()))),
                Err(refused @ Failure::Refused(_)) if is_alone => {
                    let end = End::refused(refused, group.wanted());
                    group.rollback().await?;
                    return Ok(vec![end]);
                }
                Err(refused @ Failure::Refused(_)) if group.is_untouched() => {
                    ends.push(End::refused(refused, group.wanted()));
                }
                Err(failure) => return Err(Fault::Of(failure)),
            }
        }
        group.commit().await?;
        Ok(ends)
    }
}

/// How a write of a group ends.
enum End {
    /// It is done, or refused.
    Answer(Outcome<()>),
    /// Nothing was done: another server is in this synset.
    PutOff(i64),
}

impl End {
    /// A write that has done nothing is refused, or put off for a synset.
    fn refused(refused: Failure, wants: Option<i64>) -> Self {
        wants.map_or(Self::Answer(Err(refused)), Self::PutOff)
    }
}

/// Why a group is not durable.
enum Fault {
    /// The database is away, or its disk is full.
    Away(StoreError),
    /// One of the writes, or what it left behind.
    Of(Failure),
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Store(error) => error.into(),
            other => Self::Of(other),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            away @ StoreError::Unavailable(_) if !away.is_clash() && !away.is_locked() => Self::Away(away),
            other => Self::Of(other.into()),
        }
    }
}

/// Answers the only one of a group.
fn answer_one(alone: Vec<Job>, failure: Failure) {
    if let Some(job) = alone.into_iter().next() {
        (job.answer)(Err(failure));
    }
}

fn job<T: Send + 'static>(
    asked: Asked,
    work: impl for<'g> Fn(&'g mut Group) -> Work<'g, T> + Send + 'static,
    sender: oneshot::Sender<Outcome<T>>,
) -> Job {
    let done: Arc<Mutex<Option<T>>> = Arc::default();
    let found = Arc::clone(&done);
    Job {
        asked,
        run: in_its_language(move |group| {
            let (running, done) = (work(group), Arc::clone(&done));
            Box::pin(async move {
                let value = running.await?;
                *done.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(())
            })
        }),
        answer: Box::new(move |outcome| {
            let value = found.lock().unwrap_or_else(PoisonError::into_inner).take();
            let nothing = || Failure::Defect("a write that went well left nothing".to_owned());
            // Who has gone away does not need it.
            let _ = sender.send(outcome.and_then(|()| value.ok_or_else(nothing)));
        }),
    }
}

/// A refusal is written for whoever asked, not for who happens to do the work.
fn in_its_language(run: impl for<'g> Fn(&'g mut Group) -> Work<'g, ()> + Send + 'static) -> Box<Run> {
    let language = locale();
    Box::new(move |group| Box::pin(spoken(language, run(group))))
}

fn given_up() -> Failure {
    ApiError::Unavailable { seconds: 5 }.into()
}
