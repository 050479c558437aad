//! Images by where they come from: what moves a source's chances is the same as another share of good images.

use domain::consensus::{
    Calibration, Facts, Method, Offsets, Policy, PolicySettings, Rejection, Rule, Source, StopRule, Tally,
    Threshold, Verdict, Votes,
};
use domain::simulation::Chance;
use proptest::prelude::*;

use crate::support::{close, model};

const ELSEWHERE: Source = Source(7);

fn full(prevalence: f64) -> Calibration {
    let levels = StopRule { threshold: Threshold::new(0.97), rejection: Rejection::USUAL };
    let rule = Rule { method: Method::Full, levels };
    let model = model(prevalence, (0.85, 6.0), (0.06, 5.0), 0.03);
    Calibration::from_parts(&model, rule, 20, 20, 0).unwrap()
}

fn from(source: Source, tally: Tally) -> Votes {
    Votes { source, ..tally.into() }
}

proptest! {
    #[test]
    fn an_offset_is_another_share_of_good_images(
        prevalence in 0.05..0.6_f64,
        offset in -2.5..2.5_f64,
        (yes, no, unsure) in (0..7_u32, 0..7_u32, 0..4_u32),
    ) {
        let plain = full(prevalence);
        let with = plain.clone().offset_by(Offsets::new([(ELSEWHERE, offset)]));
        let moved = plain.model().moved(offset);
        let of_moved = Calibration::from_parts(&moved, plain.rule(), 20, 20, 0).unwrap();
        let tally = Tally { yes, no, unsure };
        let (there, here) = (from(ELSEWHERE, tally), from(Source(0), tally));
        let (judged, expected) = (with.judge(there), of_moved.judge(tally));
        prop_assert!((judged.confidence - expected.confidence).abs() < 1e-9);
        prop_assert_eq!(with.judge(here), plain.judge(tally), "other sources stay as they are");
        prop_assert!((with.prevalence_in(ELSEWHERE) - moved.prevalence()).abs() < 1e-12);
        // At the very edge of a level both may fall to either side.
        let near = |level: f64| (judged.confidence - level).abs() < 1e-9;
        if !near(0.97) && !near(0.1) {
            prop_assert_eq!(judged.verdict, expected.verdict);
        }
        prop_assert_eq!(with.best_case_need(there), of_moved.best_case_need(tally));
        let (ahead, as_moved) = (with.prospects().of(there), of_moved.prospects().of(tally));
        prop_assert!((ahead.votes - as_moved.votes).abs() < 1e-6, "{ahead:?} {as_moved:?}");
        prop_assert!((ahead.acceptance - as_moved.acceptance).abs() < 1e-6);
        prop_assert_eq!(with.prospects().of(here), plain.prospects().of(tally));
    }

    #[test]
    fn methods_that_weigh_nothing_tell_no_sources_apart(offset in -2.0..2.0_f64) {
        let settings = PolicySettings { method: Method::Table, ..PolicySettings::default() };
        let table = full(0.2).under(&Policy::new(settings).unwrap());
        let with = table.clone().offset_by(Offsets::new([(ELSEWHERE, offset)]));
        prop_assert_eq!(&with, &table);
        let images = [(Facts { source: ELSEWHERE, tally: Tally { yes: 3, no: 0, unsure: 0 }, ..Facts::default() }, 9)];
        prop_assert_eq!(table.learned_offsets(images), Offsets::default());
    }
}

/// Further votes on an image, one by one, as the model draws them, until it is settled.
fn asked(judge: &Calibration, good: bool, mut tally: Tally, chance: &mut Chance) -> Tally {
    let law = if good { judge.model().good() } else { judge.model().bad() };
    while !judge.judge(from(ELSEWHERE, tally)).verdict.is_settled() {
        match chance.happens(law.next_yes(tally.yes, tally.no)) {
            true => tally.yes += 1,
            false => tally.no += 1,
        }
    }
    tally
}

/// The sample had 30 % of good images; another search finds 1.4 %.
#[test]
fn a_sample_that_promised_more_good_images_is_seen_through() {
    let (sample, mut chance) = (full(0.3), Chance::new(5));
    let images: Vec<(bool, Tally)> = (0..6_000)
        .map(|_| {
            let good = chance.happens(0.014);
            (good, asked(&sample, good, Tally::default(), &mut chance))
        })
        .collect();
    let facts = |tally: Tally| Facts { tally, source: ELSEWHERE, ..Facts::default() };
    let offsets = sample.learned_offsets(images.iter().map(|(_, tally)| (facts(*tally), 1)));
    let learned = sample.clone().offset_by(offsets);
    let share = learned.prevalence_in(ELSEWHERE);
    assert!((0.008..0.022).contains(&share), "{share}");
    let accepted = |judge: &Calibration, images: &[(bool, Tally)]| {
        let is_taken = |tally: Tally| judge.judge(from(ELSEWHERE, tally)).verdict == Verdict::Positive;
        let taken = images.iter().filter(|(_, tally)| is_taken(*tally));
        let (all, right) = taken.fold((0, 0), |(all, right), (good, _)| (all + 1, right + u32::from(*good)));
        (all, f64::from(right) / f64::from(all.max(1)))
    };
    let before = accepted(&sample, &images);
    let again: Vec<(bool, Tally)> =
        images.iter().map(|(good, tally)| (*good, asked(&learned, *good, *tally, &mut chance))).collect();
    let after = accepted(&learned, &again);
    assert!(before.1 < 0.9, "precision where .97 is the least chance: {before:?}");
    assert!(after.1 > 0.97 && after.0 > 20, "{after:?}");
    // Experts who labelled some of them say the same.
    let labelled = images.iter().enumerate().map(|(place, (good, tally))| {
        let expert = (place % 10 == 0).then_some(*good);
        (Facts { expert, ..facts(*tally) }, 1)
    });
    let with_experts = sample.learned_offsets(labelled);
    close(with_experts.of(ELSEWHERE), learned.offsets().of(ELSEWHERE), 0.3, "with experts");
}
