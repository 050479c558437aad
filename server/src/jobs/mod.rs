//! Work that outlives a request: imports, learning from votes, and the clearing away of what has expired.

use crate::service::importing::{run_import, sweep, tidy};
use crate::service::judging::Tables;
use crate::service::learning::learn_where_due;
use crate::service::passing::{LookedThrough, pass_on_where_due};
use crate::service::{Failure, Outcome};
use crate::world::World;
use std::time::Duration;
use store::StoreError;
use store::jobs::{JobRow, JobState};
use store::presence::Presence;
use tokio::select;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How often a new job is looked for.
const LOOK: Duration = Duration::from_millis(500);
/// How often expired leases and sessions are cleared away; they count for nothing from the moment they expire.
const CLEAR: Duration = Duration::from_secs(60);
/// How often it is looked whether enough is new to learn from, or to pass on.
const LEARN: Duration = Duration::from_secs(10);
/// How often a server looks which others there are.
const HEAR: Duration = Duration::from_secs(1);
/// As long as a server can't see others, it warns once in so many times.
const WARN_EVERY: u64 = 60;
/// A job that failed this often is given up.
const MAX_FAILURES: i64 = 5;
/// How often a server says that it goes on with a job.
const WORD: Duration = Duration::from_secs(5);
/// After so long (ms) without a word, another server takes the job over, or this one after a restart.
pub const SILENCE_MS: i64 = 20_000;

/// Starts the jobs; they end, each at its next safe point, when `stop` is cancelled.
pub fn start(world: World, stop: CancellationToken) -> JoinHandle<()> {
    tokio::spawn(async move {
        tokio::join!(
            presence(&world, &stop),
            imports(&world, &stop),
            learning(&world, &stop),
            passing(&world, &stop),
            clearing(&world, &stop)
        );
    })
}

/// Hears of the other servers of the database, and lets them hear of this one.
async fn presence(world: &World, stop: &CancellationToken) {
    let (mut place, mut failures) = (None, 0_u64);
    loop {
        match hear(world, &mut place).await {
            Ok(()) => failures = 0,
            Err(error) => {
                place = None;
                world.peers.lose();
                if failures.is_multiple_of(WARN_EVERY) {
                    tracing::warn!(%error, "nothing is known of other servers, so that this one does not learn from votes");
                }
                failures += 1;
            }
        }
        let servers = world.peers.now().number();
        world.meter.servers.set(i64::try_from(servers).unwrap_or(i64::MAX));
        if stop.run_until_cancelled(tokio::time::sleep(HEAR)).await.is_none() {
            return;
        }
    }
}

async fn hear(world: &World, place: &mut Option<Presence>) -> Result<(), StoreError> {
    let here = match place {
        Some(here) => here,
        None => {
            // Never negative; what is taken is drawn again the next time.
            let number = i32::try_from(world.chance.seed() >> 33).unwrap_or_default();
            place.insert(world.store.appear(number).await?)
        }
    };
    world.peers.hear(here.number(), here.all().await?);
    Ok(())
}

async fn imports(world: &World, stop: &CancellationToken) {
    if let Err(failure) = sweep(world).await {
        tracing::error!(error = %failure, "files that no import names could not be cleared away");
    }
    let tables = Tables::default();
    while stop.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_some() {
        if let Err(failure) = run_one(world, &tables, stop).await {
            tracing::error!(error = %failure, "an import stopped; it will be tried again");
        }
    }
}

async fn run_one(world: &World, tables: &Tables, stop: &CancellationToken) -> Outcome<()> {
    // A read first: an idle server leaves the writer alone.
    if !world.store.has_job_to_take(world.now(), SILENCE_MS).await? {
        return Ok(());
    }
    let mut tx = world.store.begin().await?;
    let job = tx.take_job(world.now(), SILENCE_MS).await?;
    tx.commit().await?;
    let Some(job) = job else { return Ok(()) };
    select! {
        done = run_import(world, tables, &job) => match done {
            Ok(()) => Ok(()),
            Err(failure) => note_failure(world, &job, &failure).await.and(Err(failure)),
        },
        () = lost(world, &job) => {
            tracing::warn!(job = job.job_id, "another server goes on with import {}", job.job_id);
            Ok(())
        }
        // What it is in the middle of is undone, and done by whoever takes it.
        () = stop.cancelled() => Ok(world.store.let_go_of_job(job.job_id, job.attempts).await?),
    }
}

/// Says again and again that this server works on the job, until it does no longer.
async fn lost(world: &World, job: &JobRow) {
    loop {
        tokio::time::sleep(WORD).await;
        match world.store.keep_job(job.job_id, job.attempts, world.now()).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, job = job.job_id, "could not say that an import goes on"),
        }
    }
}

async fn note_failure(world: &World, job: &JobRow, failure: &Failure) -> Outcome<()> {
    let failures = job.failures + 1;
    let (state, message, at) = if failures >= MAX_FAILURES {
        (JobState::Failed, format!("Given up after {failures} tries: {failure}"), Some(world.now()))
    } else {
        (JobState::Queued, format!("Will be tried again: {failure}"), None)
    };
    let mut tx = world.store.begin().await?;
    // Whoever stopped it meanwhile, or took it over, has the last word.
    if tx.job(job.job_id).await?.is_some_and(|now| now.is_attempt_of(job)) {
        tx.count_failure(job.job_id).await?;
        tx.set_job_state(job.job_id, state, Some(&message), at).await?;
    }
    Ok(tx.commit().await?)
}

async fn learning(world: &World, stop: &CancellationToken) {
    let tables = Tables::default();
    while stop.run_until_cancelled(tokio::time::sleep(LEARN)).await.is_some() {
        if !world.peers.now().leads() {
            continue;
        }
        // A table that is not built again now is found outdated the next time.
        if let Some(Err(failure)) = stop.run_until_cancelled(learn_where_due(world, &tables)).await {
            tracing::error!(error = %failure, "learning from votes stopped; it will be tried again");
        }
    }
}

async fn passing(world: &World, stop: &CancellationToken) {
    let (tables, mut looked) = (Tables::default(), LookedThrough::default());
    while stop.run_until_cancelled(tokio::time::sleep(LEARN)).await.is_some() {
        if !world.peers.now().leads() {
            continue;
        }
        let passed = stop.run_until_cancelled(pass_on_where_due(world, &tables, &mut looked)).await;
        if let Some(Err(failure)) = passed {
            tracing::error!(error = %failure, "passing verdicts on stopped; it will be tried again");
        }
    }
}

async fn clearing(world: &World, stop: &CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(CLEAR)).await.is_some() {
        let now = world.now();
        if let Err(error) = world.store.delete_expired_sessions(now).await {
            tracing::warn!(%error, "sessions that have expired could not be cleared away");
        }
        if let Err(failure) = tidy(world).await {
            tracing::warn!(error = %failure, "imports that nobody goes on with could not be cleared away");
        }
    }
}
