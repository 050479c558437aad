//! Work that outlives a request: imports, learning from votes, and the clearing away of what has expired.

use crate::service::Outcome;
use crate::service::importing::{run_import, sweep, tidy};
use crate::service::judging::Tables;
use crate::service::learning::learn_where_due;
use crate::service::passing::{LookedThrough, pass_on_where_due};
use crate::world::World;
use std::time::Duration;
use store::jobs::JobState;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How often a new job is looked for.
const LOOK: Duration = Duration::from_millis(500);
/// How often expired leases and sessions are cleared away; they count for nothing from the moment they expire.
const CLEAR: Duration = Duration::from_secs(60);
/// How often it is looked whether enough is new to learn from, or to pass on.
const LEARN: Duration = Duration::from_secs(10);
/// A job that failed this often is given up.
const MAX_ATTEMPTS: i64 = 5;

/// Starts the jobs; they end, each at its next safe point, when `stop` is cancelled.
pub fn start(world: World, stop: CancellationToken) -> JoinHandle<()> {
    tokio::spawn(async move {
        tokio::join!(
            imports(&world, &stop),
            learning(&world, &stop),
            passing(&world, &stop),
            clearing(&world, &stop)
        );
    })
}

async fn imports(world: &World, stop: &CancellationToken) {
    if let Err(failure) = take_up(world).await {
        tracing::error!(error = %failure, "jobs of an earlier run could not be taken up");
    }
    let tables = Tables::default();
    while stop.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_some() {
        let run = stop.run_until_cancelled(run_one(world, &tables)).await;
        if let Some(Err(failure)) = run {
            tracing::error!(error = %failure, "an import stopped; it will be tried again");
        }
    }
}

/// What an earlier run left: running jobs go back to the queue, files that nobody knows of are removed.
async fn take_up(world: &World) -> Outcome<()> {
    let mut tx = world.store.begin().await?;
    tx.requeue_running().await?;
    tx.commit().await?;
    sweep(world).await
}

async fn run_one(world: &World, tables: &Tables) -> Outcome<()> {
    // A read first: an idle server leaves the writer alone.
    if !world.store.has_queued_job().await? {
        return Ok(());
    }
    let mut tx = world.store.begin().await?;
    let job = tx.take_job().await?;
    tx.commit().await?;
    let Some(job) = job else { return Ok(()) };
    let done = run_import(world, tables, &job).await;
    if let Err(failure) = &done {
        let (state, message, at) = if job.attempts >= MAX_ATTEMPTS {
            (JobState::Failed, format!("Given up after {} tries: {failure}", job.attempts), Some(world.now()))
        } else {
            (JobState::Queued, format!("Will be tried again: {failure}"), None)
        };
        let mut tx = world.store.begin().await?;
        // Whoever stopped it meanwhile has the last word.
        if tx.job(job.job_id).await?.is_some_and(|job| job.state == JobState::Running) {
            tx.set_job_state(job.job_id, state, Some(&message), at).await?;
        }
        tx.commit().await?;
    }
    done
}

async fn learning(world: &World, stop: &CancellationToken) {
    let tables = Tables::default();
    while stop.run_until_cancelled(tokio::time::sleep(LEARN)).await.is_some() {
        // A table that is not built again now is found outdated the next time.
        if let Some(Err(failure)) = stop.run_until_cancelled(learn_where_due(world, &tables)).await {
            tracing::error!(error = %failure, "learning from votes stopped; it will be tried again");
        }
    }
}

async fn passing(world: &World, stop: &CancellationToken) {
    let (tables, mut looked) = (Tables::default(), LookedThrough::default());
    while stop.run_until_cancelled(tokio::time::sleep(LEARN)).await.is_some() {
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
