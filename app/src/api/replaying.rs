//! A project's recorded votes once more, under other settings: what would have been asked, and what would have been found.

use super::settings::{Settings, SettingsForm};
use serde::{Deserialize, Serialize};

/// What came of a replay, of one synset or of all: means over the draws. Shares are none where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Replayed {
    /// Images.
    pub images: f64,
    /// Accepted ones.
    pub positive: f64,
    /// Rejected ones.
    pub negative: f64,
    /// Those that go to an expert.
    pub escalated: f64,
    /// Those whose recorded votes ended before they were settled.
    pub undecided: f64,
    /// Those of synsets on hold.
    pub on_hold: f64,
    /// Votes that would have been asked for.
    pub votes: f64,
    /// Those for each image.
    pub votes_per_image: Option<f64>,
    /// The mean confidence of accepted images.
    pub stated: Option<f64>,
    /// The share of accepted images that are good, among those that experts labelled.
    pub measured: Option<f64>,
    /// The share of good images that are accepted, among those.
    pub recall: Option<f64>,
}

/// What was replayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Synsets with votes.
    pub synsets: i64,
    /// Synsets that were left out because there are more votes than one replay takes.
    pub left_out: i64,
    /// Images with votes.
    pub images: i64,
    /// Votes that count.
    pub votes: i64,
    /// Images that an expert labelled.
    pub labelled: i64,
    /// How often all was drawn anew.
    pub draws: u32,
}

/// A synset's line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplayedSynset {
    /// WordNet id.
    pub wnid: String,
    /// Its synonyms.
    pub words: Vec<String>,
    /// As it is set.
    pub now: Replayed,
    /// As it is typed.
    pub then: Option<Replayed>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplayPage {
    /// The project's id and name.
    pub project: (i64, String),
    /// What is in force.
    pub in_force: Settings,
    /// What is typed: at first the same. Of its fields only those count that say who decides and at which levels.
    pub typed: SettingsForm,
    /// Fields that are wrong, by name, and what would be right.
    pub wrong: Vec<(String, String)>,
    /// What was replayed.
    pub recorded: Recorded,
    /// As it is set.
    pub now: Replayed,
    /// As it is typed, where that can be used and differs.
    pub then: Option<Replayed>,
    /// The synsets with the most images.
    pub synsets: Vec<ReplayedSynset>,
}
