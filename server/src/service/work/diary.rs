//! The worker's own page, put together.

use super::words;
use crate::service::Outcome;
use crate::service::settings::count;
use crate::world::World;
use app::api::work::{DAYS, DayLine, Hits, MyWork, ProjectWork, SynsetWork};
use domain::effort::{DAY_MS, PAGE_CAP_MS, day_of, streak};
use domain::ontology::Ontology;
use domain::quality::Share;
use std::collections::BTreeMap;
use store::work::{PageDayRow, ProjectWorkRow, SynsetWorkRow, VoteDayRow};

/// Synsets on the page.
const SYNSETS: i64 = 200;

/// What a worker has done.
///
/// # Errors
/// The database.
pub(super) async fn mine(world: &World, worker: i64) -> Outcome<MyWork> {
    let (store, now) = (&world.store, world.now());
    let today = day_of(now);
    let votes = store.votes_by_day(worker).await?;
    let pages = store.pages_by_day(worker, (today - DAYS + 1) * DAY_MS, PAGE_CAP_MS).await?;
    let worked: Vec<i64> = votes.iter().map(|row| row.day).collect();
    Ok(MyWork {
        days: (today - DAYS + 1..=today).map(|day| day_line(day, &votes, &pages)).collect(),
        streak: streak(&worked, today),
        votes: votes.iter().map(|row| row.votes).sum(),
        page_cap_minutes: PAGE_CAP_MS / 60_000,
        projects: projects(world, worker, now).await?,
    })
}

fn day_line(day: i64, votes: &[VoteDayRow], pages: &[PageDayRow]) -> DayLine {
    let page = pages.iter().find(|row| row.day == day);
    DayLine {
        begins_at: day * DAY_MS,
        votes: votes.iter().find(|row| row.day == day).map_or(0, |row| row.votes),
        pages: page.map_or(0, |row| row.pages),
        spent: page.map_or(0, |row| row.spent),
    }
}

/// Projects with votes of the worker, with open questions, or in which the worker was stopped.
async fn projects(world: &World, worker: i64, now: i64) -> Outcome<Vec<ProjectWork>> {
    let store = &world.store;
    let records: BTreeMap<i64, ProjectWorkRow> =
        store.work_in_projects(worker).await?.into_iter().map(|row| (row.project_id, row)).collect();
    let stopped: BTreeMap<i64, (String, i64)> = store
        .stopped_in(worker)
        .await?
        .into_iter()
        .map(|row| (row.project_id, (row.reason, row.decided_at)))
        .collect();
    let waiting = store.pages_waiting(worker, now).await?;
    let synsets = store.work_in_synsets(worker, SYNSETS).await?;
    let ontology = world.ontology.get();
    let lines = store.open_project_lines(worker).await?.into_iter().map(|line| {
        let (id, record) = (line.project_id, records.get(&line.project_id));
        ProjectWork {
            project: id,
            name: line.name,
            votes: record.map_or(0, |row| row.votes),
            gold: record.map(|row| hits(row.gold_right, row.gold)).unwrap_or_default(),
            settled: record.map(|row| hits(row.settled_same, row.settled)).unwrap_or_default(),
            open_synsets: line.open_synsets,
            page_waits: waiting.contains(&id),
            stopped: stopped.get(&id).cloned(),
            synsets: synsets
                .iter()
                .filter(|row| row.project_id == id)
                .map(|row| synset(&ontology, row))
                .collect(),
        }
    });
    Ok(lines.filter(|line| line.votes > 0 || line.open_synsets > 0 || line.stopped.is_some()).collect())
}

fn hits(hits: i64, of: i64) -> Hits {
    let interval = Share { hits: count(hits), of: count(of) }.interval();
    Hits { hits, of, interval }
}

fn synset(ontology: &Ontology, row: &SynsetWorkRow) -> SynsetWork {
    let was_asked = row.tries > 0 || row.passed_at.is_some();
    SynsetWork {
        wnid: row.wnid.to_string(),
        words: words(ontology, row.wnid),
        definition: was_asked.then_some(row.passed_at.is_some()),
        mistakes: row.tries,
        practice: (row.practised > 0).then_some((row.practised_right, row.practised)),
        admitted: row.admitted_at.is_some(),
    }
}
