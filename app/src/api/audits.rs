//! Audits and certificates: experts look at settled images without knowing the verdict, and what that says of the precision.

use super::ApiError;
use super::labeling::Sibling;
use super::projects::SynsetState;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What an expert looks at images for, without knowing their votes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlindTask {
    /// Settled images: is it right what was accepted?
    #[default]
    Audit,
    /// Images of initial samples: is the crowd right that teaches the tables?
    Anchor,
}

impl BlindTask {
    /// The address of its page in a project.
    #[must_use]
    pub fn path(self, project: i64) -> String {
        match self {
            Self::Audit => format!("/project/{project}/audit"),
            Self::Anchor => format!("/project/{project}/anchors"),
        }
    }

    /// As the form of its page names it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::Anchor => "anchor",
        }
    }
}

/// One image, without a word on its votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditCase {
    /// The candidate's id.
    pub candidate: i64,
    /// WordNet id of the synset asked about.
    pub wnid: String,
    /// Its synonyms.
    pub words: Vec<String>,
    /// What it is.
    pub definition: String,
    /// What is easily taken for it: "not this".
    pub siblings: Vec<Sibling>,
    /// Address of the large picture.
    pub large: String,
}

/// The page of blind checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// What for.
    pub task: BlindTask,
    /// The project's id and name.
    pub project: (i64, String),
    /// The image to look at; none where nothing is to be checked now.
    pub case: Option<AuditCase>,
    /// Checks that are still wanted in the project.
    pub wanted: i64,
    /// Checks that were made in it.
    pub done: i64,
    /// How many images were skipped, as the address says.
    pub skipped: u32,
}

/// What a certificate is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole project.
    #[default]
    Project,
    /// A synset and everything below it, by its WordNet id.
    Subtree(String),
    /// One synset, by its WordNet id.
    Synset(String),
}

/// Images that experts looked at without knowing the verdict, and how many of them show the synset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audited {
    /// Looked at.
    pub images: u32,
    /// Those that show the synset.
    pub good: u32,
}

/// A share with its interval, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The share that was found.
    pub share: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What is certified, of a synset or of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Certified {
    /// Accepted images, near duplicates left out.
    pub accepted: i64,
    /// Those of them that an expert accepted.
    pub by_experts: i64,
    /// The mean confidence of those that votes accepted.
    pub stated_precision: Option<f64>,
    /// Accepted images that were audited.
    pub audited: Audited,
    /// The share of good ones among them.
    pub audited_precision: Option<Estimate>,
    /// Rejected images that were audited; the good ones among them were missed.
    pub rejected_audited: Audited,
    /// Votes spent, on all images.
    pub votes: i64,
    /// Votes for each accepted image.
    pub votes_per_accepted: Option<f64>,
}

/// A synset's line of a certificate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CertifiedSynset {
    /// WordNet id.
    pub wnid: String,
    /// The synonyms.
    pub words: Vec<String>,
    /// Where it stands.
    pub state: SynsetState,
    /// Why it is not certified, if so.
    pub hold: Option<String>,
    /// Version of the table in force.
    pub table_version: Option<i64>,
    /// τ in force.
    pub threshold: Option<f64>,
    /// The precision that the project asks for.
    pub target_precision: Option<f64>,
    /// By how much audits lowered the log-odds of the table.
    pub audit_shift: f64,
    /// The table rests on everything recorded up to this submission.
    pub through_submission: Option<i64>,
    /// Its figures.
    pub figures: Certified,
}

/// The synsets of one depth of the hierarchy.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CertifiedDepth {
    /// Steps to the root, by the longest way.
    pub depth: u32,
    /// Synsets there.
    pub synsets: i64,
    /// Their figures.
    pub figures: Certified,
}

/// How far votes agree, in the figures that are usual in print. The last two are 1 when nobody ever disagrees and 0 where people agree
/// no more than by chance; none when all votes are equal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The mean over images of the share of pairs of votes that agree, 0 to 1.
    pub pairwise: f64,
    /// Fleiss' kappa.
    pub fleiss_kappa: Option<f64>,
    /// Krippendorff's alpha for nominal data.
    pub krippendorff_alpha: Option<f64>,
}

/// What a synset, a subtree or a project has to show for its precision. Synsets on hold are listed, and not counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// The project's id and name.
    pub project: (i64, String),
    /// What it is about.
    pub scope: Scope,
    /// The synonyms of the synset that it is about.
    pub words: Vec<String>,
    /// When it was made (Unix ms).
    pub issued_at: i64,
    /// Synsets that are certified.
    pub synsets: i64,
    /// Synsets on hold, which are not.
    pub on_hold: i64,
    /// Synsets that have no table yet.
    pub without_table: i64,
    /// The figures of all that are certified.
    pub figures: Certified,
    /// The same by depth.
    pub by_depth: Vec<CertifiedDepth>,
    /// Each synset.
    pub lines: Vec<CertifiedSynset>,
    /// How far the votes agree on the images of all that are certified; none where no image has two votes.
    pub agreement: Option<Agreement>,
    /// SHA-256 over the sorted hashes of the accepted images, one a line; of one synset only.
    pub images_sha256: Option<String>,
}

impl Certified {
    /// The figures of two sets of images together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let by_votes = |of: &Self| (of.accepted - of.by_experts) as f64;
        let stated = |of: &Self| of.stated_precision.map_or(0.0, |mean| mean * by_votes(of));
        let all = by_votes(&self) + by_votes(&other);
        let stated = (all > 0.0).then(|| (stated(&self) + stated(&other)) / all);
        Self {
            accepted: self.accepted + other.accepted,
            by_experts: self.by_experts + other.by_experts,
            stated_precision: stated,
            audited: self.audited.and(other.audited),
            rejected_audited: self.rejected_audited.and(other.rejected_audited),
            votes: self.votes + other.votes,
            ..Self::default()
        }
        .estimated()
    }

    /// With the figures that follow from the others.
    #[must_use]
    pub fn estimated(self) -> Self {
        let votes_per_accepted = (self.accepted > 0).then(|| self.votes as f64 / self.accepted as f64);
        Self { audited_precision: self.audited.estimate(), votes_per_accepted, ..self }
    }
}

impl Audited {
    fn and(self, other: Self) -> Self {
        Self { images: self.images + other.images, good: self.good + other.good }
    }

    /// The share of good ones.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn estimate(self) -> Option<Estimate> {
        let share = domain::quality::Share { hits: self.good, of: self.images };
        let (share, (low, high)) = share.rate().zip(share.interval())?;
        Some(Estimate { share, low, high })
    }

    /// Browsers show what the server worked out.
    #[cfg(not(feature = "ssr"))]
    #[must_use]
    pub fn estimate(self) -> Option<Estimate> {
        None
    }
}

impl Scope {
    /// Reads what an address asks for: a synset, else a subtree, else everything.
    #[must_use]
    pub fn named(synset: String, subtree: String) -> Self {
        match (synset.is_empty(), subtree.is_empty()) {
            (false, _) => Self::Synset(synset),
            (true, false) => Self::Subtree(subtree),
            (true, true) => Self::Project,
        }
    }

    /// The part of an address that [`Scope::named`] reads.
    #[must_use]
    pub fn query(&self) -> String {
        match self {
            Self::Project => String::new(),
            Self::Subtree(wnid) => format!("?subtree={wnid}"),
            Self::Synset(wnid) => format!("?synset={wnid}"),
        }
    }
}

/// Records what an expert says of an image without knowing its votes, and goes on to the next one.
///
/// # Errors
/// Not an expert; no such candidate; somebody else has decided it since the page was made.
#[server(prefix = "/api", endpoint = "audit_candidate")]
pub async fn audit_candidate(
    /// The project.
    project: i64,
    /// The candidate.
    candidate: i64,
    /// `yes` or `no`.
    answer: String,
    /// What for; an audit, if it is not said.
    #[server(default)]
    task: BlindTask,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_go_on, backend, locale, require_expert};
    let expert = require_expert()?;
    let shows = match answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(ApiError::Invalid(say::no_such_answer(locale()).to_owned())),
    };
    let done = backend()?.experts.audit(&expert, candidate, shows).await;
    let next = task.path(project);
    answer_and_go_on(done, &next, &next)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn figures_add_up_and_means_weigh_images() {
        let of = |accepted, by_experts, stated, images, good| {
            Certified {
                accepted,
                by_experts,
                stated_precision: stated,
                audited: Audited { images, good },
                votes: 100,
                ..Certified::default()
            }
            .estimated()
        };
        let both = of(10, 0, Some(0.98), 4, 4).and(of(35, 5, Some(0.99), 6, 5));
        assert_eq!((both.accepted, both.by_experts, both.votes), (45, 5, 200));
        assert!((both.stated_precision.unwrap() - 0.9875).abs() < 1e-12);
        let estimate = both.audited_precision.unwrap();
        assert!((estimate.share - 0.9).abs() < 1e-12 && estimate.low > 0.5 && estimate.high < 1.0);
        assert_eq!(of(0, 0, None, 0, 0).and(of(0, 0, None, 0, 0)).stated_precision, None);
    }

    #[test]
    fn a_scope_survives_its_address() {
        let named = |synset: &str, subtree: &str| Scope::named(synset.to_owned(), subtree.to_owned());
        assert_eq!(named("", ""), Scope::Project);
        assert_eq!(named("n02084071", "").query(), "?synset=n02084071");
        assert_eq!(named("", "n02084071").query(), "?subtree=n02084071");
    }
}
