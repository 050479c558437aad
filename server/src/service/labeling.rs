//! Batches out, votes in: leases, submissions and what follows from them, one transaction each.

pub mod group;
mod leasing;
pub mod memory;
mod pending;
mod recording;
mod said;
mod screens;
mod submission;

use self::group::{Asked, Group};
use self::screens::Found;
use self::submission::{body_hash, check_key, same_body};
use super::writing::{Work, Writing};
use super::{Failure, Outcome};
use crate::language::{carried, locale};
use crate::texts::labeling as say;
use crate::world::World;
use app::api::ApiError;
use app::api::labeling::{Corrected, Given, LastBatch, Next, OpenProject, Preface, Receipt, Submission};
use app::backend::{Answer, Labeling};
use app::viewer::{ScreenSize, Worker};
use async_trait::async_trait;
use domain::consensus::Answer as Vote;
use std::sync::Arc;
use std::time::Duration;
use store::labeling::{AssignmentRow, GivenRow, ReportKind, SubmissionRow};

/// What a worker gets when a batch is wanted.
enum Leased {
    /// A batch, new or still open.
    Batch(AssignmentRow),
    /// Something comes first.
    First(Preface),
    /// There is none.
    Nothing,
}

impl Leased {
    fn assignment(&self) -> Option<i64> {
        match self {
            Self::Batch(assignment) => Some(assignment.assignment_id),
            Self::First(_) | Self::Nothing => None,
        }
    }
}

/// Implements [`Labeling`].
#[derive(Clone)]
pub struct LabelingService {
    world: World,
    writing: Writing,
}

/// A submission that was recorded, or had been before.
struct Recorded {
    /// Votes that it recorded, then or now.
    recorded: u32,
    next: Found,
    /// Votes that are new.
    votes: u64,
    /// Of these, on images that were settled already.
    late: u64,
    /// The project in which there may be a next batch, in a synset that another server was in.
    goes_on: Option<i64>,
}

/// What a worker sent.
struct Sent {
    submission: Submission,
    /// A hash of what it says.
    body: String,
}

/// The page that a worker submitted last.
struct Last {
    page: Found,
    /// The key that it is sent with when it is corrected.
    key: String,
    given: Vec<GivenRow>,
}

/// What a submission will ask for.
fn about(worker: i64, submission: &Submission) -> Asked {
    Asked {
        worker,
        assignment: Some(submission.assignment),
        // What is no key is refused before anything is looked up by it.
        key: check_key(&submission.key).is_ok().then(|| submission.key.clone()),
        ..Asked::default()
    }
}

#[async_trait]
impl Labeling for LabelingService {
    async fn open_projects(&self, worker: &Worker) -> Answer<Vec<OpenProject>> {
        let lines = self.world.store.open_project_lines(worker.id()).await.map_err(Failure::from)?;
        let shown = |line: store::labeling::OpenProjectLine| OpenProject {
            project: line.project_id,
            name: line.name,
            open_synsets: line.open_synsets,
            my_votes: line.my_votes,
        };
        Ok(lines.into_iter().map(shown).collect())
    }

    async fn next(&self, worker: &Worker, project: i64, screen: ScreenSize) -> Answer<Next> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move { this.next_in(worker, project, screen).await }).await
    }

    async fn submit(&self, worker: &Worker, submission: Submission, screen: ScreenSize) -> Answer<Receipt> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move {
            let sent = Arc::new(Sent { body: body_hash(&submission), submission });
            let recorded = this
                .written(about(worker, &sent.submission), move |this, group| {
                    let sent = sent.clone();
                    Box::pin(async move { this.record(group, worker, &sent, screen).await })
                })
                .await?;
            this.world.meter.votes.inc_by(recorded.votes);
            this.world.meter.late.inc_by(recorded.late);
            // The votes stand whatever comes of it.
            let gone_on = match recorded.goes_on {
                Some(project) => this.next_in(worker, project, screen).await.ok(),
                None => None,
            };
            let next = gone_on.map_or_else(|| this.drawn(recorded.next), Ok)?;
            Ok(Receipt { recorded: recorded.recorded, next })
        })
        .await
    }

    async fn prefetch(&self, worker: &Worker, assignment: i64, screen: ScreenSize) -> Answer<Next> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move {
            if let Some(ready) = this.ready(worker, assignment).await? {
                return this.drawn(ready);
            }
            let asked = Asked { worker, assignment: Some(assignment), ..Asked::default() };
            let found = this
                .written(asked, move |this, group| {
                    Box::pin(async move { this.next_after(group, worker, assignment, screen).await })
                })
                .await?;
            this.drawn(found)
        })
        .await
    }

    async fn last(&self, worker: &Worker, project: i64) -> Answer<Option<LastBatch>> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move {
            let asked = Asked { worker, project: Some(project), ..Asked::default() };
            let last = this
                .written(asked, move |this, group| {
                    Box::pin(async move { this.last_in(group, worker, project).await })
                })
                .await?;
            last.map_or(Ok(None), |last| this.last_drawn(last))
        })
        .await
    }

    async fn correct(&self, worker: &Worker, submission: Submission) -> Answer<Corrected> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move {
            let sent = Arc::new(Sent { body: body_hash(&submission), submission });
            this.written(about(worker, &sent.submission), move |this, group| {
                let sent = sent.clone();
                Box::pin(async move { this.correct_for(group, worker, &sent).await })
            })
            .await
        })
        .await
    }
}

impl LabelingService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { writing: Writing::new(world.clone()), world }
    }

    /// Runs a write, with others in one transaction, and returns when it is durable.
    async fn written<T: Send + 'static>(
        &self,
        asked: Asked,
        work: impl for<'g> Fn(Self, &'g mut Group) -> Work<'g, T> + Send + 'static,
    ) -> Outcome<T> {
        let this = self.clone();
        self.writing.write(asked, move |group| work(this.clone(), group)).await
    }

    async fn next_in(&self, worker: i64, project: i64, screen: ScreenSize) -> Outcome<Next> {
        let asked = Asked { worker, project: Some(project), ..Asked::default() };
        let found = self
            .written(asked, move |this, group| {
                Box::pin(async move {
                    if let Some(reason) = stopped(group, worker, project).await? {
                        return Ok(Found::Stopped(reason));
                    }
                    let next = this.open_or_leased(group, worker, project, None, screen).await?;
                    this.found(group, project, next).await
                })
            })
            .await?;
        self.drawn(found)
    }

    /// The batch after an open one: the same when it is asked for again.
    async fn next_after(
        &self,
        group: &mut Group,
        worker: i64,
        id: i64,
        screen: ScreenSize,
    ) -> Outcome<Found> {
        let project = group.assignment(worker, id).await?.project_id;
        if let Some(reason) = stopped(group, worker, project).await? {
            return Ok(Found::Stopped(reason));
        }
        let next = self.open_or_leased(group, worker, project, Some(id), screen).await?;
        self.found(group, project, next).await
    }

    /// The worker's open batch other than `after`, or a new one; before either, terms that have changed.
    async fn open_or_leased(
        &self,
        group: &mut Group,
        worker: i64,
        project: i64,
        after: Option<i64>,
        screen: ScreenSize,
    ) -> Outcome<Leased> {
        if let Some(first) = leasing::before_project(group, worker, project).await? {
            return Ok(Leased::First(first));
        }
        match group.open_assignment(worker, project, after).await? {
            Some(open) => Ok(Leased::Batch(open)),
            None => self.lease_batch(group, worker, project, screen, 0).await,
        }
    }

    /// The answer to a submission that was recorded before: the same one, if it says the same.
    async fn answer_again(
        &self,
        group: &mut Group,
        worker: i64,
        project: i64,
        earlier: &SubmissionRow,
        body: &str,
        screen: ScreenSize,
    ) -> Outcome<Found> {
        same_body(earlier, body)?;
        let handed_out = match earlier.next_assignment_id {
            Some(next) => Some(group.assignment(worker, next).await?),
            None => None,
        };
        let next = match handed_out {
            Some(placed) => Leased::Batch(placed.assignment),
            None => self.first_of_all(group, worker, project, screen).await?,
        };
        self.found(group, project, next).await
    }

    /// The page that the worker submitted last, with what counts of it by now.
    async fn last_in(&self, group: &mut Group, worker: i64, project: i64) -> Outcome<Option<Last>> {
        let last = group.flushed().await?.last_submitted(worker, project).await?;
        let Some((id, submissions)) = last else { return Ok(None) };
        if stopped(group, worker, project).await?.is_some() {
            return Ok(None);
        }
        let assignment = group.assignment(worker, id).await?.assignment;
        let page = self.found(group, project, Leased::Batch(assignment)).await?;
        let key = format!("page-{id}-again-{submissions}");
        Ok(Some(Last { page, key, given: group.flushed().await?.given(worker, id).await? }))
    }

    fn last_drawn(&self, last: Last) -> Outcome<Option<LastBatch>> {
        let Next::Batch(mut batch) = self.drawn(last.page)? else { return Ok(None) };
        batch.key = last.key;
        let mut given = Given::default();
        for row in last.given {
            match (row.report, row.answer) {
                (Some(ReportKind::Broken), _) => given.broken.push(row.candidate_id),
                (Some(ReportKind::Offensive), _) => given.offensive.push(row.candidate_id),
                (None, Some(Vote::Yes)) => given.yes.push(row.candidate_id),
                (None, Some(Vote::Unsure)) => given.unsure.push(row.candidate_id),
                (None, Some(Vote::No) | None) => {}
            }
        }
        Ok(Some(LastBatch { batch, given }))
    }
}

/// Why the worker's answers in the project don't count, if they don't.
async fn stopped(group: &mut Group, worker: i64, project: i64) -> Outcome<Option<String>> {
    Ok(group.participant(worker, project).await?.stopped.clone())
}

async fn refuse_if_stopped(group: &mut Group, worker: i64, project: i64) -> Outcome<()> {
    match stopped(group, worker, project).await? {
        None => Ok(()),
        Some(reason) => Err(Failure::forbidden(say::stopped(locale(), reason))),
    }
}

/// A write that takes longer gives its place to others. The database's own limits are shorter; they don't help where its answer is
/// lost on the way.
const MOST_TIME: Duration = Duration::from_secs(20);

/// Runs a write to its end even when the visitor hangs up. One that takes too long is undone, or, if only the answer to its commit is
/// missing, stands: whoever sends it again gets the right answer.
pub async fn spawned<T: Send + 'static>(
    write: impl Future<Output = Outcome<T>> + Send + 'static,
) -> Answer<T> {
    match tokio::spawn(carried(tokio::time::timeout(MOST_TIME, write))).await {
        Ok(Ok(outcome)) => outcome.map_err(Into::into),
        Ok(Err(_)) => {
            tracing::error!("a write took longer than {} s and was given up", MOST_TIME.as_secs());
            Err(ApiError::Unavailable { seconds: 5 })
        }
        Err(error) => Err(Failure::Defect(format!("a write did not come to its end: {error}")).into()),
    }
}
