//! The engine over votes that were recorded elsewhere: what it would have asked, what it would have found, and how true
//! what it states is.
//!
//! A draw chooses each synset's initial sample, then serves every task's votes in a random order until the engine settles
//! the task. Nothing is asked that was not recorded: a task whose votes end before it is settled stays undecided.

mod asking;
mod counted;
mod counting;
mod engine;
mod figures;

pub use figures::{Bin, Figures, Report};

use crate::consensus::{self, Agreement, Answer, Policy, Tally, agreement, training::WorkerNumber};
use figures::Tallies;

/// Votes of nobody in particular, as in files that only count them.
pub const ANONYMOUS: WorkerNumber = WorkerNumber::MAX;

/// One image with the question whether it shows one synset.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// The synset, by its place in [`Recording::synsets`].
    pub synset: usize,
    /// Who said what; [`ANONYMOUS`] any number of times, everybody else once.
    pub votes: Vec<(WorkerNumber, Answer)>,
    /// Whether it shows the synset, where that is known.
    pub truth: Option<bool>,
}

/// Recorded votes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// Names of the synsets.
    pub synsets: Vec<String>,
    /// How many workers there are; each is known by a number below.
    pub workers: usize,
    /// The tasks.
    pub tasks: Vec<Task>,
}

/// Who decides, and when asking stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// As a project can choose. The full method leans on all synsets, has prevalence offsets, and audits.
    Engine(consensus::Method),
    /// The counted table of each synset, with the majority as truth: to compare with, not to decide by.
    Counted,
}

impl Method {
    /// The method that a project can choose, if it is one.
    #[must_use]
    pub const fn engine(self) -> Option<consensus::Method> {
        match self {
            Self::Engine(method) => Some(method),
            Self::Counted => None,
        }
    }
}

/// How a replay is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Who decides.
    pub method: Method,
    /// The levels and the cap; the methods that always ask as many votes use the target alone.
    pub policy: Policy,
    /// Images in the initial sample of each synset.
    pub initial: usize,
    /// Images of the initial sample that an expert labels, by the truth: three quarters of them where more than a quarter
    /// of the votes say yes. They are left out of precision and recall.
    pub anchors: usize,
    /// Answers of each worker that are compared with the truth beforehand (full policy).
    pub gold: usize,
    /// Accepted images of each synset that an expert looks at afterwards (full policy); what turns out bad is no longer accepted.
    pub audit: usize,
    /// Chooses all draws.
    pub seed: u64,
    /// How many draws; figures are their means.
    pub draws: u32,
}

/// Runs all draws.
#[must_use]
pub fn replay(recording: &Recording, settings: &Settings) -> Report {
    let draws = settings.draws.max(1);
    let each: Vec<Vec<Tallies>> = (0..draws)
        .map(|draw| {
            let seed = derived(settings.seed, u64::from(draw));
            match settings.method {
                Method::Counted => counted::draw(recording, settings, seed),
                Method::Engine(method) if method.fixed_votes().is_some() => {
                    counting::draw(recording, settings, seed)
                }
                Method::Engine(_) => engine::draw(recording, settings, seed),
            }
        })
        .collect();
    Report::of(&recording.synsets, &each, agreements(recording))
}

/// How far all recorded votes agree: on each synset, and on all of them.
fn agreements(recording: &Recording) -> (Vec<Option<Agreement>>, Option<Agreement>) {
    let tally = |task: &Task| task.votes.iter().map(|(_, answer)| *answer).collect::<Tally>();
    let of_synset = |places: &Vec<usize>| {
        agreement(places.iter().filter_map(|place| recording.tasks.get(*place)).map(tally))
    };
    (by_synset(recording).iter().map(of_synset).collect(), agreement(recording.tasks.iter().map(tally)))
}

/// The tasks of each synset.
fn by_synset(recording: &Recording) -> Vec<Vec<usize>> {
    let mut tasks = vec![Vec::new(); recording.synsets.len()];
    for (place, task) in recording.tasks.iter().enumerate() {
        if let Some(of_synset) = tasks.get_mut(task.synset) {
            of_synset.push(place);
        }
    }
    tasks
}

/// A seed of its own for one of many uses of a seed (Steele et al., "Fast splittable pseudorandom number generators", 2014).
fn derived(seed: u64, number: u64) -> u64 {
    let mut mixed = seed.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
