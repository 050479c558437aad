//! A synset's table, stop levels and outlook in one value, and the judgement of its images.

use super::{
    facts::Facts,
    findings::{AuditedImage, Findings},
    fit::fit,
    forecast::{Forecast, THRESHOLDS, follow, solve_threshold},
    method::Method,
    model::Model,
    numbers::sigmoid,
    prior::Prior,
    prospect::{Prospects, look_back},
    rule::Rule,
    sample::SampleImage,
    settings::{DEFAULT_CAP, MAX_CAP, MIN_INITIAL_VOTES, Policy, PolicyError},
    source::{Offsets, Source, learn_offset},
    stop::{Judgement, Rejection, StopRule, Threshold},
    table::ConfidenceTable,
    votes::Votes,
    worth::{self, Outlook, Worth},
};

/// The confidence at which the semantic difficulty of synsets is compared.
pub const DIFFICULTY_CONFIDENCE: f64 = 0.99;

/// Below this share of accepted candidates a synset is held.
pub const LEAST_ACCEPTANCE: f64 = 0.01;

/// Why a synset is held: no more votes are asked for, an expert must look at it first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hold {
    /// No stop level makes accepted images as precise as the target asks, on average.
    NoThreshold,
    /// Not even unanimous votes up to the cap reach the stop level.
    TooDifficult {
        /// The cap, in votes.
        cap: u32,
        /// The confidence after that many votes, all of them yes, 0 to 1.
        best: f64,
        /// The confidence that would be needed, 0 to 1.
        needed: f64,
    },
    /// Hardly any candidate would be accepted, so the votes would be wasted.
    AlmostNothingAccepted {
        /// The predicted share of accepted candidates, 0 to 1.
        acceptance: f64,
    },
    /// Experts found accepted images that are none, more than the promise allows.
    AuditsFailed {
        /// Audited images.
        audited: u32,
        /// Those that do not show the synset.
        bad: u32,
        /// The precision that was promised, 0 to 1.
        promised: f64,
    },
}

impl std::fmt::Display for Hold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoThreshold => write!(
                f,
                "no confidence threshold would make the accepted images as precise as the target asks; expert labels \
                 on the initial sample or a lower target would help"
            ),
            Self::TooDifficult { cap, best, needed } => write!(
                f,
                "workers can't tell these images apart: after {cap} votes, all of them yes, an image is good with a \
                 chance of {:.1} %, and {:.1} % is needed; expert labels on the initial sample would help",
                100.0 * best,
                100.0 * needed
            ),
            Self::AlmostNothingAccepted { acceptance } => write!(
                f,
                "only {:.2} % of the candidates would be accepted, so nearly every vote would be wasted; better \
                 candidates or expert labels on the initial sample would help",
                100.0 * acceptance
            ),
            Self::AuditsFailed { audited, bad, promised } => write!(
                f,
                "experts looked at {audited} accepted images without knowing the verdict, and {bad} of them do not show the \
                 synset: that rules out the {:.1} % that are promised; expert labels on the initial sample would help",
                100.0 * promised
            ),
        }
    }
}

/// Everything that is decided about a synset's votes once its initial sample is complete.
///
/// It follows from what [`Calibration::from_parts`] takes, and nothing else: store those numbers, and the same
/// table comes back, bit by bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    table: ConfidenceTable,
    rule: Rule,
    outlook: Option<Outlook>,
    /// Of images of a source, with its offset ([`Calibration::expecting`]).
    moved: Option<(f64, Outlook)>,
    forecast: Forecast,
    difficulty: Option<u32>,
    hold: Option<Hold>,
    images: u32,
    anchored: u32,
    offsets: Offsets,
    findings: Findings,
}

/// Fits a synset's model to its complete initial images and finds the stop level that the policy asks for.
#[must_use]
pub fn calibrate(sample: &[SampleImage], prior: &Prior, policy: &Policy) -> Calibration {
    let anchored = sample.iter().filter(|image| image.expert.is_some()).count();
    Calibration::of_model(&fit(sample, prior).model, policy, number(sample.len()), number(anchored))
}

impl Calibration {
    /// A calibration of a model that was fitted elsewhere, with the stop level that the policy asks for. `images` and
    /// `anchored`: how many images the sample had, and how many of them an expert had labelled.
    #[must_use]
    pub fn of_model(model: &Model, policy: &Policy, images: u32, anchored: u32) -> Self {
        let table = ConfidenceTable::new(model, policy.cap());
        let rule = Rule::of(&table, policy);
        Self::of(table, rule, policy.worth(), images, anchored)
    }

    /// The same model under another policy, as the same sample would be calibrated by it, with what audits found.
    #[must_use]
    pub fn under(&self, policy: &Policy) -> Self {
        Self::of_model(self.model(), policy, self.images, self.anchored)
            .offset_by(self.offsets.clone())
            .found(self.findings, policy.promised())
    }

    /// The same with log-odds moved for images of these sources, where the method does that, before audits are taken into account
    /// ([`Calibration::found`]).
    #[must_use]
    pub fn offset_by(self, offsets: Offsets) -> Self {
        if self.rule.method.weighs_votes() { Self { offsets, ..self } } else { self }
    }

    /// What the images of each source say of how likely good ones are there, from the votes on them, whatever audits found; an
    /// expert's word counts as certain, and images that nobody has voted on say nothing. `images` with how many there are of each.
    #[must_use]
    pub fn learned_offsets(&self, images: impl IntoIterator<Item = (Facts, u64)>) -> Offsets {
        if !self.rule.method.weighs_votes() {
            return Offsets::default();
        }
        let mut by_source: std::collections::BTreeMap<Source, Vec<(f64, f64)>> = Default::default();
        for (facts, number) in images {
            let (yes, no) = self.rule.place(facts.votes());
            let log_odds = match facts.expert {
                Some(true) => f64::INFINITY,
                Some(false) => f64::NEG_INFINITY,
                None if facts.tally.total() == 0 => continue,
                None => self.table.log_odds_at(yes, no) - self.findings.shift,
            };
            by_source.entry(facts.source).or_default().push((log_odds, number as f64));
        }
        let learned = |(source, images): (Source, Vec<(f64, f64)>)| {
            (source, learn_offset(&images, self.model().prevalence()))
        };
        Offsets::new(by_source.into_iter().map(learned))
    }

    /// The same after audits: what they found moves the table down, or holds the synset where it rules out `promised`, a share
    /// of 1.
    #[must_use]
    pub fn audited(self, audited: &[AuditedImage], promised: f64) -> Self {
        let plain = ConfidenceTable::new(self.model(), self.cap());
        let findings = Findings::of(&plain, self.rule, &self.offsets, audited);
        self.found(findings, promised)
    }

    /// The same with findings that were stored.
    #[must_use]
    pub fn found(self, findings: Findings, promised: f64) -> Self {
        // Most synsets have none, and a table costs some tenths of a millisecond.
        if findings == self.findings && findings == Findings::default() {
            return self;
        }
        let table = ConfidenceTable::new(self.model(), self.cap()).shifted(findings.shift);
        let moved = Self::of(table, self.rule, self.worth(), self.images, self.anchored);
        let failed = findings.rule_out(promised).then(|| {
            let audited = findings.good.saturating_add(findings.bad);
            Hold::AuditsFailed { audited, bad: findings.bad, promised }
        });
        // How hard a synset is for people, on the scale that all synsets share, is the votes' to say.
        let Self { difficulty, offsets, .. } = self;
        Self { findings, difficulty, offsets, hold: failed.or(moved.hold), ..moved }
    }

    /// A calibration from its stored numbers: the fitted model, the stop levels (`threshold` is `None` when none was
    /// found), the cap, and how many images the sample had and an expert had labelled.
    ///
    /// # Errors
    /// When the cap is outside [`MIN_INITIAL_VOTES`] to [`MAX_CAP`].
    pub fn from_parts(
        model: &Model,
        rule: impl Into<Rule>,
        cap: u32,
        images: u32,
        anchored: u32,
    ) -> Result<Self, PolicyError> {
        if !(MIN_INITIAL_VOTES..=MAX_CAP).contains(&cap) {
            return Err(PolicyError::Cap { cap, initial_votes: MIN_INITIAL_VOTES });
        }
        Ok(Self::of(ConfidenceTable::new(model, cap), rule.into(), None, images, anchored))
    }

    /// The same with images given up by what accepting them is worth, instead of at ρ, before audits are taken into account
    /// ([`Calibration::found`]). The stop level stays.
    #[must_use]
    pub fn giving_up(self, worth: Worth) -> Self {
        Self::of(self.table, self.rule, Some(worth), self.images, self.anchored)
    }

    /// Looks ahead for images of a source with this offset, where worth decides: [`Calibration::judge_weighed`] does without that, but then
    /// gives them up as if they came from the sample's source.
    pub fn expecting(&mut self, offset: f64) {
        let threshold = self.rule.levels.threshold;
        self.moved =
            self.worth().map(|worth| (offset, Outlook::at_offset(&self.table, threshold, worth, offset)));
    }

    fn of(table: ConfidenceTable, rule: Rule, worth: Option<Worth>, images: u32, anchored: u32) -> Self {
        // Who chose a number of votes gets them.
        let worth = worth.filter(|_| rule.method.fixed_votes().is_none());
        let outlook = worth.map(|worth| Outlook::new(&table, rule.levels.threshold, worth));
        let verdict = |yes: u32, no: u32, confidence| {
            judge(rule, outlook.as_ref(), (yes.into(), no.into()), yes + no, confidence, table.cap()).verdict
        };
        let forecast = follow(&table, verdict);
        let difficulty = difficulty(&table);
        let hold = hold(&table, rule, &forecast);
        let (offsets, findings) = (Offsets::default(), Findings::default());
        Self {
            table,
            rule,
            outlook,
            moved: None,
            forecast,
            difficulty,
            hold,
            images,
            anchored,
            offsets,
            findings,
        }
    }

    /// The fitted model.
    #[must_use]
    pub const fn model(&self) -> &Model {
        self.table.model()
    }

    /// The decision table.
    #[must_use]
    pub const fn table(&self) -> &ConfidenceTable {
        &self.table
    }

    /// Who decides, and both stop levels.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// Who decides.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.rule.method
    }

    /// τ: the confidence at which an image is accepted; `None` when no level is safe, and where confidence does not decide.
    #[must_use]
    pub const fn threshold(&self) -> Option<Threshold> {
        self.rule.levels.threshold
    }

    /// What an accepted image is worth, where that decides when images are given up.
    #[must_use]
    pub fn worth(&self) -> Option<Worth> {
        self.outlook.as_ref().map(Outlook::worth)
    }

    /// What is likely to become of an image at every tally.
    #[must_use]
    pub fn prospects(&self) -> Prospects {
        let judge = |yes: u32, no: u32, confidence| {
            self.judge_place((yes.into(), no.into()), yes + no, confidence, 0.0).verdict
        };
        let of_source = |(source, offset)| {
            let table =
                ConfidenceTable::new(&self.model().moved(offset), self.cap()).shifted(self.findings.shift);
            (source, look_back(&table, judge))
        };
        let moved = self.offsets.iter().filter(|(_, offset)| *offset != 0.0).map(of_source).collect();
        Prospects::with_sources(self.rule, look_back(&self.table, judge), moved)
    }

    /// ρ: the confidence at which an image is rejected, where no worth decides that ([`Calibration::worth`]).
    #[must_use]
    pub const fn rejection(&self) -> Rejection {
        self.rule.levels.rejection
    }

    /// The most votes that one image may cost.
    #[must_use]
    pub const fn cap(&self) -> u32 {
        self.table.cap()
    }

    /// What the rest of the candidates will cost and yield.
    #[must_use]
    pub const fn forecast(&self) -> &Forecast {
        &self.forecast
    }

    /// The semantic difficulty: how many unanimous yes votes make an image good at 99 %; `None` when not even
    /// [`DEFAULT_CAP`] do. The same scale for all synsets, whatever their own threshold and cap.
    #[must_use]
    pub const fn difficulty(&self) -> Option<u32> {
        self.difficulty
    }

    /// Why no more votes should be asked for, if so.
    #[must_use]
    pub const fn hold(&self) -> Option<Hold> {
        self.hold
    }

    /// How many images the sample had.
    #[must_use]
    pub const fn images(&self) -> u32 {
        self.images
    }

    /// How many of them an expert had labelled. Without any, a crowd that is wrong together goes unnoticed.
    #[must_use]
    pub const fn anchored(&self) -> u32 {
        self.anchored
    }

    /// How much likelier good images are in each source than in the sample.
    #[must_use]
    pub const fn offsets(&self) -> &Offsets {
        &self.offsets
    }

    /// The share of good images that images of a source are judged by.
    #[must_use]
    pub fn prevalence_in(&self, source: Source) -> f64 {
        self.model().moved(self.offsets.of(source)).prevalence()
    }

    /// What audits found.
    #[must_use]
    pub const fn findings(&self) -> Findings {
        self.findings
    }

    /// What an image with these votes is. The order of votes does not matter, and images of the initial sample are
    /// judged like all others; an expert's word ([`Judgement::by_expert`]) overrides this.
    #[must_use]
    pub fn judge(&self, votes: impl Into<Votes>) -> Judgement {
        let votes = votes.into();
        let (yes, no) = self.rule.place(votes);
        self.judge_weighed(yes, no, votes.tally.total(), self.offsets.of(votes.source))
    }

    /// What an image with these weighted votes is: `yes` and `no` in votes of workers who count fully, `votes` of any weight,
    /// `offset` in log-odds for where the image comes from and what audits found.
    #[must_use]
    pub fn judge_weighed(&self, yes: f64, no: f64, votes: u32, offset: f64) -> Judgement {
        let confidence = sigmoid(self.table.log_odds_at(yes, no) + offset);
        self.judge_place((yes, no), votes, confidence, offset)
    }

    /// The fewest further yes and no votes that can settle an image with these votes, 0 if it is settled: as many
    /// times it may be leased at once without asking anyone in vain.
    #[must_use]
    pub fn best_case_need(&self, votes: impl Into<Votes>) -> u32 {
        let votes = votes.into();
        let ((yes, no), cast) = (self.rule.place(votes), votes.tally.total());
        let offset = self.offsets.of(votes.source);
        // The table is monotone, so the shortest way to acceptance is all yes, and to rejection all no.
        let settles = |more: &u32| {
            let (votes, extra) = (cast.saturating_add(*more), f64::from(*more));
            [(yes + extra, no), (yes, no + extra)]
                .into_iter()
                .any(|(yes, no)| self.judge_weighed(yes, no, votes, offset).verdict.is_settled())
        };
        let left = self.cap().saturating_sub(cast);
        (0..left).find(settles).unwrap_or(left)
    }

    fn judge_place(&self, at: (f64, f64), votes: u32, confidence: f64, offset: f64) -> Judgement {
        let moved =
            self.moved.as_ref().filter(|(expected, _)| *expected == offset).map(|(_, outlook)| outlook);
        judge(self.rule, moved.or(self.outlook.as_ref()), at, votes, confidence, self.cap())
    }
}

fn judge(
    rule: Rule,
    outlook: Option<&Outlook>,
    at: (f64, f64),
    votes: u32,
    confidence: f64,
    cap: u32,
) -> Judgement {
    match outlook {
        Some(outlook) => outlook.judge(rule, at, votes, confidence, cap),
        None => rule.judge(at, votes, confidence, cap),
    }
}

impl Rule {
    /// The method of a policy with the levels that it asks for under this table.
    fn of(table: &ConfidenceTable, policy: &Policy) -> Self {
        let (method, rejection) = (policy.method(), policy.rejection());
        let solved = || match policy.worth() {
            Some(worth) => worth::threshold(table, policy.target(), worth),
            None => solve_threshold(table, policy.target(), rejection).map(|(threshold, _)| threshold),
        };
        let threshold = match method.fixed_votes() {
            None => policy.threshold().or_else(solved),
            Some(_) => None,
        };
        Self { method, levels: StopRule { threshold, rejection } }
    }
}

fn difficulty(table: &ConfidenceTable) -> Option<u32> {
    if table.cap() == DEFAULT_CAP {
        table.votes_to_reach(DIFFICULTY_CONFIDENCE)
    } else {
        ConfidenceTable::new(table.model(), DEFAULT_CAP).votes_to_reach(DIFFICULTY_CONFIDENCE)
    }
}

fn hold(table: &ConfidenceTable, rule: Rule, forecast: &Forecast) -> Option<Hold> {
    // Who chose a number of votes gets them, whatever they are worth.
    if rule.method.fixed_votes().is_some() {
        return None;
    }
    let rule = rule.levels;
    let lowest = THRESHOLDS.into_iter().fold(1.0, f64::min);
    let needed = rule.threshold.map_or(lowest, Threshold::get);
    if table.votes_to_reach(needed).is_none() {
        let cap = table.cap();
        return Some(Hold::TooDifficult { cap, best: table.confidence(cap, 0), needed });
    }
    if rule.threshold.is_none() {
        return Some(Hold::NoThreshold);
    }
    let acceptance = forecast.acceptance;
    (acceptance < LEAST_ACCEPTANCE).then_some(Hold::AlmostNothingAccepted { acceptance })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
