//! The part of WordNet's tree that leads to a project's synsets, with the figures of each subtree.

use super::project::{cost, votes_left};
use super::screen::{Screen, page};
use crate::api::watching::{Price, SubtreeFigures, SubtreePage, TreeNode};
use crate::components::badge::synset_badge;
use crate::components::bar::{figures, verdict_bar, verdict_chart};
use crate::components::link::{href, path_id, query};
use crate::components::problem::empty;
use crate::components::synset_list::{first_word, in_one_line};
use crate::texts::{Locale, SLOT, counts, figures as names, fill, project_tree as say};
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

pub(super) fn project_tree() -> impl IntoView {
    let (project, at) = (path_id("project"), query("at"));
    page(async move {
        let locale = locale();
        let manager = require_manager()?;
        let at = (!at.is_empty()).then_some(at.as_str());
        let shown = backend()?.projects.tree(&manager, project?, at).await?;
        let title = match &shown.node {
            Some(node) => format!("{} · {}", first_word(&node.words), shown.project.1),
            None => shown.project.1.clone(),
        };
        Ok(Screen::new(title, content(locale, shown)))
    })
}

fn content(locale: Locale, shown: SubtreePage) -> impl IntoView {
    let (project, name) = shown.project;
    let steps = shown
        .path
        .into_iter()
        .map(|(wnid, word)| view! { " › " <a href=address(project, &wnid)>{word}</a> })
        .collect_view();
    let Some(node) = shown.node else {
        return view! {
            <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
            <h1>{say::title(locale)}</h1>
            {empty(say::none(locale), view! { <p>{say::none_words(locale)}</p> })}
        }
        .into_any();
    };
    let price = shown.price.as_ref();
    let title = in_one_line(&node.words);
    view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a>{steps}</p>
        <div class="head">
            <h1>{title}</h1>
            <a class="button" href=href(&format!("/project/{project}/certificate"), &[("subtree", &node.wnid)])>{say::certificate(locale)}</a>
            {node.seeded.map(|(state, paused)| view! {
                <a class="button" href=format!("/project/{project}/synset/{}", node.wnid)>{say::this_synset(locale)}</a>
                {synset_badge(state, paused)}
            })}
        </div>
        <section class="sheet tree-head" aria-label=say::figures(locale)>
            {figures(head(locale, &node.figures, price))}
            {verdict_chart(node.figures.totals)}
            <p class="hint">{say::counted_once(locale)}</p>
        </section>
        {branches(locale, project, node.children, price)}
    }
    .into_any()
}

fn head(locale: Locale, figures: &SubtreeFigures, price: Option<&Price>) -> Vec<(&'static str, String)> {
    let mut entries = vec![
        (names::synsets(locale), locale.count(figures.totals.synsets)),
        (names::images(locale), locale.count(figures.images)),
        (say::positive_images(locale), locale.count(figures.positive_images)),
        (names::votes(locale), locale.count(figures.totals.votes)),
        (names::votes_left(locale), votes_left(locale, Some(figures.expected_votes))),
    ];
    if price.is_some() {
        entries.push((names::cost_left(locale), cost(locale, Some(figures.expected_votes), price)));
    }
    entries
}

fn branches(
    locale: Locale,
    project: i64,
    children: Vec<TreeNode>,
    price: Option<&Price>,
) -> impl IntoView + use<> {
    if children.is_empty() {
        return view! { <p class="quiet">{say::nothing_below(locale)}</p> }.into_any();
    }
    let entries = children.into_iter().map(|child| branch(locale, project, child, price)).collect_view();
    view! { <ul class="tree">{entries}</ul> }.into_any()
}

/// A child; its own children are folded up below it.
fn branch(locale: Locale, project: i64, mut node: TreeNode, price: Option<&Price>) -> AnyView {
    let below = std::mem::take(&mut node.children);
    let folded = (!below.is_empty()).then(|| {
        let summary = say::below(locale, below.len(), SLOT);
        let name = view! { <span class="visually-hidden">{first_word(&node.words)}</span> };
        let entries = below.into_iter().map(|child| branch(locale, project, child, price)).collect_view();
        view! {
            <details>
                <summary>{fill(summary, name)}</summary>
                <ul class="tree">{entries}</ul>
            </details>
        }
    });
    view! { <li>{line(locale, project, &node, price)} {folded}</li> }.into_any()
}

fn line(locale: Locale, project: i64, node: &TreeNode, price: Option<&Price>) -> impl IntoView + use<> {
    let totals = node.figures.totals;
    let settled = totals.candidates - totals.open();
    let share = (totals.candidates > 0).then(|| locale.percent(settled as f64 / totals.candidates as f64));
    let to = if node.branches > 0 {
        address(project, &node.wnid)
    } else {
        format!("/project/{project}/synset/{}", node.wnid)
    };
    let left = match price {
        Some(_) => cost(locale, Some(node.figures.expected_votes), price),
        None => counts::votes(locale, node.figures.expected_votes.round() as i64),
    };
    view! {
        <div class="tree-line">
            <span class="tree-name">
                <a href=to>{first_word(&node.words)}</a>
                {node.seeded.map(|(state, paused)| synset_badge(state, paused))}
            </span>
            <span class="tree-bar">{verdict_bar(totals)} <b>{share}</b></span>
            <span class="quiet tree-figures">
                {say::line(
                    locale,
                    counts::synsets(locale, totals.synsets),
                    counts::images(locale, node.figures.images),
                    left,
                )}
            </span>
        </div>
    }
}

fn address(project: i64, wnid: &str) -> String {
    href(&format!("/project/{project}/tree"), &[("at", wnid)])
}
