//! Does the interval hold what it says? Tables fitted to samples of known models, with fixed seeds.

use domain::consensus::{
    BetaBinomial, ConfidenceTable, Model, Prior, SampleImage, Uncertainty, fit::fit, model::NEAR_MISS,
};
use domain::simulation::Chance;

use crate::support::{burmese, cat, easy_sample, image, model_at, tens, theta};

/// Ten votes, each given the ones before it: Pólya's urn draws a beta-binomial number of yes.
fn votes(law: BetaBinomial, chance: &mut Chance) -> SampleImage {
    (0..10).fold(image(0, 0), |so_far, _| match chance.happens(law.next_yes(so_far.yes, so_far.no)) {
        true => image(so_far.yes + 1, so_far.no),
        false => image(so_far.yes, so_far.no + 1),
    })
}

fn sample(model: &Model, images: usize, chance: &mut Chance) -> Vec<SampleImage> {
    let one = |_| {
        let law = match chance.happens(model.prevalence()) {
            true => model.good(),
            false if chance.happens(model.near_miss_share()) => NEAR_MISS,
            false => model.bad(),
        };
        votes(law, chance)
    };
    (0..images).map(one).collect()
}

/// The cells whose chances decide what happens: up to five votes.
fn cells() -> impl Iterator<Item = (u32, u32)> {
    (1..=5).flat_map(|votes| (0..=votes).map(move |no| (votes - no, no)))
}

/// How often the true chance lies in the interval, over all cells.
fn coverage(
    models: impl IntoIterator<Item = Model>,
    chance: &mut Chance,
    images: usize,
    prior: &Prior,
) -> f64 {
    let (mut within, mut all) = (0.0, 0.0);
    for model in models {
        let sample = sample(&model, images, chance);
        let table = ConfidenceTable::new(&fit(&sample, prior).model, 20);
        let truth = ConfidenceTable::new(&model, 20);
        let uncertainty = Uncertainty::of(&table, &sample, prior);
        for (yes, no) in cells() {
            let (interval, truth) = (uncertainty.interval(yes, no), truth.confidence(yes, no));
            all += 1.0;
            within += f64::from(u8::from((interval.low..=interval.high).contains(&truth)));
        }
    }
    within / all
}

/// Models as the prior expects them.
fn drawn(prior: &Prior, chance: &mut Chance, count: usize) -> Vec<Model> {
    let centre = theta(prior.centre());
    let mut models = Vec::new();
    while models.len() < count {
        let point: [f64; 5] = std::array::from_fn(|i| centre[i] + prior.sd()[i] * chance.normal());
        // What the fit's barrier and box forbid is no synset: workers who say yes to bad images as often as to good ones.
        if point[1] - point[3] > 0.5 && (-1.0..3.0).contains(&point[1]) && point[3] > -6.0 {
            models.push(model_at(point, prior.centre().near_miss_share()));
        }
    }
    models
}

#[test]
fn the_true_chance_lies_in_the_interval_about_as_often_as_it_says() {
    let prior = Prior::global();
    let mut chance = Chance::new(11);
    for images in [20, 100] {
        let models = drawn(&prior, &mut chance, 300);
        let covered = coverage(models, &mut chance, images, &prior);
        println!("{images} images: {covered:.3}");
        assert!((0.90..=0.98).contains(&covered), "{covered} with {images} images");
    }
}

#[test]
fn it_holds_for_an_easy_and_a_hard_synset_of_the_paper() {
    let prior = Prior::global();
    for (name, model) in [("cat", cat()), ("Burmese cat", burmese())] {
        let mut chance = Chance::new(5);
        let covered = coverage(std::iter::repeat_n(model, 200), &mut chance, 200, &prior);
        println!("{name}: {covered:.3}");
        assert!(covered >= 0.90, "{name}: {covered}");
    }
}

#[test]
fn more_images_make_it_narrower_and_it_always_holds_the_tables_own_chance() {
    let prior = Prior::global();
    let width = |times: usize| {
        let sample = easy_sample().repeat(times);
        let table = ConfidenceTable::new(&fit(&sample, &prior).model, 20);
        let uncertainty = Uncertainty::of(&table, &sample, &prior);
        cells()
            .map(|(yes, no)| {
                let interval = uncertainty.interval(yes, no);
                let chance = table.confidence(yes, no);
                assert!(0.0 < interval.low && interval.low <= chance, "{yes} {no}: {interval:?}");
                assert!(chance <= interval.high && interval.high < 1.0, "{yes} {no}: {interval:?}");
                interval.high - interval.low
            })
            .sum::<f64>()
    };
    let [one, four, sixteen] = [1, 4, 16].map(width);
    assert!(one > 1.5 * four && four > 1.5 * sixteen, "{one} {four} {sixteen}");
}

#[test]
fn samples_that_say_nothing_or_lead_to_the_border_have_intervals_too() {
    let prior = Prior::global();
    let samples = [Vec::new(), tens(&[(0, 200)]), tens(&[(10, 200)]), tens(&[(5, 200)]), tens(&[(3, 1)])];
    for sample in samples {
        let table = ConfidenceTable::new(&fit(&sample, &prior).model, 20);
        let uncertainty = Uncertainty::of(&table, &sample, &prior);
        for (yes, no) in table.tallies() {
            let interval = uncertainty.interval(yes, no);
            let chance = table.confidence(yes, no);
            assert!(
                0.0 <= interval.low
                    && interval.low <= chance
                    && chance <= interval.high
                    && interval.high <= 1.0,
                "{yes} {no}: {chance} in {interval:?}"
            );
        }
        assert!(uncertainty.interval(1, 0).high > uncertainty.interval(1, 0).low);
    }
}

#[test]
fn the_same_sample_gives_the_same_interval_bit_by_bit() {
    let (prior, sample) = (Prior::global(), easy_sample());
    let mut reversed = sample.clone();
    reversed.reverse();
    let table = ConfidenceTable::new(&fit(&sample, &prior).model, 20);
    let [one, other] =
        [&sample, &reversed].map(|sample| Uncertainty::of(&table, sample, &prior).interval(2, 1));
    assert_eq!(one, other);
}
