//! The page that a worker submitted last in a project, to be changed until the next one is submitted.

use super::screen::{Screen, page};
use crate::components::link::path_id;
use crate::components::synset_list::first_word;
use crate::islands::labeling_board::LabelingBoard;
use crate::islands::outbox_line::OutboxLine;
use crate::texts::{Locale, label as say};
use crate::viewer::{backend, locale, require_worker};
use leptos::prelude::*;

pub(super) fn label_last() -> impl IntoView {
    let project = path_id("project");
    page(async move {
        let locale = locale();
        let (worker, project) = (require_worker()?, project?);
        let Some(last) = backend()?.labeling.last(&worker, project).await? else {
            let content = view! { {nothing(locale, project)} <OutboxLine locale worker=worker.id() project is_last=true/> };
            return Ok(Screen::new(say::nothing_to_change(locale), content).with_island());
        };
        let title = say::change(locale, first_word(&last.batch.synset.words));
        let worker = worker.id();
        let content = view! {
            <p class="notice">{say::change_words(locale)}</p>
            <LabelingBoard locale worker batch=last.batch given=Some(last.given)/>
        };
        Ok(Screen::new(title, content).with_island())
    })
}

fn nothing(locale: Locale, project: i64) -> impl IntoView {
    view! {
        <div class="empty">
            <h1>{say::no_page(locale)}</h1>
            <p>{say::no_page_words(locale)}</p>
            <p class="actions">
                <a class="button primary" href=format!("/label/{project}")>{say::back(locale)}</a>
            </p>
        </div>
    }
}
