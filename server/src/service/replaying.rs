//! What if: a project's recorded votes once more, by the engine itself, under other settings.
//!
//! Nothing is asked that was not recorded. Where settings want more votes on an image than it got, it stays undecided, and the
//! page says so.

use super::ontology::words;
use super::settings::{self, count, of_project};
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::missing;
use crate::world::World;
use app::api::replaying::{Recorded, ReplayPage, Replayed, ReplayedSynset};
use app::api::settings::SettingsForm;
use domain::consensus::Policy;
use domain::replay::{Figures, Method, Recording, Report, Settings, Task, replay};
use domain::wnid::Wnid;
use std::collections::HashMap;
use store::learning::TeachingRow;
use store::projects::{ProjectRow, ProjectSettings};
use tokio::sync::Semaphore;

/// Votes that one replay takes; with more, whole synsets are left out. A replay of so many takes about a second.
const MOST_VOTES: usize = 200_000;
/// How often all is drawn anew.
const DRAWS: u32 = 3;
/// Synsets that are shown one by one.
const SHOWN: usize = 50;
/// Replays at a time: each has a processor to itself, and votes come first.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// The page for what is typed; without anything, for the settings in force.
///
/// # Errors
/// No such project; the database.
pub async fn page(world: &World, project: i64, typed: Option<SettingsForm>) -> Outcome<ReplayPage> {
    let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
    let project = world.store.project(project).await?.ok_or_else(unknown)?;
    let present = of_project(&project);
    let whole = settings::form_of_project(&present);
    let typed = typed.map_or_else(|| whole.clone(), |typed| levels(&whole, typed));
    let wrong = settings::wrong_entries(&typed, true);
    let wanted = if wrong.is_empty() { settings::read_complete(&typed).ok() } else { None };
    let wanted = wanted.filter(|wanted| *wanted != present);
    let (recording, recorded) = record(world, &project).await?;
    let wnids: Vec<Wnid> = recording.synsets.iter().filter_map(|wnid| Wnid::parse(wnid).ok()).collect();
    let (now, then) = run(recording, &present, wanted.as_ref()).await?;
    let ontology = world.ontology.get();
    let mut synsets: Vec<ReplayedSynset> = wnids
        .iter()
        .enumerate()
        .map(|(at, wnid)| {
            let of = |report: &Report| report.synsets.get(at).map(|(_, figures)| shown(figures));
            ReplayedSynset {
                wnid: wnid.to_string(),
                words: words(&ontology, *wnid),
                now: of(&now).unwrap_or_default(),
                then: then.as_ref().and_then(of),
            }
        })
        .collect();
    synsets.sort_by(|a, b| b.now.images.total_cmp(&a.now.images));
    synsets.truncate(SHOWN);
    Ok(ReplayPage {
        project: (project.project_id, project.name),
        in_force: settings::shown(&present),
        typed,
        wrong,
        recorded,
        now: shown(&now.total),
        then: then.map(|then| shown(&then.total)),
        synsets,
    })
}

/// The project's form with those fields as typed that a replay can change: who decides, and at which levels. What is left empty is
/// as it is set.
fn levels(whole: &SettingsForm, typed: SettingsForm) -> SettingsForm {
    let or = |typed: String, usual: &str| if typed.trim().is_empty() { usual.to_owned() } else { typed };
    SettingsForm {
        method: or(typed.method, &whole.method),
        majority_votes: or(typed.majority_votes, &whole.majority_votes),
        fixed_votes: or(typed.fixed_votes, &whole.fixed_votes),
        fixed_yes: or(typed.fixed_yes, &whole.fixed_yes),
        target_precision: or(typed.target_precision, &whole.target_precision),
        // Nothing is an answer here: the threshold is solved.
        threshold: typed.threshold,
        rejection: or(typed.rejection, &whole.rejection),
        votes_cap: or(typed.votes_cap, &whole.votes_cap),
        ..whole.clone()
    }
}

/// The votes of a project's synsets, as they count by now, those of the synsets seeded first first.
async fn record(world: &World, project: &ProjectRow) -> Outcome<(Recording, Recorded)> {
    let (mut recording, mut recorded) =
        (Recording::default(), Recorded { draws: DRAWS, ..Recorded::default() });
    let (mut workers, mut votes) = (HashMap::new(), 0);
    for synset in world.store.synsets_of_project(project.project_id).await? {
        if synset.votes == 0 {
            continue;
        }
        if votes >= MOST_VOTES {
            recorded.left_out += 1;
            continue;
        }
        let rows = world.store.counted_votes(synset.project_synset_id).await?;
        if rows.is_empty() {
            continue;
        }
        votes += rows.len();
        let place = recording.synsets.len();
        recording.synsets.push(synset.wnid.to_string());
        add(&mut recording, &mut workers, place, &rows);
    }
    recording.workers = workers.len();
    let length = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    recorded.synsets = length(recording.synsets.len());
    recorded.images = length(recording.tasks.len());
    recorded.votes = length(votes);
    recorded.labelled = length(recording.tasks.iter().filter(|task| task.truth.is_some()).count());
    Ok((recording, recorded))
}

/// The votes of one synset, which are ordered by candidate.
fn add(recording: &mut Recording, workers: &mut HashMap<i64, usize>, synset: usize, rows: &[TeachingRow]) {
    let mut last = None;
    for row in rows {
        if last != Some(row.candidate_id) {
            recording.tasks.push(Task { synset, votes: Vec::new(), truth: row.expert });
            last = Some(row.candidate_id);
        }
        let next = workers.len();
        let worker = *workers.entry(row.account_id).or_insert(next);
        if let Some(task) = recording.tasks.last_mut() {
            task.votes.push((worker, row.answer));
        }
    }
}

async fn run(
    recording: Recording,
    present: &ProjectSettings,
    wanted: Option<&ProjectSettings>,
) -> Outcome<(Report, Option<Report>)> {
    let now = of(present)?;
    let then = wanted.map(of).transpose()?;
    let stopped =
        |error: &dyn std::fmt::Display| Failure::Defect(format!("a replay did not come to its end: {error}"));
    let _turn = ONE_AT_A_TIME.acquire().await.map_err(|error| stopped(&error))?;
    let run = move || (replay(&recording, &now), then.map(|then| replay(&recording, &then)));
    tokio::task::spawn_blocking(run).await.map_err(|error| stopped(&error))
}

fn of(wanted: &ProjectSettings) -> Outcome<Settings> {
    let policy: Policy = settings::policy(wanted)?;
    Ok(Settings {
        method: Method::Engine(policy.method()),
        policy,
        initial: count(wanted.initial_sample) as usize,
        anchors: 0,
        gold: 0,
        audit: 0,
        // Every draw of both replays is the same: what differs is what the settings make of it.
        seed: 1,
        draws: DRAWS,
    })
}

fn shown(figures: &Figures) -> Replayed {
    Replayed {
        images: figures.tasks,
        positive: figures.positive,
        negative: figures.negative,
        escalated: figures.escalated,
        undecided: figures.undecided,
        on_hold: figures.on_hold,
        votes: figures.votes,
        votes_per_image: figures.votes_per_image,
        stated: figures.stated_precision,
        measured: figures.measured_precision,
        recall: figures.recall,
    }
}
