//! Writes votes out, in constant memory.

use super::{Failure, Outcome};
use crate::world::World;
use domain::consensus::Answer;
use std::io::Write;
use store::labeling::VoteExportRow;

/// Votes read at once.
const PAGE: i64 = 5_000;
/// The columns. `label` is 1 for yes, 0 for no and 0.5 for unsure, after the worker's corrections; `first_label` is what was
/// said first; `counts` is 0 where the vote was taken back or its worker is excluded; the weights are what a yes and a no of this
/// worker counted for on the synset, 0 to 1; `table_version` is the table that was in force, empty before the first.
const COLUMNS: [&str; 12] = [
    "task",
    "worker",
    "label",
    "synset",
    "image",
    "submission",
    "voted_at",
    "first_label",
    "counts",
    "weight_yes",
    "weight_no",
    "table_version",
];

/// Writes the votes of a project, or of all, as CSV (RFC 4180), in the order of recording; returns their number.
///
/// # Errors
/// The database; `out` can't be written.
pub async fn votes(world: &World, project: Option<i64>, out: &mut (dyn Write + Send)) -> Outcome<u64> {
    let projects = match project {
        Some(project) => vec![project],
        None => world.store.projects().await?.into_iter().map(|row| row.project_id).collect(),
    };
    write_csv(out, |csv| csv.write_record(COLUMNS))?;
    let mut written = 0;
    for project in projects {
        let mut after = START;
        while let Some((text, last, rows)) = page(world, project, after).await? {
            out.write_all(&text).map_err(unwritable)?;
            after = last;
            written += rows;
        }
    }
    out.flush().map_err(unwritable)?;
    Ok(written)
}

/// Where a page of votes ended: submission and candidate.
pub type VoteCursor = (i64, i64);

/// Before the first vote.
pub const START: VoteCursor = (0, 0);

/// The CSV header line.
///
/// # Errors
/// None that a reader could mend.
pub fn header() -> Outcome<Vec<u8>> {
    let mut text = Vec::new();
    write_csv(&mut text, |csv| csv.write_record(COLUMNS))?;
    Ok(text)
}

/// The next votes of a project as CSV lines, where they end, and how many; none after the last.
///
/// # Errors
/// The database.
pub async fn page(
    world: &World,
    project: i64,
    after: VoteCursor,
) -> Outcome<Option<(Vec<u8>, VoteCursor, u64)>> {
    let rows = world.store.votes_of_project(project, after, PAGE).await?;
    let Some(last) = rows.last() else { return Ok(None) };
    let cursor = (last.submission_id, last.candidate_id);
    let mut text = Vec::new();
    write_csv(&mut text, |csv| rows.iter().try_for_each(|row| csv.write_record(cells(row))))?;
    Ok(Some((text, cursor, rows.len() as u64)))
}

fn cells(row: &VoteExportRow) -> [String; 12] {
    [
        row.candidate_id.to_string(),
        format!("w{}", row.account_id),
        label(row.answer),
        row.wnid.to_string(),
        row.sha256.clone(),
        row.submission_id.to_string(),
        row.voted_at.to_string(),
        label(row.first_answer),
        u8::from(row.counts).to_string(),
        weight(row.weight_yes),
        weight(row.weight_no),
        row.table_version.map(|version| version.to_string()).unwrap_or_default(),
    ]
}

fn weight(millionths: i64) -> String {
    (millionths as f64 / 1e6).to_string()
}

fn label(answer: Answer) -> String {
    match answer {
        Answer::Yes => "1",
        Answer::No => "0",
        Answer::Unsure => "0.5",
    }
    .to_owned()
}

fn write_csv(
    out: &mut (dyn Write + Send),
    write: impl FnOnce(&mut csv::Writer<&mut (dyn Write + Send)>) -> csv::Result<()>,
) -> Outcome<()> {
    let mut csv = csv::Writer::from_writer(out);
    write(&mut csv).map_err(|error| unwritable(error.into()))?;
    csv.flush().map_err(unwritable)
}

fn unwritable(source: std::io::Error) -> Failure {
    Failure::File { path: "the export".to_owned(), source }
}
