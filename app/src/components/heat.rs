//! A confidence table as people read it: yes votes down, no votes across; in each cell the chance that an image is good, how far
//! that may be off, and how many images stand there. A bold line runs where asking stops.
//!
//! More about a cell opens with its button, by touch and keyboard, without script.

use crate::api::projects::{Cell, LeansOn, Side, TableView};
use crate::components::method::name as method_name;
use crate::components::synset_list::in_one_line;
use crate::texts::{Locale, SLOT, confidence as say, counts, fill, fill_all};
use crate::viewer::locale;
use leptos::prelude::*;

/// A counted figure with fewer images behind it is not worth much.
const SUPPORT: f64 = 5.0;

/// The sign in the cell's corner, and the word for those who don't see it.
fn mark(locale: Locale, side: Side) -> Option<(&'static str, &'static str)> {
    match side {
        Side::Accepts => Some(("✓", say::positive(locale))),
        Side::Rejects => Some(("✕", say::negative(locale))),
        Side::Escalates | Side::Asks => None,
    }
}

/// As what a side is set off by the bold line: by votes alone, an expert's turn is no end.
const fn settled(side: Side) -> Side {
    match side {
        Side::Escalates => Side::Asks,
        other => other,
    }
}

/// The table with its legend.
pub(crate) fn heat_table(table: &TableView) -> impl IntoView + use<> {
    let (locale, shown) = (locale(), table.shown_votes);
    let rows = (0..=shown).map(|yes| heat_row(locale, table, yes)).collect_view();
    let heads = (0..=shown).map(|no| view! { <th scope="col">{no}</th> }).collect_view();
    let cards = shown_cells(table).map(|cell| card(locale, table, cell)).collect_view();
    view! {
        {legend(locale, table)}
        <div class="scroll" tabindex="0" role="region" aria-label=say::label(locale)>
            <table class="heat">
                <thead>
                    <tr><td></td><th scope="colgroup" colspan=(shown + 1).to_string()>{say::no_votes(locale)}</th></tr>
                    <tr><th scope="col">{say::yes(locale)}</th>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {cards}
        {beyond(locale, table)}
    }
}

fn shown_cells(table: &TableView) -> impl Iterator<Item = &Cell> {
    table.cells.iter().filter(|cell| cell.yes + cell.no <= table.shown_votes)
}

fn heat_row(locale: Locale, table: &TableView, yes: u32) -> impl IntoView + use<> {
    let cells = (0..=table.shown_votes)
        .map(|no| match cell_at(table, yes, no) {
            Some(cell) => heat_cell(locale, table, cell).into_any(),
            None => view! { <td class="heat-none"></td> }.into_any(),
        })
        .collect_view();
    view! { <tr><th scope="row">{yes}</th>{cells}</tr> }
}

fn cell_at(table: &TableView, yes: u32, no: u32) -> Option<&Cell> {
    shown_cells(table).find(|cell| cell.yes == yes && cell.no == no)
}

fn heat_cell(locale: Locale, table: &TableView, cell: &Cell) -> impl IntoView + use<> {
    let side = cell.side;
    let crosses = |yes: Option<u32>, no: Option<u32>| {
        yes.zip(no)
            .and_then(|(yes, no)| cell_at(table, yes, no))
            .is_some_and(|beside| settled(beside.side) != settled(side))
    };
    let above = if crosses(cell.yes.checked_sub(1), Some(cell.no)) { "edge-above" } else { "" };
    let before = if crosses(Some(cell.yes), cell.no.checked_sub(1)) { "edge-before" } else { "" };
    let mark = mark(locale, side).map(|(sign, word)| {
        view! { <span class="verdict-mark" aria-hidden="true">{sign}</span><span class="visually-hidden">{format!(" {word}")}</span> }
    });
    view! {
        <td class=format!("heat-{} {above} {before}", warmth(cell.confidence))>
            <button type="button" popovertarget=card_id(cell)>
                <span class="cell-chance"><b>{locale.chance(cell.confidence)}</b>{mark}</span>
                <span class="cell-range">{range(locale, cell)}</span>
                {(cell.images > 0).then(|| view! {
                    <span class="cell-images">{counts::images(locale, cell.images)}</span>
                    <span class="cell-count" aria-hidden="true">{locale.count(cell.images)}</span>
                })}
            </button>
        </td>
    }
}

/// The step of the colour scale, 0 to 10.
fn warmth(confidence: f64) -> u32 {
    (confidence.clamp(0.0, 1.0) * 10.0).round() as u32
}

fn range(locale: Locale, cell: &Cell) -> String {
    format!("{} – {}", locale.chance(cell.low), locale.chance(cell.high))
}

fn card_id(cell: &Cell) -> String {
    format!("cell-{}-{}", cell.yes, cell.no)
}

/// What there is to say about a cell.
fn card(locale: Locale, table: &TableView, cell: &Cell) -> impl IntoView + use<> {
    let counted_says = cell.counted.map(|figure| {
        let (chance, images) = (locale.chance(figure), counts::images(locale, cell.support.round() as i64));
        let words = if cell.support < SUPPORT {
            say::counted_of_few(locale, chance, images)
        } else {
            say::counted_of(locale, chance, images)
        };
        view! { <div><dt>{say::counted(locale)}</dt><dd>{words}</dd></div> }
    });
    view! {
        <div popover="auto" id=card_id(cell) class="cell-card">
            <h3>{counts::tally(locale, cell.yes, cell.no)}</h3>
            <p>{meaning(locale, table, cell)}</p>
            <dl>
                <div><dt>{say::chance_of_good(locale)}</dt><dd>{locale.chance(cell.confidence)}</dd></div>
                <div><dt>{say::nine_in_ten(locale)}</dt><dd>{range(locale, cell)}</dd></div>
                <div><dt>{say::images_here(locale)}</dt><dd>{locale.count(cell.images)}</dd></div>
                {counted_says}
            </dl>
            <button type="button" class="small" popovertarget=card_id(cell) popovertargetaction="hide">{say::close(locale)}</button>
        </div>
    }
}

fn meaning(locale: Locale, table: &TableView, cell: &Cell) -> String {
    match (cell.side, table.threshold) {
        (Side::Accepts, Some(threshold)) => say::settled_positive(locale, locale.chance(threshold)),
        (Side::Accepts, None) => say::voted_positive(locale).to_owned(),
        (Side::Rejects, _) if by_count(table) => say::voted_negative(locale).to_owned(),
        (Side::Rejects, _) => say::settled_negative(locale, locale.chance(table.rejection)),
        (Side::Escalates, _) if by_count(table) => say::no_majority(locale).to_owned(),
        (Side::Escalates, _) => say::escalated(locale, table.votes_cap),
        (Side::Asks, _) => say::open(locale).to_owned(),
    }
}

/// Whether a number of votes decides, and not the chance.
fn by_count(table: &TableView) -> bool {
    table.method.contains(':')
}

fn legend(locale: Locale, table: &TableView) -> impl IntoView + use<> {
    let marks = if by_count(table) {
        let words = |[yes, no]: [String; 2]| {
            say::counted_decides(locale, method_name(locale, &table.method), yes, no)
        };
        fill_all(words, [view! { <b>"✓"</b> }.into_any(), view! { <b>"✕"</b> }.into_any()])
    } else {
        let accepts = match table.threshold {
            Some(p) => say::accepts(locale, SLOT, locale.chance(p)),
            None => say::accepts_nowhere(locale, SLOT),
        };
        let votes = counts::votes(locale, table.votes_cap);
        let rejects = say::rejects(locale, SLOT, locale.chance(table.rejection), votes);
        view! { {fill(accepts, view! { <b>"✓"</b> })} " " {fill(rejects, view! { <b>"✕"</b> })} }.into_any()
    };
    view! {
        <p>{say::each_cell(locale)}</p>
        <p class="hint">{marks} " " {say::unsure(locale)}</p>
    }
}

/// Where images with more votes than the square shows stand.
fn beyond(locale: Locale, table: &TableView) -> impl IntoView + use<> {
    let cells: Vec<Cell> = table
        .cells
        .iter()
        .filter(|cell| cell.yes + cell.no > table.shown_votes && cell.images > 0)
        .copied()
        .collect();
    let images: i64 = cells.iter().map(|cell| cell.images).sum();
    (images > 0).then(|| {
        let rows = cells
            .iter()
            .map(|cell| {
                let side =
                    mark(locale, cell.side).map_or_else(String::new, |(sign, word)| format!("{sign} {word}"));
                view! {
                    <tr>
                        <th scope="row">{counts::tally(locale, cell.yes, cell.no)}</th>
                        <td class="number">{locale.chance(cell.confidence)}</td>
                        <td class="number">{range(locale, cell)}</td>
                        <td class="number">{locale.count(cell.images)}</td>
                        <td>{side}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <details>
                <summary>{say::more_votes(locale, images, table.shown_votes)}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=say::more_votes_label(locale)>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{say::votes(locale)}</th>
                                <th scope="col" class="number">{say::chance(locale)}</th>
                                <th scope="col" class="number">{say::range(locale)}</th>
                                <th scope="col" class="number">{say::images(locale)}</th>
                                <th scope="col">{say::verdict(locale)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        }
    })
}

/// What the table's model says, in sentences.
pub(crate) fn model_in_words(table: &TableView) -> impl IntoView + use<> {
    let locale = locale();
    let (good, bad) = (locale.percent(table.good_yes_rate), locale.percent(table.bad_yes_rate));
    let (prevalence, accepted) =
        (locale.percent(table.prevalence), locale.percent(table.expected_acceptance));
    let images = counts::images(locale, table.images);
    view! {
        <ul class="prose">
            <li>{say::yes_rates(locale, good, bad)}</li>
            <li>{say::prevalence(locale, prevalence, accepted)}</li>
            <li>{acceptance_in_words(locale, table)}</li>
            <li>{say::learned(locale, images, table.anchored)}</li>
            {table.leans_on.as_ref().map(|on| view! { <li>{leans_on(locale, on)}</li> })}
        </ul>
    }
}

fn acceptance_in_words(locale: Locale, table: &TableView) -> String {
    let votes = locale.decimal(table.expected_votes, 1);
    match table.stated_precision {
        Some(precision) => say::precision(locale, locale.percent(precision), votes),
        None => say::no_precision(locale, votes),
    }
}

fn leans_on(locale: Locale, on: &LeansOn) -> AnyView {
    let (synsets, images) = (counts::synsets(locale, on.synsets), counts::images(locale, on.images));
    match &on.ancestor {
        None => say::leans_on_all(locale, synsets, images).into_any(),
        Some((wnid, words)) => {
            let link = view! { <a href=format!("/synset/{wnid}")>{in_one_line(words)}</a> };
            fill(say::leans_on(locale, SLOT, synsets, images), link).into_any()
        }
    }
}
