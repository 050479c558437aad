//! WordNet as a tree of rows. In a form its nodes open by buttons and can be ticked; by itself they open by links.

use super::link::href;
use super::synset_list::first_word;
use crate::api::selection::{Start, TreeGroup, TreeNode};
use crate::texts::{Locale, SLOT, counts, fill, tree as say};
use crate::viewer::locale;
use leptos::prelude::*;
use std::collections::HashSet;

/// What a tree's rows can do.
pub(crate) enum TreeWays {
    /// Links that open and close nodes, on this page.
    Links {
        /// The query of the page: the pairs that stay, `open` left out.
        stay: Vec<(&'static str, String)>,
        /// The nodes that are open.
        open: Vec<String>,
    },
    /// Fields of the form around it.
    Form {
        /// Roots of the subtrees that are chosen.
        trees: Vec<String>,
        /// Branches that are left out.
        without: Vec<String>,
    },
}

/// A tree, with what its rows have shown already: a synset with several parents may come more than once.
pub(crate) struct Tree {
    locale: Locale,
    ways: TreeWays,
    /// Wnids whose row was shown, so that ids and fields stay unique.
    shown: HashSet<String>,
    marks_project: bool,
}

impl Tree {
    /// A tree of which nothing is shown yet. `marks_project`: its nodes say what of them a project has.
    pub(crate) fn new(ways: TreeWays, marks_project: bool) -> Self {
        Self { locale: locale(), ways, shown: HashSet::new(), marks_project }
    }

    /// Groups of starting points.
    pub(crate) fn groups(&mut self, groups: Vec<TreeGroup>) -> impl IntoView + use<> {
        groups.into_iter().map(|group| self.group(group)).collect_view()
    }

    /// Whether the row of a synset was shown, and so the field that holds its tick.
    pub(crate) fn has_shown(&self, wnid: &str) -> bool {
        self.shown.contains(wnid)
    }

    fn group(&mut self, group: TreeGroup) -> impl IntoView + use<> {
        let nodes = self.nodes(group.nodes);
        let title = group.start.map(|start| view! { <h3>{start_name(self.locale, start)}</h3> });
        view! { <div class="tree-group">{title} <ul class="tree">{nodes}</ul></div> }
    }

    fn nodes(&mut self, nodes: Vec<TreeNode>) -> Vec<AnyView> {
        nodes.into_iter().map(|node| self.node(node)).collect()
    }

    fn node(&mut self, node: TreeNode) -> AnyView {
        let TreeNode { synset, kinds, is_seeded, seeded, is_chosen, also_under, below, cut, is_open } = node;
        let (locale, wnid) = (self.locale, synset.wnid.clone());
        let is_first = self.shown.insert(wnid.clone());
        let name = first_word(&synset.words);
        let others = synset.words.iter().skip(1).take(3).map(|word| format!(", {word}")).collect::<String>();
        let opener = (kinds > 0).then(|| self.opener(&wnid, &name, is_open, is_first));
        let tick = is_first.then(|| self.tick(&wnid, &name, is_chosen)).flatten();
        let below = (!below.is_empty()).then(|| self.nodes(below));
        let marks = self.marks_project.then(|| project_marks(locale, is_seeded, seeded, synset.subtree));
        view! {
            <li id=is_first.then(|| wnid.clone())>
                <div class="twig">
                    <span class="twig-open">{opener}</span>
                    <div class="twig-text">
                        <a class="twig-name" href=format!("/synset/{wnid}")>{name}</a>
                        <span class="quiet">{others}</span>
                        {(synset.subtree > 1).then(|| view! { <span class="twig-count">{counts::synsets(locale, synset.subtree)}</span> })}
                        {marks}
                        {also(locale, also_under)}
                        <span class="twig-gloss">{synset.definition}</span>
                    </div>
                    {tick}
                </div>
                {below.map(|nodes| view! { <ul class="tree">{nodes}</ul> })}
                {(cut > 0).then(|| view! {
                    <p class="hint">
                        {fill(say::more(locale, cut, SLOT), view! { <a href=format!("/synset/{wnid}")>{say::all_kinds(locale)}</a> })}
                    </p>
                })}
            </li>
        }
        .into_any()
    }

    fn opener(&self, wnid: &str, name: &str, is_open: bool, is_first: bool) -> AnyView {
        let says = if is_open { say::close(self.locale, name) } else { say::open(self.locale, name) };
        let sign = view! {
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d=if is_open { "M3 5.5l5 5 5-5" } else { "M5.5 3l5 5-5 5" }></path></svg>
        };
        let expanded = if is_open { "true" } else { "false" };
        match &self.ways {
            TreeWays::Links { stay, open } => {
                let mut pairs: Vec<(&str, &str)> =
                    stay.iter().map(|(name, value)| (*name, value.as_str())).collect();
                pairs
                    .extend(open.iter().filter(|other| *other != wnid).map(|other| ("open", other.as_str())));
                if !is_open {
                    pairs.push(("open", wnid));
                }
                let to = format!("{}#{wnid}", href("/synsets/tree", &pairs));
                view! { <a href=to aria-label=says aria-expanded=expanded>{sign}</a> }.into_any()
            }
            TreeWays::Form { .. } => {
                let field = if is_open { "close" } else { "open" };
                let held = (is_open && is_first)
                    .then(|| view! { <input type="hidden" name="open" value=wnid.to_owned()/> });
                view! {
                    {held}
                    <button type="submit" name=field value=wnid.to_owned() id=is_first.then(|| format!("open-{wnid}")) aria-label=says aria-expanded=expanded>{sign}</button>
                }
                .into_any()
            }
        }
    }

    /// The field that chooses a subtree, or leaves out a branch of a chosen one.
    fn tick(&self, wnid: &str, name: &str, is_chosen: bool) -> Option<AnyView> {
        let TreeWays::Form { trees, without } = &self.ways else { return None };
        let is_root = trees.iter().any(|tree| tree == wnid);
        let is_out = without.iter().any(|branch| branch == wnid);
        let (field, words, ticked) = match (is_root, is_out, is_chosen) {
            (true, ..) => ("tree", say::chosen(self.locale), true),
            (_, true, _) => ("without", say::left_out(self.locale), true),
            (_, _, true) => ("without", say::leave_out(self.locale), false),
            _ => ("tree", say::choose(self.locale), false),
        };
        let class = match (is_out, is_chosen) {
            (true, _) => "twig-tick is-out",
            (_, true) => "twig-tick is-in",
            _ => "twig-tick",
        };
        Some(
            view! {
                <label class=class>
                    <input type="checkbox" name=field value=wnid.to_owned() checked=ticked id=format!("tick-{wnid}")/>
                    {words}<span class="visually-hidden">{say::what(self.locale, name)}</span>
                </label>
            }
            .into_any(),
        )
    }
}

/// What starting points have in common, as a heading.
pub(crate) fn start_name(locale: Locale, start: Start) -> &'static str {
    match start {
        Start::Paper => say::paper(locale),
        Start::Beginners => say::beginners(locale),
        Start::Root => say::root(locale),
    }
}

/// What of a subtree a project has.
pub(crate) fn project_marks(
    locale: Locale,
    is_seeded: bool,
    seeded: u32,
    subtree: u32,
) -> impl IntoView + use<> {
    let words = match (is_seeded, seeded) {
        (_, 0) => None,
        (true, 1) if subtree == 1 => Some(say::in_project(locale).to_owned()),
        (_, seeded) if seeded == subtree => Some(say::all_in_project(locale).to_owned()),
        (_, seeded) => Some(say::some_in_project(locale, seeded)),
    };
    words.map(|words| view! { <span class="badge good">{words}</span> })
}

fn also(locale: Locale, parents: Vec<(String, String)>) -> impl IntoView {
    (!parents.is_empty()).then(|| {
        let links = parents
            .into_iter()
            .enumerate()
            .map(|(place, (wnid, word))| {
                let comma = (place > 0).then_some(", ");
                view! { {comma}<a href=format!("/synset/{wnid}")>{word}</a> }
            })
            .collect_view();
        view! { <span class="twig-also">{fill(say::also_under(locale, SLOT), links)}</span> }
    })
}
