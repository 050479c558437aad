//! What makes a submission the same one when it comes again: its key, and what it says.

use crate::language::locale;
use crate::service::{Failure, Outcome};
use crate::texts::labeling as say;
use app::api::labeling::Submission;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use store::labeling::{AssignmentRow, SubmissionRow};

/// Longest submission key; a UUID has 36 characters.
const MAX_KEY: usize = 64;

/// The key that an assignment's form is posted with: one page is one submission, from whichever tab it is sent.
pub(super) fn submission_key(assignment: &AssignmentRow) -> String {
    format!("page-{}", assignment.assignment_id)
}

/// A key that a page may send.
pub(super) fn check_key(key: &str) -> Outcome<()> {
    let usable = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if (1..=MAX_KEY).contains(&key.len()) && key.chars().all(usable) {
        return Ok(());
    }
    Err(Failure::invalid(say::key(locale())))
}

/// A hash of what a submission says, whatever the order it is said in.
pub(super) fn body_hash(submission: &Submission) -> String {
    let sorted = |ids: &[i64]| ids.iter().copied().collect::<BTreeSet<i64>>();
    let said = (
        submission.assignment,
        sorted(&submission.yes),
        sorted(&submission.unsure),
        sorted(&submission.broken),
        sorted(&submission.offensive),
        submission.none_of_these,
    );
    hex::encode(Sha256::digest(format!("{said:?}")))
}

/// Refuses a key that was used before to say something else.
pub(super) fn same_body(earlier: &SubmissionRow, body: &str) -> Outcome<()> {
    if earlier.body_hash == body {
        return Ok(());
    }
    Err(Failure::conflict(say::recorded_otherwise(locale())))
}
