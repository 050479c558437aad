//! Settings, holds, judgements and words.

use domain::consensus::{
    Calibration, ConfidenceTable, Hold, Judgement, MAX_CAP, Model, Policy, PolicyError, PolicySettings,
    Prior, Reason, Rejection, StopRule, Tally, Threshold, Verdict, calibrate,
    forecast::{THRESHOLDS, forecast, solve_threshold},
    initial_need,
    tally::Answer,
};

use crate::support::{burmese, cat, close, easy_sample, named, tens};

fn with_threshold(model: &Model, threshold: Option<f64>) -> Calibration {
    let threshold = threshold.map(|p| Threshold::new(p).unwrap());
    Calibration::from_parts(model, StopRule { threshold, rejection: Rejection::USUAL }, 20, 60, 0).unwrap()
}

fn tally(yes: u32, no: u32, unsure: u32) -> Tally {
    Tally { yes, no, unsure }
}

#[test]
fn settings_out_of_range_are_refused_with_what_would_be_right() {
    let good = PolicySettings::default();
    assert_eq!(Policy::new(good).unwrap(), Policy::default());
    let refused = |settings| Policy::new(settings).unwrap_err();
    for target in [0.5, 1.0, f64::NAN] {
        assert!(matches!(refused(PolicySettings { target, ..good }), PolicyError::Target(_)));
    }
    assert_eq!(
        refused(PolicySettings { threshold: Some(1.0), ..good }).to_string(),
        "the confidence threshold is 1; it must lie between 0.5 and 1, both excluded, such as 0.99"
    );
    for rejection in [-0.1, 0.5, f64::NAN] {
        assert!(matches!(refused(PolicySettings { rejection, ..good }), PolicyError::Rejection(_)));
    }
    assert_eq!(
        refused(PolicySettings { initial_votes: 9, ..good }).to_string(),
        "9 votes on each image of the initial sample are too few; at least 10 are needed"
    );
    assert_eq!(
        refused(PolicySettings { cap: 11, initial_votes: 12, ..good }),
        PolicyError::Cap { cap: 11, initial_votes: 12 }
    );
    assert!(Policy::new(PolicySettings { cap: MAX_CAP, ..good }).is_ok());
    assert!(Policy::new(PolicySettings { cap: MAX_CAP + 1, ..good }).is_err());
    assert!(Policy::new(PolicySettings { rejection: 0.0, ..good }).is_ok());
}

#[test]
fn the_lowest_threshold_that_reaches_the_target_is_chosen() {
    let table = ConfidenceTable::new(&cat(), 20);
    let (threshold, outlook) = solve_threshold(&table, 0.99, Rejection::USUAL).unwrap();
    assert!(outlook.mean_confidence_of_accepted.unwrap() >= 0.99);
    let lower = THRESHOLDS.into_iter().filter(|p| *p < threshold.get());
    for threshold in lower.map(Threshold::new) {
        let outlook = forecast(&table, StopRule { threshold, rejection: Rejection::USUAL });
        assert!(outlook.mean_confidence_of_accepted.unwrap() < 0.99, "{threshold:?}");
    }
    assert!(threshold.get() > 0.90 && threshold.get() < 0.99, "an average: {threshold:?}");
    assert_eq!(solve_threshold(&ConfidenceTable::new(&named("timid"), 20), 0.99, Rejection::USUAL), None);
}

#[test]
fn calibration_uses_the_threshold_set_by_hand_if_there_is_one() {
    let settings = PolicySettings { threshold: Some(0.95), ..PolicySettings::default() };
    let by_hand = calibrate(&easy_sample(), &Prior::global(), &Policy::new(settings).unwrap());
    assert_eq!(by_hand.threshold(), Threshold::new(0.95));
    let settings = PolicySettings { target: 0.98, ..PolicySettings::default() };
    let solved = calibrate(&easy_sample(), &Prior::global(), &Policy::new(settings).unwrap());
    assert!(solved.forecast().mean_confidence_of_accepted.unwrap() >= 0.98);
    assert_eq!((solved.images(), solved.anchored()), (60, 0));
    assert_eq!(solved.hold(), None);
}

#[test]
fn calibration_counts_its_anchors() {
    let mut sample = easy_sample();
    for image in sample.iter_mut().take(7) {
        image.expert = Some(image.yes > 5);
    }
    assert_eq!(calibrate(&sample, &Prior::global(), &Policy::default()).anchored(), 7);
}

#[test]
fn difficulty_is_on_one_scale_for_all_thresholds_and_caps() {
    for (name, votes) in [("cat", Some(4)), ("burmese", Some(13)), ("timid", None), ("ushape", None)] {
        assert_eq!(with_threshold(&named(name), Some(0.95)).difficulty(), votes, "{name}");
        let rule = StopRule { threshold: None, rejection: Rejection::USUAL };
        assert_eq!(
            Calibration::from_parts(&named(name), rule, 10, 0, 0).unwrap().difficulty(),
            votes,
            "{name}"
        );
    }
}

#[test]
fn synsets_that_would_waste_votes_are_held() {
    assert_eq!(with_threshold(&cat(), Some(0.99)).hold(), None);
    assert_eq!(with_threshold(&named("timid"), None).hold(), Some(Hold::NoThreshold));
    let unreachable = with_threshold(&named("timid"), Some(0.99)).hold().unwrap();
    assert!(matches!(unreachable, Hold::TooDifficult { cap: 20, best, needed: 0.99 } if best < 0.99));
    assert!(matches!(with_threshold(&named("ushape"), None).hold(), Some(Hold::TooDifficult { .. })));
    let rare = with_threshold(&burmese(), Some(0.995)).hold().unwrap();
    assert!(matches!(rare, Hold::AlmostNothingAccepted { acceptance } if acceptance < 0.01));
}

#[test]
fn a_sample_without_a_good_image_puts_the_synset_on_hold() {
    let none_good = tens(&[(0, 30), (1, 12), (2, 9), (3, 6), (4, 3)]);
    let calibration = calibrate(&none_good, &Prior::global(), &Policy::default());
    assert!(calibration.hold().is_some(), "{:?}", calibration.forecast());
}

#[test]
fn a_hold_says_what_is_wrong_and_what_would_help() {
    let hold = Hold::TooDifficult { cap: 20, best: 0.8312, needed: 0.99 };
    assert_eq!(
        hold.to_string(),
        "workers can't tell these images apart: after 20 votes, all of them yes, an image is good with a chance of \
         83.1 %, and 99.0 % is needed; expert labels on the initial sample would help"
    );
    assert!(Hold::AlmostNothingAccepted { acceptance: 0.0041 }.to_string().starts_with("only 0.41 %"));
}

#[test]
fn without_a_safe_threshold_no_vote_makes_an_image_positive() {
    let held = with_threshold(&named("timid"), None);
    for yes in 0..=20 {
        assert_ne!(held.judge(tally(yes, 0, 0)).verdict, Verdict::Positive);
    }
    assert_eq!(held.judge(tally(20, 0, 0)).verdict, Verdict::Escalated);
    assert_eq!(held.judge(tally(0, 9, 0)).verdict, Verdict::Negative);
    assert_eq!(held.forecast().votes_per_accepted, None);
}

#[test]
fn an_image_is_settled_with_its_reason() {
    let cat = with_threshold(&cat(), Some(0.99));
    let verdict = |yes, no, unsure| {
        let judged = cat.judge(tally(yes, no, unsure));
        (judged.verdict, judged.reason)
    };
    assert_eq!(verdict(4, 0, 0), (Verdict::Positive, Some(Reason::AboveThreshold)));
    assert_eq!(verdict(0, 1, 0), (Verdict::Negative, Some(Reason::BelowRejection)));
    assert_eq!(verdict(1, 1, 0), (Verdict::Undecided, None));
    assert_eq!(verdict(10, 10, 0), (Verdict::Escalated, Some(Reason::CapReached)));
    assert_eq!(verdict(1, 1, 18), (Verdict::Escalated, Some(Reason::CapReached)));
    assert_eq!(verdict(40, 40, 0), (Verdict::Escalated, Some(Reason::CapReached)));
}

#[test]
fn an_image_that_nobody_voted_on_is_undecided_however_rare_good_images_are() {
    let burmese = with_threshold(&burmese(), Some(0.95));
    let unseen = burmese.judge(Tally::default());
    close(unseen.confidence, 0.10, 1e-12, "the share of good images is at the rejection level");
    assert_eq!(unseen.verdict, Verdict::Undecided);
    assert_eq!(burmese.best_case_need(Tally::default()), 1);
}

#[test]
fn an_expert_overrides_every_vote() {
    for (good, verdict, confidence) in [(true, Verdict::Positive, 1.0), (false, Verdict::Negative, 0.0)] {
        assert_eq!(
            Judgement::by_expert(good),
            Judgement { verdict, reason: Some(Reason::Expert), confidence }
        );
    }
}

#[test]
fn the_best_case_need_counts_the_shortest_way_and_never_passes_the_cap() {
    let cat = with_threshold(&cat(), Some(0.99));
    assert_eq!(cat.best_case_need(Tally::default()), 1, "one no settles a cat");
    assert_eq!(cat.best_case_need(tally(3, 0, 0)), 1);
    assert_eq!(cat.best_case_need(tally(4, 0, 0)), 0);
    assert_eq!(cat.best_case_need(tally(1, 0, 0)), 2, "two no after the first yes settle it");
    assert_eq!(cat.best_case_need(tally(10, 9, 0)), 1);
    assert_eq!(cat.best_case_need(tally(30, 30, 30)), 0);
}

#[test]
fn an_initial_image_needs_ten_answers_of_yes_or_no_but_not_for_ever() {
    assert_eq!(initial_need(Tally::default(), 10, 20), 10);
    assert_eq!(initial_need(tally(3, 4, 0), 10, 20), 3);
    assert_eq!(initial_need(tally(3, 4, 5), 10, 20), 3, "not sure is none of the ten");
    assert_eq!(initial_need(tally(3, 4, 12), 10, 20), 1, "only one vote is left below the cap");
    assert_eq!(initial_need(tally(3, 4, 13), 10, 20), 0);
    assert_eq!(initial_need(tally(9, 4, 0), 10, 20), 0);
}

#[test]
fn a_stored_cap_out_of_range_is_refused() {
    let rule = StopRule { threshold: None, rejection: Rejection::USUAL };
    for cap in [0, 9, 101, u32::MAX] {
        assert!(Calibration::from_parts(&cat(), rule, cap, 0, 0).is_err());
    }
}

#[test]
fn stored_model_parameters_out_of_range_are_refused() {
    let law = |mean, concentration| domain::consensus::BetaBinomial { mean, concentration };
    let (good, bad) = (law(0.9, 6.0), law(0.1, 6.0));
    assert!(Model::new(0.1, good, bad, 0.0).is_ok());
    for prevalence in [0.0, 1.0, f64::NAN] {
        assert!(Model::new(prevalence, good, bad, 0.03).is_err());
    }
    for share in [-0.1, 1.0, f64::NAN] {
        assert!(Model::new(0.1, good, bad, share).is_err());
    }
    for broken in [law(1.0, 6.0), law(0.5, 0.0), law(0.5, f64::INFINITY), law(f64::NAN, 6.0)] {
        let message = Model::new(0.1, good, broken, 0.03).unwrap_err().to_string();
        assert!(message.starts_with("votes on bad images"), "{message}");
        assert!(Model::new(0.1, broken, bad, 0.03).is_err());
    }
    assert!(Prior::new(cat(), [1.0, 1.0, 0.0, 1.0, 1.0]).is_none());
}

#[test]
fn words_are_read_back_as_written() {
    for answer in [Answer::Yes, Answer::No, Answer::Unsure] {
        assert_eq!(Answer::parse(answer.as_str()), Some(answer));
    }
    for verdict in [Verdict::Positive, Verdict::Negative, Verdict::Undecided, Verdict::Escalated] {
        assert_eq!(Verdict::parse(verdict.as_str()), Some(verdict));
    }
    for reason in [Reason::AboveThreshold, Reason::BelowRejection, Reason::CapReached, Reason::Expert] {
        assert_eq!(Reason::parse(reason.as_str()), Some(reason));
    }
    assert_eq!((Answer::parse("Yes"), Verdict::parse(""), Reason::parse("cap")), (None, None, None));
}

#[test]
fn a_tally_counts_answers() {
    let tally: Tally = [Answer::Yes, Answer::Unsure, Answer::No, Answer::Yes].into_iter().collect();
    assert_eq!(tally, Tally { yes: 2, no: 1, unsure: 1 });
    assert_eq!((tally.total(), tally.decided(), tally.weighted()), (4, 3, (2.5, 1.5)));
    close(tally.selection_frequency().unwrap(), 2.0 / 3.0, 1e-15, "two of three");
    assert_eq!(Tally { unsure: 3, ..Tally::default() }.selection_frequency(), None);
}
