//! Models of many synsets that lean on each other: all images together, those under an ancestor, those of one synset.

use super::{
    fit::{fit, fit_pooled},
    model::Model,
    prior::Prior,
    sample::SampleImage,
};

/// A synset's initial sample, and the ancestor that it leans on.
#[derive(Clone, Copy, Debug)]
pub struct Branch<'a> {
    /// A number of the ancestor; synsets with equal ones are pooled. `None` leans on all synsets.
    pub parent: Option<usize>,
    /// The initial sample.
    pub sample: &'a [SampleImage],
}

/// The fitted models of all levels.
#[derive(Clone, Debug, PartialEq)]
pub struct Hierarchy {
    /// Of all images.
    pub all: Model,
    /// Of the images under each ancestor, by its number.
    pub parents: Vec<Model>,
    /// Of each synset, in the order given.
    pub synsets: Vec<Model>,
}

/// Fits all levels from the top: all images pooled, the images under each ancestor, each synset.
#[must_use]
pub fn fit_hierarchy(branches: &[Branch<'_>]) -> Hierarchy {
    let all = pooled(branches.iter(), &Prior::global());
    let parents = branches.iter().filter_map(|branch| branch.parent).max().map_or(0, |most| most + 1);
    let of_parent = |parent: usize| {
        pooled(branches.iter().filter(|branch| branch.parent == Some(parent)), &Prior::below(&all))
    };
    let parents: Vec<Model> = (0..parents).map(of_parent).collect();
    let of_synset = |branch: &Branch<'_>| {
        let above = branch.parent.and_then(|parent| parents.get(parent)).unwrap_or(&all);
        fit(branch.sample, &Prior::below(above)).model
    };
    Hierarchy { synsets: branches.iter().map(of_synset).collect(), parents, all }
}

fn pooled<'a>(branches: impl Iterator<Item = &'a Branch<'a>>, prior: &Prior) -> Model {
    let images: Vec<SampleImage> = branches.flat_map(|branch| branch.sample).copied().collect();
    fit_pooled(&images, prior).model
}
