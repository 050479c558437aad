//! Deciding by tables: the product's own rules, vote by vote.

use std::collections::VecDeque;

use super::{Recording, Settings, asking::Asked, by_synset, derived, figures::Tallies};
use crate::consensus::{
    Audited, Calibration, Middle, Model, OFFSET_STEP, Prior, Resolved, SampleImage, Skill, Verdict,
    VotedSample, Weights, Whom, YesRates, audit_shift, audits_fail, calibrate, train,
    training::{Training, mean_rates, rates},
};
use crate::sampling::{initial_sample, order};

/// The rates of the easy images that gold is made of.
const GOLD_RATES: YesRates = YesRates { good: 0.85, bad: 0.06 };
/// Of the anchors so many quarters come from images that more than a quarter of the votes take for good.
const ANCHORS_AMONG_TEMPTING: usize = 3;

/// A synset in one draw.
struct Synset {
    calibration: Calibration,
    tasks: Vec<Asked>,
    /// Those of the initial sample come first.
    sample: usize,
    resolved: Resolved,
    offset: f64,
    shift: f64,
    on_hold: bool,
}

pub(super) fn draw(recording: &Recording, settings: &Settings, seed: u64) -> Vec<Tallies> {
    let synsets = by_synset(recording);
    let drawn: Vec<(Vec<Asked>, usize)> = (0_u64..)
        .zip(&synsets)
        .map(|(number, places)| sampled(recording, settings, places, derived(seed, number)))
        .collect();
    let is_full = settings.method.engine() == Some(crate::consensus::Method::Full);
    let (calibrations, mut skills) = match is_full {
        true => trained(recording, settings, &drawn, seed),
        false => (drawn.iter().map(|(tasks, sample)| alone(settings, tasks, *sample)).collect(), Vec::new()),
    };
    let models: Vec<Model> = calibrations.iter().map(|calibration| *calibration.model()).collect();
    let chooses = is_full && settings.policy.whom() == Whom::Suited;
    let middle = chooses.then(|| Middle::of(&skills, mean_rates(&models)));
    let numbered = (0_u64..).zip(drawn.into_iter().zip(calibrations));
    numbered
        .map(|(number, ((tasks, sample), calibration))| {
            let mut synset = Synset::new(calibration, tasks, sample);
            let mut engine = Engine { skills: is_full.then_some(&mut skills), settings, middle };
            engine.run(&mut synset, derived(seed, number));
            if is_full && settings.audit > 0 {
                engine.audit(recording, &mut synset, derived(seed, number));
            }
            synset.tallies(recording)
        })
        .collect()
}

/// Draws the initial sample, asks what it needs, and lets an expert label some.
fn sampled(recording: &Recording, settings: &Settings, places: &[usize], seed: u64) -> (Vec<Asked>, usize) {
    let chosen = initial_sample(seed, places.len(), settings.initial);
    let rest = (0..places.len()).filter(|at| chosen.binary_search(at).is_err());
    let asked = |at: &usize| {
        let place = places.get(*at)?;
        Some(Asked::new(*place, recording.tasks.get(*place)?, seed))
    };
    let mut tasks: Vec<Asked> = chosen.iter().filter_map(asked).collect();
    let policy = settings.policy;
    for task in &mut tasks {
        task.ask_for_sample(policy.initial_votes(), policy.cap());
    }
    anchor(recording, settings.anchors, &mut tasks, seed);
    tasks.extend(rest.filter_map(|at| asked(&at)));
    (tasks, chosen.len())
}

fn anchor(recording: &Recording, anchors: usize, sample: &mut [Asked], seed: u64) {
    let truth = |task: &Asked| recording.tasks.get(task.task).and_then(|task| task.truth);
    let tempts = |task: &Asked| task.tally.selection_frequency().is_some_and(|share| share > 0.25);
    let shuffled = order(seed, sample.len());
    let known = shuffled.into_iter().filter(|at| sample.get(*at).is_some_and(|task| truth(task).is_some()));
    let (tempting, plain): (Vec<usize>, Vec<usize>) =
        known.partition(|at| sample.get(*at).is_some_and(tempts));
    let among_tempting = tempting.len().min((anchors * ANCHORS_AMONG_TEMPTING).div_ceil(4));
    let among_plain = plain.len().min(anchors - among_tempting);
    let chosen: Vec<usize> =
        tempting.iter().take(anchors - among_plain).chain(plain.iter().take(among_plain)).copied().collect();
    for at in chosen {
        if let Some(task) = sample.get_mut(at) {
            task.expert = truth(task);
            task.is_anchor = true;
        }
    }
}

/// The table policy: every synset by itself.
fn alone(settings: &Settings, tasks: &[Asked], sample: usize) -> Calibration {
    let images: Vec<SampleImage> = tasks.iter().take(sample).map(Asked::counted).collect();
    calibrate(&images, &Prior::global(), &settings.policy)
}

/// The full policy: all synsets and all workers together.
fn trained(
    recording: &Recording,
    settings: &Settings,
    drawn: &[(Vec<Asked>, usize)],
    seed: u64,
) -> (Vec<Calibration>, Vec<Skill>) {
    let samples: Vec<VotedSample> = drawn
        .iter()
        .map(|(tasks, sample)| VotedSample {
            parent: None,
            images: tasks.iter().take(*sample).map(Asked::voted).collect(),
        })
        .collect();
    let known = qualified(recording, settings.gold, seed);
    let Training { models, skills, samples, .. } = train(&samples, &known, settings.policy.cap());
    let calibrations = models
        .synsets
        .iter()
        .zip(&samples)
        .map(|(model, sample)| {
            let anchored = sample.iter().filter(|image| image.expert.is_some()).count();
            Calibration::of_model(model, &settings.policy, count(sample.len()), count(anchored))
        })
        .collect();
    (calibrations, skills)
}

/// What some answers of each worker to images with a known truth say of them.
fn qualified(recording: &Recording, gold: usize, seed: u64) -> Vec<Skill> {
    let mut skills = vec![Skill::default(); recording.workers];
    let mut answered = vec![0_usize; recording.workers];
    if gold == 0 {
        return skills;
    }
    for place in order(seed, recording.tasks.len()) {
        let Some(task) = recording.tasks.get(place) else { continue };
        let Some(truth) = task.truth else { continue };
        for (worker, answer) in &task.votes {
            if let (Some(skill), Some(answered)) = (skills.get_mut(*worker), answered.get_mut(*worker))
                && *answered < gold
            {
                *answered += 1;
                *skill = skill.with(answer.as_yes(), f64::from(u8::from(truth)), GOLD_RATES);
            }
        }
    }
    skills
}

struct Engine<'a> {
    /// Of all workers; none where everybody weighs 1.
    skills: Option<&'a mut Vec<Skill>>,
    settings: &'a Settings,
    /// Where workers are chosen by their skills.
    middle: Option<Middle>,
}

impl Engine<'_> {
    /// Judges the sample, then asks about every other task, in random order, until it is settled.
    fn run(&mut self, synset: &mut Synset, seed: u64) {
        for at in 0..synset.sample {
            self.weigh_again(synset, at);
        }
        if synset.on_hold {
            return;
        }
        let rest = order(seed, synset.tasks.len()).into_iter().filter(|at| *at >= synset.sample);
        // Images of the sample that their votes leave open are asked about like all others.
        let open = (0..synset.sample)
            .filter(|at| synset.tasks.get(*at).is_some_and(|task| task.verdict == Verdict::Undecided));
        let queue: VecDeque<usize> = open.chain(rest).collect();
        self.ask(synset, queue);
    }

    fn ask(&mut self, synset: &mut Synset, mut queue: VecDeque<usize>) {
        while let Some(at) = queue.pop_front() {
            if self.settle(synset, at) {
                queue.extend(synset.score_again());
            }
        }
    }

    /// Asks about one task until it is settled or nobody is left; true when that moves the offset.
    fn settle(&mut self, synset: &mut Synset, at: usize) -> bool {
        let offset = synset.offset + synset.shift;
        let Some(task) = synset.tasks.get_mut(at) else { return false };
        while task.verdict == Verdict::Undecided {
            if let (Some(skills), Some(middle)) = (&self.skills, self.middle) {
                let known = |worker: usize| skills.get(worker).copied().unwrap_or_default();
                let has_yes = task.tally.yes > 0;
                task.prefer(|worker| middle.standing(known(worker)).suits(has_yes));
            }
            let Some((worker, answer)) = task.ask() else { return false };
            let weights = match &self.skills {
                Some(skills) => skills
                    .get(worker)
                    .map_or(Weights::FULL, |skill| skill.weights(rates(synset.calibration.model()))),
                None => Weights::FULL,
            };
            task.weighed.add(worker, answer, weights);
            let judged = task.weighed.judge(&synset.calibration, offset);
            (task.verdict, task.confidence) = (judged.verdict, judged.confidence);
        }
        let Some(skills) = &mut self.skills else { return false };
        // Training has credited the sample, and counted it.
        if at < synset.sample {
            return false;
        }
        // An image that was open again is credited and counted only once.
        match task.resolved.replace(task.confidence) {
            Some(before) => synset.resolved.good += task.confidence - before,
            None => {
                task.weighed.credit(synset.calibration.table(), offset, task.expert, skills);
                synset.resolved.good += task.confidence;
                synset.resolved.images += 1.0;
            }
        }
        let moved = synset.resolved.offset(synset.calibration.model().prevalence());
        let moves = (moved - synset.offset).abs() > OFFSET_STEP;
        if moves {
            synset.offset = moved;
            synset.calibration.expecting(moved + synset.shift);
        }
        moves
    }

    /// Weighs the votes of a sampled image by what the training says of their workers, and judges it.
    fn weigh_again(&self, synset: &mut Synset, at: usize) {
        let model = *synset.calibration.model();
        let Some(task) = synset.tasks.get_mut(at) else { return };
        for (worker, answer) in task.said().to_vec() {
            let skill = self.skills.as_ref().and_then(|skills| skills.get(worker));
            task.weighed.add(
                worker,
                answer,
                skill.map_or(Weights::FULL, |skill| skill.weights(rates(&model))),
            );
        }
        let judged = match task.expert {
            Some(good) => crate::consensus::Judgement::by_expert(good),
            None => task.weighed.judge(&synset.calibration, 0.0),
        };
        (task.verdict, task.confidence) = (judged.verdict, judged.confidence);
    }

    /// Shows accepted images to an expert who does not know the verdict; holds the synset, or lowers its confidences.
    fn audit(&mut self, recording: &Recording, synset: &mut Synset, seed: u64) {
        let truth = |task: &Asked| recording.tasks.get(task.task).and_then(|task| task.truth);
        let is_auditable = |task: &Asked| {
            task.verdict == Verdict::Positive && task.expert.is_none() && truth(task).is_some()
        };
        let looked_at: Vec<usize> = order(derived(seed, 1), synset.tasks.len())
            .into_iter()
            .filter(|at| synset.tasks.get(*at).is_some_and(is_auditable))
            .take(self.settings.audit)
            .collect();
        let offset = synset.offset + synset.shift;
        let mut audited = Vec::new();
        for at in looked_at {
            let Some(task) = synset.tasks.get_mut(at) else { continue };
            let Some(good) = truth(task) else { continue };
            let log_odds =
                synset.calibration.table().log_odds_at(task.weighed.yes(), task.weighed.no()) + offset;
            audited.push(Audited { log_odds, good });
            task.expert = Some(good);
            task.verdict = if good { Verdict::Positive } else { Verdict::Negative };
        }
        let good = audited.iter().filter(|image| image.good).count();
        let bad = audited.len() - good;
        let target = self.settings.policy.threshold().map_or(self.settings.policy.target(), |tau| tau.get());
        if audits_fail(count(good), count(bad), target) {
            synset.on_hold = true;
            return;
        }
        synset.shift = audit_shift(&audited);
        synset.calibration.expecting(synset.offset + synset.shift);
        let reopened = synset.score_again().collect();
        self.ask(synset, reopened);
    }
}

impl Synset {
    fn new(calibration: Calibration, tasks: Vec<Asked>, sample: usize) -> Self {
        let on_hold = calibration.hold().is_some();
        let (resolved, offset, shift) = (Resolved::default(), 0.0, 0.0);
        Self { calibration, tasks, sample, resolved, offset, shift, on_hold }
    }

    /// Judges what is accepted once more; what falls below the threshold is open again.
    fn score_again(&mut self) -> impl Iterator<Item = usize> + use<> {
        let offset = self.offset + self.shift;
        let mut reopened = Vec::new();
        for (at, task) in self.tasks.iter_mut().enumerate() {
            if task.verdict == Verdict::Positive && task.expert.is_none() {
                let judged = task.weighed.judge(&self.calibration, offset);
                (task.verdict, task.confidence) = (judged.verdict, judged.confidence);
                if judged.verdict == Verdict::Undecided {
                    reopened.push(at);
                }
            }
        }
        reopened.into_iter()
    }

    fn tallies(&self, recording: &Recording) -> Tallies {
        let mut tallies = Tallies::default();
        for task in &self.tasks {
            let truth = recording.tasks.get(task.task).and_then(|task| task.truth);
            match self.on_hold {
                true => tallies.hold(task, truth),
                false => tallies.add(task, truth),
            }
        }
        tallies
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
