//! Blind checks: one image after the other, settled ones or those of initial samples, and nothing that says what it was taken for.

use super::screen::{Screen, page};
use crate::api::audits::{AuditCase, AuditPage, BlindTask};
use crate::components::link::{path_id, query};
use crate::components::problem::empty;
use crate::components::synset_list::first_word;
use crate::islands::review_keys::ReviewKeys;
use crate::texts::{Locale, audit as say, review, review_case};
use crate::viewer::{backend, locale, require_expert};
use leptos::prelude::*;

pub(super) fn audit() -> impl IntoView {
    blind(BlindTask::Audit)
}

pub(super) fn anchors() -> impl IntoView {
    blind(BlindTask::Anchor)
}

fn blind(task: BlindTask) -> impl IntoView {
    let (project, skipped) = (path_id("project"), query("skip").parse().unwrap_or(0));
    page(async move {
        let locale = locale();
        let expert = require_expert()?;
        let experts = backend()?.experts;
        let shown = match task {
            BlindTask::Audit => experts.audits(&expert, project?, skipped).await?,
            BlindTask::Anchor => experts.anchors(&expert, project?, skipped).await?,
        };
        let title = match (&shown.case, task) {
            (Some(case), BlindTask::Audit) => say::title_of(locale, first_word(&case.words)),
            (Some(case), BlindTask::Anchor) => say::anchors_of(locale, first_word(&case.words)),
            (None, _) => heading(locale, task).to_owned(),
        };
        let has_case = shown.case.is_some();
        let screen = Screen::new(title, content(locale, shown));
        Ok(if has_case { screen.with_island() } else { screen })
    })
}

fn content(locale: Locale, shown: AuditPage) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let main = match &shown.case {
        Some(found) => case(locale, found, &shown).into_any(),
        None => nothing(locale, &shown).into_any(),
    };
    view! {
        <p class="crumbs"><a href=format!("/project/{project}/review")>{review::title(locale)}</a>" · "{name}</p>
        {main}
    }
}

fn case(locale: Locale, case: &AuditCase, shown: &AuditPage) -> impl IntoView + use<> {
    let project = shown.project.0;
    let rest = case.words.get(1..).unwrap_or_default().join(", ");
    let siblings = case
        .siblings
        .iter()
        .map(|sibling| view! { <div><dt>{sibling.words.clone()}</dt><dd>{sibling.definition.clone()}</dd></div> })
        .collect_view();
    let skip = format!("{}?skip={}", shown.task.path(project), shown.skipped.saturating_add(1));
    let about = match shown.task {
        BlindTask::Audit => say::blind(locale),
        BlindTask::Anchor => say::anchors_blind(locale),
    };
    view! {
        <article class="case">
            <a class="case-picture" href=case.large.clone() target="_blank" rel="noopener">
                <img src=case.large.clone() alt=say::picture(locale) fetchpriority="high"/>
            </a>
            <div class="case-side">
                <div>
                    <p class="quiet small">{say::progress(locale, shown.done, shown.wanted)}</p>
                    <h1>{say::question(locale, first_word(&case.words))}</h1>
                    {(!rest.is_empty()).then(|| view! { <p class="quiet">{rest}</p> })}
                    <p class="definition">{case.definition.clone()}</p>
                    {(!case.siblings.is_empty()).then(|| view! {
                        <details class="not-this"><summary>{review_case::not_this(locale)}</summary><dl>{siblings}</dl></details>
                    })}
                </div>
                <div class="case-answers">
                    {answer(shown, case.candidate, "yes", "primary large", "y", say::yes(locale))}
                    {answer(shown, case.candidate, "no", "large", "n", say::no(locale))}
                </div>
                <p class="actions"><a class="button small" data-key="s" href=skip>{say::skip(locale)}" "<kbd>"s"</kbd></a></p>
                <p class="hint">{about}</p>
                <div class="row review-tools"><ReviewKeys locale/></div>
            </div>
        </article>
    }
}

fn answer(
    shown: &AuditPage,
    candidate: i64,
    answer: &'static str,
    class: &'static str,
    key: &'static str,
    words: &'static str,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action="/api/audit_candidate">
            <input type="hidden" name="project" value=shown.project.0/>
            <input type="hidden" name="task" value=shown.task.word()/>
            <input type="hidden" name="candidate" value=candidate/>
            <input type="hidden" name="answer" value=answer/>
            <button class=class type="submit" data-key=key>{words}" "<kbd>{key}</kbd></button>
        </form>
    }
}

fn nothing(locale: Locale, shown: &AuditPage) -> impl IntoView + use<> {
    let project = shown.project.0;
    let skipped = shown.skipped > 0 && shown.wanted > 0;
    let words = match (skipped, shown.task) {
        (true, _) => say::nothing_after_skipping(locale),
        (false, BlindTask::Audit) => say::nothing_words(locale),
        (false, BlindTask::Anchor) => say::no_anchors_words(locale),
    };
    let again = shown.task.path(project);
    view! {
        <h1>{heading(locale, shown.task)}</h1>
        {empty(
            say::nothing(locale),
            view! {
                <p>{words}</p>
                {skipped.then(|| view! {
                    <p class="actions"><a class="button primary" href=again>{say::start_again(locale)}</a></p>
                })}
            },
        )}
    }
}

fn heading(locale: Locale, task: BlindTask) -> &'static str {
    match task {
        BlindTask::Audit => say::title(locale),
        BlindTask::Anchor => say::anchors(locale),
    }
}
