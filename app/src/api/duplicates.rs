//! How admins review near duplicates: pairs side by side, and one word about each.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Which pairs are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PairFilter {
    /// Near duplicates about which nobody has said anything.
    #[default]
    Open,
    /// Kept images that nearly are near duplicates.
    Almost,
    /// The last word about each pair, newest first.
    Reviewed,
}

/// What is said about a pair: the image on the left, and the one on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// They show the same picture; the left one stays.
    #[serde(rename = "keep")]
    Keep,
    /// They show the same picture; the right one stays.
    #[serde(rename = "swap")]
    Swap,
    /// They show different pictures: both are candidates of their own.
    #[serde(rename = "apart")]
    Apart,
}

/// One image of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairSide {
    /// The candidate's id.
    pub candidate: i64,
    /// Address of the small picture.
    pub small: String,
    /// Address of the medium picture, for fine screens.
    pub medium: String,
    /// Address of the large picture.
    pub large: String,
    /// Width and height of the original, in pixels.
    pub size: (i64, i64),
    /// Bytes of the original.
    pub bytes: i64,
    /// Format of the original.
    pub format: String,
    /// Yes, no, unsure.
    pub tally: (i64, i64, i64),
    /// Whether workers are asked about it, or were: it is not dropped.
    pub is_kept: bool,
    /// Its name as it came.
    pub file_name: String,
    /// Where it was found.
    pub source_url: Option<String>,
    /// Its terms.
    pub licence: Option<String>,
    /// The line to print beside it.
    pub attribution: Option<String>,
}

/// What was said about a pair last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairReview {
    /// The word.
    pub decision: Decision,
    /// Who said it.
    pub by: Option<String>,
    /// When (Unix ms).
    pub at: i64,
}

/// Two images of a synset: on the left the one that stays, or takes precedence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicatePair {
    /// The image that stays.
    pub left: PairSide,
    /// The other one.
    pub right: PairSide,
    /// In how many of 64 bits their hashes differ.
    pub distance: i64,
    /// What was said about them.
    pub review: Option<PairReview>,
}

/// A page of pairs of a synset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicatesPage {
    /// The project's id and name.
    pub project: (i64, String),
    /// The synset: wnid and words.
    pub synset: (String, Vec<String>),
    /// Below this distance images count as near duplicates.
    pub threshold: i64,
    /// Which pairs are shown.
    pub shown: PairFilter,
    /// How many pairs there are by filter: open, almost, reviewed.
    pub counts: (i64, i64, i64),
    /// The pairs.
    pub pairs: Vec<DuplicatePair>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Says about two candidates of a synset whether they show the same picture, and which of them stays. Saying it again
/// changes it. Returns what came of it, in a sentence.
///
/// # Errors
/// Not an admin; unknown candidates; candidates of different synsets.
#[server(prefix = "/api", endpoint = "review_duplicate")]
pub async fn review_duplicate(
    /// The candidate on the left.
    left: i64,
    /// The candidate on the right.
    right: i64,
    /// The word about them.
    decision: Decision,
) -> Result<String, ApiError> {
    use crate::viewer::{answer, backend, require_admin, tell_where_html_is_taken};
    let admin = require_admin()?;
    let reviewed = backend()?.importing.review(&admin, left, right, decision).await;
    if let Ok(sentence) = &reviewed {
        tell_where_html_is_taken(sentence).await?;
    }
    answer(reviewed)
}
