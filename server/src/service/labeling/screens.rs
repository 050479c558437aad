//! The screens that workers see: what they need is found while the synsets are held, and they are drawn when nobody waits for that.

use super::group::Group;
use super::memory::Hash;
use super::submission::submission_key;
use super::{LabelingService, Leased};
use crate::service::Outcome;
use crate::service::ontology::synset_head;
use crate::service::pictures::{picture_addresses, tile};
use app::api::labeling::{Batch, EXAMPLES, Idle, Next, Preface, SynsetHead};
use domain::wnid::Wnid;
use store::labeling::AssignmentRow;
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
