//! The figures at the head of a project's page and in the rows of its table, as texts: an open page gets the same ones.

use crate::api::projects::Totals;
use crate::api::watching::{Outlook, Price};
use crate::texts::{Locale, figures as names, project as say, units};
use leptos::prelude::*;

const NONE: &str = "–";

/// The figures at the head; those that have a name there are kept up to date.
pub(super) fn project_figures(
    locale: Locale,
    totals: Totals,
    outlook: &Outlook,
    target: f64,
) -> impl IntoView + use<> {
    let mut texts = head_texts(locale, totals, outlook);
    texts.push(("", say::target_precision(locale), locale.percent(target)));
    let entries = texts
        .into_iter()
        .map(|(key, name, text)| view! { <div><dt>{name}</dt><dd data-figure=(!key.is_empty()).then_some(key)>{text}</dd></div> })
        .collect_view();
    view! { <dl class="figures">{entries}</dl> }
}

/// Key, name and text of each figure at the head.
pub(super) fn head_texts(
    locale: Locale,
    totals: Totals,
    outlook: &Outlook,
) -> Vec<(&'static str, &'static str, String)> {
    let mut texts = vec![
        ("synsets", names::synsets(locale), locale.count(totals.synsets)),
        ("images", names::images(locale), locale.count(totals.candidates)),
        ("duplicates", names::near_duplicates(locale), locale.count(totals.duplicates)),
        ("votes", names::votes(locale), locale.count(totals.votes)),
        ("votes-per-image", names::votes_an_image(locale), locale.ratio(totals.votes_per_image())),
        ("votes-left", names::votes_left(locale), votes_left(locale, Some(outlook.expected_votes))),
    ];
    if outlook.price.is_some() {
        let left = cost(locale, Some(outlook.expected_votes), outlook.price.as_ref());
        texts.push(("cost-left", names::cost_left(locale), left));
    }
    texts.push(("days-left", say::time_left(locale), days(locale, outlook)));
    texts
}

/// The texts of a row's cells, in the order of the columns.
pub(super) fn row_texts(
    locale: Locale,
    totals: Totals,
    difficulty: Option<i64>,
    expected_votes: Option<f64>,
    price: Option<&Price>,
) -> Vec<String> {
    let mut texts: Vec<String> =
        [totals.candidates, totals.positive, totals.negative, totals.escalated, totals.open(), totals.votes]
            .map(|n| locale.count(n))
            .to_vec();
    texts.push(locale.ratio(totals.votes_per_image()));
    texts.push(difficulty.map_or_else(|| NONE.to_owned(), |n| locale.count(n)));
    texts.push(votes_left(locale, expected_votes));
    if price.is_some() {
        texts.push(cost(locale, expected_votes, price));
    }
    texts
}

/// Votes that are expected, in whole votes.
pub(in crate::pages) fn votes_left(locale: Locale, expected: Option<f64>) -> String {
    expected.map_or_else(|| NONE.to_owned(), |votes| locale.count(votes.round() as i64))
}

/// What votes are expected to cost: `1,234.50 EUR`, from a thousand on without decimals.
pub(in crate::pages) fn cost(locale: Locale, expected_votes: Option<f64>, price: Option<&Price>) -> String {
    let Some((votes, price)) = expected_votes.zip(price) else { return NONE.to_owned() };
    let amount = votes * price.per_vote;
    let shown = locale.decimal(amount, if amount < 1_000.0 { 2 } else { 0 });
    units::money(locale, shown, &price.currency).trim().to_owned()
}

fn days(locale: Locale, outlook: &Outlook) -> String {
    match outlook.days() {
        _ if outlook.expected_votes < 0.5 => say::time_left_nothing(locale).to_owned(),
        None => say::time_left_unknown(locale).to_owned(),
        Some(days) if days < 1.0 / 24.0 => say::time_left_short(locale).to_owned(),
        Some(days) if days < 2.0 => units::hours(locale, (days * 24.0).ceil() as i64),
        Some(days) if days < 3_650.0 => units::days(locale, days.ceil() as i64),
        Some(_) => say::time_left_long(locale).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Locale::En;
    use super::*;

    #[test]
    fn costs_lose_their_decimals_when_they_grow_and_need_a_price() {
        let price = Price { per_vote: 0.015, currency: "EUR".to_owned() };
        assert_eq!(cost(En, Some(100.0), Some(&price)), "1.50\u{a0}EUR");
        assert_eq!(cost(En, Some(1_000_000.0), Some(&price)), "15,000\u{a0}EUR");
        assert_eq!(cost(En, Some(100.0), None), "–");
        assert_eq!(cost(En, None, Some(&price)), "–");
    }

    #[test]
    fn the_time_left_is_said_in_a_unit_that_suits_it() {
        let outlook =
            |expected_votes, votes_last_day| Outlook { expected_votes, votes_last_day, price: None };
        assert_eq!(days(En, &outlook(0.2, 0)), "nothing");
        assert_eq!(days(En, &outlook(50.0, 0)), "no votes today");
        assert_eq!(days(En, &outlook(50.0, 10_000)), "under an hour");
        assert_eq!(days(En, &outlook(100.0, 100)), "24\u{a0}h");
        assert_eq!(days(En, &outlook(123_456.0, 100)), "1,235\u{a0}days");
    }
}
