//! What the writes of a group ask for, read for all of them at once.

use super::{Asked, Group};
use crate::service::Outcome;
use std::collections::BTreeSet;
use std::time::Duration;

/// How long a group waits for a synset that another server is in. Its own groups leave it sooner; while a table is built it may take longer.
const PATIENCE: Duration = Duration::from_millis(750);
/// How many synsets a group waits for.
const MOST_WAITED_FOR: usize = 4;

impl Group {
    pub(super) async fn read_ahead(&mut self, asked: &[Asked], waits: bool) -> Outcome<()> {
        let ids: BTreeSet<i64> = asked.iter().filter_map(|asked| asked.assignment).collect();
        let ids: Vec<i64> = ids.into_iter().collect();
        self.lock(asked, &ids, waits).await?;
        if !ids.is_empty() {
            self.read_assignments(&ids).await?;
        }
        self.read_people(asked).await?;
        self.read_submissions(asked).await
    }

    /// Locks the synsets of these assignments, and those that were waited for, but for those that another server is in. If `waits`, it is
    /// waited for some of the latter, the eldest, while nothing else is locked, ascending: two servers can't wait for each other.
    async fn lock(&mut self, asked: &[Asked], ids: &[i64], waits: bool) -> Outcome<()> {
        let waited: Vec<i64> = asked.iter().filter_map(|asked| Some(asked.waits_for?.synset)).collect();
        let mut rows = Vec::new();
        if waits && !waited.is_empty() {
            let eldest: BTreeSet<i64> = waited.iter().copied().take(MOST_WAITED_FOR).collect();
            rows = self.tx.hold_synsets_within(&eldest.into_iter().collect::<Vec<_>>(), PATIENCE).await?;
        }
        let mut synsets: BTreeSet<i64> = waited.into_iter().collect();
        if !ids.is_empty() {
            synsets.extend(self.tx.synsets_of_assignments(ids).await?);
        }
        for row in &rows {
            synsets.remove(&row.project_synset_id);
        }
        if !synsets.is_empty() {
            rows.extend(self.tx.hold_free_synsets(&synsets.into_iter().collect::<Vec<_>>()).await?);
        }
        // Only now are projects read: no synset is judged by settings from before its lock.
        for row in rows {
            self.hold_row(row).await?;
        }
        Ok(())
    }

    /// Reads these assignments, but for those in whose synsets another server is.
    async fn read_assignments(&mut self, ids: &[i64]) -> Outcome<()> {
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
