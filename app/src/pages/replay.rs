//! What if: a project's recorded votes under other settings, side by side with how it is set.

use super::screen::{Screen, page};
use super::settings::methods::choices;
use super::settings::typed;
use crate::api::replaying::{ReplayPage, Replayed, ReplayedSynset};
use crate::api::settings::SettingsForm;
use crate::components::link::path_id;
use crate::components::problem::empty;
use crate::components::side_by_side::{Line, share, side_by_side, whole};
use crate::components::synset_list::in_one_line;
use crate::islands::live_form::LiveForm;
use crate::texts::{Locale, Words, counts, replay as say, setting};
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

/// The form's id, by which its script finds it.
const FORM: &str = "replay-form";

/// A level that can be typed: its name in the form, and how it is called and read.
type Level = (&'static str, Words, fn(&SettingsForm) -> &str);

const LEVELS: [Level; 4] = [
    ("target_precision", setting::target_precision, |form| &form.target_precision),
    ("threshold", setting::threshold, |form| &form.threshold),
    ("rejection", setting::rejection, |form| &form.rejection),
    ("votes_cap", setting::votes_cap, |form| &form.votes_cap),
];

type Figure = fn(Locale, &Replayed) -> String;

/// The figures, in the order of the table.
const FIGURES: [(Words, Figure); 11] = [
    (say::votes, |locale, of| whole(locale, of.votes)),
    (say::votes_an_image, |locale, of| of.votes_per_image.map_or_else(dash, |n| locale.decimal(n, 2))),
    (say::stated, |locale, of| share(locale, of.stated)),
    (say::measured, |locale, of| share(locale, of.measured)),
    (say::recall, |locale, of| share(locale, of.recall)),
    (say::images, |locale, of| whole(locale, of.images)),
    (say::positive, |locale, of| whole(locale, of.positive)),
    (say::negative, |locale, of| whole(locale, of.negative)),
    (say::escalated, |locale, of| whole(locale, of.escalated)),
    (say::undecided, |locale, of| whole(locale, of.undecided)),
    (say::on_hold, |locale, of| whole(locale, of.on_hold)),
];

pub(super) fn replay() -> impl IntoView {
    let (project, typed) = (path_id("project"), typed());
    page(async move {
        let manager = require_manager()?;
        let shown = backend()?.tuning.replay(&manager, project?, typed).await?;
        let locale = locale();
        Ok(Screen::new(
            say::title(locale, &shown.project.1),
            content(locale, &shown, manager.account().role.can_administer()),
        )
        .with_island())
    })
}

fn content(locale: Locale, shown: &ReplayPage, administers: bool) -> impl IntoView + use<> {
    let (project, name) = shown.project.clone();
    let head = view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
        <h1>{say::heading(locale)}</h1>
    };
    if shown.recorded.votes == 0 {
        let words = view! { <p>{say::nothing_words(locale)}</p> };
        return view! { {head} {empty(say::nothing(locale), words)} }.into_any();
    }
    let levels = LEVELS.iter().map(|of| level(locale, *of, shown)).collect_view();
    let wrong = |field: &str| wrong_of(shown, field);
    view! {
        {head}
        <p class="hint">{say::about(locale)}</p>
        <form id=FORM class="seeding" method="get" action=format!("/project/{project}/replay")>
            <div class="stack">
                <fieldset class="panel deciding">
                    <legend><h2>{say::who(locale)}</h2></legend>
                    {choices(locale, &shown.typed, &wrong)}
                </fieldset>
                <fieldset class="panel deciding">
                    <legend><h2>{say::levels(locale)}</h2></legend>
                    <div class="way-entries">{levels}</div>
                </fieldset>
            </div>
            <div class="seeding-basket">
                {comparison(locale, shown)}
                <div class="actions">
                    <button class="primary" type="submit">{say::run(locale)}</button>
                </div>
                {administers.then(|| view! { <p class="hint"><a href=format!("/project/{project}/settings")>{say::save_there(locale)}</a></p> })}
            </div>
        </form>
        <LiveForm form=FORM.to_owned() headline="replay-headline".to_owned()/>
        {by_synset(locale, shown)}
    }
    .into_any()
}

fn wrong_of(shown: &ReplayPage, field: &str) -> Option<String> {
    shown.wrong.iter().find(|(name, _)| name == field).map(|(_, words)| words.clone())
}

fn level(locale: Locale, (name, label, typed): Level, shown: &ReplayPage) -> impl IntoView + use<> {
    let id = format!("settings-{name}-");
    let wrong_id = format!("{id}wrong");
    let wrong = wrong_of(shown, name);
    view! {
        <div class="field setting">
            <label for=id.clone()>{label(locale)}</label>
            <input
                id=id
                name=format!("settings[{name}]")
                type="text"
                inputmode="decimal"
                autocomplete="off"
                maxlength="20"
                value=typed(&shown.typed).to_owned()
                aria-invalid=wrong.is_some().then_some("true")
                aria-describedby=wrong_id.clone()
            />
            <p class="wrong" id=wrong_id>{wrong}</p>
        </div>
    }
}

/// The figures side by side.
fn comparison(locale: Locale, shown: &ReplayPage) -> impl IntoView + use<> {
    let (now, then) = (shown.now, shown.then);
    let line = |(name, show): &(Words, Figure)| Line {
        name: name(locale),
        now: show(locale, &now),
        then: then.map(|then| show(locale, &then)),
    };
    let lines = FIGURES.iter().map(line).collect();
    let typed = then.map(|_| say::then(locale).to_owned());
    view! {
        <section class="panel" id="replay-figures" data-live="" aria-labelledby="replay-headline">
            <h2 id="replay-headline">{headline(locale, shown)}</h2>
            {side_by_side(say::what_label(locale), say::now(locale), typed, lines)}
            {grounds(locale, shown)}
        </section>
    }
}

fn headline(locale: Locale, shown: &ReplayPage) -> String {
    let Some(then) = shown.then else {
        let words = if shown.wrong.is_empty() { say::headline(locale) } else { say::headline_wrong(locale) };
        return words.to_owned();
    };
    match (then.votes - shown.now.votes).round() as i64 {
        0 => say::same(locale).to_owned(),
        more if more > 0 => say::more(locale, counts::votes(locale, more)),
        fewer => say::fewer(locale, counts::votes(locale, -fewer)),
    }
}

fn grounds(locale: Locale, shown: &ReplayPage) -> impl IntoView + use<> {
    let of = shown.recorded;
    let recorded = say::recorded(
        locale,
        counts::votes(locale, of.votes),
        counts::images(locale, of.images),
        counts::synsets(locale, of.synsets),
        of.draws,
    );
    let left_out = (of.left_out > 0).then(|| say::left_out(locale, counts::synsets(locale, of.left_out)));
    let labelled = match of.labelled {
        0 => say::not_labelled(locale).to_owned(),
        n => say::labelled(locale, counts::images(locale, n)),
    };
    let undecided = shown.now.undecided + shown.then.map_or(0.0, |then| then.undecided);
    view! {
        <p class="hint">{recorded} " " {left_out}</p>
        <p class="hint">{labelled}</p>
        {(undecided > 0.0).then(|| view! { <p class="hint">{say::ended(locale)}</p> })}
    }
}

/// The largest synsets, each with the figures that differ most between settings.
fn by_synset(locale: Locale, shown: &ReplayPage) -> impl IntoView + use<> {
    let project = shown.project.0;
    let rows = shown.synsets.iter().map(|of| synset_row(locale, project, of)).collect_view();
    view! {
        <section id="replay-synsets" data-live="">
            <h2>{say::synsets(locale)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::synsets_label(locale)>
                <table class="carded">
                    <thead>
                        <tr>
                            <th scope="col">{say::synset(locale)}</th>
                            <th scope="col" class="number">{say::images(locale)}</th>
                            <th scope="col" class="number">{say::positive(locale)}</th>
                            <th scope="col" class="number">{say::votes_an_image(locale)}</th>
                            <th scope="col" class="number">{say::stated(locale)}</th>
                            <th scope="col" class="number">{say::on_hold(locale)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn synset_row(locale: Locale, project: i64, of: &ReplayedSynset) -> impl IntoView + use<> {
    let (now, then) = (of.now, of.then);
    let cell = |label: &'static str, show: Figure| {
        let before = show(locale, &now);
        let after = then.map(|then| show(locale, &then)).filter(|after| *after != before);
        view! {
            <td class="number" data-label=label>
                {match after {
                    None => before.into_any(),
                    Some(after) => view! { {before} " → " <b>{after}</b> }.into_any(),
                }}
            </td>
        }
    };
    let to = format!("/project/{project}/synset/{}", of.wnid);
    view! {
        <tr>
            <th scope="row"><a href=to>{in_one_line(&of.words)}</a></th>
            <td class="number" data-label=say::images(locale)>{whole(locale, now.images)}</td>
            {cell(say::positive(locale), |locale, of| whole(locale, of.positive))}
            {cell(say::votes_an_image(locale), |locale, of| of.votes_per_image.map_or_else(dash, |n| locale.decimal(n, 2)))}
            {cell(say::stated(locale), |locale, of| share(locale, of.stated))}
            {cell(say::on_hold(locale), |locale, of| whole(locale, of.on_hold))}
        </tr>
    }
}

fn dash() -> String {
    "–".to_owned()
}
