//! One field for each setting: what it means in a sentence, its range, its usual value, and what it costs on this project.

use crate::api::projects::SettingsForm;
use crate::api::tuning::SettingsPage;
use crate::components::format::{count, counted};
use leptos::prelude::*;

/// A setting, as the form shows it.
pub(super) struct Field {
    /// Its name in [`SettingsForm`].
    name: &'static str,
    label: &'static str,
    /// What it does, in a sentence.
    means: &'static str,
    /// What may be written, in which unit.
    range: &'static str,
    /// What a new project has.
    usual: &'static str,
    /// A project may leave it empty.
    is_optional: bool,
    typed: fn(&SettingsForm) -> &str,
    /// What is in force, for a synset's form to show where its own is empty.
    in_force: fn(&SettingsPage) -> String,
    /// What it costs here.
    costs: fn(&SettingsPage) -> String,
}

/// All settings, in the order of the form.
pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "target_precision",
        label: "Target precision",
        means: "The share of accepted images that shall be right, on average; the threshold is solved from it for each synset.",
        range: "A share above 0.5 and below 1",
        usual: "0.997, as the paper reports",
        is_optional: false,
        typed: |form| &form.target_precision,
        in_force: |page| page.in_force.target_precision.to_string(),
        costs: |page| match page.ground.calibrated {
            0 => "No synset has a table yet, so what follows is a guess from usual synsets.".to_owned(),
            _ => format!(
                "It acts on {} with a table; the column “as typed” says what another target would cost.",
                counted(page.ground.calibrated, "synset", "synsets")
            ),
        },
    },
    Field {
        name: "threshold",
        label: "Fixed threshold",
        means: "The chance of being good at which an image is positive, whatever the synset.",
        range: "A chance above 0.5 and below 1",
        usual: "empty: solved from the target precision",
        is_optional: true,
        typed: |form| &form.threshold,
        in_force: |page| {
            page.in_force.threshold.map_or_else(|| "solved".to_owned(), |threshold| threshold.to_string())
        },
        costs: |page| match page.in_force.threshold {
            None => "Solved for each synset: easy ones settle with fewer votes than hard ones.".to_owned(),
            Some(_) => "The same for every synset: hard ones reach it late or never.".to_owned(),
        },
    },
    Field {
        name: "rejection",
        label: "Rejection",
        means: "The chance of being good at or below which an image is negative.",
        range: "A chance from 0 (never) to below 0.5",
        usual: "0.1; thrifty 0.2, thorough 0.02",
        is_optional: false,
        typed: |form| &form.rejection,
        in_force: |page| page.in_force.rejection.to_string(),
        costs: |page| {
            format!(
                "Most of the {} are no good ones, so this decides how soon they cost nothing more.",
                counted(page.ground.candidates, "image", "images")
            )
        },
    },
    Field {
        name: "initial_sample",
        label: "Initial sample",
        means: "How many images of each synset are voted on first, to learn its confidence table from.",
        range: "1 to 1,000 images",
        usual: "20",
        is_optional: false,
        typed: |form| &form.initial_sample,
        in_force: |page| page.in_force.initial_sample.to_string(),
        costs: |page| {
            let (images, votes) =
                (i64::from(page.in_force.initial_sample), i64::from(page.in_force.initial_votes));
            let left = page.ground.synsets - page.ground.calibrated;
            format!(
                "{} × {} make {} a synset; {} without a table: up to {}.",
                counted(images, "image", "images"),
                counted(votes, "vote", "votes"),
                counted(images * votes, "vote", "votes"),
                counted(left, "synset", "synsets"),
                counted(images * votes * left, "vote", "votes")
            )
        },
    },
    Field {
        name: "initial_votes",
        label: "Votes on each image of the initial sample",
        means: "How many yes and no votes each of these images gets before the table is learned.",
        range: "10 to 50 votes",
        usual: "10, as in the paper",
        is_optional: false,
        typed: |form| &form.initial_votes,
        in_force: |page| page.in_force.initial_votes.to_string(),
        costs: |page| {
            let left = page.ground.synsets - page.ground.calibrated;
            let more = i64::from(page.in_force.initial_sample) * left;
            format!("One more costs up to {} on the synsets without a table.", counted(more, "vote", "votes"))
        },
    },
    Field {
        name: "votes_cap",
        label: "Votes before an expert looks",
        means: "An image that so many votes can’t settle goes to an expert.",
        range: "10 to 100 votes, not fewer than on the initial sample",
        usual: "20",
        is_optional: false,
        typed: |form| &form.votes_cap,
        in_force: |page| page.in_force.votes_cap.to_string(),
        costs: |page| {
            format!(
                "As it is, about {} will need an expert.",
                counted(round(page.now.escalated), "image", "images")
            )
        },
    },
    Field {
        name: "batch_size",
        label: "Pictures on a page",
        means: "How many pictures a worker sees at once.",
        range: "1 to 100 pictures",
        usual: "48",
        is_optional: false,
        typed: |form| &form.batch_size,
        in_force: |page| page.in_force.batch_size.to_string(),
        costs: |page| {
            let pages = page.now.votes / f64::from(page.in_force.batch_size.max(1));
            format!(
                "It costs no votes: those still to come are about {} of this size.",
                counted(round(pages.ceil()), "page", "pages")
            )
        },
    },
    Field {
        name: "batch_size_phone",
        label: "Pictures on a page, on a phone",
        means: "How many pictures a worker sees at once on a small screen.",
        range: "1 to 100 pictures",
        usual: "24",
        is_optional: false,
        typed: |form| &form.batch_size_phone,
        in_force: |page| page.in_force.batch_size_phone.to_string(),
        costs: |_| "It costs no votes; many pictures on a page load slowly on a phone’s line.".to_owned(),
    },
    Field {
        name: "duplicate_distance",
        label: "Near duplicates",
        means: "Two images of a synset whose hashes differ in fewer bits than this are asked about once.",
        range: "0 (no image is a near duplicate) to 32 of 64 bits",
        usual: "8",
        is_optional: false,
        typed: |form| &form.duplicate_distance,
        in_force: |page| page.in_force.duplicate_distance.to_string(),
        costs: |page| {
            let now = format!(
                "It spares votes on {} beside the {} that are asked about.",
                counted(page.ground.duplicates, "near duplicate", "near duplicates"),
                count(page.ground.candidates)
            );
            match page.ground.freed {
                Some(freed) => {
                    format!("{now} As typed, at least {} of them would be asked about again.", count(freed))
                }
                None => now,
            }
        },
    },
];

/// The field's markup.
pub(super) fn field(field: &Field, shown: &SettingsPage) -> impl IntoView + use<> {
    let id = format!("settings-{}-", field.name);
    let (about, wrong_id) = (format!("{id}hint"), format!("{id}wrong"));
    let of_synset = shown.synset.is_some();
    let wrong = shown.wrong.iter().find(|(name, _)| name == field.name).map(|(_, words)| words.clone());
    let described = if wrong.is_some() { format!("{wrong_id} {about}") } else { about.clone() };
    let usual = if of_synset {
        format!("in force: {}", (field.in_force)(shown))
    } else {
        format!("usually {}", field.usual)
    };
    view! {
        <div class="field setting">
            <label for=id.clone()>{field.label}</label>
            <p class="setting-means">{field.means}</p>
            {wrong.clone().map(|words| view! { <p class="wrong" id=wrong_id>{words}</p> })}
            <input
                id=id
                name=format!("settings[{}]", field.name)
                type="text"
                inputmode="decimal"
                autocomplete="off"
                value=(field.typed)(&shown.typed).to_owned()
                placeholder=of_synset.then(|| (field.in_force)(shown))
                required=!field.is_optional && !of_synset
                maxlength="20"
                aria-invalid=wrong.is_some().then_some("true")
                aria-describedby=described
            />
            <p class="hint" id=about>{format!("{}; {usual}. {}", field.range, (field.costs)(shown))}</p>
        </div>
    }
}

/// A number of votes or images that is expected, as a whole one.
pub(super) fn round(number: f64) -> i64 {
    number.round() as i64
}
