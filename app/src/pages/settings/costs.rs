//! What the settings cost on this project: as it is, and as it is typed.

use super::fields::round;
use crate::api::tuning::{Expected, SettingsPage};
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
    let mut rows: Vec<(Words, Figure)> = vec![
        (say::votes_to_come, |locale, expected| locale.count(round(expected.votes))),
        (say::of_these_initial, |locale, expected| locale.count(round(expected.sample_votes))),
        (say::positive_in_the_end, |locale, expected| locale.count(round(expected.accepted))),
        (say::stated_precision, |locale, expected| {
            expected.precision.map_or_else(|| "–".to_owned(), |share| locale.percent(share))
        }),
        (say::for_an_expert, |locale, expected| locale.count(round(expected.escalated))),
        (say::on_hold, |locale, expected| locale.count(expected.on_hold)),
    ];
    if shown.synset.is_some() {
        rows.pop();
    }
    let then = shown.then;
    let priced = cost(&shown.now).map(|now| {
        let typed = then.map(|then| view! { <td class="number">{cost(&then)}</td> });
        view! { <tr><th scope="row">{say::their_price(locale)}</th><td class="number">{now}</td>{typed}</tr> }
    });
    let rows = rows
        .into_iter()
        .map(|(name, show)| {
            let typed = then.map(|then| view! { <td class="number"><b>{show(locale, &then)}</b></td> });
            view! { <tr><th scope="row">{name(locale)}</th><td class="number">{show(locale, &shown.now)}</td>{typed}</tr> }
        })
        .collect_view();
    view! {
        <section class="panel" id="settings-costs" data-live="" aria-labelledby="settings-headline">
            <h2 id="settings-headline">{headline(locale, shown)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::costs_label(locale)>
                <table class="compact">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col" class="number">{say::as_it_is(locale)}</th>
                            {then.map(|_| view! { <th scope="col" class="number">{say::as_typed(locale)}</th> })}
                        </tr>
                    </thead>
                    <tbody>{priced}{rows}</tbody>
                </table>
            </div>
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
