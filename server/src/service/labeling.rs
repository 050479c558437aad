//! Batches out, votes in: leases, submissions and what follows from them, one transaction each.

mod leasing;
mod said;
mod submission;

use self::said::{Change, Said};
use self::submission::{body_hash, check_key, same_body, submission_key};
use super::judging::{Bench, Tables};
use super::ontology::synset_head;
use super::pictures::{picture_addresses, tile};
use super::settings::count;
use super::writing::{Work, Writing};
use super::{Failure, Outcome, preface};
use crate::language::{carried, locale};
use crate::texts::{labeling as say, missing};
use crate::world::World;
use app::api::ApiError;
use app::api::labeling::{
    Batch, Corrected, EXAMPLES, Given, Idle, LastBatch, Next, OpenProject, Preface, Receipt, Submission,
    SynsetHead,
};
use app::backend::{Answer, Labeling};
use app::viewer::{ScreenSize, Worker};
use async_trait::async_trait;
use domain::consensus::Answer as Vote;
use domain::wnid::Wnid;
use std::time::Duration;

use store::Tx;
use store::labeling::{AssignmentRow, ReportKind, SubmissionRow, TallyChange};
use store::projects::{CounterDelta, ProjectSynsetRow};

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
    tables: Tables,
    writing: Writing,
}

/// A submission that was recorded, or had been before.
struct Recorded {
    receipt: Receipt,
    /// Votes that are new.
    votes: u64,
    /// Of these, on images that were settled already.
    late: u64,
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
            let recorded = this
                .written(move |this, tx| {
                    let submission = submission.clone();
                    Box::pin(async move { this.record(tx, worker, &submission, screen).await })
                })
                .await?;
            this.world.meter.votes.inc_by(recorded.votes);
            this.world.meter.late.inc_by(recorded.late);
            Ok(recorded.receipt)
        })
        .await
    }

    async fn prefetch(&self, worker: &Worker, assignment: i64, screen: ScreenSize) -> Answer<Next> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move {
            this.written(move |this, tx| {
                Box::pin(async move { this.next_after(tx, worker, assignment, screen).await })
            })
            .await
        })
        .await
    }

    async fn last(&self, worker: &Worker, project: i64) -> Answer<Option<LastBatch>> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move {
            this.written(move |this, tx| Box::pin(async move { this.last_in(tx, worker, project).await }))
                .await
        })
        .await
    }

    async fn correct(&self, worker: &Worker, submission: Submission) -> Answer<Corrected> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move {
            this.written(move |this, tx| {
                let submission = submission.clone();
                Box::pin(async move { this.correct_for(tx, worker, &submission).await })
            })
            .await
        })
        .await
    }
}

impl LabelingService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { writing: Writing::new(world.clone()), world, tables: Tables::default() }
    }

    /// Runs a write, with others in one transaction, and returns when it is durable.
    async fn written<T: Send + 'static>(
        &self,
        work: impl for<'t> Fn(Self, &'t mut Tx) -> Work<'t, T> + Send + 'static,
    ) -> Outcome<T> {
        let this = self.clone();
        self.writing.write(move |tx| work(this.clone(), tx)).await
    }

    async fn next_in(&self, worker: i64, project: i64, screen: ScreenSize) -> Outcome<Next> {
        let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
        self.world.store.project(project).await?.ok_or_else(unknown)?;
        self.written(move |this, tx| {
            Box::pin(async move {
                if let Some(reason) = stopped(tx, worker, project).await? {
                    return Ok(Next::Stopped(reason));
                }
                let next = this.open_or_leased(tx, worker, project, None, screen).await?;
                this.shown(tx, project, next).await
            })
        })
        .await
    }

    /// The batch after an open one: the same when it is asked for again.
    async fn next_after(&self, tx: &mut Tx, worker: i64, id: i64, screen: ScreenSize) -> Outcome<Next> {
        let (_, project) = self.assigned(tx, worker, id).await?;
        if let Some(reason) = stopped(tx, worker, project).await? {
            return Ok(Next::Stopped(reason));
        }
        let next = self.open_or_leased(tx, worker, project, Some(id), screen).await?;
        self.shown(tx, project, next).await
    }

    /// The worker's assignment, and the project that it is in.
    async fn assigned(&self, tx: &mut Tx, worker: i64, id: i64) -> Outcome<(AssignmentRow, i64)> {
        let unknown = || Failure::not_found(missing::assignment(locale(), id.to_string()));
        let assignment = tx.assignment(id, worker).await?.ok_or_else(unknown)?;
        let synset = synset_of(tx, &assignment).await?;
        Ok((assignment, synset.project_id))
    }

    /// The worker's open batch other than `after`, or a new one; before either, terms that have changed.
    async fn open_or_leased(
        &self,
        tx: &mut Tx,
        worker: i64,
        project: i64,
        after: Option<i64>,
        screen: ScreenSize,
    ) -> Outcome<Leased> {
        if let Some(first) = preface::before_project(tx, worker, project).await? {
            return Ok(Leased::First(first));
        }
        match tx.open_assignment(worker, project, after, self.world.now()).await? {
            Some(open) => Ok(Leased::Batch(open)),
            None => self.lease_batch(tx, worker, project, screen).await,
        }
    }

    /// Votes, tallies, verdicts and the next batch, in the caller's transaction.
    async fn record(
        &self,
        tx: &mut Tx,
        worker: i64,
        submission: &Submission,
        screen: ScreenSize,
    ) -> Outcome<Recorded> {
        check_key(&submission.key)?;
        let (id, now, body) = (submission.assignment, self.world.now(), body_hash(submission));
        let (assignment, project) = self.assigned(tx, worker, id).await?;
        if let Some(earlier) = tx.submission(worker, &submission.key).await? {
            let receipt = self.answer_again(tx, worker, project, &earlier, &body, screen).await?;
            return Ok(Recorded { receipt, votes: 0, late: 0 });
        }
        if assignment.submitted_at.is_some() {
            return Err(Failure::conflict(say::answered_already(locale())));
        }
        refuse_if_stopped(tx, worker, project).await?;
        let said = self.said(tx, submission).await?;
        let mut bench = Bench::lock(tx, &self.tables, assignment.project_synset_id).await?;
        let (weights, table) = (bench.weights(tx, worker).await?, bench.table_id());
        let record = tx.insert_submission(worker, &submission.key, &body, id, table, now).await?;
        tx.close_assignment(id, now).await?;
        let (votes, reports) = said.split();
        let recorded = tx.record_votes(&votes, weights, worker, record, now).await?;
        tx.add_to_tallies(&recorded, weights).await?;
        let mut touched: Vec<i64> = recorded.iter().map(|(candidate, _)| *candidate).collect();
        touched.extend(self.report(tx, worker, record, &reports, now).await?);
        let number = i64::try_from(recorded.len()).unwrap_or(i64::MAX);
        bench.add(tx, &CounterDelta { votes: number, ..CounterDelta::default() }).await?;
        bench.judge(tx, &self.tables, &touched, now).await?;
        let next = self.open_or_leased(tx, worker, project, Some(id), screen).await?;
        tx.count_for_the_hour(record, number).await?;
        tx.finish_submission(record, number, next.assignment()).await?;
        let receipt = Receipt { recorded: count(number), next: self.shown(tx, project, next).await? };
        Ok(Recorded { receipt, votes: u64::from(count(number)), late: bench.late })
    }

    /// Records the reports of a first submission; returns their candidates.
    async fn report(
        &self,
        tx: &mut Tx,
        worker: i64,
        record: i64,
        reports: &[(i64, ReportKind)],
        now: i64,
    ) -> Outcome<Vec<i64>> {
        let said: Vec<_> = reports.iter().map(|(candidate, kind)| (*candidate, Some(*kind))).collect();
        let changes: Vec<_> =
            reports.iter().map(|(candidate, _)| TallyChange::of(*candidate).report(1)).collect();
        tx.insert_reports(&said, worker, record, now).await?;
        tx.change_tallies(&changes).await?;
        Ok(reports.iter().map(|(candidate, _)| *candidate).collect())
    }

    /// The answer to a submission that was recorded before: the same one, if it says the same.
    async fn answer_again(
        &self,
        tx: &mut Tx,
        worker: i64,
        project: i64,
        earlier: &SubmissionRow,
        body: &str,
        screen: ScreenSize,
    ) -> Outcome<Receipt> {
        same_body(earlier, body)?;
        let handed_out = match earlier.next_assignment_id {
            Some(next) => tx.assignment(next, worker).await?,
            None => None,
        };
        let next = match handed_out {
            Some(assignment) => Leased::Batch(assignment),
            None => self.first_of_all(tx, worker, project, screen).await?,
        };
        let next = self.shown(tx, project, next).await?;
        Ok(Receipt { recorded: count(earlier.recorded), next })
    }

    /// What a submission says of each candidate of its assignment.
    async fn said(&self, tx: &mut Tx, submission: &Submission) -> Outcome<Said> {
        let assigned = tx.assignment_candidates(submission.assignment).await?;
        Said::of(submission, assigned.iter().map(|row| row.candidate_id))
    }

    /// The page that the worker submitted last, with what counts of it by now.
    async fn last_in(&self, tx: &mut Tx, worker: i64, project: i64) -> Outcome<Option<LastBatch>> {
        let Some((id, submissions)) = tx.last_submitted(worker, project).await? else { return Ok(None) };
        if stopped(tx, worker, project).await?.is_some() {
            return Ok(None);
        }
        let Some(assignment) = tx.assignment(id, worker).await? else { return Ok(None) };
        let Next::Batch(mut batch) = self.shown(tx, project, Leased::Batch(assignment)).await? else {
            return Ok(None);
        };
        batch.key = format!("page-{id}-again-{submissions}");
        let mut given = Given::default();
        for row in tx.given(worker, id).await? {
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

    /// Replaces what a worker said of the page that was submitted last. Votes stay as they are: what is said now is added.
    async fn correct_for(&self, tx: &mut Tx, worker: i64, submission: &Submission) -> Outcome<Corrected> {
        check_key(&submission.key)?;
        let (id, now, body) = (submission.assignment, self.world.now(), body_hash(submission));
        let (assignment, project) = self.assigned(tx, worker, id).await?;
        if let Some(earlier) = tx.submission(worker, &submission.key).await? {
            same_body(&earlier, &body)?;
            return Ok(Corrected { project, changed: count(earlier.recorded) });
        }
        refuse_if_stopped(tx, worker, project).await?;
        if tx.last_submitted(worker, project).await?.map(|(last, _)| last) != Some(id) {
            return Err(Failure::conflict(say::not_last(locale())));
        }
        let said = self.said(tx, submission).await?;
        let mut bench = Bench::lock(tx, &self.tables, assignment.project_synset_id).await?;
        let (weights, table) = (bench.weights(tx, worker).await?, bench.table_id());
        let change = Change::between(&tx.given(worker, id).await?, &said, weights);
        let record = tx.insert_submission(worker, &submission.key, &body, id, table, now).await?;
        tx.record_votes(&change.votes, weights, worker, record, now).await?;
        tx.insert_corrections(&change.corrections, worker, record, now).await?;
        tx.insert_reports(&change.reports, worker, record, now).await?;
        tx.change_tallies(&change.tallies).await?;
        let new_votes = i64::try_from(change.votes.len()).unwrap_or(i64::MAX);
        tx.count_for_the_hour(record, new_votes).await?;
        bench.add(tx, &CounterDelta { votes: new_votes, ..CounterDelta::default() }).await?;
        bench.judge(tx, &self.tables, &change.candidates(), now).await?;
        let changed = i64::try_from(change.tallies.len()).unwrap_or(i64::MAX);
        tx.finish_submission(record, changed, None).await?;
        Ok(Corrected { project, changed: count(changed) })
    }

    /// The screen of an assignment, or why there is none.
    async fn shown(&self, tx: &mut Tx, project: i64, leased: Leased) -> Outcome<Next> {
        let assignment = match leased {
            Leased::Batch(assignment) => assignment,
            Leased::First(first) => return Ok(Next::Preface(first)),
            Leased::Nothing => {
                let idle = match tx.open_synsets(project).await? {
                    0 => Idle::AllSettled,
                    _ if tx.is_budget_spent(project).await? => Idle::EnoughVotes,
                    _ => Idle::NothingForYouNow,
                };
                return Ok(Next::Nothing(idle));
            }
        };
        let synset = synset_of(tx, &assignment).await?;
        let tiles = tx.assignment_candidates(assignment.assignment_id).await?;
        Ok(Next::Batch(Batch {
            assignment: assignment.assignment_id,
            project,
            synset: self.head(tx, synset.wnid, &assignment).await?,
            tiles: tiles.iter().map(|row| tile(row.candidate_id, &row.sha256)).collect(),
            expires_at: assignment.expires_at,
            key: submission_key(&assignment),
        }))
    }

    /// The synset that a batch asks about, with example pictures that are not in the batch.
    async fn head(&self, tx: &mut Tx, wnid: Wnid, assignment: &AssignmentRow) -> Outcome<SynsetHead> {
        let mut head = synset_head(&self.world.ontology.get(), wnid)?;
        let most = i64::try_from(EXAMPLES).unwrap_or(i64::MAX);
        for row in tx.examples(assignment.project_synset_id, assignment.assignment_id, most).await? {
            let of_its_kind = if row.shows { &mut head.shown_by } else { &mut head.not_shown_by };
            if of_its_kind.len() < EXAMPLES {
                of_its_kind.push(picture_addresses(&row.sha256).0);
            }
        }
        Ok(head)
    }
}

async fn synset_of(tx: &mut Tx, assignment: &AssignmentRow) -> Outcome<ProjectSynsetRow> {
    let missing = || Failure::Defect(format!("assignment {} has no synset", assignment.assignment_id));
    tx.project_synset_by_id(assignment.project_synset_id).await?.ok_or_else(missing)
}

/// Why the worker's answers in the project don't count, if they don't.
async fn stopped(tx: &mut Tx, worker: i64, project: i64) -> Outcome<Option<String>> {
    let newest = tx.exclusion(project, worker).await?;
    Ok(newest.filter(|decision| decision.excluded).map(|decision| decision.reason))
}

async fn refuse_if_stopped(tx: &mut Tx, worker: i64, project: i64) -> Outcome<()> {
    match stopped(tx, worker, project).await? {
        None => Ok(()),
        Some(reason) => Err(Failure::forbidden(say::stopped(locale(), reason))),
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
