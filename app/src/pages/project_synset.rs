//! A synset of a project: where it stands and why, what its table says, and its images by verdict.

use super::project_gallery::{Wanted, gallery};
use super::project_progress::progress;
use super::project_sources::sources;
use super::project_table::confidence;
use super::screen::{Screen, page};
use crate::api::ApiError;
use crate::api::projects::SynsetDetail;
use crate::api::serving::Turn;
use crate::components::badge::synset_badge;
use crate::components::bar::{figures, verdict_chart};
use crate::components::link::{path_id, path_part, query};
use crate::components::synset_list::in_one_line;
use crate::texts::{Locale, figures as names, project_synset as say};
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

pub(super) fn project_synset() -> impl IntoView {
    let (project, wnid, version, after) =
        (path_id("project"), path_part("wnid"), query("version"), query("after"));
    let wanted = Wanted::named(&query("show"), &query("sort"));
    page(async move {
        let locale = locale();
        let manager = require_manager()?;
        let project = project?;
        let administers = manager.account().role.can_administer();
        let projects = backend()?.projects;
        let version = asked_version(locale, &version)?;
        let after = (!after.is_empty()).then_some(after);
        let detail = projects.synset(&manager, project, &wnid, version).await?;
        let shown = (wanted.kind, wanted.sort);
        let images = projects.gallery(&manager, project, &wnid, shown, after.as_deref()).await?;
        let title = in_one_line(&detail.row.words);
        Ok(Screen::new(
            title,
            view! {
                {head(locale, &detail)}
                {standing(locale, &detail)}
                {confidence(locale, &detail)}
                {sources(locale, &detail)}
                {progress(locale, &detail)}
                {gallery(locale, &detail, images)}
                {serving(locale, &detail)}
                {administers.then(|| administration(locale, &detail))}
            },
        ))
    })
}

/// The version that the address names, if it names one.
fn asked_version(locale: Locale, word: &str) -> Result<Option<i64>, ApiError> {
    let unknown = |_| ApiError::NotFound(say::no_version(locale, word));
    if word.is_empty() { Ok(None) } else { word.parse().map(Some).map_err(unknown) }
}

fn head(locale: Locale, detail: &SynsetDetail) -> impl IntoView + use<> {
    let (project, name) = detail.project.clone();
    let row = &detail.row;
    view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
        <div class="head">
            <h1>{in_one_line(&row.words)}</h1>
            {synset_badge(row.state, row.paused)}
            <nav class="actions">
                <a class="button" href=format!("/project/{project}/forecast?synset={}", row.wnid)>{say::forecast(locale)}</a>
                <a class="button" href=format!("/project/{project}/certificate?synset={}", row.wnid)>{say::certificate(locale)}</a>
            </nav>
        </div>
        <p class="lead">{detail.definition.clone()}</p>
        <p class="quiet"><a href=format!("/synset/{}", row.wnid)>{say::in_wordnet(locale, &row.wnid)}</a></p>
    }
}

fn standing(locale: Locale, detail: &SynsetDetail) -> impl IntoView + use<> {
    let totals = detail.row.totals;
    let (sample, voted) = detail.initial_sample;
    view! {
        {detail.hold_reason.clone().map(|reason| view! { <p class="alert">{say::on_hold(locale, reason)}</p> })}
        {figures(vec![
            (names::images(locale), locale.count(totals.candidates)),
            (names::near_duplicates(locale), locale.count(totals.duplicates)),
            (names::votes(locale), locale.count(totals.votes)),
            (names::votes_an_image(locale), locale.ratio(totals.votes_per_image())),
            (say::initial_sample(locale), say::voted(locale, voted, sample)),
        ])}
        {verdict_chart(totals)}
    }
}

fn serving(locale: Locale, detail: &SynsetDetail) -> impl IntoView + use<> {
    let (project, wnid, now) = (detail.project.0, detail.row.wnid.clone(), detail.turn);
    let options = Turn::ALL.map(|turn| {
        let means = match turn {
            Turn::First => say::turn_first(locale),
            Turn::Usual => say::turn_usual(locale),
            Turn::Last => say::turn_last(locale),
        };
        view! { <option value=turn.word() selected={turn == now}>{means}</option> }
    });
    view! {
        <section class="panel">
            <h2>{say::serving(locale)}</h2>
            <form class="stack" method="post" action="/api/serve_synset">
                <p>{say::serving_words(locale)}</p>
                <input type="hidden" name="project" value=project/>
                <input type="hidden" name="wnid" value=wnid/>
                <div class="field">
                    <label for="turn">{say::turn(locale)}</label>
                    <select id="turn" name="turn">{options}</select>
                </div>
                <div><button type="submit">{say::turn_save(locale)}</button></div>
            </form>
        </section>
    }
}

fn administration(locale: Locale, detail: &SynsetDetail) -> impl IntoView + use<> {
    let (project, wnid, paused) = (detail.project.0, detail.row.wnid.clone(), detail.row.paused);
    let (press, means) = if paused {
        (say::resume(locale), say::resume_words(locale))
    } else {
        (say::pause(locale), say::pause_words(locale))
    };
    view! {
        <section class="panel">
            <h2>{say::administration(locale)}</h2>
            <div class="columns">
                <div class="stack">
                    <form class="stack" method="post" action="/api/pause_synset">
                        <p>{means}</p>
                        <input type="hidden" name="project" value=project/>
                        <input type="hidden" name="wnid" value=wnid.clone()/>
                        <input type="hidden" name="paused" value=(!paused).to_string()/>
                        <button type="submit">{press}</button>
                    </form>
                    <p>{say::import_words(locale)}</p>
                    <p><a class="button" href=format!("/project/{project}/import?wnid={wnid}")>{say::import(locale)}</a></p>
                </div>
                <div class="stack">
                    <p>{say::settings_words(locale)}</p>
                    <p><a class="button" href=format!("/project/{project}/synset/{wnid}/settings")>{say::settings(locale)}</a></p>
                </div>
            </div>
        </section>
    }
}
