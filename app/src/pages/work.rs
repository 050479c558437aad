//! A worker's own page: today, the last days, and how the answers compare, project by project.

use super::screen::{Screen, page};
use crate::api::work::{DayLine, Hits, MyWork, ProjectWork, SynsetWork};
use crate::components::bar::figures;
use crate::components::format::{count, counted, moment, percent};
use crate::components::problem::empty;
use crate::components::synset_list::in_one_line;
use crate::viewer::{backend, locale, require_worker};
use leptos::prelude::*;

/// Where the bars of the chart begin and how high the tallest is.
const CHART: (f64, f64) = (28.0, 72.0);

pub(super) fn work() -> impl IntoView {
    page(async {
        let worker = require_worker()?;
        let mine = backend()?.work.mine(&worker).await?;
        Ok(Screen::new("My work", content(mine)))
    })
}

fn content(mine: MyWork) -> impl IntoView {
    let head = view! {
        <div class="head">
            <h1>"My work"</h1>
            <p class="actions"><a class="button" href="/account">"Account and password"</a></p>
        </div>
    };
    let is_new = mine.votes == 0 && mine.days.iter().all(|day| day.pages == 0);
    let today = mine.days.last().copied();
    let body = if is_new {
        empty("No votes yet", view! { <p>"Once you have answered a page, this shows your day, your streak, and how your answers compare. "<a href="/">"Choose a project"</a></p> })
            .into_any()
    } else {
        view! {
            {today.map(|today| today_section(today, &mine))}
            {days_section(&mine.days)}
        }
        .into_any()
    };
    let projects = mine.projects.into_iter().map(project).collect_view();
    view! { {head} {body} {projects} }
}

fn today_section(today: DayLine, mine: &MyWork) -> impl IntoView + use<> {
    let cap = mine.page_cap_minutes;
    view! {
        <section>
            <h2>"Today"</h2>
            {figures(vec![
                ("Votes", count(today.votes)),
                ("Pages", count(today.pages)),
                ("Time", locale().duration(today.spent)),
                ("Days in a row", mine.streak.to_string()),
                ("Votes in all", count(mine.votes)),
            ])}
            <p class="hint">
                {format!(
                    "Days begin at midnight UTC. Time runs from when a page was handed out, or from the answer before it if that came later, to its answer; a page counts for {cap} minutes at most, so that breaks don’t.",
                )}
            </p>
        </section>
    }
}

fn days_section(days: &[DayLine]) -> impl IntoView + use<> {
    let rows = days
        .iter()
        .rev()
        .map(|day| {
            view! {
                <tr>
                    <th scope="row">{locale().date(day.begins_at)}</th>
                    <td class="number">{count(day.votes)}</td>
                    <td class="number">{count(day.pages)}</td>
                    <td class="number">{locale().duration(day.spent)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"The last days"</h2>
            {day_chart(days)}
            <details>
                <summary>"The same as a table"</summary>
                <div class="scroll" role="region" aria-label="Votes by day" tabindex="0">
                    <table>
                        <thead><tr><th scope="col">"Day (UTC)"</th><th class="number" scope="col">"Votes"</th><th class="number" scope="col">"Pages"</th><th class="number" scope="col">"Time"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
}

/// Votes by day as bars; the table beside it says the same.
fn day_chart(days: &[DayLine]) -> impl IntoView + use<> {
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
                view! { <text x=x + 12.0 y=format!("{:.1}", top + height - tall - 4.0) class="day-number">{short(day.votes)}</text> }
            });
            view! {
                <rect class=class x=x y=format!("{:.1}", top + height - tall) width="24" height=format!("{tall:.1}") rx="3"></rect>
                {number}
                <text x=x + 12.0 y=top + height + 16.0 class="day-name">{day_number(day.begins_at)}</text>
            }
        })
        .collect_view();
    let words = format!(
        "Votes by day: {} in {} days, {} on the busiest",
        count(days.iter().map(|day| day.votes).sum()),
        days.len(),
        count(most)
    );
    view! { <svg class="day-chart" role="img" aria-label=words viewBox="0 0 414 120">{bars}</svg> }
}

fn project(project: ProjectWork) -> impl IntoView {
    let id = project.project;
    let is_stopped = project.stopped.is_some();
    let stopped = project.stopped.clone().map(|(reason, since)| {
        view! {
            <div class="alert">
                <p><b>"You were stopped here"</b>{format!(" on {}. Your answers don’t count for now. The reason:", moment(since))}</p>
                <blockquote class="reason">{reason}</blockquote>
                <p>"If you think that is a mistake, ask a manager of this project to look at it again."</p>
            </div>
        }
    });
    let go = (!is_stopped && (project.open_synsets > 0 || project.page_waits)).then(|| {
        let words = if project.page_waits { "Go on" } else { "Start labeling" };
        view! {
            <a class="button primary" href=format!("/label/{id}")>
                {words}<span class="visually-hidden">{format!(" in {}", project.name)}</span>
            </a>
        }
    });
    view! {
        <section class="panel my-project">
            <div class="head"><h2>{project.name.clone()}</h2>{go}</div>
            {stopped}
            <p>{waits(&project)}</p>
            <dl class="compared">
                <div><dt>"Your votes"</dt><dd>{count(project.votes)}</dd></div>
                {compared("Right, by an expert’s word", project.gold, "No image that you answered has been looked at by an expert yet.")}
                {compared("Same as the settled verdict", project.settled, "No image that you answered is settled yet.")}
            </dl>
            {synsets(project.synsets)}
        </section>
    }
}

fn waits(project: &ProjectWork) -> String {
    let open = match project.open_synsets {
        0 => "No synset has open questions.".to_owned(),
        n => format!("{} with open questions.", counted(n, "synset", "synsets")),
    };
    if project.page_waits { format!("A page waits for your answer. {open}") } else { open }
}

fn compared(name: &'static str, hits: Hits, none: &'static str) -> impl IntoView {
    let Hits { hits, of, interval } = hits;
    let words = match interval {
        Some((low, high)) => view! {
            <dd>
                {percent(hits as f64 / of as f64)}
                <span class="quiet small">{format!(" {} of {}; surely between {} and {}", count(hits), count(of), percent(low), percent(high))}</span>
            </dd>
        }
        .into_any(),
        None => view! { <dd><span class="quiet small">{none}</span></dd> }.into_any(),
    };
    view! { <div><dt>{name}</dt>{words}</div> }
}

fn synsets(synsets: Vec<SynsetWork>) -> impl IntoView {
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
                    <p class="quiet small">{qualified(&synset)}</p>
                </li>
            }
        })
        .collect_view();
    let title = format!("Your {}", counted(number as i64, "synset", "synsets"));
    Some(view! { <details><summary>{title}</summary><ul class="plain-list">{entries}</ul></details> })
}

/// How far somebody has come with a synset, in words.
fn qualified(synset: &SynsetWork) -> String {
    let definition = match (synset.definition, synset.mistakes) {
        (None, _) => None,
        (Some(true), 0) => Some("meaning known at once".to_owned()),
        (Some(true), n) => Some(format!("meaning known after {}", counted(n, "mistake", "mistakes"))),
        (Some(false), n) => Some(format!("meaning not found yet, {}", counted(n, "mistake", "mistakes"))),
    };
    let practice = synset.practice.map(|(right, of)| format!("practice {right} of {of} right"));
    let admitted = if synset.admitted { "you get its pages" } else { "first page still to come" };
    let parts: Vec<String> = definition.into_iter().chain(practice).chain([admitted.to_owned()]).collect();
    let joined = parts.join(", ");
    let mut letters = joined.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A number that fits above a bar: `12k` for 12,400.
fn short(n: i64) -> String {
    if n < 10_000 { n.to_string() } else { format!("{}k", n / 1_000) }
}

/// The day of the month.
fn day_number(unix_ms: i64) -> String {
    locale().date(unix_ms).split(' ').next().unwrap_or_default().to_owned()
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
            qualified(&synset(Some(true), 2, Some((7, 8)), true)),
            "Meaning known after 2\u{a0}mistakes, practice 7 of 8 right, you get its pages"
        );
        assert_eq!(qualified(&synset(None, 0, None, false)), "First page still to come");
    }
}
