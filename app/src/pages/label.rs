//! The labeling page: the worker's batch in the island, or why there is none.

use super::preface::preface;
use super::screen::{Screen, page};
use super::stopped::stopped;
use crate::api::labeling::Next;
use crate::components::link::path_id;
use crate::components::synset_list::first_word;
use crate::islands::idle::idle_state;
use crate::islands::labeling_board::LabelingBoard;
use crate::islands::outbox_line::OutboxLine;
use crate::texts::label as say;
use crate::viewer::{backend, locale, require_worker, screen};
use leptos::prelude::*;

pub(super) fn label() -> impl IntoView {
    let project = path_id("project");
    page(async move {
        let locale = locale();
        let worker = require_worker()?;
        let project = project?;
        match backend()?.labeling.next(&worker, project, screen()).await? {
            Next::Preface(first) => Ok(preface(locale, first)),
            Next::Stopped(reason) => Ok(stopped(reason)),
            Next::Nothing(idle) => {
                let content = view! { {idle_state(locale, idle, project)} <OutboxLine locale worker=worker.id() project is_last=false/> };
                Ok(Screen::new(say::nothing(locale), content).with_island())
            }
            Next::Batch(batch) => {
                let title = say::title(locale, first_word(&batch.synset.words));
                let worker = worker.id();
                Ok(Screen::new(title, view! { <LabelingBoard locale worker batch given=None/> })
                    .with_island())
            }
        }
    })
}
