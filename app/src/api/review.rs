//! What the expert's screen and the server say to each other: one case after the other.

use super::ApiError;
use super::labeling::Sibling;
use super::workers::{Standing, VoteAnswer};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Why an image waits for an expert; in this order they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// People reported the picture.
    Reported,
    /// The votes ran out without a decision.
    Escalated,
    /// It is in the initial sample of a synset on hold: an expert's word on it is what helps.
    OnHold,
    /// It is in the initial sample, people disagree, and nothing is decided.
    Disputed,
}

/// An expert's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExpertAnswer {
    /// It shows the synset.
    Yes,
    /// It does not.
    No,
    /// The earlier word is taken back.
    Open,
}

/// Where in the queue somebody is: all of it is in the address, so that every page can be reloaded, shared and gone back to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Only this project.
    pub project: Option<i64>,
    /// Only this synset, by its WordNet id.
    pub synset: String,
    /// Cases up to this one were skipped; empty: none.
    pub after: String,
    /// The cases shown before, the last one last.
    pub trail: Vec<i64>,
    /// The votes are hidden until one has decided.
    pub blind: bool,
}

impl Place {
    /// Steps back that an address remembers.
    const TRAIL: usize = 20;

    /// The way to the case that is next here, or to one of one's choice.
    pub fn path(&self, case: Option<i64>) -> String {
        let mut path =
            self.project.map_or_else(|| "/review".to_owned(), |id| format!("/project/{id}/review"));
        let mut sign = '?';
        let mut add = |name: &str, value: &str| {
            // Ids, hyphens and commas only; whatever else came by an address is left out.
            if !value.is_empty()
                && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-,".contains(&byte))
            {
                // Writing to a text never fails.
                let _ = write!(path, "{sign}{name}={value}");
                sign = '&';
            }
        };
        add("synset", &self.synset);
        add("after", &self.after);
        add("trail", &self.trail_text());
        add("votes", if self.blind { "hidden" } else { "" });
        add("case", &case.map(|id| id.to_string()).unwrap_or_default());
        path
    }

    /// Reads [`Place::path`]; what it would not have written is left out.
    pub fn read(path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let project = path.strip_prefix("/project/").and_then(|rest| rest.split('/').next()?.parse().ok());
        let value = |wanted: &str| {
            let found =
                query.split('&').filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == wanted);
            found.map(|(_, value)| value.to_owned()).unwrap_or_default()
        };
        Self {
            project,
            synset: value("synset"),
            after: value("after"),
            trail: Self::read_trail(&value("trail")),
            blind: value("votes") == "hidden",
        }
    }

    /// The same place after a case.
    pub fn past(&self, case: i64) -> Self {
        let mut trail: Vec<i64> = self.trail.iter().copied().filter(|shown| *shown != case).collect();
        trail.push(case);
        let first = trail.len().saturating_sub(Self::TRAIL);
        Self { trail: trail.split_off(first), ..self.clone() }
    }

    /// The case shown before, and the place without it.
    pub fn back(&self) -> Option<(i64, Self)> {
        let (last, rest) = self.trail.split_last()?;
        Some((*last, Self { trail: rest.to_vec(), ..self.clone() }))
    }

    /// The trail as an address has it.
    pub fn trail_text(&self) -> String {
        self.trail.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
    }

    /// Reads [`Place::trail_text`]; what is no id is left out.
    pub fn read_trail(text: &str) -> Vec<i64> {
        let ids: Vec<i64> = text.split(',').filter_map(|id| id.parse().ok()).collect();
        ids.into_iter().rev().take(Self::TRAIL).rev().collect()
    }
}

/// How many cases wait, by why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Reported by people.
    pub reported: i64,
    /// Escalated for another reason.
    pub escalated: i64,
    /// Initial samples of synsets on hold.
    pub on_hold: i64,
    /// Disputed images of initial samples.
    pub disputed: i64,
}

impl Waiting {
    /// All of them.
    pub fn total(&self) -> i64 {
        self.reported + self.escalated + self.on_hold + self.disputed
    }
}

/// What waits in a synset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingSynset {
    /// The project's id and name.
    pub project: (i64, String),
    /// WordNet id.
    pub wnid: String,
    /// The synonyms.
    pub words: Vec<String>,
    /// How many cases.
    pub waiting: Waiting,
}

/// What waits, in a project or in all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// How many cases.
    pub waiting: Waiting,
    /// Where; the most first.
    pub synsets: Vec<WaitingSynset>,
}

/// A vote on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseVote {
    /// What was said.
    pub answer: VoteAnswer,
    /// When (Unix ms).
    pub voted_at: i64,
    /// The worker is excluded, so that it does not count.
    pub excluded: bool,
}

/// What an expert has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// It shows the synset.
    pub shows: bool,
    /// Who said so.
    pub by: String,
    /// The visitor did.
    pub is_mine: bool,
    /// When (Unix ms).
    pub at: i64,
}

/// Where a picture comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The name of the file.
    pub file_name: String,
    /// Its address in the web.
    pub source_url: Option<String>,
    /// The licence.
    pub licence: Option<String>,
    /// Whom to name.
    pub attribution: Option<String>,
}

/// One image to decide, with all that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// The candidate's id.
    pub candidate: i64,
    /// The project's id and name.
    pub project: (i64, String),
    /// WordNet id of the synset asked about.
    pub wnid: String,
    /// Its synonyms.
    pub words: Vec<String>,
    /// What it is.
    pub definition: String,
    /// What is easily taken for it: "not this".
    pub siblings: Vec<Sibling>,
    /// Why it waits; none where it does not, or no longer.
    pub why: Option<Why>,
    /// Address of the large picture.
    pub large: String,
    /// Address of the small picture.
    pub small: String,
    /// Votes that count: yes, no, unsure.
    pub tally: (i64, i64, i64),
    /// The chance that it shows the synset, by the votes.
    pub confidence: Option<f64>,
    /// What it is taken for.
    pub standing: Standing,
    /// Every vote, the oldest first.
    pub votes: Vec<CaseVote>,
    /// People who reported the picture as broken, and as offensive.
    pub reports: (i64, i64),
    /// Where it comes from.
    pub provenance: Provenance,
    /// An expert's word, if one stands.
    pub decided: Option<Decided>,
    /// The newest expert label of the image, 0 where there is none: what a decision is made in sight of.
    pub seen: i64,
    /// Its place in the queue.
    pub cursor: String,
}

/// The expert's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewPage {
    /// The project that it is limited to.
    pub project: Option<(i64, String)>,
    /// What waits.
    pub queue: Queue,
    /// The case to decide; none where nothing waits here.
    pub case: Option<Case>,
    /// The case shown before.
    pub before: Option<Case>,
    /// The large picture of the case after this one.
    pub next_picture: Option<String>,
    /// Where accepted images can be checked blind: each project's id and name.
    pub projects: Vec<(i64, String)>,
}

/// Records an expert's word on a candidate, or takes it back, and goes on to the next case.
///
/// # Errors
/// Not an expert; no such candidate; somebody else decided otherwise since the page was made (409 with both answers).
#[server(prefix = "/api", endpoint = "label_candidate")]
pub async fn label_candidate(
    /// The candidate.
    candidate: i64,
    /// `yes`, `no`, or `open` to take the earlier word back.
    answer: String,
    /// See [`Case::seen`].
    #[server(default)]
    seen: i64,
    /// The address of the place in the queue: see [`Place::read`].
    #[server(default)]
    place: String,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_go_on, backend, locale, require_expert};
    let expert = require_expert()?;
    let place = Place::read(&place);
    let word = ExpertAnswer::parse(&answer)
        .ok_or_else(|| ApiError::Invalid(say::no_such_answer(locale()).to_owned()))?;
    let done = backend()?.experts.decide(&expert, candidate, word, seen).await;
    let again = place.path(Some(candidate));
    let next = if word == ExpertAnswer::Open { again.clone() } else { place.past(candidate).path(None) };
    answer_and_go_on(done, &next, &format!("{again}&mine={}", word.as_str()))
}

impl ExpertAnswer {
    /// The word that is sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Open => "open",
        }
    }

    /// Reads what [`ExpertAnswer::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::Open].into_iter().find(|answer| answer.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_its_address_and_nothing_else_gets_in() {
        let place = Place {
            project: Some(7),
            after: "1-2-3".to_owned(),
            trail: vec![5, 6],
            blind: true,
            ..Place::default()
        };
        assert_eq!(place.path(None), "/project/7/review?after=1-2-3&trail=5,6&votes=hidden");
        assert_eq!(place.path(Some(9)), "/project/7/review?after=1-2-3&trail=5,6&votes=hidden&case=9");
        assert_eq!(Place::read(&place.path(Some(9))), place);
        assert_eq!(Place::read("https://example.org/x?after=<b>").path(None), "/review");
        let forged = Place { after: "1&case=2#".to_owned(), synset: "n0<b>".to_owned(), ..Place::default() };
        assert_eq!(forged.path(None), "/review");
        assert_eq!(Place::read_trail("5,x,6,,"), [5, 6]);
    }

    #[test]
    fn going_on_and_back_leads_to_the_same_cases() {
        let start = Place::default();
        let on = start.past(1).past(2).past(1);
        assert_eq!(on.trail, [2, 1]);
        assert_eq!(on.back(), Some((1, start.past(2))));
        assert_eq!(start.back(), None);
        let far = (0..50).fold(start, |place, case| place.past(case));
        assert_eq!((far.trail.len(), far.trail.first()), (20, Some(&30)));
    }
}
