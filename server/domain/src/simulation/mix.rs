//! The simulated mix: many synsets of three kinds, labelled by one crowd.

use super::{Chance, Crowd, Eye, KINDS};
use crate::consensus::Answer;
use crate::replay::{Recording, Task};

/// What is recorded of a simulated crowd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mix {
    /// How many synsets; easy, medium and hard ones take turns.
    pub synsets: usize,
    /// Candidates of each.
    pub images: usize,
    /// Votes on each image, of as many different workers; at most as many as the crowd has.
    pub votes: usize,
    /// How well the honest part of the crowd sees.
    pub eye: Eye,
}

impl Mix {
    /// 40 synsets of 400 images, each with 25 recorded votes: more than a cap of 20 can ask for.
    #[must_use]
    pub const fn usual(eye: Eye) -> Self {
        Self { synsets: 40, images: 400, votes: 25, eye }
    }

    /// Draws the crowd, the images and the votes.
    #[must_use]
    pub fn record(self, seed: u64) -> Recording {
        let mut chance = Chance::new(seed);
        let crowd = Crowd::new(&mut chance, self.eye);
        let names = ["easy", "medium", "hard"];
        let mut recording = Recording { workers: crowd.size(), ..Recording::default() };
        for (synset, (kind, name)) in KINDS.iter().zip(names).cycle().take(self.synsets).enumerate() {
            recording.synsets.push(format!("{name} {synset}"));
            for _ in 0..self.images {
                let (good, signal) = kind.draw(&mut chance);
                let votes = self.ask(&crowd, signal, &mut chance);
                recording.tasks.push(Task { synset, votes, truth: Some(good) });
            }
        }
        recording
    }

    /// Asks different workers, drawn one after the other.
    fn ask(self, crowd: &Crowd, signal: f64, chance: &mut Chance) -> Vec<(usize, Answer)> {
        let mut votes: Vec<(usize, Answer)> = Vec::with_capacity(self.votes);
        while votes.len() < self.votes.min(crowd.size()) {
            let worker = crowd.anybody(chance);
            if votes.iter().all(|(other, _)| *other != worker) {
                let yes = crowd.says_yes(worker, signal, chance);
                votes.push((worker, if yes { Answer::Yes } else { Answer::No }));
            }
        }
        votes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mix_follows_from_its_seed_and_nobody_votes_twice_on_an_image() {
        let mix = Mix { synsets: 4, images: 50, votes: 25, eye: Eye::Usual };
        let recording = mix.record(1);
        assert_eq!(recording, mix.record(1));
        assert_ne!(recording, mix.record(2));
        assert_eq!(recording.tasks.len(), 200);
        for task in &recording.tasks {
            let mut workers: Vec<usize> = task.votes.iter().map(|(worker, _)| *worker).collect();
            workers.sort_unstable();
            workers.dedup();
            assert_eq!(workers.len(), 25);
        }
    }

    #[test]
    fn about_12_percent_of_the_images_are_good() {
        let recording = Mix { votes: 1, ..Mix::usual(Eye::Noisy) }.record(3);
        let good = recording.tasks.iter().filter(|task| task.truth == Some(true)).count();
        let share = good as f64 / recording.tasks.len() as f64;
        assert!((0.11..0.135).contains(&share), "{share}");
    }
}
