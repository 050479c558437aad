//! How a synset came to where it stands: what was settled, and the votes that it took.

use crate::api::projects::{ProgressPoint, SynsetDetail};
use crate::components::chart::{Chart, Series, Shape, chart};
use crate::components::format::{count, counted, moment};
use crate::texts::Locale;
use leptos::prelude::*;

/// Beyond two days the time of day is no help.
const SHORT: i64 = 2 * 24 * 3_600_000;

/// Both charts; nothing before the first vote.
pub(super) fn progress(detail: &SynsetDetail) -> impl IntoView + use<> {
    let points = detail.progress.clone();
    let (first, last) = (points.first().copied()?, points.last().copied()?);
    Some(view! {
        <section>
            <h2>"Over time"</h2>
            <p class="hint">
                "An image counts from when it became what it is now: one that was settled, opened again and settled "
                "anew counts once, from then on."
            </p>
            <div class="columns">
                {chart(&settled(&points, first, last))}
                {chart(&votes(&points, first, last))}
                {chart(&pace(&points, first, last))}
            </div>
        </section>
    })
}

fn settled(points: &[ProgressPoint], first: ProgressPoint, last: ProgressPoint) -> Chart {
    let series = |name: &str, tone, value: fn(&ProgressPoint) -> i64| Series {
        name: name.to_owned(),
        tone,
        values: points.iter().map(value).collect(),
    };
    Chart {
        title: "Images settled".to_owned(),
        label: format!(
            "Images settled until {}: {} positive, {} negative, {} escalated.",
            moment(last.at),
            count(last.positive),
            count(last.negative),
            count(last.escalated)
        ),
        shape: Shape::Areas,
        at: points.iter().map(|point| point.at).collect(),
        written: written(first, last),
        series: vec![
            series("Positive", "tone-positive", |point| point.positive),
            series("Negative", "tone-negative", |point| point.negative),
            series("Escalated", "tone-escalated", |point| point.escalated),
        ],
    }
}

fn votes(points: &[ProgressPoint], first: ProgressPoint, last: ProgressPoint) -> Chart {
    Chart {
        title: "Votes in all".to_owned(),
        label: format!("{} until {}.", counted(last.votes, "vote", "votes"), moment(last.at)),
        shape: Shape::Lines,
        at: points.iter().map(|point| point.at).collect(),
        written: written(first, last),
        series: vec![Series {
            name: "Votes".to_owned(),
            tone: "tone-votes",
            values: points.iter().map(|point| point.votes).collect(),
        }],
    }
}

/// Votes from each moment to the next.
fn pace(points: &[ProgressPoint], first: ProgressPoint, last: ProgressPoint) -> Chart {
    let steps = || points.iter().zip(points.iter().skip(1));
    let values: Vec<i64> = steps().map(|(before, after)| after.votes - before.votes).collect();
    let most = values.iter().copied().max().unwrap_or(0);
    Chart {
        title: "Pace".to_owned(),
        label: format!("Votes in each step of time: at most {}.", count(most)),
        shape: Shape::Bars,
        at: steps().map(|(before, _)| before.at).collect(),
        written: written(first, last),
        series: vec![Series {
            name: "Votes from then to the next step".to_owned(),
            tone: "tone-votes",
            values,
        }],
    }
}

fn written(first: ProgressPoint, last: ProgressPoint) -> fn(Locale, i64) -> String {
    if last.at - first.at < SHORT { Locale::moment } else { Locale::date }
}
