//! Made-up settings and what they would cost.

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
        accepted: 3_310.2,
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
        price: Some((0.012, "EUR".to_owned())),
    }
}
