//! The tree over a project's synsets, each node with the figures of what lies below it.

use super::table::{price, shown_state, shown_totals};
use super::{ProjectsService, outlook};
use crate::language::locale;
use crate::service::ontology::{known, words};
use crate::service::{Failure, Outcome};
use crate::texts::missing;
use app::api::projects::Totals;
use app::api::watching::{SubtreeFigures, SubtreePage, TreeNode};
use domain::consensus::Verdict;
use domain::ontology::{Ontology, Rollup};
use domain::wnid::Wnid;
use store::projects::{SharedImage, SynsetFigures, TotalsRow};

/// Levels below the node that are shown at once.
const LEVELS: u32 = 2;

impl ProjectsService {
    pub(super) async fn tree_at(&self, project: i64, at: Option<&str>) -> Outcome<SubtreePage> {
        let project = self.project(project).await?;
        let (id, ontology) = (project.project_id, self.world.ontology.get());
        outlook::refresh(&self.world, &self.tables, &project).await;
        let figures = self.world.store.synset_figures(id).await?;
        let forest = Forest::new(&ontology, figures, &self.world.store.shared_images(id).await?);
        let at = match at {
            None => forest.start(),
            Some(text) => {
                let wnid = known(&ontology, text)?;
                let empty =
                    || Failure::not_found(missing::nothing_below(locale(), &project.name, wnid.to_string()));
                Some(forest.rollup.contains(wnid).then_some(wnid).ok_or_else(empty)?)
            }
        };
        Ok(SubtreePage {
            project: (id, project.name.clone()),
            price: price(&self.world, id).await?,
            path: at.map(|wnid| path(&ontology, wnid)).unwrap_or_default(),
            node: at.map(|wnid| forest.node(&ontology, wnid, LEVELS)),
        })
    }
}

/// A project's synsets with all that is above them, and what is needed to count images once.
pub(super) struct Forest {
    figures: Vec<SynsetFigures>,
    rollup: Rollup,
    /// For each image that has several places, these: the synset's place in `figures`, and whether it is positive there.
    shared: Vec<Vec<(usize, bool)>>,
}

impl Forest {
    /// `figures` ascending by wnid.
    pub(super) fn new(ontology: &Ontology, figures: Vec<SynsetFigures>, shared: &[SharedImage]) -> Self {
        let seeded: Vec<Wnid> = figures.iter().map(|row| row.wnid).collect();
        let place = |row: &SharedImage| {
            let place = seeded.binary_search(&row.wnid).ok()?;
            Some((place, row.verdict == Verdict::Positive))
        };
        let shared = shared
            .chunk_by(|one, other| one.sha256 == other.sha256)
            .map(|places| places.iter().filter_map(place).collect::<Vec<_>>())
            .filter(|places| places.len() > 1)
            .collect();
        let rollup = Rollup::new(ontology, &seeded);
        Self { figures, rollup, shared }
    }

    /// Where the tree begins to branch: above it there is only one way.
    fn start(&self) -> Option<Wnid> {
        let mut at = self.rollup.roots().first().copied()?;
        while let [only] = self.rollup.children(at).as_slice() {
            if self.seeded(at).is_some() {
                break;
            }
            at = *only;
        }
        Some(at)
    }

    fn seeded(&self, wnid: Wnid) -> Option<&SynsetFigures> {
        let place = self.figures.binary_search_by_key(&wnid, |row| row.wnid).ok()?;
        self.figures.get(place)
    }

    fn node(&self, ontology: &Ontology, wnid: Wnid, levels: u32) -> TreeNode {
        let below = self.rollup.children(wnid);
        let branches = u32::try_from(below.len()).unwrap_or(u32::MAX);
        let mut children: Vec<TreeNode> = match levels.checked_sub(1) {
            Some(levels) => below.into_iter().map(|child| self.node(ontology, child, levels)).collect(),
            None => Vec::new(),
        };
        children.sort_by_cached_key(|child| child.words.first().map(|word| word.to_lowercase()));
        TreeNode {
            wnid: wnid.to_string(),
            words: words(ontology, wnid),
            seeded: self.seeded(wnid).map(|row| (shown_state(row.state), row.paused)),
            figures: self.subtree(wnid),
            children,
            branches,
        }
    }

    /// Sums over the seeded synsets below a node, each once; images that several of them share are counted once.
    pub(super) fn subtree(&self, wnid: Wnid) -> SubtreeFigures {
        let mut inside = vec![false; self.figures.len()];
        let (mut totals, mut expected_votes) = (Totals::default(), 0.0);
        for place in self.rollup.below(wnid) {
            if let (Some(flag), Some(row)) = (inside.get_mut(place), self.figures.get(place)) {
                *flag = true;
                add(&mut totals, &shown_totals(&TotalsRow::from(row)));
                expected_votes += row.expected_votes.unwrap_or(0.0);
            }
        }
        let (mut images, mut positive_images) = (totals.candidates, totals.positive);
        for places in &self.shared {
            let here = places.iter().filter(|(place, _)| inside.get(*place) == Some(&true));
            let (places, positive) =
                here.fold((0, 0), |(all, good), (_, positive)| (all + 1, good + i64::from(*positive)));
            images -= (places - 1).max(0);
            positive_images -= (positive - 1).max(0);
        }
        SubtreeFigures { totals, images, positive_images, expected_votes }
    }
}

fn add(totals: &mut Totals, more: &Totals) {
    totals.synsets += more.synsets;
    totals.candidates += more.candidates;
    totals.duplicates += more.duplicates;
    totals.positive += more.positive;
    totals.negative += more.negative;
    totals.escalated += more.escalated;
    totals.votes += more.votes;
}

/// The first way down to a synset, itself left out.
fn path(ontology: &Ontology, wnid: Wnid) -> Vec<(String, String)> {
    let paths = ontology.paths(wnid).map(|paths| paths.paths).unwrap_or_default();
    let mut way = paths.into_iter().next().unwrap_or_default();
    way.pop();
    let word = |wnid: Wnid| ontology.get(wnid).map(|entry| entry.first_word().to_owned());
    way.into_iter().filter_map(|wnid| Some((wnid.to_string(), word(wnid)?))).collect()
}
