//! How many of the simulated people are flagged, and when.

use domain::quality::Pair;
use domain::simulation::watching::{FIRST_VOTES, Habit, copying, couples, first_flagged, habits};
use domain::simulation::{Chance, Eye, Labelling};
use serde_json::{Value, json};

/// The most votes of a worker that are looked at.
const VOTES: usize = 1000;
/// A couple that is wrong together so often can be told from chance.
const OFTEN: u32 = 10;

/// Shares of people who are flagged by their 100th, 300th and 1,000th vote, over so many crowds.
pub fn measure(eye: Eye, crowds: u64) -> Value {
    let mut found: Vec<(Habit, Option<usize>)> = Vec::new();
    for seed in 1..=crowds {
        let (habits, crowd) = habits(&mut Chance::new(seed), eye);
        let labelled = Labelling { synsets: 40, images: 3200 }.run(&crowd, seed);
        found.extend(habits.into_iter().zip(first_flagged(&labelled, crowd.size(), VOTES)));
    }
    let share = |of: &dyn Fn(Habit) -> bool, votes: usize| {
        let those: Vec<_> = found.iter().filter(|(habit, _)| of(*habit)).collect();
        let flagged = those.iter().filter(|(_, at)| at.is_some_and(|at| at <= votes)).count();
        flagged as f64 / those.len().max(1) as f64
    };
    let row = |name: String, of: &dyn Fn(Habit) -> bool| {
        let people = found.iter().filter(|(habit, _)| of(*habit)).count();
        json!({
            "habit": name,
            "people": people,
            "by_100": share(of, FIRST_VOTES),
            "by_300": share(of, 300),
            "by_1000": share(of, VOTES),
        })
    };
    let mut rows: Vec<Value> =
        Habit::ALL.iter().map(|habit| row(format!("{habit:?}"), &|other| other == *habit)).collect();
    rows.push(row("Clickers".to_owned(), &|habit| habit.is_bad() && habit != Habit::Opposite));
    rows.push(row("Honest".to_owned(), &|habit| !habit.is_bad()));
    json!({ "crowds": crowds, "rows": rows, "couples": pairs(eye, crowds) })
}

/// Six couples among forty people.
fn pairs(eye: Eye, crowds: u64) -> Value {
    const COUPLES: usize = 6;
    const PEOPLE: usize = 40;
    let couple = |(one, other): (usize, usize)| {
        (one % 2 == 0 && other == one + 1 && one < 2 * COUPLES).then_some(one / 2 % 3)
    };
    let (mut found, mut often, mut found_often, mut others) = ([0; 3], 0, 0, 0);
    for seed in 1..=crowds {
        let crowd = couples(&mut Chance::new(seed), eye, COUPLES, PEOPLE);
        let labelled = Labelling { synsets: 40, images: 1000 }.run(&crowd, seed);
        let is_often = |pair: &Pair| pair.both_wrong >= OFTEN && couple(pair.workers).is_some();
        often += domain::quality::pairs(&labelled.images()).iter().filter(|pair| is_often(pair)).count();
        for alike in copying(&labelled, PEOPLE) {
            found_often += usize::from(is_often(&alike.pair));
            match couple(alike.pair.workers) {
                Some(kind) => found[kind] += 1,
                None => others += 1,
            }
        }
    }
    let all = crowds as usize * COUPLES;
    json!({
        "couples": all,
        "found": found.iter().sum::<usize>(),
        "of_each_kind": all / 3,
        "honest_leader": found[0],
        "sloppy_leader": found[1],
        "random_leader": found[2],
        "often": often,
        "found_often": found_often,
        "other_pairs": crowds as usize * (PEOPLE * (PEOPLE - 1) / 2 - COUPLES),
        "others_found": others,
    })
}
