//! Votes by the hour: the last day or the last week.

use super::address::View;
use crate::api::watching::Pace;
use crate::components::chart::{Chart, Series, Shape, chart};
use crate::components::format::count;
use crate::texts::Locale;
use leptos::prelude::*;

const HOUR: i64 = 3_600_000;
const HOURS_A_DAY: usize = 24;

/// The chart with its choice of time.
pub(super) fn pace(pace: &Pace, view: &View) -> impl IntoView + use<> {
    let skipped = if view.week { 0 } else { pace.votes.len().saturating_sub(HOURS_A_DAY) };
    let values: Vec<i64> = pace.votes.iter().skip(skipped).copied().collect();
    let from = pace.from + HOUR * i64::try_from(skipped).unwrap_or(0);
    let sum = values.iter().sum();
    let span = if view.week { "7 days" } else { "24 hours" };
    let label = format!("Votes by the hour over the last {span}: {} in all.", count(sum));
    let drawn = (sum > 0).then(|| {
        chart(&Chart {
            title: format!("Last {span}"),
            label,
            shape: Shape::Bars,
            at: (0..).zip(&values).map(|(hour, _)| from + HOUR * hour).collect(),
            written: Locale::moment,
            series: vec![Series { name: "Votes in the hour".to_owned(), tone: "tone-votes", values }],
        })
    });
    let choice = |week: bool, name: &'static str| {
        let here = (view.week == week).then_some("true");
        view! { <a class="filter" href=view.with(|other| other.week = week) aria-current=here>{name}</a> }
    };
    view! {
        <section class="pace" aria-labelledby="pace">
            <div class="pace-head">
                <h2 id="pace">"Votes per hour"</h2>
                <nav aria-label="Time shown">{choice(false, "24 hours")} {choice(true, "7 days")}</nav>
            </div>
            {if let Some(drawn) = drawn {
                drawn.into_any()
            } else {
                view! { <p class="quiet empty-chart">{format!("No votes in the last {span}.")}</p> }.into_any()
            }}
        </section>
    }
}
