//! The page of an image: what is known of it, and who said what.

use super::{GalleryKind, GallerySort, GalleryTile};
use serde::{Deserialize, Serialize};

/// What a worker says of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// It shows the synset.
    Yes,
    /// It does not.
    No,
    /// Can't tell.
    Unsure,
    /// The answer was taken back.
    TakenBack,
}

/// A vote on an image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoteLine {
    /// The worker's name.
    pub worker: String,
    /// The answer.
    pub answer: Said,
    /// When it was given (Unix ms).
    pub voted_at: i64,
    /// What the worker says by now, and since when (Unix ms); none when the answer stands.
    pub corrected: Option<(Said, i64)>,
    /// The worker is excluded, so it does not count.
    pub excluded: bool,
    /// The share of a whole vote that it counts for, where that is less than all.
    pub weight: Option<f64>,
}

/// An image of a synset, in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageDetail {
    /// The project's id and name.
    pub project: (i64, String),
    /// The synset.
    pub wnid: String,
    /// Its words.
    pub words: Vec<String>,
    /// What the gallery shows of it.
    pub tile: GalleryTile,
    /// Where it stands now.
    pub stands: GalleryKind,
    /// The gallery that is gone through.
    pub kind: GalleryKind,
    /// In which order.
    pub sort: GallerySort,
    /// The candidate before it there.
    pub previous: Option<i64>,
    /// The candidate after it there.
    pub next: Option<i64>,
    /// Every vote on it, in the order in which they came.
    pub votes: Vec<VoteLine>,
    /// The share of votes that say yes, with the interval that holds it in 95 of 100 cases; none before the first vote.
    pub selected: Option<(f64, f64, f64)>,
    /// How many votes decide, whatever the chance; none where the chance decides.
    pub votes_that_decide: Option<u32>,
    /// Level at which it would be positive.
    pub threshold: Option<f64>,
    /// Level at which it would be negative.
    pub rejection: f64,
    /// How many people report the picture as broken or offensive.
    pub reports: i64,
    /// Whether it is one of the initial sample.
    pub in_initial_sample: bool,
    /// When it was settled (Unix ms).
    pub settled_at: Option<i64>,
    /// Who made it.
    pub creator: Option<String>,
    /// What it is counted under: the search that found it, or the host of its address.
    pub counted_under: Option<String>,
    /// The same image in a related synset, whose verdict says something of it here.
    pub related: Option<RelatedImage>,
    /// When it came in (Unix ms).
    pub created_at: i64,
    /// In pixels, as it came.
    pub width: i64,
    /// In pixels, as it came.
    pub height: i64,
    /// Size of the file as it came.
    pub bytes: i64,
    /// Kind of the file as it came.
    pub format: String,
}

/// What a verdict in another synset says of an image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelatedImage {
    /// The other synset.
    pub wnid: String,
    /// Its words.
    pub words: Vec<String>,
    /// The candidate that the image is there.
    pub candidate: i64,
    /// Whether it shows the synset here, for what was found there.
    pub good: bool,
    /// Whether that decides here: where the votes have decided, they stand.
    pub decides: bool,
}
