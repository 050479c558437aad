//! Do submissions take longer when there are a hundred times as many candidates and old votes?

use crate::database::Engine;
use crate::ground::{EACH, Ground, Planned, State};
use crate::options::Options;
use crate::people::{Spell, Until, Waits, label};
use crate::report::{Bar, Figure, Report, shown};
use crate::timing::quantile;
use std::time::Instant;

/// Candidates of the databases, and as many votes.
const SIZES: [i64; 3] = [100_000, 1_000_000, 10_000_000];
const PEOPLE: usize = 32;
const BATCH: i64 = 36;
const ROUNDS: usize = 5;
/// Of each person in a round: by number and not by time, as the smallest database does not last long.
const BATCHES: u64 = 20;

/// Measures on both engines, where there are both.
pub async fn measure(options: &Options, report: &mut Report) {
    for engine in Engine::all(options) {
        if options.wants(&format!("growth-{}", engine.section())) {
            let sizes: Vec<i64> = SIZES.into_iter().filter(|size| *size <= options.most).collect();
            measure_sizes(engine, options, report, &sizes).await;
        }
    }
}

async fn measure_sizes(engine: Engine, options: &Options, report: &mut Report, sizes: &[i64]) {
    report.begin(format!("Growth: {engine}, {PEOPLE} people, batches of {BATCH}"));
    let mut grounds = Vec::new();
    for size in sizes {
        let plan = [Planned { batch: BATCH, synsets: size / EACH, each: EACH, state: State::Voted }];
        let begun = Instant::now();
        let ground = Ground::lay(engine, options, &format!("growth_{size}"), PEOPLE, &plan).await;
        println!(
            "  {} candidates with a vote each, after {:.0} s",
            shown(*size as f64),
            begun.elapsed().as_secs_f64()
        );
        grounds.push((ground.service(), ground));
    }
    let mut spells: Vec<Vec<Spell>> = sizes.iter().map(|_| Vec::new()).collect();
    for round in 0..=ROUNDS {
        for ((service, ground), spells) in grounds.iter().zip(&mut spells) {
            let spell = label(service, &ground.people, ground.projects[0].id, Until::Batches(BATCHES)).await;
            // The first one loads synsets and prepares statements.
            match round {
                0 => ground.count_rows().await,
                _ => spells.push(spell),
            }
        }
    }
    for (service, ground) in grounds {
        drop(service);
        ground.clear().await;
    }
    tell(engine, report, sizes, &spells);
}

fn tell(engine: Engine, report: &mut Report, sizes: &[i64], spells: &[Vec<Spell>]) {
    let of = |place: usize, times: Waits, share: f64| -> Vec<f64> {
        spells[place].iter().map(|spell| quantile(times(spell), share)).collect()
    };
    let kinds: [(&str, f64, Waits); 4] = [
        ("submit p50", 0.5, |spell| &spell.submits),
        ("submit p99", 0.99, |spell| &spell.submits),
        ("fetch p50", 0.5, |spell| &spell.fetches),
        ("fetch p99", 0.99, |spell| &spell.fetches),
    ];
    for (name, share, times) in kinds {
        for (place, size) in sizes.iter().enumerate() {
            let what = format!("{name}, {engine}, {} candidates", shown(*size as f64));
            let values = of(place, times, share);
            if place == 0 {
                report.add(Figure::of_rounds(what, &values, "ms"));
                continue;
            }
            let figure = Figure::beside(what, &values, "ms", "100,000 candidates", &of(0, times, share));
            report.add(if name == "submit p50" { figure.bar(Bar::ratio_at_most(1.5)) } else { figure });
        }
    }
}
