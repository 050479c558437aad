//! Batches out, votes in: leases, submissions and what follows from them, one transaction each.

use super::judging::{Bench, Tables, answer_about};
use super::ontology::synset_head;
use super::settings::count;
use super::{Failure, Outcome};
use crate::world::World;
use app::api::ApiError;
use app::api::labeling::{Batch, Corrected, Idle, LastBatch, Next, OpenProject, Receipt, Submission, Tile};
use app::backend::{Answer, Labeling};
use app::viewer::{ScreenSize, Worker};
use async_trait::async_trait;
use domain::consensus::Answer as Vote;
use domain::sampling;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Tx;
use store::labeling::{AssignmentRow, LeasableRow, SubmissionRow};
use store::projects::CounterDelta;
use tokio::sync::Mutex;

/// What a page is expected to take, for each tile.
const MS_PER_TILE: i64 = 3_000;
/// How long after that a lease lives.
const LEASE_SLACK_MS: i64 = 5 * 60 * 1_000;
/// Candidates that are looked at in one query while a batch is put together.
const LEASABLE_PAGE: i64 = 256;
/// Longest submission key; a UUID has 36 characters.
const MAX_KEY: usize = 64;

/// Implements [`Labeling`].
#[derive(Clone)]
pub struct LabelingService {
    world: World,
    tables: Tables,
    /// One writer of votes and leases in this process: transactions that touch two synsets can't wait for each other.
    writer: Arc<Mutex<()>>,
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

    async fn next(&self, worker: &Worker, project: i64, _: ScreenSize) -> Answer<Next> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move { this.next_in(worker, project).await }).await
    }

    async fn submit(&self, worker: &Worker, submission: Submission, _: ScreenSize) -> Answer<Receipt> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move { this.submit_for(worker, submission).await }).await
    }

    async fn prefetch(&self, _: &Worker, _: i64, _: ScreenSize) -> Answer<Next> {
        Err(ApiError::Internal)
    }

    async fn last(&self, _: &Worker, _: i64) -> Answer<Option<LastBatch>> {
        Ok(None)
    }

    async fn correct(&self, _: &Worker, _: Submission) -> Answer<Corrected> {
        Err(ApiError::Internal)
    }
}

impl LabelingService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world, tables: Tables::default(), writer: Arc::default() }
    }

    async fn next_in(&self, worker: i64, project: i64) -> Outcome<Next> {
        let unknown = || Failure::not_found(format!("There is no project {project}."));
        self.world.store.project(project).await?.ok_or_else(unknown)?;
        let _writer = self.writer.lock().await;
        let now = self.world.now();
        let mut tx = self.world.store.begin().await?;
        let assignment = match tx.open_assignment(worker, project, now).await? {
            Some(open) => Some(open),
            None => self.lease_batch(&mut tx, worker, project, now).await?,
        };
        let next = self.shown(&mut tx, project, assignment).await?;
        tx.commit().await?;
        Ok(next)
    }

    async fn submit_for(&self, worker: i64, submission: Submission) -> Outcome<Receipt> {
        check_key(&submission.key)?;
        let _writer = self.writer.lock().await;
        let mut tx = self.world.store.begin().await?;
        match self.record(&mut tx, worker, &submission).await {
            Ok(receipt) => {
                tx.commit().await?;
                Ok(receipt)
            }
            Err(refused @ Failure::Refused(_)) => {
                tx.rollback().await?;
                Err(refused)
            }
            // Dropped with its connection: after an error that connection may be unusable.
            Err(failure) => Err(failure),
        }
    }

    /// Votes, tallies, verdicts and the next batch, in the caller's transaction.
    async fn record(&self, tx: &mut Tx, worker: i64, submission: &Submission) -> Outcome<Receipt> {
        let (id, now, body) = (submission.assignment, self.world.now(), body_hash(submission));
        let unknown = || Failure::not_found(format!("There is no assignment {id} of yours."));
        let assignment = tx.assignment(id, worker).await?.ok_or_else(unknown)?;
        if let Some(earlier) = tx.submission(worker, &submission.key).await? {
            return self.answer_again(tx, worker, &assignment, &earlier, &body).await;
        }
        if assignment.submitted_at.is_some() {
            return Err(Failure::conflict(
                "This page was answered already; the answers of the first time count.",
            ));
        }
        let votes = self.votes(tx, submission).await?;
        let mut bench = Bench::lock(tx, &self.tables, assignment.project_synset_id).await?;
        let record = tx.insert_submission(worker, &submission.key, &body, id, now).await?;
        tx.close_assignment(id, now).await?;
        let recorded = tx.record_votes(&votes, worker, record, now).await?;
        tx.add_to_tallies(&recorded).await?;
        let number = i64::try_from(recorded.len()).unwrap_or(i64::MAX);
        bench.add(tx, &CounterDelta { votes: number, ..CounterDelta::default() }).await?;
        let candidates: Vec<i64> = recorded.iter().map(|(candidate, _)| *candidate).collect();
        bench.judge(tx, &self.tables, &candidates, now).await?;
        let project = bench.synset.project_id;
        let next = self.lease_batch(tx, worker, project, now).await?;
        tx.finish_submission(record, number, next.as_ref().map(|next| next.assignment_id)).await?;
        Ok(Receipt { recorded: count(number), next: self.shown(tx, project, next).await? })
    }

    /// The answer to a submission that was recorded before: the same one, if it says the same.
    async fn answer_again(
        &self,
        tx: &mut Tx,
        worker: i64,
        assignment: &AssignmentRow,
        earlier: &SubmissionRow,
        body: &str,
    ) -> Outcome<Receipt> {
        if earlier.body_hash != body {
            return Err(Failure::conflict(
                "This submission was recorded before, with other answers; those of the first time count.",
            ));
        }
        let synset = tx.project_synset_by_id(assignment.project_synset_id).await?;
        let synset = synset.ok_or_else(|| {
            Failure::Defect(format!("assignment {} has no synset", assignment.assignment_id))
        })?;
        let next = match earlier.next_assignment_id {
            Some(next) => tx.assignment(next, worker).await?,
            None => None,
        };
        let next = self.shown(tx, synset.project_id, next).await?;
        Ok(Receipt { recorded: count(earlier.recorded), next })
    }

    /// What a submission says of each candidate of its assignment.
    async fn votes(&self, tx: &mut Tx, submission: &Submission) -> Outcome<Vec<(i64, Vote)>> {
        let id = submission.assignment;
        let assigned: BTreeSet<i64> =
            tx.assignment_candidates(id).await?.iter().map(|row| row.candidate_id).collect();
        if let Some(foreign) =
            submission.yes.iter().chain(&submission.unsure).find(|candidate| !assigned.contains(candidate))
        {
            return Err(Failure::invalid(format!("Candidate {foreign} is not in assignment {id}.")));
        }
        match (submission.yes.is_empty() && submission.unsure.is_empty(), submission.none_of_these) {
            (true, false) => {
                Err(Failure::invalid("Nothing is picked. Press “None of these” if no picture shows it."))
            }
            (false, true) => Err(Failure::invalid(
                "Some pictures are picked. Submit them, or clear them before you press “None of these”.",
            )),
            _ => Ok(assigned
                .into_iter()
                .map(|c| (c, answer_about(c, &submission.yes, &submission.unsure)))
                .collect()),
        }
    }

    /// Leases the worker a batch of the project's synset that can use a worker most.
    async fn lease_batch(
        &self,
        tx: &mut Tx,
        worker: i64,
        project: i64,
        now: i64,
    ) -> Outcome<Option<AssignmentRow>> {
        for active in tx.active_synsets(project, worker, now).await? {
            let bench = Bench::lock(tx, &self.tables, active.project_synset_id).await?;
            let wanted = usize::try_from(bench.settings.batch_size).unwrap_or(1);
            let mut chosen = self.choose(tx, &bench, worker, wanted, now).await?;
            if chosen.is_empty() {
                continue;
            }
            // The order on the screen says nothing about the order of serving.
            chosen = sampling::order(self.world.chance.seed(), chosen.len())
                .into_iter()
                .filter_map(|i| chosen.get(i).copied())
                .collect();
            let tiles = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
            let expires_at = now + tiles * MS_PER_TILE + LEASE_SLACK_MS;
            let id = tx.insert_assignment(worker, active.project_synset_id, now, expires_at, &chosen).await?;
            return Ok(tx.assignment(id, worker).await?);
        }
        Ok(None)
    }

    /// Up to `wanted` candidates that can use one more vote than is already under way.
    async fn choose(
        &self,
        tx: &mut Tx,
        bench: &Bench,
        worker: i64,
        wanted: usize,
        now: i64,
    ) -> Outcome<Vec<i64>> {
        let sample_only = bench.table.is_none();
        let can_use_a_vote =
            |row: &&LeasableRow| i64::from(bench.need(row.tally(), row.in_initial_sample)) > row.live_leases;
        let (mut chosen, mut after) = (Vec::new(), None);
        while chosen.len() < wanted {
            let id = bench.synset.project_synset_id;
            let page = tx.leasable(id, worker, sample_only, after, LEASABLE_PAGE, now).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.serving_rank, last.candidate_id));
            chosen.extend(
                page.iter().filter(can_use_a_vote).map(|row| row.candidate_id).take(wanted - chosen.len()),
            );
        }
        Ok(chosen)
    }

    /// The screen of an assignment, or why there is none.
    async fn shown(&self, tx: &mut Tx, project: i64, assignment: Option<AssignmentRow>) -> Outcome<Next> {
        let Some(assignment) = assignment else {
            let lines = tx.open_synsets(project).await?;
            return Ok(Next::Nothing(if lines == 0 { Idle::AllSettled } else { Idle::NothingForYouNow }));
        };
        let synset = tx.project_synset_by_id(assignment.project_synset_id).await?;
        let synset = synset.ok_or_else(|| {
            Failure::Defect(format!("assignment {} has no synset", assignment.assignment_id))
        })?;
        let tiles = tx.assignment_candidates(assignment.assignment_id).await?;
        Ok(Next::Batch(Batch {
            assignment: assignment.assignment_id,
            project,
            synset: synset_head(&self.world.ontology.get(), synset.wnid)?,
            tiles: tiles.iter().map(|row| tile(row.candidate_id, &row.sha256)).collect(),
            expires_at: assignment.expires_at,
            key: submission_key(&assignment),
        }))
    }
}

fn tile(candidate: i64, sha256: &str) -> Tile {
    let (small, large) = picture_addresses(sha256);
    Tile { candidate, medium: large.clone(), small, large }
}

/// Addresses of an image's small and large picture.
pub fn picture_addresses(sha256: &str) -> (String, String) {
    (format!("/image/small/{sha256}.jpg"), format!("/image/large/{sha256}.jpg"))
}

/// The key that an assignment's form is posted with: one page is one submission, from whichever tab it is sent.
fn submission_key(assignment: &AssignmentRow) -> String {
    format!("page-{}", assignment.assignment_id)
}

fn check_key(key: &str) -> Outcome<()> {
    let usable = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if (1..=MAX_KEY).contains(&key.len()) && key.chars().all(usable) {
        return Ok(());
    }
    Err(Failure::invalid("The submission's key must have 1 to 64 letters, digits and hyphens, like a UUID."))
}

/// A hash of what a submission says, whatever the order it is said in.
fn body_hash(submission: &Submission) -> String {
    let sorted = |ids: &[i64]| ids.iter().copied().collect::<BTreeSet<i64>>();
    let said = (
        submission.assignment,
        sorted(&submission.yes),
        sorted(&submission.unsure),
        submission.none_of_these,
    );
    hex(&Sha256::digest(format!("{said:?}")))
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Runs a write to its end even when the visitor hangs up.
pub async fn spawned<T: Send + 'static>(
    write: impl Future<Output = Outcome<T>> + Send + 'static,
) -> Answer<T> {
    match tokio::spawn(write).await {
        Ok(outcome) => outcome.map_err(Into::into),
        Err(error) => Err(Failure::Defect(format!("a write did not come to its end: {error}")).into()),
    }
}
