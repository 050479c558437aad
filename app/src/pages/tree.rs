//! WordNet as a tree, from its usual starting points or from a synset on.

use super::screen::{Screen, page};
use super::synset::paths_down;
use crate::api::selection::TreeQuery;
use crate::components::link::{query, query_all};
use crate::components::synset_list::first_word;
use crate::components::tree::{Tree, TreeWays};
use crate::viewer::{account, backend, require_worker};
use leptos::prelude::*;

pub(super) fn tree() -> impl IntoView {
    let (at, open, project) = (query("at"), query_all("open"), query("project"));
    page(async move {
        require_worker()?;
        // Which synsets a project has is for those who may watch it.
        let project =
            project.parse().ok().filter(|_| account().is_ok_and(|account| account.role.can_manage()));
        let asked = TreeQuery { at: at.clone(), open: open.clone(), project };
        let shown = backend()?.ontology.tree(&asked).await?;
        let title = shown.paths.first().and_then(|path| path.last()).map_or_else(
            || "WordNet as a tree".to_owned(),
            |synset| format!("Below {}", first_word(&synset.words)),
        );
        let mut stay = Vec::new();
        if !at.is_empty() {
            stay.push(("at", at.clone()));
        }
        stay.extend(project.map(|project| ("project", project.to_string())));
        let groups = Tree::new(TreeWays::Links { stay, open }, project.is_some()).groups(shown.groups);
        let from_start = (!at.is_empty())
            .then(|| view! { <p class="crumbs"><a href="/synsets/tree">"All starting points"</a></p> });
        Ok(Screen::new(
            title.clone(),
            view! {
                {from_start}
                <h1>{title}</h1>
                <p class="hint">"A synset with several parents comes below each of them; its row says where else. "<a href="/synsets">"Search instead"</a></p>
                {paths_down(shown.paths)}
                {groups}
            },
        ))
    })
}
