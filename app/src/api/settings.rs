//! A project’s settings, a synset’s own ones, and the forms that change them.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The settings in force for a project or synset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Mean precision of accepted images that the threshold is solved for.
    pub target_precision: f64,
    /// A fixed threshold instead of a solved one.
    pub threshold: Option<f64>,
    /// Confidence at or below which an image is negative.
    pub rejection: f64,
    /// Images in the initial sample.
    pub initial_sample: u32,
    /// Yes and no votes on each of them.
    pub initial_votes: u32,
    /// Votes at which an image escalates.
    pub votes_cap: u32,
    /// Tiles in a batch.
    pub batch_size: u32,
    /// Tiles in a batch on a phone.
    pub batch_size_phone: u32,
    /// Hash distance below which two images of a synset are near duplicates.
    pub duplicate_distance: u32,
    /// Who decides: `full`, `table`, `majority:N` or `fixed:N:K`.
    pub method: String,
}

/// A synset's own settings; what is absent is as the project has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overrides {
    /// See [`Settings::target_precision`].
    pub target_precision: Option<f64>,
    /// See [`Settings::threshold`].
    pub threshold: Option<f64>,
    /// See [`Settings::rejection`].
    pub rejection: Option<f64>,
    /// See [`Settings::initial_sample`].
    pub initial_sample: Option<u32>,
    /// See [`Settings::initial_votes`].
    pub initial_votes: Option<u32>,
    /// See [`Settings::votes_cap`].
    pub votes_cap: Option<u32>,
    /// See [`Settings::batch_size`].
    pub batch_size: Option<u32>,
    /// See [`Settings::batch_size_phone`].
    pub batch_size_phone: Option<u32>,
    /// See [`Settings::duplicate_distance`].
    pub duplicate_distance: Option<u32>,
}

/// The settings as a form sends them: text, so that a wrong entry can be named instead of refused by the form reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    /// See [`Settings::target_precision`].
    pub target_precision: String,
    /// See [`Settings::threshold`]; empty: solved from the target.
    pub threshold: String,
    /// See [`Settings::rejection`].
    pub rejection: String,
    /// See [`Settings::initial_sample`].
    pub initial_sample: String,
    /// See [`Settings::initial_votes`].
    pub initial_votes: String,
    /// See [`Settings::votes_cap`].
    pub votes_cap: String,
    /// See [`Settings::batch_size`].
    pub batch_size: String,
    /// See [`Settings::batch_size_phone`].
    pub batch_size_phone: String,
    /// See [`Settings::duplicate_distance`].
    pub duplicate_distance: String,
    /// Who decides in a project: `full`, `table`, `majority` or `fixed`. A synset has no choice of its own.
    pub method: String,
    /// How many votes make a majority.
    pub majority_votes: String,
    /// How many votes are always asked for.
    pub fixed_votes: String,
    /// And how many of them must say yes.
    pub fixed_yes: String,
}

impl SettingsForm {
    /// The fields by name, each with what is typed.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(self) else { return Vec::new() };
        let text = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        fields.into_iter().map(|(name, value)| (name, text(value))).collect()
    }

    /// A form of these fields; unknown names are ignored. None when there are no fields at all.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Option<Self> {
        let fields: serde_json::Map<String, serde_json::Value> =
            pairs.into_iter().map(|(name, value)| (name, value.into())).collect();
        if fields.is_empty() { None } else { serde_json::from_value(fields.into()).ok() }
    }
}

/// Changes a project's settings; tables that depend on them are rebuilt and their candidates judged again.
///
/// # Errors
/// Not an admin; a value that is not in its range (named).
#[server(prefix = "/api", endpoint = "change_settings")]
pub async fn change_settings(
    /// Which project.
    project: i64,
    /// The entries of the form.
    settings: SettingsForm,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{
        answer_and_tell, backend, go_where_html_is_taken, locale, require_admin, shown_again,
    };
    let admin = require_admin()?;
    let here = format!("/project/{project}/settings");
    let saved = backend()?.projects.change_settings(&admin, project, settings.clone()).await;
    if shown_again(&saved, &here, "settings", &settings.pairs()) {
        return Ok(());
    }
    if saved.is_ok() {
        // Not back to the address of a preview, which holds what was typed.
        go_where_html_is_taken(&here);
    }
    answer_and_tell(saved, say::settings_saved(locale())).await
}

/// Changes a synset's own settings; an empty value is as the project has it.
///
/// # Errors
/// Not an admin; a value that is not in its range (named).
#[server(prefix = "/api", endpoint = "change_overrides")]
pub async fn change_overrides(
    /// Which project.
    project: i64,
    /// Which synset.
    wnid: String,
    /// The entries of the form.
    settings: SettingsForm,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{
        answer_and_tell, backend, go_where_html_is_taken, locale, require_admin, shown_again,
    };
    let admin = require_admin()?;
    let here = format!("/project/{project}/synset/{wnid}/settings");
    let saved = backend()?.projects.change_overrides(&admin, project, &wnid, settings.clone()).await;
    if shown_again(&saved, &here, "settings", &settings.pairs()) {
        return Ok(());
    }
    if saved.is_ok() {
        go_where_html_is_taken(&here);
    }
    answer_and_tell(saved, say::synset_settings_saved(locale())).await
}
