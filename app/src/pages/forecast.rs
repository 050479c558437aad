//! What a project will still take and yield, at the target that is set and at others; and the budget at which asking ends.

use super::screen::{Screen, page};
use crate::api::forecasting::{AtTarget, ForecastPage, SynsetForecast, TARGETS};
use crate::api::tuning::Expected;
use crate::components::field::TextField;
use crate::components::link::{href, path_id, query};
use crate::components::problem::empty;
use crate::components::side_by_side::{Line, share, side_by_side, whole};
use crate::components::synset_list::in_one_line;
use crate::islands::live_form::LiveForm;
use crate::texts::{Locale, Words, forecast as say, units};
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

/// The form's id, by which its script finds it.
const FORM: &str = "forecast-form";
/// Nine times in ten a sum of many images lies within so many standard deviations of its mean.
const NINE_IN_TEN: f64 = 1.645;

type Figure = fn(Locale, &Expected, &ForecastPage) -> String;

/// The figures that need no range and no price, in the order of the table; the last is about several synsets.
const FIGURES: [(Words, Figure); 6] = [
    (say::days, |locale, of, page| days(locale, of.votes, page.votes_last_day)),
    (say::accepted, |locale, of, _| whole(locale, of.accepted)),
    (say::recall, |locale, of, _| share(locale, of.recall())),
    (say::stated, |locale, of, _| share(locale, of.precision)),
    (say::escalated, |locale, of, _| whole(locale, of.escalated)),
    (say::on_hold, |locale, of, _| locale.count(of.on_hold)),
];

pub(super) fn forecast() -> impl IntoView {
    let (project, target, synset) = (path_id("project"), query("target"), query("synset"));
    page(async move {
        let manager = require_manager()?;
        let only = (!synset.is_empty()).then_some(synset.as_str());
        let shown = backend()?.tuning.forecast(&manager, project?, only, &target).await?;
        let (locale, administers) = (locale(), manager.account().role.can_administer());
        let title = match &shown.synset {
            None => say::title(locale, &shown.project.1),
            Some((_, words)) => say::title(locale, in_one_line(words)),
        };
        Ok(Screen::new(title, content(locale, &shown, administers)).with_island())
    })
}

fn content(locale: Locale, shown: &ForecastPage, administers: bool) -> impl IntoView + use<> {
    let (project, name) = shown.project.clone();
    let synset = shown.synset.clone().map(|(wnid, words)| {
        let to = format!("/project/{project}/synset/{wnid}");
        view! { " › "<a href=to>{in_one_line(&words)}</a> }
    });
    let head = view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a>{synset}</p>
        <h1>{say::heading(locale)}</h1>
    };
    if shown.images == 0 {
        return view! { {head} {empty(say::nothing(locale), view! { <p>{say::nothing_words(locale)}</p> })} }
            .into_any();
    }
    view! {
        {head}
        <p class="hint">{say::about(locale)}</p>
        <div class="seeding forecast">
            <div class="stack">
                {if shown.has_target {
                    slider(locale, shown).into_any()
                } else {
                    view! { <p class="notice">{say::no_target(locale)}</p> }.into_any()
                }}
                {shown.synset.is_none().then(|| budget(locale, shown, administers))}
            </div>
            <div class="seeding-basket">{figures(locale, shown, administers)}</div>
        </div>
        {shown.has_target.then(|| targets(locale, shown))}
        {(!shown.largest.is_empty()).then(|| largest(locale, shown))}
        <LiveForm form=FORM.to_owned() headline="forecast-headline".to_owned()/>
    }
    .into_any()
}

/// Works without script as well: the button asks for the same page.
fn slider(locale: Locale, shown: &ForecastPage) -> impl IntoView + use<> {
    let (low, high) = TARGETS;
    let at = shown.then.unwrap_or(shown.now).target.clamp(low, high);
    let hint = say::slider_hint(locale, locale.percent(low), locale.percent(high));
    view! {
        <form id=FORM class="panel stack" method="get" action=format!("/project/{}/forecast", shown.project.0)>
            {shown.synset.clone().map(|(wnid, _)| view! { <input type="hidden" name="synset" value=wnid/> })}
            <div class="field">
                <label for="forecast-target">{say::slider(locale)}</label>
                <input
                    id="forecast-target"
                    class="slider"
                    type="range"
                    name="target"
                    min=low.to_string()
                    max=high.to_string()
                    step="0.001"
                    value=at.to_string()
                    aria-describedby="forecast-target-hint"
                />
                <p class="hint" id="forecast-target-hint">{hint}</p>
            </div>
            <p class="actions"><button type="submit">{say::look(locale)}</button></p>
        </form>
    }
}

/// As it is, and at the target that is looked at.
fn figures(locale: Locale, shown: &ForecastPage, administers: bool) -> impl IntoView + use<> {
    let (now, then) = (shown.now.expected, shown.then.map(|then| then.expected));
    let line = |name: &'static str, show: &dyn Fn(&Expected) -> String| Line {
        name,
        now: show(&now),
        then: then.as_ref().map(show),
    };
    let mut lines = vec![
        line(say::votes(locale), &|of| whole(locale, of.votes)),
        line(say::range(locale), &|of| range(locale, of)),
    ];
    if let Some(price) = &shown.price {
        lines.push(line(say::cost(locale), &|of| cost(locale, of.votes, price)));
    }
    // Of one synset it is said in its own place.
    let figures = FIGURES.len() - usize::from(shown.synset.is_some());
    lines.extend(
        FIGURES.iter().take(figures).map(|(name, show)| line(name(locale), &|of| show(locale, of, shown))),
    );
    let target = |at: AtTarget| locale.percent(at.target);
    let headline = match (&shown.wrong, shown.then) {
        (Some(_), _) => say::headline_wrong(locale).to_owned(),
        (None, Some(then)) => say::headline_then(locale, target(then), target(shown.now)),
        (None, None) => say::headline_now(locale, target(shown.now)),
    };
    let typed = shown.then.map(|then| say::at_target(locale, target(then)));
    let without = shown.tables.1 - shown.tables.0;
    let save = shown.then.filter(|_| administers).map(|_| {
        let pairs: Vec<(String, String)> = shown
            .settings
            .pairs()
            .into_iter()
            .map(|(name, value)| (format!("settings[{name}]"), value))
            .collect();
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let project = shown.project.0;
        let settings = match &shown.synset {
            None => format!("/project/{project}/settings"),
            Some((wnid, _)) => format!("/project/{project}/synset/{wnid}/settings"),
        };
        let to = href(&settings, &pairs);
        view! { <p class="actions"><a class="button primary" href=to>{say::save(locale)}</a></p> }
    });
    view! {
        <section class="panel" id="forecast-figures" data-live="" aria-labelledby="forecast-headline">
            <h2 id="forecast-headline">{headline}</h2>
            {shown.wrong.clone().map(|words| view! { <p class="wrong">{words}</p> })}
            {side_by_side(say::figures_label(locale), say::as_it_is(locale), typed, lines)}
            {save}
            <p class="hint">{say::spread_words(locale)}</p>
            {(without > 0).then(|| view! { <p class="hint">{say::guessed(locale, without)}</p> })}
        </section>
    }
}

/// The range that chance leaves to the votes still to come.
fn range(locale: Locale, of: &Expected) -> String {
    let (low, high) = ((of.votes - NINE_IN_TEN * of.spread).max(0.0), of.votes + NINE_IN_TEN * of.spread);
    say::between(locale, whole(locale, low), whole(locale, high))
}

/// The same figures from target to target.
fn targets(locale: Locale, shown: &ForecastPage) -> impl IntoView + use<> {
    let several = shown.synset.is_none();
    let row = |at: &AtTarget| {
        let (of, is_set) = (at.expected, at.target == shown.now.target);
        let name = locale.percent(at.target);
        let target = at.target.to_string();
        let mut asked = vec![("target", target.as_str())];
        asked.extend(shown.synset.iter().map(|(wnid, _)| ("synset", wnid.as_str())));
        let to = href(&format!("/project/{}/forecast", shown.project.0), &asked);
        let cost = shown.price.as_ref().map(|price| {
            view! { <td class="number" data-label=say::cost(locale)>{cost(locale, of.votes, price)}</td> }
        });
        view! {
            <tr class=is_set.then_some("is-in-force")>
                <th scope="row">
                    <a href=to>{name}</a>
                    {is_set.then(|| view! { " "<span class="badge">{say::set_now(locale)}</span> })}
                </th>
                <td class="number" data-label=say::votes(locale)>{whole(locale, of.votes)}</td>
                {cost}
                <td class="number" data-label=say::accepted(locale)>{whole(locale, of.accepted)}</td>
                <td class="number" data-label=say::recall(locale)>{share(locale, of.recall())}</td>
                {several.then(|| view! { <td class="number" data-label=say::on_hold(locale)>{locale.count(of.on_hold)}</td> })}
            </tr>
        }
    };
    let rows = shown.targets.iter().map(row).collect_view();
    let priced = shown.price.is_some();
    view! {
        <section>
            <h2>{say::targets(locale)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::targets_label(locale)>
                <table class="carded">
                    <thead>
                        <tr>
                            <th scope="col">{say::target(locale)}</th>
                            <th scope="col" class="number">{say::votes(locale)}</th>
                            {priced.then(|| view! { <th scope="col" class="number">{say::cost(locale)}</th> })}
                            <th scope="col" class="number">{say::accepted(locale)}</th>
                            <th scope="col" class="number">{say::recall(locale)}</th>
                            {several.then(|| view! { <th scope="col" class="number">{say::on_hold(locale)}</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

/// Where most of the votes will go.
fn largest(locale: Locale, shown: &ForecastPage) -> impl IntoView + use<> {
    let priced = shown.price.is_some();
    let row = |one: &SynsetForecast| {
        let of = &one.expected;
        let to = format!("/project/{}/forecast?synset={}", shown.project.0, one.wnid);
        let cost = shown.price.as_ref().map(|price| {
            view! { <td class="number" data-label=say::cost(locale)>{cost(locale, of.votes, price)}</td> }
        });
        view! {
            <tr>
                <th scope="row"><a href=to>{in_one_line(&one.words)}</a></th>
                <td class="number" data-label=say::votes(locale)>{whole(locale, of.votes)}</td>
                <td class="number" data-label=say::range(locale)>{range(locale, of)}</td>
                {cost}
                <td class="number" data-label=say::accepted(locale)>{whole(locale, of.accepted)}</td>
                <td class="number" data-label=say::stated(locale)>{share(locale, of.precision)}</td>
            </tr>
        }
    };
    let rows = shown.largest.iter().map(row).collect_view();
    view! {
        <section>
            <h2>{say::largest(locale)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::largest(locale)>
                <table class="carded">
                    <thead>
                        <tr>
                            <th scope="col">{say::synset(locale)}</th>
                            <th scope="col" class="number">{say::votes(locale)}</th>
                            <th scope="col" class="number">{say::range(locale)}</th>
                            {priced.then(|| view! { <th scope="col" class="number">{say::cost(locale)}</th> })}
                            <th scope="col" class="number">{say::accepted(locale)}</th>
                            <th scope="col" class="number">{say::stated(locale)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn budget(locale: Locale, shown: &ForecastPage, administers: bool) -> impl IntoView + use<> {
    let votes = locale.count(shown.votes);
    let standing = match shown.budget {
        None => say::budget_none(locale, votes),
        Some(budget) if shown.votes >= budget => say::budget_spent(locale, votes, locale.count(budget)),
        Some(budget) => say::budget_left(locale, votes, locale.count(budget)),
    };
    let missing =
        shown.budget.map_or(0.0, |budget| shown.now.expected.votes - (budget - shown.votes).max(0) as f64);
    let field = TextField {
        name: "votes",
        label: say::budget_votes(locale),
        hint: say::budget_hint(locale),
        kind: "number",
        value: shown.budget.map(|budget| budget.to_string()).unwrap_or_default(),
        max_length: 12,
        ..TextField::default()
    };
    let project = shown.project.0;
    view! {
        <section class="panel stack price">
            <h2>{say::budget(locale)}</h2>
            <p>{standing}</p>
            {(missing >= 1.0).then(|| view! { <p>{say::budget_short(locale, whole(locale, missing))}</p> })}
            <p class="hint">{say::budget_words(locale)}</p>
            {administers.then(|| view! {
                <form class="stack" method="post" action="/api/set_budget">
                    <input type="hidden" name="project" value=project/>
                    {field.show()}
                    <button type="submit">{say::budget_save(locale)}</button>
                </form>
            })}
        </section>
    }
}

fn cost(locale: Locale, votes: f64, (per_vote, currency): &(f64, String)) -> String {
    let amount = per_vote * votes;
    units::money(locale, locale.decimal(amount, if amount < 1_000.0 { 2 } else { 0 }), currency)
}

fn days(locale: Locale, votes: f64, last_day: i64) -> String {
    match last_day {
        _ if votes < 0.5 => locale.count(0),
        0 => "–".to_owned(),
        pace => locale.decimal(votes / pace as f64, 1),
    }
}
