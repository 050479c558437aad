//! A project's settings, and the fields that a synset's own settings share.

use super::screen::{Screen, page};
use crate::api::projects::{Overrides, Settings, SynsetSort};
use crate::components::field::TextField;
use crate::components::link::path_id;
use crate::viewer::{backend, require_admin, require_manager};
use leptos::prelude::*;

pub(super) fn settings() -> impl IntoView {
    let project = path_id("project");
    page(async move {
        require_admin()?;
        let manager = require_manager()?;
        let project = project?;
        let shown = backend()?.projects.page(&manager, project, SynsetSort::default(), false, None).await?;
        let name = shown.project.name;
        Ok(Screen::new(
            format!("Settings of {name}"),
            view! {
                <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
                <div class="narrow sheet">
                    <h1>"Settings"</h1>
                    <p class="hint">"When they change, confidence tables are built again and images judged again. Votes stay as they are."</p>
                    <form class="stack" method="post" action="/api/change_settings">
                        <input type="hidden" name="project" value=project/>
                        {settings_fields(&all_set(&shown.settings), None)}
                        <button class="primary" type="submit">"Save"</button>
                    </form>
                </div>
            },
        ))
    })
}

fn all_set(settings: &Settings) -> Overrides {
    Overrides {
        target_precision: Some(settings.target_precision),
        threshold: settings.threshold,
        rejection: Some(settings.rejection),
        initial_sample: Some(settings.initial_sample),
        initial_votes: Some(settings.initial_votes),
        votes_cap: Some(settings.votes_cap),
        batch_size: Some(settings.batch_size),
        batch_size_phone: Some(settings.batch_size_phone),
        duplicate_distance: Some(settings.duplicate_distance),
    }
}

/// One field for each setting. With `in_force` they are a synset's own: optional, with what is in force as a shadow.
pub(super) fn settings_fields(values: &Overrides, in_force: Option<&Settings>) -> impl IntoView + use<> {
    let shadow = |of: &dyn Fn(&Settings) -> String| in_force.map(of).unwrap_or_default();
    let field = |name, label, hint, value: Option<String>, placeholder: String, optional: bool| {
        TextField {
            name,
            label,
            hint,
            kind: "number",
            value: value.unwrap_or_default(),
            placeholder,
            required: !optional && in_force.is_none(),
            max_length: 20,
            ..TextField::default()
        }
        .show()
    };
    let text = |value: Option<f64>| value.map(|value| value.to_string());
    let number = |value: Option<u32>| value.map(|value| value.to_string());
    view! {
        {field("settings[target_precision]", "Target precision", "Share of accepted images that should be right; the threshold is solved from it. Between 0.5 and 1.",
            text(values.target_precision), shadow(&|s| s.target_precision.to_string()), false)}
        {field("settings[threshold]", "Fixed threshold", "Chance at which an image is positive, between 0.5 and 1. Empty: solved from the target precision.",
            text(values.threshold), shadow(&|s| s.threshold.map_or_else(|| "solved".to_owned(), |t| t.to_string())), true)}
        {field("settings[rejection]", "Rejection", "Chance at or below which an image is negative, between 0 and 0.5.",
            text(values.rejection), shadow(&|s| s.rejection.to_string()), false)}
        {field("settings[initial_sample]", "Initial sample", "Images that are voted on first, to learn the confidence table from.",
            number(values.initial_sample), shadow(&|s| s.initial_sample.to_string()), false)}
        {field("settings[initial_votes]", "Votes on each image of the initial sample", "At least 10.",
            number(values.initial_votes), shadow(&|s| s.initial_votes.to_string()), false)}
        {field("settings[votes_cap]", "Votes before an expert looks", "An image that this many votes can’t settle is escalated.",
            number(values.votes_cap), shadow(&|s| s.votes_cap.to_string()), false)}
        {field("settings[batch_size]", "Pictures on a page", "What a worker sees at once.",
            number(values.batch_size), shadow(&|s| s.batch_size.to_string()), false)}
        {field("settings[batch_size_phone]", "Pictures on a page, on a phone", "What a worker sees at once on a small screen.",
            number(values.batch_size_phone), shadow(&|s| s.batch_size_phone.to_string()), false)}
        {field("settings[duplicate_distance]", "Near duplicates", "Two images of a synset whose hashes differ in fewer bits than this are asked about once. 0: no image is a near duplicate.",
            number(values.duplicate_distance), shadow(&|s| s.duplicate_distance.to_string()), false)}
    }
}
