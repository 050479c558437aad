//! What a project's votes teach beyond one synset: workers' skills, whose votes teach tables, and the levels that synsets lean on.
//!
//! Computed now and then, in the background; nothing waits for it. Skills count for votes that come later. Levels and trust count
//! for tables that are built later, and those that rest on older ones are built again, one transaction each: a program that
//! stops in the middle goes on where it was.

use super::Outcome;
use super::failure::Failure;
use super::judging::{Bench, Tables};
use crate::world::World;
use domain::consensus::{
    ConfidenceTable, DEFAULT_CAP, Model, Offsets, Skill, Training, VoteLog, VotedImage, VotedSample,
    YesRates, infer, train, training,
};
use domain::ontology::Pools;
use domain::wnid::Wnid;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::learning::{LearnerRow, LearningRow, PriorRow, TeachingRow};
use store::projects::ProjectSynsetRow;

/// Levels are fitted from so many synsets with a table on, and an ancestor has a level of its own from so many below it.
const LEAST_CALIBRATED: i64 = 5;
/// Levels are fitted again when so many more synsets have a table, or a fifth more: each time, all tables are built again.
const MORE_CALIBRATED: i64 = 10;
/// Skills are learned again after so many votes, or a twentieth of all.
const MORE_VOTES: i64 = 200;
/// Tables that are built again in one go, before anything else is looked at.
const REBUILT_AT_ONCE: i64 = 200;

/// Learns where enough is new, and builds tables again that rest on what is outdated; returns how many.
///
/// # Errors
/// The database.
pub async fn learn_where_due(world: &World, tables: &Tables) -> Outcome<usize> {
    let mut rebuilt = 0;
    for learner in world.store.learners().await? {
        if is_due(&learner) {
            learn(world, learner.project_id).await?;
            rebuilt += offset_sources(world, tables, learner.project_id).await?;
        } else if learner.without_prior > 0 && learner.pooled_then > 0 {
            settle_newcomers(world, learner.project_id).await?;
        }
        for synset in world.store.outdated_tables(learner.project_id, REBUILT_AT_ONCE).await? {
            rebuild(world, tables, synset, None).await?;
            rebuilt += 1;
        }
    }
    Ok(rebuilt)
}

fn is_due(learner: &LearnerRow) -> bool {
    let new_votes = learner.votes - learner.votes_then;
    let more_votes = new_votes >= MORE_VOTES.max(learner.votes_then / 20);
    learner.calibrated > 0 && (more_votes || levels_are_due(learner.calibrated, learner))
}

/// Whether the levels are to be fitted: for the first time, or with many more synsets.
fn levels_are_due(calibrated: i64, learner: &LearnerRow) -> bool {
    let more = MORE_CALIBRATED.max(learner.pooled_then / 5);
    calibrated >= LEAST_CALIBRATED && (learner.pooled_then == 0 || calibrated - learner.pooled_then >= more)
}

/// Lets synsets that were seeded later lean on the levels that there are.
async fn settle_newcomers(world: &World, project: i64) -> Outcome<()> {
    let levels = world.store.levels_in_use(project).await?;
    let ontology = world.ontology.get();
    let of = |wnid: Option<Wnid>| levels.iter().find(|(_, level)| *level == wnid).map(|(prior, _)| *prior);
    let mut leaning: BTreeMap<i64, Vec<Wnid>> = BTreeMap::new();
    for synset in world.store.synsets_of_project(project).await? {
        if synset.prior_id.is_none() {
            let nearest = ontology.ancestors(synset.wnid).into_iter().find_map(|above| of(Some(above)));
            if let Some(prior) = nearest.or_else(|| of(None)) {
                leaning.entry(prior).or_default().push(synset.wnid);
            }
        }
    }
    let _writer = world.writer.lock().await;
    let mut tx = world.store.begin().await?;
    for (prior, wnids) in leaning {
        tx.lean_on(project, prior, &wnids).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Learns from all votes of a project.
///
/// # Errors
/// The database.
pub async fn learn(world: &World, project: i64) -> Outcome<()> {
    let learners = world.store.learners().await?;
    let Some(learner) = learners.into_iter().find(|learner| learner.project_id == project) else {
        return Ok(());
    };
    let synsets = world.store.synsets_of_project(project).await?;
    let lesson = Lesson::read(world, &synsets).await?;
    let fitted = tokio::task::spawn_blocking(move || lesson.learned())
        .await
        .map_err(|error| Failure::Defect(format!("learning did not come to its end: {error}")))?;
    save(world, &learner, &synsets, fitted).await
}

/// The votes to learn from.
struct Lesson {
    /// Who a number stands for.
    workers: Vec<i64>,
    calibrated: Vec<Wnid>,
    /// The ancestors that have a level, by number.
    pools: Vec<Wnid>,
    /// What is known of every worker from pages of practice.
    known: Vec<Skill>,
    /// Of each calibrated synset.
    samples: Vec<VotedSample>,
    /// The same with what is settled.
    all: Vec<VotedSample>,
}

/// What they taught.
struct Learned {
    lesson: Lesson,
    training: Training,
    skills: Vec<Skill>,
    /// How people answer on the mean synset, at which trust is decided.
    usual: YesRates,
}

impl Lesson {
    async fn read(world: &World, synsets: &[ProjectSynsetRow]) -> Outcome<Self> {
        let of_table: Vec<&ProjectSynsetRow> =
            synsets.iter().filter(|synset| synset.calibration_id.is_some()).collect();
        let calibrated: Vec<Wnid> = of_table.iter().map(|synset| synset.wnid).collect();
        let ontology = world.ontology.get();
        let pools =
            Pools::new(&ontology, &calibrated, usize::try_from(LEAST_CALIBRATED).unwrap_or(usize::MAX));
        let parents: Vec<Option<Wnid>> =
            calibrated.iter().map(|wnid| pools.nearest(&ontology, *wnid)).collect();
        let distinct: BTreeSet<Wnid> = parents.iter().flatten().copied().collect();
        let pools: Vec<Wnid> = distinct.into_iter().collect();
        let mut numbers = Numbers::default();
        let (mut samples, mut all, mut practice) = (Vec::new(), Vec::new(), Vec::new());
        for (synset, parent) in of_table.iter().zip(parents) {
            let votes = world.store.teaching_votes(synset.project_synset_id).await?;
            let parent = parent.and_then(|parent| pools.binary_search(&parent).ok());
            let sample = votes.iter().filter(|vote| vote.in_initial_sample);
            samples.push(VotedSample { parent, images: images(sample, &mut numbers) });
            all.push(VotedSample { parent, images: images(votes.iter(), &mut numbers) });
            practice.extend(practised(world, synset, &mut numbers).await?);
        }
        let mut known = vec![Skill::default(); numbers.accounts.len()];
        for (worker, yes, good, rates) in practice {
            if let Some(skill) = known.get_mut(worker) {
                *skill = skill.with(yes, good, rates);
            }
        }
        Ok(Self { workers: numbers.accounts, calibrated, pools, known, samples, all })
    }

    fn learned(self) -> Learned {
        let training = train(&self.samples, &self.known, DEFAULT_CAP);
        let models = &training.models.synsets;
        let tables: Vec<ConfidenceTable> =
            models.iter().map(|model| ConfidenceTable::new(model, DEFAULT_CAP)).collect();
        let skills = infer(&VoteLog::of(&self.all), &tables, &self.known, &training.skills, 1).skills;
        let usual = training::mean_rates(models);
        Learned { lesson: self, training, skills, usual }
    }
}

/// What was answered on a synset's pages of practice: who, how much of a yes, whether it was one, and how others answer there.
async fn practised(
    world: &World,
    synset: &ProjectSynsetRow,
    numbers: &mut Numbers,
) -> Outcome<Vec<(usize, f64, f64, YesRates)>> {
    let Some(table) = synset.calibration_id else { return Ok(Vec::new()) };
    let Some(table) = world.store.calibration(table).await? else { return Ok(Vec::new()) };
    let rates = YesRates { good: table.good_yes_rate, bad: table.bad_yes_rate };
    let sure = |is: bool| f64::from(u8::from(is));
    let answers = world.store.practice_of_synset(synset.project_synset_id).await?;
    Ok(answers
        .into_iter()
        .map(|(account, known, answered)| (numbers.of(account), sure(answered), sure(known), rates))
        .collect())
}

/// Workers by number, in the order of their first vote here.
#[derive(Default)]
struct Numbers {
    accounts: Vec<i64>,
    of_account: HashMap<i64, usize>,
}

impl Numbers {
    fn of(&mut self, account: i64) -> usize {
        *self.of_account.entry(account).or_insert_with(|| {
            self.accounts.push(account);
            self.accounts.len() - 1
        })
    }
}

/// The images of some votes, which are ordered by candidate.
fn images<'a>(votes: impl Iterator<Item = &'a TeachingRow>, numbers: &mut Numbers) -> Vec<VotedImage> {
    let mut images: Vec<VotedImage> = Vec::new();
    let mut last = None;
    for vote in votes {
        if last != Some(vote.candidate_id) {
            images.push(VotedImage { votes: Vec::new(), expert: vote.expert });
            last = Some(vote.candidate_id);
        }
        if let Some(image) = images.last_mut() {
            image.votes.push((numbers.of(vote.account_id), vote.answer));
        }
    }
    images
}

async fn save(
    world: &World,
    learner: &LearnerRow,
    synsets: &[ProjectSynsetRow],
    learned: Learned,
) -> Outcome<()> {
    let project = learner.project_id;
    let workers = &learned.lesson.workers;
    let skills: Vec<(i64, Skill)> = workers.iter().copied().zip(learned.skills.iter().copied()).collect();
    let calibrated = i64::try_from(learned.lesson.calibrated.len()).unwrap_or(i64::MAX);
    let _writer = world.writer.lock().await;
    let (mut tx, now) = (world.store.begin().await?, world.now());
    tx.save_skills(project, &skills).await?;
    let distrusted = tx.untrusted(project).await?;
    let changed: Vec<(i64, bool)> = skills
        .iter()
        .filter_map(|(account, skill)| {
            let was_trusted = distrusted.binary_search(account).is_err();
            let is_trusted = match was_trusted {
                true => skill.is_trusted(learned.usual),
                false => skill.is_trusted_again(learned.usual),
            };
            (is_trusted != was_trusted).then_some((*account, is_trusted))
        })
        .collect();
    tx.insert_trust(project, &changed, now).await?;
    let mut pooled = learner.pooled_then;
    if levels_are_due(calibrated, learner) || (calibrated >= LEAST_CALIBRATED && !changed.is_empty()) {
        pooled = calibrated;
        save_levels(world, &mut tx, project, synsets, &learned, now).await?;
    }
    tx.save_learning(project, &LearningRow { votes: learner.votes, calibrated, pooled, learned_at: now })
        .await?;
    tx.commit().await?;
    tracing::info!(
        project,
        workers = workers.len(),
        calibrated,
        trust_changed = changed.len(),
        "skills and levels learned from {} votes",
        learner.votes
    );
    Ok(())
}

/// Stores the levels, and lets every seeded synset lean on the nearest, those too that have no table yet.
async fn save_levels(
    world: &World,
    tx: &mut store::Tx,
    project: i64,
    synsets: &[ProjectSynsetRow],
    learned: &Learned,
    now: i64,
) -> Outcome<()> {
    let Learned { lesson, training, .. } = learned;
    let sizes = |parent: Option<usize>| {
        let below = || lesson.samples.iter().filter(|sample| parent.is_none() || sample.parent == parent);
        (below().count(), below().map(|sample| sample.images.len()).sum::<usize>())
    };
    let all = tx.insert_prior(&level(project, None, sizes(None), &training.models.all, now)).await?;
    let mut levels: BTreeMap<Option<Wnid>, i64> = BTreeMap::from([(None, all)]);
    for (number, (wnid, model)) in lesson.pools.iter().zip(&training.models.parents).enumerate() {
        let row = level(project, Some(*wnid), sizes(Some(number)), model, now);
        levels.insert(Some(*wnid), tx.insert_prior(&row).await?);
    }
    let ontology = world.ontology.get();
    let least = usize::try_from(LEAST_CALIBRATED).unwrap_or(usize::MAX);
    let pools = Pools::new(&ontology, &lesson.calibrated, least);
    let mut leaning: BTreeMap<i64, Vec<Wnid>> = BTreeMap::new();
    for synset in synsets {
        let nearest = pools.nearest(&ontology, synset.wnid);
        // An ancestor that no calibrated synset has as its nearest was not fitted.
        let prior = levels.get(&nearest).copied().unwrap_or(all);
        leaning.entry(prior).or_default().push(synset.wnid);
    }
    for (prior, wnids) in leaning {
        tx.lean_on(project, prior, &wnids).await?;
    }
    Ok(())
}

fn level(
    project: i64,
    wnid: Option<Wnid>,
    (synsets, images): (usize, usize),
    model: &Model,
    now: i64,
) -> PriorRow {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    PriorRow {
        prior_id: 0,
        project_id: project,
        wnid: wnid.map(|wnid| wnid.to_string()),
        synsets: count(synsets),
        images: count(images),
        prevalence: model.prevalence(),
        good_yes_rate: model.good().mean,
        good_concentration: model.good().concentration,
        bad_yes_rate: model.bad().mean,
        bad_concentration: model.bad().concentration,
        near_miss_share: model.near_miss_share(),
        created_at: now,
    }
}

/// Builds tables again where good images are so much likelier or rarer in a source than was thought that images would be judged
/// otherwise; returns how many.
///
/// # Errors
/// The database.
pub async fn offset_sources(world: &World, tables: &Tables, project: i64) -> Outcome<usize> {
    let mut rebuilt = 0;
    for row in world.store.calibrations_of_project(project).await? {
        let table = tables.of(&row)?;
        let images = world.store.voted_tallies(row.project_synset_id).await?;
        let number = |images: i64| u64::try_from(images).unwrap_or(0);
        let learned =
            table.learned_offsets(images.iter().map(|some| (some.known.facts(), number(some.images))));
        if learned.have_moved(table.offsets()) {
            tracing::info!(
                synset = row.project_synset_id,
                "prevalence by source was {}, is {learned}",
                table.offsets()
            );
            rebuild(world, tables, row.project_synset_id, Some(learned)).await?;
            rebuilt += 1;
        }
    }
    Ok(rebuilt)
}

/// Builds one table again, with what was learned of its sources, and judges its synset's images by it.
async fn rebuild(world: &World, tables: &Tables, synset: i64, offsets: Option<Offsets>) -> Outcome<()> {
    let _writer = world.writer.lock().await;
    let mut tx = world.store.begin().await?;
    let mut bench = Bench::lock(&mut tx, tables, synset).await?;
    match offsets {
        Some(offsets) => bench.calibrate_with(&mut tx, tables, offsets, world.now()).await?,
        None => bench.calibrate(&mut tx, tables, world.now()).await?,
    }
    tx.commit().await?;
    world.live.beat();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learner(votes: i64, calibrated: i64, then: (i64, i64)) -> LearnerRow {
        LearnerRow {
            project_id: 1,
            votes,
            calibrated,
            without_prior: 0,
            votes_then: then.0,
            pooled_then: then.1,
        }
    }

    #[test]
    fn it_is_learned_when_enough_is_new() {
        assert!(!is_due(&learner(5_000, 0, (0, 0))), "no table yet");
        assert!(is_due(&learner(200, 1, (0, 0))) && !is_due(&learner(199, 1, (0, 0))));
        assert!(!is_due(&learner(100_200, 3, (100_000, 0))) && is_due(&learner(105_000, 3, (100_000, 0))));
        assert!(is_due(&learner(100, 5, (100, 0))), "the first levels");
        assert!(!is_due(&learner(100, 14, (100, 5))) && is_due(&learner(100, 15, (100, 5))));
        assert!(!is_due(&learner(100, 1_150, (100, 1_000))) && is_due(&learner(100, 1_200, (100, 1_000))));
        assert!(
            !is_due(&LearnerRow { without_prior: 1, ..learner(100, 6, (100, 6)) }),
            "it leans on what is there"
        );
    }
}
