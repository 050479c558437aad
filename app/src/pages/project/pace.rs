//! Votes by the hour: the last day or the last week.

use super::address::View;
use crate::api::watching::Pace;
use crate::components::chart::{Chart, Series, Shape, chart};
use crate::texts::{Locale, project as say};
use leptos::prelude::*;

const HOUR: i64 = 3_600_000;
const HOURS_A_DAY: usize = 24;

/// The chart with its choice of time.
pub(super) fn pace(locale: Locale, pace: &Pace, view: &View) -> impl IntoView + use<> {
    let skipped = if view.week { 0 } else { pace.votes.len().saturating_sub(HOURS_A_DAY) };
    let values: Vec<i64> = pace.votes.iter().skip(skipped).copied().collect();
    let from = pace.from + HOUR * i64::try_from(skipped).unwrap_or(0);
    let sum: i64 = values.iter().sum();
    let (title, label, nothing) = if view.week {
        (say::last_week(locale), say::votes_last_week(locale, sum), say::no_votes_last_week(locale))
    } else {
        (say::last_day(locale), say::votes_last_day(locale, sum), say::no_votes_last_day(locale))
    };
    let drawn = (sum > 0).then(|| {
        chart(&Chart {
            title: title.to_owned(),
            label,
            shape: Shape::Bars,
            at: (0..).zip(&values).map(|(hour, _)| from + HOUR * hour).collect(),
            written: Locale::moment,
            series: vec![Series { name: say::votes_in_hour(locale).to_owned(), tone: "tone-votes", values }],
        })
    });
    let choice = |week: bool, name: &'static str| {
        let here = (view.week == week).then_some("true");
        view! { <a class="filter" href=view.with(|other| other.week = week) aria-current=here>{name}</a> }
    };
    view! {
        <section class="pace" aria-labelledby="pace">
            <div class="pace-head">
                <h2 id="pace">{say::pace(locale)}</h2>
                <nav aria-label=say::time_shown(locale)>{choice(false, say::day(locale))} {choice(true, say::week(locale))}</nav>
            </div>
            {if let Some(drawn) = drawn {
                drawn.into_any()
            } else {
                view! { <p class="quiet empty-chart">{nothing}</p> }.into_any()
            }}
        </section>
    }
}
