//! A worker's own page: today, the last days, and how the answers compare, project by project.

use super::screen::{Screen, page};
use crate::api::work::{DayLine, Hits, MyWork, ProjectWork, SynsetWork};
use crate::components::bar::figures;
use crate::components::problem::empty;
use crate::components::synset_list::in_one_line;
use crate::texts::{Locale, SLOT, fill, work as say};
use crate::viewer::{backend, locale, require_worker};
use leptos::prelude::*;

/// Where the bars of the chart begin and how high the tallest is.
const CHART: (f64, f64) = (28.0, 72.0);

pub(super) fn work() -> impl IntoView {
    page(async {
        let worker = require_worker()?;
        let mine = backend()?.work.mine(&worker).await?;
        let locale = locale();
        Ok(Screen::new(say::title(locale), content(locale, mine)))
    })
}

fn content(locale: Locale, mine: MyWork) -> impl IntoView {
    let head = view! {
        <div class="head">
            <h1>{say::title(locale)}</h1>
            <p class="actions"><a class="button" href="/account">{say::account(locale)}</a></p>
        </div>
    };
    let is_new = mine.votes == 0 && mine.days.iter().all(|day| day.pages == 0);
    let today = mine.days.last().copied();
    let body = if is_new {
        let choose = view! { <a href="/">{say::choose(locale)}</a> };
        empty(say::none(locale), view! { <p>{fill(say::none_words(locale, SLOT), choose)}</p> }).into_any()
    } else {
        view! {
            {today.map(|today| today_section(locale, today, &mine))}
            {days_section(locale, &mine.days)}
        }
        .into_any()
    };
    let projects = mine.projects.into_iter().map(|line| project(locale, line)).collect_view();
    view! { {head} {body} {projects} }
}

fn today_section(locale: Locale, today: DayLine, mine: &MyWork) -> impl IntoView + use<> {
    view! {
        <section>
            <h2>{say::today(locale)}</h2>
            {figures(vec![
                (say::votes(locale), locale.count(today.votes)),
                (say::pages(locale), locale.count(today.pages)),
                (say::time(locale), locale.duration(today.spent)),
                (say::days_in_a_row(locale), locale.count(mine.streak)),
                (say::votes_in_all(locale), locale.count(mine.votes)),
            ])}
            <p class="hint">{say::how_counted(locale, mine.page_cap_minutes)}</p>
        </section>
    }
}

fn days_section(locale: Locale, days: &[DayLine]) -> impl IntoView + use<> {
    let rows = days
        .iter()
        .rev()
        .map(|day| {
            view! {
                <tr>
                    <th scope="row">{locale.date(day.begins_at)}</th>
                    <td class="number">{locale.count(day.votes)}</td>
                    <td class="number">{locale.count(day.pages)}</td>
                    <td class="number">{locale.duration(day.spent)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{say::last_days(locale)}</h2>
            {day_chart(locale, days)}
            <details>
                <summary>{say::as_table(locale)}</summary>
                <div class="scroll" role="region" aria-label=say::by_day(locale) tabindex="0">
                    <table>
                        <thead><tr>
                            <th scope="col">{say::day(locale)}</th><th class="number" scope="col">{say::votes(locale)}</th>
                            <th class="number" scope="col">{say::pages(locale)}</th><th class="number" scope="col">{say::time(locale)}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
}

/// Votes by day as bars; the table beside it says the same.
fn day_chart(locale: Locale, days: &[DayLine]) -> impl IntoView + use<> {
    let most = days.iter().map(|day| day.votes).max().unwrap_or_default();
    let (top, height) = CHART;
    let bars = (0_u32..)
        .zip(days)
        .map(|(place, day)| {
            let x = f64::from(place) * 30.0;
            let tall = if most > 0 { height * day.votes as f64 / most as f64 } else { 0.0 };
            let tall = if day.votes > 0 { tall.max(2.0) } else { 1.0 };
            let is_today = place + 1 == u32::try_from(days.len()).unwrap_or_default();
            let class = match (day.votes, is_today) {
                (0, _) => "day-bar none",
                (_, true) => "day-bar today",
                _ => "day-bar",
            };
            let number = (day.votes > 0).then(|| {
                view! { <text x=x + 12.0 y=format!("{:.1}", top + height - tall - 4.0) class="day-number">{short(locale, day.votes)}</text> }
            });
            view! {
                <rect class=class x=x y=format!("{:.1}", top + height - tall) width="24" height=format!("{tall:.1}") rx="3"></rect>
                {number}
                <text x=x + 12.0 y=top + height + 16.0 class="day-name">{locale.day_of_month(day.begins_at)}</text>
            }
        })
        .collect_view();
    let words = say::chart(locale, days.iter().map(|day| day.votes).sum::<i64>(), days.len(), most);
    view! { <svg class="day-chart" role="img" aria-label=words viewBox="0 0 414 120">{bars}</svg> }
}

fn project(locale: Locale, project: ProjectWork) -> impl IntoView {
    let id = project.project;
    let is_stopped = project.stopped.is_some();
    let stopped = project.stopped.clone().map(|(reason, since)| {
        view! {
            <div class="alert">
                <p>{fill(say::stopped(locale, SLOT, locale.moment(since)), view! { <b>{say::stopped_here(locale)}</b> })}</p>
                <blockquote class="reason">{reason}</blockquote>
                <p>{say::appeal(locale)}</p>
            </div>
        }
    });
    let go = (!is_stopped && (project.open_synsets > 0 || project.page_waits)).then(|| {
        let words = if project.page_waits { say::go_on(locale, SLOT) } else { say::start(locale, SLOT) };
        let place = view! { <span class="visually-hidden">{say::in_project(locale, &project.name)}</span> };
        view! { <a class="button primary" href=format!("/label/{id}")>{fill(words, place)}</a> }
    });
    view! {
        <section class="panel my-project">
            <div class="head"><h2>{project.name.clone()}</h2>{go}</div>
            {stopped}
            <p>{project.page_waits.then(|| format!("{} ", say::page_waits(locale)))} {say::open(locale, project.open_synsets)}</p>
            <dl class="compared">
                <div><dt>{say::your_votes(locale)}</dt><dd>{locale.count(project.votes)}</dd></div>
                {compared(locale, say::by_expert(locale), project.gold, say::none_by_expert(locale))}
                {compared(locale, say::as_settled(locale), project.settled, say::none_settled(locale))}
            </dl>
            {synsets(locale, project.synsets)}
        </section>
    }
}

fn compared(locale: Locale, name: &'static str, hits: Hits, none: &'static str) -> impl IntoView {
    let Hits { hits, of, interval } = hits;
    let words = match interval {
        Some((low, high)) => view! {
            <dd>
                {locale.percent(hits as f64 / of as f64)} " "
                <span class="quiet small">{say::compared(locale, hits, of, locale.percent(low), locale.percent(high))}</span>
            </dd>
        }
        .into_any(),
        None => view! { <dd><span class="quiet small">{none}</span></dd> }.into_any(),
    };
    view! { <div><dt>{name}</dt>{words}</div> }
}

fn synsets(locale: Locale, synsets: Vec<SynsetWork>) -> impl IntoView {
    if synsets.is_empty() {
        return None;
    }
    let number = synsets.len();
    let entries = synsets
        .into_iter()
        .map(|synset| {
            view! {
                <li>
                    <a href=format!("/synset/{}", synset.wnid)>{in_one_line(&synset.words)}</a>
                    <p class="quiet small">{qualified(locale, &synset)}</p>
                </li>
            }
        })
        .collect_view();
    let title = say::your_synsets(locale, number);
    Some(view! { <details><summary>{title}</summary><ul class="plain-list">{entries}</ul></details> })
}

/// How far somebody has come with a synset, in words.
fn qualified(locale: Locale, synset: &SynsetWork) -> String {
    let definition = synset.definition.map(|is_known| match is_known {
        true => say::meaning_known(locale, synset.mistakes),
        false => say::meaning_not_found(locale, synset.mistakes),
    });
    let practice = synset.practice.map(|(right, of)| say::practice(locale, right, of));
    let admitted = if synset.admitted { say::admitted(locale) } else { say::not_admitted(locale) };
    let parts: Vec<String> = definition.into_iter().chain(practice).chain([admitted.to_owned()]).collect();
    let joined = parts.join(", ");
    let mut letters = joined.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A number that fits above a bar: `12k` for 12,400.
fn short(locale: Locale, n: i64) -> String {
    if n < 10_000 { locale.count(n) } else { say::thousands(locale, n / 1_000) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synsets_standing_is_a_sentence() {
        let synset = |definition, mistakes, practice, admitted| SynsetWork {
            wnid: "n02084071".to_owned(),
            words: vec!["dog".to_owned()],
            definition,
            mistakes,
            practice,
            admitted,
        };
        assert_eq!(
            qualified(Locale::En, &synset(Some(true), 2, Some((7, 8)), true)),
            "Meaning known after 2\u{a0}mistakes, practice 7 of 8 right, you get its pages"
        );
        assert_eq!(qualified(Locale::En, &synset(None, 0, None, false)), "First page still to come");
    }
}
