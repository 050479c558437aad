//! Settings of a project, or of one of its synsets: each said in a sentence, with what it would cost here, before it is saved.

mod costs;
mod fields;
pub(super) mod methods;

use super::entry::entry_section;
use super::screen::{Screen, page};
use crate::api::settings::SettingsForm;
use crate::api::tuning::SettingsPage;
use crate::components::field::TextField;
use crate::components::link::{path_id, path_part, query_pairs};
use crate::components::synset_list::in_one_line;
use crate::islands::live_form::LiveForm;
use crate::texts::{Locale, settings as say};
use crate::viewer::{backend, locale, require_admin};
use fields::FIELDS;
use leptos::prelude::*;

/// The form's id, by which its script finds it.
const FORM: &str = "settings-form";

pub(super) fn settings() -> impl IntoView {
    let (project, typed) = (path_id("project"), typed());
    page(async move {
        let admin = require_admin()?;
        let project = project?;
        let entry = backend()?.work.entry(&admin, project).await?;
        let shown = backend()?.tuning.of_project(&admin, project, typed).await?;
        let locale = locale();
        let title = say::title(locale, &shown.project.1);
        Ok(Screen::new(title, view! { {content(locale, shown)} {entry_section(entry)} }).with_island())
    })
}

pub(super) fn synset_settings() -> impl IntoView {
    let (project, wnid, typed) = (path_id("project"), path_part("wnid"), typed());
    page(async move {
        let admin = require_admin()?;
        let shown = backend()?.tuning.of_synset(&admin, project?, &wnid, typed).await?;
        let locale = locale();
        Ok(Screen::new(say::title(locale, wnid), content(locale, shown)).with_island())
    })
}

/// What was typed, if the address holds it.
pub(super) fn typed() -> Option<SettingsForm> {
    let pairs = query_pairs();
    let of_form = |(name, value): (String, String)| {
        let name = name.strip_prefix("settings[")?.strip_suffix(']')?.to_owned();
        Some((name, value))
    };
    SettingsForm::from_pairs(pairs.into_iter().filter_map(of_form))
}

fn content(locale: Locale, shown: SettingsPage) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let here = match &shown.synset {
        None => format!("/project/{project}/settings"),
        Some((wnid, _)) => format!("/project/{project}/synset/{wnid}/settings"),
    };
    let save = if shown.synset.is_some() { "/api/change_overrides" } else { "/api/change_settings" };
    let fields = FIELDS.iter().map(|field| fields::field(locale, field, &shown)).collect_view();
    view! {
        {head(locale, &shown, project, name)}
        {alert(&shown)}
        <form id=FORM class="seeding" method="get" action=here>
            <input type="hidden" name="project" value=project/>
            {shown.synset.clone().map(|(wnid, _)| view! { <input type="hidden" name="wnid" value=wnid/> })}
            <div class="stack">
                {shown.synset.is_none().then(|| methods::methods(locale, &shown))}
                <div class="panel stack settings">{fields}</div>
            </div>
            <div class="seeding-basket">
                {costs::comparison(locale, &shown)}
                <div class="actions">
                    <button type="submit">{say::preview(locale)}</button>
                    <button class="primary" type="submit" formmethod="post" formaction=save>{say::save(locale)}</button>
                </div>
            </div>
        </form>
        <LiveForm form=FORM.to_owned() headline="settings-headline".to_owned()/>
        {shown.passes_verdicts.map(|passes| passing_form(locale, project, passes))}
        {shown.synset.is_none().then(|| cohort_form(locale, project, shown.cohort_limit))}
        {shown.synset.is_none().then(|| price_form(locale, project, shown.price))}
    }
}

/// It is evidence beside the votes and can be taken back, so it has a form of its own.
fn passing_form(locale: Locale, project: i64, passes: bool) -> impl IntoView + use<> {
    let press = if passes { say::keep_verdicts(locale) } else { say::pass_verdicts(locale) };
    let state = if passes { say::verdicts_passed(locale) } else { say::verdicts_kept(locale) };
    view! {
        <section class="panel stack">
            <h2>{say::related_synsets(locale)}</h2>
            <p class="hint">{say::related_words(locale)}</p>
            <form class="stack" method="post" action="/api/pass_verdicts">
                <p>{state}</p>
                <input type="hidden" name="project" value=project/>
                <input type="hidden" name="passes" value=(!passes).to_string()/>
                <button type="submit">{press}</button>
            </form>
        </section>
    }
}

/// It says who is asked and changes no verdict, so it has a form of its own.
fn cohort_form(locale: Locale, project: i64, limit: Option<i64>) -> impl IntoView + use<> {
    let people = TextField {
        name: "people",
        label: say::cohort_people(locale),
        hint: say::cohort_hint(locale),
        kind: "number",
        value: limit.map(|limit| limit.to_string()).unwrap_or_default(),
        max_length: 3,
        ..TextField::default()
    };
    view! {
        <section class="panel stack price">
            <h2>{say::cohort(locale)}</h2>
            <p class="hint">{say::cohort_words(locale)}</p>
            <form class="stack" method="post" action="/api/set_cohort_limit">
                <input type="hidden" name="project" value=project/>
                {people.show()}
                <button type="submit">{say::cohort_save(locale)}</button>
            </form>
        </section>
    }
}

/// It changes nothing about votes and verdicts, so it has a form of its own.
fn price_form(locale: Locale, project: i64, price: Option<(f64, String)>) -> impl IntoView + use<> {
    let (amount, currency) =
        price.map(|(amount, currency)| (amount.to_string(), currency)).unwrap_or_default();
    let amount = TextField {
        name: "price",
        label: say::price(locale),
        hint: say::price_hint(locale),
        kind: "number",
        value: amount,
        max_length: 20,
        ..TextField::default()
    };
    let currency = TextField {
        name: "currency",
        label: say::currency(locale),
        hint: say::currency_hint(locale),
        value: currency,
        max_length: 8,
        ..TextField::default()
    };
    view! {
        <section class="panel stack price">
            <h2>{say::costs(locale)}</h2>
            <form class="stack" method="post" action="/api/set_price">
                <input type="hidden" name="project" value=project/>
                {amount.show()}
                {currency.show()}
                <button class="primary" type="submit">{say::save_price(locale)}</button>
            </form>
        </section>
    }
}

fn head(locale: Locale, shown: &SettingsPage, project: i64, name: String) -> impl IntoView + use<> {
    match &shown.synset {
        None => view! {
            <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
            <h1>{say::heading(locale)}</h1>
            <p class="hint">{say::change(locale)}</p>
        }
        .into_any(),
        Some((wnid, synonyms)) => view! {
            <p class="crumbs">
                <a href=format!("/project/{project}")>{name}</a>" › "
                <a href=format!("/project/{project}/synset/{wnid}")>{in_one_line(synonyms)}</a>
            </p>
            <h1>{say::own_heading(locale)}</h1>
            <p class="hint">{say::own_change(locale)}</p>
        }
        .into_any(),
    }
}

/// What is wrong, above the form: each sentence leads to its field.
fn alert(shown: &SettingsPage) -> impl IntoView + use<> {
    let wrong = shown
        .wrong
        .iter()
        .map(|(name, words)| view! { <li><a href=format!("#settings-{name}-")>{words.clone()}</a></li> })
        .collect_view();
    let any = !shown.wrong.is_empty();
    view! {
        <div id="settings-alert" data-live="">
            {any.then(|| view! { <div class="alert" role="alert"><ul class="plain">{wrong}</ul></div> })}
        </div>
    }
}
