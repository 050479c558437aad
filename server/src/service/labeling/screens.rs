//! The screens that workers see: what they need is found while the synsets are held, and they are drawn when nobody waits for that.

use super::group::Group;
use super::memory::{Hash, hash};
use super::submission::submission_key;
use super::{LabelingService, Leased};
use crate::service::ontology::synset_head;
use crate::service::pictures::{picture_addresses, tile};
use crate::service::{Outcome, preface};
use app::api::labeling::{Batch, EXAMPLES, Idle, Next, Preface, SynsetHead};
use domain::wnid::Wnid;
use store::labeling::{AssignedCandidate, AssignmentRow};
use store::work::ExampleRow;

/// What a worker is to see.
pub(super) enum Found {
    Batch(Box<Handed>),
    First(Box<Preface>),
    Nothing(Idle),
    Stopped(String),
}

/// A batch.
pub(super) struct Handed {
    assignment: AssignmentRow,
    project: i64,
    wnid: Wnid,
    /// By candidate, in the order of the screen.
    pictures: Vec<(i64, Hash)>,
    /// Pictures that are not in the batch, surest first.
    examples: Vec<ExampleRow>,
}

impl LabelingService {
    /// What the screen of an assignment needs, or why there is none.
    pub(super) async fn found(&self, group: &mut Group, project: i64, leased: Leased) -> Outcome<Found> {
        match leased {
            Leased::Batch(assignment) => {
                let wnid = group.wnid(assignment.project_synset_id).await?;
                let pictures = group.pictures(&assignment).await?;
                let examples = group.examples(&assignment).await?;
                let handed = Handed { assignment, project, wnid, pictures, examples };
                Ok(Found::Batch(Box::new(handed)))
            }
            Leased::First(first) => Ok(Found::First(Box::new(first))),
            Leased::Nothing => {
                let votes_left = group.project(project).await?.votes_left;
                Ok(Found::Nothing(match group.open_synsets(project).await? {
                    0 => Idle::AllSettled,
                    _ if votes_left == Some(0) => Idle::EnoughVotes,
                    _ => Idle::NothingForYouNow,
                }))
            }
        }
    }

    /// The page after an open one, if all that it needs can be read: it was leased ahead, and nothing has come up since. Otherwise the writer
    /// finds out.
    pub(super) async fn ready(&self, worker: i64, after: i64) -> Outcome<Option<Found>> {
        let (store, memory) = (&self.world.store, self.writing.memory());
        let Some(placed) = store.open_after(worker, after, self.world.now()).await? else { return Ok(None) };
        let (assignment, project) = (placed.assignment, placed.project_id);
        let Some(person) = store.participant(worker, project).await? else { return Ok(None) };
        let terms = store.terms(project).await?;
        if person.stopped.is_some() || terms.is_some_and(|terms| preface::asks(&terms, person.consented)) {
            return Ok(None);
        }
        let synset = assignment.project_synset_id;
        let Some(examples) = memory.examples(synset).filter(|rows| are_beside(rows, &assignment)) else {
            return Ok(None);
        };
        let Some(wnid) = memory.wnid(synset) else { return Ok(None) };
        let known = memory.pictures(synset, &assignment.candidates.0);
        let unknown = unknown(&assignment, &known);
        let read = match unknown.is_empty() {
            true => Vec::new(),
            false => store.assigned_candidates(&unknown).await?,
        };
        let pictures = all_pictures(&assignment, known, &read);
        let handed = Handed { assignment, project, wnid, pictures, examples: examples.to_vec() };
        Ok(Some(Found::Batch(Box::new(handed))))
    }

    /// The screen.
    pub(super) fn drawn(&self, found: Found) -> Outcome<Next> {
        Ok(match found {
            Found::Batch(handed) => Next::Batch(self.batch(*handed)?),
            Found::First(first) => Next::Preface(*first),
            Found::Nothing(idle) => Next::Nothing(idle),
            Found::Stopped(reason) => Next::Stopped(reason),
        })
    }

    fn batch(&self, handed: Handed) -> Outcome<Batch> {
        Ok(Batch {
            assignment: handed.assignment.assignment_id,
            project: handed.project,
            synset: self.head(handed.wnid, &handed.examples)?,
            tiles: handed.pictures.iter().map(|(id, hash)| tile(*id, &hex::encode(hash))).collect(),
            expires_at: handed.assignment.expires_at,
            key: submission_key(&handed.assignment),
        })
    }

    /// The synset that a batch asks about, with example pictures.
    fn head(&self, wnid: Wnid, examples: &[ExampleRow]) -> Outcome<SynsetHead> {
        let mut head = synset_head(&self.world.ontology.get(), wnid)?;
        for row in examples {
            let of_its_kind = if row.shows { &mut head.shown_by } else { &mut head.not_shown_by };
            if of_its_kind.len() < EXAMPLES {
                of_its_kind.push(picture_addresses(&row.sha256).0);
            }
        }
        Ok(head)
    }
}

/// Whether none of the pictures is on a page.
pub(super) fn are_beside(examples: &[ExampleRow], page: &AssignmentRow) -> bool {
    examples.iter().all(|row| !page.candidates.0.contains(&row.candidate_id))
}

/// The candidates of a page whose images are not known.
pub(super) fn unknown(page: &AssignmentRow, known: &[Option<Hash>]) -> Vec<i64> {
    page.candidates.0.iter().zip(known).filter(|(_, hash)| hash.is_none()).map(|(id, _)| *id).collect()
}

/// The images of a page by candidate, in its order: what is known of them, and what was read.
pub(super) fn all_pictures(
    page: &AssignmentRow,
    known: Vec<Option<Hash>>,
    read: &[AssignedCandidate],
) -> Vec<(i64, Hash)> {
    let found = |id: i64| {
        let text = &read.iter().find(|row| row.candidate_id == id)?.sha256;
        let hash = hash(text);
        if hash.is_none() {
            tracing::error!(candidate = id, text, "this is no hash of an image");
        }
        hash
    };
    let pictures = page.candidates.0.iter().zip(known);
    pictures.filter_map(|(id, known)| Some((*id, known.or_else(|| found(*id))?))).collect()
}
