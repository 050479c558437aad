//! What is likely to become of an image, wherever it stands now: accepted, at which confidence, or sent to an expert.
//!
//! Backwards over the table, as the votes are: what is settled is what it is, what is open is the mean of the two tallies that its
//! next vote leads to. At no votes at all this is what [`super::forecast()`] finds by going forwards.

use super::{rule::Rule, source::Source, stop::Verdict, table::ConfidenceTable, votes::Votes};

/// What is expected of one image.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prospect {
    /// Further votes.
    pub votes: f64,
    /// The mean of their square.
    pub votes_squared: f64,
    /// The chance that it is accepted.
    pub acceptance: f64,
    /// The chance that it is accepted and good.
    pub good: f64,
    /// The chance that it goes to an expert.
    pub escalation: f64,
}

/// The prospects at every tally that a table covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospects {
    rule: Rule,
    usual: Diagonals,
    /// Of images of a source where good ones are likelier or rarer.
    moved: Vec<(Source, Diagonals)>,
}

/// By number of votes, within it by number of no.
type Diagonals = Vec<Vec<Prospect>>;

/// Goes through every cell of the table once, the fullest first.
#[must_use]
pub fn prospects(table: &ConfidenceTable, rule: impl Into<Rule>) -> Prospects {
    let rule: Rule = rule.into();
    let usual = look_back(table, |yes, no, confidence| {
        rule.judge((yes.into(), no.into()), yes + no, confidence, table.cap()).verdict
    });
    Prospects { rule, usual, moved: Vec::new() }
}

/// The same with any other way to judge a tally of yes and no votes with its confidence.
pub(super) fn look_back(table: &ConfidenceTable, judge: impl Fn(u32, u32, f64) -> Verdict) -> Diagonals {
    let mut diagonals: Diagonals = Vec::new();
    let mut later: Vec<Prospect> = Vec::new();
    for cast in (0..=table.cap()).rev() {
        let cell = |no: u32| {
            let yes = cast - no;
            let confidence = table.confidence(yes, no);
            match judge(yes, no, confidence) {
                Verdict::Positive => Prospect { acceptance: 1.0, good: confidence, ..Prospect::default() },
                Verdict::Escalated => Prospect { escalation: 1.0, ..Prospect::default() },
                Verdict::Undecided => {
                    let at = |no: u32| later.get(no as usize).copied().unwrap_or_default();
                    let next = at(no).mixed(at(no + 1), table.next_yes(yes, no));
                    let votes_squared = 1.0 + 2.0 * next.votes + next.votes_squared;
                    Prospect { votes: next.votes + 1.0, votes_squared, ..next }
                }
                _ => Prospect::default(),
            }
        };
        let diagonal: Vec<Prospect> = (0..=cast).map(cell).collect();
        later.clone_from(&diagonal);
        diagonals.push(diagonal);
    }
    diagonals.reverse();
    diagonals
}

impl Prospect {
    /// The variance of further votes, as far as the table is right.
    #[must_use]
    pub fn variance(&self) -> f64 {
        (self.votes_squared - self.votes * self.votes).max(0.0)
    }

    /// The mean of this and another, this with the weight `share`.
    fn mixed(self, other: Self, share: f64) -> Self {
        let mean = |one: f64, other: f64| share * one + (1.0 - share) * other;
        Self {
            votes: mean(self.votes, other.votes),
            votes_squared: mean(self.votes_squared, other.votes_squared),
            acceptance: mean(self.acceptance, other.acceptance),
            good: mean(self.good, other.good),
            escalation: mean(self.escalation, other.escalation),
        }
    }
}

impl Prospects {
    pub(super) const fn with_sources(rule: Rule, usual: Diagonals, moved: Vec<(Source, Diagonals)>) -> Self {
        Self { rule, usual, moved }
    }

    /// For an image with these votes. What stands between cells, because somebody was not sure or weighs less, is the mean of the
    /// nearest two with as many votes. Votes beyond the cap count as the cap's.
    #[must_use]
    pub fn of(&self, votes: impl Into<Votes>) -> Prospect {
        let votes = votes.into();
        let (yes, no) = self.rule.place(votes);
        let moved = self.moved.iter().find(|(source, _)| *source == votes.source);
        let diagonals = moved.map_or(&self.usual, |(_, diagonals)| diagonals);
        let last = diagonals.len().saturating_sub(1);
        let total = (votes.tally.total() as usize).min(last);
        // As far down the diagonal of all votes as the no votes are a part of the weighted ones.
        let place = if yes + no > 0.0 { no / (yes + no) * total as f64 } else { 0.0 };
        let at = |no: f64| {
            let diagonal = diagonals.get(total);
            // `as` cuts nothing off: `no` is whole and lies within the diagonal.
            diagonal.and_then(|diagonal| diagonal.get(no as usize)).copied().unwrap_or_default()
        };
        at(place.floor()).mixed(at(place.ceil()), 1.0 - place.fract())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BetaBinomial, Model, Rejection, StopRule, Tally, Threshold, forecast};
    use super::*;
    use proptest::prelude::*;

    fn model() -> impl Strategy<Value = Model> {
        let law = |low: f64, high: f64| (low..high, 0.5..50.0_f64);
        (0.02..0.9_f64, law(0.55, 0.98), law(0.02, 0.45), 0.0..0.2_f64).prop_map(
            |(prevalence, good, bad, near_miss)| {
                let law = |(mean, concentration)| BetaBinomial { mean, concentration };
                Model::new(prevalence, law(good), law(bad), near_miss).unwrap()
            },
        )
    }

    fn rule() -> impl Strategy<Value = StopRule> {
        (prop::option::of(0.9..0.999_f64), 0.0..0.3_f64).prop_map(|(threshold, rejection)| StopRule {
            threshold: threshold.and_then(Threshold::new),
            rejection: Rejection::new(rejection).unwrap(),
        })
    }

    proptest! {
        #[test]
        fn before_the_first_vote_it_is_what_the_forecast_says(model in model(), rule in rule(), cap in 1..25_u32) {
            let table = ConfidenceTable::new(&model, cap);
            let backwards = prospects(&table, rule).of(Tally::default());
            let forwards = forecast(&table, rule);
            prop_assert!((backwards.votes - forwards.expected_votes).abs() < 1e-9);
            prop_assert!((backwards.acceptance - forwards.acceptance).abs() < 1e-9);
            prop_assert!((backwards.escalation - forwards.escalation).abs() < 1e-9);
            if let Some(mean) = forwards.mean_confidence_of_accepted {
                prop_assert!((backwards.good / backwards.acceptance - mean).abs() < 1e-9);
            }
        }

        #[test]
        fn what_is_settled_costs_nothing_more(model in model(), rule in rule(), yes in 0..9_u32, no in 0..9_u32) {
            let table = ConfidenceTable::new(&model, 20);
            let prospect = prospects(&table, rule).of(Tally { yes, no, unsure: 0 });
            let judged = rule.judge(table.confidence(yes, no), yes + no, 20).verdict;
            prop_assert_eq!(prospect.votes > 0.0, judged == Verdict::Undecided);
            prop_assert!(prospect.votes <= f64::from(20 - yes - no) + 1e-9, "never more than the cap leaves");
            if judged == Verdict::Positive {
                prop_assert_eq!((prospect.acceptance, prospect.good), (1.0, table.confidence(yes, no)));
            }
            prop_assert!(prospect.good <= prospect.acceptance + 1e-12);
            let left = f64::from(20 - yes - no);
            prop_assert!(prospect.variance() <= left * left / 4.0 + 1e-9, "of a number from 0 to what is left");
            prop_assert!(prospect.votes_squared + 1e-9 >= prospect.votes * prospect.votes);
        }

        #[test]
        fn two_unsure_votes_count_as_a_yes_and_a_no(model in model(), rule in rule()) {
            let prospects = prospects(&ConfidenceTable::new(&model, 12), rule);
            let split = prospects.of(Tally { yes: 2, no: 1, unsure: 0 });
            prop_assert_eq!(prospects.of(Tally { yes: 1, no: 0, unsure: 2 }), split);
            let at = |yes, no, unsure| prospects.of(Tally { yes, no, unsure }).votes;
            prop_assert_eq!(at(1, 0, 1), f64::midpoint(at(2, 0, 0), at(1, 1, 0)));
        }
    }
}
