//! When to stop asking about an image, and what it then is.

/// A probability worth stopping for: above one half, below one.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Threshold(f64);

impl Threshold {
    /// `None` unless ½ < p < 1.
    #[must_use]
    pub fn new(p: f64) -> Option<Self> {
        (0.5 < p && p < 1.0).then_some(Self(p))
    }

    /// The probability.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// ρ: a probability low enough to give an image up: at least 0 (never), below one half.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Rejection(f64);

impl Rejection {
    /// One in ten.
    pub const USUAL: Self = Self(0.10);

    /// No image is given up for its confidence.
    pub const NEVER: Self = Self(0.0);

    /// `None` unless 0 ≤ p < ½.
    #[must_use]
    pub fn new(p: f64) -> Option<Self> {
        (0.0..0.5).contains(&p).then_some(Self(p))
    }

    /// The probability.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// What an image is found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It shows the synset.
    Positive,
    /// It does not.
    Negative,
    /// Not known yet: keep asking.
    Undecided,
    /// The crowd cannot tell: an expert must look.
    Escalated,
}

impl Verdict {
    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Undecided => "undecided",
            Self::Escalated => "escalated",
        }
    }

    /// Reads what [`Verdict::as_str`] wrote; `None` for every other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Positive, Self::Negative, Self::Undecided, Self::Escalated]
            .into_iter()
            .find(|verdict| verdict.as_str() == text)
    }

    /// Whether no more workers are asked.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Undecided)
    }
}

/// Why an image is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The confidence reached the threshold.
    AboveThreshold,
    /// The confidence fell to the rejection level.
    BelowRejection,
    /// The votes reached the cap without a decision.
    CapReached,
    /// Enough of a fixed number of votes said yes.
    VotedYes,
    /// Too few of them did.
    VotedNo,
    /// Neither side of them convinces.
    NoMajority,
    /// An expert said so.
    Expert,
    /// The same image of a related synset says so.
    Related,
    /// Several people could not see the picture, or found that nobody should have to.
    Reported,
}

impl Reason {
    const EVERY: [Self; 9] = [
        Self::AboveThreshold,
        Self::BelowRejection,
        Self::CapReached,
        Self::VotedYes,
        Self::VotedNo,
        Self::NoMajority,
        Self::Expert,
        Self::Related,
        Self::Reported,
    ];

    /// Whether the votes said so, and made up their mind: what an audit can put to the test.
    #[must_use]
    pub const fn is_by_votes(self) -> bool {
        matches!(self, Self::AboveThreshold | Self::BelowRejection | Self::VotedYes | Self::VotedNo)
    }

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AboveThreshold => "above_threshold",
            Self::BelowRejection => "below_rejection",
            Self::CapReached => "cap_reached",
            Self::VotedYes => "voted_yes",
            Self::VotedNo => "voted_no",
            Self::NoMajority => "no_majority",
            Self::Expert => "expert",
            Self::Related => "related",
            Self::Reported => "reported",
        }
    }

    /// Reads what [`Reason::as_str`] wrote; `None` for every other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// A verdict with its ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// What the image is found to be.
    pub verdict: Verdict,
    /// Why asking stops; `None` exactly while the verdict is [`Verdict::Undecided`].
    pub reason: Option<Reason>,
    /// The chance that the image is good, 0 to 1.
    pub confidence: f64,
}

impl Judgement {
    /// An expert's word, which overrides every tally, whatever votes come later.
    #[must_use]
    pub const fn by_expert(good: bool) -> Self {
        let (verdict, confidence) = if good { (Verdict::Positive, 1.0) } else { (Verdict::Negative, 0.0) };
        Self { verdict, reason: Some(Reason::Expert), confidence }
    }

    /// What a related synset's verdict on the same image says, with that verdict's chance.
    #[must_use]
    pub const fn by_related(confidence: f64) -> Self {
        let verdict = if confidence > 0.5 { Verdict::Positive } else { Verdict::Negative };
        Self { verdict, reason: Some(Reason::Related), confidence }
    }
}

/// The two levels of confidence between which asking goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopRule {
    /// τ: from here on an image is accepted; `None` when no level is safe, and then no vote makes an image positive.
    pub threshold: Option<Threshold>,
    /// ρ: down here an image is rejected.
    pub rejection: Rejection,
}

impl StopRule {
    /// What an image with this confidence and number of votes is: acceptance is tested first, then rejection, then
    /// the cap. An image without any vote is always undecided.
    #[must_use]
    pub fn judge(&self, confidence: f64, votes: u32, cap: u32) -> Judgement {
        let (verdict, reason) = if votes == 0 {
            (Verdict::Undecided, None)
        } else if self.threshold.is_some_and(|threshold| confidence >= threshold.get()) {
            (Verdict::Positive, Some(Reason::AboveThreshold))
        } else if confidence <= self.rejection.get() {
            (Verdict::Negative, Some(Reason::BelowRejection))
        } else if votes >= cap {
            (Verdict::Escalated, Some(Reason::CapReached))
        } else {
            (Verdict::Undecided, None)
        };
        Judgement { verdict, reason, confidence }
    }
}
