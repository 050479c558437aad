//! Who decides in a project: the ways to choose from, and what each would mean for its own images.

use super::fields::round;
use crate::api::settings::SettingsForm;
use crate::api::tuning::{MethodOutlook, SettingsPage};
use crate::components::method::name;
use crate::texts::{Locale, Words, counts, method as say, settings, units};
use leptos::prelude::*;

/// What a usual synset has of good images, as it is guessed where no table is known.
const USUAL: f64 = 0.12;

/// A number that belongs to a way of deciding.
struct Entry {
    name: &'static str,
    label: Words,
    typed: fn(&SettingsForm) -> &str,
}

/// A way of deciding.
struct Choice {
    value: &'static str,
    label: Words,
    means: Words,
    entries: &'static [Entry],
}

const CHOICES: &[Choice] = &[
    Choice { value: "full", label: say::full, means: say::full_means, entries: &[] },
    Choice { value: "table", label: say::table, means: say::table_means, entries: &[] },
    Choice {
        value: "majority",
        label: say::majority,
        means: say::majority_means,
        entries: &[Entry {
            name: "majority_votes",
            label: say::majority_votes,
            typed: |form| &form.majority_votes,
        }],
    },
    Choice {
        value: "fixed",
        label: say::fixed,
        means: say::fixed_means,
        entries: &[
            Entry { name: "fixed_votes", label: say::fixed_votes, typed: |form| &form.fixed_votes },
            Entry { name: "fixed_yes", label: say::fixed_yes, typed: |form| &form.fixed_yes },
        ],
    },
];

/// The part of the form, for a project's settings.
pub(super) fn methods(locale: Locale, shown: &SettingsPage) -> impl IntoView + use<> {
    let wrong =
        |field: &str| shown.wrong.iter().find(|(name, _)| name == field).map(|(_, words)| words.clone());
    view! {
        <fieldset class="panel deciding">
            <legend><h2>{say::legend(locale)}</h2></legend>
            <p class="hint">{say::about(locale)}</p>
            {choices(locale, &shown.typed, &wrong)}
            {comparison(locale, shown)}
        </fieldset>
    }
}

/// The ways to choose from; `wrong` says what is wrong with a field.
pub(in crate::pages) fn choices(
    locale: Locale,
    typed: &SettingsForm,
    wrong: &dyn Fn(&str) -> Option<String>,
) -> impl IntoView + use<> {
    let choices = CHOICES.iter().map(|way| choice(locale, way, typed, wrong)).collect_view();
    view! {
        {wrong("method").map(|words| view! { <p class="wrong" id="settings-method-">{words}</p> })}
        <div class="choices">{choices}</div>
    }
}

fn choice(
    locale: Locale,
    way: &Choice,
    typed: &SettingsForm,
    wrong: &dyn Fn(&str) -> Option<String>,
) -> impl IntoView + use<> {
    let id = format!("settings-method-{}", way.value);
    let (about, input) = (format!("{id}-means"), id.clone());
    let entries = way.entries.iter().map(|of| entry(locale, of, typed, wrong(of.name))).collect_view();
    let any = !way.entries.is_empty();
    view! {
        <div class="way">
            <label class="check" for=id>
                <input
                    id=input
                    type="radio"
                    name="settings[method]"
                    value=way.value
                    checked=typed.method == way.value
                    aria-describedby=about.clone()
                />
                <b>{(way.label)(locale)}</b>
            </label>
            <p class="setting-means" id=about>{(way.means)(locale)}</p>
            {any.then(|| view! { <div class="way-entries">{entries}</div> })}
        </div>
    }
}

fn entry(
    locale: Locale,
    entry: &Entry,
    typed: &SettingsForm,
    wrong: Option<String>,
) -> impl IntoView + use<> {
    let id = format!("settings-{}-", entry.name);
    let wrong_id = format!("{id}wrong");
    view! {
        <div class="field setting">
            <label for=id.clone()>{(entry.label)(locale)}</label>
            {wrong.clone().map(|words| view! { <p class="wrong" id=wrong_id.clone()>{words}</p> })}
            <input
                id=id
                name=format!("settings[{}]", entry.name)
                type="text"
                inputmode="numeric"
                autocomplete="off"
                maxlength="4"
                value=(entry.typed)(typed).to_owned()
                aria-invalid=wrong.is_some().then_some("true")
                aria-describedby=wrong.is_some().then_some(wrong_id)
            />
        </div>
    }
}

/// What comes of the project's images under each way: the precision first, since all the rest is what it costs.
fn comparison(locale: Locale, shown: &SettingsPage) -> impl IntoView + use<> {
    let price = shown.price.clone();
    let priced = price.is_some();
    let rows = shown
        .methods
        .iter()
        .map(|of| row(locale, of, of.method == shown.in_force.method, price.as_ref()))
        .collect_view();
    let hint = match shown.ground.calibrated {
        0 => say::hint_guessed(locale, locale.percent(USUAL)),
        calibrated => say::hint_known(locale, counts::tables(locale, calibrated)),
    };
    view! {
        <div id="settings-methods" data-live="">
            <h3>{say::compared(locale)}</h3>
            <div class="scroll" tabindex="0" role="region" aria-label=say::compared_label(locale)>
                <table class="carded compact">
                    <thead>
                        <tr>
                            <th scope="col">{say::policy(locale)}</th>
                            <th scope="col" class="number">{settings::stated_precision(locale)}</th>
                            <th scope="col" class="number">{settings::positive_in_the_end(locale)}</th>
                            <th scope="col" class="number">{settings::votes_to_come(locale)}</th>
                            <th scope="col" class="number">{settings::for_an_expert(locale)}</th>
                            {priced.then(|| view! { <th scope="col" class="number">{settings::their_price(locale)}</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint">{hint}</p>
        </div>
    }
}

fn row(
    locale: Locale,
    of: &MethodOutlook,
    in_force: bool,
    price: Option<&(f64, String)>,
) -> impl IntoView + use<> {
    let expected = of.expected;
    let precision = expected
        .precision
        .map_or_else(|| say::no_precision(locale).to_owned(), |share| locale.percent(share));
    let cost = price.map(|(per_vote, currency)| {
        let cost = units::money(locale, locale.decimal(per_vote * expected.votes, 2), currency);
        view! { <td class="number" data-label=settings::their_price(locale)>{cost}</td> }
    });
    view! {
        <tr class=in_force.then_some("is-in-force")>
            <th scope="row">
                {name(locale, &of.method)}
                {in_force.then(|| view! { " "<span class="badge">{say::in_force(locale)}</span> })}
            </th>
            <td class="number" data-label=settings::stated_precision(locale)><b>{precision}</b></td>
            <td class="number" data-label=settings::positive_in_the_end(locale)>{locale.count(round(expected.accepted))}</td>
            <td class="number" data-label=settings::votes_to_come(locale)>{locale.count(round(expected.votes))}</td>
            <td class="number" data-label=settings::for_an_expert(locale)>{locale.count(round(expected.escalated))}</td>
            {cost}
        </tr>
    }
}
