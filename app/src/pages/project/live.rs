//! What an open page of a project is told, written as the page writes it.

use super::address::filter_word;
use super::figures::{head_texts, row_texts};
use super::filters::live_key;
use crate::api::watching::{LiveEvent, LiveRow, Price, ProjectNow, SynsetNow};
use crate::components::badge::synset_state;
use crate::components::bar::{bar, legend_texts};
use crate::texts::Locale;
use crate::viewer::locale;

/// The project's texts, and those of some of its rows.
pub fn live_event<'a>(now: &ProjectNow, rows: impl IntoIterator<Item = &'a SynsetNow>) -> LiveEvent {
    let locale = locale();
    let head = head_texts(locale, now.totals, &now.outlook);
    let head = head.into_iter().map(|(key, _, text)| (key.to_owned(), text));
    let counts = now.counts.iter().map(|(filter, n)| (live_key(filter_word(*filter)), locale.count(*n)));
    let price = now.outlook.price.as_ref();
    LiveEvent {
        texts: head.chain(legend_texts(now.totals)).chain(counts).collect(),
        bar: bar(now.totals),
        rows: rows.into_iter().map(|row| live_row(locale, row, price)).collect(),
    }
}

fn live_row(locale: Locale, row: &SynsetNow, price: Option<&Price>) -> LiveRow {
    let (tone, words) = synset_state(row.state, row.paused);
    LiveRow {
        wnid: row.wnid.clone(),
        badge: (tone.to_owned(), words.to_owned()),
        cells: row_texts(locale, row.totals, row.difficulty, row.expected_votes, price),
        bar: bar(row.totals),
    }
}
