//! Votes in: what a submission says, what follows for its images, and the next batch.

use super::group::Group;
use super::memory::Held;
use super::pending::NewReports;
use super::said::{Change, Said};
use super::submission::{check_key, same_body};
use super::{LabelingService, Recorded, Sent, refuse_if_stopped};
use crate::language::locale;
use crate::service::settings::count;
use crate::service::{Failure, Outcome};
use crate::texts::labeling as say;
use app::api::labeling::Corrected;
use app::viewer::ScreenSize;
use domain::consensus::{Answer as Vote, VoteWeights};
use store::candidates::CandidateState;
use store::labeling::{NewSubmission, NewVote, TallyChange};
use store::projects::{CounterDelta, HourOfVotes, SynsetState};

/// An hour, in milliseconds.
const HOUR: i64 = 3_600_000;

impl LabelingService {
    /// Votes, tallies, verdicts and the next batch. Everything that can be refused is refused before anything is decided.
    pub(super) async fn record(
        &self,
        group: &mut Group,
        worker: i64,
        Sent { submission, body }: &Sent,
        screen: ScreenSize,
    ) -> Outcome<Recorded> {
        check_key(&submission.key)?;
        let placed = group.assignment(worker, submission.assignment).await?;
        let (page, project) = (placed.assignment, placed.project_id);
        if let Some(earlier) = group.earlier(worker, &submission.key).await? {
            let next = self.answer_again(group, worker, project, &earlier, body, screen).await?;
            return Ok(Recorded {
                recorded: count(earlier.recorded),
                next,
                votes: 0,
                late: 0,
                goes_on: None,
            });
        }
        if page.submitted_at.is_some() {
            return Err(Failure::conflict(say::answered_already(locale())));
        }
        refuse_if_stopped(group, worker, project).await?;
        let said = Said::of(submission, page.candidates.0.iter().copied())?;
        let synset = page.project_synset_id;
        let weights = weights(group, worker, project, synset).await?;
        let table = group.held(synset)?.bench.table_id();
        let record = group.submission_id().await?;
        group.close(worker, page.assignment_id);
        let (mut votes, reports) = said.split();
        votes.retain(|(candidate, _)| !group.has_voted(*candidate, worker));
        let number = i64::try_from(votes.len()).unwrap_or(i64::MAX);
        group.submit(NewSubmission {
            submission_id: record,
            account_id: worker,
            submission_key: submission.key.clone(),
            body_hash: body.clone(),
            assignment_id: page.assignment_id,
            recorded: number,
            next_assignment_id: None,
            calibration_id: table,
            submitted_at: group.now,
        });
        let of = Of { synset, worker, record, weights };
        let touched = of.take_in(group, &votes, &reports).await?;
        of.count(group, project, number).await?;
        let late = of.judge(group, &touched).await?;
        let has_fetched = group.open_assignment(worker, project, Some(page.assignment_id)).await?.is_some();
        let next = self.open_or_leased(group, worker, project, Some(page.assignment_id), screen).await?;
        group.hand_out_after(record, next.assignment()).await?;
        let goes_on = group.wanted().map(|_| project);
        // Whoever has another page open fetches the next one while one is on the screen, and will fetch the one after it.
        if has_fetched {
            self.lease_ahead(group, worker, project, &next, screen).await?;
        }
        let (recorded, next) = (count(number), self.found(group, project, next).await?);
        Ok(Recorded { recorded, next, votes: u64::from(recorded), late, goes_on })
    }

    /// Replaces what a worker said of the page that was submitted last. Votes stay as they are: what is said now is added.
    pub(super) async fn correct_for(
        &self,
        group: &mut Group,
        worker: i64,
        Sent { submission, body }: &Sent,
    ) -> Outcome<Corrected> {
        check_key(&submission.key)?;
        let placed = group.assignment(worker, submission.assignment).await?;
        let (page, project) = (placed.assignment, placed.project_id);
        if let Some(earlier) = group.earlier(worker, &submission.key).await? {
            same_body(&earlier, body)?;
            return Ok(Corrected { project, changed: count(earlier.recorded) });
        }
        refuse_if_stopped(group, worker, project).await?;
        let last = group.flushed().await?.last_submitted(worker, project).await?;
        if last.map(|(last, _)| last) != Some(page.assignment_id) {
            return Err(Failure::conflict(say::not_last(locale())));
        }
        let said = Said::of(submission, page.candidates.0.iter().copied())?;
        let synset = page.project_synset_id;
        let weights = weights(group, worker, project, synset).await?;
        let given = group.flushed().await?.given(worker, page.assignment_id).await?;
        let change = Change::between(&given, &said, weights);
        let changed = i64::try_from(change.tallies.len()).unwrap_or(i64::MAX);
        let record = group.submission_id().await?;
        let calibration_id = group.held(synset)?.bench.table_id();
        group.submit(NewSubmission {
            submission_id: record,
            account_id: worker,
            submission_key: submission.key.clone(),
            body_hash: body.clone(),
            assignment_id: page.assignment_id,
            recorded: changed,
            next_assignment_id: None,
            calibration_id,
            submitted_at: group.now,
        });
        let of = Of { synset, worker, record, weights };
        of.change(group, &change).await?;
        let new_votes = i64::try_from(change.votes.len()).unwrap_or(i64::MAX);
        of.count(group, project, new_votes).await?;
        of.judge(group, &change.candidates()).await?;
        Ok(Corrected { project, changed: count(changed) })
    }
}

/// What the worker's votes on a synset count for.
async fn weights(group: &mut Group, worker: i64, project: i64, synset: i64) -> Outcome<VoteWeights> {
    let skill = group.participant(worker, project).await?.skill();
    // Nothing is known of most workers of a young project, and nothing has to be read for them.
    match skill {
        None => Ok(VoteWeights::FULL),
        Some(_) => {
            let (bench, tx, _) = group.bench_only(synset)?;
            bench.weights(tx, skill).await
        }
    }
}

/// A submission that is being recorded.
#[derive(Clone, Copy)]
struct Of {
    synset: i64,
    worker: i64,
    record: i64,
    weights: VoteWeights,
}

impl Of {
    /// Takes in the answers of a first submission; returns the candidates that they are about.
    async fn take_in(
        self,
        group: &mut Group,
        votes: &[(i64, Vote)],
        reports: &[(i64, store::labeling::ReportKind)],
    ) -> Outcome<Vec<i64>> {
        let answered = votes
            .iter()
            .map(|(candidate, answer)| TallyChange::of(*candidate).answer(*answer, self.weights, 1));
        let known = match reports.is_empty() {
            true => Vec::new(),
            false => {
                let about: Vec<i64> = reports.iter().map(|(candidate, _)| *candidate).collect();
                group.flushed().await?.reported_by(self.worker, &about).await?
            }
        };
        // One person's report counts once, however often it comes.
        let reported = reports
            .iter()
            .filter(|(candidate, _)| !known.contains(candidate))
            .map(|(candidate, _)| TallyChange::of(*candidate).report(1));
        let tallies: Vec<TallyChange> = answered.chain(reported).collect();
        self.vote(group, votes);
        if !reports.is_empty() {
            let reports = reports.iter().map(|(candidate, kind)| (*candidate, Some(*kind))).collect();
            group.pending.reports.push(NewReports { submission: self.record, worker: self.worker, reports });
        }
        self.tally(group, &tallies).await?;
        Ok(tallies.iter().map(|tally| tally.candidate_id).collect())
    }

    /// Takes in what a second thought changes.
    async fn change(self, group: &mut Group, change: &Change) -> Outcome<()> {
        self.vote(group, &change.votes);
        let (worker, record, now) = (self.worker, self.record, group.now);
        let tx = group.writing().await?;
        tx.insert_corrections(&change.corrections, worker, record, now).await?;
        tx.insert_reports(&change.reports, worker, record, now).await?;
        self.tally(group, &change.tallies).await
    }

    fn vote(self, group: &mut Group, votes: &[(i64, Vote)]) {
        for &(candidate_id, answer) in votes {
            group.note_vote(candidate_id, self.worker);
            group.pending.votes.push(NewVote {
                candidate_id,
                account_id: self.worker,
                answer,
                submission_id: self.record,
                voted_at: group.now,
                weights: self.weights,
            });
        }
    }

    async fn tally(self, group: &mut Group, tallies: &[TallyChange]) -> Outcome<()> {
        let candidates: Vec<i64> = tallies.iter().map(|tally| tally.candidate_id).collect();
        let states = group.states(&candidates).await?;
        for mut state in states {
            for tally in tallies.iter().filter(|tally| tally.candidate_id == state.candidate_id) {
                state.known.change(tally);
            }
            group.set_state(state);
        }
        group.pending.tallies.extend_from_slice(tallies);
        if let Some(desk) = &mut group.held(self.synset)?.desk {
            desk.answered(self.worker, candidates.into_iter());
        }
        Ok(())
    }

    /// Counts new votes for the synset, the hour and the budget.
    async fn count(self, group: &mut Group, project: i64, votes: i64) -> Outcome<()> {
        let hour =
            HourOfVotes { project_id: project, hour: group.now / HOUR, project_synset_id: self.synset };
        *group.pending.hours.entry(hour).or_default() += votes;
        let delta = CounterDelta { votes, ..CounterDelta::default() };
        group.held(self.synset)?.count(&delta);
        let left = &mut group.project(project).await?.votes_left;
        *left = left.map(|left| (left - votes).max(0));
        Ok(())
    }

    /// Judges candidates after new votes; builds the table when the last vote of the initial sample is in. Returns how many were
    /// settled already when their votes came.
    async fn judge(self, group: &mut Group, candidates: &[i64]) -> Outcome<u64> {
        let (now, states) = (group.now, group.states(candidates).await?);
        let held = group.held(self.synset)?;
        let before = held.bench.late;
        held.bench.note_late(&states);
        let late = held.bench.late - before;
        let (rows, delta) = held.bench.verdicts(&states, now);
        held.count(&delta);
        let mut by_id: std::collections::BTreeMap<i64, CandidateState> =
            states.into_iter().map(|state| (state.candidate_id, state)).collect();
        for row in rows {
            if let Some(state) = by_id.get_mut(&row.candidate_id) {
                (state.verdict, state.settled_at) = (row.verdict, row.settled_at);
                group.set_state(state.clone());
            }
            group.pending.judgements.insert(row.candidate_id, row);
        }
        self.reschedule(group, by_id.values())?;
        self.move_on(group).await?;
        Ok(late)
    }

    /// Tells the scheduler what the candidates need now. One that it does not know has opened again: the synset is read anew then.
    fn reschedule<'s>(
        self,
        group: &mut Group,
        states: impl Iterator<Item = &'s CandidateState>,
    ) -> Outcome<()> {
        let held = group.held(self.synset)?;
        let Some(desk) = &mut held.desk else { return Ok(()) };
        let mut is_whole = true;
        for state in states.filter(|state| state.duplicate_of.is_none()) {
            let need = held.bench.need(state.known.facts(), state.in_initial_sample);
            desk.scheduler.set_need(state.candidate_id, need);
            is_whole &= need == 0 || desk.scheduler.knows(state.candidate_id);
        }
        if !is_whole {
            group.forget(self.synset)?;
        }
        Ok(())
    }

    async fn move_on(self, group: &mut Group) -> Outcome<()> {
        let now = group.now;
        let Held { bench, desk, .. } = group.held(self.synset)?;
        let is_sampled = bench.table.is_none()
            && bench.synset.state == SynsetState::Calibrating
            && desk.as_ref().is_none_or(|desk| desk.scheduler.need() == 0);
        let finishes = bench.is_about_to_move();
        if is_sampled {
            let (bench, tx, tables) = group.bench(self.synset).await?;
            if bench.calibrate_if_complete(tx, tables, now).await? {
                group.forget(self.synset)?;
            }
        }
        if finishes || is_sampled {
            let (bench, tx, _) = group.bench(self.synset).await?;
            bench.finish_if_done(tx).await?;
        }
        Ok(())
    }
}
