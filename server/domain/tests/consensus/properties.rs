//! What must hold for every model, every sample and every sequence of votes.

use domain::consensus::{
    Calibration, ConfidenceTable, CountedTable, Model, Prior, Rejection, SampleImage, StopRule, Tally,
    Threshold, Verdict,
    fit::{fit, fit_pooled, objective},
    tally::Answer,
};
use proptest::prelude::*;

use crate::support::{close, image, logit, model_at, raw, sigmoid, theta};

const LOW: [f64; 5] = [-6.0, -3.0, -std::f64::consts::LN_2, -7.0, -std::f64::consts::LN_2];
const HIGH: [f64; 5] = [4.0, 6.0, 5.298_317_366_548_036, 2.0, 5.298_317_366_548_036];

/// Any model inside the box of the fit.
fn any_model() -> impl Strategy<Value = Model> {
    let theta = std::array::from_fn::<_, 5, _>(|i| LOW[i]..=HIGH[i]);
    (theta, 0.002..=0.25).prop_map(|(theta, share)| model_at(theta, share))
}

/// A model of a synset in which good images get clearly more yes than bad ones.
fn sensible_model() -> impl Strategy<Value = Model> {
    let theta = [-3.5..=0.5, 0.5..=4.0, 0.0..=4.0, -4.5..=-1.0, 0.0..=4.0];
    (theta, 0.002..=0.1).prop_map(|(theta, share)| model_at(theta, share))
}

fn any_image() -> impl Strategy<Value = SampleImage> {
    let expert = prop_oneof![3 => Just(None), 1 => any::<bool>().prop_map(Some)];
    (0_u32..=10, 0_u32..=3, expert).prop_map(|(yes, more, expert)| SampleImage {
        yes,
        no: 10 - yes + more,
        expert,
    })
}

fn any_sample() -> impl Strategy<Value = Vec<SampleImage>> {
    prop::collection::vec(any_image(), 1..30)
}

/// Images whose votes come from a model, some of them labelled by an expert who knows the truth.
fn crowd_sample() -> impl Strategy<Value = Vec<SampleImage>> {
    let chances = prop::collection::vec(prop::array::uniform12(0.0..1.0_f64), 1..30);
    (sensible_model(), chances).prop_map(|(model, chances)| {
        let image = |chances: [f64; 12]| {
            let good = chances[10] < model.prevalence();
            let law = if good { model.good() } else { model.bad() };
            let image = chances[..10].iter().fold(SampleImage::default(), |image, chance| {
                if *chance < law.next_yes(image.yes, image.no) {
                    SampleImage { yes: image.yes + 1, ..image }
                } else {
                    SampleImage { no: image.no + 1, ..image }
                }
            });
            SampleImage { expert: (chances[11] < 0.3).then_some(good), ..image }
        };
        chances.into_iter().map(image).collect()
    })
}

fn any_answers() -> impl Strategy<Value = Vec<Answer>> {
    let answer = prop_oneof![4 => Just(Answer::Yes), 4 => Just(Answer::No), 1 => Just(Answer::Unsure)];
    prop::collection::vec(answer, 0..30)
}

fn rule(threshold: f64) -> StopRule {
    StopRule { threshold: Threshold::new(threshold), rejection: Rejection::USUAL }
}

fn calibration(model: &Model, threshold: f64) -> Calibration {
    Calibration::from_parts(model, rule(threshold), 20, 20, 0).unwrap()
}

fn tallies(votes: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..=votes).flat_map(|n| (0..=n).map(move |no| (n - no, no)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_is_a_chance_strictly_between_0_and_1(model in any_model(), cap in 10_u32..=40) {
        let table = ConfidenceTable::new(&model, cap);
        prop_assert_eq!(table.tallies().count() as u32, (cap + 1) * (cap + 2) / 2);
        for (yes, no) in table.tallies() {
            let (confidence, next) = (table.confidence(yes, no), table.next_yes(yes, no));
            prop_assert!(0.0 < confidence && confidence < 1.0, "({yes}, {no}): {confidence}");
            prop_assert!(0.0 < next && next < 1.0, "({yes}, {no}): next yes {next}");
        }
    }

    #[test]
    fn without_votes_the_chance_is_the_share_of_good_images(model in any_model()) {
        prop_assert!((model.log_odds(0, 0) - logit(model.prevalence())).abs() < 1e-9);
    }

    /// The strongest single check: most mistakes in a formula break it.
    #[test]
    fn the_expected_chance_after_a_vote_is_the_chance_before_it(model in any_model()) {
        let chance = |yes, no| sigmoid(model.log_odds(yes, no));
        for (yes, no) in tallies(19) {
            let next = model.next_yes(yes, no);
            let after = next * chance(yes + 1, no) + (1.0 - next) * chance(yes, no + 1);
            prop_assert!((chance(yes, no) - after).abs() < 1e-9, "({yes}, {no}): {} {after}", chance(yes, no));
        }
    }

    #[test]
    fn a_yes_never_lowers_and_a_no_never_raises_the_chance(model in any_model(), cap in 10_u32..=30) {
        let table = ConfidenceTable::new(&model, cap);
        for (yes, no) in tallies(cap) {
            let at = |yes: u32, no: u32| table.log_odds_at(yes.into(), no.into());
            prop_assert!(at(yes, no) >= raw(&table, yes, no));
            if yes + no < cap {
                prop_assert!(at(yes + 1, no) >= at(yes, no) && at(yes, no) >= at(yes, no + 1), "({yes}, {no})");
            }
        }
    }

    #[test]
    fn without_near_misses_good_and_bad_are_mirror_images(model in any_model()) {
        let mirror = |law: domain::consensus::BetaBinomial| (1.0 - law.mean, law.concentration);
        let plain = model_at(theta(&model), 0.0);
        let mirrored = crate::support::model(
            1.0 - plain.prevalence(), mirror(plain.bad()), mirror(plain.good()), 0.0,
        );
        for (yes, no) in tallies(20) {
            let (one, other) = (plain.log_odds(yes, no), -mirrored.log_odds(no, yes));
            prop_assert!((one - other).abs() < 1e-6, "({yes}, {no}): {one} {other}");
        }
    }

    #[test]
    fn the_order_of_votes_does_not_matter(
        model in sensible_model(),
        (answers, shuffled) in any_answers().prop_flat_map(|votes| (Just(votes.clone()), Just(votes).prop_shuffle())),
    ) {
        let judge = |answers: &[Answer]| calibration(&model, 0.99).judge(answers.iter().copied().collect::<Tally>());
        prop_assert_eq!(judge(&answers), judge(&shuffled));
    }

    #[test]
    fn a_look_up_at_whole_votes_is_the_cell_to_the_last_bit(model in any_model()) {
        let table = ConfidenceTable::new(&model, 20);
        let mut column = [f64::NEG_INFINITY; 22];
        // The running maximum, written once more: fewer yes first, more no first.
        for yes in 0..=20_u32 {
            let mut above = f64::NEG_INFINITY;
            for no in (0..=20 - yes).rev() {
                let cell = raw(&table, yes, no).max(above).max(column[no as usize]);
                prop_assert_eq!(cell.to_bits(), table.log_odds_at(yes.into(), no.into()).to_bits());
                (above, column[no as usize]) = (cell, cell);
            }
        }
    }

    #[test]
    fn look_ups_are_continuous_and_monotone(
        model in any_model(), yes in 0.0..25.0_f64, no in 0.0..25.0_f64, step in 0.0..1.0_f64,
    ) {
        let table = ConfidenceTable::new(&model, 20);
        let here = table.log_odds_at(yes, no);
        let near = table.log_odds_at(yes + 1e-9, no + 1e-9);
        prop_assert!(here.is_finite() && (here - near).abs() < 1e-6, "{here} {near}");
        prop_assert!(table.log_odds_at(yes + step, no) >= here - 1e-9);
        prop_assert!(table.log_odds_at(yes, no + step) <= here + 1e-9);
    }

    #[test]
    fn not_sure_is_half_a_yes_and_half_a_no(model in sensible_model(), yes in 0_u32..8, no in 0_u32..8) {
        let calibration = calibration(&model, 0.99);
        let table = calibration.table();
        let judged = |unsure| calibration.judge(Tally { yes, no, unsure }).confidence;
        prop_assert_eq!(judged(0), table.confidence(yes, no));
        prop_assert_eq!(judged(1), table.confidence_at(f64::from(yes) + 0.5, f64::from(no) + 0.5));
        prop_assert_eq!(judged(2), table.confidence(yes + 1, no + 1));
    }

    #[test]
    fn the_counted_table_weighs_every_image_once_per_number_of_votes(sample in any_sample()) {
        let table = CountedTable::from_sample(&sample);
        for votes in 0..=5 {
            let support: f64 = (0..=votes).map(|no| table.cell(votes - no, no).unwrap().support).sum();
            prop_assert!((support - sample.len() as f64).abs() < 1e-9);
        }
        for (_, _, cell) in table.cells() {
            prop_assert_eq!(cell.confidence.is_some(), cell.support > 0.0);
            prop_assert!(cell.confidence.is_none_or(|c| (0.0..=1.0).contains(&c)));
        }
    }

    #[test]
    fn the_counted_table_of_a_doubled_sample_has_doubled_support(sample in any_sample()) {
        let (one, two) = (CountedTable::from_sample(&sample), CountedTable::from_sample(&[&sample[..], &sample].concat()));
        for ((_, _, one), (_, _, two)) in one.cells().zip(two.cells()) {
            prop_assert!((two.support - 2.0 * one.support).abs() < 1e-9);
            prop_assert!((one.confidence.unwrap_or(0.0) - two.confidence.unwrap_or(0.0)).abs() < 1e-9);
        }
    }

    #[test]
    fn swapping_yes_and_no_mirrors_the_counted_table(sample in any_sample()) {
        let swapped: Vec<_> = sample.iter()
            .map(|i| SampleImage { yes: i.no, no: i.yes, expert: i.expert.map(|good| !good) }).collect();
        let (one, other) = (CountedTable::from_sample(&sample), CountedTable::from_sample(&swapped));
        for (yes, no, cell) in one.cells() {
            let mirrored = other.cell(no, yes).unwrap();
            prop_assert!((cell.support - mirrored.support).abs() < 1e-9);
            if let (Some(one), Some(other)) = (cell.confidence, mirrored.confidence) {
                prop_assert!((one - (1.0 - other)).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn the_counted_share_is_that_of_all_orders(
        yes in 0_u32..=10,
        (begin_yes, begin_no) in (0_u32..=3).prop_flat_map(|n| (0..=n).prop_map(move |no| (n - no, no))),
    ) {
        let orders: Vec<u32> = (0_u32..1 << 10).filter(|order| order.count_ones() == yes).collect();
        let begin = |order: &&u32| (*order & ((1 << (begin_yes + begin_no)) - 1)).count_ones() == begin_yes;
        let share = orders.iter().filter(begin).count() as f64 / orders.len() as f64;
        let cell = CountedTable::from_sample(&[image(yes, 10 - yes)]).cell(begin_yes, begin_no).unwrap();
        prop_assert!((cell.support - share).abs() < 1e-12);
    }

    #[test]
    fn acceptance_is_tested_first_then_rejection_then_the_cap(
        model in any_model(), answers in any_answers(), threshold in 0.51..0.999_f64,
    ) {
        let calibration = calibration(&model, threshold);
        let mut tally = Tally::default();
        prop_assert_eq!(calibration.judge(tally).verdict, Verdict::Undecided);
        for answer in answers {
            tally = tally.add(answer);
            let judged = calibration.judge(tally);
            let expected = if judged.confidence >= threshold {
                Verdict::Positive
            } else if judged.confidence <= 0.10 {
                Verdict::Negative
            } else if tally.total() >= 20 {
                Verdict::Escalated
            } else {
                Verdict::Undecided
            };
            prop_assert_eq!(judged.verdict, expected);
            prop_assert_eq!(judged.reason.is_some(), judged.verdict.is_settled());
            prop_assert!(tally.total() < 20 || judged.verdict.is_settled());
        }
    }

    #[test]
    fn a_higher_threshold_never_accepts_more(
        model in sensible_model(), answers in any_answers(), low in 0.6..0.98_f64, more in 0.0..0.019_f64,
    ) {
        let settle = |threshold: f64| {
            let calibration = calibration(&model, threshold);
            let mut tally = Tally::default();
            for answer in &answers {
                tally = tally.add(*answer);
                let verdict = calibration.judge(tally).verdict;
                if verdict.is_settled() {
                    return verdict;
                }
            }
            Verdict::Undecided
        };
        prop_assert!(settle(low + more) != Verdict::Positive || settle(low) == Verdict::Positive);
    }

    /// Exhaustive search over all continuations, unsure votes left aside.
    #[test]
    fn the_best_case_need_is_the_shortest_way_to_a_verdict(
        model in any_model(), yes in 0_u32..7, no in 0_u32..7, unsure in 0_u32..4, threshold in 0.6..0.99_f64,
    ) {
        let calibration = calibration(&model, threshold);
        let settled = |more_yes: u32, more_no: u32| {
            calibration.judge(Tally { yes: yes + more_yes, no: no + more_no, unsure }).verdict.is_settled()
        };
        let shortest = (0..=20).find(|more| (0..=*more).any(|y| settled(y, more - y))).unwrap();
        prop_assert_eq!(calibration.best_case_need(Tally { yes, no, unsure }), shortest);
    }

    #[test]
    fn equal_inputs_give_equal_bits(sample in any_sample(), answers in any_answers()) {
        let policy = domain::consensus::Policy::default();
        let first = domain::consensus::calibrate(&sample, &Prior::global(), &policy);
        let mut reversed = sample.clone();
        reversed.reverse();
        let again = domain::consensus::calibrate(&reversed, &Prior::global(), &policy);
        prop_assert_eq!(&first, &again);
        let m = first.model();
        let stored = Model::new(m.prevalence(), m.good(), m.bad(), m.near_miss_share()).unwrap();
        let rebuilt = Calibration::from_parts(&stored, first.rule(), first.cap(), first.images(), first.anchored());
        let rebuilt = rebuilt.unwrap();
        prop_assert_eq!(&first, &rebuilt);
        let tally: Tally = answers.into_iter().collect();
        prop_assert_eq!(
            first.judge(tally).confidence.to_bits(), rebuilt.judge(tally).confidence.to_bits()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fit_improves_on_the_prior_and_stays_in_its_box(sample in any_sample()) {
        let prior = Prior::global();
        for fit in [fit(&sample, &prior), fit_pooled(&sample, &prior)] {
            let centre = model_at(theta(prior.centre()), fit.model.near_miss_share());
            prop_assert!(fit.objective <= objective(&sample, &prior, prior.centre()).max(objective(&sample, &prior, &centre)));
            prop_assert!((0.002..=0.25).contains(&fit.model.near_miss_share()));
            for (x, (low, high)) in theta(&fit.model).into_iter().zip(LOW.into_iter().zip(HIGH)) {
                prop_assert!(low - 1e-9 <= x && x <= high + 1e-9);
            }
        }
    }

    #[test]
    fn no_small_step_improves_on_the_fit(sample in any_sample(), step in [-0.02..=0.02_f64, -0.02..=0.02, -0.02..=0.02, -0.02..=0.02, -0.02..=0.02]) {
        let prior = Prior::global();
        let fit = fit(&sample, &prior);
        let at = theta(&fit.model);
        let moved = std::array::from_fn(|i| (at[i] + step[i]).clamp(LOW[i], HIGH[i]));
        let there = objective(&sample, &prior, &model_at(moved, 0.03));
        prop_assert!(there >= fit.objective - 1e-6, "{there} {}", fit.objective);
    }

    #[test]
    fn the_more_often_a_sample_is_repeated_the_further_the_fit_leaves_the_prior(sample in crowd_sample()) {
        let prior = Prior::global();
        let distance = |times: usize| {
            let fit = fit(&sample.repeat(times), &prior);
            let (at, mean) = (theta(&fit.model), theta(prior.centre()));
            (0..5).map(|i| ((at[i] - mean[i]) / prior.sd()[i]).powi(2)).sum::<f64>().sqrt()
        };
        let distances = [1, 2, 5, 20].map(distance);
        prop_assert!(distances.is_sorted_by(|less, more| *less <= more + 1e-3), "{distances:?}");
    }

    #[test]
    fn an_anchor_moves_the_fit_its_own_way(sample in crowd_sample()) {
        let prior = Prior::global();
        let with = |good| {
            let anchor = SampleImage { yes: 10, no: 0, expert: Some(good) };
            fit(&[&sample[..], &[anchor]].concat(), &prior).model
        };
        let before = fit(&sample, &prior).model;
        prop_assert!(with(true).good().mean >= before.good().mean - 1e-4, "{} {}", with(true).good().mean, before.good().mean);
        let sure = |model: &Model| ConfidenceTable::new(model, 20).confidence(10, 0);
        prop_assert!(sure(&with(false)) <= sure(&before) + 1e-4, "{} {}", sure(&with(false)), sure(&before));
    }
}

#[test]
fn without_data_the_fit_is_the_level_above() {
    let parent = fit(&crate::support::easy_sample(), &Prior::global()).model;
    for prior in [Prior::global(), Prior::below(&parent)] {
        assert_eq!(fit(&[], &prior).model, *prior.centre());
        assert_eq!(fit_pooled(&[], &prior).model, *prior.centre());
        assert_eq!(fit(&[image(0, 0)], &prior).model, *prior.centre());
    }
    assert_eq!(*Prior::below(&parent).centre(), parent);
    close(fit(&[], &Prior::global()).objective, 0.0, 1e-12, "objective without data");
}
