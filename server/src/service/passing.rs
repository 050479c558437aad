//! Verdicts that are passed on, from a synset to those above and below it, where the same image is a candidate of both.
//!
//! It is done in the background and is evidence beside the votes (`domain::taxonomy`). What is passed on follows from verdicts alone,
//! so a program that stops in the middle goes on where it was, and a verdict that is taken back takes back what followed from it.

use super::Outcome;
use super::failure::Failure;
use super::judging::{Bench, Tables};
use crate::language::locale;
use crate::texts::missing;
use crate::world::World;
use domain::consensus::{Reason, Verdict};
use domain::taxonomy::{Found, implied};
use std::collections::{BTreeMap, HashMap};
use store::related::{Passed, PassingRow, SharedRow};

/// Images that are looked at in one query.
const PAGE: i64 = 1_000;
/// A look through a large project takes a while; so many times as long nothing is looked at again.
const REST: i64 = 50;

/// What was looked through last, and from when on (Unix ms) it may be again.
#[derive(Default)]
pub struct LookedThrough(HashMap<i64, (PassingRow, i64)>);

/// Passes on what is new where a project wants that, and takes back what was passed on where it does not any more; returns to how
/// many candidates.
///
/// # Errors
/// The database.
pub async fn pass_on_where_due(world: &World, tables: &Tables, looked: &mut LookedThrough) -> Outcome<usize> {
    let mut changed = 0;
    for row in world.store.passing_projects().await? {
        let begun = world.now();
        let waits = looked.0.get(&row.project_id).is_some_and(|(then, rest)| *then == row || begun < *rest);
        if waits {
            continue;
        }
        changed += pass_on(world, tables, row.project_id, row.passes_verdicts).await?;
        let took = world.now().saturating_sub(begun);
        looked.0.insert(row.project_id, (row, begun.saturating_add(took.saturating_mul(REST))));
    }
    Ok(changed)
}

/// Looks through all images that are candidates of several synsets of a project.
///
/// # Errors
/// The database.
pub async fn pass_on(world: &World, tables: &Tables, project: i64, passes: bool) -> Outcome<usize> {
    let (mut changed, mut after) = (0, String::new());
    loop {
        let rows = world.store.passable_images(project, &after, PAGE).await?;
        let Some(last) = rows.last() else { return Ok(changed) };
        after.clone_from(&last.sha256);
        let mut of_synset: BTreeMap<i64, Vec<Passed>> = BTreeMap::new();
        for same in rows.chunk_by(|one, other| one.sha256 == other.sha256) {
            for (synset, passed) in news(world, same, passes) {
                of_synset.entry(synset).or_default().push(passed);
            }
        }
        for (synset, passed) in of_synset {
            changed += passed.len();
            save(world, tables, synset, &passed).await?;
        }
    }
}

/// What is to be noted of the candidates that one image is.
fn news(world: &World, same: &[SharedRow], passes: bool) -> Vec<(i64, Passed)> {
    let ontology = world.ontology.get();
    let is_found = |row: &&SharedRow| {
        let judged = matches!(row.verdict, Verdict::Positive | Verdict::Negative);
        judged && row.reason.as_deref() != Some(Reason::Related.as_str())
    };
    let sources: Vec<&SharedRow> = same.iter().filter(is_found).collect();
    let found: Vec<Found> = sources
        .iter()
        .map(|row| {
            let good = row.verdict == Verdict::Positive;
            Found { wnid: row.wnid, good, confidence: row.confidence.unwrap_or(f64::from(u8::from(good))) }
        })
        .collect();
    let word = |row: &SharedRow| {
        let said = passes.then(|| implied(&ontology, row.wnid, &found)).flatten()?;
        Some((i64::from(said.chance), sources.get(said.from)?.candidate_id))
    };
    same.iter()
        .filter_map(|row| {
            let word = word(row);
            let stands = row.related.zip(row.related_candidate_id);
            (word != stands).then_some((row.project_synset_id, (row.candidate_id, word)))
        })
        .collect()
}

async fn save(world: &World, tables: &Tables, synset: i64, passed: &[Passed]) -> Outcome<()> {
    let candidates: Vec<i64> = passed.iter().map(|(candidate, _)| *candidate).collect();
    let _writer = world.writer.lock().await;
    let mut tx = world.store.begin().await?;
    let mut bench = Bench::lock(&mut tx, tables, synset).await?;
    tx.save_passed(passed).await?;
    bench.judge(&mut tx, tables, &candidates, world.now()).await?;
    tx.commit().await?;
    world.live.beat();
    Ok(())
}

/// Says whether verdicts are passed on in a project.
///
/// # Errors
/// Unknown project; the database.
pub async fn set_passing(world: &World, by: i64, project: i64, passes: bool) -> Outcome<()> {
    let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
    world.store.project(project).await?.ok_or_else(unknown)?;
    let _writer = world.writer.lock().await;
    let mut tx = world.store.begin().await?;
    tx.set_passes_verdicts(project, passes).await?;
    let subject = format!("project {project}");
    tx.record_event(Some(by), "pass verdicts on", &subject, &passes.to_string(), world.now()).await?;
    tx.commit().await?;
    Ok(())
}
