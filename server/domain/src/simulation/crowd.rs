//! Who votes: mostly honest people of different eyesight, and some that are of no use.

use super::Chance;

/// How one worker answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Worker {
    /// Says what is seen.
    Honest {
        /// The standard deviation of what is seen around the image's signal.
        noise: f64,
        /// From where on it is a yes.
        criterion: f64,
    },
    /// A yes with this chance, whatever is shown.
    Random {
        /// From 0, never, to 1, always.
        yes: f64,
    },
    /// The opposite of the truth of the signal.
    Adversarial,
    /// What the leader says or would say of the same image; [`super::Labelling`] sees to it.
    Copying {
        /// The number of another worker, who copies nobody.
        leader: usize,
    },
}

/// How well honest workers see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eye {
    /// Noise from .6 to 1, each as likely; criteria with a standard deviation of .25.
    Usual,
    /// Noise with a median of 1, a tenth of it above 1.47 (ln-normal, σ = .3); criteria with a standard deviation of .2.
    Noisy,
}

/// A crowd of workers, each known by a number below their count.
#[derive(Clone, Debug, PartialEq)]
pub struct Crowd {
    workers: Vec<Worker>,
}

impl Crowd {
    /// 200 workers: 12 % answer at random, 2 % say always yes, 2 % say the opposite of what there is; the rest is honest.
    #[must_use]
    pub fn new(chance: &mut Chance, eye: Eye) -> Self {
        let worker = |number: usize| match number % 50 {
            0..6 => Worker::Random { yes: 0.5 },
            6 => Worker::Random { yes: 1.0 },
            7 => Worker::Adversarial,
            _ => eye.draw(chance),
        };
        Self { workers: (0..200).map(worker).collect() }
    }

    /// These workers.
    #[must_use]
    pub const fn of(workers: Vec<Worker>) -> Self {
        Self { workers }
    }

    /// How everybody answers, by number.
    #[must_use]
    pub fn workers(&self) -> &[Worker] {
        &self.workers
    }

    /// Whose answer a worker gives: the leader's, or the worker's own.
    #[must_use]
    pub fn speaker(&self, worker: usize) -> usize {
        match self.workers.get(worker) {
            Some(Worker::Copying { leader }) => *leader,
            _ => worker,
        }
    }

    /// How many workers there are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.workers.len()
    }

    /// Somebody.
    pub fn anybody(&self, chance: &mut Chance) -> usize {
        chance.place(self.workers.len())
    }

    /// Whether a worker says yes to an image of this signal. Nobody, no yes.
    pub fn says_yes(&self, worker: usize, signal: f64, chance: &mut Chance) -> bool {
        match self.workers.get(worker) {
            Some(Worker::Honest { noise, criterion }) => signal + noise * chance.normal() > *criterion,
            // Who always says the same draws nothing.
            Some(Worker::Random { yes }) => *yes >= 1.0 || (*yes > 0.0 && chance.happens(*yes)),
            Some(Worker::Adversarial) => signal < 0.0,
            Some(Worker::Copying { .. }) | None => false,
        }
    }
}

impl Eye {
    /// Somebody honest.
    pub fn draw(self, chance: &mut Chance) -> Worker {
        match self {
            Self::Usual => {
                Worker::Honest { noise: 0.6 + 0.4 * chance.uniform(), criterion: 0.25 * chance.normal() }
            }
            Self::Noisy => {
                Worker::Honest { noise: (0.3 * chance.normal()).exp(), criterion: 0.2 * chance.normal() }
            }
        }
    }
}
