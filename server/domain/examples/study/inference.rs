//! How long truth inference takes over many votes.

#![expect(clippy::disallowed_methods, reason = "a program that measures time")]

use crate::votes;
use domain::consensus::{
    ConfidenceTable, Prior, SampleImage, Skill, VoteLog, VotedImage, VotedSample, fit, infer,
};
use domain::replay::Recording;
use domain::simulation::{Eye, Mix};
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;

const TIMES: usize = 5;

/// Simulates so many votes, ten on an image, writes them, and measures `rounds` rounds over all of them; the median of five runs.
pub fn measure(votes: usize, rounds: u32, file: &str) -> Value {
    let mix = Mix { synsets: 40, images: votes / 400, votes: 10, eye: Eye::Usual };
    let recording = mix.record(1);
    votes::write(&recording, file);
    let samples = samples(&recording);
    let tables: Vec<ConfidenceTable> = samples.iter().map(table).collect();
    let log = VoteLog::of(&samples);
    let skills = vec![Skill::default(); recording.workers];
    let runs = [(); TIMES].map(|()| {
        let (begun, busy) = (Instant::now(), busy_seconds());
        black_box(infer(black_box(&log), &tables, &skills, &skills, rounds));
        (begun.elapsed().as_secs_f64(), busy_seconds() - busy)
    });
    let chances = infer(&log, &tables, &skills, &skills, rounds).chances;
    let right = recording.tasks.iter().zip(&chances).filter(|(task, p)| task.truth == Some(**p >= 0.5));
    json!({
        "votes": log.votes(),
        "images": log.images(),
        "workers": recording.workers,
        "rounds": rounds,
        "seconds": median(runs.map(|run| run.0)),
        "busy_seconds": median(runs.map(|run| run.1)),
        "accuracy": right.count() as f64 / chances.len() as f64,
    })
}

/// Seconds that this thread was computing, which other programs on the machine hardly change; 0 where the system does not tell.
fn busy_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse::<f64>().ok()).map_or(0.0, |ns| ns / 1e9)
}

fn median(mut of: [f64; TIMES]) -> f64 {
    of.sort_by(f64::total_cmp);
    of[TIMES / 2]
}

fn samples(recording: &Recording) -> Vec<VotedSample> {
    let mut samples = vec![VotedSample::default(); recording.synsets.len()];
    for task in &recording.tasks {
        samples[task.synset].images.push(VotedImage { votes: task.votes.clone(), expert: None });
    }
    samples
}

/// The table of a synset's first hundred images.
fn table(sample: &VotedSample) -> ConfidenceTable {
    let counted = |image: &VotedImage| {
        SampleImage::of(image.votes.iter().map(|(_, answer)| *answer).collect(), image.expert)
    };
    let images: Vec<SampleImage> = sample.images.iter().take(100).map(counted).collect();
    ConfidenceTable::new(&fit(&images, &Prior::global()).model, 20)
}
