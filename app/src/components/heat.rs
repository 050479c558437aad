//! A confidence table as people read it: yes votes down, no votes across, the chance that an image is good in each cell.

use super::format::{chance, count, counted, percent};
use crate::api::projects::{Cell, TableView};
use leptos::prelude::*;

/// Votes up to which cells are shown as a square; beyond it only the all-yes column is.
const SQUARE: u32 = 5;
/// A counted figure with fewer images behind it is shown pale.
const SUPPORT: f64 = 5.0;

/// The table with its legend.
pub(crate) fn heat_table(table: &TableView) -> impl IntoView {
    let rows = (0..=SQUARE).map(|yes| heat_row(table, yes)).collect_view();
    let heads = (0..=SQUARE).map(|no| view! { <th scope="col">{no}</th> }).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Confidence table">
            <table class="heat">
                <thead>
                    <tr><td></td><th scope="colgroup" colspan=(SQUARE + 1).to_string()>"“No” votes"</th></tr>
                    <tr><th scope="col">"“Yes” votes"</th>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {legend(table)}
        {all_yes(table)}
    }
}

fn heat_row(table: &TableView, yes: u32) -> impl IntoView + use<> {
    let cells = (0..=SQUARE)
        .map(|no| match table.cells.iter().find(|cell| cell.yes == yes && cell.no == no) {
            Some(cell) => heat_cell(table, *cell).into_any(),
            None => view! { <td class="heat-none"></td> }.into_any(),
        })
        .collect_view();
    view! { <tr><th scope="row">{yes}</th>{cells}</tr> }
}

fn heat_cell(table: &TableView, cell: Cell) -> impl IntoView + use<> {
    let (mark, says) = if table.threshold.is_some_and(|threshold| cell.confidence >= threshold) {
        ("accepts", "✓ positive")
    } else if cell.confidence <= table.rejection {
        ("rejects", "✕ negative")
    } else {
        ("", "")
    };
    let pale = if cell.support < SUPPORT { "counted pale" } else { "counted" };
    view! {
        <td class=format!("heat-{} {mark}", warmth(cell.confidence))>
            <b>{chance(cell.confidence)}</b>
            <span class="verdict-mark">{says}</span>
            {(cell.images > 0).then(|| view! { <span class="images">{counted(cell.images, "image", "images")}</span> })}
            {cell.counted.map(|figure| {
                view! {
                    <span class=pale>{format!("counted {} of {}", chance(figure), count(cell.support.round() as i64))}</span>
                }
            })}
        </td>
    }
}

/// The step of the colour scale, 0 to 10.
fn warmth(confidence: f64) -> u32 {
    (confidence.clamp(0.0, 1.0) * 10.0).round() as u32
}

fn legend(table: &TableView) -> impl IntoView + use<> {
    let cap = counted(i64::from(table.votes_cap), "vote", "votes");
    view! {
        <p class="hint">
            "Each cell: the chance that an image with these votes is good, then how many images stand there now. "
            <b>"✓ positive"</b>
            {table.threshold.map_or_else(|| " nowhere: no level would be right often enough. ".to_owned(), |p| format!(" from {} on, ", chance(p)))}
            <b>"✕ negative"</b>
            {format!(" at {} or below; in between more votes are asked for, and after {cap} an expert looks. ", chance(table.rejection))}
            "“Counted” is the plain share of good images in the initial sample; pale with fewer than 5 images behind it."
        </p>
    }
}

/// Cells with more yes votes than the square shows, and no other.
fn all_yes(table: &TableView) -> impl IntoView + use<> {
    let mut cells: Vec<Cell> =
        table.cells.iter().filter(|cell| cell.no == 0 && cell.yes > SQUARE).copied().collect();
    cells.sort_by_key(|cell| cell.yes);
    (!cells.is_empty()).then(|| {
        let entries = cells
            .into_iter()
            .map(|cell| view! { <li><b>{chance(cell.confidence)}</b> {format!(" after {} yes", cell.yes)}</li> })
            .collect_view();
        view! {
            <h3>"Only yes votes"</h3>
            <ul class="inline-list">{entries}</ul>
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
