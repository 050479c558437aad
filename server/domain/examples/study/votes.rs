//! Files of votes in whole numbers.

use domain::consensus::Answer;
use domain::replay::{ANONYMOUS, Recording, Task};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};

/// Writes a line for each vote.
pub fn write(recording: &Recording, file: &str) {
    let mut out = BufWriter::new(File::create(file).unwrap());
    for (place, task) in recording.tasks.iter().enumerate() {
        for (worker, answer) in &task.votes {
            let answer = match answer {
                Answer::No => 0,
                Answer::Yes => 1,
                Answer::Unsure => 2,
            };
            let worker = i64::try_from(*worker).unwrap_or(-1);
            let truth = task.truth.map_or(-1, i32::from);
            writeln!(out, "{},{place},{worker},{answer},{truth}", task.synset).unwrap();
        }
    }
    out.flush().unwrap();
}

/// Reads a file of votes.
pub fn read(file: &str) -> Recording {
    let mut recording = Recording::default();
    let mut places: HashMap<(usize, i64), usize> = HashMap::new();
    for line in fs::read_to_string(file).unwrap().lines() {
        let numbers: Vec<i64> = line.split(',').map(|number| number.parse().unwrap()).collect();
        let [synset, task, worker, answer, truth] = numbers[..] else { panic!("not five numbers: {line}") };
        let synset = usize::try_from(synset).unwrap();
        while recording.synsets.len() <= synset {
            recording.synsets.push(recording.synsets.len().to_string());
        }
        let next = recording.tasks.len();
        let place = *places.entry((synset, task)).or_insert(next);
        if place == next {
            let truth = (truth >= 0).then_some(truth == 1);
            recording.tasks.push(Task { synset, votes: Vec::new(), truth });
        }
        let answer = [Answer::No, Answer::Yes, Answer::Unsure][usize::try_from(answer).unwrap()];
        let worker = usize::try_from(worker).unwrap_or(ANONYMOUS);
        if worker != ANONYMOUS {
            recording.workers = recording.workers.max(worker + 1);
        }
        recording.tasks[place].votes.push((worker, answer));
    }
    recording
}
