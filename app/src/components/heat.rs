//! A confidence table as people read it: yes votes down, no votes across; in each cell the chance that an image is good, how far
//! that may be off, and how many images stand there. A bold line runs where asking stops.
//!
//! More about a cell opens with its button, by touch and keyboard, without script.

use super::format::{chance, count, counted, percent};
use crate::api::projects::{Cell, TableView};
use leptos::prelude::*;

/// A counted figure with fewer images behind it is not worth much.
const SUPPORT: f64 = 5.0;

/// What becomes of an image that stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Accepts,
    Rejects,
    Asks,
}

impl Side {
    fn of(table: &TableView, cell: &Cell) -> Self {
        if cell.yes + cell.no == 0 {
            Self::Asks
        } else if table.threshold.is_some_and(|threshold| cell.confidence >= threshold) {
            Self::Accepts
        } else if cell.confidence <= table.rejection {
            Self::Rejects
        } else {
            Self::Asks
        }
    }

    /// The sign in the cell's corner, and the word for those who don't see it.
    fn mark(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Accepts => Some(("✓", "positive")),
            Self::Rejects => Some(("✕", "negative")),
            Self::Asks => None,
        }
    }
}

/// The table with its legend.
pub(crate) fn heat_table(table: &TableView) -> impl IntoView + use<> {
    let shown = table.shown_votes;
    let rows = (0..=shown).map(|yes| heat_row(table, yes)).collect_view();
    let heads = (0..=shown).map(|no| view! { <th scope="col">{no}</th> }).collect_view();
    let cards = shown_cells(table).map(|cell| card(table, cell)).collect_view();
    view! {
        {legend(table)}
        <div class="scroll" tabindex="0" role="region" aria-label="Confidence table">
            <table class="heat">
                <thead>
                    <tr><td></td><th scope="colgroup" colspan=(shown + 1).to_string()>"“No” votes"</th></tr>
                    <tr><th scope="col">"“Yes”"</th>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {cards}
        {beyond(table)}
    }
}

fn shown_cells(table: &TableView) -> impl Iterator<Item = &Cell> {
    table.cells.iter().filter(|cell| cell.yes + cell.no <= table.shown_votes)
}

fn heat_row(table: &TableView, yes: u32) -> impl IntoView + use<> {
    let cells = (0..=table.shown_votes)
        .map(|no| match cell_at(table, yes, no) {
            Some(cell) => heat_cell(table, cell).into_any(),
            None => view! { <td class="heat-none"></td> }.into_any(),
        })
        .collect_view();
    view! { <tr><th scope="row">{yes}</th>{cells}</tr> }
}

fn cell_at(table: &TableView, yes: u32, no: u32) -> Option<&Cell> {
    shown_cells(table).find(|cell| cell.yes == yes && cell.no == no)
}

fn heat_cell(table: &TableView, cell: &Cell) -> impl IntoView + use<> {
    let side = Side::of(table, cell);
    let crosses = |yes: Option<u32>, no: Option<u32>| {
        yes.zip(no)
            .and_then(|(yes, no)| cell_at(table, yes, no))
            .is_some_and(|beside| Side::of(table, beside) != side)
    };
    let above = if crosses(cell.yes.checked_sub(1), Some(cell.no)) { "edge-above" } else { "" };
    let before = if crosses(Some(cell.yes), cell.no.checked_sub(1)) { "edge-before" } else { "" };
    let mark = side.mark().map(|(sign, word)| {
        view! { <span class="verdict-mark" aria-hidden="true">{sign}</span><span class="visually-hidden">{format!(" {word}")}</span> }
    });
    view! {
        <td class=format!("heat-{} {above} {before}", warmth(cell.confidence))>
            <button type="button" popovertarget=card_id(cell)>
                <span class="cell-chance"><b>{chance(cell.confidence)}</b>{mark}</span>
                <span class="cell-range">{range(cell)}</span>
                {(cell.images > 0).then(|| view! { <span class="cell-images">{counted(cell.images, "image", "images")}</span> })}
            </button>
        </td>
    }
}

/// The step of the colour scale, 0 to 10.
fn warmth(confidence: f64) -> u32 {
    (confidence.clamp(0.0, 1.0) * 10.0).round() as u32
}

fn range(cell: &Cell) -> String {
    format!("{} – {}", chance(cell.low), chance(cell.high))
}

fn card_id(cell: &Cell) -> String {
    format!("cell-{}-{}", cell.yes, cell.no)
}

/// What there is to say about a cell.
fn card(table: &TableView, cell: &Cell) -> impl IntoView + use<> {
    let votes = format!("{} yes, {} no", cell.yes, cell.no);
    let counted_says = cell.counted.map(|figure| {
        let weak = if cell.support < SUPPORT { " – too few to rely on" } else { "" };
        let images = counted(cell.support.round() as i64, "image", "images");
        view! { <div><dt>"Counted in the sample"</dt><dd>{format!("{} of {images}{weak}", chance(figure))}</dd></div> }
    });
    view! {
        <div popover="auto" id=card_id(cell) class="cell-card">
            <h3>{votes}</h3>
            <p>{meaning(table, cell)}</p>
            <dl>
                <div><dt>"Chance that it is good"</dt><dd>{chance(cell.confidence)}</dd></div>
                <div><dt>"Nine times in ten between"</dt><dd>{range(cell)}</dd></div>
                <div><dt>"Images here now"</dt><dd>{count(cell.images)}</dd></div>
                {counted_says}
            </dl>
            <button type="button" class="small" popovertarget=card_id(cell) popovertargetaction="hide">"Close"</button>
        </div>
    }
}

fn meaning(table: &TableView, cell: &Cell) -> String {
    match (Side::of(table, cell), table.threshold) {
        (Side::Accepts, Some(threshold)) => {
            format!("Settled as positive: the chance has reached {}.", chance(threshold))
        }
        (Side::Rejects, _) => {
            format!("Settled as negative: the chance has fallen to {} or below.", chance(table.rejection))
        }
        _ if cell.yes + cell.no >= table.votes_cap => {
            format!("Escalated: {} votes were not enough, an expert looks.", table.votes_cap)
        }
        _ => "Open: another worker is asked.".to_owned(),
    }
}

fn legend(table: &TableView) -> impl IntoView + use<> {
    let accepted = match table.threshold {
        Some(p) => format!(" positive, from {} on; ", chance(p)),
        None => " positive: nowhere, because no level would be right often enough; ".to_owned(),
    };
    view! {
        <p>
            "Each cell is for images with so many yes and no votes: the chance that such an image is good, and below it the "
            "range that holds the true chance nine times in ten, since the table was learned from a sample."
        </p>
        <p class="hint">
            "At the bold line asking stops. "<b>"✓"</b>{accepted}
            <b>"✕"</b>{format!(" negative, at {} or below. Between them more votes are asked for, and after {} an expert looks. ",
                chance(table.rejection), counted(i64::from(table.votes_cap), "vote", "votes"))}
            "An unsure vote counts as half a yes and half a no; an image with a half vote stands in the cell of its whole ones."
        </p>
    }
}

/// Where images with more votes than the square shows stand.
fn beyond(table: &TableView) -> impl IntoView + use<> {
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
                let side = Side::of(table, cell)
                    .mark()
                    .map_or_else(String::new, |(sign, word)| format!("{sign} {word}"));
                view! {
                    <tr>
                        <th scope="row">{format!("{} yes, {} no", cell.yes, cell.no)}</th>
                        <td class="number">{chance(cell.confidence)}</td>
                        <td class="number">{range(cell)}</td>
                        <td class="number">{count(cell.images)}</td>
                        <td>{side}</td>
                    </tr>
                }
            })
            .collect_view();
        let more = counted(images, "image has", "images have");
        view! {
            <details>
                <summary>{format!("{more} more than {} votes", table.shown_votes)}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label="Images with more votes">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">"Votes"</th>
                                <th scope="col" class="number">"Chance"</th>
                                <th scope="col" class="number">"Range"</th>
                                <th scope="col" class="number">"Images"</th>
                                <th scope="col">"Verdict"</th>
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
    let anchored = match table.anchored {
        0 => "none of them labeled by an expert".to_owned(),
        n => format!("{} of them labeled by an expert", count(n)),
    };
    view! {
        <ul class="prose">
            <li>
                {format!(
                    "Good images get a yes from {} of workers, bad ones from {}.",
                    percent(table.good_yes_rate),
                    percent(table.bad_yes_rate),
                )}
            </li>
            <li>{format!("About {} of the candidates are good; {} will be accepted.", percent(table.prevalence), percent(table.expected_acceptance))}</li>
            <li>{acceptance_in_words(table)}</li>
            <li>{format!("Learned from {} of the initial sample, {anchored}.", counted(table.images, "image", "images"))}</li>
        </ul>
    }
}

fn acceptance_in_words(table: &TableView) -> String {
    let cost = format!("about {:.1} votes an image", table.expected_votes);
    match table.stated_precision {
        Some(precision) => format!(
            "What is accepted is expected to be right in {} of cases, for {cost}.",
            percent(precision)
        ),
        None => {
            format!("Nothing can be accepted at the target that is set; it would take {cost} to find out.")
        }
    }
}
