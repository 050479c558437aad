//! How many votes an image needs, and when they may be believed.
//!
//! A project chooses by which [`Method`] its images are decided. By tables: a synset's initial sample is fitted with a two-class beta-binomial model ([`mod@fit`]), the
//! model yields the chance that an image is good for every tally ([`table`]), and asking stops as soon as that
//! chance passes the synset's threshold or falls below the rejection level ([`policy`]). The full method lets models lean on
//! those of related synsets ([`hierarchy`]) and votes weigh what their workers' errors say ([`skill`], [`votes`]).
//! Fixed numbers of votes decide by counting ([`rule`]); the table then says what that is worth.
//! Beside it stands the counted table of Deng et al., CVPR 2009, section 3.2 ([`counted`]), which is shown and
//! never decides.
//!
//! Everything here is a pure function: the same votes give the same bits on the same build of the program, so a
//! verdict can be computed again from what was stored.

pub mod agreement;
mod chances;
pub mod counted;
pub mod facts;
pub mod findings;
pub mod fit;
pub mod forecast;
pub mod hierarchy;
pub mod inference;
pub mod interval;
pub mod method;
pub mod model;
mod newton;
pub(crate) mod numbers;
pub mod offset;
pub mod order;
pub mod policy;
pub mod prior;
pub mod prospect;
pub mod rule;
pub mod sample;
pub mod settings;
pub mod skill;
pub mod source;
pub mod standing;
pub mod stop;
pub mod table;
pub mod tally;
pub mod training;
pub mod votes;
pub mod weighing;
pub mod worth;

pub use agreement::{Agreement, agreement};
pub use counted::{CountedCell, CountedTable};
pub use facts::{Facts, REPORTS_THAT_ESCALATE};
pub use findings::{AuditedImage, Findings, audits_wanted};
pub use fit::{Fit, fit, fit_pooled};
pub use forecast::{Forecast, forecast, solve_threshold};
pub use hierarchy::{Branch, Hierarchy, fit_hierarchy};
pub use inference::{Inference, VoteLog, infer};
pub use interval::{Interval, Uncertainty};
pub use method::{Method, MethodError};
pub use model::{BetaBinomial, Model, ModelError};
pub use offset::{Audited, Resolved, audit_shift, audits_fail};
pub use order::{Order, Place};
pub use policy::{Calibration, Hold, calibrate};
pub use prior::Prior;
pub use prospect::{Prospect, Prospects, prospects};
pub use rule::Rule;
pub use sample::{SampleImage, initial_need};
pub use settings::{DEFAULT_CAP, MAX_CAP, MIN_INITIAL_VOTES, Policy, PolicyError, PolicySettings};
pub use skill::{Skill, Weights, YesRates};
pub use source::{OFFSET_STEP, Offsets, OffsetsError, Source, learn_offset};
pub use standing::{Middle, Standing, Whom};
pub use stop::{Judgement, Reason, Rejection, StopRule, Threshold, Verdict};
pub use table::ConfidenceTable;
pub use tally::{Answer, Tally};
pub use training::{Training, VotedImage, VotedSample, train};
pub use votes::{Discount, VoteWeights, Votes};
pub use weighing::Weighed;
pub use worth::{Outlook, Worth};
