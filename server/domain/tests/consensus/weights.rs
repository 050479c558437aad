//! What must hold for every worker's weights, for votes of any weight, for offsets and for audits.

use domain::consensus::{
    Answer, Audited, Calibration, ConfidenceTable, Model, Rejection, Skill, StopRule, Threshold, Verdict,
    Weighed, Weights, YesRates, audit_shift, fit_hierarchy, hierarchy::Branch,
};
use domain::simulation::Chance;
use proptest::prelude::*;

use crate::support::{burmese, cat, easy_sample, model};

const GOLD: YesRates = YesRates { good: 0.85, bad: 0.06 };

fn calibration(model: &Model) -> Calibration {
    let rule = StopRule { threshold: Threshold::new(0.99), rejection: Rejection::USUAL };
    Calibration::from_parts(model, rule, 20, 20, 0).unwrap()
}

fn any_rates() -> impl Strategy<Value = YesRates> {
    (0.3..0.99_f64, 0.01..0.9_f64).prop_map(|(good, share)| YesRates { good, bad: good * share })
}

/// Answers to gold: (yes, good).
fn any_gold() -> impl Strategy<Value = Vec<(bool, bool)>> {
    prop::collection::vec((any::<bool>(), any::<bool>()), 0..60)
}

fn answered(gold: impl IntoIterator<Item = (bool, bool)>) -> Skill {
    let one = |yes: bool| f64::from(u8::from(yes));
    gold.into_iter().fold(Skill::default(), |skill, (yes, good)| skill.with(one(yes), one(good), GOLD))
}

fn any_votes() -> impl Strategy<Value = Vec<(Answer, f64, f64)>> {
    let answer = prop_oneof![4 => Just(Answer::Yes), 4 => Just(Answer::No), 1 => Just(Answer::Unsure)];
    prop::collection::vec((answer, 0.0..=1.0_f64, 0.0..=1.0_f64), 0..20)
}

fn weighed(votes: &[(Answer, f64, f64)]) -> Weighed {
    let mut image = Weighed::default();
    for (worker, (answer, yes, no)) in votes.iter().enumerate() {
        image.add(worker, *answer, Weights { yes: *yes, no: *no });
    }
    image
}

fn some_model() -> impl Strategy<Value = Model> {
    prop_oneof![
        Just(cat()),
        Just(burmese()),
        (0.03..0.4_f64, 0.6..0.98_f64, 0.01..0.3_f64).prop_map(|(pi, good, bad)| model(
            pi,
            (good, 6.0),
            (bad, 6.0),
            0.03
        )),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_new_worker_weighs_1_and_nobody_weighs_more(rates in any_rates(), gold in any_gold()) {
        let new = Skill::default().weights(rates);
        prop_assert!((new.yes - 1.0).abs() < 1e-9 && (new.no - 1.0).abs() < 1e-9, "{new:?}");
        let Weights { yes, no } = answered(gold).weights(rates);
        prop_assert!((0.0..=1.0).contains(&yes) && (0.0..=1.0).contains(&no), "{yes} {no}");
    }

    #[test]
    fn a_right_answer_never_lowers_a_weight_and_a_wrong_one_never_raises_it(
        rates in any_rates(), gold in any_gold(), good in any::<bool>(),
    ) {
        let before = answered(gold.iter().copied()).weights(rates);
        let after = |yes: bool| answered(gold.iter().copied().chain([(yes, good)])).weights(rates);
        let (right, wrong) = (after(good), after(!good));
        prop_assert!(right.yes >= before.yes - 1e-12 && right.no >= before.no - 1e-12, "{before:?} {right:?}");
        prop_assert!(wrong.yes <= before.yes + 1e-12 && wrong.no <= before.no + 1e-12, "{before:?} {wrong:?}");
    }

    #[test]
    fn votes_of_weight_0_change_nothing_and_votes_of_weight_1_are_whole(model in some_model(), votes in any_votes(), mute in any_votes()) {
        let synset = calibration(&model);
        let silent: Vec<_> = mute.iter().map(|(answer, ..)| (*answer, 0.0, 0.0)).collect();
        let (some, more) = (weighed(&votes), weighed(&[&votes[..], &silent].concat()));
        prop_assert_eq!(some.judge(&synset, 0.0).confidence, more.judge(&synset, 0.0).confidence);
        let whole: Vec<_> = votes.iter().filter(|vote| vote.0 != Answer::Unsure).map(|vote| (vote.0, 1.0, 1.0)).collect();
        let yes = whole.iter().filter(|vote| vote.0 == Answer::Yes).count() as u32;
        let cell = synset.table().confidence(yes, whole.len() as u32 - yes);
        prop_assert_eq!(weighed(&whole).judge(&synset, 0.0).confidence.to_bits(), cell.to_bits());
    }

    #[test]
    fn weighted_votes_count_the_same_in_any_order(
        model in some_model(),
        (votes, shuffled) in any_votes().prop_flat_map(|votes| (Just(votes.clone()), Just(votes).prop_shuffle())),
    ) {
        let synset = calibration(&model);
        let judge = |votes: &[(Answer, f64, f64)]| weighed(votes).judge(&synset, 0.0).confidence;
        prop_assert!((judge(&votes) - judge(&shuffled)).abs() < 1e-9);
    }

    #[test]
    fn an_offset_takes_back_only_what_it_speaks_against(
        model in some_model(), votes in any_votes(), by in 0.0..3.0_f64,
    ) {
        let (synset, image) = (calibration(&model), weighed(&votes));
        let judge = |offset: f64| image.judge(&synset, offset);
        prop_assert!(judge(-by).verdict != Verdict::Positive || judge(0.0).verdict == Verdict::Positive);
        prop_assert!(judge(by).verdict != Verdict::Negative || judge(0.0).verdict == Verdict::Negative);
    }

    #[test]
    fn audits_only_lower_confidences_and_the_more_the_more_bad_ones_they_find(
        log_odds in prop::collection::vec(3.0..8.0_f64, 1..40),
    ) {
        let shift = |bad: usize| {
            let images = log_odds.iter().enumerate();
            audit_shift(&images.map(|(at, log_odds)| Audited { log_odds: *log_odds, good: at >= bad }).collect::<Vec<_>>())
        };
        let shifts: Vec<f64> = (0..=log_odds.len()).map(shift).collect();
        prop_assert_eq!(shifts[0], 0.0);
        prop_assert!(shifts.iter().all(|shift| *shift <= 0.0), "{shifts:?}");
        prop_assert!(shifts.is_sorted_by(|fewer, more| *fewer >= *more - 1e-9), "{shifts:?}");
    }
}

/// The weight of the vote that they never cast stays near 1, which is right: a no from somebody who always says yes is news.
#[test]
fn votes_without_information_weigh_next_to_nothing_after_400_gold_answers() {
    let mut chance = Chance::new(1);
    let gold: Vec<(bool, bool)> = (0..400).map(|turn| (chance.happens(0.5), turn % 5 < 2)).collect();
    let with =
        |says: fn(bool) -> bool| answered(gold.iter().map(|(yes, good)| (says(*yes), *good))).weights(GOLD);
    let (random, always, never) = (with(|yes| yes), with(|_| true), with(|_| false));
    assert!(random.yes < 0.10 && random.no < 0.10, "{random:?}");
    assert!(always.yes < 0.10 && never.no < 0.10, "{always:?} {never:?}");
}

#[test]
fn levels_without_images_are_the_level_above() {
    let easy = easy_sample();
    let branch = |parent, sample| Branch { parent, sample };
    let models = fit_hierarchy(&[branch(Some(0), &easy[..]), branch(Some(1), &[]), branch(None, &[])]);
    assert_eq!(models.synsets[1], models.all);
    assert_eq!(models.synsets[2], models.all);
    assert_ne!(models.synsets[0], models.all);
}

#[test]
fn the_counted_tables_first_cell_is_the_share_of_good_images() {
    let sample = easy_sample();
    let table = domain::consensus::CountedTable::from_sample(&sample);
    let good = sample.iter().filter(|image| image.yes > image.no).count() as f64;
    let cell = table.cell(0, 0).unwrap();
    assert!((cell.confidence.unwrap() - good / sample.len() as f64).abs() < 1e-12);
    assert!((ConfidenceTable::new(&cat(), 20).confidence(0, 0) - cat().prevalence()).abs() < 1e-9);
}
