//! What the seeding form holds, read from the address: every button and box of it is a pair of the query.

use crate::api::selection::SeedRequest;
use crate::components::link::{query, query_all};
use crate::components::tree::Tree;
use leptos::prelude::*;

/// The form's state.
pub(super) struct FormState {
    /// Roots of subtrees, each with the depth as it was written; empty: all levels.
    trees: Vec<(String, String)>,
    /// Branches that are left out.
    pub(super) without: Vec<String>,
    /// The list.
    list: String,
    /// Nodes of the tree that are open.
    pub(super) open: Vec<String>,
}

impl FormState {
    /// Reads the query: `tree`, `depth.WNID`, `without`, `list` and `open` are the state; `trees` is a state from a link; `drop`,
    /// `one` and `close` are what a button changes about it.
    pub(super) fn read() -> Self {
        let (dropped, closed, one) = (query("drop"), query("close"), query("one"));
        let linked = query("trees");
        let linked = linked.split_whitespace().map(|entry| match entry.split_once(':') {
            Some((root, depth)) => (root.to_owned(), depth.to_owned()),
            None => (entry.to_owned(), String::new()),
        });
        let ticked = query_all("tree").into_iter().map(|root| {
            let depth = query(&format!("depth.{root}"));
            (root, depth)
        });
        let mut trees: Vec<(String, String)> = Vec::new();
        for (root, depth) in linked.chain(ticked) {
            if root != dropped && !trees.iter().any(|(other, _)| *other == root) {
                trees.push((root, depth));
            }
        }
        let mut without: Vec<String> = Vec::new();
        for branch in query_all("without").iter().flat_map(|text| text.split_whitespace()) {
            let is_root = trees.iter().any(|(root, _)| root == branch);
            if branch != dropped && !is_root && !without.iter().any(|other| other == branch) {
                without.push(branch.to_owned());
            }
        }
        let mut list = query("list");
        if !one.is_empty() && !list.split(|c: char| !c.is_alphanumeric()).any(|entry| entry == one) {
            let gap = if list.trim_end().is_empty() { "" } else { "\n" };
            list = format!("{}{gap}{one}\n", list.trim_end());
        }
        let mut open = query_all("open");
        open.retain(|node| *node != closed);
        open.sort();
        open.dedup();
        Self { trees, without, list, open }
    }

    /// The same as a request.
    pub(super) fn request(&self) -> SeedRequest {
        let trees = self.trees.iter().map(|(root, depth)| match depth.trim() {
            "" => root.clone(),
            depth => format!("{root}:{depth}"),
        });
        SeedRequest {
            trees: trees.collect::<Vec<_>>().join(" "),
            without: self.without.join(" "),
            list: self.list.clone(),
        }
    }

    /// Roots of the subtrees.
    pub(super) fn roots(&self) -> Vec<String> {
        self.trees.iter().map(|(root, _)| root.clone()).collect()
    }

    /// Hidden fields for what is chosen or left out and has no box in the tree that is shown.
    pub(super) fn held_elsewhere(&self, tree: &Tree) -> impl IntoView + use<> {
        let trees = self.trees.iter().map(|(root, _)| ("tree", root));
        let without = self.without.iter().map(|branch| ("without", branch));
        trees
            .chain(without)
            .filter(|(_, wnid)| !tree.has_shown(wnid))
            .map(|(name, wnid)| view! { <input type="hidden" name=name value=wnid.clone()/> })
            .collect_view()
    }
}
