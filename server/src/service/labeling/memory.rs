//! What a server remembers of synsets between transactions, so that it need not ask the database again: true for one revision of each.

use crate::service::Outcome;
use crate::service::judging::Bench;
use app::api::labeling::EXAMPLES;
use domain::consensus::Calibration;
use domain::scheduling::{OpenImage, Scheduler, place_in_order};
use domain::wnid::Wnid;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use store::Tx;
use store::labeling::{ActiveSynset, OpenRow};
use store::projects::{CounterDelta, ProjectSettings};
use store::work::ExampleRow;
use tokio::time::{Duration, Instant};

/// How long the same pictures are shown beside pages. To find the surest, all of a synset are looked through.
const EXAMPLES_LAST: Duration = Duration::from_mins(1);

/// How long what was true of a synset that another server hands out first is not asked for again: people who find nothing come again
/// later, and whoever reads the synset holds up the other server in it.
const MOMENT: Duration = Duration::from_secs(1);

/// Candidates that are read in one piece.
const READ_AT_ONCE: usize = 20_000;

/// What all synsets together may weigh: about half a gigabyte.
const MOST_WEIGHT: usize = 512 * 1024 * 1024;

/// The SHA-256 of an image.
pub(super) type Hash = [u8; 32];

/// A synset in memory.
pub(super) struct Desk {
    /// Which revision of the synset all of this is true for.
    revision: i64,
    /// What the needs were computed by, and what all synsets of the project had then.
    settings: ProjectSettings,
    of_project: ProjectSettings,
    table: Option<(i64, Arc<Calibration>)>,
    pub(super) scheduler: Scheduler,
    /// The hashes of the images that are scheduled, ascending by candidate.
    pictures: Vec<(i64, Hash)>,
    /// About how many bytes it took then.
    weight: usize,
    /// Known pictures that may stand among others, and what they show.
    pub(super) gold: Vec<(i64, bool)>,
    /// (worker, known picture) that was answered.
    pub(super) gold_answered: HashSet<(i64, i64)>,
    /// Workers who need no more preparation, with the known pictures that they have practised on.
    pub(super) admitted: HashMap<i64, BTreeSet<i64>>,
    /// When it was put into memory.
    used: Instant,
}

impl Desk {
    /// Reads a synset that is locked.
    pub(super) async fn read(
        tx: &mut Tx,
        bench: &Bench,
        of_project: ProjectSettings,
        now: i64,
    ) -> Outcome<Self> {
        let id = bench.synset.project_synset_id;
        let is_asked_about = |row: &OpenRow| bench.table.is_some() || row.in_initial_sample;
        let mut open = tx.open_candidates(id, READ_AT_ONCE).await?;
        open.retain(is_asked_about);
        let pictures = open.iter().filter_map(|row| Some((row.candidate_id, hash(&row.sha256)?))).collect();
        let seed = bench.synset.sample_seed.unwrap_or(id).cast_unsigned();
        open.sort_by_cached_key(|row| place_in_order(seed, row.candidate_id, row.serving_rank));
        let images: Vec<OpenImage> = open
            .iter()
            .map(|row| OpenImage {
                candidate: row.candidate_id,
                need: bench.need(row.known.facts(), row.in_initial_sample),
            })
            .collect();
        let mut scheduler = Scheduler::new(&images);
        let shown = i64::try_from(EXAMPLES).unwrap_or(i64::MAX);
        let gold = match bench.settings.method.weighs_votes() {
            true => tx.gold_beyond(id, shown).await?,
            false => Vec::new(),
        };
        let mut gold_answered = HashSet::new();
        let known = gold.iter().map(|(candidate, _)| *candidate);
        let asked: BTreeSet<i64> = open.iter().map(|row| row.candidate_id).chain(known).collect();
        for (worker, candidate) in tx.who_answered(&asked.into_iter().collect::<Vec<_>>()).await? {
            scheduler.saw(worker, candidate);
            if gold.binary_search_by_key(&candidate, |(id, _)| *id).is_ok() {
                gold_answered.insert((worker, candidate));
            }
        }
        for held in tx.live_assignments(id, now).await? {
            scheduler.hold(held.assignment_id, held.account_id, held.candidates.0, held.expires_at);
        }
        Ok(Self {
            revision: bench.synset.revision,
            settings: bench.settings.clone(),
            of_project,
            table: bench.table.clone(),
            scheduler,
            pictures,
            weight: 0,
            gold,
            gold_answered,
            admitted: HashMap::new(),
            used: Instant::now(),
        })
    }

    /// The hash of a scheduled candidate's image.
    pub(super) fn picture(&self, candidate: i64) -> Option<Hash> {
        let place = self.pictures.binary_search_by_key(&candidate, |(id, _)| *id).ok()?;
        self.pictures.get(place).map(|(_, hash)| *hash)
    }

    /// About how many bytes it takes.
    fn weigh(&self) -> usize {
        const ENTRY: usize = 64;
        let admitted: usize = self.admitted.values().map(|practised| ENTRY + 32 * practised.len()).sum();
        self.scheduler.bytes()
            + 40 * self.pictures.len()
            + ENTRY * (1 + self.gold.len() + self.gold_answered.len())
            + admitted
    }

    /// The worker has answered about these candidates.
    pub(super) fn answered(&mut self, worker: i64, candidates: impl Iterator<Item = i64>) {
        for candidate in candidates {
            self.scheduler.saw(worker, candidate);
            if self.gold.binary_search_by_key(&candidate, |(id, _)| *id).is_ok() {
                self.gold_answered.insert((worker, candidate));
            }
        }
    }
}

/// The hash that a text of hexadecimal digits spells.
pub(super) fn hash(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).ok().map(|()| hash)
}

/// The synsets that are remembered. A clone is the same memory. Whoever works on a synset takes it out, and puts it back when what was
/// done is durable: what comes to nothing is forgotten with it.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Desks>>);

#[derive(Default)]
struct Desks {
    by_synset: HashMap<i64, Desk>,
    weight: usize,
    /// The synsets of rows: a row never gets another one.
    wnids: HashMap<i64, Wnid>,
    /// Pictures to show beside the pages of a synset, and when they were read. They need not be the newest.
    examples: HashMap<i64, (Instant, Arc<Vec<ExampleRow>>)>,
}

impl Desks {
    fn remove(&mut self, synset: i64) -> Option<Desk> {
        let desk = self.by_synset.remove(&synset)?;
        self.weight -= desk.weight;
        Some(desk)
    }
}

impl Memory {
    /// What is remembered of a synset, taken out, if it is still true.
    pub(super) fn take(&self, synset: i64, revision: i64) -> Option<Desk> {
        let mut desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        desks.remove(synset).filter(|desk| desk.revision == revision)
    }

    /// Remembers a synset, as it is at this revision. What was not needed for longest is forgotten for it.
    pub(super) fn keep(&self, synset: i64, revision: i64, mut desk: Desk) {
        let mut desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (desk.revision, desk.used, desk.weight) = (revision, Instant::now(), desk.weigh());
        desks.remove(synset);
        desks.weight += desk.weight;
        desks.by_synset.insert(synset, desk);
        while desks.weight > MOST_WEIGHT
            && let Some(oldest) = desks.by_synset.iter().min_by_key(|(_, desk)| desk.used).map(|(id, _)| *id)
        {
            desks.remove(oldest);
        }
    }

    /// Whether anything is remembered of a synset.
    pub(super) fn knows(&self, synset: i64) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_synset.contains_key(&synset)
    }

    /// Whether a synset at this revision, under these settings of its project, has nothing for a worker at `now`; false where it is not
    /// known. Of a synset that another server hands out first, what was true a moment ago is good enough.
    pub(super) fn has_nothing_for(
        &self,
        worker: i64,
        synset: &ActiveSynset,
        of_project: &ProjectSettings,
        is_elsewhere: bool,
        now: i64,
    ) -> bool {
        let mut desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(desk) = desks.by_synset.get_mut(&synset.project_synset_id) else { return false };
        let is_known = desk.revision == synset.revision || is_elsewhere && desk.used.elapsed() < MOMENT;
        if !is_known || desk.of_project != *of_project {
            return false;
        }
        desk.scheduler.expire(now);
        desk.scheduler.useful_to(worker).next().is_none()
    }

    /// The images of these candidates of a synset, as far as they are remembered: a candidate never gets another one.
    pub(super) fn pictures(&self, synset: i64, candidates: &[i64]) -> Vec<Option<Hash>> {
        let desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let desk = desks.by_synset.get(&synset);
        candidates.iter().map(|id| desk?.picture(*id)).collect()
    }

    /// Which synset a row is about, if it is remembered.
    pub(super) fn wnid(&self, synset: i64) -> Option<Wnid> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).wnids.get(&synset).copied()
    }

    /// Remembers which synset a row is about.
    pub(super) fn keep_wnid(&self, synset: i64, wnid: Wnid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).wnids.insert(synset, wnid);
    }

    /// Pictures to show beside the pages of a synset, if they were read a short while ago.
    pub(super) fn examples(&self, synset: i64) -> Option<Arc<Vec<ExampleRow>>> {
        let desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, rows) = desks.examples.get(&synset)?;
        (at.elapsed() < EXAMPLES_LAST).then(|| rows.clone())
    }

    /// Remembers pictures to show beside the pages of a synset, for a short while.
    pub(super) fn keep_examples(&self, synset: i64, rows: Arc<Vec<ExampleRow>>) {
        let mut desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        desks.examples.retain(|_, (at, _)| at.elapsed() < EXAMPLES_LAST);
        desks.examples.insert(synset, (Instant::now(), rows));
    }

    /// How many holds there are in a synset at `now`, as far as it is remembered.
    pub(super) fn held(&self, synset: i64, now: i64) -> u64 {
        let mut desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(desk) = desks.by_synset.get_mut(&synset) else { return 0 };
        desk.scheduler.expire(now);
        desk.scheduler.held()
    }
}

/// A synset that a group has locked.
pub(super) struct Held {
    pub(super) bench: Bench,
    /// None: it has to be read, after everything that is pending is written.
    pub(super) desk: Option<Desk>,
    /// Its images, votes or holds are not what they were.
    pub(super) is_changed: bool,
    /// For the synset's counters, not written yet.
    pub(super) delta: CounterDelta,
}

impl Held {
    /// The synset's row, with what is remembered of it if it was made under the same settings.
    pub(super) fn of(bench: Bench, desk: Option<Desk>) -> Self {
        let desk = desk.filter(|desk| desk.settings == bench.settings);
        Self { bench, desk, is_changed: false, delta: CounterDelta::default() }
    }

    /// Adds to the synset's counters; they are written with the group.
    pub(super) fn count(&mut self, delta: &CounterDelta) {
        self.bench.count(delta);
        self.delta.add(delta);
        self.is_changed = true;
    }

    /// The table that is remembered: it need not be read again.
    pub(super) fn table_of(desk: &Desk) -> Option<(i64, Arc<Calibration>)> {
        desk.table.clone()
    }
}
