//! Does somebody look at the pictures at all? Answers beside what other people say of the same images.
//!
//! Two explanations of a worker's answers are weighed against each other. Who guesses says yes equally often to good images
//! and to others. Who looks tells them apart about as other people do on the same images: more or less strictly, somewhat
//! better or worse, but not at random. Both explanations are averages over all guessers and over all honest people, so that
//! their ratio is a test martingale (Shafer et al., "Test martingales, Bayes factors and p-values", 2011): however often it
//! is looked at, it exceeds N for at most one in N of the honest people whom the second explanation describes (Ville, 1939).
//! That holds as far as honest people differ by no more than is supposed here, and but roughly where others' answers, which are
//! taken for what people do, are few or still to come: so it is measured on simulated crowds too. The numbers below were
//! chosen with such crowds at hand.

use super::Confusion;
use crate::consensus::numbers::{ln_gamma, logit, sigmoid};

/// So many others must have said yes or no of an image, and not be a tie, for their majority to be its word.
const OTHERS: u32 = 2;
/// How much stricter or more lenient honest people are than each other: the standard deviation of the log-odds of a yes.
const STRICTNESS: f64 = 0.8;
/// How much better or worse they tell good images from others: the standard deviation of the logarithm of the difference
/// between their two log-odds of a yes.
const SHARPNESS: f64 = 0.3;
/// Where others' answers are too few to say how people do on these images: so many answers, of which these shares are yes.
const USUAL: (f64, f64, f64) = (4.0, 0.8, 0.1);
/// Nobody is expected to be wrong less often.
const LEAST_ERROR: f64 = 0.002;
/// Other people are taken to tell the images apart by at least so much, in log-odds to either side.
const LEAST_DIFFERENCE: f64 = 0.25;

/// A worker's yes and no answers beside those of other people on the same images. What an image is, is an expert's word, or
/// else the majority of at least two others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// The worker's answers.
    pub own: Confusion,
    /// Everybody else's, each of them compared with everybody but themselves.
    pub others: Confusion,
}

impl Compared {
    /// With one more image: what the worker said, and how many people, the worker among them, say yes and no.
    #[must_use]
    pub fn with(mut self, said_yes: bool, (yes, no): (u32, u32), expert: Option<bool>) -> Self {
        let without_yes = word((yes.saturating_sub(1), no), expert);
        let without_no = word((yes, no.saturating_sub(1)), expert);
        let (mine, other_yes, other_no) = match said_yes {
            true => (without_yes, yes.saturating_sub(1), no),
            false => (without_no, yes, no.saturating_sub(1)),
        };
        self.own.count(mine, said_yes, 1);
        self.others.count(without_yes, true, other_yes);
        self.others.count(without_no, false, other_no);
        self
    }

    /// The logarithm of how much better guessing explains the answers than looking does.
    #[must_use]
    pub fn guessing(&self) -> f64 {
        let counts = Counts::of(self.own);
        by_guessing(&counts) - by_looking(&counts, self.others)
    }
}

/// What an image is by other people's yes and no, or by an expert.
pub(super) fn word((yes, no): (u32, u32), expert: Option<bool>) -> Option<bool> {
    expert.or_else(|| (yes.saturating_add(no) >= OTHERS && yes != no).then_some(yes > no))
}

impl Confusion {
    fn count(&mut self, good: Option<bool>, yes: bool, times: u32) {
        let (of, right) = match good {
            Some(true) => (&mut self.good, &mut self.yes_on_good),
            Some(false) => (&mut self.bad, &mut self.no_on_bad),
            None => return,
        };
        *of = of.saturating_add(times);
        if good == Some(yes) {
            *right = right.saturating_add(times);
        }
    }
}

/// Yes and no, on good images and on others.
struct Counts {
    good: (f64, f64),
    bad: (f64, f64),
}

impl Counts {
    fn of(counts: Confusion) -> Self {
        let both = |right: u32, of: u32| (f64::from(right), f64::from(of.saturating_sub(right)));
        let (no_on_bad, yes_on_bad) = both(counts.no_on_bad, counts.bad);
        Self { good: both(counts.yes_on_good, counts.good), bad: (yes_on_bad, no_on_bad) }
    }
}

/// ln of the chance of these answers from somebody who says yes with one chance whatever is shown, each chance as likely as
/// Jeffreys' prior says: Beta(½, ½).
fn by_guessing(counts: &Counts) -> f64 {
    let (yes, no) = (counts.good.0 + counts.bad.0, counts.good.1 + counts.bad.1);
    ln_gamma(yes + 0.5) + ln_gamma(no + 0.5) - ln_gamma(yes + no + 1.0) - std::f64::consts::PI.ln()
}

/// ln of the chance of these answers from somebody honest: a normal mixture over strictness and sharpness, on a grid of ± 3
/// standard deviations.
fn by_looking(counts: &Counts, others: Confusion) -> f64 {
    let Counts { good, bad } = Counts::of(others);
    let (prior, good_prior, bad_prior) = USUAL;
    let rate = |(yes, no): (f64, f64), usual: f64| (yes + usual * prior) / (yes + no + prior);
    let (high, low) = (logit(rate(good, good_prior)), logit(rate(bad, bad_prior)));
    let middle = f64::midpoint(high, low);
    let reach = ((high - low) / 2.0).max(LEAST_DIFFERENCE);
    let (mut terms, mut weights) = (Vec::new(), 0.0);
    for strictness in (-12..=12).map(|step| f64::from(step) / 4.0) {
        for sharpness in (-6..=6).map(|step| f64::from(step) / 2.0) {
            let weight = -0.5 * (strictness * strictness + sharpness * sharpness);
            let (at, reach) = (middle + STRICTNESS * strictness, reach * (SHARPNESS * sharpness).exp());
            weights += weight.exp();
            terms.push(weight + ln_chance(counts.good, at + reach) + ln_chance(counts.bad, at - reach));
        }
    }
    let largest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    largest + (terms.iter().map(|term| (term - largest).exp()).sum::<f64>() / weights).ln()
}

fn ln_chance((yes, no): (f64, f64), log_odds: f64) -> f64 {
    let rate = sigmoid(log_odds).clamp(LEAST_ERROR, 1.0 - LEAST_ERROR);
    yes * rate.ln() + no * (1.0 - rate).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(yes_on_good: u32, good: u32, no_on_bad: u32, bad: u32) -> Confusion {
        Confusion { yes_on_good, good, no_on_bad, bad }
    }

    #[test]
    fn an_image_counts_for_the_worker_and_for_the_others_by_what_everybody_else_says() {
        let found = Compared::default().with(true, (3, 1), None);
        // Without the worker two of three say yes. Each other yes stands against 2 to 1, the no against 3 to 0.
        assert_eq!(found, Compared { own: counts(1, 1, 0, 0), others: counts(2, 3, 0, 0) });
        // Two people: nobody has two others.
        assert_eq!(Compared::default().with(false, (1, 1), None), Compared::default());
        // A worker's vote that is not in the tally, as an excluded worker's is not.
        assert_eq!(Compared::default().with(true, (0, 0), Some(false)).own, counts(0, 0, 0, 1));
        // Whatever the votes say, the expert decides.
        let found = Compared::default().with(false, (3, 1), Some(false));
        assert_eq!(found, Compared { own: counts(0, 0, 1, 1), others: counts(0, 0, 0, 3) });
    }

    #[test]
    fn guesses_are_told_from_strict_and_lenient_people_and_from_too_few_answers() {
        let others = counts(85, 100, 280, 300);
        let factor = |own| Compared { own, others }.guessing();
        let fifty = 50_f64.ln();
        for guess in
            [counts(6, 12, 44, 88), counts(0, 12, 88, 88), counts(12, 12, 0, 88), counts(2, 12, 70, 88)]
        {
            assert!(factor(guess) > fifty, "{guess:?}: {}", factor(guess));
        }
        for honest in
            [counts(11, 12, 84, 88), counts(6, 12, 87, 88), counts(12, 12, 62, 88), counts(8, 12, 74, 88)]
        {
            assert!(factor(honest) < 0.0, "{honest:?}: {}", factor(honest));
        }
        assert!(factor(counts(0, 2, 30, 30)).abs() < fifty, "two good images say little");
        assert!(Compared::default().guessing().abs() < 1e-9);
    }

    #[test]
    fn where_others_are_at_a_loss_nobody_is_blamed_for_it() {
        let own = counts(14, 24, 30, 60);
        let blamed = |others| Compared { own, others }.guessing() > 50_f64.ln();
        assert!(blamed(counts(90, 100, 285, 300)));
        assert!(!blamed(counts(60, 100, 160, 300)));
    }

    proptest! {
        #[test]
        fn the_evidence_is_a_number_whatever_was_counted(
            of in prop::array::uniform4(0_u32..200_000),
            parts in prop::array::uniform4(0.0_f64..=1.0),
        ) {
            let part = |n: usize| (f64::from(of[n]) * parts[n]) as u32;
            let own = counts(part(0), of[0], part(1), of[1]);
            let others = counts(part(2), of[2], part(3), of[3]);
            let compared = Compared { own, others };
            prop_assert!(compared.guessing().is_finite());
        }
    }
}
