//! The figures at the head of a project's page and in the rows of its table, as texts: an open page gets the same ones.

use crate::api::projects::Totals;
use crate::api::watching::{Outlook, Price};
use crate::components::format::{count, percent, ratio};
use leptos::prelude::*;

const NONE: &str = "–";

/// The figures at the head; those that have a name there are kept up to date.
pub(super) fn project_figures(totals: Totals, outlook: &Outlook, target: f64) -> impl IntoView + use<> {
    let mut texts = head_texts(totals, outlook);
    texts.push(("", "Target precision", percent(target)));
    let entries = texts
        .into_iter()
        .map(|(key, name, text)| view! { <div><dt>{name}</dt><dd data-figure=(!key.is_empty()).then_some(key)>{text}</dd></div> })
        .collect_view();
    view! { <dl class="figures">{entries}</dl> }
}

/// Key, name and text of each figure at the head.
pub(super) fn head_texts(totals: Totals, outlook: &Outlook) -> Vec<(&'static str, &'static str, String)> {
    let mut texts = vec![
        ("synsets", "Synsets", count(totals.synsets)),
        ("images", "Images", count(totals.candidates)),
        ("duplicates", "Near duplicates", count(totals.duplicates)),
        ("votes", "Votes", count(totals.votes)),
        ("votes-per-image", "Votes an image", ratio(totals.votes_per_image())),
        ("votes-left", "Votes left", votes_left(Some(outlook.expected_votes))),
    ];
    if outlook.price.is_some() {
        texts.push(("cost-left", "Cost left", cost(Some(outlook.expected_votes), outlook.price.as_ref())));
    }
    texts.push(("days-left", "Left at this pace", days(outlook)));
    texts
}

/// The texts of a row's cells, in the order of the columns.
pub(super) fn row_texts(
    totals: Totals,
    difficulty: Option<i64>,
    expected_votes: Option<f64>,
    price: Option<&Price>,
) -> Vec<String> {
    let mut texts: Vec<String> =
        [totals.candidates, totals.positive, totals.negative, totals.escalated, totals.open(), totals.votes]
            .map(count)
            .to_vec();
    texts.push(ratio(totals.votes_per_image()));
    texts.push(difficulty.map_or_else(|| NONE.to_owned(), count));
    texts.push(votes_left(expected_votes));
    if price.is_some() {
        texts.push(cost(expected_votes, price));
    }
    texts
}

/// Votes that are expected, in whole votes.
pub(in crate::pages) fn votes_left(expected: Option<f64>) -> String {
    expected.map_or_else(|| NONE.to_owned(), |votes| count(votes.round() as i64))
}

/// What votes are expected to cost: `1,234.50 EUR`, from a thousand on without decimals.
pub(in crate::pages) fn cost(expected_votes: Option<f64>, price: Option<&Price>) -> String {
    let Some((votes, price)) = expected_votes.zip(price) else { return NONE.to_owned() };
    let amount = votes * price.per_vote;
    let whole = count(amount.round() as i64);
    let shown = if amount < 1_000.0 { format!("{amount:.2}") } else { whole };
    format!("{shown}\u{a0}{}", price.currency).trim_end().to_owned()
}

fn days(outlook: &Outlook) -> String {
    match outlook.days() {
        _ if outlook.expected_votes < 0.5 => "nothing".to_owned(),
        None => "no votes today".to_owned(),
        Some(days) if days < 1.0 / 24.0 => "under an hour".to_owned(),
        Some(days) if days < 2.0 => format!("{:.0}\u{a0}h", (days * 24.0).ceil()),
        Some(days) if days < 3_650.0 => format!("{}\u{a0}days", count(days.ceil() as i64)),
        Some(_) => "over 10 years".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_lose_their_decimals_when_they_grow_and_need_a_price() {
        let price = Price { per_vote: 0.015, currency: "EUR".to_owned() };
        assert_eq!(cost(Some(100.0), Some(&price)), "1.50\u{a0}EUR");
        assert_eq!(cost(Some(1_000_000.0), Some(&price)), "15,000\u{a0}EUR");
        assert_eq!(cost(Some(100.0), None), "–");
        assert_eq!(cost(None, Some(&price)), "–");
    }

    #[test]
    fn the_time_left_is_said_in_a_unit_that_suits_it() {
        let outlook =
            |expected_votes, votes_last_day| Outlook { expected_votes, votes_last_day, price: None };
        assert_eq!(days(&outlook(0.2, 0)), "nothing");
        assert_eq!(days(&outlook(50.0, 0)), "no votes today");
        assert_eq!(days(&outlook(50.0, 10_000)), "under an hour");
        assert_eq!(days(&outlook(100.0, 100)), "24\u{a0}h");
        assert_eq!(days(&outlook(123_456.0, 100)), "1,235\u{a0}days");
    }
}
