//! When asking about an image stops, by whichever method a project has chosen.

use super::{
    method::Method,
    stop::{Judgement, Reason, StopRule, Verdict},
    votes::Votes,
};

/// The share of votes that decides a majority; what lies between is no answer (Deng et al. speak of a convincing majority).
const CONVINCING: f64 = 0.67;

/// A method with the levels at which it stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Who decides.
    pub method: Method,
    /// The levels, where confidence decides.
    pub levels: StopRule,
}

impl From<StopRule> for Rule {
    fn from(levels: StopRule) -> Self {
        Self { method: Method::Table, levels }
    }
}

impl Rule {
    /// Where an image with these votes stands in its synset's table: (yes, no).
    #[must_use]
    pub fn place(&self, votes: Votes) -> (f64, f64) {
        if self.method.weighs_votes() { votes.weighted() } else { votes.tally.weighted() }
    }

    /// What an image is that stands at `(yes, no)`, after so many `votes` of any weight, with this chance of being good.
    #[must_use]
    pub fn judge(&self, (yes, no): (f64, f64), votes: u32, confidence: f64, cap: u32) -> Judgement {
        let Some(wanted) = self.method.fixed_votes() else {
            return self.levels.judge(confidence, votes, cap);
        };
        if votes < wanted {
            return Judgement { verdict: Verdict::Undecided, reason: None, confidence };
        }
        let (verdict, reason) = self.counted(yes, yes + no);
        Judgement { verdict, reason: Some(reason), confidence }
    }

    fn counted(&self, yes: f64, of: f64) -> (Verdict, Reason) {
        match self.method {
            Method::Fixed { votes, yes: wanted } if yes * f64::from(votes) >= f64::from(wanted) * of => {
                (Verdict::Positive, Reason::VotedYes)
            }
            Method::Fixed { .. } => (Verdict::Negative, Reason::VotedNo),
            _ if yes >= CONVINCING * of => (Verdict::Positive, Reason::VotedYes),
            _ if yes <= (1.0 - CONVINCING) * of => (Verdict::Negative, Reason::VotedNo),
            _ => (Verdict::Escalated, Reason::NoMajority),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consensus::{Discount, Rejection, Tally, Threshold};

    fn judged(method: Method, yes: u32, no: u32) -> (Verdict, Option<Reason>) {
        let levels = StopRule { threshold: Threshold::new(0.9), rejection: Rejection::USUAL };
        let judged = Rule { method, levels }.judge((f64::from(yes), f64::from(no)), yes + no, 0.5, 20);
        (judged.verdict, judged.reason)
    }

    #[test]
    fn a_majority_must_be_convincing() {
        let five = |yes, no| judged(Method::Majority { votes: 5 }, yes, no);
        assert_eq!(five(4, 0), (Verdict::Undecided, None));
        assert_eq!(five(4, 1), (Verdict::Positive, Some(Reason::VotedYes)));
        assert_eq!(five(3, 2), (Verdict::Escalated, Some(Reason::NoMajority)));
        assert_eq!(five(1, 4), (Verdict::Negative, Some(Reason::VotedNo)));
        assert_eq!(five(8, 4).0, Verdict::Escalated, "two of three are not quite .67");
    }

    #[test]
    fn a_fixed_number_needs_its_yes_votes_and_the_same_share_of_more() {
        let method = Method::Fixed { votes: 10, yes: 9 };
        assert_eq!(judged(method, 9, 0), (Verdict::Undecided, None));
        assert_eq!(judged(method, 9, 1), (Verdict::Positive, Some(Reason::VotedYes)));
        assert_eq!(judged(method, 8, 2), (Verdict::Negative, Some(Reason::VotedNo)));
        assert_eq!(judged(method, 9, 2).0, Verdict::Negative);
    }

    #[test]
    fn only_the_full_method_weighs_votes() {
        let levels = StopRule { threshold: None, rejection: Rejection::USUAL };
        let votes = Votes {
            tally: Tally { yes: 3, no: 1, unsure: 0 },
            discount: Discount { yes: 1_000_000, no: 500_000 },
            ..Votes::default()
        };
        let place = |method| Rule { method, levels }.place(votes);
        assert_eq!(place(Method::Full), (2.0, 0.5));
        assert_eq!(place(Method::Table), (3.0, 1.0));
        assert_eq!(place(Method::Majority { votes: 4 }), (3.0, 1.0));
    }
}
