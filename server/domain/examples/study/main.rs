//! The engine's part of `make study`: simulated votes, replays, and the speed of inference. See `study/`.
//!
//! - `study simulate usual|noisy SEED FILE` writes the votes of a simulated crowd.
//! - `study replay TARGET|tau=TAU DRAWS FILE` prints what every policy makes of a file of votes, as JSON.
//! - `study thrift TARGET|tau=TAU DRAWS FILE` prints what other ways to give images up and to choose workers make of it, as JSON.
//! - `study inference VOTES ROUNDS FILE` writes simulated votes, infers from them and prints how long that took, as JSON.
//! - `study flags usual|noisy CROWDS` prints how many clickers and how many honest workers are flagged, as JSON.
//!
//! A file of votes here is lines of whole numbers `synset,task,worker,answer,truth`: answer 0, 1, or 2 for unsure; truth 0, 1, or −1
//! where it is not known; worker −1 for nobody in particular. `study/votes.py` makes them of recorded votes.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a program that measures and prints, and stops where it can't"
)]

mod flags;
mod inference;
mod replays;
mod thrift;
mod votes;

use domain::simulation::{Eye, Mix};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["simulate", crowd, seed, file] => {
            votes::write(&Mix::usual(eye(crowd)).record(seed.parse().unwrap()), file);
        }
        ["replay", level, draws, file] => {
            let recording = votes::read(file);
            println!("{}", replays::all(&recording, level, draws.parse().unwrap()));
        }
        ["thrift", level, draws, file] => {
            let recording = votes::read(file);
            println!("{}", thrift::all(&recording, level, draws.parse().unwrap()));
        }
        ["inference", votes, rounds, file] => {
            println!("{}", inference::measure(votes.parse().unwrap(), rounds.parse().unwrap(), file));
        }
        ["flags", crowd, crowds] => {
            println!("{}", flags::measure(eye(crowd), crowds.parse().unwrap()));
        }
        _ => panic!(
            "simulate CROWD SEED FILE, replay LEVEL DRAWS FILE, thrift LEVEL DRAWS FILE, \
             inference VOTES ROUNDS FILE, or flags CROWD CROWDS"
        ),
    }
}

fn eye(crowd: &str) -> Eye {
    if crowd == "noisy" { Eye::Noisy } else { Eye::Usual }
}
