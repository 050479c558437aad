//! What a submission says of each tile, and what changes between one and the next.

use crate::language::locale;
use crate::service::{Failure, Outcome};
use crate::texts::labeling as say;
use app::api::labeling::Submission;
use domain::consensus::{Answer, VoteWeights};
use std::collections::BTreeMap;
use store::labeling::{GivenRow, ReportKind, TallyChange};

/// What is said of one tile: an answer, or what is wrong with the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Answer(Answer),
    Report(ReportKind),
}

/// Answers by candidate.
type Answers = Vec<(i64, Answer)>;
/// Reports by candidate.
type Reports = Vec<(i64, ReportKind)>;

/// What is said of every tile of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said(BTreeMap<i64, Word>);

impl Said {
    /// A submission about the assigned candidates. A report beats every answer, unsure beats yes, and what is not named is a
    /// no.
    ///
    /// # Errors
    /// A candidate that is not assigned; nothing said, and not said so; "none of these" beside a pick.
    pub(super) fn of(submission: &Submission, assigned: impl Iterator<Item = i64>) -> Outcome<Self> {
        let mut said: BTreeMap<i64, Word> =
            assigned.map(|candidate| (candidate, Word::Answer(Answer::No))).collect();
        let named = [
            (&submission.yes, Word::Answer(Answer::Yes)),
            (&submission.unsure, Word::Answer(Answer::Unsure)),
            (&submission.broken, Word::Report(ReportKind::Broken)),
            (&submission.offensive, Word::Report(ReportKind::Offensive)),
        ];
        for (candidates, word) in named {
            for candidate in candidates {
                let id = submission.assignment;
                let foreign =
                    || Failure::invalid(say::foreign(locale(), candidate.to_string(), id.to_string()));
                *said.get_mut(candidate).ok_or_else(foreign)? = word;
            }
        }
        let is_picked = !submission.yes.is_empty() || !submission.unsure.is_empty();
        let is_reported = !submission.broken.is_empty() || !submission.offensive.is_empty();
        match (is_picked || is_reported, is_picked, submission.none_of_these) {
            (false, _, false) => Err(Failure::invalid(say::nothing_picked(locale()))),
            (_, true, true) => Err(Failure::invalid(say::some_picked(locale()))),
            _ => Ok(Self(said)),
        }
    }

    /// Answers, and reports.
    pub(super) fn split(&self) -> (Answers, Reports) {
        let (mut answers, mut reports) = (Vec::new(), Vec::new());
        for (&candidate, &word) in &self.0 {
            match word {
                Word::Answer(answer) => answers.push((candidate, answer)),
                Word::Report(kind) => reports.push((candidate, kind)),
            }
        }
        (answers, reports)
    }
}

/// What has to be recorded so that the newest words count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// Votes on tiles that had none.
    pub(super) votes: Vec<(i64, Answer)>,
    /// Other answers than before; `None`: the vote is taken back.
    pub(super) corrections: Vec<(i64, Option<Answer>)>,
    /// Other reports than before; `None`: taken back.
    pub(super) reports: Vec<(i64, Option<ReportKind>)>,
    /// What follows for the counts, once for each tile that changes.
    pub(super) tallies: Vec<TallyChange>,
}

impl Change {
    /// From what counts now to what is said; a vote on a tile that had none weighs what the worker's votes weigh now.
    pub(super) fn between(given: &[GivenRow], said: &Said, weights: VoteWeights) -> Self {
        let mut change = Self::default();
        for before in given {
            if let Some(word) = said.0.get(&before.candidate_id) {
                change.tile(before, *word, if before.has_vote { before.weights } else { weights });
            }
        }
        change
    }

    /// The tiles that change.
    pub(super) fn candidates(&self) -> Vec<i64> {
        self.tallies.iter().map(|tally| tally.candidate_id).collect()
    }

    fn tile(&mut self, before: &GivenRow, word: Word, weights: VoteWeights) {
        let id = before.candidate_id;
        let (answer, report) = match word {
            Word::Answer(answer) => (Some(answer), None),
            Word::Report(kind) => (None, Some(kind)),
        };
        if (answer, report) == (before.answer, before.report) {
            return;
        }
        let mut tally = TallyChange::of(id);
        if answer != before.answer {
            tally = before.answer.map_or(tally, |old| tally.answer(old, weights, -1));
            tally = answer.map_or(tally, |new| tally.answer(new, weights, 1));
            match answer {
                Some(new) if !before.has_vote => self.votes.push((id, new)),
                other => self.corrections.push((id, other)),
            }
        }
        if report != before.report {
            tally = tally.report(i64::from(report.is_some()) - i64::from(before.report.is_some()));
            self.reports.push((id, report));
        }
        self.tallies.push(tally);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of votes that were cast before.
    const WEIGHTS: VoteWeights = VoteWeights { yes: 300_000, no: 700_000 };
    /// Of votes that are cast now.
    const NOW: VoteWeights = VoteWeights { yes: 400_000, no: 1_000_000 };

    fn page(yes: &[i64], unsure: &[i64], broken: &[i64]) -> Submission {
        Submission {
            key: "k".into(),
            assignment: 44,
            yes: yes.to_vec(),
            unsure: unsure.to_vec(),
            broken: broken.to_vec(),
            offensive: Vec::new(),
            none_of_these: false,
        }
    }

    fn said(yes: &[i64], unsure: &[i64], broken: &[i64]) -> Said {
        Said::of(&page(yes, unsure, broken), 1..=4).unwrap()
    }

    fn row(
        candidate_id: i64,
        answer: Option<Answer>,
        report: Option<ReportKind>,
        has_vote: bool,
    ) -> GivenRow {
        GivenRow { candidate_id, has_vote, answer, weights: WEIGHTS, report }
    }

    #[test]
    fn a_report_beats_unsure_and_unsure_beats_yes() {
        let (answers, reports) = said(&[1, 2, 3], &[2, 3], &[3]).split();
        assert_eq!(answers, [(1, Answer::Yes), (2, Answer::Unsure), (4, Answer::No)]);
        assert_eq!(reports, [(3, ReportKind::Broken)]);
    }

    #[test]
    fn a_foreign_candidate_is_named_and_nothing_is_no_answer() {
        let refused = Said::of(&page(&[9], &[], &[]), 1..=4).unwrap_err().to_string();
        assert_eq!(refused, "Candidate 9 is not in assignment 44.");
        assert!(Said::of(&page(&[], &[], &[]), 1..=4).unwrap_err().to_string().contains("Nothing is picked"));
        let none = |yes: &[i64], broken: &[i64]| {
            Said::of(&Submission { none_of_these: true, ..page(yes, &[], broken) }, 1..=4)
        };
        assert!(none(&[1], &[]).is_err());
        assert!(none(&[], &[]).is_ok() && none(&[], &[2]).is_ok());
    }

    #[test]
    fn only_what_differs_is_recorded_again() {
        let before = [
            row(1, Some(Answer::Yes), None, true),
            row(2, Some(Answer::No), None, true),
            row(3, None, Some(ReportKind::Broken), false),
            row(4, Some(Answer::Unsure), None, true),
        ];
        let change = Change::between(&before, &said(&[1, 2, 3], &[], &[4]), NOW);
        assert_eq!(change.votes, [(3, Answer::Yes)]);
        assert_eq!(change.corrections, [(2, Some(Answer::Yes)), (4, None)]);
        assert_eq!(change.reports, [(3, None), (4, Some(ReportKind::Broken))]);
        assert_eq!(change.candidates(), [2, 3, 4]);
        let of = TallyChange::of;
        assert_eq!(
            change.tallies,
            [
                of(2).answer(Answer::No, WEIGHTS, -1).answer(Answer::Yes, WEIGHTS, 1),
                of(3).answer(Answer::Yes, NOW, 1).report(-1),
                of(4).answer(Answer::Unsure, WEIGHTS, -1).report(1),
            ]
        );
        let same = Change::between(&before, &said(&[1], &[4], &[3]), NOW);
        assert_eq!(same, Change::default());
    }
}
