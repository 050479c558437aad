//! What a write asks a group for: found among what was read ahead and what the group has decided, else in the database.

use super::{Active, Group, Project};
use crate::language::locale;
use crate::service::labeling::memory::Hash;
use crate::service::labeling::screens::{all_pictures, are_beside, unknown};
use crate::service::{Failure, Outcome};
use crate::texts::missing;
use app::api::labeling::EXAMPLES;
use domain::wnid::Wnid;
use std::sync::Arc;
use store::candidates::CandidateState;
use store::labeling::{ActiveSynset, AssignmentRow, ParticipantRow, PlacedAssignmentRow, SubmissionRow};
use store::projects::SynsetState;
use store::work::ExampleRow;

impl Group {
    /// A project, read once.
    pub(in crate::service::labeling) async fn project(&mut self, id: i64) -> Outcome<&mut Project> {
        if !self.projects.contains_key(&id) {
            let unknown = || Failure::not_found(missing::project(locale(), id.to_string()));
            let row = self.tx.project(id).await?.ok_or_else(unknown)?;
            let project = Project {
                row,
                terms: self.tx.terms(id).await?,
                cohort_limit: self.tx.cohort_limit(id).await?.flatten(),
                votes_left: self.tx.votes_left(id).await?,
                active: None,
            };
            // Votes that are pending are not in the sum yet.
            let pending: i64 = self
                .held
                .values()
                .filter(|held| held.bench.synset.project_id == id)
                .map(|held| held.delta.votes)
                .sum();
            let votes_left = project.votes_left.map(|left| (left - pending).max(0));
            self.projects.insert(id, Project { votes_left, ..project });
        }
        self.projects.get_mut(&id).ok_or_else(|| Failure::Defect(format!("project {id} was not kept")))
    }

    /// The synsets of a project that workers are asked about, read once.
    pub(in crate::service::labeling) async fn active(&mut self, project: i64) -> Outcome<Arc<Active>> {
        if let Some(known) = &self.project(project).await?.active {
            return Ok(known.clone());
        }
        let synsets = self.tx.active_synsets(project).await?;
        let first = synsets.iter().map(|synset| synset.priority).max().unwrap_or_default();
        let active = Arc::new(Active { synsets, first });
        self.project(project).await?.active = Some(active.clone());
        Ok(active)
    }

    /// How many synsets of a project are served and have open images, with everything that this group has decided.
    pub(in crate::service::labeling) async fn open_synsets(&mut self, project: i64) -> Outcome<usize> {
        let active = self.active(project).await?;
        let is_open = |synset: &&ActiveSynset| match self.held.get(&synset.project_synset_id) {
            Some(held) => {
                let row = &held.bench.synset;
                row.open() > 0 && matches!(row.state, SynsetState::Calibrating | SynsetState::Labelling)
            }
            None => true,
        };
        Ok(active.synsets.iter().filter(is_open).count())
    }

    /// A worker in a project.
    pub(in crate::service::labeling) async fn participant(
        &mut self,
        worker: i64,
        project: i64,
    ) -> Outcome<&ParticipantRow> {
        if !self.participants.contains_key(&(worker, project)) {
            for row in self.tx.participants(&[(worker, project)]).await? {
                self.participants.insert((row.account_id, row.project_id), row);
            }
        }
        let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
        self.participants.get(&(worker, project)).ok_or_else(unknown)
    }

    /// A worker's assignment.
    pub(in crate::service::labeling) async fn assignment(
        &mut self,
        worker: i64,
        id: i64,
    ) -> Outcome<PlacedAssignmentRow> {
        if !self.assignments.contains_key(&id) {
            // One that this group handed out itself is nobody's to answer yet, but may be asked for by its id.
            let tx = self.flushed().await?;
            for row in tx.placed_assignments(&[id]).await? {
                self.assignments.insert(id, row);
            }
        }
        let unknown = || Failure::not_found(missing::assignment(locale(), id.to_string()));
        let row = self.assignments.get(&id).filter(|row| row.assignment.account_id == worker);
        row.cloned().ok_or_else(unknown)
    }

    /// What a worker submitted under a key before, in this group too.
    pub(in crate::service::labeling) async fn earlier(
        &mut self,
        worker: i64,
        key: &str,
    ) -> Outcome<Option<SubmissionRow>> {
        let of = (worker, key.to_owned());
        if !self.submissions.contains_key(&of) {
            let found = self.flushed().await?.submissions(&[(worker, key)]).await?.into_iter().next();
            self.submissions.insert(of.clone(), found);
        }
        Ok(self.submissions.get(&of).cloned().flatten())
    }

    /// The worker's oldest open assignment in a project, other than `after`.
    pub(in crate::service::labeling) async fn open_assignment(
        &mut self,
        worker: i64,
        project: i64,
        after: Option<i64>,
    ) -> Outcome<Option<AssignmentRow>> {
        if !self.open.contains_key(&worker) {
            let now = self.now;
            let rows = self.flushed().await?.open_assignments(&[worker], now).await?;
            self.open.insert(worker, rows);
        }
        let fits = |row: &&PlacedAssignmentRow| {
            row.project_id == project && Some(row.assignment.assignment_id) != after
        };
        Ok(self.open.get(&worker).and_then(|open| open.iter().find(fits)).map(|row| row.assignment.clone()))
    }

    /// The wnid of a synset's row.
    pub(in crate::service::labeling) async fn wnid(&mut self, synset: i64) -> Outcome<Wnid> {
        if let Some(wnid) = self.memory.wnid(synset) {
            return Ok(wnid);
        }
        if let Some(held) = self.held.get(&synset) {
            let wnid = held.bench.synset.wnid;
            self.memory.keep_wnid(synset, wnid);
            return Ok(wnid);
        }
        let missing = || Failure::Defect(format!("there is no synset {synset}"));
        let wnid = self.tx.project_synset_by_id(synset).await?.ok_or_else(missing)?.wnid;
        self.memory.keep_wnid(synset, wnid);
        Ok(wnid)
    }

    /// The images of a page by candidate, in its order.
    pub(in crate::service::labeling) async fn pictures(
        &mut self,
        page: &AssignmentRow,
    ) -> Outcome<Vec<(i64, Hash)>> {
        let candidates = &page.candidates.0;
        let desk = self.held.get(&page.project_synset_id).and_then(|held| held.desk.as_ref());
        let known: Vec<Option<Hash>> = match desk {
            Some(desk) => candidates.iter().map(|candidate| desk.picture(*candidate)).collect(),
            None => self.memory.pictures(page.project_synset_id, candidates),
        };
        let unknown = unknown(page, &known);
        let read = match unknown.is_empty() {
            true => Vec::new(),
            false => self.tx.assigned_candidates(&unknown).await?,
        };
        Ok(all_pictures(page, known, &read))
    }

    /// Pictures to show beside a page, surest first: none that is on it.
    pub(in crate::service::labeling) async fn examples(
        &mut self,
        page: &AssignmentRow,
    ) -> Outcome<Vec<ExampleRow>> {
        let few = i64::try_from(EXAMPLES).unwrap_or(i64::MAX);
        let synset = page.project_synset_id;
        let known = match self.memory.examples(synset) {
            Some(known) => known,
            None => {
                let rows = Arc::new(self.tx.examples(synset, few).await?);
                self.memory.keep_examples(synset, rows.clone());
                rows
            }
        };
        if are_beside(&known, page) {
            return Ok(known.to_vec());
        }
        // So many that enough are left.
        let more = few + i64::try_from(page.candidates.0.len()).unwrap_or(0);
        let mut rows = self.tx.examples(synset, more).await?;
        rows.retain(|row| !page.candidates.0.contains(&row.candidate_id));
        Ok(rows)
    }

    /// What candidates are, with everything that this group has decided.
    pub(in crate::service::labeling) async fn states(
        &mut self,
        candidates: &[i64],
    ) -> Outcome<Vec<CandidateState>> {
        let unknown: Vec<i64> =
            candidates.iter().filter(|id| !self.states.contains_key(id)).copied().collect();
        if !unknown.is_empty() {
            self.flush().await?;
            self.read_states(&unknown).await?;
        }
        Ok(candidates.iter().filter_map(|id| self.states.get(id).cloned()).collect())
    }
}
