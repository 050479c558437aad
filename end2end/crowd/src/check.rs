//! Holds what the server did against what it said, what the rules say, and what the truth is.

use crate::crowd::Work;
use crate::invariants::{dishonest, left_undone, lost_or_invented, misplaced, twice, wrong_verdicts};
use crate::options::Options;
use crate::plan::{Plan, PlannedSynset};
use crate::replay::Replay;
use crate::report::{Line, Report};
use crate::setup::{INITIAL_VOTES, REJECTION};
use crate::standings::Standing;
use crate::votes::Vote;
use domain::consensus::{Method, Policy, PolicySettings, Verdict};

/// Sentences of one kind that a report lists.
const LISTED: usize = 5;
/// Holds the votes against the workers' receipts, the rules and the pages.
pub fn check(options: &Options, plan: &Plan, work: &Work, votes: &[Vote], standings: &[Standing]) -> Report {
    let mut violations = Violations::default();
    violations.add("seen by workers", work.findings.clone());
    violations.add("nobody answers an image twice", twice(votes));
    violations.add("what is acknowledged is exported, once", lost_or_invented(&work.acknowledged, votes));
    let policy = policy(options, &mut violations);
    let mut lines = Vec::new();
    for (synset, standing) in plan.synsets.iter().zip(standings) {
        let votes: Vec<Vote> = votes.iter().filter(|vote| vote.synset == synset.wnid).cloned().collect();
        let sample = usize::try_from(options.sample).unwrap_or(usize::MAX).min(synset.originals().count());
        let replay = Replay::of(&votes, sample, &policy);
        lines.push(line(synset, standing, &replay, &votes));
        synset_invariants(options, synset, standing, &replay, &votes, &policy, &mut violations);
    }
    let mut total = Line { name: "total".to_owned(), ..Line::default() };
    lines.iter().for_each(|line| total.add(line));
    violations.add("measured precision is as stated", dishonest(&total));
    let mut waits = work.waits.clone();
    waits.sort_by(f64::total_cmp);
    Report {
        workers: options.workers,
        seed: options.seed,
        target: options.target,
        seconds: work.seconds,
        votes_per_second: votes.len() as f64 / work.seconds,
        submit_p50_ms: quantile(&waits, 0.5),
        submit_p99_ms: quantile(&waits, 0.99),
        questions: work.questions.iter().map(|(answer, number)| ((*answer).to_owned(), *number)).collect(),
        batches: work.manners.iter().map(|(manner, number)| (format!("{manner:?}"), *number)).collect(),
        synsets: lines,
        total,
        violations: violations.0,
    }
}

#[derive(Default)]
struct Violations(Vec<String>);

impl Violations {
    fn add(&mut self, invariant: &str, found: Vec<String>) {
        let more = found.len().saturating_sub(LISTED);
        self.0.extend(found.into_iter().take(LISTED).map(|what| format!("{invariant}: {what}")));
        if more > 0 {
            self.0.push(format!("{invariant}: and {more} more"));
        }
    }
}

fn policy(options: &Options, violations: &mut Violations) -> Policy {
    let settings = PolicySettings {
        method: Method::Table,
        target: options.target,
        threshold: None,
        rejection: REJECTION,
        cap: options.cap,
        initial_votes: INITIAL_VOTES,
    };
    Policy::new(settings).unwrap_or_else(|error| {
        violations.add("the settings are usable", vec![error.to_string()]);
        Policy::default()
    })
}

fn synset_invariants(
    options: &Options,
    synset: &PlannedSynset,
    standing: &Standing,
    replay: &Replay,
    votes: &[Vote],
    policy: &Policy,
    violations: &mut Violations,
) {
    let mut add =
        |invariant: &str, found: Vec<String>| violations.add(&format!("{}: {invariant}", synset.wnid), found);
    add("nobody is asked about a settled image", replay.too_many.clone());
    add("every picture stands in one gallery", misplaced(synset, standing));
    add("verdicts follow from the votes", wrong_verdicts(standing, replay, votes));
    let short = replay.sample_short_of_votes(policy);
    let enough_workers = options.workers >= policy.cap();
    if short > 0 && enough_workers {
        add(
            "the initial sample has its votes",
            vec![format!("{short} images have fewer than {INITIAL_VOTES}")],
        );
    }
    add("nobody goes home while there is work", left_undone(options, standing, replay, votes));
}

fn line(synset: &PlannedSynset, standing: &Standing, replay: &Replay, votes: &[Vote]) -> Line {
    let on_hold = replay.hold().is_some();
    let is_good =
        |sha256: &String| synset.pictures.iter().any(|picture| picture.good && &picture.sha256 == sha256);
    let accepted = replay.verdicts.values().filter(|(verdict, _)| *verdict == Verdict::Positive);
    Line {
        name: synset.wnid.to_owned(),
        images: synset.originals().count(),
        positive: standing.positive.len(),
        negative: standing.negative.len(),
        escalated: standing.escalated.len(),
        on_hold: if on_hold { standing.open.len() } else { 0 },
        open: if on_hold { 0 } else { standing.open.len() },
        duplicates: standing.duplicate.len(),
        votes: votes.len(),
        too_many: replay.too_many.len(),
        right: standing.positive.iter().filter(|sha256| is_good(sha256)).count(),
        good: synset.originals().filter(|picture| picture.good).count(),
        stated: accepted.map(|(_, confidence)| confidence).sum(),
    }
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() as f64 * share) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
