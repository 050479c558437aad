//! Settings before they are saved: what is typed, what is wrong with it, and what it would cost on this project.

use super::ApiError;
use super::settings::{Overrides, Settings, SettingsForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is to be expected of a project, or of one synset, under some settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Expected {
    /// Votes still to come, those of initial samples among them.
    pub votes: f64,
    /// Of these, votes of initial samples.
    pub sample_votes: f64,
    /// The standard deviation of that number, as far as the tables are right.
    pub spread: f64,
    /// Images that will be positive in the end.
    pub accepted: f64,
    /// Images that show their synset, accepted or not.
    pub good: f64,
    /// Images that will need an expert.
    pub escalated: f64,
    /// Mean confidence of what will be positive: the precision that can be stated. None when nothing will be.
    pub precision: Option<f64>,
    /// Synsets on which no more votes would be asked for, because no threshold reaches the target or hardly any image would be
    /// accepted.
    pub on_hold: i64,
}

impl Expected {
    /// The share of good images that will be positive; none where there are none.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        (self.good > 0.0).then(|| (self.accepted * self.precision.unwrap_or(0.0) / self.good).min(1.0))
    }
}

/// What is to be expected of a project under one way of deciding.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MethodOutlook {
    /// As in [`Settings::method`].
    pub method: String,
    /// With all other settings as they are typed, or else as they are.
    pub expected: Expected,
}

/// What there is to set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Synsets.
    pub synsets: i64,
    /// Of these, with a confidence table.
    pub calibrated: i64,
    /// Images that are asked about.
    pub candidates: i64,
    /// Near duplicates, which are not.
    pub duplicates: i64,
    /// Near duplicates that would be asked about at the distance that is typed; none where more could be found instead.
    pub freed: Option<i64>,
}

/// The settings screen of a project, or of one of its synsets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingsPage {
    /// The project's id and name.
    pub project: (i64, String),
    /// The synset whose own settings these are: wnid and words.
    pub synset: Option<(String, Vec<String>)>,
    /// What is in force.
    pub in_force: Settings,
    /// What is set here; for a project all of it.
    pub own: Overrides,
    /// What is typed: at first the same.
    pub typed: SettingsForm,
    /// Fields that are wrong, by name, and what would be right.
    pub wrong: Vec<(String, String)>,
    /// What there is to set.
    pub ground: Ground,
    /// What is to be expected as it is.
    pub now: Expected,
    /// And as it is typed, where that can be used and differs.
    pub then: Option<Expected>,
    /// What each way of deciding would mean; none on a synset’s page, which has no choice of its own.
    pub methods: Vec<MethodOutlook>,
    /// What a vote costs, and in which currency.
    pub price: Option<(f64, String)>,
    /// Whether verdicts are passed on; none on a synset’s page, which has no choice of its own.
    pub passes_verdicts: Option<bool>,
    /// How many people who came together may be asked about an image; none: any number.
    pub cohort_limit: Option<i64>,
}

/// Says whether a verdict on an image counts in the synsets above and below, too.
///
/// # Errors
/// Not an admin; unknown project.
#[server(prefix = "/api", endpoint = "pass_verdicts")]
pub async fn pass_verdicts(
    /// Which project.
    project: i64,
    /// Whether it does.
    passes: bool,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    let done = backend()?.tuning.pass_verdicts(&admin, project, passes).await;
    let words = if passes { say::verdicts_passed(locale()) } else { say::verdicts_kept(locale()) };
    answer_and_tell(done, words).await
}

/// Says how many people who came together may be asked about the same image; an empty number: any.
///
/// # Errors
/// Not an admin; no such number; unknown project.
#[server(prefix = "/api", endpoint = "set_cohort_limit")]
pub async fn set_cohort_limit(
    /// Which project.
    project: i64,
    /// How many.
    #[server(default)]
    people: String,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    let done = backend()?.tuning.set_cohort_limit(&admin, project, &people).await;
    answer_and_tell(done, say::cohort_saved(locale())).await
}
