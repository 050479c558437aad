//! How counts went over time: a drawing, its legend, and the same figures as a table for those who want them exactly.
//!
//! The drawing is stretched to the room there is, so its words stand beside it as text and keep their size on a phone.

use crate::texts::{Locale, chart as say, machine_moment};
use crate::viewer::locale;
use leptos::prelude::*;

/// How the figures are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A bar for each moment, the series stacked.
    Bars,
    /// Areas from moment to moment, the series stacked.
    Areas,
    /// A line for each series.
    Lines,
}

/// One kind of figures.
pub(crate) struct Series {
    /// What is counted, for the legend and the table's head.
    pub(crate) name: String,
    /// Its colour: one of the `tone-…` classes of the style.
    pub(crate) tone: &'static str,
    /// A figure for each moment of the chart.
    pub(crate) values: Vec<i64>,
}

/// A chart over time.
pub(crate) struct Chart {
    /// Stands above it.
    pub(crate) title: String,
    /// What it shows in a sentence, for those who can't see it.
    pub(crate) label: String,
    /// How it is drawn.
    pub(crate) shape: Shape,
    /// Moments (Unix ms), ascending. A bar tells of the time from its moment to the next.
    pub(crate) at: Vec<i64>,
    /// How a moment is written: `Locale::moment`, `Locale::date` …
    pub(crate) written: fn(Locale, i64) -> String,
    /// The figures, the one that is drawn lowest first.
    pub(crate) series: Vec<Series>,
}

/// Height and width of the drawing, in units of its own.
const SIDE: f64 = 100.0;

/// The chart with its legend and its table.
pub(crate) fn chart(chart: &Chart) -> impl IntoView + use<> {
    let locale = locale();
    let top = round_up(highest(chart));
    let shapes = match chart.shape {
        Shape::Bars => bars(chart, top),
        Shape::Areas => areas(chart, top),
        Shape::Lines => lines(chart, top),
    };
    view! {
        <figure class="chart">
            <figcaption><h3>{chart.title.clone()}</h3></figcaption>
            <div class="chart-plot">
                <div class="chart-scale" aria-hidden="true">
                    <span>{locale.count(top)}</span>
                    <span>{locale.count(top / 2)}</span>
                    <span>"0"</span>
                </div>
                <svg role="img" aria-label=chart.label.clone() viewBox="0 0 100 100" preserveAspectRatio="none">
                    <path class="chart-grid" d="M0 0H100M0 50H100M0 100H100"></path>
                    {shapes}
                </svg>
                {moments(locale, chart)}
            </div>
            {legend(chart)}
            {table(locale, chart)}
        </figure>
    }
}

fn moments(locale: Locale, chart: &Chart) -> impl IntoView + use<> {
    let written = chart.written;
    let ends: Vec<i64> = chart.at.first().into_iter().chain(chart.at.last()).copied().collect();
    let ends = ends.into_iter().map(|at| view! { <span>{written(locale, at)}</span> }).collect_view();
    view! { <div class="chart-moments" aria-hidden="true">{ends}</div> }
}

fn legend(chart: &Chart) -> impl IntoView + use<> {
    // The series that is drawn highest comes first, as the eye meets them.
    let entries = chart
        .series
        .iter()
        .rev()
        .map(|series| {
            let class = format!("key {}", series.tone);
            view! {
                <li>
                    <svg class=class viewBox="0 0 8 8" aria-hidden="true"><rect class="chart-fill" width="8" height="8"></rect></svg>
                    {series.name.clone()}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="legend">{entries}</ul> }
}

fn table(locale: Locale, chart: &Chart) -> impl IntoView + use<> {
    let written = chart.written;
    let heads = chart
        .series
        .iter()
        .map(|series| view! { <th scope="col" class="number">{series.name.clone()}</th> })
        .collect_view();
    let rows = chart
        .at
        .iter()
        .enumerate()
        .map(|(place, at)| {
            let cells = chart
                .series
                .iter()
                .map(|series| {
                    let value = series.values.get(place).copied().unwrap_or(0);
                    view! { <td class="number">{locale.count(value)}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row"><time datetime=machine_moment(*at)>{written(locale, *at)}</time></th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <details>
            <summary>{say::as_table(locale)}</summary>
            <div class="scroll chart-table" tabindex="0" role="region" aria-label=say::label_of_table(locale, &chart.label)>
                <table>
                    <thead><tr><th scope="col">{say::when(locale)}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

fn bars(chart: &Chart, top: i64) -> AnyView {
    let step = SIDE / chart.at.len().max(1) as f64;
    let bars = levels(chart).into_iter().map(|(tone, levels)| {
        let path: String = levels
            .iter()
            .enumerate()
            .filter(|(_, (low, high))| high > low)
            .map(|(place, (low, high))| {
                let (left, width) = (step * place as f64, step * 0.82);
                let (from, to) = (height(*low, top), height(*high, top));
                format!("M{left:.2} {from:.2}V{to:.2}H{:.2}V{from:.2}Z", left + width)
            })
            .collect();
        view! { <path class=format!("chart-fill {tone}") d=path></path> }
    });
    bars.collect_view().into_any()
}

fn areas(chart: &Chart, top: i64) -> AnyView {
    let places = places(&chart.at);
    let areas = levels(chart).into_iter().map(|(tone, levels)| {
        let point = |(x, level): (&f64, i64)| format!("{x:.2} {:.2}", height(level, top));
        let upper = places.iter().zip(&levels).map(|(x, (_, high))| point((x, *high)));
        let lower = places.iter().zip(&levels).rev().map(|(x, (low, _))| point((x, *low)));
        let outline: Vec<String> = upper.chain(lower).collect();
        view! { <path class=format!("chart-fill {tone}") d=format!("M{}Z", outline.join("L"))></path> }
    });
    areas.collect_view().into_any()
}

fn lines(chart: &Chart, top: i64) -> AnyView {
    let places = places(&chart.at);
    let lines = chart.series.iter().map(|series| {
        let point = |(x, value): (&f64, &i64)| format!("{x:.2} {:.2}", height(*value, top));
        let points: Vec<String> = places.iter().zip(&series.values).map(point).collect();
        view! { <path class=format!("chart-line {}", series.tone) d=format!("M{}", points.join("L"))></path> }
    });
    lines.collect_view().into_any()
}

/// For each series its tone, and from where to where it reaches at each moment when they are stacked.
fn levels(chart: &Chart) -> Vec<(&'static str, Vec<(i64, i64)>)> {
    let mut floor = vec![0; chart.at.len()];
    let mut levels = Vec::with_capacity(chart.series.len());
    for series in &chart.series {
        let reach: Vec<(i64, i64)> =
            floor.iter().zip(&series.values).map(|(low, value)| (*low, low + value)).collect();
        floor = reach.iter().map(|(_, high)| *high).collect();
        levels.push((series.tone, reach));
    }
    levels
}

fn highest(chart: &Chart) -> i64 {
    let highest = match chart.shape {
        Shape::Lines => chart.series.iter().flat_map(|series| series.values.iter().copied()).max(),
        Shape::Bars | Shape::Areas => {
            levels(chart).into_iter().flat_map(|(_, reach)| reach).map(|(_, high)| high).max()
        }
    };
    highest.unwrap_or(0)
}

/// The least even number of the shape 2, 4, 6, 8, 10, 20, 40 … that is not below: so that its half is a whole number too.
fn round_up(highest: i64) -> i64 {
    let mut step = 1;
    loop {
        if let Some(top) = [2, 4, 6, 8].into_iter().map(|times| times * step).find(|top| *top >= highest) {
            return top;
        }
        step *= 10;
    }
}

/// Where the moments stand between the left and the right side.
fn places(at: &[i64]) -> Vec<f64> {
    let (first, last) = (at.first().copied().unwrap_or(0), at.last().copied().unwrap_or(0));
    let span = (last - first).max(1) as f64;
    at.iter().map(|at| SIDE * (at - first) as f64 / span).collect()
}

/// How far down a level stands: drawings count from the top.
fn height(level: i64, top: i64) -> f64 {
    SIDE - SIDE * level as f64 / top as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_days() -> Chart {
        let series = |tone: &'static str, values: &[i64]| Series {
            name: tone.to_owned(),
            tone,
            values: values.to_vec(),
        };
        Chart {
            title: "Votes".to_owned(),
            label: "Votes.".to_owned(),
            shape: Shape::Areas,
            at: vec![0, 86_400_000],
            written: Locale::date,
            series: vec![series("low", &[1, 3]), series("high", &[0, 4])],
        }
    }

    #[test]
    fn the_scale_ends_at_an_even_round_number_that_holds_everything() {
        assert_eq!([0, 1, 2, 3, 7, 9, 41, 100, 801].map(round_up), [2, 2, 2, 4, 8, 20, 60, 200, 2_000]);
    }

    #[test]
    fn stacked_series_begin_where_the_one_below_ends() {
        assert_eq!(levels(&two_days()), [("low", vec![(0, 1), (0, 3)]), ("high", vec![(1, 1), (3, 7)])]);
        assert_eq!(highest(&two_days()), 7);
        assert_eq!(highest(&Chart { shape: Shape::Lines, ..two_days() }), 4);
    }

    #[test]
    fn moments_stand_in_proportion_to_time_and_one_alone_stands_at_the_left() {
        assert_eq!(places(&[0, 25, 100]), [0.0, 25.0, 100.0]);
        assert_eq!(places(&[7]), [0.0]);
    }
}
