//! What came of a replay, counted and averaged.

use super::asking::Asked;
use crate::consensus::{Agreement, Verdict};

/// Lower ends of the bins in which confidences are compared with what is true.
const BINS: [f64; 9] = [0.0, 0.02, 0.1, 0.3, 0.7, 0.9, 0.97, 0.99, 0.997];

/// Counts of one synset in one draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tallies {
    tasks: f64,
    positive: f64,
    negative: f64,
    escalated: f64,
    undecided: f64,
    on_hold: f64,
    votes: f64,
    /// Σ confidence of positive tasks, without anchors.
    stated: f64,
    /// How many those are.
    by_votes: f64,
    /// Those of them with a known truth; those that are good.
    checked: f64,
    checked_good: f64,
    /// Good tasks, without anchors.
    good: f64,
    bins: [BinTally; BINS.len()],
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct BinTally {
    tasks: f64,
    stated: f64,
    good: f64,
}

impl Tallies {
    pub(super) fn add(&mut self, task: &Asked, truth: Option<bool>) {
        self.asked(task, truth);
        match task.verdict {
            Verdict::Positive => self.positive += 1.0,
            Verdict::Negative => self.negative += 1.0,
            Verdict::Escalated => self.escalated += 1.0,
            Verdict::Undecided => self.undecided += 1.0,
        }
        if task.is_anchor {
            return;
        }
        if task.verdict == Verdict::Positive {
            self.by_votes += 1.0;
            self.stated += task.confidence;
            if let Some(good) = truth {
                self.checked += 1.0;
                self.checked_good += f64::from(u8::from(good));
            }
        }
        if let Some(good) = truth.filter(|_| task.verdict.is_settled()) {
            let place = BINS.iter().rposition(|low| task.confidence >= *low).unwrap_or(0);
            if let Some(bin) = self.bins.get_mut(place) {
                bin.tasks += 1.0;
                bin.stated += task.confidence;
                bin.good += f64::from(u8::from(good));
            }
        }
    }

    /// A task of a synset on hold: nothing of it is released.
    pub(super) fn hold(&mut self, task: &Asked, truth: Option<bool>) {
        self.asked(task, truth);
        self.on_hold += 1.0;
    }

    fn asked(&mut self, task: &Asked, truth: Option<bool>) {
        self.tasks += 1.0;
        self.votes += f64::from(task.tally.total());
        if !task.is_anchor {
            self.good += f64::from(u8::from(truth == Some(true)));
        }
    }

    fn merged<'a>(all: impl Iterator<Item = &'a Self>) -> Self {
        all.fold(Self::default(), |mut sum, one| {
            sum.tasks += one.tasks;
            sum.positive += one.positive;
            sum.negative += one.negative;
            sum.escalated += one.escalated;
            sum.undecided += one.undecided;
            sum.on_hold += one.on_hold;
            sum.votes += one.votes;
            sum.stated += one.stated;
            sum.by_votes += one.by_votes;
            sum.checked += one.checked;
            sum.checked_good += one.checked_good;
            sum.good += one.good;
            for (bin, other) in sum.bins.iter_mut().zip(&one.bins) {
                bin.tasks += other.tasks;
                bin.stated += other.stated;
                bin.good += other.good;
            }
            sum
        })
    }
}

/// What came of a synset, or of all: means over the draws. Shares are `None` where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// All tasks.
    pub tasks: f64,
    /// Accepted ones.
    pub positive: f64,
    /// Rejected ones.
    pub negative: f64,
    /// Those that go to an expert.
    pub escalated: f64,
    /// Those whose recorded votes ended too early.
    pub undecided: f64,
    /// Those of synsets on hold.
    pub on_hold: f64,
    /// Votes asked for.
    pub votes: f64,
    /// Those for each task.
    pub votes_per_image: Option<f64>,
    /// Those for each accepted task.
    pub votes_per_accepted: Option<f64>,
    /// The mean confidence of accepted tasks.
    pub stated_precision: Option<f64>,
    /// The share of accepted tasks that are good.
    pub measured_precision: Option<f64>,
    /// The share of good tasks that are accepted.
    pub recall: Option<f64>,
    /// How far all recorded votes agree, whether they were asked for or not.
    pub agreement: Option<Agreement>,
}

/// Settled tasks of similar confidence, over all synsets and draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Confidences from here on, up to the next bin.
    pub from: f64,
    /// Tasks with a known truth, for each draw.
    pub tasks: f64,
    /// Their mean confidence.
    pub stated: f64,
    /// The share of them that is good.
    pub good: f64,
}

/// All that came of a replay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Of all synsets.
    pub total: Figures,
    /// Of each, with its name.
    pub synsets: Vec<(String, Figures)>,
    /// How true confidences are; bins without tasks are left out.
    pub calibration: Vec<Bin>,
}

impl Report {
    pub(super) fn of(
        names: &[String],
        draws: &[Vec<Tallies>],
        (agreements, agreement): (Vec<Option<Agreement>>, Option<Agreement>),
    ) -> Self {
        let totals: Vec<Tallies> = draws.iter().map(|draw| Tallies::merged(draw.iter())).collect();
        let of_synset = |at: usize| Figures {
            agreement: agreements.get(at).copied().flatten(),
            ..Figures::mean(draws.iter().filter_map(|draw| draw.get(at)).map(Figures::of))
        };
        let all = Tallies::merged(totals.iter());
        let draws = totals.len().max(1) as f64;
        let bins = BINS.iter().zip(&all.bins).filter(|(_, bin)| bin.tasks > 0.0);
        Self {
            synsets: names.iter().enumerate().map(|(at, name)| (name.clone(), of_synset(at))).collect(),
            total: Figures { agreement, ..Figures::mean(totals.iter().map(Figures::of)) },
            calibration: bins
                .map(|(from, bin)| Bin {
                    from: *from,
                    tasks: bin.tasks / draws,
                    stated: bin.stated / bin.tasks,
                    good: bin.good / bin.tasks,
                })
                .collect(),
        }
    }
}

impl Figures {
    fn of(tallies: &Tallies) -> Self {
        let share = |part: f64, of: f64| (of > 0.0).then(|| part / of);
        Self {
            tasks: tallies.tasks,
            positive: tallies.positive,
            negative: tallies.negative,
            escalated: tallies.escalated,
            undecided: tallies.undecided,
            on_hold: tallies.on_hold,
            votes: tallies.votes,
            votes_per_image: share(tallies.votes, tallies.tasks),
            votes_per_accepted: share(tallies.votes, tallies.positive),
            stated_precision: share(tallies.stated, tallies.by_votes),
            measured_precision: share(tallies.checked_good, tallies.checked),
            recall: share(tallies.checked_good, tallies.good),
            agreement: None,
        }
    }

    /// How much more is stated than is true.
    #[must_use]
    pub fn stated_minus_measured(&self) -> Option<f64> {
        Some(self.stated_precision? - self.measured_precision?)
    }

    fn mean(all: impl Iterator<Item = Self>) -> Self {
        let all: Vec<Self> = all.collect();
        let number = |of: fn(&Self) -> f64| all.iter().map(of).sum::<f64>() / all.len().max(1) as f64;
        let known = |of: fn(&Self) -> Option<f64>| {
            let known: Vec<f64> = all.iter().filter_map(of).collect();
            (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
        };
        Self {
            tasks: number(|one| one.tasks),
            positive: number(|one| one.positive),
            negative: number(|one| one.negative),
            escalated: number(|one| one.escalated),
            undecided: number(|one| one.undecided),
            on_hold: number(|one| one.on_hold),
            votes: number(|one| one.votes),
            votes_per_image: known(|one| one.votes_per_image),
            votes_per_accepted: known(|one| one.votes_per_accepted),
            stated_precision: known(|one| one.stated_precision),
            measured_precision: known(|one| one.measured_precision),
            recall: known(|one| one.recall),
            agreement: None,
        }
    }
}
