//! What is still to be expected of synsets: computed again for those of which something has changed.

use crate::service::judging::Tables;
use crate::service::settings::{self, count, in_force, of_project, overrides_of};
use crate::service::{Failure, Outcome};
use crate::world::World;
use domain::consensus::{Calibration, Prior, Prospects, calibrate, initial_need};
use std::collections::HashMap;
use std::sync::Arc;
use store::projects::{OpenTallies, OutlookRow, ProjectRow, ProjectSettings, ProjectSynsetRow};

/// Synsets that are computed at once: two queries for all of them, and one write.
const AT_ONCE: i64 = 100;
/// Synsets that one call computes; more wait for the next, so that nobody waits long.
const AT_MOST: i64 = 1_000;

/// Computes the outlooks of a project that are out of date. What fails is only logged: pages then show what was known before.
pub(super) async fn refresh(world: &World, tables: &Tables, project: &ProjectRow) {
    if let Err(error) = refresh_stale(world, tables, project).await {
        tracing::warn!(%error, project = project.project_id, "what is still to be expected could not be computed");
    }
}

async fn refresh_stale(world: &World, tables: &Tables, project: &ProjectRow) -> Outcome<()> {
    let stale = world.store.stale_outlooks(project.project_id, AT_MOST).await?;
    let usual = of_project(project);
    for some in stale.chunks(usize::try_from(AT_ONCE).unwrap_or(1)) {
        let rows = outlooks(world, tables, &usual, some).await?;
        let mut tx = world.store.begin().await?;
        tx.save_outlooks(&rows).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn outlooks(
    world: &World,
    tables: &Tables,
    usual: &ProjectSettings,
    synsets: &[i64],
) -> Outcome<Vec<OutlookRow>> {
    let rows = world.store.project_synsets(synsets).await?;
    let mut built: HashMap<i64, Arc<Calibration>> = HashMap::new();
    for calibration in world.store.current_calibrations(synsets).await? {
        built.insert(calibration.project_synset_id, tables.of(&calibration)?);
    }
    let mut open: HashMap<i64, Vec<OpenTallies>> = HashMap::new();
    for tallies in world.store.open_tallies(synsets).await? {
        open.entry(tallies.project_synset_id).or_default().push(tallies);
    }
    let mut unseen = Unseen::default();
    rows.iter()
        .map(|row| {
            let open = open.get(&row.project_synset_id).map(Vec::as_slice).unwrap_or_default();
            let votes = match built.get(&row.project_synset_id) {
                Some(built) => after(&built.prospects(), open),
                None => before(&in_force(usual, &overrides_of(row)), open, &mut unseen)?,
            };
            Ok(outlook_row(row, votes))
        })
        .collect()
}

/// Once there is a table it says what each tally will take.
fn after(prospects: &Prospects, open: &[OpenTallies]) -> f64 {
    open.iter().map(|some| some.images as f64 * prospects.of(some.known.votes()).votes).sum()
}

/// Before, the initial sample takes what it needs, and the rest what a synset usually takes.
fn before(settings: &ProjectSettings, open: &[OpenTallies], unseen: &mut Unseen) -> Outcome<f64> {
    let usual = unseen.prospects(settings)?;
    let each = |some: &OpenTallies| match some.in_initial_sample {
        true => f64::from(initial_need(
            some.known.tally(),
            count(settings.initial_votes),
            count(settings.votes_cap),
        )),
        false => usual.of(some.known.votes()).votes,
    };
    Ok(open.iter().map(|some| some.images as f64 * each(some)).sum())
}

/// What a synset takes of which nothing is known, by its settings: most synsets of a project have the same ones.
#[derive(Default)]
struct Unseen(Option<(ProjectSettings, Prospects)>);

impl Unseen {
    fn prospects(&mut self, settings: &ProjectSettings) -> Outcome<&Prospects> {
        if self.0.as_ref().is_none_or(|known| known.0 != *settings) {
            let built = calibrate(&[], &Prior::global(), &settings::policy(settings)?);
            self.0 = Some((settings.clone(), built.prospects()));
        }
        let known = self.0.as_ref().map(|known| &known.1);
        known.ok_or_else(|| Failure::Defect("a prospect that was just computed is missing".to_owned()))
    }
}

fn outlook_row(row: &ProjectSynsetRow, expected_votes: f64) -> OutlookRow {
    OutlookRow {
        project_synset_id: row.project_synset_id,
        expected_votes,
        state: row.state,
        calibration_id: row.calibration_id,
        candidates: row.candidates,
        positive: row.positive,
        negative: row.negative,
        escalated: row.escalated,
        votes: row.votes,
    }
}
