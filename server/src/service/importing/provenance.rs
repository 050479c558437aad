//! Where a picture comes from, checked.

use crate::service::settings::sentence;
use crate::service::{Failure, Outcome};
use app::backend::Origin;
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
    /// The search that found it, in words: query, language, engine.
    pub found_by: Option<String>,
}

impl Provenance {
    /// Checks and trims what was entered; an empty text is absent.
    ///
    /// # Errors
    /// Names the entry that can't be used.
    pub fn parse(entered: &Origin) -> Outcome<Self> {
        let source_url = match entered.source_url.trim() {
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
            licence: line("licence", &entered.licence)?,
            attribution: line("attribution", &entered.attribution)?,
            creator: line("creator", &entered.creator)?,
            found_by: line("found_by", &entered.found_by)?,
        })
    }

    /// Checks what is there already.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn checked(&self) -> Outcome<Self> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self::parse(&Origin {
            source_url: text(&self.source_url),
            licence: text(&self.licence),
            attribution: text(&self.attribution),
            creator: text(&self.creator),
            found_by: text(&self.found_by),
        })
    }

    /// The name of the source that the picture is counted under: the search that found it, else the host of its address.
    pub fn source(&self) -> Option<String> {
        self.found_by.clone().or_else(|| {
            let host = self.source_url.as_deref().and_then(host)?;
            Some(host.strip_prefix("www.").unwrap_or(host).to_lowercase())
        })
    }

    /// As it stands in a job's row.
    pub fn row(&self) -> ProvenanceRow {
        ProvenanceRow {
            source_url: self.source_url.clone(),
            licence: self.licence.clone(),
            attribution: self.attribution.clone(),
            creator: self.creator.clone(),
            found_by: self.found_by.clone(),
        }
    }

    /// What a job's row says.
    pub fn of_job(job: &JobRow) -> Self {
        Self {
            source_url: job.source_url.clone(),
            licence: job.licence.clone(),
            attribution: job.attribution.clone(),
            creator: job.creator.clone(),
            found_by: job.found_by.clone(),
        }
    }
}

/// The host of an address, which was checked when it was entered.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = match authority.rsplit_once(':') {
        // The colons of an address of version 6 stand in brackets.
        Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => host,
        _ => authority,
    };
    (!host.is_empty()).then_some(host)
}

fn line(name: &str, text: &str) -> Outcome<Option<String>> {
    let text = clean_line(text, MAX_TEXT).map_err(|error| named(name, &error.to_string()))?;
    Ok((!text.is_empty()).then_some(text))
}

fn named(name: &str, error: &str) -> Failure {
    Failure::invalid(format!("{name}: {}", sentence(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_picture_is_counted_under_is_its_search_else_its_host() {
        let source = |found_by: &str, url: &str| {
            let origin = Origin { found_by: found_by.into(), source_url: url.into(), ..Origin::default() };
            Provenance::parse(&origin).unwrap().source()
        };
        let at = |host: &str| Some(host.to_owned());
        assert_eq!(source("husky, en", "https://example.org/1.jpg"), at("husky, en"));
        assert_eq!(source("", "https://www.Example.org:8080/a?b=c"), at("example.org"));
        assert_eq!(source("", "https://[2001:db8::1]:8080/a.jpg"), at("[2001:db8::1]"));
        assert_eq!(source("", "https://[2001:db8::1]"), at("[2001:db8::1]"));
        assert_eq!(source(" ", ""), None);
    }
}
