//! What is chosen so far: subtrees with their depth, branches left out, the list with what can't be used of it.

use crate::api::ontology::SynsetLine;
use crate::api::selection::{ChosenTree, SeedPage, Unusable};
use crate::components::synset_list::{first_word, in_one_line};
use crate::texts::{Locale, counts, figures, seed as say};
use leptos::prelude::*;

/// The subtrees and the branches left out, each with a way to take it back.
pub(super) fn basket(locale: Locale, shown: &SeedPage) -> impl IntoView + use<> {
    let trees = shown.trees.iter().map(|chosen| tree(locale, chosen)).collect_view();
    let without = shown.without.iter().map(|branch| left_out(locale, branch)).collect_view();
    let (no_tree, no_without) = (shown.trees.is_empty(), shown.without.is_empty());
    view! {
        <section class="panel">
            <h2>{say::chosen(locale)}</h2>
            {if no_tree {
                view! { <p class="hint">{say::none_chosen(locale)}</p> }.into_any()
            } else {
                view! { <ul class="plain-list basket">{trees}</ul> }.into_any()
            }}
            {(!no_without).then(|| view! { <h3>{say::left_out(locale)}</h3> <ul class="plain-list basket">{without}</ul> })}
        </section>
    }
}

fn tree(locale: Locale, tree: &ChosenTree) -> impl IntoView + use<> {
    let ChosenTree { root, depth, height } = tree.clone();
    let (wnid, name) = (root.wnid.clone(), first_word(&root.words));
    let field = format!("depth.{wnid}");
    let last = depth.unwrap_or(0).max(height.saturating_sub(1));
    let options = (0..=last)
        .map(|level| {
            let words = say::levels_below(locale, level);
            view! { <option value=level.to_string() selected=depth == Some(level)>{words}</option> }
        })
        .collect_view();
    view! {
        <li>
            <div class="basket-name">
                <a href=format!("/synset/{wnid}")>{name.clone()}</a>
                <span class="quiet small">{counts::synsets(locale, root.subtree)}</span>
            </div>
            <div class="row">
                <label class="visually-hidden" for=field.clone()>{say::depth_of(locale, &name)}</label>
                <select id=field.clone() name=field>
                    <option value="" selected=depth.is_none()>{say::all_levels(locale, height)}</option>
                    {options}
                </select>
                {take_back(locale, &wnid, &name)}
            </div>
        </li>
    }
}

fn left_out(locale: Locale, branch: &SynsetLine) -> impl IntoView + use<> {
    let name = first_word(&branch.words);
    view! {
        <li class="row">
            <span class="basket-name"><a href=format!("/synset/{}", branch.wnid)>{name.clone()}</a></span>
            {take_back(locale, &branch.wnid, &name)}
        </li>
    }
}

fn take_back(locale: Locale, wnid: &str, name: &str) -> impl IntoView + use<> {
    view! {
        <button class="small" type="submit" name="drop" value=wnid.to_owned() aria-label=say::take_name_back(locale, name)>{say::take_back(locale)}</button>
    }
}

/// The list, and what of the whole request can't be used.
pub(super) fn list(locale: Locale, shown: &SeedPage) -> impl IntoView + use<> {
    let wrong = shown.unusable_in_all > 0;
    let problems = problems(locale, shown);
    view! {
        {problems}
        <div class="field">
            <label for="list">{figures::synsets(locale)}</label>
            <textarea id="list" name="list" rows="6" maxlength="12000" spellcheck="false" aria-describedby="list-hint" aria-invalid=wrong.then_some("true")>
                {shown.list.clone()}
            </textarea>
            <p class="hint" id="list-hint">{say::list_hint(locale)}</p>
        </div>
        <p><button type="submit">{say::update(locale)}</button></p>
    }
}

fn problems(locale: Locale, shown: &SeedPage) -> impl IntoView + use<> {
    if shown.unusable.is_empty() {
        return ().into_any();
    }
    let all = i64::from(shown.unusable_in_all);
    let more = all - i64::try_from(shown.unusable.len()).unwrap_or(all);
    let entries = shown.unusable.iter().map(problem).collect_view();
    view! {
        <div class="alert" role="alert">
            <p><b>{say::unusable(locale, all)}</b></p>
            <ul>{entries}</ul>
            {(more > 0).then(|| view! { <p>{say::and_more(locale, more)}</p> })}
        </div>
    }
    .into_any()
}

fn problem(problem: &Unusable) -> impl IntoView + use<> {
    let meant = problem
        .meant
        .iter()
        .map(|synset| {
            view! {
                <li>
                    <code>{synset.wnid.clone()}</code>" "<b>{in_one_line(&synset.words)}</b>": "{synset.definition.clone()}
                </li>
            }
        })
        .collect_view();
    let any = !problem.meant.is_empty();
    view! { <li>{problem.words.clone()} {any.then(|| view! { <ul>{meant}</ul> })}</li> }
}
