//! A share with what it can tell: in figures, and as a bar whose width is the doubt.

use super::format::{count, percent};
use crate::api::workers::Rate;
use leptos::prelude::*;

/// `92 %`, `12 of 13`, and the interval as a bar; a dash where there is nothing.
pub(crate) fn rate(rate: Rate) -> impl IntoView {
    let Some((share, (low, high))) = rate.share().zip(rate.interval) else {
        return view! { <span class="rate"><span class="quiet">"–"</span></span> }.into_any();
    };
    let between = format!("95 % interval: {} to {}", percent(low), percent(high));
    let title = between.clone();
    view! {
        <span class="rate" title=title>
            <span><b>{percent(share)}</b>" "<span class="quiet small">{counts(rate)}</span></span>
            <svg class="interval" role="img" aria-label=between viewBox="0 0 100 8" preserveAspectRatio="none">
                <rect class="interval-all" y="3" width="100" height="2"></rect>
                <rect class="interval-doubt" x=place(low) y="1" width=place((high - low).max(0.01)) height="6" rx="1"></rect>
                <rect class="interval-share" x=place((share - 0.01).clamp(0.0, 0.98)) width="2" height="8"></rect>
            </svg>
        </span>
    }
    .into_any()
}

/// `12 of 13`.
pub(crate) fn counts(rate: Rate) -> String {
    format!("{} of {}", count(rate.hits), count(rate.of))
}

/// The interval in words: `64–99 %`; a dash where there is none.
pub(crate) fn between(rate: Rate) -> String {
    rate.interval.map_or_else(
        || "–".to_owned(),
        |(low, high)| format!("{:.0}–{:.0}\u{a0}%", low * 100.0, high * 100.0),
    )
}

fn place(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}
