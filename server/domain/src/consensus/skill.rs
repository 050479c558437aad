//! How much a worker's vote says, from the errors that were to be expected and those that were made.
//!
//! Errors are compared with what other workers make on the same synsets, so nobody looks bad for having been given hard
//! ones. A weight is never above 1: weights up to 1.5 cost .016 of calibration on simulated crowds.

/// So many expected errors count as made, so that a new worker weighs exactly 1.
const PRIOR_ERRORS: f64 = 2.0;
/// A worker below this mean weight teaches no table.
const LEAST_TRUSTED_WEIGHT: f64 = 0.3;
/// Whoever was below it teaches again from this mean weight on: at one level for both, somebody who stands there would come and go,
/// and every table with them.
const TRUSTED_AGAIN: f64 = 0.4;
/// From so many expected errors on, a low weight means something.
const ERRORS_THAT_TELL: f64 = 1.0;

/// How often people say yes on a synset, as a worker is compared with them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct YesRates {
    /// μ₁: on good images.
    pub good: f64,
    /// μ₀: on bad images, below the rate on good ones.
    pub bad: f64,
}

/// Errors made and to be expected, over all synsets; fractions where the truth is not certain.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Skill {
    /// No votes on good images.
    pub misses: f64,
    /// Those that others would have cast there.
    pub expected_misses: f64,
    /// Yes votes on bad images.
    pub false_alarms: f64,
    /// Those that others would have cast there.
    pub expected_false_alarms: f64,
}

/// What one worker's votes count for on a synset, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// A yes.
    pub yes: f64,
    /// A no.
    pub no: f64,
}

impl Weights {
    /// Of somebody who votes as people do.
    pub const FULL: Self = Self { yes: 1.0, no: 1.0 };
}

impl Skill {
    /// The skill with one more answer, on an image that is good with the chance `good`: 1 or 0 where an expert said so,
    /// else the confidence *without this vote*. `yes` is 1 for a yes, 0 for a no, ½ for "not sure".
    #[must_use]
    pub fn with(self, yes: f64, good: f64, rates: YesRates) -> Self {
        Self {
            misses: self.misses + good * (1.0 - yes),
            expected_misses: self.expected_misses + good * (1.0 - rates.good),
            false_alarms: self.false_alarms + (1.0 - good) * yes,
            expected_false_alarms: self.expected_false_alarms + (1.0 - good) * rates.bad,
        }
    }

    /// What the worker's votes count for on a synset with these rates.
    #[must_use]
    pub fn weights(self, rates: YesRates) -> Weights {
        let ratio = |made: f64, expected: f64| (made + PRIOR_ERRORS) / (expected + PRIOR_ERRORS);
        let misses = ratio(self.misses, self.expected_misses);
        let false_alarms = ratio(self.false_alarms, self.expected_false_alarms);
        let hit = 1.0 - (misses * (1.0 - rates.good)).clamp(0.01, 0.99);
        let false_alarm = (false_alarms * rates.bad).clamp(0.003, 0.99);
        let share = |own: f64, usual: f64| (own / usual).clamp(0.0, 1.0);
        Weights {
            yes: share((hit / false_alarm).ln(), (rates.good / rates.bad).ln()),
            no: share(
                ((1.0 - hit) / (1.0 - false_alarm)).ln(),
                ((1.0 - rates.good) / (1.0 - rates.bad)).ln(),
            ),
        }
    }

    /// How much more the worker errs than others would have, misses and false alarms alike: 0 as they do and for whoever is new, below 0
    /// less.
    #[must_use]
    pub fn surplus_errors(self) -> f64 {
        let ratio = |made: f64, expected: f64| ((made + PRIOR_ERRORS) / (expected + PRIOR_ERRORS)).ln();
        ratio(self.misses, self.expected_misses) + ratio(self.false_alarms, self.expected_false_alarms)
    }

    /// Whether the worker's votes may teach a table, compared at the mean rates of the synsets.
    #[must_use]
    pub fn is_trusted(self, rates: YesRates) -> bool {
        self.weighs_at_least(LEAST_TRUSTED_WEIGHT, rates)
    }

    /// The same for a worker whose votes did not teach until now.
    #[must_use]
    pub fn is_trusted_again(self, rates: YesRates) -> bool {
        self.weighs_at_least(TRUSTED_AGAIN, rates)
    }

    fn weighs_at_least(self, weight: f64, rates: YesRates) -> bool {
        let Weights { yes, no } = self.weights(rates);
        self.expected_misses + self.expected_false_alarms < ERRORS_THAT_TELL
            || f64::midpoint(yes, no) >= weight
    }
}
