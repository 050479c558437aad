//! The start page: what Synvote is for visitors, where to label for everybody who is signed in.

use super::screen::{Screen, page};
use crate::api::ApiError;
use crate::api::labeling::OpenProject;
use crate::components::format::counted;
use crate::components::problem::empty;
use crate::viewer::{Account, account, backend, require_worker};
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
    let sign_up_is_open = backend()?.accounts.sign_up_is_open().await?;
    Ok(Screen::new(
        "Images verified by people",
        view! {
            <div class="welcome">
                <h1>"Which of these pictures show it?"</h1>
                <p class="lead">
                    "Synvote turns what image search finds into a clean dataset, organised by the nouns of WordNet. You see a page of
                    pictures beside one meaning of a word, and pick those that show it."
                </p>
                <p class="actions">
                    <a class="button primary large" href="/sign-in">"Sign in"</a>
                    {sign_up_is_open.then(|| view! { <a class="button large" href="/sign-up">"Make an account"</a> })}
                </p>
                {(!sign_up_is_open).then(|| view! { <p class="hint">"New here? Accounts are by invitation: ask whoever runs this server for a link."</p> })}
                <ol class="steps">
                    <li><h2>"Look"</h2><p>"A word, what it means, and a page of candidates."</p></li>
                    <li><h2>"Pick"</h2><p>"Every picture that shows it, even partly hidden. No more, no less."</p></li>
                    <li><h2>"Done sooner"</h2><p>"Synvote learns how far votes on each word can be trusted, and stops asking when it is sure."</p></li>
                </ol>
            </div>
        },
    ))
}

async fn open_projects(account: Account) -> Result<Screen, ApiError> {
    let worker = require_worker()?;
    let projects = backend()?.labeling.open_projects(&worker).await?;
    let manages = account.role.can_manage();
    let content = if projects.is_empty() {
        empty("Nothing to label yet", nothing_yet(manages)).into_any()
    } else {
        let cards = projects.into_iter().map(project_card).collect_view();
        view! { <ul class="cards">{cards}</ul> }.into_any()
    };
    Ok(Screen::new(
        "Label",
        view! {
            <div class="head">
                <h1>{format!("Hello, {}", account.name)}</h1>
                {manages.then(|| view! { <a class="button" href="/projects">"All projects"</a> })}
            </div>
            {content}
        },
    ))
}

fn nothing_yet(manages: bool) -> impl IntoView {
    if manages {
        view! { <p>"A project with synsets and images appears here as soon as it has something to ask. "<a href="/projects">"Go to the projects"</a></p> }
            .into_any()
    } else {
        view! { <p>"When a project has pictures to look at, it appears here. Please come back later."</p> }
            .into_any()
    }
}

fn project_card(project: OpenProject) -> impl IntoView {
    let votes = match project.my_votes {
        0 => "You have not voted here yet".to_owned(),
        n => format!("{} by you so far", counted(n, "vote", "votes")),
    };
    let has_open = project.open_synsets > 0;
    view! {
        <li class="card">
            <h2>{project.name.clone()}</h2>
            <p>
                {if has_open {
                    format!("{} with open questions", counted(project.open_synsets, "synset", "synsets"))
                } else {
                    "Everything is settled. Thank you!".to_owned()
                }}
            </p>
            <p class="quiet small">{votes}</p>
            {has_open.then(|| view! {
                <a class="button primary large" href=format!("/label/{}", project.project)>
                    "Start labeling"<span class="visually-hidden">{format!(" in {}", project.name)}</span>
                </a>
            })}
        </li>
    }
}
