//! Votes in flat arrays, to go through them often.

use super::super::{
    tally::Answer,
    training::{VotedImage, VotedSample},
};
use std::ops::Range;

/// Who said what about which image of which synset: one entry for each vote, image after image, synset after synset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VoteLog {
    workers: Vec<u32>,
    answers: Vec<Answer>,
    /// Of each image, where its votes end.
    vote_ends: Vec<usize>,
    experts: Vec<Option<bool>>,
    /// Of each synset, where its images end.
    image_ends: Vec<usize>,
}

impl VoteLog {
    /// The votes of these samples, in their order. Workers with a number of 2³² − 1 or more are nobody in particular.
    #[must_use]
    pub fn of(samples: &[VotedSample]) -> Self {
        let mut log = Self::default();
        for sample in samples {
            for image in &sample.images {
                log.add(image);
            }
            log.image_ends.push(log.vote_ends.len());
        }
        log
    }

    fn add(&mut self, image: &VotedImage) {
        for (worker, answer) in &image.votes {
            self.workers.push(u32::try_from(*worker).unwrap_or(u32::MAX));
            self.answers.push(*answer);
        }
        self.vote_ends.push(self.workers.len());
        self.experts.push(image.expert);
    }

    /// How many images there are.
    #[must_use]
    pub fn images(&self) -> usize {
        self.vote_ends.len()
    }

    /// How many votes there are.
    #[must_use]
    pub fn votes(&self) -> usize {
        self.workers.len()
    }

    /// The images of a synset; none where there is no such synset.
    #[must_use]
    pub fn images_of(&self, synset: usize) -> Range<usize> {
        between(&self.image_ends, synset)
    }

    /// Who said what about an image.
    pub fn votes_on(&self, image: usize) -> impl Iterator<Item = (u32, Answer)> + '_ {
        let votes = between(&self.vote_ends, image);
        let workers = self.workers.get(votes.clone()).unwrap_or_default();
        workers.iter().copied().zip(self.answers.get(votes).unwrap_or_default().iter().copied())
    }

    /// What an expert said about an image.
    #[must_use]
    pub fn expert(&self, image: usize) -> Option<bool> {
        self.experts.get(image).copied().flatten()
    }
}

/// The part that ends at `ends[at]`, and begins where the one before ends.
fn between(ends: &[usize], at: usize) -> Range<usize> {
    let Some(end) = ends.get(at).copied() else { return 0..0 };
    let begin = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    begin..end
}
