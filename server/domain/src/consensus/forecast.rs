//! What a stop level would cost and yield, before a single vote is spent.

use super::{
    rule::Rule,
    stop::{Rejection, StopRule, Threshold, Verdict},
    table::ConfidenceTable,
};

/// What is expected of one candidate that is asked about until it is settled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// The mean confidence of accepted images, which is the precision stated; `None` when none is accepted.
    pub mean_confidence_of_accepted: Option<f64>,
    /// The share of candidates that are accepted, 0 to 1.
    pub acceptance: f64,
    /// Votes per candidate, on average.
    pub expected_votes: f64,
    /// The share of candidates that reach the cap undecided and go to an expert, 0 to 1.
    pub escalation: f64,
    /// Votes per accepted image, on average; `None` when none is accepted.
    pub votes_per_accepted: Option<f64>,
}

/// The stop levels that are tried, lowest first.
pub const THRESHOLDS: [f64; 14] =
    [0.90, 0.93, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.99, 0.992, 0.994, 0.995, 0.996, 0.997];

/// Follows all candidates through the table, vote by vote, with the chances that the model itself predicts.
#[must_use]
pub fn forecast(table: &ConfidenceTable, rule: impl Into<Rule>) -> Forecast {
    let rule: Rule = rule.into();
    follow(table, |yes, no, confidence| {
        rule.judge((yes.into(), no.into()), yes + no, confidence, table.cap()).verdict
    })
}

/// The same with any other way to judge a tally of yes and no votes with its confidence.
pub(super) fn follow(table: &ConfidenceTable, judge: impl Fn(u32, u32, f64) -> Verdict) -> Forecast {
    let (mut votes, mut accepted, mut good, mut escalation) = (0.0, 0.0, 0.0, 0.0);
    // The share of candidates that pass through each tally of the present number of votes, most yes first.
    let mut diagonal = vec![1.0];
    for cast in 0..=table.cap() {
        let mut next = vec![0.0; diagonal.len() + 1];
        for (no, share) in (0_u32..).zip(&diagonal) {
            let yes = cast - no;
            let confidence = table.confidence(yes, no);
            match judge(yes, no, confidence) {
                Verdict::Positive => {
                    accepted += share;
                    good += share * confidence;
                }
                Verdict::Negative => {}
                Verdict::Escalated => escalation += share,
                Verdict::Undecided => {
                    votes += share;
                    let up = table.next_yes(yes, no);
                    pass_on(&mut next, no, *share, up);
                }
            }
        }
        diagonal = next;
    }
    let per_accepted = |sum: f64| (accepted > 0.0).then(|| sum / accepted);
    Forecast {
        mean_confidence_of_accepted: per_accepted(good),
        acceptance: accepted,
        expected_votes: votes,
        escalation,
        votes_per_accepted: per_accepted(votes),
    }
}

fn pass_on(next: &mut [f64], no: u32, share: f64, chance_of_yes: f64) {
    if let Some([after_yes, after_no]) = next.get_mut(no as usize..).and_then(|rest| rest.first_chunk_mut()) {
        *after_yes += share * chance_of_yes;
        *after_no += share * (1.0 - chance_of_yes);
    }
}

/// The lowest of [`THRESHOLDS`] at which the predicted mean confidence of accepted images reaches the target, with
/// what it will cost; `None` when none does.
///
/// The target is an average, as the 99.7 % of Deng et al. are: a lower stop level can reach it, because many
/// images end far above their stop level.
#[must_use]
pub fn solve_threshold(
    table: &ConfidenceTable,
    target: f64,
    rejection: Rejection,
) -> Option<(Threshold, Forecast)> {
    solve(target, |threshold| forecast(table, StopRule { threshold: Some(threshold), rejection }))
}

/// The same with any other way to stop.
pub(super) fn solve(target: f64, forecast: impl Fn(Threshold) -> Forecast) -> Option<(Threshold, Forecast)> {
    THRESHOLDS.into_iter().filter_map(Threshold::new).find_map(|threshold| {
        let forecast = forecast(threshold);
        forecast
            .mean_confidence_of_accepted
            .is_some_and(|mean| mean >= target)
            .then_some((threshold, forecast))
    })
}
