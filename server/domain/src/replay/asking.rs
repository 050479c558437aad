//! A task that is asked about: its votes in the order of this draw, and how far asking has come.

use super::{Task, derived};
use crate::consensus::{
    Answer, SampleImage, Tally, Verdict, VotedImage, Weighed, initial_need, training::WorkerNumber,
};
use crate::sampling::order;

/// One task in one draw.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Its place in the recording.
    pub task: usize,
    votes: Vec<(WorkerNumber, Answer)>,
    next: usize,
    /// The votes that were asked for, as they count.
    pub weighed: Weighed,
    /// The same, counted.
    pub tally: Tally,
    /// What an expert said.
    pub expert: Option<bool>,
    /// An expert said so before the votes were weighed: whatever the engine finds, it did not find that.
    pub is_anchor: bool,
    /// What is found so far.
    pub verdict: Verdict,
    /// The chance that it is good.
    pub confidence: f64,
    /// The confidence with which it counts for its source, once it was settled.
    pub resolved: Option<f64>,
}

impl Asked {
    /// A task before the first vote.
    pub(super) fn new(place: usize, task: &Task, seed: u64) -> Self {
        let order = order(derived(seed, place as u64), task.votes.len());
        Self {
            task: place,
            votes: order.into_iter().filter_map(|at| task.votes.get(at).copied()).collect(),
            next: 0,
            weighed: Weighed::default(),
            tally: Tally::default(),
            expert: None,
            is_anchor: false,
            verdict: Verdict::Undecided,
            confidence: 0.5,
            resolved: None,
        }
    }

    /// Asks the next person, if there is one.
    pub(super) fn ask(&mut self) -> Option<(WorkerNumber, Answer)> {
        let vote = self.votes.get(self.next).copied()?;
        self.next += 1;
        self.tally = self.tally.add(vote.1);
        Some(vote)
    }

    /// Puts the first of those who suit best next in turn.
    pub(super) fn prefer(&mut self, suits: impl Fn(WorkerNumber) -> u8) {
        let waiting = self.votes.get_mut(self.next..).unwrap_or_default();
        let best = waiting.iter().map(|(worker, _)| suits(*worker)).max();
        let first = waiting.iter().position(|(worker, _)| Some(suits(*worker)) == best);
        if let Some(place) = first.and_then(|first| waiting.get_mut(..=first)) {
            place.rotate_right(1);
        }
    }

    /// Asks until the image can teach a table, or nobody is left.
    pub(super) fn ask_for_sample(&mut self, initial_votes: u32, cap: u32) {
        while initial_need(self.tally, initial_votes, cap) > 0 && self.ask().is_some() {}
    }

    /// The votes that were asked for.
    pub(super) fn said(&self) -> &[(WorkerNumber, Answer)] {
        self.votes.get(..self.next).unwrap_or_default()
    }

    /// As the fit of a table sees it.
    pub(super) fn counted(&self) -> SampleImage {
        SampleImage::of(self.tally, self.expert)
    }

    /// As training sees it.
    pub(super) fn voted(&self) -> VotedImage {
        VotedImage { votes: self.said().to_vec(), expert: self.expert }
    }
}
