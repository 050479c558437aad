//! What the writes of one transaction share: synsets that are locked once, rows that are read and written together.

mod ahead;
mod lookup;

use super::memory::{Desk, Held, Memory};
use super::pending::Pending;
use crate::service::judging::{Bench, Tables};
use crate::service::settings::of_project;
use crate::service::{Failure, Outcome};
use crate::world::World;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use store::candidates::CandidateState;
use store::labeling::{
    ActiveSynset, AssignmentRow, NewSubmission, ParticipantRow, PlacedAssignmentRow, SubmissionRow,
};
use store::projects::{CounterDelta, ProjectRow, ProjectSynsetRow};
use store::work::TermsRow;
use store::{StoreError, Tx};
use tokio::time::Instant;

/// What a write will ask for: it is read for all writes of a group at once.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Who writes.
    pub(super) worker: i64,
    /// In which project, where the caller knows.
    pub(super) project: Option<i64>,
    /// About which assignment.
    pub(super) assignment: Option<i64>,
    /// The key of a submission.
    pub(super) key: Option<String>,
    /// It was put off before, because another server was in a synset: now it is waited for.
    pub(in crate::service) waits_for: Option<Wait>,
}

/// A synset that a write waits for.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    pub(in crate::service) synset: i64,
    /// When the write was put off for the first time.
    pub(in crate::service) since: Instant,
}

/// A project as a group finds it.
pub(super) struct Project {
    pub(super) row: ProjectRow,
    pub(super) terms: Option<TermsRow>,
    /// How many people of a cohort may be asked about an image.
    pub(super) cohort_limit: Option<i64>,
    /// Votes that it may have beyond those of the group so far; none: any number.
    pub(super) votes_left: Option<i64>,
    active: Option<Arc<Active>>,
}

/// The synsets of a project that workers are asked about.
pub(super) struct Active {
    pub(super) synsets: Vec<ActiveSynset>,
    /// The highest priority among them.
    pub(super) first: i64,
}

/// A transaction, with what its writes have read and are going to write.
pub struct Group {
    pub(super) world: World,
    pub(super) tables: Tables,
    memory: Memory,
    tx: Tx,
    /// When all of it happens.
    pub(super) now: i64,
    writes: usize,
    /// The present write has changed something that is not pending.
    touched: bool,
    pub(super) pending: Pending,
    marked: usize,
    held: BTreeMap<i64, Held>,
    /// Synsets that another server was in when they were tried.
    busy: HashSet<i64>,
    projects: HashMap<i64, Project>,
    participants: HashMap<(i64, i64), ParticipantRow>,
    assignments: HashMap<i64, PlacedAssignmentRow>,
    /// Assignments that were asked for while another server was in their synsets, which stand beside them: nothing was read for them.
    elsewhere: HashMap<i64, i64>,
    /// What could be useful to the present write is a synset that another server is in.
    wants: Option<i64>,
    /// By worker, what is open, the oldest first.
    open: HashMap<i64, Vec<PlacedAssignmentRow>>,
    submissions: HashMap<(i64, String), Option<SubmissionRow>>,
    states: HashMap<i64, CandidateState>,
    /// (candidate, worker) where the worker has voted, of the assignments that were asked for.
    voted: HashSet<(i64, i64)>,
    assignment_ids: VecDeque<i64>,
    submission_ids: VecDeque<i64>,
}

impl Group {
    /// Begins a transaction and reads what its writes ask for. Who waits for a synset gets it, unless another server stays in it: the
    /// others don't wait for long.
    ///
    /// # Errors
    /// The database.
    pub async fn begin(world: &World, tables: &Tables, memory: &Memory, asked: &[Asked]) -> Outcome<Self> {
        match Self::begin_with(world, tables, memory, asked, true).await {
            Err(Failure::Store(error)) if error.is_locked() => {
                tracing::info!("another server stays in a synset that is waited for");
                Self::begin_with(world, tables, memory, asked, false).await
            }
            begun => begun,
        }
    }

    async fn begin_with(
        world: &World,
        tables: &Tables,
        memory: &Memory,
        asked: &[Asked],
        waits: bool,
    ) -> Outcome<Self> {
        let tx = world.store.begin().await?;
        let mut group = Self {
            world: world.clone(),
            tables: tables.clone(),
            memory: memory.clone(),
            tx,
            now: world.now(),
            writes: asked.len(),
            touched: false,
            pending: Pending::default(),
            marked: 0,
            held: BTreeMap::new(),
            busy: HashSet::new(),
            projects: HashMap::new(),
            participants: HashMap::new(),
            assignments: HashMap::new(),
            elsewhere: HashMap::new(),
            wants: None,
            open: HashMap::new(),
            submissions: HashMap::new(),
            states: HashMap::new(),
            voted: HashSet::new(),
            assignment_ids: VecDeque::new(),
            submission_ids: VecDeque::new(),
        };
        group.read_ahead(asked, waits).await?;
        Ok(group)
    }

    /// The next write begins.
    pub fn begin_write(&mut self) {
        self.touched = false;
        self.wants = None;
        self.marked = self.pending.len();
    }

    /// Whether the present write has done nothing yet: a refusal of it leaves nothing behind.
    pub fn is_untouched(&self) -> bool {
        !self.touched && self.marked == self.pending.len()
    }

    /// The transaction with everything in it that is pending, for reading what the group may have changed, and for writing.
    pub(super) async fn writing(&mut self) -> Outcome<&mut Tx> {
        self.flush().await?;
        self.touched = true;
        Ok(&mut self.tx)
    }

    /// The same, for reading alone.
    pub(super) async fn flushed(&mut self) -> Outcome<&mut Tx> {
        self.flush().await?;
        Ok(&mut self.tx)
    }

    /// The transaction without what is pending, for reading what nothing of it can have changed.
    pub(super) fn unchanged(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// Writes what is pending.
    async fn flush(&mut self) -> Outcome<()> {
        if self.pending.len() > 0 {
            // Of what is written now, some may be of the present write.
            self.touched |= self.pending.len() > self.marked;
            self.marked = 0;
            std::mem::take(&mut self.pending).write(&mut self.tx, self.now).await?;
        }
        Ok(())
    }

    /// Makes everything durable. What is remembered of the synsets is true again then.
    ///
    /// # Errors
    /// The database; then nothing is known to be durable, and nothing is remembered.
    pub async fn commit(mut self) -> Result<(), Failure> {
        self.flush().await?;
        let changed = self.held.iter().filter(|(_, held)| held.is_changed);
        let deltas: Vec<(i64, CounterDelta)> = changed.map(|(id, held)| (*id, held.delta)).collect();
        self.tx.advance(&deltas).await?;
        let begun = Instant::now();
        self.tx.commit().await?;
        self.world.meter.commit_seconds.observe(begun.elapsed().as_secs_f64());
        for (id, held) in self.held {
            if let Some(desk) = held.desk {
                self.memory.keep(id, held.bench.synset.revision + i64::from(held.is_changed), desk);
            }
        }
        Ok(())
    }

    /// Undoes everything; for writes that have done nothing, so that what is remembered of their synsets is still true.
    ///
    /// # Errors
    /// The database.
    pub async fn rollback(self) -> Result<(), StoreError> {
        let is_untouched = self.is_untouched();
        self.tx.rollback().await?;
        for (id, held) in self.held.into_iter().filter(|_| is_untouched) {
            if let Some(desk) = held.desk {
                self.memory.keep(id, held.bench.synset.revision, desk);
            }
        }
        Ok(())
    }

    /// The assignment is answered.
    pub(super) fn close(&mut self, worker: i64, id: i64) {
        let now = self.now;
        if let Some(row) = self.assignments.get_mut(&id) {
            row.assignment.submitted_at = Some(now);
            if let Some(held) = self.held.get_mut(&row.assignment.project_synset_id) {
                held.is_changed = true;
                if let Some(desk) = &mut held.desk {
                    desk.scheduler.release(id);
                }
            }
        }
        if let Some(open) = self.open.get_mut(&worker) {
            open.retain(|row| row.assignment.assignment_id != id);
        }
        self.pending.closed.push(id);
    }

    /// Hands an assignment out.
    pub(super) fn hand_out(&mut self, project: i64, assignment: AssignmentRow) {
        let placed = PlacedAssignmentRow { project_id: project, assignment: assignment.clone() };
        self.open.entry(assignment.account_id).or_default().push(placed);
        if let Some(held) = self.held.get_mut(&assignment.project_synset_id) {
            held.is_changed = true;
        }
        if let Some(person) = self.participants.get_mut(&(assignment.account_id, project)) {
            person.last_synset = Some(assignment.project_synset_id);
        }
        self.pending.assignments.push(assignment);
    }

    /// Records a submission.
    pub(super) fn submit(&mut self, new: NewSubmission) {
        // Whoever asks for this key now has to look again.
        self.submissions.remove(&(new.account_id, new.submission_key.clone()));
        self.pending.submissions.push(new);
    }

    /// Notes what the worker is handed after a submission of this group.
    pub(super) async fn hand_out_after(&mut self, submission: i64, next: Option<i64>) -> Outcome<()> {
        let pending = self.pending.submissions.iter_mut().rev().find(|new| new.submission_id == submission);
        match pending {
            Some(new) => new.next_assignment_id = next,
            None if next.is_some() => self.writing().await?.set_next_assignment(submission, next).await?,
            None => {}
        }
        Ok(())
    }

    /// An id for an assignment.
    pub(super) async fn assignment_id(&mut self) -> Outcome<i64> {
        if self.assignment_ids.is_empty() {
            let number = self.writes;
            self.flush().await?;
            self.assignment_ids = self.tx.assignment_ids(number).await?.into();
        }
        self.assignment_ids.pop_front().ok_or_else(|| Failure::Defect("no id for an assignment".to_owned()))
    }

    /// An id for a submission.
    pub(super) async fn submission_id(&mut self) -> Outcome<i64> {
        if self.submission_ids.is_empty() {
            let number = self.writes;
            self.flush().await?;
            self.submission_ids = self.tx.submission_ids(number).await?.into();
        }
        self.submission_ids.pop_front().ok_or_else(|| Failure::Defect("no id for a submission".to_owned()))
    }

    /// A synset that is held.
    pub(super) fn held(&mut self, synset: i64) -> Outcome<&mut Held> {
        self.held.get_mut(&synset).ok_or_else(|| Failure::Defect(format!("synset {synset} is not locked")))
    }

    /// The synset of what a write asks for, where another server was in it, so that it has to come again.
    pub fn elsewhere(&self, asked: &Asked) -> Option<i64> {
        self.elsewhere.get(&asked.assignment?).copied()
    }

    /// Notes that the present write could use this synset, if another server were not in it.
    pub(super) fn want(&mut self, synset: i64) {
        self.wants = Some(synset);
    }

    /// The synset that the present write could use.
    pub fn wanted(&mut self) -> Option<i64> {
        self.wants.take()
    }

    /// Locks a synset that the group has not locked yet; false when another server has it, or nobody knows it.
    pub(super) async fn try_hold(&mut self, synset: i64) -> Outcome<bool> {
        if self.held.contains_key(&synset) {
            return Ok(true);
        }
        if self.busy.contains(&synset) {
            return Ok(false);
        }
        let Some(row) = self.tx.try_hold_synset(synset).await? else {
            self.busy.insert(synset);
            return Ok(false);
        };
        self.hold_row(row).await?;
        Ok(true)
    }

    async fn hold_row(&mut self, row: ProjectSynsetRow) -> Outcome<()> {
        let id = row.project_synset_id;
        let desk = self.memory.take(id, row.revision);
        let table = match &desk {
            Some(desk) => Held::table_of(desk),
            None => self.tables.newest(&mut self.tx, &row).await?,
        };
        let project = self.project(row.project_id).await?;
        let bench = Bench::of(row, &project.row, table);
        self.held.insert(id, Held::of(bench, desk));
        Ok(())
    }

    /// What is known of a synset that is held, and its table.
    pub(super) async fn desk(&mut self, synset: i64) -> Outcome<(&Bench, &mut Desk)> {
        if self.held(synset)?.desk.is_none() {
            // What is pending of it would be missing.
            if self.held(synset)?.is_changed {
                self.flush().await?;
            }
            let now = self.now;
            let bench = self.held(synset)?.bench.clone();
            let of_project = of_project(&self.project(bench.synset.project_id).await?.row);
            let mut desk = Desk::read(&mut self.tx, &bench, of_project, now).await?;
            desk.scheduler.expire(now);
            self.held(synset)?.desk = Some(desk);
        }
        let held = self.held(synset)?;
        let missing = || Failure::Defect(format!("nothing is remembered of synset {synset}"));
        Ok((&held.bench, held.desk.as_mut().ok_or_else(missing)?))
    }

    /// A candidate is this from now on.
    pub(super) fn set_state(&mut self, state: CandidateState) {
        self.states.insert(state.candidate_id, state);
    }

    /// Whether a worker has voted on a candidate of a page that the group was asked about.
    pub(super) fn has_voted(&self, candidate: i64, worker: i64) -> bool {
        self.voted.contains(&(candidate, worker))
    }

    /// The worker has voted on the candidate now.
    pub(super) fn note_vote(&mut self, candidate: i64, worker: i64) {
        self.voted.insert((candidate, worker));
    }

    /// A synset's candidates have changed in other ways than by the votes of this group: they are read again.
    pub(super) fn forget(&mut self, synset: i64) -> Outcome<()> {
        self.states.clear();
        self.held(synset)?.desk = None;
        Ok(())
    }

    /// The synset's bench and the transaction, for reading what this group has not changed.
    pub(super) fn bench_only(&mut self, synset: i64) -> Outcome<(&mut Bench, &mut Tx, &Tables)> {
        let held = self.held.get_mut(&synset);
        let held = held.ok_or_else(|| Failure::Defect(format!("synset {synset} is not locked")))?;
        Ok((&mut held.bench, &mut self.tx, &self.tables))
    }

    /// The synset's bench and the transaction, with everything in it that is pending.
    pub(super) async fn bench(&mut self, synset: i64) -> Outcome<(&mut Bench, &mut Tx, &Tables)> {
        self.flush().await?;
        self.touched = true;
        self.held(synset)?.is_changed = true;
        self.bench_only(synset)
    }

    /// Whether a synset need not be read again, most likely.
    pub(super) fn is_remembered(&self, synset: i64) -> bool {
        self.held.get(&synset).map_or_else(|| self.memory.knows(synset), |held| held.desk.is_some())
    }

    /// Whether a synset that the group has not locked has nothing for a worker, as far as that is remembered. What changes from now on
    /// would have come too late a moment later as well.
    pub(super) fn has_nothing_for(&self, worker: i64, project: i64, synset: &ActiveSynset) -> bool {
        let Some(settings) = self.projects.get(&project).map(|project| of_project(&project.row)) else {
            return false;
        };
        let id = synset.project_synset_id;
        let is_elsewhere = !self.world.peers.now().is_first_for(id);
        !self.held.contains_key(&id)
            && self.memory.has_nothing_for(worker, synset, &settings, is_elsewhere, self.now)
    }

    /// How many holds there are in a synset, as far as it is remembered.
    pub(super) fn holds(&mut self, synset: i64) -> u64 {
        match self.held.get_mut(&synset) {
            Some(held) => held.desk.as_mut().map_or(0, |desk| {
                desk.scheduler.expire(self.now);
                desk.scheduler.held()
            }),
            None => self.memory.held(synset, self.now),
        }
    }
}
