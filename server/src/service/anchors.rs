//! Anchors: which image of an initial sample an expert labels next, without knowing its votes.
//!
//! A crowd that is wrong together agrees with itself. What experts say of the images that taught a table is the first thing that
//! shows it; audits of what was accepted come after.

use super::audits::blind_case;
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::missing;
use crate::world::World;
use app::api::audits::{AuditCase, AuditPage, BlindTask};
use domain::gold::{ANCHORS, Anchorable, next_anchor};
use store::audits::AnchorsRow;

/// The page that an expert is shown after so many images that were skipped. The same one comes again until it is answered.
///
/// # Errors
/// No such project; the database.
pub async fn page(world: &World, expert: i64, project: i64, skipped: u32) -> Outcome<AuditPage> {
    let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
    let row = world.store.project(project).await?.ok_or_else(unknown)?;
    let synsets = world.store.anchors_of_project(project).await?;
    // What is on hold waits for nothing else; then one synset follows the other.
    let wanting = synsets.iter().filter(|row| wanted(row) > 0);
    let first = wanting.min_by_key(|row| (!row.on_hold, row.project_synset_id));
    let case = match first {
        Some(row) => case(world, expert, row.project_synset_id, skipped).await?,
        None => None,
    };
    Ok(AuditPage {
        task: BlindTask::Anchor,
        project: (row.project_id, row.name),
        case,
        wanted: synsets.iter().map(wanted).sum(),
        done: synsets.iter().map(|row| row.anchored).sum(),
        skipped,
    })
}

fn wanted(row: &AnchorsRow) -> i64 {
    (row.images.min(i64::try_from(ANCHORS).unwrap_or(i64::MAX)) - row.anchored).max(0)
}

async fn case(world: &World, expert: i64, synset: i64, skipped: u32) -> Outcome<Option<AuditCase>> {
    let rows = world.store.anchorable(synset).await?;
    let count = super::settings::count;
    let sample: Vec<Anchorable> = rows
        .iter()
        .map(|row| Anchorable { yes: count(row.yes), no: count(row.no), is_anchor: row.is_anchor })
        .collect();
    let seed = ((synset << 20) ^ expert).cast_unsigned();
    let place = next_anchor(seed, &sample, usize::try_from(skipped).unwrap_or(0));
    match place.and_then(|place| rows.get(place)) {
        Some(row) => blind_case(world, row.candidate_id).await,
        None => Ok(None),
    }
}
