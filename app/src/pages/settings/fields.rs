//! One field for each setting: what it means in a sentence, its range, its usual value, and what it costs on this project.

use crate::api::settings::SettingsForm;
use crate::api::tuning::SettingsPage;
use crate::texts::{Locale, Words, counts, setting as say, settings};
use leptos::prelude::*;

/// A setting, as the form shows it.
pub(super) struct Field {
    /// Its name in [`SettingsForm`].
    name: &'static str,
    label: Words,
    /// What it does, in a sentence.
    means: Words,
    /// What may be written, in which unit.
    range: Words,
    /// What a new project has.
    usual: Words,
    /// A project may leave it empty.
    is_optional: bool,
    typed: fn(&SettingsForm) -> &str,
    /// What is in force, for a synset's form to show where its own is empty.
    in_force: fn(Locale, &SettingsPage) -> String,
    /// What it costs here.
    costs: fn(Locale, &SettingsPage) -> String,
}

/// All settings, in the order of the form.
pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "target_precision",
        label: say::target_precision,
        means: say::target_precision_means,
        range: say::target_precision_range,
        usual: say::target_precision_usual,
        is_optional: false,
        typed: |form| &form.target_precision,
        in_force: |_, page| page.in_force.target_precision.to_string(),
        costs: |locale, page| match page.ground.calibrated {
            0 => say::target_precision_guess(locale).to_owned(),
            calibrated => say::target_precision_costs(locale, counts::synsets(locale, calibrated)),
        },
    },
    Field {
        name: "threshold",
        label: say::threshold,
        means: say::threshold_means,
        range: say::threshold_range,
        usual: say::threshold_usual,
        is_optional: true,
        typed: |form| &form.threshold,
        in_force: |locale, page| {
            let solved = || say::threshold_solved(locale).to_owned();
            page.in_force.threshold.map_or_else(solved, |threshold| threshold.to_string())
        },
        costs: |locale, page| {
            match page.in_force.threshold {
                None => say::threshold_solved_costs(locale),
                Some(_) => say::threshold_fixed_costs(locale),
            }
            .to_owned()
        },
    },
    Field {
        name: "rejection",
        label: say::rejection,
        means: say::rejection_means,
        range: say::rejection_range,
        usual: say::rejection_usual,
        is_optional: false,
        typed: |form| &form.rejection,
        in_force: |_, page| page.in_force.rejection.to_string(),
        costs: |locale, page| say::rejection_costs(locale, counts::images(locale, page.ground.candidates)),
    },
    Field {
        name: "initial_sample",
        label: say::initial_sample,
        means: say::initial_sample_means,
        range: say::initial_sample_range,
        usual: say::initial_sample_usual,
        is_optional: false,
        typed: |form| &form.initial_sample,
        in_force: |_, page| page.in_force.initial_sample.to_string(),
        costs: |locale, page| {
            let (images, votes) =
                (i64::from(page.in_force.initial_sample), i64::from(page.in_force.initial_votes));
            let left = page.ground.synsets - page.ground.calibrated;
            say::initial_sample_costs(
                locale,
                counts::images(locale, images),
                counts::votes(locale, votes),
                counts::votes(locale, images * votes),
                counts::synsets(locale, left),
                counts::votes(locale, images * votes * left),
            )
        },
    },
    Field {
        name: "initial_votes",
        label: say::initial_votes,
        means: say::initial_votes_means,
        range: say::initial_votes_range,
        usual: say::initial_votes_usual,
        is_optional: false,
        typed: |form| &form.initial_votes,
        in_force: |_, page| page.in_force.initial_votes.to_string(),
        costs: |locale, page| {
            let left = page.ground.synsets - page.ground.calibrated;
            let more = i64::from(page.in_force.initial_sample) * left;
            say::initial_votes_costs(locale, counts::votes(locale, more))
        },
    },
    Field {
        name: "votes_cap",
        label: say::votes_cap,
        means: say::votes_cap_means,
        range: say::votes_cap_range,
        usual: say::votes_cap_usual,
        is_optional: false,
        typed: |form| &form.votes_cap,
        in_force: |_, page| page.in_force.votes_cap.to_string(),
        costs: |locale, page| say::votes_cap_costs(locale, counts::images(locale, round(page.now.escalated))),
    },
    Field {
        name: "batch_size",
        label: say::batch_size,
        means: say::batch_size_means,
        range: say::batch_size_range,
        usual: say::batch_size_usual,
        is_optional: false,
        typed: |form| &form.batch_size,
        in_force: |_, page| page.in_force.batch_size.to_string(),
        costs: |locale, page| {
            let pages = page.now.votes / f64::from(page.in_force.batch_size.max(1));
            say::batch_size_costs(locale, round(pages.ceil()))
        },
    },
    Field {
        name: "batch_size_phone",
        label: say::batch_size_phone,
        means: say::batch_size_phone_means,
        range: say::batch_size_phone_range,
        usual: say::batch_size_phone_usual,
        is_optional: false,
        typed: |form| &form.batch_size_phone,
        in_force: |_, page| page.in_force.batch_size_phone.to_string(),
        costs: |locale, _| say::batch_size_phone_costs(locale).to_owned(),
    },
    Field {
        name: "duplicate_distance",
        label: say::duplicate_distance,
        means: say::duplicate_distance_means,
        range: say::duplicate_distance_range,
        usual: say::duplicate_distance_usual,
        is_optional: false,
        typed: |form| &form.duplicate_distance,
        in_force: |_, page| page.in_force.duplicate_distance.to_string(),
        costs: |locale, page| {
            let ground = page.ground;
            let now = say::duplicate_distance_costs(locale, ground.duplicates, ground.candidates);
            match ground.freed {
                Some(freed) => format!("{now} {}", say::duplicate_distance_freed(locale, freed)),
                None => now,
            }
        },
    },
];

/// The field's markup.
pub(super) fn field(locale: Locale, field: &Field, shown: &SettingsPage) -> impl IntoView + use<> {
    let id = format!("settings-{}-", field.name);
    let (about, wrong_id) = (format!("{id}hint"), format!("{id}wrong"));
    let of_synset = shown.synset.is_some();
    let wrong = shown.wrong.iter().find(|(name, _)| name == field.name).map(|(_, words)| words.clone());
    let described = if wrong.is_some() { format!("{wrong_id} {about}") } else { about.clone() };
    let (range, costs) = ((field.range)(locale), (field.costs)(locale, shown));
    let hint = if of_synset {
        settings::hint_in_force(locale, range, (field.in_force)(locale, shown), costs)
    } else {
        settings::hint(locale, range, (field.usual)(locale), costs)
    };
    view! {
        <div class="field setting">
            <label for=id.clone()>{(field.label)(locale)}</label>
            <p class="setting-means">{(field.means)(locale)}</p>
            {wrong.clone().map(|words| view! { <p class="wrong" id=wrong_id>{words}</p> })}
            <input
                id=id
                name=format!("settings[{}]", field.name)
                type="text"
                inputmode="decimal"
                autocomplete="off"
                value=(field.typed)(&shown.typed).to_owned()
                placeholder=of_synset.then(|| (field.in_force)(locale, shown))
                required=!field.is_optional && !of_synset
                maxlength="20"
                aria-invalid=wrong.is_some().then_some("true")
                aria-describedby=described
            />
            <p class="hint" id=about>{hint}</p>
        </div>
    }
}

/// A number of votes or images that is expected, as a whole one.
pub(super) fn round(number: f64) -> i64 {
    number.round() as i64
}
