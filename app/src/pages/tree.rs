//! WordNet as a tree, from its usual starting points or from a synset on.

use super::screen::{Screen, page};
use super::synset::paths_down;
use crate::api::selection::TreeQuery;
use crate::components::link::{query, query_all};
use crate::components::synset_list::first_word;
use crate::components::tree::{Tree, TreeWays};
use crate::texts::{SLOT, fill, tree as say};
use crate::viewer::{account, backend, locale, require_worker};
use leptos::prelude::*;

pub(super) fn tree() -> impl IntoView {
    let (at, open, project) = (query("at"), query_all("open"), query("project"));
    page(async move {
        require_worker()?;
        let locale = locale();
        // Which synsets a project has is for those who may watch it.
        let project =
            project.parse().ok().filter(|_| account().is_ok_and(|account| account.role.can_manage()));
        let asked = TreeQuery { at: at.clone(), open: open.clone(), project };
        let shown = backend()?.ontology.tree(&asked).await?;
        let title = shown.paths.first().and_then(|path| path.last()).map_or_else(
            || say::title(locale).to_owned(),
            |synset| say::below(locale, first_word(&synset.words)),
        );
        let mut stay = Vec::new();
        if !at.is_empty() {
            stay.push(("at", at.clone()));
        }
        stay.extend(project.map(|project| ("project", project.to_string())));
        let groups = Tree::new(TreeWays::Links { stay, open }, project.is_some()).groups(shown.groups);
        let from_start = (!at.is_empty())
            .then(|| view! { <p class="crumbs"><a href="/synsets/tree">{say::all_starts(locale)}</a></p> });
        Ok(Screen::new(
            title.clone(),
            view! {
                {from_start}
                <h1>{title}</h1>
                <p class="hint">
                    {fill(say::several_parents(locale, SLOT), view! { <a href="/synsets">{say::search(locale)}</a> })}
                </p>
                {paths_down(shown.paths)}
                {groups}
            },
        ))
    })
}
