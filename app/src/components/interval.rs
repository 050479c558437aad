//! A share with what it can tell: in figures, and as a bar whose width is the doubt.

use crate::api::workers::Rate;
use crate::texts::{counts as say, units};
use crate::viewer::locale;
use leptos::prelude::*;

/// `92 %`, `12 of 13`, and the interval as a bar; a dash where there is nothing.
pub(crate) fn rate(rate: Rate) -> impl IntoView {
    let locale = locale();
    let Some((share, (low, high))) = rate.share().zip(rate.interval) else {
        return view! { <span class="rate"><span class="quiet">"–"</span></span> }.into_any();
    };
    let between = units::interval(locale, locale.percent(low), locale.percent(high));
    let title = between.clone();
    view! {
        <span class="rate" title=title>
            <span><b>{locale.percent(share)}</b>" "<span class="quiet small">{counts(rate)}</span></span>
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
    say::hits(locale(), rate.hits, rate.of)
}

/// The interval in words: `64–99 %`; a dash where there is none.
pub(crate) fn between(rate: Rate) -> String {
    let locale = locale();
    let percent = |share| locale.decimal(share * 100.0, 0);
    rate.interval.map_or_else(
        || "–".to_owned(),
        |(low, high)| units::percent(locale, format!("{}–{}", percent(low), percent(high))),
    )
}

fn place(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}
