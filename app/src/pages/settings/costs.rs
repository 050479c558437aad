//! What the settings cost on this project: as it is, and as it is typed.

use super::fields::round;
use crate::api::tuning::{Expected, SettingsPage};
use crate::components::side_by_side::{Line, share, side_by_side, whole};
use crate::texts::{Locale, Words, counts, settings as say, units};
use leptos::prelude::*;

/// What a usual synset has of good images, as it is guessed where no table is known.
const USUAL: f64 = 0.12;

type Figure = fn(Locale, &Expected) -> String;

/// The table that compares.
pub(super) fn comparison(locale: Locale, shown: &SettingsPage) -> impl IntoView + use<> {
    let price = shown.price.clone();
    let cost = |expected: &Expected| {
        price.as_ref().map(|(per_vote, currency)| {
            units::money(locale, locale.decimal(per_vote * expected.votes, 2), currency)
        })
    };
    let mut figures: Vec<(Words, Figure)> = vec![
        (say::votes_to_come, |locale, expected| whole(locale, expected.votes)),
        (say::of_these_initial, |locale, expected| whole(locale, expected.sample_votes)),
        (say::positive_in_the_end, |locale, expected| whole(locale, expected.accepted)),
        (say::stated_precision, |locale, expected| share(locale, expected.precision)),
        (say::for_an_expert, |locale, expected| whole(locale, expected.escalated)),
        (say::on_hold, |locale, expected| locale.count(expected.on_hold)),
    ];
    if shown.synset.is_some() {
        figures.pop();
    }
    let (now, then) = (shown.now, shown.then);
    let priced = cost(&now).map(|price| Line {
        name: say::their_price(locale),
        now: price,
        then: then.as_ref().and_then(cost),
    });
    let line = |(name, show): (Words, Figure)| Line {
        name: name(locale),
        now: show(locale, &now),
        then: then.map(|then| show(locale, &then)),
    };
    let lines = priced.into_iter().chain(figures.into_iter().map(line)).collect();
    let typed = then.map(|_| say::as_typed(locale).to_owned());
    view! {
        <section class="panel" id="settings-costs" data-live="" aria-labelledby="settings-headline">
            <h2 id="settings-headline">{headline(locale, shown)}</h2>
            {side_by_side(say::costs_label(locale), say::as_it_is(locale), typed, lines)}
            <p class="hint">{grounds(locale, shown)}</p>
        </section>
    }
}

fn headline(locale: Locale, shown: &SettingsPage) -> String {
    let Some(then) = shown.then else {
        let words = if shown.wrong.is_empty() { say::costs_now(locale) } else { say::mend_first(locale) };
        return words.to_owned();
    };
    match round(then.votes) - round(shown.now.votes) {
        0 => say::as_many(locale).to_owned(),
        more if more > 0 => say::more(locale, counts::votes(locale, more)),
        fewer => say::less(locale, counts::votes(locale, -fewer)),
    }
}

fn grounds(locale: Locale, shown: &SettingsPage) -> String {
    let ground = shown.ground;
    let followed = say::followed(locale);
    match (ground.candidates, ground.synsets - ground.calibrated) {
        (0, _) => say::no_images(locale).to_owned(),
        (_, 0) => followed.to_owned(),
        (_, without) => {
            format!("{followed} {}", say::without_table(locale, without, locale.percent(USUAL)))
        }
    }
}
