//! What the writes of a group ask for, read for all of them at once.

use super::{Asked, Group};
use crate::service::Outcome;
use std::collections::BTreeSet;

impl Group {
    pub(super) async fn read_ahead(&mut self, asked: &[Asked]) -> Outcome<()> {
        // It is waited for these first, ascending, while nothing else is locked: two servers can't wait for each other.
        let waits: BTreeSet<i64> = asked.iter().filter_map(|asked| asked.waits_for).collect();
        if !waits.is_empty() {
            self.hold_all(&waits.into_iter().collect::<Vec<_>>()).await?;
        }
        let ids: BTreeSet<i64> = asked.iter().filter_map(|asked| asked.assignment).collect();
        if !ids.is_empty() {
            self.read_assignments(&ids.into_iter().collect::<Vec<_>>()).await?;
        }
        self.read_people(asked).await?;
        self.read_submissions(asked).await
    }

    /// Locks the synsets of these assignments and reads them, but for those that another server is in: for the sake of the others.
    async fn read_assignments(&mut self, ids: &[i64]) -> Outcome<()> {
        let mut synsets = self.tx.synsets_of_assignments(ids).await?;
        synsets.retain(|synset| !self.held.contains_key(synset));
        for row in self.tx.hold_free_synsets(&synsets).await? {
            self.hold_row(row).await?;
        }
        // What is read after the lock is true until the commit: a page that is answered meanwhile, and who is excluded.
        for row in self.tx.placed_assignments(ids).await? {
            let (id, synset) = (row.assignment.assignment_id, row.assignment.project_synset_id);
            if self.held.contains_key(&synset) {
                self.assignments.insert(id, row);
            } else {
                self.elsewhere.insert(id, synset);
            }
        }
        Ok(())
    }

    async fn read_people(&mut self, asked: &[Asked]) -> Outcome<()> {
        let project_of = |asked: &Asked| {
            asked.project.or_else(|| Some(self.assignments.get(&asked.assignment?)?.project_id))
        };
        let pairs: BTreeSet<(i64, i64)> =
            asked.iter().filter_map(|asked| Some((asked.worker, project_of(asked)?))).collect();
        if pairs.is_empty() {
            return Ok(());
        }
        let pairs: Vec<(i64, i64)> = pairs.into_iter().collect();
        for row in self.tx.participants(&pairs).await? {
            self.participants.insert((row.account_id, row.project_id), row);
        }
        let workers: BTreeSet<i64> = pairs.iter().map(|(worker, _)| *worker).collect();
        let workers: Vec<i64> = workers.into_iter().collect();
        self.open = workers.iter().map(|worker| (*worker, Vec::new())).collect();
        for row in self.tx.open_assignments(&workers, self.now).await? {
            self.open.entry(row.assignment.account_id).or_default().push(row);
        }
        Ok(())
    }

    async fn read_submissions(&mut self, asked: &[Asked]) -> Outcome<()> {
        let keys: Vec<(i64, &str)> =
            asked.iter().filter_map(|asked| Some((asked.worker, asked.key.as_deref()?))).collect();
        if keys.is_empty() {
            return Ok(());
        }
        for (worker, key) in &keys {
            self.submissions.insert((*worker, (*key).to_owned()), None);
        }
        for row in self.tx.submissions(&keys).await? {
            self.submissions.insert((row.account_id, row.submission_key.clone()), Some(row));
        }
        let answering = asked.iter().filter(|asked| asked.key.is_some());
        let pages = answering.filter_map(|asked| {
            let page = &self.assignments.get(&asked.assignment?)?.assignment;
            Some(page.candidates.0.iter().map(|candidate| (*candidate, asked.worker)))
        });
        let pairs: BTreeSet<(i64, i64)> = pages.flatten().collect();
        let candidates: BTreeSet<i64> = pairs.iter().map(|(candidate, _)| *candidate).collect();
        self.read_states(&candidates.into_iter().collect::<Vec<_>>()).await?;
        self.voted = self.tx.voted(&pairs.into_iter().collect::<Vec<_>>()).await?.into_iter().collect();
        Ok(())
    }

    pub(super) async fn read_states(&mut self, candidates: &[i64]) -> Outcome<()> {
        for state in self.tx.candidate_states(candidates).await? {
            self.states.insert(state.candidate_id, state);
        }
        Ok(())
    }
}
