//! What the address of a project's page says, and the addresses of its variants.

use crate::api::watching::{SynsetFilter, SynsetSort, TableRequest};
use crate::components::link::href;

/// The columns: what they are sorted by, the word in the address, the heading.
pub(super) const COLUMNS: [(SynsetSort, &str, &str); 10] = [
    (SynsetSort::Name, "name", "Synset"),
    (SynsetSort::Candidates, "candidates", "Images"),
    (SynsetSort::Positive, "positive", "Positive"),
    (SynsetSort::Negative, "negative", "Negative"),
    (SynsetSort::Escalated, "escalated", "Escalated"),
    (SynsetSort::Open, "open", "Open"),
    (SynsetSort::Votes, "votes", "Votes"),
    (SynsetSort::VotesPerImage, "votes-per-image", "Votes an image"),
    (SynsetSort::Difficulty, "difficulty", "Difficulty"),
    (SynsetSort::ExpectedVotes, "votes-left", "Votes left"),
];

/// The filters: which, the word in the address, the name, what it means.
pub(super) const FILTERS: [(SynsetFilter, &str, &str, &str); 11] = [
    (SynsetFilter::All, "", "All", "Every synset of the project."),
    (SynsetFilter::Waiting, "waiting", "No images", "Nobody has brought in images for these yet."),
    (
        SynsetFilter::Calibrating,
        "calibrating",
        "Calibrating",
        "The initial sample is being voted on; there is no confidence table yet.",
    ),
    (
        SynsetFilter::Labelling,
        "labeling",
        "Labeling",
        "The confidence table is there, and the remaining images are being voted on.",
    ),
    (SynsetFilter::Done, "done", "Done", "Every image is settled, or waits for an expert."),
    (
        SynsetFilter::Hold,
        "hold",
        "On hold",
        "No more votes are asked for: a person must decide first. The synset’s page says why.",
    ),
    (SynsetFilter::Paused, "paused", "Paused", "An admin has paused these."),
    (
        SynsetFilter::Hard,
        "hard",
        "Hard",
        "Seven or more votes, all of them yes, are needed before an image is good with a chance of 99 %.",
    ),
    (
        SynsetFilter::Unillustrable,
        "cannot-be-illustrated",
        "Can’t be illustrated",
        "The confidence table exists, and by it no number of yes votes makes an image good with a chance of 99 %, or asking on would be in vain. Experts or another choice of images may help.",
    ),
    (
        SynsetFilter::Starved,
        "starved",
        "Starved",
        "Seeded at least a day ago, neither paused nor on hold, with open images, and without a single vote in the last 24 hours (by whole hours).",
    ),
    (SynsetFilter::Escalated, "escalated", "Escalated", "At least one image waits for an expert."),
];

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct View {
    pub(super) project: i64,
    pub(super) request: TableRequest,
    /// Votes of the last week instead of the last day.
    pub(super) week: bool,
}

impl View {
    /// Reads the parts of a query string. What is not known counts as not said.
    pub(super) fn asked(query: impl Fn(&str) -> String) -> Self {
        let (sort, filter, after) = (query("sort"), query("show"), query("after"));
        let sort = COLUMNS.into_iter().find(|column| column.1 == sort).map(|column| column.0);
        let filter = FILTERS.into_iter().find(|known| known.1 == filter).map(|known| known.0);
        Self {
            project: 0,
            request: TableRequest {
                sort: sort.unwrap_or_default(),
                descending: query("dir") == "desc",
                filter: filter.unwrap_or_default(),
                search: query("q").trim().to_owned(),
                after: (!after.is_empty()).then_some(after),
                all: query("rows") == "all",
            },
            week: query("pace") == "week",
        }
    }

    /// The address of a variant; it starts at the first page unless the change says otherwise.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut other = self.clone();
        other.request.after = None;
        change(&mut other);
        other.address()
    }

    /// The path without what is asked for.
    pub(super) fn path(&self) -> String {
        format!("/project/{}", self.project)
    }

    fn address(&self) -> String {
        let mut pairs = self.kept();
        pairs.push(("q", &self.request.search));
        pairs.push(("after", self.request.after.as_deref().unwrap_or_default()));
        href(&self.path(), &pairs)
    }

    /// What a search keeps: everything but the words and the place in the table.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let request = &self.request;
        vec![
            ("show", filter_of(request.filter).1),
            ("sort", if request.sort == SynsetSort::Name { "" } else { word_of(request.sort) }),
            ("dir", if request.descending { "desc" } else { "" }),
            ("rows", if request.all { "all" } else { "" }),
            ("pace", if self.week { "week" } else { "" }),
        ]
    }
}

/// A filter with its word, name and meaning.
pub(super) fn filter_of(filter: SynsetFilter) -> (SynsetFilter, &'static str, &'static str, &'static str) {
    FILTERS.into_iter().find(|known| known.0 == filter).unwrap_or((filter, "", "", ""))
}

fn word_of(sort: SynsetSort) -> &'static str {
    COLUMNS.into_iter().find(|column| column.0 == sort).map_or("name", |column| column.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_was_asked_and_a_variant_begins_at_the_first_page() {
        let said = [
            ("q", "dog & co"),
            ("show", "starved"),
            ("sort", "votes-left"),
            ("dir", "desc"),
            ("after", "f0-n1"),
            ("pace", "week"),
        ];
        let asked = View::asked(|name| {
            said.iter().find(|pair| pair.0 == name).map(|pair| pair.1.to_owned()).unwrap_or_default()
        });
        let view = View { project: 7, ..asked };
        assert_eq!(
            view.address(),
            "/project/7?show=starved&sort=votes-left&dir=desc&pace=week&q=dog%20%26%20co&after=f0-n1"
        );
        assert_eq!(
            view.with(|other| other.request.filter = SynsetFilter::All),
            "/project/7?sort=votes-left&dir=desc&pace=week&q=dog%20%26%20co"
        );
        assert_eq!(View::asked(|_| String::new()), View::default());
    }
}
