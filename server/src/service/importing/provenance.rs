//! Where a picture comes from, checked.

use crate::service::settings::sentence;
use crate::service::{Failure, Outcome};
use domain::text::{SourceUrl, clean_line};
use store::jobs::{JobRow, ProvenanceRow};

/// Longest licence, attribution or creator, in characters.
const MAX_TEXT: usize = 500;

/// Where pictures come from and under which terms. What is not known is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The page or file it was found at.
    pub source_url: Option<String>,
    /// An SPDX identifier or the licence's address.
    pub licence: Option<String>,
    /// The line to print beside the picture.
    pub attribution: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
}

impl Provenance {
    /// Checks and trims what was entered; an empty text is absent.
    ///
    /// # Errors
    /// Names the entry that can't be used.
    pub fn parse(source_url: &str, licence: &str, attribution: &str, creator: &str) -> Outcome<Self> {
        let source_url = match source_url.trim() {
            "" => None,
            url => Some(
                SourceUrl::parse(url)
                    .map_err(|error| named("source_url", &error.to_string()))?
                    .as_str()
                    .to_owned(),
            ),
        };
        Ok(Self {
            source_url,
            licence: line("licence", licence)?,
            attribution: line("attribution", attribution)?,
            creator: line("creator", creator)?,
        })
    }

    /// Checks what is there already.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn checked(&self) -> Outcome<Self> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self::parse(
            &text(&self.source_url),
            &text(&self.licence),
            &text(&self.attribution),
            &text(&self.creator),
        )
    }

    /// As it stands in a job's row.
    pub fn row(&self) -> ProvenanceRow {
        ProvenanceRow {
            source_url: self.source_url.clone(),
            licence: self.licence.clone(),
            attribution: self.attribution.clone(),
            creator: self.creator.clone(),
        }
    }

    /// What a job's row says.
    pub fn of_job(job: &JobRow) -> Self {
        Self {
            source_url: job.source_url.clone(),
            licence: job.licence.clone(),
            attribution: job.attribution.clone(),
            creator: job.creator.clone(),
        }
    }
}

fn line(name: &str, text: &str) -> Outcome<Option<String>> {
    let text = clean_line(text, MAX_TEXT).map_err(|error| named(name, &error.to_string()))?;
    Ok((!text.is_empty()).then_some(text))
}

fn named(name: &str, error: &str) -> Failure {
    Failure::invalid(format!("{name}: {}", sentence(error)))
}
