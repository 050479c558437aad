//! From votes to verdicts: draws initial samples, builds confidence tables, judges candidates. The rules are in `domain`.
//!
//! A verdict is a function of a synset's newest table and the candidate's whole tally, so it can always be computed again.

mod tables;

pub use tables::{Tables, from_row, prior_of};

use super::settings::{self, count};
use super::{Failure, Outcome};
use domain::consensus::{
    AuditedImage, Calibration, Facts, Judgement, Offsets, Reason, SampleImage, Skill, Tally, Verdict,
    VoteWeights, YesRates, calibrate, initial_need, training,
};
use domain::sampling;
use std::sync::Arc;
use store::Tx;
use store::candidates::{CandidateState, JudgementRow, SampleRow};
use store::labeling::NewCalibration;
use store::projects::{CounterDelta, ProjectRow, ProjectSettings, ProjectSynsetRow, SynsetState};
use tables::new_row;

/// A synset with what its votes are judged by.
#[derive(Clone)]
pub struct Bench {
    /// The synset as it was when the transaction locked it.
    pub synset: ProjectSynsetRow,
    /// The settings in force.
    pub settings: ProjectSettings,
    /// Its newest table and that one's id, once there is one.
    pub table: Option<(i64, Arc<Calibration>)>,
    /// Verdicts that changed since the lock: candidate, before, after.
    pub changed: Vec<(i64, Verdict, Verdict)>,
    /// Tables built since the lock.
    pub built: u32,
    /// Candidates that were judged again for votes which came when votes had settled them already.
    pub late: u64,
}

impl Bench {
    /// Locks a synset and reads what it is judged by.
    ///
    /// # Errors
    /// No such synset; the database.
    pub async fn lock(tx: &mut Tx, tables: &Tables, project_synset: i64) -> Outcome<Self> {
        let synset = tx.lock_project_synset(project_synset).await?;
        let project = tx
            .project(synset.project_id)
            .await?
            .ok_or_else(|| Failure::Defect(format!("synset {project_synset} belongs to no project")))?;
        let table = tables.newest(tx, &synset).await?;
        Ok(Self::of(synset, &project, table))
    }

    /// A synset that is locked already, with its project and its newest table.
    pub fn of(
        synset: ProjectSynsetRow,
        project: &ProjectRow,
        table: Option<(i64, Arc<Calibration>)>,
    ) -> Self {
        let settings = settings::in_force(&settings::of_project(project), &settings::overrides_of(&synset));
        Self { synset, settings, table, changed: Vec::new(), built: 0, late: 0 }
    }

    /// The id of its newest table.
    pub fn table_id(&self) -> Option<i64> {
        self.table.as_ref().map(|(id, _)| *id)
    }

    /// How many further votes a candidate can use at once.
    pub fn need(&self, facts: Facts, in_initial_sample: bool) -> u32 {
        let tally = facts.tally;
        match &self.table {
            _ if self.judged(facts).verdict.is_settled() => 0,
            Some((_, table)) => table.best_case_need(facts.votes()),
            None if in_initial_sample => {
                initial_need(tally, count(self.settings.initial_votes), count(self.settings.votes_cap))
            }
            None => 0,
        }
    }

    fn judged(&self, facts: Facts) -> Judgement {
        facts.judge(self.table.as_ref().map(|(_, table)| table.as_ref()))
    }

    /// Draws the initial sample where there is none yet, and fills it up where candidates came later.
    ///
    /// # Errors
    /// The database.
    pub async fn draw_sample(&mut self, tx: &mut Tx, seed: u64) -> Outcome<()> {
        if self.table.is_some() {
            if self.synset.state == SynsetState::Done {
                self.move_to(tx, SynsetState::Labelling, None).await?;
            }
            return Ok(());
        }
        let id = self.synset.project_synset_id;
        if self.synset.votes == 0 {
            tx.clear_initial_sample(id).await?;
        }
        let wanted = usize::try_from(self.settings.initial_sample).unwrap_or(0);
        let drawn: Vec<i64> = tx.sample_tallies(id).await?.iter().map(|row| row.candidate_id).collect();
        let mut rest = tx.undecided_ids(id).await?;
        rest.retain(|candidate| !drawn.contains(candidate));
        let places = sampling::initial_sample(seed, rest.len(), wanted.saturating_sub(drawn.len()));
        let chosen: Vec<i64> = places.into_iter().filter_map(|place| rest.get(place).copied()).collect();
        // A seed is recorded only where a sample was drawn with it.
        if chosen.is_empty() {
            return Ok(());
        }
        tx.mark_initial_sample(&chosen).await?;
        tx.set_sample_seed(id, seed.cast_signed()).await?;
        self.move_to(tx, SynsetState::Calibrating, None).await
    }

    /// Judges candidates after new votes; builds the table when the last vote of the initial sample is in.
    ///
    /// # Errors
    /// The database.
    pub async fn judge(&mut self, tx: &mut Tx, tables: &Tables, candidates: &[i64], now: i64) -> Outcome<()> {
        let states = tx.candidate_states(candidates).await?;
        self.note_late(&states);
        self.save_verdicts(tx, &states, now).await?;
        self.calibrate_if_complete(tx, tables, now).await?;
        self.finish_if_done(tx).await
    }

    /// Counts those of these candidates whose votes came when votes had settled them already. What an expert has labelled is asked about
    /// on purpose.
    pub fn note_late(&mut self, states: &[CandidateState]) {
        let is_late = |state: &&CandidateState| state.verdict.is_settled() && state.known.expert.is_none();
        self.late += states.iter().filter(is_late).count() as u64;
    }

    /// Builds the table when the last vote of the initial sample is in; false when it is not, or there is one.
    ///
    /// # Errors
    /// The database.
    pub async fn calibrate_if_complete(&mut self, tx: &mut Tx, tables: &Tables, now: i64) -> Outcome<bool> {
        let is_complete = self.sample_is_complete(tx).await?;
        if is_complete {
            self.calibrate(tx, tables, now).await?;
        }
        Ok(is_complete)
    }

    /// Builds a new version of the table from the initial sample as it stands, and judges every candidate by it.
    ///
    /// # Errors
    /// The database.
    pub async fn calibrate(&mut self, tx: &mut Tx, tables: &Tables, now: i64) -> Outcome<()> {
        let offsets = self.table.as_ref().map(|(_, table)| table.offsets().clone());
        self.calibrate_with(tx, tables, offsets.unwrap_or_default(), now).await
    }

    /// The same with what has been learned of the sources of its images.
    ///
    /// # Errors
    /// The database.
    pub async fn calibrate_with(
        &mut self,
        tx: &mut Tx,
        tables: &Tables,
        offsets: Offsets,
        now: i64,
    ) -> Outcome<()> {
        let id = self.synset.project_synset_id;
        let policy = settings::policy(&self.settings)?;
        let mut through = tx.through().await?;
        let prior_id = self.synset.prior_id.filter(|_| policy.method().weighs_votes());
        if !policy.method().weighs_votes() {
            // Everybody teaches.
            through.trust_id = 0;
        }
        let sample = tx.recounted_sample_through(id, through).await?;
        let sample: Vec<SampleImage> = sample.iter().map(|row| sample_image(row.known.facts())).collect();
        let prior = match prior_id {
            Some(prior) => tx.prior(prior).await?,
            None => None,
        };
        let built = calibrate(&sample, &prior_of(prior.as_ref())?, &policy).offset_by(offsets);
        let built = built.audited(&audited(&tx.audited_tallies(id).await?), policy.promised());
        let new = NewCalibration { prior_id, ..new_row(id, through, &built, &self.settings, now) };
        let calibration = tx.insert_calibration(&new).await?;
        let row = tx.calibration(calibration).await?;
        let row = row.ok_or_else(|| Failure::Defect(format!("calibration {calibration} is missing")))?;
        tx.set_calibration(id, calibration, built.difficulty().map(i64::from)).await?;
        self.synset.calibration_id = Some(calibration);
        self.table = Some((calibration, tables.of(&row)?));
        self.built += 1;
        tracing::info!(
            synset.wnid = %self.synset.wnid, images = sample.len(), version = row.version,
            "confidence table of {} built from {} images", self.synset.wnid, sample.len()
        );
        let every = tx.tallied(id).await?;
        self.save_verdicts(tx, &every, now).await?;
        match built.hold() {
            Some(hold) => {
                self.move_to(tx, SynsetState::Hold, Some(&settings::sentence(&hold.to_string()))).await
            }
            None => {
                self.move_to(tx, SynsetState::Labelling, None).await?;
                self.finish_if_done(tx).await
            }
        }
    }

    /// Judges an audited candidate, and all others where the audits mean something else than before.
    ///
    /// # Errors
    /// The database.
    pub async fn judge_audited(
        &mut self,
        tx: &mut Tx,
        tables: &Tables,
        candidate: i64,
        now: i64,
    ) -> Outcome<()> {
        if let Some((_, table)) = self.table.clone() {
            let promised = settings::policy(&self.settings)?.promised();
            let looked_at = audited(&tx.audited_tallies(self.synset.project_synset_id).await?);
            let again = (*table).clone().audited(&looked_at, promised);
            if again.findings().shift != table.findings().shift || again.hold() != table.hold() {
                return self.calibrate(tx, tables, now).await;
            }
        }
        self.judge(tx, tables, &[candidate], now).await
    }

    /// What the votes of a worker of this skill count for on the synset, from now on until something more is learned.
    ///
    /// # Errors
    /// The database.
    pub async fn weights(&self, tx: &mut Tx, skill: Option<Skill>) -> Outcome<VoteWeights> {
        match skill.filter(|_| self.settings.method.weighs_votes()) {
            Some(skill) => Ok(skill.weights(self.yes_rates(tx).await?).into()),
            None => Ok(VoteWeights::FULL),
        }
    }

    /// How often people say yes on the synset: by its table, else by the level that it leans on.
    async fn yes_rates(&self, tx: &mut Tx) -> Outcome<YesRates> {
        if let Some((_, table)) = &self.table {
            return Ok(training::rates(table.model()));
        }
        let prior = match self.synset.prior_id {
            Some(prior) => tx.prior(prior).await?,
            None => None,
        };
        Ok(training::rates(prior_of(prior.as_ref())?.centre()))
    }

    async fn sample_is_complete(&self, tx: &mut Tx) -> Outcome<bool> {
        if self.synset.state != SynsetState::Calibrating || self.table.is_some() {
            return Ok(false);
        }
        let sample = tx.sample_tallies(self.synset.project_synset_id).await?;
        Ok(!sample.is_empty() && sample.iter().all(|row| self.need(row.known.facts(), true) == 0))
    }

    async fn save_verdicts(&mut self, tx: &mut Tx, states: &[CandidateState], now: i64) -> Outcome<()> {
        let (rows, delta) = self.verdicts(states, now);
        tx.save_judgements(&rows).await?;
        self.add(tx, &delta).await
    }

    /// What has to be stored so that candidates are what their facts make of them, and what that changes in the synset's counters, which
    /// is the caller's to add.
    pub fn verdicts(&mut self, states: &[CandidateState], now: i64) -> (Vec<JudgementRow>, CounterDelta) {
        let newest = self.table_id();
        let mut delta = CounterDelta::default();
        let mut rows = Vec::with_capacity(states.len());
        for state in states.iter().filter(|state| state.duplicate_of.is_none()) {
            let judged = self.judged(state.known.facts());
            // What was open and stays open is not written: most votes of a labelling synset end here.
            if judged.verdict == Verdict::Undecided && state.verdict == Verdict::Undecided {
                continue;
            }
            let settled_at = match judged.verdict {
                Verdict::Undecided => None,
                same if same == state.verdict => state.settled_at,
                _ => Some(now),
            };
            if judged.verdict != state.verdict {
                self.changed.push((state.candidate_id, state.verdict, judged.verdict));
            }
            count_verdict(&mut delta, state.verdict, -1);
            count_verdict(&mut delta, judged.verdict, 1);
            rows.push(JudgementRow {
                candidate_id: state.candidate_id,
                verdict: judged.verdict,
                reason: judged.reason.map(|reason| reason.as_str().to_owned()),
                confidence: judged.confidence,
                // An expert's word needs no table.
                calibration_id: newest.filter(|_| judged.reason != Some(Reason::Expert)),
                settled_at,
            });
        }
        (rows, delta)
    }

    /// Adds to the synset's counters, in the database and here.
    ///
    /// # Errors
    /// The database.
    pub async fn add(&mut self, tx: &mut Tx, delta: &CounterDelta) -> Outcome<()> {
        if *delta == CounterDelta::default() {
            return Ok(());
        }
        tx.add_to_counters(self.synset.project_synset_id, delta).await?;
        self.count(delta);
        Ok(())
    }

    /// Adds to the synset's counters here.
    pub fn count(&mut self, delta: &CounterDelta) {
        self.synset.candidates += delta.candidates;
        self.synset.duplicates += delta.duplicates;
        self.synset.positive += delta.positive;
        self.synset.negative += delta.negative;
        self.synset.escalated += delta.escalated;
        self.synset.votes += delta.votes;
    }

    /// Whether [`Self::finish_if_done`] has something to do.
    pub fn is_about_to_move(&self) -> bool {
        match self.synset.state {
            SynsetState::Labelling => self.synset.open() == 0,
            SynsetState::Done => self.synset.open() > 0,
            _ => false,
        }
    }

    /// Ends a synset without open candidates, and takes one up again that has some.
    ///
    /// # Errors
    /// The database.
    pub async fn finish_if_done(&mut self, tx: &mut Tx) -> Outcome<()> {
        match self.synset.state {
            SynsetState::Done if self.is_about_to_move() => {
                // A late vote has reopened a candidate.
                self.move_to(tx, SynsetState::Labelling, None).await
            }
            _ if self.is_about_to_move() => self.move_to(tx, SynsetState::Done, None).await,
            _ => Ok(()),
        }
    }

    async fn move_to(&mut self, tx: &mut Tx, state: SynsetState, hold: Option<&str>) -> Outcome<()> {
        if self.synset.state != state || self.synset.hold_reason.as_deref() != hold {
            tx.set_state(self.synset.project_synset_id, state, hold).await?;
            self.synset.state = state;
            self.synset.hold_reason = hold.map(str::to_owned);
        }
        Ok(())
    }
}

/// The image of an initial sample that a candidate's facts make: with an expert's word it is an anchor.
pub fn sample_image(facts: Facts) -> SampleImage {
    SampleImage::of(facts.tally, facts.expert)
}

/// The audited images that candidates' facts make.
pub fn audited(rows: &[SampleRow]) -> Vec<AuditedImage> {
    rows.iter()
        .filter_map(|row| Some(AuditedImage { votes: row.known.votes(), good: row.known.expert? }))
        .collect()
}

/// A tally from its stored counts.
pub fn tally(yes: i64, no: i64, unsure: i64) -> Tally {
    Tally { yes: count(yes), no: count(no), unsure: count(unsure) }
}

fn count_verdict(delta: &mut CounterDelta, verdict: Verdict, by: i64) {
    match verdict {
        Verdict::Positive => delta.positive += by,
        Verdict::Negative => delta.negative += by,
        Verdict::Escalated => delta.escalated += by,
        Verdict::Undecided => {}
    }
}
