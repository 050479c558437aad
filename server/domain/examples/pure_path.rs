//! The vote path without a database, for counting instructions: `server/count.sh` runs it under callgrind.
//!
//! `pure_path PAGES` fits a table to a fixed initial sample, schedules ten thousand images, and then hands out, takes in and judges so many
//! pages of 36 by simulated workers. It prints the number of votes. Everything follows from fixed seeds.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program that is measured, and stops where it can't"
)]

use domain::consensus::{Answer, Calibration, Facts, Policy, PolicySettings, Prior, SampleImage, calibrate};
use domain::scheduling::{OpenImage, Scheduler, place_in_order};
use domain::simulation::{Chance, Crowd, Eye, KINDS};
use std::collections::HashMap;

const IMAGES: i64 = 10_000;
const PAGE: usize = 36;
/// Pages that are on screens at the same time.
const OPEN: usize = 20;

fn main() {
    let pages: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut chance = Chance::new(2009);
    let crowd = Crowd::new(&mut chance, Eye::Usual);
    let kind = KINDS[0];
    let table = table(&crowd, &mut chance);
    let signals: Vec<f64> = (0..IMAGES).map(|_| kind.draw(&mut chance).1).collect();
    let mut facts: HashMap<i64, Facts> = (0..IMAGES).map(|image| (image, Facts::default())).collect();
    let need = table.best_case_need(Facts::default().votes());
    let mut images: Vec<i64> = (0..IMAGES).collect();
    images.sort_by_cached_key(|&image| place_in_order(2009, image, image * 7_919 % IMAGES));
    let open: Vec<OpenImage> = images.into_iter().map(|candidate| OpenImage { candidate, need }).collect();
    let mut scheduler = Scheduler::new(&open);
    let (mut votes, mut screens) = (0_usize, std::collections::VecDeque::new());
    for page in 0..pages {
        let worker = page % crowd.size();
        let shown: Vec<i64> = scheduler.useful_to(worker as i64).take(PAGE).collect();
        scheduler.hold(page as i64, worker as i64, shown.clone(), i64::MAX);
        screens.push_back((page as i64, worker, shown));
        if screens.len() < OPEN {
            continue;
        }
        let Some((assignment, worker, shown)) = screens.pop_front() else { continue };
        scheduler.release(assignment);
        for image in shown {
            let yes =
                crowd.says_yes(worker, signals.get(image as usize).copied().unwrap_or(0.0), &mut chance);
            let Some(known) = facts.get_mut(&image) else { continue };
            known.tally = known.tally.add(if yes { Answer::Yes } else { Answer::No });
            scheduler.saw(worker as i64, image);
            let settled = known.judge(Some(&table)).verdict.is_settled();
            scheduler.set_need(image, if settled { 0 } else { table.best_case_need(known.votes()) });
            votes += 1;
        }
    }
    println!("{votes}");
}

fn table(crowd: &Crowd, chance: &mut Chance) -> Calibration {
    let mut one = || {
        let (_, signal) = KINDS[0].draw(chance);
        let yes = (0..10).filter(|worker| crowd.says_yes(*worker, signal, chance)).count() as u32;
        SampleImage { yes, no: 10 - yes, expert: None }
    };
    let sample: Vec<SampleImage> = (0..60).map(|_| one()).collect();
    let settings = PolicySettings { threshold: Some(0.99), rejection: 0.01, ..PolicySettings::default() };
    calibrate(&sample, &Prior::global(), &Policy::new(settings).unwrap())
}
