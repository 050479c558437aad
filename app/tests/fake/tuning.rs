//! Made-up settings and what they would cost.

use super::data::{SYNSETS, words};
use app::api::forecasting::{AtTarget, ForecastPage, SynsetForecast};
use app::api::replaying::{Recorded, ReplayPage, Replayed, ReplayedSynset};
use app::api::settings::{Overrides, Settings, SettingsForm};
use app::api::tuning::{Expected, Ground, MethodOutlook, SettingsPage};

pub fn page(wnid: Option<&str>, typed: Option<SettingsForm>) -> SettingsPage {
    let own = Overrides { target_precision: Some(0.995), ..Overrides::default() };
    let complete = SettingsForm {
        target_precision: "0.995".to_owned(),
        threshold: String::new(),
        rejection: "0.1".to_owned(),
        initial_sample: "20".to_owned(),
        initial_votes: "10".to_owned(),
        votes_cap: "20".to_owned(),
        batch_size: "48".to_owned(),
        batch_size_phone: "24".to_owned(),
        duplicate_distance: "8".to_owned(),
        method: "full".to_owned(),
        majority_votes: "5".to_owned(),
        fixed_votes: "10".to_owned(),
        fixed_yes: "9".to_owned(),
    };
    let first = if wnid.is_some() {
        SettingsForm { target_precision: "0.995".to_owned(), ..SettingsForm::default() }
    } else {
        complete
    };
    let typed = typed.unwrap_or_else(|| first.clone());
    let is_wrong = typed.target_precision == "2";
    let now = Expected {
        votes: 48_120.4,
        sample_votes: 8_600.0,
        spread: 212.0,
        accepted: 3_310.2,
        good: 3_790.0,
        escalated: 96.7,
        precision: Some(0.9961),
        on_hold: 3,
    };
    let then =
        (typed != first && !is_wrong).then_some(Expected { votes: 39_002.0, precision: Some(0.9915), ..now });
    SettingsPage {
        project: (1, "Pets".to_owned()),
        synset: wnid.map(|wnid| (wnid.to_owned(), vec!["dalmatian".to_owned(), "coach dog".to_owned()])),
        in_force: Settings {
            target_precision: 0.995,
            threshold: None,
            rejection: 0.1,
            initial_sample: 20,
            initial_votes: 10,
            votes_cap: 20,
            batch_size: 48,
            batch_size_phone: 24,
            duplicate_distance: 8,
            method: "full".to_owned(),
        },
        own,
        wrong: if is_wrong {
            vec![(
                "target_precision".to_owned(),
                "The target precision is \"2\"; a number from 0.5 to 1 is expected.".to_owned(),
            )]
        } else {
            Vec::new()
        },
        typed,
        methods: match wnid {
            None => [("full", 1.0), ("table", 0.6), ("majority:5", 1.4), ("fixed:10:9", 1.1)]
                .map(|(method, share)| MethodOutlook {
                    method: method.to_owned(),
                    expected: Expected { accepted: now.accepted * share, votes: now.votes * share, ..now },
                })
                .to_vec(),
            Some(_) => Vec::new(),
        },
        ground: Ground { synsets: 96, calibrated: 53, candidates: 31_204, duplicates: 1_120, freed: None },
        now,
        then,
        passes_verdicts: wnid.is_none().then_some(false),
        cohort_limit: Some(2),
        price: Some((0.012, "EUR".to_owned())),
    }
}

/// Votes played once more: fewer votes and less precision where a majority decides.
pub fn replay(typed: Option<SettingsForm>, empty: bool) -> ReplayPage {
    let page = page(None, typed);
    let now = Replayed {
        images: 8_120.0,
        positive: 902.3,
        negative: 6_911.0,
        escalated: 41.0,
        undecided: 12.7,
        on_hold: 253.0,
        votes: 24_871.0,
        votes_per_image: Some(3.06),
        stated: Some(0.9953),
        measured: Some(0.9931),
        recall: Some(0.871),
    };
    let majority = Replayed {
        positive: 1_120.0,
        votes: 40_600.0,
        votes_per_image: Some(5.0),
        stated: Some(0.962),
        measured: Some(0.957),
        undecided: 4_310.0,
        on_hold: 0.0,
        ..now
    };
    let then = (page.typed.method == "majority" && page.wrong.is_empty()).then_some(majority);
    let line = |wnid: &str, words: &[&str], share: f64| {
        let part = |of: Replayed| Replayed {
            images: of.images * share,
            positive: of.positive * share,
            on_hold: 0.0,
            ..of
        };
        ReplayedSynset {
            wnid: wnid.to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            now: part(now),
            then: then.map(part),
        }
    };
    ReplayPage {
        project: page.project,
        in_force: page.in_force,
        typed: page.typed,
        wrong: page.wrong,
        recorded: if empty {
            Recorded::default()
        } else {
            Recorded { synsets: 53, left_out: 2, images: 8_120, votes: 31_204, labelled: 611, draws: 3 }
        },
        now,
        then,
        synsets: vec![
            line("n02110341", &["dalmatian", "coach dog", "carriage dog"], 0.11),
            line("n02123394", &["Persian cat"], 0.08),
        ],
    }
}

/// What a target of .995 and others would take.
pub fn forecast(wnid: Option<&str>, target: &str, empty: bool) -> ForecastPage {
    let page = page(wnid, None);
    let at = |target: f64| AtTarget {
        target,
        expected: Expected {
            votes: page.now.votes * (0.4 + (target - 0.9) * 6.3),
            accepted: page.now.accepted * (1.14 - (target - 0.9) * 1.5),
            precision: Some(target + 0.001),
            on_hold: i64::from(target > 0.99) * 3,
            ..page.now
        },
    };
    let wanted: Option<f64> = target.parse().ok().filter(|target| (0.9..=0.999).contains(target));
    ForecastPage {
        project: page.project,
        synset: page.synset,
        tables: (53, 96),
        images: if empty { 0 } else { 31_204 },
        now: AtTarget { target: 0.995, expected: page.now },
        has_target: true,
        then: wanted.map(at),
        targets: [0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.997, 0.999].into_iter().map(at).collect(),
        largest: SYNSETS
            .iter()
            .filter(|_| wnid.is_none())
            .map(|synset| SynsetForecast {
                wnid: synset.0.to_owned(),
                words: words(synset.1),
                expected: Expected { votes: page.now.votes / 8.0, accepted: 310.0, ..page.now },
            })
            .collect(),
        wrong: (wanted.is_none() && !target.is_empty())
            .then(|| format!("The target precision is “{target}”; a number from 0.9 to 0.999 is expected.")),
        settings: page.typed,
        votes_last_day: 5_120,
        price: page.price,
        votes: 61_430,
        budget: Some(100_000),
    }
}
