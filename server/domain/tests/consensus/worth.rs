//! Giving images up by what accepting them is worth: what must hold for every model.

use domain::consensus::{
    Calibration, ConfidenceTable, Findings, Method, Model, Policy, PolicySettings, Reason, Rejection, Rule,
    StopRule, Tally, Threshold, Verdict, Worth,
};
use proptest::prelude::*;

use crate::support::{burmese, cat, model_at};

/// A model of a synset in which good images get clearly more yes than bad ones.
fn sensible_model() -> impl Strategy<Value = Model> {
    let theta = [-3.5..=0.5, 0.5..=4.0, 0.0..=4.0, -4.5..=-1.0, 0.0..=4.0];
    (theta, 0.002..=0.1).prop_map(|(theta, share)| model_at(theta, share))
}

fn plain(model: &Model, threshold: f64, rejection: f64) -> Calibration {
    let (threshold, rejection) = (Threshold::new(threshold), Rejection::new(rejection).unwrap());
    Calibration::from_parts(model, StopRule { threshold, rejection }, 20, 20, 0).unwrap()
}

fn worth(votes: f64) -> Worth {
    Worth::new(votes).unwrap()
}

fn tally(yes: u32, no: u32) -> Tally {
    Tally { yes, no, unsure: 0 }
}

fn gives_up(calibration: &Calibration, yes: u32, no: u32) -> bool {
    let judged = calibration.judge(tally(yes, no));
    judged.verdict.is_settled() && judged.verdict != Verdict::Positive
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_never_accepts_anything_else(model in sensible_model(), tau in 0.9..0.999_f64, votes in 2.0..500.0_f64) {
        let plain = plain(&model, tau, 0.1);
        let by_worth = plain.clone().giving_up(worth(votes));
        for (yes, no) in plain.table().tallies() {
            let [one, other] = [&plain, &by_worth].map(|one| one.judge(tally(yes, no)));
            prop_assert_eq!(one.verdict == Verdict::Positive, other.verdict == Verdict::Positive);
            prop_assert_eq!(one.confidence, other.confidence);
        }
    }

    #[test]
    fn whoever_is_given_up_is_given_up_with_another_no(model in sensible_model(), tau in 0.9..0.999_f64, votes in 2.0..500.0_f64) {
        let by_worth = plain(&model, tau, 0.1).giving_up(worth(votes));
        for (yes, no) in by_worth.table().tallies().filter(|(yes, no)| yes + no < 20) {
            if gives_up(&by_worth, yes, no) {
                prop_assert!(gives_up(&by_worth, yes, no + 1), "({yes}, {no})");
            }
        }
    }

    #[test]
    fn who_is_worth_more_is_asked_about_for_longer(model in sensible_model(), tau in 0.9..0.999_f64, votes in 2.0..500.0_f64) {
        let [one, more] = [votes, 1.5 * votes].map(|votes| plain(&model, tau, 0.1).giving_up(worth(votes)));
        for (yes, no) in one.table().tallies() {
            prop_assert!(gives_up(&one, yes, no) || !gives_up(&more, yes, no), "({yes}, {no})");
        }
    }

    #[test]
    fn worth_without_end_accepts_what_rejecting_nothing_accepts(model in sensible_model(), tau in 0.9..0.999_f64) {
        let never = plain(&model, tau, 0.0);
        let by_worth = never.clone().giving_up(worth(1e12));
        let (never, by_worth) = (never.forecast(), by_worth.forecast());
        prop_assert!((never.acceptance - by_worth.acceptance).abs() < 1e-9, "{never:?} {by_worth:?}");
        prop_assert!(by_worth.expected_votes <= never.expected_votes + 1e-9, "hopeless images cost nothing more");
    }

    /// What backward induction is for: no other way to give images up yields more for what it costs, if votes fall as the model says.
    #[test]
    fn no_level_of_rejection_yields_more(
        model in sensible_model(), tau in 0.9..0.999_f64, votes in 2.0..500.0_f64, rho in 0.0..0.49_f64,
    ) {
        let by_level = plain(&model, tau, rho);
        let yielded = |calibration: &Calibration| {
            votes * calibration.forecast().acceptance - calibration.forecast().expected_votes
        };
        let by_worth = by_level.clone().giving_up(worth(votes));
        prop_assert!(yielded(&by_worth) >= yielded(&by_level) - 1e-9, "{} {}", yielded(&by_worth), yielded(&by_level));
    }

    #[test]
    fn prospects_before_the_first_vote_are_the_forecast(model in sensible_model(), tau in 0.9..0.999_f64, votes in 2.0..500.0_f64) {
        let by_worth = plain(&model, tau, 0.1).giving_up(worth(votes));
        let (backwards, forwards) = (by_worth.prospects().of(Tally::default()), by_worth.forecast());
        prop_assert!((backwards.votes - forwards.expected_votes).abs() < 1e-9);
        prop_assert!((backwards.acceptance - forwards.acceptance).abs() < 1e-9);
        prop_assert!((backwards.escalation - forwards.escalation).abs() < 1e-9);
    }

    #[test]
    fn between_cells_gains_lie_between_those_of_the_corners(
        model in sensible_model(), yes in 0.0..12.0_f64, no in 0.0..7.0_f64,
    ) {
        let table = ConfidenceTable::new(&model, 20);
        let outlook = domain::consensus::Outlook::new(&table, Threshold::new(0.99), worth(50.0));
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
            .map(|(right, up)| outlook.gain(yes.floor() + right, no.floor() + up));
        let (low, high) = corners.into_iter().fold((f64::MAX, f64::MIN), |(low, high), gain| (low.min(gain), high.max(gain)));
        prop_assert!((low - 1e-9..=high + 1e-9).contains(&outlook.gain(yes, no)));
    }
}

#[test]
fn a_worth_is_a_number_above_one_vote() {
    for votes in [1.0, 0.0, -5.0, f64::NAN, f64::INFINITY] {
        assert_eq!(Worth::new(votes), None, "{votes}");
    }
    assert!(Worth::new(1.5).is_some_and(|worth| worth.votes() == 1.5));
}

#[test]
fn what_is_stored_brings_the_same_calibration_back() {
    let settings = PolicySettings { method: Method::Table, target: 0.98, ..PolicySettings::default() };
    let policy = Policy::new(settings).unwrap().giving_up(Worth::new(80.0));
    for model in [cat(), burmese()] {
        let built = Calibration::of_model(&model, &policy, 20, 3);
        let levels = StopRule { threshold: built.threshold(), rejection: built.rejection() };
        let rule = Rule { method: Method::Table, levels };
        let stored = Calibration::from_parts(&model, rule, 20, 20, 3).unwrap().giving_up(worth(80.0));
        assert_eq!(stored, built);
        let findings = Findings { shift: -0.5, good: 27, bad: 3 };
        assert_eq!(stored.found(findings, 0.98), built.clone().found(findings, 0.98));
        assert_eq!(built.clone().found(findings, 0.98).worth(), Worth::new(80.0));
        assert_eq!(built.under(&policy), built);
    }
}

#[test]
fn what_is_given_up_is_negative_or_goes_to_an_expert() {
    let by_worth = plain(&burmese(), 0.95, 0.1).giving_up(worth(80.0));
    let given_up: Vec<_> = by_worth
        .table()
        .tallies()
        .filter(|(yes, no)| yes + no > 0 && gives_up(&by_worth, *yes, *no))
        .map(|(yes, no)| by_worth.judge(tally(yes, no)))
        .collect();
    for judged in &given_up {
        let wanted = match judged.confidence < 0.5 {
            true => (Verdict::Negative, Some(Reason::BelowRejection)),
            false => (Verdict::Escalated, Some(Reason::NoMajority)),
        };
        assert_eq!((judged.verdict, judged.reason), wanted);
    }
    assert!(given_up.iter().any(|judged| judged.verdict == Verdict::Negative));
    assert_eq!(by_worth.judge(Tally::default()).verdict, Verdict::Undecided, "everybody is asked about once");
}

#[test]
fn who_chose_a_number_of_votes_gets_them_whatever_they_are_worth() {
    let levels = StopRule { threshold: None, rejection: Rejection::USUAL };
    let rule = Rule { method: Method::Majority { votes: 5 }, levels };
    let counted = Calibration::from_parts(&cat(), rule, 20, 20, 0).unwrap();
    assert_eq!(counted.clone().giving_up(worth(2.0)), counted);
}
