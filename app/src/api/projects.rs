//! What managers watch: projects, their synsets, tables and galleries.

mod image;

pub use image::{ImageDetail, RelatedImage, Said, VoteLine};

use super::ApiError;
use super::serving::Turn;
use super::settings::{Overrides, Settings};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A project in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectLine {
    /// The project's id.
    pub project: i64,
    /// Its name.
    pub name: String,
    /// Counts over its synsets.
    pub totals: Totals,
}

/// Counts of candidates and votes, of a synset or summed over many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Synsets seeded.
    pub synsets: i64,
    /// Candidates that are asked about: near duplicates not counted.
    pub candidates: i64,
    /// Near duplicates, kept but not asked about.
    pub duplicates: i64,
    /// Settled: shows the synset.
    pub positive: i64,
    /// Settled: does not show it.
    pub negative: i64,
    /// The votes can't settle it: an expert must look.
    pub escalated: i64,
    /// Votes recorded.
    pub votes: i64,
}

impl Totals {
    /// Candidates still open.
    pub fn open(&self) -> i64 {
        self.candidates - self.positive - self.negative - self.escalated
    }

    /// Votes for each candidate asked about; none without candidates.
    pub fn votes_per_image(&self) -> Option<f64> {
        (self.candidates > 0).then(|| self.votes as f64 / self.candidates as f64)
    }
}

/// Where a synset stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SynsetState {
    /// It has no candidates yet.
    Waiting,
    /// The initial sample is being voted on.
    Calibrating,
    /// Its table exists, and the rest is being voted on.
    Labelling,
    /// No more votes are asked for; an expert or a manager must decide.
    Hold,
    /// Every candidate is settled or escalated.
    Done,
}

/// A synset of a project, as a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SynsetRow {
    /// WordNet id.
    pub wnid: String,
    /// The synonyms.
    pub words: Vec<String>,
    /// Where it stands.
    pub state: SynsetState,
    /// No votes are asked for until it is resumed.
    pub paused: bool,
    /// Its counts.
    pub totals: Totals,
    /// Semantic difficulty n*: yes votes in a row that settle an image at the threshold .99; none before the table exists, or
    /// when no number of votes would do (then `state` says more).
    pub difficulty: Option<i64>,
}

/// A cell of a confidence table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Yes votes.
    pub yes: u32,
    /// No votes.
    pub no: u32,
    /// Chance that an image with this tally is good.
    pub confidence: f64,
    /// The counted table's figure, where it has one.
    pub counted: Option<f64>,
    /// Initial-sample images that stand behind the counted figure.
    pub support: f64,
    /// Lower end of the range that holds the true chance nine times in ten.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Candidates that stand here now: those with half votes are counted in the cell of their whole ones.
    pub images: i64,
    /// What becomes of them.
    pub side: Side,
}

/// What becomes of an image that stands in a cell of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// It is positive.
    Accepts,
    /// It is negative.
    Rejects,
    /// An expert looks.
    Escalates,
    /// Another worker is asked.
    #[default]
    Asks,
}

/// A version of a synset's confidence table, with its model in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableView {
    /// 1 is the first.
    pub version: i64,
    /// When it was built (Unix ms).
    pub created_at: i64,
    /// Cells with at most `shown_votes` votes, by yes then no; and all others in which candidates stand.
    pub cells: Vec<Cell>,
    /// As many votes as it takes to see where asking stops.
    pub shown_votes: u32,
    /// Who decides; see [`super::settings::Settings::method`].
    pub method: String,
    /// The level that it leans on; none leans on what is known before any vote.
    pub leans_on: Option<LeansOn>,
    /// Level at which an image is positive; none when no level would reach the target, and where a number of votes decides.
    pub threshold: Option<f64>,
    /// Level at which it is negative.
    pub rejection: f64,
    /// Votes at which it escalates.
    pub votes_cap: u32,
    /// Images of the initial sample behind it.
    pub images: i64,
    /// How many of these an expert labelled.
    pub anchored: i64,
    /// Share of good images.
    pub prevalence: f64,
    /// Share of yes votes on good images.
    pub good_yes_rate: f64,
    /// Share of yes votes on bad images.
    pub bad_yes_rate: f64,
    /// Mean confidence of what will be accepted; none when nothing will be.
    pub stated_precision: Option<f64>,
    /// Expected votes for each image.
    pub expected_votes: f64,
    /// Share of images that will be accepted.
    pub expected_acceptance: f64,
    /// What it changed to the version before; none for the first.
    pub change: Option<TableChange>,
}

/// What a table leans on: what other synsets of the project have taught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeansOn {
    /// The ancestor under which they lie: wnid and words; none for all synsets of the project.
    pub ancestor: Option<(String, Vec<String>)>,
    /// How many synsets.
    pub synsets: i64,
    /// With how many images in their initial samples.
    pub images: i64,
}

/// A version of a table in its history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableVersion {
    /// 1 is the first.
    pub version: i64,
    /// When it was built (Unix ms).
    pub created_at: i64,
    /// Images of the initial sample behind it.
    pub images: i64,
    /// Level at which an image is positive; none when no level would reach the target.
    pub threshold: Option<f64>,
    /// Semantic difficulty n*; none when no number of votes would do.
    pub difficulty: Option<i64>,
    /// Mean confidence of what would be accepted; none when nothing would be.
    pub stated_precision: Option<f64>,
    /// Why it was built, as far as is known.
    pub causes: Vec<Cause>,
}

/// A ground of a table that changed, and so had it built again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "before and after are what the variant names, in the units of the settings")]
pub enum Cause {
    /// The first version: the initial sample had its votes.
    SampleComplete,
    /// See [`Settings::target_precision`].
    Target { before: f64, after: f64 },
    /// See [`Settings::threshold`].
    FixedThreshold { before: Option<f64>, after: Option<f64> },
    /// See [`Settings::rejection`].
    Rejection { before: f64, after: f64 },
    /// See [`Settings::votes_cap`].
    VotesCap { before: i64, after: i64 },
    /// See [`Settings::initial_votes`].
    InitialVotes { before: i64, after: i64 },
    /// Images of the initial sample.
    Images { before: i64, after: i64 },
    /// Images of the initial sample that an expert labelled.
    Experts { before: i64, after: i64 },
    /// Who decides; see [`super::settings::Settings::method`].
    Method { before: String, after: String },
    /// The level that it leans on, or what that has learned.
    Level,
    /// Whose votes teach.
    Trust,
    /// The votes on the initial sample that count.
    Votes,
    /// What experts found who did not know the verdicts.
    Audits { good: i64, bad: i64 },
    /// How likely good images are in each source.
    Sources,
    /// Nothing that it rests on.
    Nothing,
}

/// What a version of a table changed to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableChange {
    /// The threshold before and after.
    pub threshold: (Option<f64>, Option<f64>),
    /// A number of votes decides from then on, and no threshold.
    pub counts: bool,
    /// n* before and after.
    pub difficulty: (Option<i64>, Option<i64>),
    /// Cells that both have, the empty tally left out.
    pub cells: i64,
    /// Those in which an image is positive, negative or neither by one and not by the other.
    pub cells_moved: i64,
    /// Candidates that stand in these now.
    pub images_moved: i64,
}

/// A synset of a project, in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SynsetDetail {
    /// The project's id and name.
    pub project: (i64, String),
    /// Its row.
    pub row: SynsetRow,
    /// What it is.
    pub definition: String,
    /// Why it is on hold, in words.
    pub hold_reason: Option<String>,
    /// When its turn is.
    pub turn: Turn,
    /// Images of the initial sample, and how many have their votes.
    pub initial_sample: (i64, i64),
    /// The version of its table that was asked for, else the newest.
    pub table: Option<TableView>,
    /// Where its images come from, most images first.
    pub sources: Vec<SourceLine>,
    /// The versions of its table, the newest first.
    pub history: Vec<TableVersion>,
    /// The settings in force.
    pub settings: Settings,
    /// Which of them are its own.
    pub overrides: Overrides,
    /// How far it had come at each of at most some sixty moments, ascending; empty before the first vote.
    pub progress: Vec<ProgressPoint>,
}

/// How far a synset had come at a moment. Images count as what they are now, from when they became it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressPoint {
    /// The moment (Unix ms).
    pub at: i64,
    /// Votes given until then.
    pub votes: i64,
    /// Images settled positive.
    pub positive: i64,
    /// Images settled negative.
    pub negative: i64,
    /// Images escalated.
    pub escalated: i64,
}

/// Which candidates a gallery shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum GalleryKind {
    /// Settled: shows the synset.
    #[default]
    Positive,
    /// Settled: does not.
    Negative,
    /// Still open.
    Open,
    /// For an expert.
    Escalated,
    /// Near duplicates.
    Duplicate,
}

/// What a gallery is sorted by. Among equals the newest comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum GallerySort {
    /// The candidate that came last.
    #[default]
    Newest,
    /// The highest chance of being good.
    MostConfident,
    /// The lowest.
    LeastConfident,
    /// Votes closest to half yes and half no; then more votes.
    Disagreement,
}

/// A candidate in a gallery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GalleryTile {
    /// The candidate's id.
    pub candidate: i64,
    /// Address of the small picture.
    pub small: String,
    /// Address of the medium picture, for fine screens.
    pub medium: String,
    /// Address of the large picture.
    pub large: String,
    /// Yes, no and unsure votes.
    pub tally: (i64, i64, i64),
    /// Chance that it is good, when last judged.
    pub confidence: Option<f64>,
    /// Why it was settled, in words.
    pub reason: Option<String>,
    /// The file's name as it came.
    pub file_name: String,
    /// Where it came from.
    pub source_url: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// Whom to name.
    pub attribution: Option<String>,
    /// What it duplicates: candidate and distance.
    pub duplicate_of: Option<(i64, i64)>,
}

/// A page of a gallery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gallery {
    /// Which candidates.
    pub kind: GalleryKind,
    /// In which order.
    pub sort: GallerySort,
    /// The tiles.
    pub tiles: Vec<GalleryTile>,
    /// Cursor of the next page, if there is one; opaque.
    pub next: Option<String>,
    /// Whether confidence is known: without a table it is not.
    pub has_table: bool,
}

/// Where images of a synset come from, and how many of them are good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceLine {
    /// Its name; none for images whose origin nobody named.
    pub name: Option<String>,
    /// Images from it.
    pub candidates: i64,
    /// Settled: they show the synset.
    pub positive: i64,
    /// Settled: they do not.
    pub negative: i64,
    /// Votes on them.
    pub votes: i64,
    /// The share of good images that its images are judged by, 0 to 1; none before there is a table.
    pub share: Option<f64>,
}

/// Makes a project with the usual settings.
///
/// # Errors
/// Not an admin; the name is taken or not usable.
#[server(prefix = "/api", endpoint = "create_project")]
pub async fn create_project(
    /// The new project's name.
    name: String,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, backend, require_admin};
    let admin = require_admin()?;
    let made = backend()?.projects.create(&admin, &name).await;
    let path = made.as_ref().map(|project| format!("/project/{project}")).unwrap_or_default();
    answer_and_go(made.map(|_| ()), &path, "/projects")
}

/// Pauses a synset or resumes it.
///
/// # Errors
/// Not an admin; unknown synset.
#[server(prefix = "/api", endpoint = "pause_synset")]
pub async fn pause_synset(
    /// Which project.
    project: i64,
    /// Which synset.
    wnid: String,
    /// Paused?
    #[server(default)]
    paused: bool,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    let notice = if paused { say::paused(locale()) } else { say::resumed(locale()) };
    answer_and_tell(backend()?.projects.pause(&admin, project, &wnid, paused).await, notice).await
}
