//! Searching WordNet; before anything is searched for, the top of the hierarchy and what of it a project has.

use super::screen::{Screen, page};
use crate::api::projects::ProjectLine;
use crate::api::selection::{Start, TreeGroup, TreeNode, TreeQuery};
use crate::components::link::{href, query};
use crate::components::synset_list::first_word;
use crate::components::tree::{project_marks, start_name};
use crate::islands::search_box::SearchBox;
use crate::texts::{Locale, counts, synsets as say};
use crate::viewer::{backend, locale, require_manager, require_worker};
use leptos::prelude::*;

/// Nouns of WordNet 3.0.
const MEANINGS: u32 = 82_115;

pub(super) fn synsets() -> impl IntoView {
    let (asked, marked) = (query("q").trim().to_owned(), query("project"));
    page(async move {
        require_worker()?;
        let locale = locale();
        let found = if asked.is_empty() { Vec::new() } else { backend()?.ontology.search(&asked).await? };
        let beginning = match asked.is_empty() {
            true => Some(Beginning::read(marked.parse().ok()).await?),
            false => None,
        };
        Ok(Screen::new(
            say::title(locale),
            view! {
                <h1>{say::title(locale)}</h1>
                <form method="get" action="/synsets" role="search">
                    <SearchBox locale asked=asked found=found picks=false/>
                </form>
                <p class="hint">
                    {beginning.is_some().then(|| format!("{} ", say::hint(locale, MEANINGS)))}
                    <a href="/synsets/tree">{say::tree(locale)}</a>
                </p>
                {beginning.map(|beginning| beginning.show(locale))}
            },
        )
        .with_island())
    })
}

/// Where one may begin.
struct Beginning {
    groups: Vec<TreeGroup>,
    /// Those that may be watched; their synsets can be marked.
    projects: Vec<ProjectLine>,
    /// The one whose synsets are marked.
    marked: Option<i64>,
}

impl Beginning {
    /// For managers what a project has is marked: of the one that is wished for, else of the first.
    async fn read(wished: Option<i64>) -> Result<Self, crate::api::ApiError> {
        let backend = backend()?;
        let projects = match require_manager() {
            Ok(manager) => backend.projects.list(&manager).await?,
            Err(_) => Vec::new(),
        };
        let chosen = projects.iter().find(|line| Some(line.project) == wished).or(projects.first());
        let marked = chosen.map(|line| line.project);
        let asked = TreeQuery { project: marked, ..TreeQuery::default() };
        Ok(Self { groups: backend.ontology.tree(&asked).await?.groups, projects, marked })
    }

    fn show(self, locale: Locale) -> impl IntoView {
        let marked = self.marked;
        let groups = self.groups.into_iter().map(|group| show_group(locale, group, marked)).collect_view();
        view! { {marks(locale, &self.projects, marked)} {groups} }
    }
}

/// The projects, one of which is chosen.
fn marks(locale: Locale, projects: &[ProjectLine], marked: Option<i64>) -> impl IntoView + use<> {
    let links = projects
        .iter()
        .map(|line| {
            let to = href("/synsets", &[("project", &line.project.to_string())]);
            let here = (Some(line.project) == marked).then_some("true");
            view! { <li><a href=to aria-current=here>{line.name.clone()}" "<span class="quiet">{locale.count(line.totals.synsets)}</span></a></li> }
        })
        .collect_view();
    (!projects.is_empty()).then(|| {
        view! {
            <nav class="orders marks" aria-label=say::mark(locale)>
                <p class="quiet" aria-hidden="true">{say::mark(locale)}</p>
                <ul>{links}</ul>
            </nav>
        }
    })
}

fn show_group(locale: Locale, group: TreeGroup, marked: Option<i64>) -> impl IntoView {
    let words = match group.start {
        Some(Start::Paper) => Some(say::paper_words(locale)),
        Some(Start::Beginners) => Some(say::beginners_words(locale)),
        Some(Start::Root) | None => None,
    };
    let nodes = group.nodes.into_iter().map(|node| show_node(locale, node, marked)).collect_view();
    view! {
        <section>
            {group.start.map(|start| view! { <h2>{start_name(locale, start)}</h2> })}
            {words.map(|words| view! { <p class="quiet">{words}</p> })}
            <ul class="cards beginnings">{nodes}</ul>
        </section>
    }
}

fn show_node(locale: Locale, node: TreeNode, marked: Option<i64>) -> impl IntoView {
    let TreeNode { synset, kinds, is_seeded, seeded, .. } = node;
    let name = first_word(&synset.words);
    let project = marked.map(|project| project.to_string()).unwrap_or_default();
    let below = href("/synsets/tree", &[("at", &synset.wnid), ("project", &project)]);
    let kinds = (kinds > 0).then(|| format!(" · {}", say::kinds(locale, kinds)));
    let marks = marked.map(|_| project_marks(locale, is_seeded, seeded, synset.subtree));
    view! {
        <li class="card">
            <h3><a href=format!("/synset/{}", synset.wnid)>{name.clone()}</a></h3>
            <p class="twig-gloss">{synset.definition}</p>
            <p class="quiet small beginning-counts">
                <span>{counts::synsets(locale, synset.subtree)}{kinds}</span> {marks}
                <a href=below>{say::open(locale)}<span class="visually-hidden">{say::open_name(locale, &name)}</span></a>
            </p>
        </li>
    }
}
