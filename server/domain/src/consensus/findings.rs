//! What audits of accepted images mean for their synset's table.
//!
//! An expert looks at accepted images without knowing the verdict. What is found moves all log-odds of the synset down, or
//! puts it on hold: a crowd that is wrong together is sure of itself, and nothing but an outsider's eye shows it.

use super::{
    numbers::sigmoid,
    offset::{Audited, audit_shift, audits_fail},
    rule::Rule,
    source::Offsets,
    stop::Verdict,
    table::ConfidenceTable,
    votes::Votes,
};

/// So many accepted images of each synset are audited first.
const FIRST: u32 = 30;

/// An image that was accepted by its votes, and what an expert said who did not know that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditedImage {
    /// The votes that count.
    pub votes: Votes,
    /// What the expert said.
    pub good: bool,
}

/// What the audits of a synset say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Findings {
    /// Added to all log-odds of the synset: 0 or below.
    pub shift: f64,
    /// Audited images that show the synset.
    pub good: u32,
    /// Audited images that do not.
    pub bad: u32,
}

impl Findings {
    /// Of the images that this table accepts; before the first thirty are looked at, those that are wanting count as good. Images that were accepted by an earlier version and would not be any more say
    /// nothing against this one.
    #[must_use]
    pub fn of(
        table: &ConfidenceTable,
        rule: impl Into<Rule>,
        offsets: &Offsets,
        audited: &[AuditedImage],
    ) -> Self {
        let rule: Rule = rule.into();
        let accepted = audited.iter().filter_map(|image| {
            let (yes, no) = rule.place(image.votes);
            let log_odds = table.log_odds_at(yes, no) + offsets.of(image.votes.source);
            let confidence = sigmoid(log_odds);
            let judged = rule.judge((yes, no), image.votes.tally.total(), confidence, table.cap());
            (judged.verdict == Verdict::Positive).then_some(Audited { log_odds, good: image.good })
        });
        let mut accepted: Vec<Audited> = accepted.collect();
        let good = accepted.iter().filter(|image| image.good).count();
        let bad = accepted.len() - good;
        let mean = accepted.iter().map(|image| image.log_odds).sum::<f64>() / accepted.len().max(1) as f64;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        if bad > 0 {
            // One bad image at the very beginning would otherwise open all others again.
            accepted.resize(accepted.len().max(FIRST as usize), Audited { log_odds: mean, good: true });
        }
        Self { shift: audit_shift(&accepted), good: count(good), bad: count(bad) }
    }

    /// Whether they rule out that accepted images are as precise as was promised (a share of 1), whatever those are that are
    /// wanting of the first thirty.
    #[must_use]
    pub fn rule_out(&self, promised: f64) -> bool {
        audits_fail(self.good.max(FIRST.saturating_sub(self.bad)), self.bad, promised)
    }
}

/// How many accepted images an expert is to look at: 30, then one in a hundred of the rest.
#[must_use]
pub fn audits_wanted(accepted: u64) -> u64 {
    const ONE_IN: u64 = 100;
    let first = u64::from(FIRST);
    accepted.min(first) + accepted.saturating_sub(first) / ONE_IN
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consensus::{BetaBinomial, Model, Rejection, StopRule, Tally, Threshold};

    fn table() -> (ConfidenceTable, StopRule) {
        let law = |mean, concentration| BetaBinomial { mean, concentration };
        let model = Model::new(0.4, law(0.9, 8.0), law(0.05, 8.0), 0.02).unwrap();
        let rule = StopRule { threshold: Threshold::new(0.97), rejection: Rejection::USUAL };
        (ConfidenceTable::new(&model, 20), rule)
    }

    fn audited(yes: u32, no: u32, good: bool) -> AuditedImage {
        AuditedImage { votes: Tally { yes, no, unsure: 0 }.into(), good }
    }

    #[test]
    fn good_audits_move_nothing_and_bad_ones_move_down() {
        let (table, rule) = table();
        let all_good = vec![audited(5, 0, true); 30];
        assert_eq!(
            Findings::of(&table, rule, &Offsets::default(), &all_good),
            Findings { shift: 0.0, good: 30, bad: 0 }
        );
        let some_bad: Vec<AuditedImage> = (0..30).map(|n| audited(5, 0, n >= 6)).collect();
        let findings = Findings::of(&table, rule, &Offsets::default(), &some_bad);
        assert_eq!((findings.good, findings.bad), (24, 6));
        assert!(findings.shift < -0.5, "{findings:?}");
        assert!(findings.rule_out(0.97) && !findings.rule_out(0.7));
        let shift = Findings::of(&table, rule, &Offsets::default(), &[audited(5, 0, false)]).shift;
        let alone = audit_shift(&[Audited { log_odds: table.log_odds_at(5.0, 0.0), good: false }]);
        assert!(alone < shift && shift < 0.0, "alone {alone}, as one of thirty {shift}");
        let one_bad = Findings { shift: 0.0, good: 0, bad: 1 };
        assert!(one_bad.rule_out(0.997) && !one_bad.rule_out(0.97));
    }

    #[test]
    fn what_the_table_would_not_accept_says_nothing_against_it() {
        let (table, rule) = table();
        assert_eq!(
            Findings::of(&table, rule, &Offsets::default(), &[audited(2, 3, false)]),
            Findings::default()
        );
        assert_eq!(Findings::of(&table, rule, &Offsets::default(), &[]), Findings::default());
    }

    #[test]
    fn the_first_thirty_are_audited_and_then_one_in_a_hundred() {
        assert_eq!([0, 7, 30, 129, 130, 1_030].map(audits_wanted), [0, 7, 30, 30, 31, 40]);
    }
}
