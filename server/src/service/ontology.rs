//! WordNet for screens.

pub mod tree;

use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::{missing, watching};
use crate::world::World;
use app::api::labeling::{PathStep, SIBLINGS, Sibling, SynsetHead};
use app::api::ontology::{SynsetLine, SynsetPage};
use app::api::selection::{TreePage, TreeQuery};
use app::backend::{self, Answer};
use async_trait::async_trait;
use domain::ontology::{EdgeKind, Ontology};
use domain::wikipedia::wikipedia_url;
use domain::wnid::Wnid;
use std::collections::HashSet;

/// Hits that a search shows.
const HITS: usize = 50;
/// Longest query; WordNet's longest word has 71 characters.
const MAX_QUERY: usize = 100;

/// Implements [`backend::Ontology`].
pub struct OntologyService {
    world: World,
}

impl OntologyService {
    /// A service over the world's ontology.
    pub fn new(world: World) -> Self {
        Self { world }
    }
}

#[async_trait]
impl backend::Ontology for OntologyService {
    async fn search(&self, query: &str) -> Answer<Vec<SynsetLine>> {
        if query.chars().count() > MAX_QUERY {
            return Err(Failure::invalid(watching::long_query(locale(), MAX_QUERY)).into());
        }
        let ontology = self.world.ontology.get();
        Ok(ontology.search(query, HITS).into_iter().filter_map(|hit| line(&ontology, hit.wnid)).collect())
    }

    async fn synset(&self, wnid: &str) -> Answer<SynsetPage> {
        let ontology = self.world.ontology.get();
        let wnid = known(&ontology, wnid)?;
        let projects = self.world.store.projects_with_synset(wnid).await.map_err(Failure::from)?;
        Ok(page(&ontology, wnid, projects)?)
    }

    async fn tree(&self, query: &TreeQuery) -> Answer<TreePage> {
        Ok(self.tree_of(query).await?)
    }
}

impl OntologyService {
    async fn tree_of(&self, query: &TreeQuery) -> Outcome<TreePage> {
        let ontology = self.world.ontology.get();
        let seeded = match query.project {
            Some(project) => self.world.store.seeded_wnids(project).await?,
            None => Vec::new(),
        };
        if query.at.is_empty() {
            return Ok(tree::starting_points(&ontology, &query.open, &seeded, &HashSet::new()));
        }
        let at = known(&ontology, &query.at)?;
        Ok(tree::from(&ontology, at, &query.open, &seeded))
    }
}

fn page(ontology: &Ontology, wnid: Wnid, projects: Vec<(i64, String)>) -> Outcome<SynsetPage> {
    let missing = || Failure::not_found(missing::synset(locale(), wnid.to_string()));
    let entry = ontology.get(wnid).ok_or_else(missing)?;
    let lines =
        |wnids: Vec<Wnid>| wnids.into_iter().filter_map(|wnid| line(ontology, wnid)).collect::<Vec<_>>();
    let paths = ontology.paths(wnid).ok_or_else(missing)?;
    let (kinds, mut instances) = (ontology.hyponyms(wnid, EdgeKind::IsA), ontology.children(wnid));
    instances.retain(|child| !kinds.contains(child));
    Ok(SynsetPage {
        synset: line(ontology, wnid).ok_or_else(missing)?,
        examples: entry.examples().map(str::to_owned).collect(),
        wikipedia: wikipedia_url(entry.first_word()),
        paths: paths.paths.into_iter().map(lines).collect(),
        paths_cut: paths.cut,
        children: lines(kinds),
        instances: lines(instances),
        siblings: lines(ontology.siblings(wnid)),
        projects,
    })
}

/// A wnid that WordNet has.
///
/// # Errors
/// Not of the form of a wnid, or unknown.
pub fn known(ontology: &Ontology, wnid: &str) -> Outcome<Wnid> {
    let parsed =
        Wnid::parse(wnid).map_err(|error| Failure::invalid(super::settings::sentence(&error.to_string())))?;
    if ontology.contains(parsed) {
        return Ok(parsed);
    }
    Err(Failure::not_found(missing::synset(locale(), parsed.to_string())))
}

/// A synset as a line of a list; none if WordNet lacks it.
pub fn line(ontology: &Ontology, wnid: Wnid) -> Option<SynsetLine> {
    let entry = ontology.get(wnid)?;
    Some(SynsetLine {
        wnid: wnid.to_string(),
        words: entry.words().map(str::to_owned).collect(),
        definition: entry.definition.to_owned(),
        subtree: ontology.subtree_size(wnid),
    })
}

/// A synset's words; empty if WordNet lacks it.
pub fn words(ontology: &Ontology, wnid: Wnid) -> Vec<String> {
    ontology.get(wnid).map(|entry| entry.words().map(str::to_owned).collect()).unwrap_or_default()
}

/// A synset's words in one line.
pub fn in_one_line(ontology: &Ontology, wnid: Wnid) -> String {
    words(ontology, wnid).join(", ")
}

/// A synset as a labeling page shows it.
///
/// # Errors
/// WordNet lacks it.
pub fn synset_head(ontology: &Ontology, wnid: Wnid) -> Outcome<SynsetHead> {
    let missing = || Failure::Defect(format!("synset {wnid} is seeded, but WordNet is not imported"));
    let entry = ontology.get(wnid).ok_or_else(missing)?;
    let first_path =
        ontology.paths(wnid).and_then(|paths| paths.paths.into_iter().next()).unwrap_or_default();
    let step = |wnid: Wnid| {
        ontology
            .get(wnid)
            .map(|entry| PathStep { wnid: wnid.to_string(), word: entry.first_word().to_owned() })
    };
    let sibling = |wnid: Wnid| {
        ontology.get(wnid).map(|entry| Sibling {
            words: in_one_line(ontology, wnid),
            definition: entry.definition.to_owned(),
        })
    };
    Ok(SynsetHead {
        wnid: wnid.to_string(),
        words: entry.words().map(str::to_owned).collect(),
        definition: entry.definition.to_owned(),
        examples: entry.examples().map(str::to_owned).collect(),
        wikipedia: wikipedia_url(entry.first_word()),
        path: first_path.into_iter().filter(|above| *above != wnid).filter_map(step).collect(),
        siblings: nearest_siblings(ontology, wnid).into_iter().filter_map(sibling).take(SIBLINGS).collect(),
        shown_by: Vec::new(),
        not_shown_by: Vec::new(),
    })
}

/// The siblings of a synset, those first that are most easily taken for it: with the most hypernyms in common, then with the same
/// last part of a name ("Persian cat", "Siamese cat"), then as WordNet has them.
fn nearest_siblings(ontology: &Ontology, wnid: Wnid) -> Vec<Wnid> {
    let parents = ontology.hypernyms(wnid, EdgeKind::IsAOrInstance);
    let ending = |wnid: Wnid| {
        let first = ontology.get(wnid).map(|entry| entry.first_word().to_lowercase()).unwrap_or_default();
        first.rsplit(' ').next().map(str::to_owned).unwrap_or_default()
    };
    let own_ending = ending(wnid);
    let mut siblings = ontology.siblings(wnid);
    siblings.sort_by_cached_key(|&other| {
        let theirs = ontology.hypernyms(other, EdgeKind::IsAOrInstance);
        let shared = theirs.iter().filter(|parent| parents.contains(parent)).count();
        (std::cmp::Reverse(shared), ending(other) != own_ending, other)
    });
    siblings
}
