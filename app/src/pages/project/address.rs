//! What the address of a project's page says, and the addresses of its variants.

use crate::api::watching::{SynsetFilter, SynsetSort, TableRequest};
use crate::components::link::href;

/// The columns: what they are sorted by, and the word in the address.
pub(super) const COLUMNS: [(SynsetSort, &str); 10] = [
    (SynsetSort::Name, "name"),
    (SynsetSort::Candidates, "candidates"),
    (SynsetSort::Positive, "positive"),
    (SynsetSort::Negative, "negative"),
    (SynsetSort::Escalated, "escalated"),
    (SynsetSort::Open, "open"),
    (SynsetSort::Votes, "votes"),
    (SynsetSort::VotesPerImage, "votes-per-image"),
    (SynsetSort::Difficulty, "difficulty"),
    (SynsetSort::ExpectedVotes, "votes-left"),
];

/// The filters, with the word in the address.
pub(super) const FILTERS: [(SynsetFilter, &str); 11] = [
    (SynsetFilter::All, ""),
    (SynsetFilter::Waiting, "waiting"),
    (SynsetFilter::Calibrating, "calibrating"),
    (SynsetFilter::Labelling, "labeling"),
    (SynsetFilter::Done, "done"),
    (SynsetFilter::Hold, "hold"),
    (SynsetFilter::Paused, "paused"),
    (SynsetFilter::Hard, "hard"),
    (SynsetFilter::Unillustrable, "cannot-be-illustrated"),
    (SynsetFilter::Starved, "starved"),
    (SynsetFilter::Escalated, "escalated"),
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
            ("show", filter_word(request.filter)),
            ("sort", if request.sort == SynsetSort::Name { "" } else { sort_word(request.sort) }),
            ("dir", if request.descending { "desc" } else { "" }),
            ("rows", if request.all { "all" } else { "" }),
            ("pace", if self.week { "week" } else { "" }),
        ]
    }
}

/// The word of a filter in the address.
pub(super) fn filter_word(filter: SynsetFilter) -> &'static str {
    FILTERS.into_iter().find(|known| known.0 == filter).map_or("", |known| known.1)
}

fn sort_word(sort: SynsetSort) -> &'static str {
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
