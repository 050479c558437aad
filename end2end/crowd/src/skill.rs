//! What a worker sees in a picture, and says.
//!
//! Signal detection: what a worker sees is the picture's signal and some noise, and a yes is what exceeds the worker's
//! own criterion. The server's model knows nothing of this. 16 % of the workers are of no use: 12 % answer at random,
//! 2 % say always yes, 2 % say the opposite of what they see.

use crate::chance::Chance;
use crate::plan::Picture;
use domain::consensus::Answer;

/// How a worker answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Skill {
    /// Says what is seen; `doubt` is how near to the criterion a picture must be to be called unsure.
    Honest {
        /// Scatter of what is seen.
        noise: f64,
        /// From where on it is a yes.
        criterion: f64,
        /// Half the width of what is called unsure.
        doubt: f64,
    },
    /// Half of the answers are yes.
    Random,
    /// All of them are.
    AlwaysYes,
    /// The opposite of what is seen.
    Adversarial,
}

impl Skill {
    /// The skill of the worker with this number, from 0.
    pub fn of(worker: u32, chance: &mut Chance) -> Self {
        // Spread over the numbers, so that a small crowd has its share of bad workers as well.
        match worker % 50 {
            5 | 11 | 20 | 27 | 36 | 45 => Self::Random,
            15 => Self::AlwaysYes,
            30 => Self::Adversarial,
            _ => Self::Honest {
                noise: chance.between(0.6, 1.0),
                criterion: 0.25 * chance.normal(),
                doubt: if chance.happens(0.4) { chance.between(0.02, 0.12) } else { 0.0 },
            },
        }
    }

    /// The answer about a picture. `chance` must be one stream for each pair of worker and picture: asked again, a
    /// worker says the same.
    pub fn answer(self, picture: &Picture, chance: &mut Chance) -> Answer {
        let yes = match self {
            Self::Honest { noise, criterion, doubt } => {
                let seen = picture.signal + noise * chance.normal() - criterion;
                if seen.abs() < doubt {
                    return Answer::Unsure;
                }
                seen > 0.0
            }
            Self::Random => chance.happens(0.5),
            Self::AlwaysYes => true,
            Self::Adversarial => picture.signal < 0.0,
        };
        if yes { Answer::Yes } else { Answer::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_workers_of_a_hundred_are_of_no_use() {
        let honest =
            |worker| matches!(Skill::of(worker, &mut Chance::new(1, worker.into())), Skill::Honest { .. });
        assert_eq!((0..100).filter(|&worker| honest(worker)).count(), 84);
    }

    #[test]
    fn an_honest_worker_tells_clear_pictures_apart() {
        let skill = Skill::Honest { noise: 0.8, criterion: 0.0, doubt: 0.1 };
        let picture = |signal| Picture {
            bytes: Vec::new(),
            sha256: String::new(),
            good: signal > 0.0,
            signal,
            copy: false,
        };
        let mut chance = Chance::new(1, 1);
        let mut share_of_yes = |signal| {
            let yes =
                (0..1_000).filter(|_| skill.answer(&picture(signal), &mut chance) == Answer::Yes).count();
            yes as f64 / 1_000.0
        };
        assert!(share_of_yes(2.0) > 0.97);
        assert!(share_of_yes(-2.2) < 0.03);
    }
}
