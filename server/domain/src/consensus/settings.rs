//! What a manager may set about a synset's votes, checked once.

use super::{
    method::Method,
    standing::Whom,
    stop::{Rejection, Threshold},
    worth::Worth,
};

/// Every image of an initial sample gets at least this many yes and no votes (Deng et al., section 3.2).
pub const MIN_INITIAL_VOTES: u32 = 10;

/// The usual cap of votes per image.
pub const DEFAULT_CAP: u32 = 20;

/// The highest cap that may be set: a table has (cap + 1)(cap + 2) / 2 cells.
pub const MAX_CAP: u32 = 100;

/// A manager's wishes, unchecked; [`Policy::new`] checks them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PolicySettings {
    /// Who decides.
    pub method: Method,
    /// The precision wanted of accepted images, on average: above .5, below 1. The paper reports .997.
    pub target: f64,
    /// A stop level to use instead of the one that the target asks for: above .5, below 1.
    pub threshold: Option<f64>,
    /// ρ: an image whose confidence falls to this is rejected; at least 0, below .5. Thrifty .20, thorough .02.
    pub rejection: f64,
    /// The most votes that one image may cost, 10 to [`MAX_CAP`], not below `initial_votes`.
    pub cap: u32,
    /// Yes and no votes on each image of the initial sample, at least [`MIN_INITIAL_VOTES`].
    pub initial_votes: u32,
}

impl Default for PolicySettings {
    fn default() -> Self {
        Self {
            method: Method::default(),
            target: 0.997,
            threshold: None,
            rejection: 0.10,
            cap: DEFAULT_CAP,
            initial_votes: MIN_INITIAL_VOTES,
        }
    }
}

/// Why settings are refused. Each message says what would be right.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PolicyError {
    /// The target is no precision worth having.
    #[error("the target precision is {0}; it must lie between 0.5 and 1, both excluded, such as 0.997")]
    Target(f64),
    /// The stop level is no [`Threshold`].
    #[error("the confidence threshold is {0}; it must lie between 0.5 and 1, both excluded, such as 0.99")]
    Threshold(f64),
    /// The rejection level is no [`Rejection`].
    #[error("the rejection level is {0}; it must be at least 0 and below 0.5, such as 0.1")]
    Rejection(f64),
    /// Too few votes would teach the table nothing.
    #[error(
        "{0} votes on each image of the initial sample are too few; at least {MIN_INITIAL_VOTES} are needed"
    )]
    InitialVotes(u32),
    /// The cap is out of range.
    #[error(
        "the cap is {cap} votes on an image; it must be at least the {initial_votes} votes of the initial sample, \
         and at most {MAX_CAP}"
    )]
    Cap {
        /// The cap given.
        cap: u32,
        /// The votes on each initial image given.
        initial_votes: u32,
    },
    /// More votes than an image may get.
    #[error(
        "each image is to get {votes} votes, and at most {cap} are allowed; a cap of at least {votes} would be right"
    )]
    Votes {
        /// The votes that the method always asks for.
        votes: u32,
        /// The cap given.
        cap: u32,
    },
}

/// Checked settings: how a synset's votes are collected and when they suffice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    method: Method,
    target: f64,
    threshold: Option<Threshold>,
    rejection: Rejection,
    cap: u32,
    initial_votes: u32,
    worth: Option<Worth>,
    whom: Whom,
}

impl Policy {
    /// Checks a manager's wishes.
    ///
    /// # Errors
    /// At the first setting outside its range.
    pub fn new(settings: PolicySettings) -> Result<Self, PolicyError> {
        let PolicySettings { method, target, threshold, rejection, cap, initial_votes } = settings;
        let target = Threshold::new(target).ok_or(PolicyError::Target(target))?.get();
        let threshold = threshold
            .map(|threshold| Threshold::new(threshold).ok_or(PolicyError::Threshold(threshold)))
            .transpose()?;
        let rejection = Rejection::new(rejection).ok_or(PolicyError::Rejection(rejection))?;
        if initial_votes < MIN_INITIAL_VOTES {
            return Err(PolicyError::InitialVotes(initial_votes));
        }
        if !(initial_votes..=MAX_CAP).contains(&cap) {
            return Err(PolicyError::Cap { cap, initial_votes });
        }
        if let Some(votes) = method.fixed_votes().filter(|votes| *votes > cap) {
            return Err(PolicyError::Votes { votes, cap });
        }
        Ok(Self {
            method,
            target,
            threshold,
            rejection,
            cap,
            initial_votes,
            worth: None,
            whom: Whom::Anybody,
        })
    }

    /// Who decides.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The same with another method; `None` where it would ask for more votes than the cap.
    #[must_use]
    pub fn by(self, method: Method) -> Option<Self> {
        method.fixed_votes().is_none_or(|votes| votes <= self.cap).then_some(Self { method, ..self })
    }

    /// The same, but images are given up by what accepting them is worth, instead of at ρ; at ρ again with `None`.
    #[must_use]
    pub const fn giving_up(self, worth: Option<Worth>) -> Self {
        Self { worth, ..self }
    }

    /// What an accepted image is worth, where that decides when images are given up.
    #[must_use]
    pub const fn worth(&self) -> Option<Worth> {
        self.worth
    }

    /// The same, asking others.
    #[must_use]
    pub const fn asking(self, whom: Whom) -> Self {
        Self { whom, ..self }
    }

    /// Who is asked about an image.
    #[must_use]
    pub const fn whom(&self) -> Whom {
        self.whom
    }

    /// The precision wanted of accepted images, on average.
    #[must_use]
    pub const fn target(&self) -> f64 {
        self.target
    }

    /// What is promised of accepted images: the stop level that was set by hand, else the target.
    #[must_use]
    pub fn promised(&self) -> f64 {
        self.threshold.map_or(self.target, Threshold::get)
    }

    /// The stop level that was set by hand, if one was.
    #[must_use]
    pub const fn threshold(&self) -> Option<Threshold> {
        self.threshold
    }

    /// ρ: the confidence at which an image is rejected.
    #[must_use]
    pub const fn rejection(&self) -> Rejection {
        self.rejection
    }

    /// The most votes that one image may cost.
    #[must_use]
    pub const fn cap(&self) -> u32 {
        self.cap
    }

    /// Yes and no votes on each image of the initial sample.
    #[must_use]
    pub const fn initial_votes(&self) -> u32 {
        self.initial_votes
    }
}

impl Default for Policy {
    fn default() -> Self {
        let PolicySettings { method, target, threshold: _, rejection: _, cap, initial_votes } =
            PolicySettings::default();
        Self {
            method,
            target,
            threshold: None,
            rejection: Rejection::USUAL,
            cap,
            initial_votes,
            worth: None,
            whom: Whom::Anybody,
        }
    }
}
