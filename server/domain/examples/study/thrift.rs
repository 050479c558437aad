//! One recording with fewer votes: images given up at a level of confidence or by worth, anybody or the suited asked.

use crate::replays::{policy, shown};
use domain::consensus::Method::{Full, Table};
use domain::consensus::{Policy, PolicySettings, Whom, Worth};
use domain::replay::{Method, Recording, Settings, replay};
use serde_json::Value;

const LEVELS: [f64; 5] = [0.02, 0.05, 0.10, 0.20, 0.30];
const WORTHS: [f64; 5] = [30.0, 50.0, 80.0, 120.0, 200.0];

/// The figures of every way to give images up, under both policies that have confidences.
pub fn all(recording: &Recording, level: &str, draws: u32) -> Value {
    let mut rows = Vec::new();
    for (word, method) in [("full", Full), ("table", Table)] {
        for (whom, asked) in [(Whom::Anybody, ""), (Whom::Suited, ", suited")] {
            // The table policy knows nothing of workers.
            if method == Table && whom == Whom::Suited {
                continue;
            }
            for (how, policy) in ways(policy(level)) {
                let policy = policy.by(method).unwrap().asking(whom);
                let method = Method::Engine(method);
                let settings =
                    Settings { method, policy, initial: 20, anchors: 0, gold: 0, audit: 0, seed: 1, draws };
                rows.push(shown(&format!("{word}, {how}{asked}"), &replay(recording, &settings)));
            }
        }
    }
    Value::Array(rows)
}

fn ways(policy: Policy) -> Vec<(String, Policy)> {
    let levels = LEVELS.map(|rejection| {
        let settings = PolicySettings {
            target: policy.target(),
            threshold: policy.threshold().map(|tau| tau.get()),
            rejection,
            ..PolicySettings::default()
        };
        (format!("ρ = {rejection:.2}"), Policy::new(settings).unwrap())
    });
    let worths = WORTHS.map(|votes| (format!("worth {votes}"), policy.giving_up(Worth::new(votes))));
    levels.into_iter().chain(worths).collect()
}
