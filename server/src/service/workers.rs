//! How good a project's workers are, and whose votes count.

mod together;

use super::exclusions::{self, Decision, Effect};
use super::labeling::spawned;
use super::ontology::words;
use super::pictures::{picture_address, picture_addresses};
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::{missing, watching as say};
use crate::world::World;
use app::api::workers::{
    ChangedTile, ExclusionLine, ExclusionPreview, Figures, PREVIEW_TILES, Quality, Rate, SeenPreview,
    Standing, VoteAnswer, VoteTile, VoteWeight, Warning, WorkerPage, WorkerRow, WorkerSort, WorkerSynset,
    WorkersPage, WorkersRequest,
};
use app::backend::{Answer, Workers};
use app::viewer::Manager;
use async_trait::async_trait;
use domain::consensus::{Answer as Vote, Verdict, Weights, YesRates};
use domain::quality::{Confusion, Flag, Record, Share, flags};
use media::BlobKind;
use std::collections::BTreeMap;
use store::labeling::CalibrationRow;
use store::people::{FiguresRow, VoteRow, WorkerListRow, WorkerOrder, WorkerQuery};
use store::projects::ProjectRow;

/// Rows on a page of workers.
const WORKERS_A_PAGE: i64 = 50;
/// Votes that a worker's page shows of a kind.
const VOTES_SHOWN: i64 = 24;
/// Synsets that a worker's page shows.
const SYNSETS_SHOWN: usize = 200;
/// Newest pages of each worker of a table on which mistakes are compared with others' mistakes…
const PAGES_OF_MANY: i64 = 40;
/// …and those of the one on a worker's page.
const PAGES_OF_ONE: i64 = 400;
/// A decision is asked for again when so many more images change than the preview said, or a tenth more.
const CHANGES_MORE: i64 = 5;

/// Implements [`Workers`].
pub struct WorkersService {
    world: World,
}

#[async_trait]
impl Workers for WorkersService {
    async fn page(&self, _: &Manager, project: i64, request: &WorkersRequest) -> Answer<WorkersPage> {
        Ok(self.listed(project, request).await?)
    }

    async fn worker(&self, _: &Manager, project: i64, account: i64) -> Answer<WorkerPage> {
        Ok(self.detail(project, account).await?)
    }

    async fn preview(
        &self,
        manager: &Manager,
        project: i64,
        account: i64,
        excluded: bool,
    ) -> Answer<ExclusionPreview> {
        Ok(self.previewed(manager.id(), project, account, excluded).await?)
    }

    async fn decide(
        &self,
        manager: &Manager,
        project: i64,
        account: i64,
        excluded: bool,
        reason: &str,
        seen: SeenPreview,
    ) -> Answer<()> {
        let this = Self::new(self.world.clone());
        let (by, reason) = (manager.id(), reason.to_owned());
        spawned(async move { this.decided(by, project, account, excluded, &reason, seen).await }).await
    }
}

impl WorkersService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world }
    }

    async fn project(&self, id: i64) -> Outcome<ProjectRow> {
        let unknown = || Failure::not_found(missing::project(locale(), id.to_string()));
        self.world.store.project(id).await?.ok_or_else(unknown)
    }

    async fn listed(&self, project: i64, request: &WorkersRequest) -> Outcome<WorkersPage> {
        let project = self.project(project).await?;
        let unreadable = || Failure::invalid(say::damaged_workers(locale()));
        let after = match request.after.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| unreadable())?),
        };
        let query = WorkerQuery {
            order: order(request.sort),
            descending: request.descending,
            search: request.search.trim(),
            account_id: None,
            after,
            limit: WORKERS_A_PAGE + 1,
        };
        let mut rows = self.world.store.workers(project.project_id, query).await?;
        let page = usize::try_from(WORKERS_A_PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > page;
        rows.truncate(page);
        let total = rows.first().map_or(0, |row| row.total);
        let next = rows.last().filter(|_| more).map(|row| row.account_id.to_string());
        let rows = self.with_figures(project.project_id, rows, PAGES_OF_MANY).await?;
        Ok(WorkersPage { project: (project.project_id, project.name), total, rows, next })
    }

    /// Rows with figures and warnings; who is wrong together is looked for on so many newest pages of each.
    async fn with_figures(
        &self,
        project: i64,
        rows: Vec<WorkerListRow>,
        pages: i64,
    ) -> Outcome<Vec<WorkerRow>> {
        let accounts: Vec<i64> = rows.iter().map(|row| row.account_id).collect();
        let found = self.world.store.worker_figures(project, &accounts).await?;
        let found: BTreeMap<i64, FiguresRow> = found.into_iter().map(|row| (row.account_id, row)).collect();
        let mut together = together::of(&self.world, project, &found, pages).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let figures = found.get(&row.account_id).copied().unwrap_or_default();
                let together = together.remove(&row.account_id).unwrap_or_default();
                shown_row(row, &figures, together)
            })
            .collect())
    }

    async fn row(&self, project: i64, account: i64) -> Outcome<WorkerRow> {
        let query = WorkerQuery { account_id: Some(account), limit: 1, ..WorkerQuery::default() };
        let rows = self.world.store.workers(project, query).await?;
        let rows = self.with_figures(project, rows, PAGES_OF_ONE).await?;
        let unknown = || Failure::not_found(missing::no_pages_answered(locale(), account.to_string()));
        rows.into_iter().next().ok_or_else(unknown)
    }

    async fn detail(&self, project: i64, account: i64) -> Outcome<WorkerPage> {
        let project = self.project(project).await?;
        let id = project.project_id;
        let worker = self.row(id, account).await?;
        let store = &self.world.store;
        let recent = store.newest_votes(id, account, VOTES_SHOWN).await?;
        let mistakes = store.gold_mistakes(id, account, VOTES_SHOWN).await?;
        let weight = if project.method.weighs_votes() { self.weight(id, account).await? } else { None };
        Ok(WorkerPage {
            came_together: store.cohort_of_others(account).await?,
            project: (id, project.name),
            synsets: self.in_synsets(id, account).await?,
            recent: recent.iter().map(|row| self.vote_tile(row)).collect(),
            mistakes: mistakes.iter().map(|row| self.vote_tile(row)).collect(),
            history: self.history(id, account).await?,
            weight,
            worker,
        })
    }

    /// What the worker's votes count for at the mean yes rates of the project's synsets.
    async fn weight(&self, project: i64, account: i64) -> Outcome<Option<VoteWeight>> {
        let store = &self.world.store;
        let Some(skill) = store.skill(project, account).await? else { return Ok(None) };
        let tables = store.calibrations_of_project(project).await?;
        let mean =
            |rate: fn(&CalibrationRow) -> f64| tables.iter().map(rate).sum::<f64>() / tables.len() as f64;
        let usual = YesRates { good: mean(|row| row.good_yes_rate), bad: mean(|row| row.bad_yes_rate) };
        let teaches = store.untrusted(project).await?.binary_search(&account).is_err();
        let Weights { yes, no } = skill.weights(usual);
        Ok((!tables.is_empty()).then_some(VoteWeight { yes, no, teaches }))
    }

    async fn in_synsets(&self, project: i64, account: i64) -> Outcome<Vec<WorkerSynset>> {
        let mut rows = self.world.store.worker_figures_by_synset(project, account).await?;
        rows.sort_by_key(|row| std::cmp::Reverse(row.answers.0 + row.answers.1 + row.answers.2));
        rows.truncate(SYNSETS_SHOWN);
        let synsets = self.world.store.synsets_of_project(project).await?;
        let wnids: BTreeMap<i64, _> = synsets.iter().map(|row| (row.project_synset_id, row.wnid)).collect();
        let ontology = self.world.ontology.get();
        let shown = |row: &FiguresRow| {
            let wnid = *wnids.get(&row.project_synset_id)?;
            Some(WorkerSynset {
                wnid: wnid.to_string(),
                words: words(&ontology, wnid),
                figures: shown_figures(row),
            })
        };
        Ok(rows.iter().filter_map(shown).collect())
    }

    async fn history(&self, project: i64, account: i64) -> Outcome<Vec<ExclusionLine>> {
        let mut lines = Vec::new();
        for row in self.world.store.exclusions(project, account).await? {
            let by = match row.decided_by {
                Some(id) => self.world.store.account(id).await?.map(|account| account.name),
                None => None,
            };
            lines.push(ExclusionLine { excluded: row.excluded, reason: row.reason, by, at: row.decided_at });
        }
        Ok(lines)
    }

    fn vote_tile(&self, row: &VoteRow) -> VoteTile {
        let (small, large) = picture_addresses(&row.sha256);
        VoteTile {
            candidate: row.candidate_id,
            small,
            medium: picture_address(BlobKind::Medium, &row.sha256),
            large,
            wnid: row.wnid.to_string(),
            word: self.word(row.wnid),
            answer: shown_answer(row.answer),
            voted_at: row.voted_at,
            others: (row.others_yes, row.others_no, row.others_unsure),
            standing: standing(row.verdict),
            expert: row.expert,
        }
    }

    fn word(&self, wnid: domain::wnid::Wnid) -> String {
        words(&self.world.ontology.get(), wnid).into_iter().next().unwrap_or_else(|| wnid.to_string())
    }

    async fn previewed(
        &self,
        by: i64,
        project: i64,
        account: i64,
        excluded: bool,
    ) -> Outcome<ExclusionPreview> {
        let project = self.project(project).await?;
        let worker = self.row(project.project_id, account).await?;
        let decision = Decision { by, project: project.project_id, account, excluded, reason: "" };
        let effect = exclusions::preview(&self.world, decision).await?;
        let mut moves = BTreeMap::new();
        for change in &effect.verdicts {
            *moves.entry((standing(change.before), standing(change.after))).or_insert(0) += 1;
        }
        let mut tiles = Vec::new();
        for change in effect.verdicts.iter().take(PREVIEW_TILES) {
            let Some(row) = self.world.store.candidate(change.candidate).await? else { continue };
            tiles.push(ChangedTile {
                candidate: change.candidate,
                small: picture_address(BlobKind::Small, &row.sha256),
                medium: picture_address(BlobKind::Medium, &row.sha256),
                word: self.word(change.wnid),
                from: standing(change.before),
                to: standing(change.after),
            });
        }
        Ok(ExclusionPreview {
            project: (project.project_id, project.name),
            account,
            name: worker.name,
            excluded,
            votes: number(effect.answers),
            synsets: number(effect.synsets),
            tables: number(effect.tables),
            moves: moves.into_iter().map(|((from, to), images)| (from, to, images)).collect(),
            tiles,
        })
    }

    /// What the preview showed is looked at again: other people go on voting while a reason is written.
    async fn decided(
        &self,
        by: i64,
        project: i64,
        account: i64,
        excluded: bool,
        reason: &str,
        seen: SeenPreview,
    ) -> Outcome<()> {
        let project = self.project(project).await?.project_id;
        self.row(project, account).await?;
        let decision = Decision { by, project, account, excluded, reason };
        if !reason.trim().is_empty() {
            let now = exclusions::preview(&self.world, decision).await?;
            check_still(&now, seen)?;
        }
        exclusions::decide(&self.world, decision).await?;
        tracing::info!(account, project, excluded, by, "whether a worker's votes count was decided");
        Ok(())
    }
}

fn check_still(now: &Effect, seen: SeenPreview) -> Outcome<()> {
    let (votes, changes) = (number(now.answers), number(now.verdicts.len() as u64));
    let more = changes - seen.changes;
    if votes == seen.votes && more <= CHANGES_MORE.max(seen.changes / 10) {
        return Ok(());
    }
    Err(Failure::conflict(say::more_would_change(locale(), votes, seen.votes, changes, seen.changes)))
}

fn shown_row(row: WorkerListRow, figures: &FiguresRow, together: Vec<Warning>) -> WorkerRow {
    let record = Record {
        pages: u32::try_from(row.pages).unwrap_or(u32::MAX),
        pace: Some(row.pace),
        compared: figures.compared,
    };
    WorkerRow {
        account: row.account_id,
        name: row.name,
        votes: row.votes,
        pages: row.pages,
        pace: Some(row.pace),
        seen_at: row.seen_at,
        excluded: row.excluded,
        figures: shown_figures(figures),
        warnings: flags(&record).into_iter().map(warning).chain(together).collect(),
    }
}

fn shown_figures(row: &FiguresRow) -> Figures {
    Figures {
        answers: row.answers,
        gold: quality(row.gold),
        settled: quality(row.settled),
        agreement: rate(row.majority.accuracy()),
    }
}

fn quality(counts: Confusion) -> Quality {
    Quality {
        accuracy: rate(counts.accuracy()),
        sensitivity: rate(counts.sensitivity()),
        specificity: rate(counts.specificity()),
    }
}

fn rate(share: Share) -> Rate {
    Rate { hits: share.hits.into(), of: share.of.into(), interval: share.interval() }
}

fn warning(flag: Flag) -> Warning {
    match flag {
        Flag::TooFast { pace, pages } => Warning::TooFast { pace, pages: pages.into() },
        Flag::AlwaysTheSame { answer, given, others } => {
            Warning::AlwaysTheSame { answer: shown_answer(answer), given: rate(given), others: rate(others) }
        }
        Flag::ChanceLevel { sensitivity, specificity, others: (found, down) } => Warning::ChanceLevel {
            sensitivity: rate(sensitivity),
            specificity: rate(specificity),
            others: (rate(found), rate(down)),
        },
    }
}

/// An answer, as screens show it.
pub(super) fn shown_answer(answer: Vote) -> VoteAnswer {
    match answer {
        Vote::Yes => VoteAnswer::Yes,
        Vote::No => VoteAnswer::No,
        Vote::Unsure => VoteAnswer::Unsure,
    }
}

/// A verdict, as screens show it.
pub(super) fn standing(verdict: Verdict) -> Standing {
    match verdict {
        Verdict::Undecided => Standing::Open,
        Verdict::Positive => Standing::Positive,
        Verdict::Negative => Standing::Negative,
        Verdict::Escalated => Standing::Escalated,
    }
}

fn order(sort: WorkerSort) -> WorkerOrder {
    match sort {
        WorkerSort::Name => WorkerOrder::Name,
        WorkerSort::Votes => WorkerOrder::Votes,
        WorkerSort::Pace => WorkerOrder::Pace,
        WorkerSort::Seen => WorkerOrder::Seen,
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
