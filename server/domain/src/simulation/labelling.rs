//! A project as it runs: initial samples, tables, then images that are asked about until they are settled; who said what, in
//! the order in which it was said.

use super::{Chance, Crowd, KINDS};
use crate::consensus::{
    Answer, Calibration, Policy, Prior, SampleImage, Tally, Verdict, VotedImage, calibrate, fit_pooled,
};

/// Images that are asked about at the same time.
const AT_ONCE: usize = 240;
/// Images in a synset's initial sample.
const SAMPLE: usize = 20;

/// What is labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labelling {
    /// How many synsets; easy, medium and hard ones take turns.
    pub synsets: usize,
    /// Candidates of each.
    pub images: usize,
}

/// One vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cast {
    /// Who voted.
    pub worker: usize,
    /// The image, by its place in [`Labelled::truths`].
    pub image: usize,
    /// What was said.
    pub yes: bool,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labelled {
    /// Whether each image is good.
    pub truths: Vec<bool>,
    /// All votes, the oldest first.
    pub votes: Vec<Cast>,
}

impl Labelled {
    /// Who said what about each image.
    #[must_use]
    pub fn images(&self) -> Vec<VotedImage> {
        let mut images = vec![VotedImage::default(); self.truths.len()];
        for vote in &self.votes {
            if let Some(image) = images.get_mut(vote.image) {
                image.votes.push((vote.worker, answer(vote.yes)));
            }
        }
        images
    }
}

struct Image {
    synset: usize,
    signal: f64,
    tally: Tally,
    asked: Vec<usize>,
    /// What leaders say of it.
    led: Vec<(usize, bool)>,
}

impl Labelling {
    /// Draws the images and lets the crowd vote: ten votes on each sampled image, then by each synset's table, under a prior
    /// that all share. Whoever comes is anybody who has not seen the image.
    #[must_use]
    pub fn run(self, crowd: &Crowd, seed: u64) -> Labelled {
        let mut chance = Chance::new(seed);
        let (mut images, mut labelled) = self.draw(&mut chance);
        let policy = Policy::default();
        let is_sampled = |at: usize| at % self.images.max(1) < SAMPLE;
        for _ in 0..policy.initial_votes() {
            for (at, image) in images.iter_mut().enumerate().filter(|(at, _)| is_sampled(*at)) {
                image.ask(at, crowd, &mut chance, &mut labelled.votes);
            }
        }
        let tables = tables(&images, self.images.max(1), &policy);
        let mut waiting: Vec<usize> = (0..images.len()).collect();
        let mut open: Vec<usize> = Vec::new();
        loop {
            while open.len() < AT_ONCE && !waiting.is_empty() {
                open.push(waiting.swap_remove(chance.place(waiting.len())));
            }
            if open.is_empty() {
                return labelled;
            }
            let place = chance.place(open.len());
            let Some((at, image)) = open.get(place).and_then(|at| Some((*at, images.get_mut(*at)?))) else {
                return labelled;
            };
            let is_open = tables.get(image.synset).is_some_and(|table| {
                table.hold().is_none() && table.judge(image.tally).verdict == Verdict::Undecided
            });
            if !is_open || !image.ask(at, crowd, &mut chance, &mut labelled.votes) {
                open.swap_remove(place);
            }
        }
    }

    fn draw(self, chance: &mut Chance) -> (Vec<Image>, Labelled) {
        let (mut images, mut labelled) = (Vec::new(), Labelled::default());
        for (synset, kind) in KINDS.iter().cycle().take(self.synsets).enumerate() {
            for _ in 0..self.images {
                let (good, signal) = kind.draw(chance);
                labelled.truths.push(good);
                let (tally, asked, led) = (Tally::default(), Vec::new(), Vec::new());
                images.push(Image { synset, signal, tally, asked, led });
            }
        }
        (images, labelled)
    }
}

impl Image {
    /// Asks somebody who was not asked; false when nobody is left.
    fn ask(&mut self, at: usize, crowd: &Crowd, chance: &mut Chance, votes: &mut Vec<Cast>) -> bool {
        if self.asked.len() >= crowd.size() {
            return false;
        }
        let worker = loop {
            let worker = crowd.anybody(chance);
            if !self.asked.contains(&worker) {
                break worker;
            }
        };
        let speaker = crowd.speaker(worker);
        let yes = match self.led.iter().find(|(leader, _)| *leader == speaker) {
            Some((_, said)) => *said,
            None => crowd.says_yes(speaker, self.signal, chance),
        };
        self.led.push((speaker, yes));
        self.asked.push(worker);
        self.tally = self.tally.add(answer(yes));
        votes.push(Cast { worker, image: at, yes });
        true
    }
}

fn answer(yes: bool) -> Answer {
    if yes { Answer::Yes } else { Answer::No }
}

fn tables(images: &[Image], images_of_each: usize, policy: &Policy) -> Vec<Calibration> {
    let sample = |synset: &[Image]| -> Vec<SampleImage> {
        synset.iter().take(SAMPLE).map(|image| SampleImage::of(image.tally, None)).collect()
    };
    let samples: Vec<Vec<SampleImage>> = images.chunks(images_of_each).map(sample).collect();
    let prior = Prior::below(&fit_pooled(&samples.concat(), &Prior::global()).model);
    samples.iter().map(|sample| calibrate(sample, &prior, policy)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::{Eye, Worker};

    #[test]
    fn a_labelling_follows_from_its_seed_and_who_copies_says_what_the_leader_says() {
        let mut chance = Chance::new(1);
        let mut workers: Vec<Worker> = (0..30).map(|_| Eye::Noisy.draw(&mut chance)).collect();
        workers[4] = Worker::Copying { leader: 3 };
        let crowd = Crowd::of(workers);
        let labelling = Labelling { synsets: 3, images: 200 };
        let labelled = labelling.run(&crowd, 1);
        assert_eq!(labelled, labelling.run(&crowd, 1));
        assert_ne!(labelled, labelling.run(&crowd, 2));
        let mut together = 0;
        for image in labelled.images() {
            let said = |wanted| image.votes.iter().find(|(worker, _)| *worker == wanted).map(|vote| vote.1);
            if let (Some(leader), Some(copy)) = (said(3), said(4)) {
                assert_eq!(leader, copy);
                together += 1;
            }
            let mut workers: Vec<usize> = image.votes.iter().map(|vote| vote.0).collect();
            workers.sort_unstable();
            assert!(workers.windows(2).all(|two| two[0] != two[1]), "nobody votes twice on an image");
        }
        assert!(together > 10, "{together}");
    }
}
