//! What all consensus tests need: reference vectors, models and votes.

use domain::consensus::{BetaBinomial, ConfidenceTable, Model, SampleImage};
use serde::Deserialize;

pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

pub fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

pub fn model(prevalence: f64, good: (f64, f64), bad: (f64, f64), near_miss_share: f64) -> Model {
    let law = |(mean, concentration)| BetaBinomial { mean, concentration };
    Model::new(prevalence, law(good), law(bad), near_miss_share).unwrap()
}

/// The model at θ = (logit π, logit μ₁, ln s₁, logit μ₀, ln s₀).
pub fn model_at(theta: [f64; 5], near_miss_share: f64) -> Model {
    let good = (sigmoid(theta[1]), theta[2].exp());
    model(sigmoid(theta[0]), good, (sigmoid(theta[3]), theta[4].exp()), near_miss_share)
}

pub fn theta(model: &Model) -> [f64; 5] {
    [
        logit(model.prevalence()),
        logit(model.good().mean),
        model.good().concentration.ln(),
        logit(model.bad().mean),
        model.bad().concentration.ln(),
    ]
}

/// An easy synset: workers recognise it and nothing else looks like it.
pub fn cat() -> Model {
    named("cat")
}

/// A hard one: workers mistake other breeds for it.
pub fn burmese() -> Model {
    named("burmese")
}

/// The models of `model_table.json`: cat, burmese, timid, ushape.
pub fn named(name: &str) -> Model {
    let cases = vectors::<ModelCases>(include_str!("../vectors/model_table.json")).cases;
    cases.iter().find(|case| case.name == name).unwrap().model()
}

pub fn image(yes: u32, no: u32) -> SampleImage {
    SampleImage { yes, no, expert: None }
}

/// `count` images for each (yes of ten votes, count).
pub fn tens(counts: &[(u32, usize)]) -> Vec<SampleImage> {
    counts.iter().flat_map(|(yes, count)| vec![image(*yes, 10 - yes); *count]).collect()
}

/// Images of a usual, easy synset.
pub fn easy_sample() -> Vec<SampleImage> {
    tens(&[(0, 34), (1, 10), (2, 5), (4, 1), (7, 1), (8, 2), (9, 1), (10, 6)])
}

pub fn raw(table: &ConfidenceTable, yes: u32, no: u32) -> f64 {
    table.model().log_odds(yes, no)
}

pub fn close(got: f64, want: f64, tolerance: f64, what: &str) {
    assert!((got - want).abs() <= tolerance, "{what}: got {got}, want {want} within {tolerance}");
}

pub fn vectors<'a, T: Deserialize<'a>>(text: &'a str) -> T {
    serde_json::from_str(text).unwrap()
}

#[derive(Deserialize)]
pub struct ModelCases {
    pub tolerance: f64,
    pub cases: Vec<ModelCase>,
}

#[derive(Deserialize)]
pub struct ModelCase {
    pub name: String,
    pi: f64,
    mu1: f64,
    s1: f64,
    mu0: f64,
    s0: f64,
    eps: f64,
    pub nm_mu: f64,
    pub nm_s: f64,
    pub cap: u32,
    pub cells: Vec<ModelCell>,
    pub n_star: std::collections::BTreeMap<String, Option<u32>>,
}

impl ModelCase {
    pub fn model(&self) -> Model {
        model(self.pi, (self.mu1, self.s1), (self.mu0, self.s0), self.eps)
    }
}

#[derive(Deserialize)]
pub struct ModelCell {
    pub yes: u32,
    pub no: u32,
    pub raw_logodds: f64,
    pub logodds: f64,
    pub conf: f64,
    pub p_next_yes: f64,
}
