//! Are clickers and copiers found, and honest people left alone? Simulated crowds with fixed seeds.

use domain::quality::pairs;
use domain::simulation::watching::{FIRST_VOTES, Habit, copying, couples, first_flagged, habits};
use domain::simulation::{Chance, Crowd, Eye, Labelling};

/// When who was flagged, over eight crowds of 200 people, until each has voted about 350 times.
fn watched(eye: Eye) -> Vec<(Habit, Option<usize>)> {
    let of_crowd = |seed| {
        let (habits, crowd) = habits(&mut Chance::new(seed), eye);
        let labelled = Labelling { synsets: 40, images: 800 }.run(&crowd, seed);
        habits.into_iter().zip(first_flagged(&labelled, crowd.size(), usize::MAX))
    };
    (1..=8).flat_map(of_crowd).collect()
}

fn share(found: &[(Habit, Option<usize>)], votes: usize, of: impl Fn(Habit) -> bool) -> f64 {
    let those: Vec<_> = found.iter().filter(|(habit, _)| of(*habit)).collect();
    let flagged = those.iter().filter(|(_, at)| at.is_some_and(|at| at <= votes)).count();
    flagged as f64 / those.len() as f64
}

#[test]
fn of_a_hundred_clickers_95_are_flagged_within_100_votes_and_of_a_hundred_honest_people_never_two() {
    for eye in [Eye::Usual, Eye::Noisy] {
        let found = watched(eye);
        for habit in Habit::ALL {
            let (soon, ever) = (
                share(&found, FIRST_VOTES, |other| other == habit),
                share(&found, usize::MAX, |other| other == habit),
            );
            match habit.is_bad() {
                true => assert!(soon >= 0.95 && ever >= 1.0, "{eye:?} {habit:?}: {soon}, in the end {ever}"),
                false => assert!(ever <= 0.02, "{eye:?} {habit:?}: {ever} of honest people"),
            }
        }
        assert!(share(&found, usize::MAX, |habit| !habit.is_bad()) <= 0.005);
    }
}

#[test]
fn couples_that_copy_are_found_and_nobody_else_is() {
    const COUPLES: usize = 6;
    const PEOPLE: usize = 40;
    let (mut often, mut found) = (0, 0);
    for seed in 1..=4 {
        let crowd = couples(&mut Chance::new(seed), Eye::Usual, COUPLES, PEOPLE);
        let labelled = Labelling { synsets: 40, images: 800 }.run(&crowd, seed);
        let is_couple = |(one, other): (usize, usize)| one % 2 == 0 && other == one + 1 && one < 2 * COUPLES;
        let together = pairs(&labelled.images());
        often += together.iter().filter(|pair| pair.both_wrong >= 10 && is_couple(pair.workers)).count();
        for alike in copying(&labelled, PEOPLE) {
            assert!(is_couple(alike.pair.workers), "not a couple: {alike:?}");
            found += 1;
        }
    }
    assert!(often >= 16, "{often} couples were wrong together ten times");
    assert!(found >= often, "{found} of {often} found");
}

#[test]
fn a_few_honest_people_who_all_see_the_same_images_are_not_taken_for_copiers() {
    for seed in 1..=3 {
        let mut chance = Chance::new(seed);
        let crowd = Crowd::of((0..9).map(|_| Eye::Noisy.draw(&mut chance)).collect());
        let labelled = Labelling { synsets: 30, images: 400 }.run(&crowd, seed);
        let images = labelled.images();
        let shared = pairs(&images).iter().map(|pair| pair.both_wrong).max().unwrap_or(0);
        assert!(copying(&labelled, crowd.size()).is_empty(), "{shared} wrong answers in common");
    }
}
