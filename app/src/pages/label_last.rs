//! The page that a worker submitted last in a project, to be changed until the next one is submitted.

use super::screen::{Screen, page};
use crate::components::link::path_id;
use crate::components::synset_list::first_word;
use crate::islands::labeling_board::LabelingBoard;
use crate::islands::outbox_line::OutboxLine;
use crate::viewer::{ScreenSize, backend, require_worker, screen};
use leptos::prelude::*;

pub(super) fn label_last() -> impl IntoView {
    let project = path_id("project");
    page(async move {
        let (worker, project) = (require_worker()?, project?);
        let Some(last) = backend()?.labeling.last(&worker, project).await? else {
            let content = view! { {nothing(project)} <OutboxLine worker=worker.id() project is_last=true/> };
            return Ok(Screen::new("Nothing to change", content).with_island());
        };
        let title = format!("Change: {}", first_word(&last.batch.synset.words));
        let (worker, is_small) = (worker.id(), screen() == ScreenSize::Small);
        let content = view! {
            <p class="notice">
                "This is the page that you submitted last, with your answers. Change what is wrong, then save it."
            </p>
            <LabelingBoard worker batch=last.batch is_small given=Some(last.given)/>
        };
        Ok(Screen::new(title, content).with_island())
    })
}

fn nothing(project: i64) -> impl IntoView {
    view! {
        <div class="empty">
            <h1>"No page to change"</h1>
            <p>"The page that you submitted last can be changed here, until you submit the next one."</p>
            <p class="actions">
                <a class="button primary" href=format!("/label/{project}")>"Back to labeling"</a>
            </p>
        </div>
    }
}
