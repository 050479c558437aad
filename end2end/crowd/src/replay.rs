//! Plays a synset's exported votes once more, in the order of recording, by the published rules.
//!
//! The rules come from the crate `domain`, which is pure and is what a reader of a release would use to check it: what is
//! tested here is the server around it. From nothing but the votes and the project's settings it follows which images
//! were the initial sample (before there is a table, nobody is asked about anything else), when the table was built and
//! how it came out, what each vote did, and which vote was one too many.

use crate::votes::Vote;
use domain::consensus::{
    Calibration, Hold, Policy, Prior, SampleImage, Tally, Verdict, calibrate, initial_need,
};
use std::collections::{BTreeMap, BTreeSet};

/// A synset after its votes were played again.
#[derive(Debug, Default)]
pub struct Replay {
    /// What each image got, by candidate.
    pub tallies: BTreeMap<i64, Tally>,
    /// Each voted image's verdict and the chance that it is good.
    pub verdicts: BTreeMap<i64, (Verdict, f64)>,
    /// The initial sample.
    pub sample: BTreeSet<i64>,
    /// The table, if the sample got its votes.
    pub table: Option<Calibration>,
    /// Votes on images that were settled already, and votes after asking had to end: one sentence each.
    pub too_many: Vec<String>,
}

impl Replay {
    /// Plays votes of one synset; `sample_size` images make the initial sample.
    pub fn of(votes: &[Vote], sample_size: usize, policy: &Policy) -> Self {
        let mut replay = Self::default();
        let mut rest = votes;
        while let Some(first) = rest.first() {
            let end = rest.iter().take_while(|vote| vote.submission == first.submission).count();
            let (submission, left) = rest.split_at(end);
            replay.submission(submission, sample_size, policy);
            rest = left;
        }
        replay
    }

    /// Why no more votes are asked for, if that is so.
    pub fn hold(&self) -> Option<Hold> {
        self.table.as_ref().and_then(Calibration::hold)
    }

    /// Images of the sample with fewer yes and no votes than they must have.
    pub fn sample_short_of_votes(&self, policy: &Policy) -> usize {
        self.sample.iter().filter(|candidate| self.initial_need(**candidate, policy) > 0).count()
    }

    fn submission(&mut self, votes: &[Vote], sample_size: usize, policy: &Policy) {
        for vote in votes {
            self.note_if_too_many(vote, policy);
        }
        for vote in votes {
            let tally = self.tallies.entry(vote.candidate).or_default();
            *tally = tally.add(vote.answer);
        }
        if let Some(table) = &self.table {
            for vote in votes {
                let judged = table.judge(self.tallies.get(&vote.candidate).copied().unwrap_or_default());
                self.verdicts.insert(vote.candidate, (judged.verdict, judged.confidence));
            }
            return;
        }
        self.sample.extend(votes.iter().map(|vote| vote.candidate));
        if self.sample.len() >= sample_size && self.sample_short_of_votes(policy) == 0 {
            self.calibrate(policy);
        }
    }

    fn calibrate(&mut self, policy: &Policy) {
        let images: Vec<SampleImage> =
            self.tallies.values().map(|tally| SampleImage::of(*tally, None)).collect();
        let table = calibrate(&images, &Prior::global(), policy);
        for (candidate, tally) in &self.tallies {
            let judged = table.judge(*tally);
            self.verdicts.insert(*candidate, (judged.verdict, judged.confidence));
        }
        self.table = Some(table);
    }

    fn note_if_too_many(&mut self, vote: &Vote, policy: &Policy) {
        let candidate = vote.candidate;
        let settled = self.verdicts.get(&candidate).filter(|(verdict, _)| verdict.is_settled());
        if let Some((verdict, _)) = settled {
            let tally = self.tallies.get(&candidate).copied().unwrap_or_default();
            self.too_many.push(format!("candidate {candidate} was {} after {tally:?}", verdict.as_str()));
        } else if let Some(hold) = self.hold() {
            self.too_many.push(format!(
                "candidate {candidate} was asked about although the synset is on hold: {hold}"
            ));
        } else if self.table.is_none()
            && self.sample.contains(&candidate)
            && self.initial_need(candidate, policy) == 0
        {
            self.too_many.push(format!("candidate {candidate} of the initial sample had its votes already"));
        }
    }

    fn initial_need(&self, candidate: i64, policy: &Policy) -> u32 {
        let tally = self.tallies.get(&candidate).copied().unwrap_or_default();
        initial_need(tally, policy.initial_votes(), policy.cap())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::consensus::Answer;

    fn vote(candidate: i64, worker: u32, submission: i64, answer: Answer) -> Vote {
        let text = |text: &str| text.to_owned();
        Vote {
            candidate,
            worker: format!("w{worker}"),
            answer,
            synset: text("n1"),
            sha256: text("ab"),
            submission,
        }
    }

    /// Ten workers answer the whole sample: two good images, the rest bad.
    fn sample() -> Vec<Vote> {
        let answer = |candidate| if candidate < 2 { Answer::Yes } else { Answer::No };
        (1..=10).flat_map(|i| (0..20).map(move |c| vote(c, i, i64::from(i), answer(c)))).collect()
    }

    #[test]
    fn the_table_is_built_when_the_last_image_of_the_sample_has_its_votes() {
        let policy = Policy::default();
        let mut votes = sample();
        assert!(Replay::of(&votes, 20, &policy).table.is_some());
        votes.pop();
        let replay = Replay::of(&votes, 20, &policy);
        assert!(replay.table.is_none());
        assert_eq!(replay.sample_short_of_votes(&policy), 1);
    }

    #[test]
    fn a_vote_on_a_settled_image_is_one_too_many() {
        let mut votes = sample();
        assert_eq!(Replay::of(&votes, 20, &Policy::default()).too_many, Vec::<String>::new());
        votes.push(vote(7, 11, 11, Answer::No));
        let replay = Replay::of(&votes, 20, &Policy::default());
        assert_eq!(replay.verdicts[&7].0, Verdict::Negative);
        assert_eq!(replay.too_many.len(), 1, "{:?}", replay.too_many);
    }

    #[test]
    fn an_eleventh_vote_in_the_sample_is_one_too_many() {
        let mut votes = sample();
        votes.truncate(10 * 20 - 1);
        votes.push(vote(0, 11, 11, Answer::Yes));
        assert_eq!(Replay::of(&votes, 20, &Policy::default()).too_many.len(), 1);
    }
}
