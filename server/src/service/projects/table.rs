//! The project page: totals and a page of the table of synsets.

use super::ProjectsService;
use crate::service::settings::{self, of_project};
use crate::service::{Failure, Outcome};
use app::api::projects::{ProjectLine, ProjectPage, SynsetRow, SynsetSort, SynsetState, Totals};
use store::projects::{
    ProjectRow, ProjectSynsetRow, SynsetCursor, SynsetOrder, SynsetState as StoredState, TotalsRow,
};

/// Rows on a page of synsets.
const SYNSETS_A_PAGE: i64 = 100;

impl ProjectsService {
    pub(super) async fn lines(&self) -> Outcome<Vec<ProjectLine>> {
        let mut lines = Vec::new();
        for row in self.world.store.projects().await? {
            lines.push(self.line(&row).await?);
        }
        Ok(lines)
    }

    async fn line(&self, row: &ProjectRow) -> Outcome<ProjectLine> {
        let totals = self.world.store.totals(row.project_id).await?;
        Ok(ProjectLine { project: row.project_id, name: row.name.clone(), totals: shown_totals(&totals) })
    }

    pub(super) async fn table(
        &self,
        project: i64,
        sort: SynsetSort,
        descending: bool,
        after: Option<&str>,
    ) -> Outcome<ProjectPage> {
        let project = self.project(project).await?;
        let unreadable = || Failure::invalid("The address of this page is damaged; open the project again.");
        let after = after.map(|text| SynsetCursor::parse(text).ok_or_else(unreadable)).transpose()?;
        let order = order(sort);
        let id = project.project_id;
        let mut rows =
            self.world.store.synset_page(id, order, descending, after.as_ref(), SYNSETS_A_PAGE + 1).await?;
        let page = usize::try_from(SYNSETS_A_PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > page;
        rows.truncate(page);
        let next = rows.last().filter(|_| more).map(|row| row.cursor.to_string());
        let rows = rows
            .iter()
            .map(|row| shown_row(&row.row, row.words.lines().map(str::to_owned).collect()))
            .collect();
        Ok(ProjectPage {
            project: self.line(&project).await?,
            settings: settings::shown(&of_project(&project)),
            rows,
            next,
        })
    }
}

fn shown_totals(row: &TotalsRow) -> Totals {
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

pub(super) fn shown_row(row: &ProjectSynsetRow, words: Vec<String>) -> SynsetRow {
    SynsetRow {
        wnid: row.wnid.to_string(),
        words,
        state: match row.state {
            StoredState::Waiting => SynsetState::Waiting,
            StoredState::Calibrating => SynsetState::Calibrating,
            StoredState::Labelling => SynsetState::Labelling,
            StoredState::Hold => SynsetState::Hold,
            StoredState::Done => SynsetState::Done,
        },
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
    }
}
