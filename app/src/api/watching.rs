//! The project page: totals and outlook, a table of synsets that is searched, filtered and sorted, the tree above them, and
//! what an open page is kept up to date with.

use super::ApiError;
use super::projects::{ProjectLine, SynsetRow, SynsetState, Totals};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What a table of synsets is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SynsetSort {
    /// First word, a to z.
    #[default]
    Name,
    /// Candidates.
    Candidates,
    /// Settled positive.
    Positive,
    /// Settled negative.
    Negative,
    /// Escalated.
    Escalated,
    /// Open.
    Open,
    /// Votes spent.
    Votes,
    /// Votes for each image.
    VotesPerImage,
    /// Semantic difficulty.
    Difficulty,
    /// Votes still to be expected, and so what they cost.
    ExpectedVotes,
}

/// Which synsets a table shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SynsetFilter {
    /// Every one.
    #[default]
    All,
    /// Without images.
    Waiting,
    /// The initial sample is being voted on.
    Calibrating,
    /// The rest is being voted on.
    Labelling,
    /// A person must decide.
    Hold,
    /// Everything is settled or escalated.
    Done,
    /// No votes are asked for until it is resumed.
    Paused,
    /// Seven yes votes or more make an image sure.
    Hard,
    /// By its table no number of yes votes makes an image sure, or asking would be in vain.
    Unillustrable,
    /// Votes are wanted, and none came for a day.
    Starved,
    /// An expert must look at some image.
    Escalated,
}

/// A page of the table, as the address asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRequest {
    /// What it is sorted by.
    pub sort: SynsetSort,
    /// The largest first.
    pub descending: bool,
    /// Which synsets.
    pub filter: SynsetFilter,
    /// A part of the words or the wnid.
    pub search: String,
    /// Cursor of the page before.
    pub after: Option<String>,
    /// All rows on one page.
    pub all: bool,
}

/// What a vote costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// One vote, in units of the currency.
    pub per_vote: f64,
    /// As people write it: EUR, $ …
    pub currency: String,
}

/// What is still to be expected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// Votes that the open images are expected to take.
    pub expected_votes: f64,
    /// Votes of the last 24 hours.
    pub votes_last_day: i64,
    /// What a vote costs, if somebody has said so.
    pub price: Option<Price>,
}

impl Outlook {
    /// Days until the expected votes are in, at the pace of the last 24 hours; none without a pace.
    pub fn days(&self) -> Option<f64> {
        (self.votes_last_day > 0).then(|| self.expected_votes / self.votes_last_day as f64)
    }
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoardRow {
    /// The synset.
    pub synset: SynsetRow,
    /// Votes still to be expected; none where nobody is asked.
    pub expected_votes: Option<f64>,
}

/// How many synsets each filter shows.
pub type FilterCounts = Vec<(SynsetFilter, i64)>;

/// A project's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// The project and its totals.
    pub project: ProjectLine,
    /// Mean precision of accepted images that is aimed at.
    pub target_precision: f64,
    /// What is still to be expected of all of it.
    pub outlook: Outlook,
    /// Synsets for each filter, among those that the search finds.
    pub counts: FilterCounts,
    /// The rows.
    pub rows: Vec<BoardRow>,
    /// Cursor of the next page, if there is one; opaque.
    pub next: Option<String>,
    /// Votes in each hour of the last week.
    pub pace: Pace,
}

/// Votes by the hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// When the first hour began (Unix ms).
    pub from: i64,
    /// Votes in each hour; the last one is not over yet.
    pub votes: Vec<i64>,
}

/// A project as it is now: the whole state, so that whoever gets it needs nothing that came before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProjectNow {
    /// Sums over the synsets.
    pub totals: Totals,
    /// What is still to be expected.
    pub outlook: Outlook,
    /// Synsets for each filter.
    pub counts: FilterCounts,
    /// Every synset, ascending by wnid.
    pub rows: Vec<SynsetNow>,
}

/// A synset as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct SynsetNow {
    /// WordNet id.
    pub wnid: String,
    /// Where it stands.
    pub state: SynsetState,
    /// Paused?
    pub paused: bool,
    /// Its counts.
    pub totals: Totals,
    /// Semantic difficulty.
    pub difficulty: Option<i64>,
    /// See [`BoardRow::expected_votes`].
    pub expected_votes: Option<f64>,
}

/// What an open page is told: texts as the server would write them, for places that the page marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveEvent {
    /// Texts by the `data-figure` of their elements.
    pub texts: Vec<(String, String)>,
    /// The project's bar.
    pub bar: LiveBar,
    /// Rows of the table.
    pub rows: Vec<LiveRow>,
}

/// A bar: its label, and from where how far each part reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveBar {
    /// All of it in words.
    pub label: String,
    /// Left side and width of each part.
    pub parts: Vec<(String, String)>,
}

/// A row of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveRow {
    /// WordNet id, which is the row's id on the page too.
    pub wnid: String,
    /// The tone and the word of its badge.
    pub badge: (String, String),
    /// The texts of its cells, in the order of the columns.
    pub cells: Vec<String>,
    /// Its bar.
    pub bar: LiveBar,
}

/// The tree over a project's synsets, at one of its nodes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubtreePage {
    /// The project's id and name.
    pub project: (i64, String),
    /// What a vote costs, if somebody has said so.
    pub price: Option<Price>,
    /// From the top down to the node, itself left out: wnid and first word.
    pub path: Vec<(String, String)>,
    /// The node with two levels below it; none when nothing is seeded.
    pub node: Option<TreeNode>,
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreeNode {
    /// WordNet id.
    pub wnid: String,
    /// The synonyms.
    pub words: Vec<String>,
    /// Where it stands itself, if it is seeded; and whether it is paused.
    pub seeded: Option<(SynsetState, bool)>,
    /// Figures of the seeded synsets below it, itself included.
    pub figures: SubtreeFigures,
    /// Its children, by name; empty on the last level shown.
    pub children: Vec<TreeNode>,
    /// How many children it has.
    pub branches: u32,
}

/// Figures of a subtree. A synset that can be reached in several ways counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SubtreeFigures {
    /// Sums over the synsets: an image counts for each synset that it is a candidate of.
    pub totals: Totals,
    /// Images, each once although it may be a candidate of several of the synsets.
    pub images: i64,
    /// Of these, images that are positive for at least one of the synsets.
    pub positive_images: i64,
    /// Votes still to be expected.
    pub expected_votes: f64,
}

/// Says what a vote costs in a project; an empty price: nobody has said.
///
/// # Errors
/// Not an admin; a price that is none; unknown project.
#[server(prefix = "/api", endpoint = "set_price")]
pub async fn set_price(
    /// Which project.
    project: i64,
    /// What one vote costs.
    #[server(default)]
    price: String,
    /// In which currency.
    #[server(default)]
    currency: String,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    let done = backend()?.projects.set_price(&admin, project, &price, &currency).await;
    answer_and_tell(done, say::price_saved(locale())).await
}
