//! What a group of writes has decided and not yet written: rows of a kind go to the database together, sorted by their keys.

use crate::service::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;
use store::candidates::JudgementRow;
use store::labeling::{AssignmentRow, NewSubmission, NewVote, ReportKind, TallyChange};
use store::projects::HourOfVotes;

/// Rows to be.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) assignments: Vec<AssignmentRow>,
    /// Assignments that are submitted now.
    pub(super) closed: Vec<i64>,
    pub(super) submissions: Vec<NewSubmission>,
    pub(super) votes: Vec<NewVote>,
    pub(super) reports: Vec<NewReports>,
    pub(super) tallies: Vec<TallyChange>,
    /// By candidate: the last judgement counts.
    pub(super) judgements: BTreeMap<i64, JudgementRow>,
    pub(super) hours: BTreeMap<HourOfVotes, i64>,
    /// (worker, synset): who gets batches of it from now on.
    pub(super) admitted: BTreeSet<(i64, i64)>,
}

/// The reports of a submission.
pub(super) struct NewReports {
    pub(super) submission: i64,
    pub(super) worker: i64,
    pub(super) reports: Vec<(i64, Option<ReportKind>)>,
}

impl Pending {
    /// How many rows wait.
    pub(super) fn len(&self) -> usize {
        let facts = self.submissions.len() + self.votes.len() + self.reports.len() + self.tallies.len();
        let derived = self.judgements.len() + self.hours.len() + self.admitted.len();
        self.assignments.len() + self.closed.len() + facts + derived
    }

    /// Writes everything. What points to another row comes after it.
    pub(super) async fn write(self, tx: &mut Tx, now: i64) -> Outcome<()> {
        tx.insert_assignments(&self.assignments).await?;
        tx.insert_submissions(&self.submissions).await?;
        if !self.closed.is_empty() {
            tx.close_assignments(&self.closed, now).await?;
        }
        tx.insert_votes(&self.votes).await?;
        for new in self.reports {
            tx.insert_reports(&new.reports, new.worker, new.submission, now).await?;
        }
        tx.change_candidates(&self.tallies, &self.judgements.into_values().collect::<Vec<_>>()).await?;
        tx.admit(&self.admitted.into_iter().collect::<Vec<_>>(), now).await?;
        tx.count_for_the_hours(&self.hours.into_iter().collect::<Vec<_>>()).await?;
        Ok(())
    }
}
