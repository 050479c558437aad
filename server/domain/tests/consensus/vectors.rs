//! Every number of the reference vectors, which two independent implementations agreed on.

use std::collections::BTreeMap;

use domain::consensus::{
    ConfidenceTable, CountedTable, Model, Prior, Rejection, SampleImage, StopRule, Tally, Threshold, Verdict,
    fit::{fit, fit_pooled, objective},
    forecast::forecast,
    model::NEAR_MISS,
    policy::Calibration,
    tally::Answer,
};
use serde::Deserialize;

use crate::support::{ModelCases, close, model_at, named, raw, theta, vectors};

#[derive(Deserialize)]
struct Counted {
    tolerance: f64,
    cases: Vec<CountedCase>,
}

#[derive(Deserialize)]
struct CountedCase {
    name: String,
    sample: Vec<Votes>,
    cells: Vec<CountedWant>,
}

#[derive(Deserialize)]
struct CountedWant {
    yes: u32,
    no: u32,
    conf: Option<f64>,
    weight: f64,
}

#[derive(Deserialize)]
struct Votes {
    yes: u32,
    votes: u32,
    expert: Option<u32>,
    count: Option<f64>,
}

impl Votes {
    fn images(&self) -> Vec<SampleImage> {
        let image =
            SampleImage { yes: self.yes, no: self.votes - self.yes, expert: self.expert.map(|e| e == 1) };
        vec![image; self.count.unwrap_or(1.0) as usize]
    }
}

fn images(votes: &[Votes]) -> Vec<SampleImage> {
    votes.iter().flat_map(Votes::images).collect()
}

#[test]
fn the_counted_table_counts_all_orders_of_the_votes() {
    let vectors: Counted = vectors(include_str!("../vectors/paper_table.json"));
    assert!(vectors.cases.len() >= 7);
    for case in &vectors.cases {
        let table = CountedTable::from_sample(&images(&case.sample));
        assert_eq!(table.cells().count(), case.cells.len(), "{}", case.name);
        for want in &case.cells {
            let what = format!("{} ({}, {})", case.name, want.yes, want.no);
            let got = table.cell(want.yes, want.no).unwrap();
            assert_eq!(got.confidence.is_some(), want.conf.is_some(), "{what}");
            close(got.confidence.unwrap_or(0.0), want.conf.unwrap_or(0.0), vectors.tolerance, &what);
            close(got.support, want.weight, vectors.tolerance, &what);
        }
    }
}

#[test]
fn the_table_of_known_parameters_has_the_reference_cells() {
    let vectors: ModelCases = vectors(include_str!("../vectors/model_table.json"));
    for case in &vectors.cases {
        assert_eq!((NEAR_MISS.mean, NEAR_MISS.concentration), (case.nm_mu, case.nm_s));
        let table = ConfidenceTable::new(&case.model(), case.cap);
        for cell in &case.cells {
            let what = format!("{} ({}, {})", case.name, cell.yes, cell.no);
            let tolerance = vectors.tolerance;
            close(raw(&table, cell.yes, cell.no), cell.raw_logodds, tolerance, &what);
            close(table.log_odds_at(cell.yes.into(), cell.no.into()), cell.logodds, tolerance, &what);
            close(table.confidence(cell.yes, cell.no), cell.conf, tolerance, &what);
            close(table.next_yes(cell.yes, cell.no), cell.p_next_yes, tolerance, &what);
        }
        for (confidence, votes) in &case.n_star {
            assert_eq!(
                table.votes_to_reach(confidence.parse().unwrap()),
                *votes,
                "{} {confidence}",
                case.name
            );
        }
    }
}

#[derive(Deserialize)]
struct Fits {
    tolerance: FitTolerance,
    cases: Vec<FitCase>,
}

#[derive(Deserialize)]
struct FitTolerance {
    objective: f64,
    theta: f64,
    conf: f64,
    objective_at_prior_mean: f64,
}

#[derive(Deserialize)]
struct FitCase {
    name: String,
    prior_mean: [f64; 5],
    prior_sd: [f64; 5],
    eps: f64,
    data: Vec<Votes>,
    theta: [f64; 5],
    objective: f64,
    objective_at_prior_mean: f64,
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    yes: u32,
    no: u32,
    conf: f64,
}

fn compare_cells(model: &Model, cells: &[Cell], tolerance: f64, name: &str) {
    let table = ConfidenceTable::new(model, 20);
    for cell in cells {
        let what = format!("{name} ({}, {})", cell.yes, cell.no);
        close(table.confidence(cell.yes, cell.no), cell.conf, tolerance, &what);
    }
}

#[test]
fn the_fit_finds_the_reference_parameters() {
    let vectors: Fits = vectors(include_str!("../vectors/fit.json"));
    for case in &vectors.cases {
        let prior = Prior::new(model_at(case.prior_mean, case.eps), case.prior_sd).unwrap();
        let sample = images(&case.data);
        let at_centre = objective(&sample, &prior, prior.centre());
        close(
            at_centre,
            case.objective_at_prior_mean,
            vectors.tolerance.objective_at_prior_mean,
            &format!("{} objective at the prior's centre", case.name),
        );
        let fit = fit(&sample, &prior);
        assert!(fit.objective <= case.objective + vectors.tolerance.objective, "{}: {fit:?}", case.name);
        for (got, want) in theta(&fit.model).iter().zip(case.theta) {
            close(*got, want, vectors.tolerance.theta, &case.name);
        }
        compare_cells(&fit.model, &case.cells, vectors.tolerance.conf, &case.name);
    }
}

#[derive(Deserialize)]
struct Hierarchy {
    tolerance: HierarchyTolerance,
    wide_mean: [f64; 5],
    wide_sd: [f64; 5],
    level_sd: [f64; 5],
    eps0: f64,
    synsets: BTreeMap<String, Synset>,
    expected: Expected,
}

#[derive(Deserialize)]
struct HierarchyTolerance {
    theta: f64,
    eps: f64,
    conf: f64,
}

#[derive(Deserialize)]
struct Synset {
    parent: String,
    data: Vec<Votes>,
}

#[derive(Deserialize)]
struct Expected {
    global_: Level,
    parents: BTreeMap<String, Level>,
    synsets: BTreeMap<String, Level>,
}

#[derive(Deserialize)]
struct Level {
    theta: [f64; 5],
    eps: f64,
    #[serde(default)]
    cells: Vec<Cell>,
}

impl Hierarchy {
    fn compare(&self, model: &Model, want: &Level, name: &str) {
        for (got, want) in theta(model).iter().zip(want.theta) {
            close(*got, want, self.tolerance.theta, name);
        }
        close(model.near_miss_share(), want.eps, self.tolerance.eps, name);
        compare_cells(model, &want.cells, self.tolerance.conf, name);
    }

    fn pooled(&self, parent: Option<&str>) -> Vec<SampleImage> {
        let belongs = |synset: &&Synset| parent.is_none_or(|parent| synset.parent == parent);
        self.synsets.values().filter(belongs).flat_map(|synset| images(&synset.data)).collect()
    }
}

#[test]
fn synsets_lean_on_their_parent_and_parents_on_all_synsets() {
    let vectors: Hierarchy = vectors(include_str!("../vectors/hierarchy.json"));
    let wide = Prior::global();
    assert_eq!((wide.sd(), wide.centre().near_miss_share()), (vectors.wide_sd, vectors.eps0));
    for (got, want) in theta(wide.centre()).iter().zip(vectors.wide_mean) {
        close(*got, want, 1e-12, "wide prior");
    }
    assert_eq!(Prior::below(wide.centre()).sd(), vectors.level_sd);

    let global = fit_pooled(&vectors.pooled(None), &wide).model;
    vectors.compare(&global, &vectors.expected.global_, "global");
    for (name, want) in &vectors.expected.parents {
        let parent = fit_pooled(&vectors.pooled(Some(name)), &Prior::below(&global)).model;
        vectors.compare(&parent, want, name);
        for (name, synset) in vectors.synsets.iter().filter(|(_, synset)| synset.parent == *name) {
            let synset = fit(&images(&synset.data), &Prior::below(&parent)).model;
            vectors.compare(&synset, &vectors.expected.synsets[name], name);
        }
    }
}

#[derive(Deserialize)]
struct Interpolation {
    cap: u32,
    tolerance: f64,
    cases: Vec<Fraction>,
}

#[derive(Deserialize)]
struct Fraction {
    yes: f64,
    no: f64,
    logodds: f64,
}

#[test]
fn fractions_of_votes_are_interpolated_in_log_odds() {
    let vectors: Interpolation = vectors(include_str!("../vectors/interp.json"));
    let table = ConfidenceTable::new(&named("burmese"), vectors.cap);
    for case in &vectors.cases {
        let what = format!("({}, {})", case.yes, case.no);
        close(table.log_odds_at(case.yes, case.no), case.logodds, vectors.tolerance, &what);
    }
}

#[derive(Deserialize)]
struct Stopping {
    tolerance: f64,
    dp: Vec<Outlook>,
    sequences: Vec<Sequence>,
}

#[derive(Deserialize)]
struct Outlook {
    params: String,
    tau: f64,
    cap: u32,
    simple_rho_010: Simple,
    n_star: Option<u32>,
}

#[derive(Deserialize)]
struct Simple {
    mean_conf_of_accepted: f64,
    p_accept: f64,
    expected_votes: f64,
    p_cap: f64,
}

#[test]
fn the_forecast_is_the_reference_forecast() {
    let vectors: Stopping = vectors(include_str!("../vectors/stopping.json"));
    for case in &vectors.dp {
        let what = format!("{} at {}", case.params, case.tau);
        let table = ConfidenceTable::new(&named(&case.params), case.cap);
        let rule = StopRule { threshold: Threshold::new(case.tau), rejection: Rejection::USUAL };
        let (got, want) = (forecast(&table, rule), &case.simple_rho_010);
        let mean = got.mean_confidence_of_accepted.unwrap_or(0.0);
        close(mean, want.mean_conf_of_accepted, vectors.tolerance, &what);
        close(got.acceptance, want.p_accept, vectors.tolerance, &what);
        close(got.expected_votes, want.expected_votes, vectors.tolerance, &what);
        close(got.escalation, want.p_cap, vectors.tolerance, &what);
        assert_eq!(got.votes_per_accepted.is_some(), want.p_accept > 0.0, "{what}");
        if let Some(votes) = got.votes_per_accepted {
            close(votes, want.expected_votes / want.p_accept, 1e-4, &what);
        }
        assert_eq!(table.votes_to_reach(case.tau), case.n_star, "{what}");
    }
}

#[derive(Deserialize)]
struct Sequence {
    votes: String,
    conf_after_each: Vec<f64>,
    decision: String,
    votes_used: usize,
}

#[test]
fn votes_are_asked_for_until_the_reference_decision() {
    let vectors: Stopping = vectors(include_str!("../vectors/stopping.json"));
    let rule = StopRule { threshold: Threshold::new(0.99), rejection: Rejection::USUAL };
    let calibration = Calibration::from_parts(&named("cat"), rule, 20, 60, 0).unwrap();
    for sequence in &vectors.sequences {
        let mut tally = Tally::default();
        let mut verdict = Verdict::Undecided;
        let mut used = Vec::new();
        for vote in sequence.votes.chars() {
            tally = tally.add(if vote == '1' { Answer::Yes } else { Answer::No });
            let judgement = calibration.judge(tally);
            used.push(judgement.confidence);
            verdict = judgement.verdict;
            if verdict.is_settled() {
                break;
            }
        }
        let word = match verdict {
            Verdict::Positive => "accepted",
            Verdict::Negative => "rejected",
            Verdict::Escalated => "escalated",
            Verdict::Undecided => "open",
        };
        assert_eq!(
            (word, used.len()),
            (sequence.decision.as_str(), sequence.votes_used),
            "{}",
            sequence.votes
        );
        for (got, want) in used.iter().zip(&sequence.conf_after_each) {
            close(*got, *want, vectors.tolerance, &sequence.votes);
        }
    }
}
