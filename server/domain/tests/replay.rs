//! Replays of recorded crowds, made here with fixed seeds.
#![expect(clippy::unwrap_used, reason = "a helper that panics fails its test")]

use domain::consensus::Method::{Fixed, Full, Majority, Table};
use domain::consensus::{Answer, Policy, PolicySettings, Whom, Worth};
use domain::replay::{ANONYMOUS, Figures, Method, Recording, Settings, Task, replay};
use domain::simulation::{Chance, Eye, Mix};

/// How people vote: good workers by these rates, and so many of a hundred say anything.
struct Crowd {
    good_yes: f64,
    bad_yes: f64,
    random_percent: usize,
}

const HONEST: Crowd = Crowd { good_yes: 0.92, bad_yes: 0.04, random_percent: 0 };

/// Synsets of `tasks` tasks, 12 % of them good, each asked of 20 out of 100 workers.
fn recorded(seed: u64, synsets: usize, tasks: usize, crowd: &Crowd) -> Recording {
    let mut chance = Chance::new(seed);
    let names = (0..synsets).map(|synset| format!("synset {synset}")).collect();
    let mut recording = Recording { synsets: names, workers: 100, tasks: Vec::new() };
    for synset in 0..synsets {
        for task in 0..tasks {
            let good = chance.happens(0.12);
            let votes = (0..20)
                .map(|turn| {
                    let worker = (task * 7 + turn * 5) % 100;
                    let yes = match worker < crowd.random_percent {
                        true => 0.5,
                        false if good => crowd.good_yes,
                        false => crowd.bad_yes,
                    };
                    (worker, if chance.happens(yes) { Answer::Yes } else { Answer::No })
                })
                .collect();
            recording.tasks.push(Task { synset, votes, truth: Some(good) });
        }
    }
    recording
}

fn settings(method: Method) -> Settings {
    let policy = PolicySettings { threshold: Some(0.99), ..PolicySettings::default() };
    Settings {
        method,
        policy: Policy::new(policy).unwrap(),
        initial: 20,
        anchors: 0,
        gold: 0,
        audit: 0,
        seed: 1,
        draws: 3,
    }
}

fn total(recording: &Recording, settings: &Settings) -> Figures {
    replay(recording, settings).total
}

#[test]
fn the_same_seed_gives_the_same_figures_and_another_one_others() {
    let recording = recorded(1, 3, 200, &HONEST);
    for method in
        [Method::Engine(Full), Method::Engine(Table), Method::Counted, Method::Engine(Majority { votes: 5 })]
    {
        let settings = settings(method);
        assert_eq!(replay(&recording, &settings), replay(&recording, &settings));
        assert_ne!(replay(&recording, &settings), replay(&recording, &Settings { seed: 2, ..settings }));
    }
}

#[test]
fn every_task_is_counted_once_and_votes_are_never_more_than_were_recorded() {
    let recording = recorded(2, 3, 150, &Crowd { random_percent: 20, ..HONEST });
    for method in [
        Method::Engine(Full),
        Method::Engine(Table),
        Method::Counted,
        Method::Engine(Majority { votes: 7 }),
        Method::Engine(Fixed { votes: 9, yes: 6 }),
    ] {
        let report = replay(&recording, &Settings { audit: 10, anchors: 8, gold: 10, ..settings(method) });
        for (name, one) in report.synsets.iter().chain([&("all".to_owned(), report.total)]) {
            let sum = one.positive + one.negative + one.escalated + one.undecided + one.on_hold;
            assert!((sum - one.tasks).abs() < 1e-9, "{method:?} {name}: {one:?}");
            assert!(one.votes <= 20.0 * one.tasks, "{method:?} {name}: {one:?}");
        }
    }
}

#[test]
fn an_honest_crowd_gets_what_is_stated_for_few_votes() {
    let recording = recorded(3, 6, 500, &HONEST);
    for method in [Method::Engine(Full), Method::Engine(Table)] {
        let figures = total(&recording, &settings(method));
        assert!(figures.stated_minus_measured().unwrap() <= 0.003, "{method:?} {figures:?}");
        assert!(figures.votes_per_image.unwrap() < 3.2, "{method:?} {figures:?}");
        assert!(figures.recall.unwrap() > 0.8, "{method:?} {figures:?}");
    }
}

#[test]
fn weighing_workers_keeps_random_clickers_from_spoiling_what_is_found() {
    let recording = recorded(4, 6, 500, &Crowd { random_percent: 25, ..HONEST });
    let full = total(&recording, &Settings { gold: 20, ..settings(Method::Engine(Full)) });
    assert!(full.stated_minus_measured().unwrap() <= 0.003, "{full:?}");
    let table = total(&recording, &settings(Method::Engine(Table)));
    assert!(full.recall.unwrap() > table.recall.unwrap(), "{full:?} {table:?}");
}

#[test]
fn twenty_gold_answers_each_keep_a_ring_of_workers_from_spoiling_what_is_found() {
    let mut recording = recorded(9, 10, 500, &HONEST);
    // A fifth of the workers agreed on which images to take, whatever they show.
    for (place, task) in recording.tasks.iter_mut().enumerate() {
        for (worker, answer) in &mut task.votes {
            if *worker < 20 {
                *answer = if place * 7919 % 10 < 3 { Answer::Yes } else { Answer::No };
            }
        }
    }
    let with_gold = total(&recording, &Settings { gold: 20, ..settings(Method::Engine(Full)) });
    assert!(with_gold.stated_minus_measured().unwrap() <= 0.003, "{with_gold:?}");
    assert!(with_gold.recall.unwrap() > 0.3, "{with_gold:?}");
    let counted = total(&recording, &settings(Method::Counted));
    assert!(counted.stated_minus_measured().unwrap() > 0.01, "{counted:?}");
}

#[test]
fn a_crowd_that_is_wrong_together_ends_on_hold_once_it_is_audited() {
    let mut recording = recorded(5, 4, 400, &HONEST);
    // Half of what everybody takes for good shows something else.
    for (place, task) in recording.tasks.iter_mut().enumerate() {
        task.truth = task.truth.map(|good| good && place % 2 == 0);
    }
    let without = total(&recording, &settings(Method::Engine(Full)));
    assert!(without.measured_precision.unwrap() < 0.7, "{without:?}");
    let audited = total(&recording, &Settings { audit: 30, ..settings(Method::Engine(Full)) });
    assert_eq!((audited.on_hold, audited.positive), (audited.tasks, 0.0), "{audited:?}");
}

#[test]
fn audits_that_find_nothing_change_nothing() {
    let recording = recorded(6, 3, 300, &Crowd { good_yes: 0.97, bad_yes: 0.01, random_percent: 0 });
    let without = total(&recording, &settings(Method::Engine(Full)));
    let audited = total(&recording, &Settings { audit: 20, ..settings(Method::Engine(Full)) });
    assert_eq!((without.positive, without.votes), (audited.positive, audited.votes));
}

#[test]
fn the_counted_table_states_more_than_is_true() {
    let recording = Mix { synsets: 6, ..Mix::usual(Eye::Usual) }.record(8);
    let figures = total(&recording, &settings(Method::Counted));
    assert!(figures.stated_precision.unwrap() > 0.99, "{figures:?}");
    assert!(figures.stated_minus_measured().unwrap() > 0.02, "{figures:?}");
}

#[test]
fn a_task_without_enough_votes_stays_undecided() {
    let short = |votes: Vec<(usize, Answer)>| Task { synset: 0, votes, truth: Some(true) };
    let mut recording = recorded(7, 1, 60, &HONEST);
    recording.tasks.extend((0..40).map(|_| short(vec![(ANONYMOUS, Answer::Yes)])));
    let figures = total(&recording, &settings(Method::Engine(Majority { votes: 3 })));
    assert!((figures.undecided - 40.0).abs() < 1e-9, "{figures:?}");
    let empty = Recording { synsets: vec!["none".to_owned()], workers: 0, tasks: vec![short(Vec::new())] };
    let figures = total(&empty, &settings(Method::Engine(Full)));
    assert_eq!((figures.tasks, figures.votes, figures.positive), (1.0, 0.0, 0.0));
}

#[test]
fn two_thirds_decide_a_majority_and_what_lies_between_is_escalated() {
    let of = |yes: usize| Task {
        synset: 0,
        votes: (0..10).map(|turn| (ANONYMOUS, if turn < yes { Answer::Yes } else { Answer::No })).collect(),
        truth: Some(yes > 5),
    };
    let tasks = (0..=10).map(of).collect();
    let recording = Recording { synsets: vec!["one".to_owned()], workers: 0, tasks };
    let figures = total(&recording, &settings(Method::Engine(Majority { votes: 10 })));
    assert_eq!((figures.positive, figures.negative, figures.escalated), (4.0, 4.0, 3.0));
    assert_eq!((figures.measured_precision, figures.votes), (Some(1.0), 110.0));
    let figures = total(&recording, &settings(Method::Engine(Fixed { votes: 10, yes: 9 })));
    assert_eq!((figures.positive, figures.negative, figures.escalated), (2.0, 9.0, 0.0));
}

#[test]
fn asking_those_who_suit_finds_more_with_fewer_votes() {
    let recording = Mix { synsets: 12, ..Mix::usual(Eye::Noisy) }.record(5);
    let settings = settings(Method::Engine(Full));
    let anybody = total(&recording, &settings);
    let suited = total(&recording, &Settings { policy: settings.policy.asking(Whom::Suited), ..settings });
    assert!(suited.votes < anybody.votes, "{suited:?} {anybody:?}");
    assert!(suited.recall.unwrap() > anybody.recall.unwrap(), "{suited:?} {anybody:?}");
    assert!(suited.stated_minus_measured().unwrap() <= 0.003, "{suited:?}");
}

#[test]
fn giving_images_up_by_worth_costs_fewer_votes_for_each_that_is_accepted() {
    let recording = Mix { synsets: 12, ..Mix::usual(Eye::Usual) }.record(6);
    let settings = settings(Method::Engine(Table));
    let by_level = total(&recording, &settings);
    let policy = settings.policy.giving_up(Worth::new(120.0));
    let by_worth = total(&recording, &Settings { policy, ..settings });
    assert!(
        by_worth.votes_per_accepted.unwrap() < 0.95 * by_level.votes_per_accepted.unwrap(),
        "{by_worth:?}"
    );
    assert!(by_worth.recall.unwrap() > by_level.recall.unwrap() - 0.01, "{by_worth:?} {by_level:?}");
    assert!(by_worth.stated_minus_measured().unwrap() <= 0.003, "{by_worth:?}");
}
