//! The start page: what Synvote is for visitors, where to label for everybody who is signed in.

use super::review::in_words;
use super::screen::{Screen, page};
use crate::api::ApiError;
use crate::api::labeling::OpenProject;
use crate::api::review::Queue;
use crate::components::problem::empty;
use crate::texts::{Locale, SLOT, counts, fill, start as say};
use crate::viewer::{Account, account, backend, locale, require_expert, require_worker};
use leptos::prelude::*;

pub(super) fn start() -> impl IntoView {
    page(async {
        match account() {
            Err(ApiError::SignInNeeded) => welcome().await,
            Err(error) => Err(error),
            Ok(account) => open_projects(account).await,
        }
    })
}

async fn welcome() -> Result<Screen, ApiError> {
    let locale = locale();
    let sign_up_is_open = backend()?.accounts.sign_up_is_open().await?;
    Ok(Screen::new(
        say::tagline(locale),
        view! {
            <div class="welcome">
                <h1>{say::which(locale)}</h1>
                <p class="lead">{say::lead(locale)}</p>
                <p class="actions">
                    <a class="button primary large" href="/sign-in">{say::sign_in(locale)}</a>
                    {sign_up_is_open.then(|| view! { <a class="button large" href="/sign-up">{say::sign_up(locale)}</a> })}
                </p>
                {(!sign_up_is_open).then(|| view! { <p class="hint">{say::new_here(locale)}</p> })}
                <ol class="steps">
                    <li><h2>{say::look(locale)}</h2><p>{say::look_words(locale)}</p></li>
                    <li><h2>{say::pick(locale)}</h2><p>{say::pick_words(locale)}</p></li>
                    <li><h2>{say::done_sooner(locale)}</h2><p>{say::done_sooner_words(locale)}</p></li>
                </ol>
            </div>
        },
    ))
}

async fn open_projects(account: Account) -> Result<Screen, ApiError> {
    let locale = locale();
    let worker = require_worker()?;
    let projects = backend()?.labeling.open_projects(&worker).await?;
    let manages = account.role.can_manage();
    let queue = match account.role.can_judge() {
        true => Some(backend()?.experts.queue(&require_expert()?, None).await?),
        false => None,
    };
    let content = if projects.is_empty() {
        empty(say::nothing(locale), nothing_yet(locale, manages)).into_any()
    } else {
        let cards = projects.into_iter().map(|project| project_card(locale, project)).collect_view();
        view! { <ul class="cards">{cards}</ul> }.into_any()
    };
    Ok(Screen::new(
        say::label(locale),
        view! {
            <div class="head">
                <h1>{say::hello(locale, account.name)}</h1>
                {manages.then(|| view! { <a class="button" href="/projects">{say::all_projects(locale)}</a> })}
            </div>
            {queue.map(|queue| waiting(locale, queue))}
            {content}
        },
    ))
}

/// What waits for an expert.
fn waiting(locale: Locale, queue: Queue) -> impl IntoView {
    let total = queue.waiting.total();
    let words = match total {
        0 => say::nothing_waits(locale).to_owned(),
        _ => say::waits(locale, total, counts::synsets(locale, queue.synsets.len())),
    };
    view! {
        <section class="panel review-waits">
            <div>
                <h2>{words}</h2>
                {(total > 0).then(|| view! { <p class="quiet">{in_words(locale, queue.waiting)}</p> })}
            </div>
            {(total > 0).then(|| view! { <a class="button primary" href="/review">{say::review(locale)}</a> })}
        </section>
    }
}

fn nothing_yet(locale: Locale, manages: bool) -> impl IntoView {
    if manages {
        view! { <p>{fill(say::nothing_for_managers(locale, SLOT), view! { <a href="/projects">{say::go_to_projects(locale)}</a> })}</p> }
            .into_any()
    } else {
        view! { <p>{say::nothing_words(locale)}</p> }.into_any()
    }
}

fn project_card(locale: Locale, project: OpenProject) -> impl IntoView {
    let has_open = project.open_synsets > 0;
    view! {
        <li class="card">
            <h2>{project.name.clone()}</h2>
            <p>
                {if has_open {
                    say::open_questions(locale, project.open_synsets)
                } else {
                    say::all_settled(locale).to_owned()
                }}
            </p>
            <p class="quiet small">{say::votes_by_you(locale, project.my_votes)}</p>
            {has_open.then(|| view! {
                <a class="button primary large" href=format!("/label/{}", project.project)>
                    {fill(
                        say::start_labeling(locale, SLOT),
                        view! { <span class="visually-hidden">{say::in_project(locale, &project.name)}</span> },
                    )}
                </a>
            })}
        </li>
    }
}
