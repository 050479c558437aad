//! One recording under every policy.

use domain::consensus::Method::{Fixed, Full, Majority, Table};
use domain::consensus::{Policy, PolicySettings};
use domain::replay::{Method, Recording, Report, Settings, replay};
use serde_json::{Value, json};

/// The figures of every policy. `level` is a target precision such as `0.995`, or a threshold such as `tau=0.99`.
pub fn all(recording: &Recording, level: &str, draws: u32) -> Value {
    let policy = policy(level);
    let plain =
        |method| Settings { method, policy, initial: 20, anchors: 0, gold: 0, audit: 0, seed: 1, draws };
    let helped = Settings { anchors: 20, gold: 20, audit: 30, ..plain(Method::Engine(Full)) };
    let rows = [
        ("full", plain(Method::Engine(Full))),
        ("full, gold", Settings { gold: 20, ..plain(Method::Engine(Full)) }),
        ("full, experts", helped),
        ("table", plain(Method::Engine(Table))),
        ("counted", plain(Method::Counted)),
        ("majority:5", plain(Method::Engine(Majority { votes: 5 }))),
        ("majority:10", plain(Method::Engine(Majority { votes: 10 }))),
        ("fixed:10:6", plain(Method::Engine(Fixed { votes: 10, yes: 6 }))),
        ("fixed:10:9", plain(Method::Engine(Fixed { votes: 10, yes: 9 }))),
    ];
    let rows: Vec<Value> =
        rows.iter().map(|(name, settings)| shown(name, &replay(recording, settings))).collect();
    Value::Array(rows)
}

pub fn policy(level: &str) -> Policy {
    let settings = match level.strip_prefix("tau=") {
        Some(tau) => PolicySettings { threshold: Some(tau.parse().unwrap()), ..PolicySettings::default() },
        None => PolicySettings { target: level.parse().unwrap(), ..PolicySettings::default() },
    };
    Policy::new(settings).unwrap()
}

pub fn shown(name: &str, report: &Report) -> Value {
    let total = &report.total;
    let bins: Vec<Value> = report
        .calibration
        .iter()
        .map(
            |bin| json!({ "from": bin.from, "tasks": bin.tasks, "stated": bin.stated, "measured": bin.good }),
        )
        .collect();
    json!({
        "method": name,
        "tasks": total.tasks,
        "accepted": total.positive,
        "escalated": total.escalated,
        "undecided": total.undecided,
        "on_hold": total.on_hold,
        "votes_per_image": total.votes_per_image,
        "votes_per_accepted": total.votes_per_accepted,
        "stated": total.stated_precision,
        "measured": total.measured_precision,
        "recall": total.recall,
        "calibration": bins,
    })
}
