//! Skills, offsets, audits and the whole pipeline against the reference.

use std::collections::BTreeMap;

use domain::consensus::{
    Answer, Audited, Calibration, Rejection, Resolved, Skill, StopRule, Threshold, Verdict, VotedImage,
    VotedSample, YesRates, audit_shift, audits_fail, offset::upper_bound, train, training::rates,
    weighing::Weighed,
};
use serde::Deserialize;

use crate::support::{close, theta, vectors};

#[derive(Deserialize)]
struct Skills {
    mu1: f64,
    mu0: f64,
    tolerance: f64,
    cases: Vec<SkillCase>,
}

#[derive(Deserialize)]
struct SkillCase {
    name: String,
    votes: Vec<GoldVote>,
    counters: Counters,
    weights_same_synset: Wanted,
    weights_hard_synset: Wanted,
}

#[derive(Deserialize)]
struct GoldVote {
    vote: f64,
    truth: f64,
}

#[derive(Deserialize)]
struct Counters {
    miss_obs: f64,
    miss_exp: f64,
    fa_obs: f64,
    fa_exp: f64,
}

impl Counters {
    fn skill(&self) -> Skill {
        Skill {
            misses: self.miss_obs,
            expected_misses: self.miss_exp,
            false_alarms: self.fa_obs,
            expected_false_alarms: self.fa_exp,
        }
    }
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    mu1: f64,
    #[serde(default)]
    mu0: f64,
    yes: f64,
    no: f64,
}

fn close_skills(got: Skill, want: Skill, tolerance: f64, name: &str) {
    for (got, want) in [
        (got.misses, want.misses),
        (got.expected_misses, want.expected_misses),
        (got.false_alarms, want.false_alarms),
        (got.expected_false_alarms, want.expected_false_alarms),
    ] {
        close(got, want, tolerance, name);
    }
}

#[test]
fn errors_and_weights_are_the_references() {
    let vectors: Skills = vectors(include_str!("../vectors/skill.json"));
    let usual = YesRates { good: vectors.mu1, bad: vectors.mu0 };
    for case in &vectors.cases {
        let skill =
            case.votes.iter().fold(Skill::default(), |skill, gold| skill.with(gold.vote, gold.truth, usual));
        close_skills(skill, case.counters.skill(), vectors.tolerance, &case.name);
        let hard = &case.weights_hard_synset;
        for (rates, want) in
            [(usual, &case.weights_same_synset), (YesRates { good: hard.mu1, bad: hard.mu0 }, hard)]
        {
            let got = skill.weights(rates);
            close(got.yes, want.yes, vectors.tolerance, &case.name);
            close(got.no, want.no, vectors.tolerance, &case.name);
        }
    }
}

#[derive(Deserialize)]
struct Offsets {
    tolerance: f64,
    offset: Vec<OffsetCase>,
    audit: Vec<AuditCase>,
}

#[derive(Deserialize)]
struct OffsetCase {
    sum_conf: f64,
    count: f64,
    pi_base: f64,
    offset: f64,
}

#[derive(Deserialize)]
struct AuditCase {
    items: Vec<AuditItem>,
    shift: f64,
}

#[derive(Deserialize)]
struct AuditItem {
    logodds: f64,
    good: u8,
}

#[test]
fn offsets_and_audit_shifts_are_the_references() {
    let vectors: Offsets = vectors(include_str!("../vectors/offset_audit.json"));
    for case in &vectors.offset {
        let resolved = Resolved { good: case.sum_conf, images: case.count };
        close(resolved.offset(case.pi_base), case.offset, vectors.tolerance, "offset");
    }
    for case in &vectors.audit {
        let audited: Vec<Audited> =
            case.items.iter().map(|item| Audited { log_odds: item.logodds, good: item.good == 1 }).collect();
        close(audit_shift(&audited), case.shift, vectors.tolerance, "shift");
    }
}

#[test]
fn one_error_in_thirty_audits_fails_the_papers_precision_and_none_does_not() {
    close(upper_bound(29, 1), 0.988, 1e-3, "29 of 30");
    assert!(audits_fail(29, 1, 0.997) && !audits_fail(30, 0, 0.997));
    assert!(!audits_fail(0, 0, 0.997) && !audits_fail(5, 0, 0.997), "nothing bad was found");
    close(upper_bound(0, 0), 0.95, 1e-9, "nothing was audited");
}

#[derive(Deserialize)]
struct Pipeline {
    settings: PipelineSettings,
    tolerance: PipelineTolerance,
    gold: BTreeMap<String, Counters>,
    calibration: BTreeMap<String, BTreeMap<String, Vec<Said>>>,
    after_calibration: AfterCalibration,
    events: Vec<Event>,
    r#final: Final,
}

#[derive(Deserialize)]
struct PipelineSettings {
    cap: u32,
    tau: f64,
    rho: f64,
}

#[derive(Deserialize)]
struct PipelineTolerance {
    theta: f64,
    counters: f64,
    conf: f64,
}

#[derive(Deserialize)]
struct Said {
    worker: String,
    vote: u8,
}

#[derive(Deserialize)]
struct AfterCalibration {
    synsets: BTreeMap<String, Fitted>,
    workers: BTreeMap<String, Trained>,
}

#[derive(Deserialize)]
struct Fitted {
    theta: [f64; 5],
    eps: f64,
    conf: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Trained {
    counters: [f64; 4],
    trusted: bool,
}

#[derive(Deserialize)]
struct Event {
    image: String,
    worker: String,
    vote: serde_json::Value,
    yes: f64,
    no: f64,
    conf: f64,
    status: String,
}

#[derive(Deserialize)]
struct Final {
    status: BTreeMap<String, String>,
    workers: BTreeMap<String, [f64; 4]>,
}

fn skill_of([misses, expected_misses, false_alarms, expected_false_alarms]: [f64; 4]) -> Skill {
    Skill { misses, expected_misses, false_alarms, expected_false_alarms }
}

fn status(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Positive => "accepted",
        Verdict::Negative => "rejected",
        Verdict::Undecided => "open",
        Verdict::Escalated => "escalated",
    }
}

#[test]
fn the_whole_pipeline_decides_as_the_reference_does() {
    let vectors: Pipeline = vectors(include_str!("../vectors/replay.json"));
    let names: Vec<&String> = vectors.gold.keys().collect();
    let number = |name: &str| names.iter().position(|known| *known == name).unwrap();
    let samples: Vec<VotedSample> = vectors
        .calibration
        .values()
        .map(|images| VotedSample {
            parent: Some(0),
            images: images
                .values()
                .map(|votes| VotedImage {
                    votes: votes
                        .iter()
                        .map(|said| {
                            (number(&said.worker), if said.vote == 1 { Answer::Yes } else { Answer::No })
                        })
                        .collect(),
                    expert: None,
                })
                .collect(),
        })
        .collect();
    let known: Vec<Skill> = vectors.gold.values().map(Counters::skill).collect();
    let settings = &vectors.settings;
    let training = train(&samples, &known, settings.cap);
    for (model, (name, want)) in training.models.synsets.iter().zip(&vectors.after_calibration.synsets) {
        for (got, want) in theta(model).iter().zip(want.theta) {
            close(*got, want, vectors.tolerance.theta, name);
        }
        close(model.near_miss_share(), want.eps, 5e-4, name);
    }
    for (name, want) in &vectors.after_calibration.workers {
        let worker = number(name);
        close_skills(training.skills[worker], skill_of(want.counters), vectors.tolerance.counters, name);
        assert_eq!(training.trusted[worker], want.trusted, "{name}");
    }

    let rule = StopRule {
        threshold: Threshold::new(settings.tau),
        rejection: Rejection::new(settings.rho).unwrap(),
    };
    let synsets: BTreeMap<&String, Calibration> = vectors
        .after_calibration
        .synsets
        .iter()
        .zip(&training.models.synsets)
        .map(|((name, want), model)| {
            let calibration = Calibration::from_parts(model, rule, settings.cap, 12, 0).unwrap();
            for (cell, conf) in &want.conf {
                let (yes, no) = cell.split_once(',').unwrap();
                let got = calibration.table().confidence(yes.parse().unwrap(), no.parse().unwrap());
                close(got, *conf, vectors.tolerance.conf, cell);
            }
            (name, calibration)
        })
        .collect();
    let mut skills = training.skills.clone();
    let mut images: BTreeMap<&String, Weighed> = BTreeMap::new();
    let mut verdicts: BTreeMap<&String, Verdict> =
        vectors.r#final.status.keys().map(|name| (name, Verdict::Undecided)).collect();
    for event in &vectors.events {
        let synset = &synsets[&event.image.split_once('/').unwrap().0.to_owned()];
        let (worker, rates) = (number(&event.worker), rates(synset.model()));
        let answer = match &event.vote {
            serde_json::Value::Number(n) if n.as_u64() == Some(1) => Answer::Yes,
            serde_json::Value::Number(_) => Answer::No,
            _ => Answer::Unsure,
        };
        let image = images.entry(&event.image).or_default();
        image.add(worker, answer, skills[worker].weights(rates));
        close(image.yes(), event.yes, vectors.tolerance.conf, &event.image);
        close(image.no(), event.no, vectors.tolerance.conf, &event.image);
        let judged = image.judge(synset, 0.0);
        close(judged.confidence, event.conf, vectors.tolerance.conf, &event.image);
        assert_eq!(status(judged.verdict), event.status, "{}", event.image);
        verdicts.insert(&event.image, judged.verdict);
        if judged.verdict.is_settled() {
            image.credit(synset.table(), 0.0, None, &mut skills);
        }
    }
    for (name, want) in &vectors.r#final.status {
        assert_eq!(status(verdicts[name]), want, "{name}");
    }
    for (name, want) in &vectors.r#final.workers {
        close_skills(skills[number(name)], skill_of(*want), vectors.tolerance.counters, name);
    }
}
