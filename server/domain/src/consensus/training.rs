//! Tables and workers' skills from the same initial samples, each of them sharpening the other.
//!
//! Tables are fitted to the whole votes of trusted workers; skills come from the tables' confidences, each without the
//! worker's own vote, so that nobody confirms themselves.

use super::{
    hierarchy::{Branch, Hierarchy, fit_hierarchy},
    inference::{VoteLog, infer},
    model::Model,
    sample::SampleImage,
    skill::{Skill, YesRates},
    table::ConfidenceTable,
    tally::Answer,
};

/// Passes over the samples: after the second, skills hardly move.
const PASSES: u32 = 2;

/// A worker, by number from 0.
pub type WorkerNumber = usize;

/// One image of an initial sample with who said what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VotedImage {
    /// Each vote; a worker votes once.
    pub votes: Vec<(WorkerNumber, Answer)>,
    /// What an expert said, where one was asked.
    pub expert: Option<bool>,
}

/// A synset's initial sample with who said what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VotedSample {
    /// As in [`Branch::parent`].
    pub parent: Option<usize>,
    /// The images.
    pub images: Vec<VotedImage>,
}

/// What the initial samples teach.
#[derive(Clone, Debug, PartialEq)]
pub struct Training {
    /// The models.
    pub models: Hierarchy,
    /// Of every worker: the skill known before, with what the samples added.
    pub skills: Vec<Skill>,
    /// Whether each worker's votes taught the tables.
    pub trusted: Vec<bool>,
    /// What the tables were fitted to, synset by synset.
    pub samples: Vec<Vec<SampleImage>>,
}

/// Fits tables and skills. `known` holds every worker's skill from answers to gold.
#[must_use]
pub fn train(samples: &[VotedSample], known: &[Skill], cap: u32) -> Training {
    let mut trusted = vec![true; known.len()];
    let mut skills = known.to_vec();
    let log = VoteLog::of(samples);
    for _ in 0..PASSES {
        let (_, models) = fitted(samples, &trusted);
        skills = credited(&log, known, &skills, &models, cap);
        let usual = mean_rates(&models.synsets);
        trusted = skills.iter().map(|skill| skill.is_trusted(usual)).collect();
    }
    let (counts, models) = fitted(samples, &trusted);
    Training { models, skills, trusted, samples: counts }
}

/// The rates that a worker is compared with on a synset.
#[must_use]
pub fn rates(model: &Model) -> YesRates {
    YesRates { good: model.good().mean, bad: model.bad().mean }
}

fn fitted(samples: &[VotedSample], trusted: &[bool]) -> (Vec<Vec<SampleImage>>, Hierarchy) {
    let counts: Vec<Vec<SampleImage>> = samples
        .iter()
        .map(|sample| sample.images.iter().map(|image| counted(image, trusted)).collect())
        .collect();
    let branches: Vec<Branch<'_>> = samples
        .iter()
        .zip(&counts)
        .map(|(sample, counts)| Branch { parent: sample.parent, sample: counts })
        .collect();
    let models = fit_hierarchy(&branches);
    (counts, models)
}

fn counted(image: &VotedImage, trusted: &[bool]) -> SampleImage {
    let of = |wanted: Answer| {
        let votes = image.votes.iter().filter(|(worker, answer)| *answer == wanted && is(trusted, *worker));
        u32::try_from(votes.count()).unwrap_or(u32::MAX)
    };
    SampleImage { yes: of(Answer::Yes), no: of(Answer::No), expert: image.expert }
}

/// Every worker's skill with what the samples add, judged by the votes of the others, each as heavy as `skills` says.
fn credited(log: &VoteLog, known: &[Skill], skills: &[Skill], models: &Hierarchy, cap: u32) -> Vec<Skill> {
    let tables: Vec<ConfidenceTable> =
        models.synsets.iter().map(|model| ConfidenceTable::new(model, cap)).collect();
    infer(log, &tables, known, skills, 1).skills
}

/// The mean over synsets, at which workers are compared who voted on many.
#[must_use]
pub fn mean_rates(models: &[Model]) -> YesRates {
    let n = models.len().max(1) as f64;
    let mean = |of: fn(&Model) -> f64| models.iter().map(of).sum::<f64>() / n;
    YesRates { good: mean(|model| model.good().mean), bad: mean(|model| model.bad().mean) }
}

fn is(trusted: &[bool], worker: WorkerNumber) -> bool {
    trusted.get(worker).copied().unwrap_or(true)
}
