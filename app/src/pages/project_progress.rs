//! How a synset came to where it stands: what was settled, and the votes that it took.

use crate::api::projects::{ProgressPoint, SynsetDetail};
use crate::components::chart::{Chart, Series, Shape, chart};
use crate::texts::{Locale, counts, figures, project_progress as say, verdicts};
use leptos::prelude::*;

/// Beyond two days the time of day is no help.
const SHORT: i64 = 2 * 24 * 3_600_000;

/// Both charts; nothing before the first vote.
pub(super) fn progress(locale: Locale, detail: &SynsetDetail) -> impl IntoView + use<> {
    let points = detail.progress.clone();
    let (first, last) = (points.first().copied()?, points.last().copied()?);
    Some(view! {
        <section>
            <h2>{say::title(locale)}</h2>
            <p class="hint">{say::hint(locale)}</p>
            <div class="columns">
                {chart(&settled(locale, &points, first, last))}
                {chart(&votes(locale, &points, first, last))}
                {chart(&pace(locale, &points, first, last))}
            </div>
        </section>
    })
}

fn settled(locale: Locale, points: &[ProgressPoint], first: ProgressPoint, last: ProgressPoint) -> Chart {
    let series = |name: &str, tone, value: fn(&ProgressPoint) -> i64| Series {
        name: name.to_owned(),
        tone,
        values: points.iter().map(value).collect(),
    };
    Chart {
        title: say::settled(locale).to_owned(),
        label: say::settled_until(
            locale,
            locale.moment(last.at),
            last.positive,
            last.negative,
            last.escalated,
        ),
        shape: Shape::Areas,
        at: points.iter().map(|point| point.at).collect(),
        written: written(first, last),
        series: vec![
            series(verdicts::positive(locale), "tone-positive", |point| point.positive),
            series(verdicts::negative(locale), "tone-negative", |point| point.negative),
            series(verdicts::escalated(locale), "tone-escalated", |point| point.escalated),
        ],
    }
}

fn votes(locale: Locale, points: &[ProgressPoint], first: ProgressPoint, last: ProgressPoint) -> Chart {
    Chart {
        title: say::votes_in_all(locale).to_owned(),
        label: say::votes_until(locale, counts::votes(locale, last.votes), locale.moment(last.at)),
        shape: Shape::Lines,
        at: points.iter().map(|point| point.at).collect(),
        written: written(first, last),
        series: vec![Series {
            name: figures::votes(locale).to_owned(),
            tone: "tone-votes",
            values: points.iter().map(|point| point.votes).collect(),
        }],
    }
}

/// Votes from each moment to the next.
fn pace(locale: Locale, points: &[ProgressPoint], first: ProgressPoint, last: ProgressPoint) -> Chart {
    let steps = || points.iter().zip(points.iter().skip(1));
    let values: Vec<i64> = steps().map(|(before, after)| after.votes - before.votes).collect();
    let most = values.iter().copied().max().unwrap_or(0);
    Chart {
        title: say::pace(locale).to_owned(),
        label: say::pace_words(locale, most),
        shape: Shape::Bars,
        at: steps().map(|(before, _)| before.at).collect(),
        written: written(first, last),
        series: vec![Series { name: say::votes_in_step(locale).to_owned(), tone: "tone-votes", values }],
    }
}

fn written(first: ProgressPoint, last: ProgressPoint) -> fn(Locale, i64) -> String {
    if last.at - first.at < SHORT { Locale::moment } else { Locale::date }
}
