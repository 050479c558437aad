//! How many more votes an image will cost, wherever it stands now.
//!
//! Backwards over the table: what is settled costs nothing, what is open costs one vote and then what is expected at the
//! tally that this vote leads to. At no votes at all this is what [`super::forecast()`] finds by going forwards.

use super::{
    stop::{StopRule, Verdict},
    table::ConfidenceTable,
    tally::Tally,
};

/// The expected further votes at every tally that a table covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// By number of votes, within it by number of no.
    diagonals: Vec<Vec<f64>>,
}

/// Goes through every cell of the table once, the fullest first.
#[must_use]
pub fn outlook(table: &ConfidenceTable, rule: StopRule) -> Outlook {
    let mut diagonals: Vec<Vec<f64>> = Vec::new();
    let mut later: Vec<f64> = vec![0.0; table.cap() as usize + 2];
    for cast in (0..=table.cap()).rev() {
        let cell = |no: u32| {
            let yes = cast - no;
            let judged = rule.judge(table.confidence(yes, no), cast, table.cap());
            if judged.verdict != Verdict::Undecided {
                return 0.0;
            }
            let at = |no: u32| later.get(no as usize).copied().unwrap_or(0.0);
            let up = table.next_yes(yes, no);
            1.0 + up * at(no) + (1.0 - up) * at(no + 1)
        };
        let diagonal: Vec<f64> = (0..=cast).map(cell).collect();
        later.clone_from(&diagonal);
        diagonals.push(diagonal);
    }
    diagonals.reverse();
    Outlook { diagonals }
}

impl Outlook {
    /// Expected further votes for an image with these votes; 0 once it is settled, and beyond the cap.
    ///
    /// "Not sure" is half a yes and half a no: an odd number of them stands between two cells of as many votes.
    #[must_use]
    pub fn further_votes(&self, tally: Tally) -> f64 {
        let halves = tally.no.saturating_mul(2).saturating_add(tally.unsure);
        let at = |no: u32| {
            let diagonal = self.diagonals.get(tally.total() as usize);
            diagonal.and_then(|diagonal| diagonal.get(no as usize)).copied().unwrap_or(0.0)
        };
        f64::midpoint(at(halves / 2), at(halves.div_ceil(2)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BetaBinomial, Model, Rejection, Threshold, forecast};
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
            let backwards = outlook(&table, rule).further_votes(Tally::default());
            let forwards = forecast(&table, rule).expected_votes;
            prop_assert!((backwards - forwards).abs() < 1e-9, "{backwards} {forwards}");
        }

        #[test]
        fn it_is_nothing_exactly_where_asking_stops_and_never_more_than_the_cap_leaves(
            model in model(), rule in rule(), yes in 0..13_u32, no in 0..13_u32,
        ) {
            let table = ConfidenceTable::new(&model, 12);
            let further = outlook(&table, rule).further_votes(Tally { yes, no, unsure: 0 });
            let judged = rule.judge(table.confidence(yes, no), yes + no, 12);
            let open = judged.verdict == Verdict::Undecided && yes + no <= 12;
            prop_assert_eq!(further > 0.0, open);
            prop_assert!(further <= f64::from(12_u32.saturating_sub(yes + no)) + 1e-9);
        }

        #[test]
        fn two_unsure_votes_count_as_a_yes_and_a_no(model in model(), rule in rule()) {
            let outlook = outlook(&ConfidenceTable::new(&model, 12), rule);
            let split = outlook.further_votes(Tally { yes: 2, no: 1, unsure: 0 });
            prop_assert_eq!(outlook.further_votes(Tally { yes: 1, no: 0, unsure: 2 }), split);
            let (one, other) = (Tally { yes: 2, no: 0, unsure: 0 }, Tally { yes: 1, no: 1, unsure: 0 });
            let between = f64::midpoint(outlook.further_votes(one), outlook.further_votes(other));
            prop_assert_eq!(outlook.further_votes(Tally { yes: 1, no: 0, unsure: 1 }), between);
        }
    }
}
