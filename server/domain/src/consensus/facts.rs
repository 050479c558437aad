//! Everything that is recorded about one candidate and decides what it is, and in which order that counts.

use super::{
    policy::Calibration,
    source::Source,
    stop::{Judgement, Reason, Verdict},
    tally::Tally,
    votes::{Discount, Votes, WHOLE},
};

/// So many people's reports take a picture out of the crowd's hands: one may be a slip, or a picture that did not load.
pub const REPORTS_THAT_ESCALATE: u32 = 2;

/// What is known of one candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The votes that count.
    pub tally: Tally,
    /// What the weights of those who cast them take away, where votes are weighed.
    pub discount: Discount,
    /// The newest word of an expert: does it show the synset?
    pub expert: Option<bool>,
    /// How many people report the picture as broken or offensive.
    pub reports: u32,
    /// Where the image comes from.
    pub source: Source,
    /// The chance, in millionths, that it shows the synset because the same image shows one below, or does not because it does
    /// not show one above; where verdicts are passed on ([`mod@crate::taxonomy`]).
    pub related: Option<u32>,
}

impl Facts {
    /// The votes with their weights.
    #[must_use]
    pub const fn votes(&self) -> Votes {
        Votes { tally: self.tally, discount: self.discount, source: self.source }
    }

    /// What the candidate is: an expert's word counts before reports, and those before the votes, which count by the
    /// synset's table. Without a table nothing is known of votes, so the chance is one half. What related synsets say counts where
    /// the votes have decided nothing, and not before there is a table: the images that teach it are asked about in any case.
    #[must_use]
    pub fn judge(&self, table: Option<&Calibration>) -> Judgement {
        if let Some(good) = self.expert {
            return Judgement::by_expert(good);
        }
        let by_votes = table.map_or(Self::NOTHING_KNOWN, |table| table.judge(self.votes()));
        if self.reports >= REPORTS_THAT_ESCALATE {
            return Judgement { verdict: Verdict::Escalated, reason: Some(Reason::Reported), ..by_votes };
        }
        let decided = matches!(by_votes.verdict, Verdict::Positive | Verdict::Negative);
        match self.related.filter(|_| table.is_some() && !decided) {
            Some(chance) => Judgement::by_related(f64::from(chance) / f64::from(WHOLE)),
            None => by_votes,
        }
    }

    const NOTHING_KNOWN: Judgement = Judgement { verdict: Verdict::Undecided, reason: None, confidence: 0.5 };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consensus::{Policy, Prior, SampleImage, calibrate};

    fn table() -> Calibration {
        let image = |yes, no| SampleImage { yes, no, expert: None };
        let sample: Vec<SampleImage> =
            (0..20).map(|n| if n < 8 { image(10, 0) } else { image(0, 10) }).collect();
        calibrate(&sample, &Prior::global(), &Policy::default())
    }

    #[test]
    fn an_experts_word_beats_reports_and_votes() {
        let facts = Facts {
            tally: Tally { yes: 9, no: 0, unsure: 0 },
            expert: Some(false),
            reports: 5,
            ..Facts::default()
        };
        assert_eq!(facts.judge(Some(&table())), Judgement::by_expert(false));
        assert_eq!(facts.judge(None), Judgement::by_expert(false));
    }

    #[test]
    fn two_reports_escalate_whatever_the_votes_say_and_one_does_not() {
        let (table, tally) = (table(), Tally { yes: 9, no: 0, unsure: 0 });
        let judged = |reports| Facts { tally, reports, ..Facts::default() }.judge(Some(&table));
        assert_eq!(judged(1), table.judge(tally));
        assert_eq!((judged(2).verdict, judged(2).reason), (Verdict::Escalated, Some(Reason::Reported)));
        assert_eq!(judged(2).confidence, table.judge(tally).confidence);
    }

    #[test]
    fn a_related_synsets_word_settles_what_votes_leave_open() {
        let (table, yes) = (table(), Tally { yes: 9, no: 0, unsure: 0 });
        let judged =
            |tally, chance| Facts { tally, related: Some(chance), ..Facts::default() }.judge(Some(&table));
        assert_eq!(judged(Tally::default(), 998_000), Judgement::by_related(0.998));
        assert_eq!(judged(Tally::default(), 998_000).verdict, Verdict::Positive);
        assert_eq!(judged(Tally::default(), 40_000).verdict, Verdict::Negative);
        assert_eq!(judged(yes, 40_000), table.judge(yes), "the votes on it know better");
        let reported = Facts { related: Some(998_000), reports: 2, ..Facts::default() };
        assert_eq!(reported.judge(Some(&table)).verdict, Verdict::Escalated);
        assert_eq!(reported.judge(None).verdict, Verdict::Escalated);
        let untaught = Facts { related: Some(998_000), ..Facts::default() };
        assert_eq!(untaught.judge(None).verdict, Verdict::Undecided, "its votes are to teach");
    }

    #[test]
    fn without_a_table_votes_decide_nothing() {
        let facts = Facts { tally: Tally { yes: 10, no: 0, unsure: 0 }, ..Facts::default() };
        assert_eq!(facts.judge(None).verdict, Verdict::Undecided);
    }
}
