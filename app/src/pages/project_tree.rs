//! The part of WordNet's tree that leads to a project's synsets, with the figures of each subtree.

use super::project::{cost, votes_left};
use super::screen::{Screen, page};
use crate::api::watching::{Price, SubtreeFigures, SubtreePage, TreeNode};
use crate::components::badge::synset_badge;
use crate::components::bar::{figures, verdict_bar, verdict_chart};
use crate::components::format::{count, counted, percent};
use crate::components::link::{href, path_id, query};
use crate::components::problem::empty;
use crate::components::synset_list::{first_word, in_one_line};
use crate::viewer::{backend, require_manager};
use leptos::prelude::*;

pub(super) fn project_tree() -> impl IntoView {
    let (project, at) = (path_id("project"), query("at"));
    page(async move {
        let manager = require_manager()?;
        let at = (!at.is_empty()).then_some(at.as_str());
        let shown = backend()?.projects.tree(&manager, project?, at).await?;
        let title = match &shown.node {
            Some(node) => format!("{} · {}", first_word(&node.words), shown.project.1),
            None => shown.project.1.clone(),
        };
        Ok(Screen::new(title, content(shown)))
    })
}

fn content(shown: SubtreePage) -> impl IntoView {
    let (project, name) = shown.project;
    let steps = shown
        .path
        .into_iter()
        .map(|(wnid, word)| view! { " › " <a href=address(project, &wnid)>{word}</a> })
        .collect_view();
    let Some(node) = shown.node else {
        return view! {
            <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
            <h1>"Tree"</h1>
            {empty("No synsets yet", view! { <p>"The tree shows the seeded synsets and everything above them."</p> })}
        }
        .into_any();
    };
    let price = shown.price.as_ref();
    let title = in_one_line(&node.words);
    view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a>{steps}</p>
        <div class="head">
            <h1>{title}</h1>
            {node.seeded.map(|(state, paused)| view! {
                <a class="button" href=format!("/project/{project}/synset/{}", node.wnid)>"This synset"</a>
                {synset_badge(state, paused)}
            })}
        </div>
        <section class="sheet tree-head" aria-label="Figures of this subtree">
            {figures(head(&node.figures, price))}
            {verdict_chart(node.figures.totals)}
            <p class="hint">"A synset with several parents counts once. An image counts once too, even if it is a candidate of several of these synsets; in the bar it counts for each of them."</p>
        </section>
        {branches(project, node.children, price)}
    }
    .into_any()
}

fn head(figures: &SubtreeFigures, price: Option<&Price>) -> Vec<(&'static str, String)> {
    let mut entries = vec![
        ("Synsets", count(figures.totals.synsets)),
        ("Images", count(figures.images)),
        ("Positive images", count(figures.positive_images)),
        ("Votes", count(figures.totals.votes)),
        ("Votes left", votes_left(Some(figures.expected_votes))),
    ];
    if price.is_some() {
        entries.push(("Cost left", cost(Some(figures.expected_votes), price)));
    }
    entries
}

fn branches(project: i64, children: Vec<TreeNode>, price: Option<&Price>) -> impl IntoView + use<> {
    if children.is_empty() {
        return view! { <p class="quiet">"Nothing of this project lies below it."</p> }.into_any();
    }
    let entries = children.into_iter().map(|child| branch(project, child, price)).collect_view();
    view! { <ul class="tree">{entries}</ul> }.into_any()
}

/// A child; its own children are folded up below it.
fn branch(project: i64, mut node: TreeNode, price: Option<&Price>) -> AnyView {
    let below = std::mem::take(&mut node.children);
    let folded = (!below.is_empty()).then(|| {
        let number = i64::try_from(below.len()).unwrap_or(i64::MAX);
        let entries = below.into_iter().map(|child| branch(project, child, price)).collect_view();
        view! {
            <details>
                <summary>{count(number)} " below " <span class="visually-hidden">{first_word(&node.words)}</span></summary>
                <ul class="tree">{entries}</ul>
            </details>
        }
    });
    view! { <li>{line(project, &node, price)} {folded}</li> }.into_any()
}

fn line(project: i64, node: &TreeNode, price: Option<&Price>) -> impl IntoView + use<> {
    let totals = node.figures.totals;
    let settled = totals.candidates - totals.open();
    let share = (totals.candidates > 0).then(|| percent(settled as f64 / totals.candidates as f64));
    let to = if node.branches > 0 {
        address(project, &node.wnid)
    } else {
        format!("/project/{project}/synset/{}", node.wnid)
    };
    let left = match price {
        Some(_) => cost(Some(node.figures.expected_votes), price),
        None => format!("{} votes", votes_left(Some(node.figures.expected_votes))),
    };
    view! {
        <div class="tree-line">
            <span class="tree-name">
                <a href=to>{first_word(&node.words)}</a>
                {node.seeded.map(|(state, paused)| synset_badge(state, paused))}
            </span>
            <span class="tree-bar">{verdict_bar(totals)} <b>{share}</b></span>
            <span class="quiet tree-figures">
                {format!("{} · {} · {left} left", counted(totals.synsets, "synset", "synsets"), counted(node.figures.images, "image", "images"))}
            </span>
        </div>
    }
}

fn address(project: i64, wnid: &str) -> String {
    href(&format!("/project/{project}/tree"), &[("at", wnid)])
}
