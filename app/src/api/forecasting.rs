//! What is to be expected of a project at other target precisions, and the budget at which asking ends.

use super::ApiError;
use super::settings::SettingsForm;
use super::tuning::Expected;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The lowest and the highest target that can be looked at.
pub const TARGETS: (f64, f64) = (0.9, 0.999);

/// What is to be expected at one target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AtTarget {
    /// Mean precision of accepted images, 0 to 1.
    pub target: f64,
    /// What is to be expected.
    pub expected: Expected,
}

/// What is to be expected of one synset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SynsetForecast {
    /// The synset.
    pub wnid: String,
    /// Its words.
    pub words: Vec<String>,
    /// As it is.
    pub expected: Expected,
}

/// So many synsets are listed.
pub const LARGEST: usize = 20;

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastPage {
    /// The project's id and name.
    pub project: (i64, String),
    /// The synset that it is about: wnid and words; none for all of them.
    pub synset: Option<(String, Vec<String>)>,
    /// Synsets with a table, and all.
    pub tables: (i64, i64),
    /// Images that are asked about.
    pub images: i64,
    /// As it is set.
    pub now: AtTarget,
    /// Confidence decides; a number of votes has no target.
    pub has_target: bool,
    /// At the target that is looked at, where it is another one.
    pub then: Option<AtTarget>,
    /// At some targets, ascending.
    pub targets: Vec<AtTarget>,
    /// Of all synsets, those that will take the most votes as it is, the most first, at most [`LARGEST`].
    pub largest: Vec<SynsetForecast>,
    /// What is wrong with the target that was asked for.
    pub wrong: Option<String>,
    /// The settings, of the project or the synset, with the target that is looked at, for the form that saves them.
    pub settings: SettingsForm,
    /// Votes of the last 24 hours.
    pub votes_last_day: i64,
    /// What a vote costs, and in which currency.
    pub price: Option<(f64, String)>,
    /// Votes recorded.
    pub votes: i64,
    /// Votes from which on nobody is asked any more.
    pub budget: Option<i64>,
}

/// Says from how many votes on nobody is asked any more; an empty number: as long as something is open.
///
/// # Errors
/// Not an admin; no number of votes; unknown project.
#[server(prefix = "/api", endpoint = "set_budget")]
pub async fn set_budget(
    /// Which project.
    project: i64,
    /// How many votes.
    #[server(default)]
    votes: String,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    let done = backend()?.tuning.set_budget(&admin, project, &votes).await;
    answer_and_tell(done, say::budget_saved(locale())).await
}
