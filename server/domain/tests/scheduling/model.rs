//! What a scheduler should answer, said once more without any cleverness: all is counted anew for each question.

use std::collections::{BTreeMap, BTreeSet};

use domain::scheduling::{OpenImage, Scheduler};

/// The facts that a database keeps, and the time.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub now: i64,
    /// In the order of serving, each once, with its need.
    pub images: Vec<(i64, u32)>,
    /// (worker, candidate)
    pub seen: BTreeSet<(i64, i64)>,
    /// By assignment; some may have expired.
    pub holds: BTreeMap<i64, Hold>,
}

#[derive(Clone, Debug)]
pub struct Hold {
    pub worker: i64,
    pub expires_at: i64,
    pub candidates: Vec<i64>,
}

/// All that a scheduler can be asked about these workers and candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    need: u64,
    held: u64,
    knows: Vec<i64>,
    holders: Vec<(i64, i64)>,
    /// By worker.
    held_by: Vec<BTreeSet<i64>>,
    useful_to: Vec<Vec<i64>>,
}

impl Model {
    pub fn new(images: &[(i64, u32)]) -> Self {
        let mut model = Self::default();
        for image in images {
            if model.images.iter().all(|(candidate, _)| *candidate != image.0) {
                model.images.push(*image);
            }
        }
        model
    }

    pub fn live(&self) -> impl Iterator<Item = &Hold> {
        self.holds.values().filter(|hold| hold.expires_at > self.now)
    }

    pub fn need(&self, candidate: i64) -> u32 {
        self.images.iter().find(|(image, _)| *image == candidate).map_or(0, |(_, need)| *need)
    }

    pub fn held(&self, candidate: i64) -> usize {
        self.live().flat_map(|hold| &hold.candidates).filter(|held| **held == candidate).count()
    }

    pub fn holds(&self, worker: i64, candidate: i64) -> bool {
        self.live().any(|hold| hold.worker == worker && hold.candidates.contains(&candidate))
    }

    fn useful_to(&self, worker: i64) -> Vec<i64> {
        let is_useful = |(candidate, need): &&(i64, u32)| {
            self.held(*candidate) < *need as usize
                && !self.seen.contains(&(worker, *candidate))
                && !self.holds(worker, *candidate)
        };
        self.images.iter().filter(is_useful).map(|(candidate, _)| *candidate).collect()
    }

    pub fn answers(&self, workers: &[i64], candidates: &[i64]) -> Answers {
        let held_by = |worker: &i64| {
            let mine = self.live().filter(|hold| hold.worker == *worker);
            mine.flat_map(|hold| hold.candidates.iter().copied()).collect()
        };
        let all = self.live().flat_map(|hold| hold.candidates.iter().map(|held| (*held, hold.worker)));
        let mut holders: Vec<_> = all.filter(|(held, _)| candidates.contains(held)).collect();
        holders.sort_unstable();
        let is_known = |candidate: &&i64| self.images.iter().any(|(image, _)| image == *candidate);
        Answers {
            need: self.images.iter().map(|(_, need)| u64::from(*need)).sum(),
            held: self.live().map(|hold| hold.candidates.len() as u64).sum(),
            knows: candidates.iter().filter(is_known).copied().collect(),
            holders,
            held_by: workers.iter().map(held_by).collect(),
            useful_to: workers.iter().map(|worker| self.useful_to(*worker)).collect(),
        }
    }

    /// Forgets what the database would not tell after a crash: settled images, and holds that have expired.
    pub fn forget(&mut self) {
        self.images.retain(|(_, need)| *need > 0);
        let now = self.now;
        self.holds.retain(|_, hold| hold.expires_at > now);
    }

    /// A scheduler made from what the database would tell.
    pub fn reloaded(&self) -> Scheduler {
        let open = self.images.iter().filter(|(_, need)| *need > 0);
        let open: Vec<_> = open.map(|&(candidate, need)| OpenImage { candidate, need }).collect();
        let mut scheduler = Scheduler::new(&open);
        for (worker, candidate) in &self.seen {
            scheduler.saw(*worker, *candidate);
        }
        for (assignment, hold) in self.holds.iter().filter(|(_, hold)| hold.expires_at > self.now) {
            scheduler.hold(*assignment, hold.worker, hold.candidates.clone(), hold.expires_at);
        }
        scheduler
    }
}

impl Answers {
    /// What the scheduler answers.
    pub fn of(scheduler: &Scheduler, workers: &[i64], candidates: &[i64]) -> Self {
        let mut holders = scheduler.holders(candidates);
        holders.sort_unstable();
        Self {
            need: scheduler.need(),
            held: scheduler.held(),
            knows: candidates.iter().filter(|candidate| scheduler.knows(**candidate)).copied().collect(),
            holders,
            held_by: workers.iter().map(|worker| scheduler.held_by(*worker)).collect(),
            useful_to: workers.iter().map(|worker| scheduler.useful_to(*worker).collect()).collect(),
        }
    }

    /// The same without the images that are known although they are settled: a reload does not know them.
    pub fn of_open_images(mut self, model: &Model) -> Self {
        self.knows.retain(|candidate| model.need(*candidate) > 0);
        self
    }
}
