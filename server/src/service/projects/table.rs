//! The project page: totals, outlook and pace, and a page of the table of synsets.

use super::{ProjectsService, outlook};
use crate::language::locale;
use crate::service::{Failure, Outcome};
use crate::texts::watching as say;
use crate::world::World;
use app::api::projects::{ProjectLine, SynsetRow, SynsetState, Totals};
use app::api::watching::{
    Board, BoardRow, FilterCounts, Outlook, Pace, Price, SynsetFilter, SynsetSort, TableRequest,
};
use store::StoreError;
use store::projects::{
    ChoiceCounts, ProjectRow, ProjectSynsetRow, SynsetChoice, SynsetCursor, SynsetFlag, SynsetOrder,
    SynsetPageRow, SynsetQuery, SynsetState as StoredState, TotalsRow,
};

/// Rows on a page of synsets.
const SYNSETS_A_PAGE: i64 = 100;
/// Rows when all of them are asked for; WordNet has fewer.
const ALL_SYNSETS: i64 = 100_000;
/// Longest search; WordNet's longest word has 71 characters.
const MAX_SEARCH: usize = 100;

const HOUR_MS: i64 = 3_600_000;
const HOURS_A_DAY: usize = 24;
const HOURS_A_WEEK: usize = 7 * HOURS_A_DAY;

impl ProjectsService {
    pub(super) async fn lines(&self) -> Outcome<Vec<ProjectLine>> {
        let mut lines = Vec::new();
        for row in self.world.store.projects().await? {
            lines.push(self.line(&row).await?);
        }
        Ok(lines)
    }

    pub(super) async fn line(&self, row: &ProjectRow) -> Outcome<ProjectLine> {
        let totals = self.world.store.totals(row.project_id).await?;
        Ok(ProjectLine { project: row.project_id, name: row.name.clone(), totals: shown_totals(&totals) })
    }

    pub(super) async fn table(&self, project: i64, asked: &TableRequest) -> Outcome<Board> {
        let project = self.project(project).await?;
        let id = project.project_id;
        let mut query = query(asked, self.world.now())?;
        let page = query.limit;
        query.limit += 1;
        outlook::refresh(&self.world, &self.tables, &project).await;
        let store = &self.world.store;
        let (line, counts, mut rows, pace) = tokio::try_join!(
            self.line(&project),
            async { Ok(store.choice_counts(id, &query.choice).await?) },
            async { Ok(store.synset_page(id, &query).await?) },
            async { Ok(pace(&self.world, id).await?) },
        )?;
        let page = usize::try_from(page).unwrap_or(usize::MAX);
        let more = rows.len() > page;
        rows.truncate(page);
        Ok(Board {
            project: line,
            target_precision: project.target_precision,
            outlook: project_outlook(&self.world, id, &pace).await?,
            counts: shown_counts(&counts),
            next: rows.last().filter(|_| more).map(|row| row.cursor.to_string()),
            rows: rows.into_iter().map(board_row).collect(),
            pace,
        })
    }
}

/// What an address asks for, if it can be meant.
fn query(asked: &TableRequest, now: i64) -> Outcome<SynsetQuery> {
    let unreadable = || Failure::invalid(say::damaged_project(locale()));
    let after = asked.after.as_deref().map(|text| SynsetCursor::parse(text).ok_or_else(unreadable));
    if asked.search.chars().count() > MAX_SEARCH {
        return Err(Failure::invalid(say::long_search(locale(), MAX_SEARCH)));
    }
    // PostgreSQL takes no NUL, and no word holds any control character.
    let search = asked.search.chars().filter(|letter| !letter.is_control()).collect();
    Ok(SynsetQuery {
        choice: SynsetChoice { flag: flag(asked.filter), search, now },
        order: order(asked.sort),
        descending: asked.descending,
        after: after.transpose()?,
        limit: if asked.all { ALL_SYNSETS } else { SYNSETS_A_PAGE },
    })
}

/// Votes of the last week by the hour; the present hour is the last.
pub(super) async fn pace(world: &World, project: i64) -> Result<Pace, StoreError> {
    let hours = i64::try_from(HOURS_A_WEEK).unwrap_or(0);
    let first = world.now().div_euclid(HOUR_MS) + 1 - hours;
    let mut votes = vec![0; HOURS_A_WEEK];
    for (hour, counted) in world.store.votes_by_hour(project, first).await? {
        if let Some(place) = usize::try_from(hour - first).ok().and_then(|place| votes.get_mut(place)) {
            *place = counted;
        }
    }
    Ok(Pace { from: first * HOUR_MS, votes })
}

pub(super) async fn project_outlook(world: &World, project: i64, pace: &Pace) -> Outcome<Outlook> {
    Ok(Outlook {
        expected_votes: world.store.expected_votes(project).await?,
        votes_last_day: pace.votes.iter().rev().take(HOURS_A_DAY).sum(),
        price: price(world, project).await?,
    })
}

/// What a vote costs in a project.
pub(super) async fn price(world: &World, project: i64) -> Outcome<Option<Price>> {
    let price = world.store.price(project).await?;
    Ok(price.map(|price| Price { per_vote: price.price_per_vote, currency: price.currency }))
}

pub(super) fn shown_counts(counts: &ChoiceCounts) -> FilterCounts {
    let flagged = counts.flagged.iter().map(|(flag, n)| (filter(*flag), *n));
    std::iter::once((SynsetFilter::All, counts.all)).chain(flagged).collect()
}

pub(super) fn shown_totals(row: &TotalsRow) -> Totals {
    Totals {
        synsets: row.synsets,
        candidates: row.candidates,
        duplicates: row.duplicates,
        positive: row.positive,
        negative: row.negative,
        escalated: row.escalated,
        votes: row.votes,
    }
}

fn board_row(row: SynsetPageRow) -> BoardRow {
    let words = row.words.lines().map(str::to_owned).collect();
    BoardRow { synset: shown_row(&row.row, words), expected_votes: row.expected_votes }
}

pub(super) fn shown_row(row: &ProjectSynsetRow, words: Vec<String>) -> SynsetRow {
    SynsetRow {
        wnid: row.wnid.to_string(),
        words,
        state: shown_state(row.state),
        paused: row.paused,
        totals: Totals {
            synsets: 1,
            candidates: row.candidates,
            duplicates: row.duplicates,
            positive: row.positive,
            negative: row.negative,
            escalated: row.escalated,
            votes: row.votes,
        },
        difficulty: row.difficulty,
    }
}

pub(super) fn shown_state(state: StoredState) -> SynsetState {
    match state {
        StoredState::Waiting => SynsetState::Waiting,
        StoredState::Calibrating => SynsetState::Calibrating,
        StoredState::Labelling => SynsetState::Labelling,
        StoredState::Hold => SynsetState::Hold,
        StoredState::Done => SynsetState::Done,
    }
}

fn order(sort: SynsetSort) -> SynsetOrder {
    match sort {
        SynsetSort::Name => SynsetOrder::Name,
        SynsetSort::Candidates => SynsetOrder::Candidates,
        SynsetSort::Positive => SynsetOrder::Positive,
        SynsetSort::Negative => SynsetOrder::Negative,
        SynsetSort::Escalated => SynsetOrder::Escalated,
        SynsetSort::Open => SynsetOrder::Open,
        SynsetSort::Votes => SynsetOrder::Votes,
        SynsetSort::VotesPerImage => SynsetOrder::VotesPerImage,
        SynsetSort::Difficulty => SynsetOrder::Difficulty,
        SynsetSort::ExpectedVotes => SynsetOrder::ExpectedVotes,
    }
}

/// Flags of the store and filters of the screen, one for one.
macro_rules! same {
    ($($name:ident),*) => {
        fn flag(filter: SynsetFilter) -> SynsetFlag {
            match filter { $(SynsetFilter::$name => SynsetFlag::$name),* }
        }

        fn filter(flag: SynsetFlag) -> SynsetFilter {
            match flag { $(SynsetFlag::$name => SynsetFilter::$name),* }
        }
    };
}
same!(All, Waiting, Calibrating, Labelling, Hold, Done, Paused, Hard, Unillustrable, Starved, Escalated);
