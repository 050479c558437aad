//! What the settings cost on this project: as it is, and as it is typed.

use super::fields::round;
use crate::api::tuning::{Expected, SettingsPage};
use crate::components::format::{count, counted, percent};
use leptos::prelude::*;

/// The table that compares.
pub(super) fn comparison(shown: &SettingsPage) -> impl IntoView + use<> {
    let price = shown.price.clone();
    let cost = |expected: &Expected| {
        price.as_ref().map(|(per_vote, currency)| format!("{:.2}\u{a0}{currency}", per_vote * expected.votes))
    };
    let mut rows: Vec<(&'static str, Shown)> = vec![
        ("Votes still to come", |expected| count(round(expected.votes))),
        ("of these on initial samples", |expected| count(round(expected.sample_votes))),
        ("Positive in the end", |expected| count(round(expected.accepted))),
        ("Stated precision", |expected| expected.precision.map_or_else(|| "–".to_owned(), percent)),
        ("For an expert", |expected| count(round(expected.escalated))),
        ("Synsets on hold", |expected| count(expected.on_hold)),
    ];
    if shown.synset.is_some() {
        rows.pop();
    }
    let then = shown.then;
    let priced = cost(&shown.now).map(|now| {
        let typed = then.map(|then| view! { <td class="number">{cost(&then)}</td> });
        view! { <tr><th scope="row">"Their price"</th><td class="number">{now}</td>{typed}</tr> }
    });
    let rows = rows
        .into_iter()
        .map(|(name, show)| {
            let typed = then.map(|then| view! { <td class="number"><b>{show(&then)}</b></td> });
            view! { <tr><th scope="row">{name}</th><td class="number">{show(&shown.now)}</td>{typed}</tr> }
        })
        .collect_view();
    view! {
        <section class="panel" id="settings-costs" data-live="" aria-labelledby="settings-headline">
            <h2 id="settings-headline">{headline(shown)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="What the settings cost">
                <table class="compact">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col" class="number">"As it is"</th>
                            {then.map(|_| view! { <th scope="col" class="number">"As typed"</th> })}
                        </tr>
                    </thead>
                    <tbody>{priced}{rows}</tbody>
                </table>
            </div>
            <p class="hint">{grounds(shown)}</p>
        </section>
    }
}

type Shown = fn(&Expected) -> String;

fn headline(shown: &SettingsPage) -> String {
    let Some(then) = shown.then else {
        return if shown.wrong.is_empty() {
            "What it costs as it is".to_owned()
        } else {
            "Mend what is wrong first".to_owned()
        };
    };
    match round(then.votes) - round(shown.now.votes) {
        0 => "It would cost as many votes".to_owned(),
        more if more > 0 => format!("It would cost {} more", counted(more, "vote", "votes")),
        fewer => format!("It would cost {} less", counted(-fewer, "vote", "votes")),
    }
}

fn grounds(shown: &SettingsPage) -> String {
    let ground = shown.ground;
    let without = ground.synsets - ground.calibrated;
    let start = "Every open image is followed through its synset’s confidence table.";
    match (ground.candidates, without) {
        (0, _) => "There are no images yet, so nothing is to be voted on.".to_owned(),
        (_, 0) => start.to_owned(),
        _ => format!(
            "{start} {} no table yet: for {} the guess is a usual synset, with 12\u{a0}% good images.",
            if without == 1 {
                "1\u{a0}synset has".to_owned()
            } else {
                format!("{}\u{a0}synsets have", count(without))
            },
            if without == 1 { "it" } else { "them" },
        ),
    }
}
