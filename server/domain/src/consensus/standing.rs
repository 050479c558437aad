//! Whom to ask about which image.
//!
//! A first no settles most bad images, whoever says it; what decides whether an image is accepted are the votes after a yes. Those
//! are worth more from people who err less: images with a yes go to the better half of the workers first, untried ones to the other half,
//! so that all have about as much to do. Votes that would hardly count are asked for last. (Donmez, Carbonell and Schneider, "Efficiently
//! learning the accuracy of labeling sources for selective sampling", 2009, route by skill too; here a share of all stays with everybody.)

use super::skill::{Skill, YesRates};

/// Who is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whom {
    /// Whoever comes.
    #[default]
    Anybody,
    /// Whoever suits the image ([`Standing::suits`]), where skills are known.
    Suited,
}

/// Where a worker stands among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Errs so much that the votes hardly count.
    Untrusted,
    /// In the half that errs more.
    Lower,
    /// In the half that errs less.
    Upper,
}

/// What tells the better half of the workers from the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Middle {
    usual: YesRates,
    errors: f64,
}

impl Middle {
    /// Of all trusted workers, compared at the mean rates of the synsets.
    #[must_use]
    pub fn of(skills: &[Skill], usual: YesRates) -> Self {
        let trusted = skills.iter().filter(|skill| skill.is_trusted(usual));
        let mut errors: Vec<f64> = trusted.map(|skill| skill.surplus_errors()).collect();
        errors.sort_by(f64::total_cmp);
        Self { usual, errors: errors.get(errors.len().saturating_sub(1) / 2).copied().unwrap_or(0.0) }
    }

    /// Where somebody with this skill stands.
    #[must_use]
    pub fn standing(&self, skill: Skill) -> Standing {
        if !skill.is_trusted(self.usual) {
            Standing::Untrusted
        } else if skill.surplus_errors() <= self.errors {
            Standing::Upper
        } else {
            Standing::Lower
        }
    }
}

impl Standing {
    /// How well the worker suits an image that somebody said yes to, or nobody yet: 2 is served first, then 1, then 0.
    #[must_use]
    pub const fn suits(self, has_yes: bool) -> u8 {
        match (self, has_yes) {
            (Self::Untrusted, _) => 0,
            (Self::Upper, true) | (Self::Lower, false) => 2,
            (Self::Upper, false) | (Self::Lower, true) => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: YesRates = YesRates { good: 0.85, bad: 0.06 };

    /// So many errors of each kind where 5 would be usual.
    fn skill(errors: f64) -> Skill {
        Skill { misses: errors, expected_misses: 5.0, false_alarms: errors, expected_false_alarms: 5.0 }
    }

    #[test]
    fn half_of_the_trusted_workers_stand_above_the_middle() {
        let skills: Vec<Skill> = [1.0, 2.0, 4.0, 6.0, 40.0].map(skill).to_vec();
        let middle = Middle::of(&skills, USUAL);
        let standings: Vec<Standing> = skills.iter().map(|skill| middle.standing(*skill)).collect();
        let (upper, lower) = (Standing::Upper, Standing::Lower);
        assert_eq!(standings, [upper, upper, lower, lower, Standing::Untrusted]);
    }

    #[test]
    fn new_workers_are_trusted() {
        let middle = Middle::of(&[], USUAL);
        assert_eq!(middle.standing(Skill::default()), Standing::Upper);
        let middle = Middle::of(&[1.0, 2.0, 4.0].map(skill), USUAL);
        assert_eq!(middle.standing(Skill::default()), Standing::Lower);
    }

    #[test]
    fn each_half_has_images_of_its_own_and_the_untrusted_come_last() {
        for has_yes in [false, true] {
            let [untrusted, lower, upper] =
                [Standing::Untrusted, Standing::Lower, Standing::Upper].map(|one| one.suits(has_yes));
            assert!(untrusted < lower.min(upper));
            assert_eq!(upper > lower, has_yes);
        }
    }
}
