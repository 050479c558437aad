//! A synset of WordNet with its neighbours: the paths down to it, what is below, what stands beside it.

use super::screen::{Screen, page};
use crate::api::ontology::{SynsetLine, SynsetPage};
use crate::components::link::path_part;
use crate::components::synset_list::{first_word, in_one_line, in_subtree, synset_list};
use crate::texts::{Locale, synset as say};
use crate::viewer::{account, backend, locale, require_worker};
use leptos::prelude::*;

pub(super) fn synset() -> impl IntoView {
    let wnid = path_part("wnid");
    page(async move {
        require_worker()?;
        let manages = account()?.role.can_manage();
        let shown = backend()?.ontology.synset(&wnid).await?;
        Ok(Screen::new(in_one_line(&shown.synset.words), content(locale(), shown, manages)))
    })
}

fn content(locale: Locale, shown: SynsetPage, manages: bool) -> impl IntoView {
    let SynsetPage { synset, examples, wikipedia, paths, paths_cut, children, instances, siblings, projects } =
        shown;
    let examples =
        examples.into_iter().map(|example| view! { <li>{format!("“{example}”")}</li> }).collect_view();
    view! {
        <article>
            <p class="quiet"><code>{synset.wnid.clone()}</code></p>
            <h1>{in_one_line(&synset.words)}</h1>
            <p class="lead">{synset.definition.clone()}</p>
            <ul class="examples">{examples}</ul>
            <p>
                <a href=wikipedia target="_blank" rel="noopener noreferrer">
                    {say::wikipedia(locale, first_word(&synset.words))} <span class="visually-hidden">" "{say::new_tab(locale)}</span>
                </a>
                {(synset.subtree > 1).then(|| view! {
                    " · "<a href=format!("/synsets/tree?at={}", synset.wnid)>{in_subtree(locale, synset.subtree)}</a>
                })}
            </p>
            {in_projects(locale, projects, &synset.wnid, manages)}
            <section>
                <h2>{say::is_a(locale)}</h2>
                {paths_down(paths)}
                {paths_cut.then(|| view! { <p class="hint">{say::more_paths(locale)}</p> })}
            </section>
            {neighbours(say::kinds(locale), children)}
            {neighbours(say::instances(locale), instances)}
            {neighbours(say::beside(locale), siblings)}
        </article>
    }
}

/// All ways from a root down to a synset.
pub(super) fn paths_down(paths: Vec<Vec<SynsetLine>>) -> impl IntoView {
    let paths = paths.into_iter().map(path).collect_view();
    view! { <ul class="paths">{paths}</ul> }
}

fn path(synsets: Vec<SynsetLine>) -> impl IntoView {
    let last = synsets.len();
    let steps = synsets
        .into_iter()
        .enumerate()
        .map(|(place, synset)| {
            let name = first_word(&synset.words);
            if place + 1 == last {
                view! { <li><b>{name}</b></li> }.into_any()
            } else {
                view! { <li><a href=format!("/synset/{}", synset.wnid)>{name}</a></li> }.into_any()
            }
        })
        .collect_view();
    view! { <li><ol class="path">{steps}</ol></li> }
}

fn neighbours(title: &'static str, synsets: Vec<SynsetLine>) -> impl IntoView {
    (!synsets.is_empty()).then(|| view! { <section><h2>{title}</h2>{synset_list(synsets)}</section> })
}

fn in_projects(
    locale: Locale,
    projects: Vec<(i64, String)>,
    wnid: &str,
    manages: bool,
) -> impl IntoView + use<> {
    let wnid = wnid.to_owned();
    (!projects.is_empty()).then(|| {
        let links = projects
            .into_iter()
            .map(|(project, name)| {
                let to = if manages {
                    format!("/project/{project}/synset/{wnid}")
                } else {
                    format!("/label/{project}")
                };
                view! { <li><a href=to>{name}</a></li> }
            })
            .collect_view();
        view! { <section><h2>{say::in_projects(locale)}</h2><ul class="inline-list">{links}</ul></section> }
    })
}
