//! How admins choose synsets of WordNet for a project: subtrees, what is left out of them, a list; and what seeding them did.

use super::ApiError;
use super::ontology::SynsetLine;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What an admin asks to seed. Its three texts are all that a form, a link or a record needs to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeedRequest {
    /// Roots of subtrees between blanks, each with the levels below it that are wanted, if not all: `n02084071:2 n02121620`.
    pub trees: String,
    /// Wnids between blanks: branches that are left out of the subtrees.
    pub without: String,
    /// Synsets by themselves: wnids, or words with one meaning; between line ends, commas or semicolons.
    pub list: String,
}

/// A subtree that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenTree {
    /// Its root.
    pub root: SynsetLine,
    /// Levels below the root that are wanted; none: all.
    pub depth: Option<u32>,
    /// The longest way down from the root, in levels.
    pub height: u32,
}

/// An entry of a request that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unusable {
    /// What, where, and what would be right.
    pub words: String,
    /// Synsets that may be meant.
    pub meant: Vec<SynsetLine>,
}

/// Synsets at the same distance below the roots of their subtrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Levels below the nearest root; none: chosen by themselves.
    pub depth: Option<u32>,
    /// All of them.
    pub synsets: u32,
    /// Of these, not in the project yet.
    pub new: u32,
}

/// What seeding would do, before it is confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedPreview {
    /// Synsets asked for.
    pub synsets: u32,
    /// Of these, already in the project.
    pub already_seeded: u32,
    /// Without kinds of their own.
    pub leaves: u32,
    /// By distance from the roots, nearest first.
    pub levels: Vec<Level>,
    /// New ones that are no physical things: hardly any picture can show them.
    pub abstract_synsets: Vec<SynsetLine>,
    /// How many of those there are.
    pub abstracts: u32,
    /// New ones that are single things with a name, like a river.
    pub instance_synsets: Vec<SynsetLine>,
    /// How many of those there are.
    pub instances: u32,
    /// Some of the new ones, spread over all.
    pub sample: Vec<SynsetLine>,
}

/// A synset in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeNode {
    /// The synset, with the size of its subtree.
    pub synset: SynsetLine,
    /// Direct kinds of it.
    pub kinds: u32,
    /// It is in the project.
    pub is_seeded: bool,
    /// It is among the synsets that are chosen for seeding.
    pub is_chosen: bool,
    /// Synsets of its subtree that are in the project.
    pub seeded: u32,
    /// Other parents than the one that it is shown under: wnid and first word.
    pub also_under: Vec<(String, String)>,
    /// Its kinds, where it is open.
    pub below: Vec<Self>,
    /// Kinds that are not shown, because there are too many.
    pub cut: u32,
    /// It is open.
    pub is_open: bool,
}

/// What of the tree is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeQuery {
    /// Where it begins; none: at the usual starting points.
    pub at: String,
    /// Wnids of the nodes that are open.
    pub open: Vec<String>,
    /// The project whose synsets are marked.
    pub project: Option<i64>,
}

/// What starting points have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// The paper's twelve subtrees.
    Paper,
    /// WordNet's unique beginners.
    Beginners,
    /// The root of all nouns.
    Root,
}

/// A group of starting points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeGroup {
    /// What they have in common; nothing where the tree begins at a synset of one's choice.
    pub start: Option<Start>,
    /// The starting points.
    pub nodes: Vec<TreeNode>,
}

/// A tree to look around in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreePage {
    /// The starting points by groups.
    pub groups: Vec<TreeGroup>,
    /// Where it does not begin at the usual points: every way down to the node, itself included.
    pub paths: Vec<Vec<SynsetLine>>,
}

/// What was seeded at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedingLine {
    /// Its id.
    pub seeding: i64,
    /// Who asked.
    pub by: String,
    /// When (Unix ms).
    pub seeded_at: i64,
    /// As it was asked: seeding it again is the same request.
    pub request: SeedRequest,
    /// The request in words.
    pub asked_for: String,
    /// Synsets asked for.
    pub asked: i64,
    /// Of these, how many were new.
    pub added: i64,
    /// Synsets of it that are still in the project.
    pub present: i64,
    /// Of these, how many would stay because they have images or votes.
    pub with_images: i64,
    /// And how many because an import is meant for them.
    pub with_imports: i64,
    /// When it was undone, and how many synsets went.
    pub undone: Option<(i64, i64)>,
}

impl SeedingLine {
    /// Synsets that undoing would take out.
    pub fn removable(&self) -> i64 {
        self.present - self.with_images - self.with_imports
    }
}

/// Everything that the seeding screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedPage {
    /// The project's id and name.
    pub project: (i64, String),
    /// The subtrees chosen.
    pub trees: Vec<ChosenTree>,
    /// The branches left out.
    pub without: Vec<SynsetLine>,
    /// The list as it was written.
    pub list: String,
    /// Entries that can't be used.
    pub unusable: Vec<Unusable>,
    /// How many entries can't be used.
    pub unusable_in_all: u32,
    /// What seeding would do; none when nothing is chosen.
    pub preview: Option<SeedPreview>,
    /// The tree to choose from.
    pub tree: TreePage,
    /// The newest seedings.
    pub seedings: Vec<SeedingLine>,
}

/// Seeds synsets into a project.
///
/// # Errors
/// Not an admin; an entry that names no synset (said which, and where); nothing chosen.
#[server(prefix = "/api", endpoint = "seed_synsets")]
pub async fn seed_synsets(
    /// Which project.
    project: i64,
    /// Which synsets.
    request: SeedRequest,
) -> Result<(), ApiError> {
    use crate::texts::seed as say;
    use crate::viewer::{answer_and_tell, backend, go_where_html_is_taken, locale, require_admin};
    let admin = require_admin()?;
    let seeded = backend()?.seeding.seed(&admin, project, &request).await;
    let notice = match &seeded {
        Ok(new) => say::seeded(locale(), *new),
        Err(_) => String::new(),
    };
    if seeded.is_ok() {
        go_where_html_is_taken(&format!("/project/{project}/seed#history"));
    }
    answer_and_tell(seeded.map(|_| ()), &notice).await
}

/// Takes back what was seeded at once: its synsets that have no images and no votes leave the project.
///
/// # Errors
/// Not an admin; unknown.
#[server(prefix = "/api", endpoint = "undo_seeding")]
pub async fn undo_seeding(
    /// Which project.
    project: i64,
    /// Which seeding.
    seeding: i64,
) -> Result<(), ApiError> {
    use crate::texts::{counts, seed as say};
    use crate::viewer::{answer_and_tell, backend, go_where_html_is_taken, locale, require_admin};
    let admin = require_admin()?;
    let undone = backend()?.seeding.undo(&admin, project, seeding).await;
    let notice = match &undone {
        Ok(gone) => say::left_project(locale(), counts::synsets(locale(), *gone)),
        Err(_) => String::new(),
    };
    if undone.is_ok() {
        go_where_html_is_taken(&format!("/project/{project}/seed#history"));
    }
    answer_and_tell(undone.map(|_| ()), &notice).await
}
