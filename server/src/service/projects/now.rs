//! A project as it is now, as a whole: what open pages are told.

use super::outlook;
use super::table::{pace, project_outlook, shown_counts, shown_state, shown_totals};
use crate::language::locale;
use crate::service::judging::Tables;
use crate::service::{Failure, Outcome};
use crate::texts::missing;
use crate::world::World;
use app::api::watching::{ProjectNow, SynsetNow};
use store::projects::{SynsetChoice, SynsetFigures, TotalsRow};

/// Reads all of it; the outlook is brought up to date first.
///
/// # Errors
/// No such project; the database.
pub async fn project_now(world: &World, tables: &Tables, project: i64) -> Outcome<ProjectNow> {
    let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
    let row = world.store.project(project).await?.ok_or_else(unknown)?;
    outlook::refresh(world, tables, &row).await;
    let choice = SynsetChoice { now: world.now(), ..SynsetChoice::default() };
    let figures = world.store.synset_figures(project).await?;
    let pace = pace(world, project).await?;
    Ok(ProjectNow {
        totals: shown_totals(&world.store.totals(project).await?),
        outlook: project_outlook(world, project, &pace).await?,
        counts: shown_counts(&world.store.choice_counts(project, &choice).await?),
        rows: figures.iter().map(synset_now).collect(),
    })
}

fn synset_now(row: &SynsetFigures) -> SynsetNow {
    SynsetNow {
        wnid: row.wnid.to_string(),
        state: shown_state(row.state),
        paused: row.paused,
        totals: shown_totals(&TotalsRow::from(row)),
        difficulty: row.difficulty,
        expected_votes: row.expected_votes,
    }
}
