//! The expert's queue: what waits, one case after the other, and the expert's word.

use super::experts::{self, Label};
use super::judging::{Tables, tally};
use super::labeling::spawned;
use super::ontology::{known, synset_head, words};
use super::pictures::picture_addresses;
use super::workers::{shown_answer, standing};
use super::{Failure, Outcome};
use super::{anchors, audits};
use crate::language::locale;
use crate::texts::{missing, watching as say};
use crate::world::World;
use app::api::audits::AuditPage;
use app::api::review::{
    Case, CaseVote, Decided, ExpertAnswer, Place, Provenance, Queue, ReviewPage, Waiting, WaitingSynset, Why,
};
use app::backend::{Answer, Experts};
use app::viewer::Expert;
use async_trait::async_trait;
use store::labeling::ExpertAnswer as Word;
use store::review::{CaseRow, DecidedRow, ReviewCursor, ReviewScope, WaitingFor, WaitingRow};

/// Synsets that the queue names.
const SYNSETS_SHOWN: usize = 100;

/// Implements [`Experts`].
#[derive(Clone)]
pub struct ReviewService {
    world: World,
    tables: Tables,
}

#[async_trait]
impl Experts for ReviewService {
    async fn queue(&self, _: &Expert, project: Option<i64>) -> Answer<Queue> {
        Ok(self.waiting(project).await?)
    }

    async fn review(&self, expert: &Expert, place: &Place, case: Option<i64>) -> Answer<ReviewPage> {
        Ok(self.page(expert.id(), place, case).await?)
    }

    async fn decide(&self, expert: &Expert, candidate: i64, answer: ExpertAnswer, seen: i64) -> Answer<()> {
        let (this, by) = (self.clone(), expert.id());
        spawned(async move { this.decided(by, candidate, answer, seen).await }).await
    }

    async fn audits(&self, expert: &Expert, project: i64, skipped: u32) -> Answer<AuditPage> {
        Ok(audits::page(&self.world, expert.id(), project, skipped).await?)
    }

    async fn anchors(&self, expert: &Expert, project: i64, skipped: u32) -> Answer<AuditPage> {
        Ok(anchors::page(&self.world, expert.id(), project, skipped).await?)
    }

    async fn audit(&self, expert: &Expert, candidate: i64, shows: bool) -> Answer<()> {
        let (world, by) = (self.world.clone(), expert.id());
        spawned(async move { audits::record(&world, by, candidate, shows).await }).await
    }
}

impl ReviewService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world, tables: Tables::default() }
    }

    async fn waiting(&self, project: Option<i64>) -> Outcome<Queue> {
        let rows = self.world.store.waiting(ReviewScope { project_id: project, wnid: None }).await?;
        let mut waiting = Waiting::default();
        for row in &rows {
            waiting.reported += row.reported;
            waiting.escalated += row.escalated;
            waiting.on_hold += row.on_hold;
            waiting.disputed += row.disputed;
        }
        let ontology = self.world.ontology.get();
        let shown = |row: WaitingRow| WaitingSynset {
            wnid: row.wnid.to_string(),
            words: words(&ontology, row.wnid),
            waiting: Waiting {
                reported: row.reported,
                escalated: row.escalated,
                on_hold: row.on_hold,
                disputed: row.disputed,
            },
            project: (row.project_id, row.project_name),
        };
        Ok(Queue { waiting, synsets: rows.into_iter().take(SYNSETS_SHOWN).map(shown).collect() })
    }

    async fn page(&self, expert: i64, place: &Place, asked: Option<i64>) -> Outcome<ReviewPage> {
        let project = match place.project {
            None => None,
            Some(id) => {
                let unknown = || Failure::not_found(missing::project(locale(), id.to_string()));
                let row = self.world.store.project(id).await?.ok_or_else(unknown)?;
                Some((row.project_id, row.name))
            }
        };
        let wnid = match place.synset.as_str() {
            "" => None,
            text => Some(known(&self.world.ontology.get(), text)?),
        };
        let scope = ReviewScope { project_id: place.project, wnid };
        let after = cursor(&place.after)?;
        let mut queue = self.world.store.cases_after(scope, after, 2).await?.into_iter();
        let case = match asked {
            None => queue.next(),
            Some(id) => Some(self.asked(id).await?),
        };
        let next = queue.find(|row| Some(row.candidate_id) != case.as_ref().map(|case| case.candidate_id));
        let before = match place.trail.last() {
            Some(id) => self.world.store.case_of(*id).await?,
            None => None,
        };
        Ok(ReviewPage {
            project: project.clone(),
            queue: self.waiting(place.project).await?,
            case: self.shown(case, expert).await?,
            before: self.shown(before, expert).await?,
            next_picture: next.map(|row| picture_addresses(&row.sha256).1),
            projects: match &project {
                Some(only) => vec![only.clone()],
                None => self.projects().await?,
            },
        })
    }

    async fn projects(&self) -> Outcome<Vec<(i64, String)>> {
        Ok(self.world.store.projects().await?.into_iter().map(|row| (row.project_id, row.name)).collect())
    }

    async fn asked(&self, candidate: i64) -> Outcome<CaseRow> {
        let unknown = || Failure::not_found(missing::candidate_to_decide(locale(), candidate.to_string()));
        self.world.store.case_of(candidate).await?.ok_or_else(unknown)
    }

    async fn shown(&self, row: Option<CaseRow>, expert: i64) -> Outcome<Option<Case>> {
        let Some(row) = row else { return Ok(None) };
        let store = &self.world.store;
        let head = synset_head(&self.world.ontology.get(), row.wnid)?;
        let votes = store.case_votes(row.candidate_id).await?;
        let newest = store.decided(row.candidate_id).await?;
        let (small, large) = picture_addresses(&row.sha256);
        let confidence = match store.latest_calibration(row.project_synset_id).await? {
            Some(table) => Some(self.tables.of(&table)?.judge(tally(row.yes, row.no, row.unsure)).confidence),
            None => None,
        };
        Ok(Some(Case {
            candidate: row.candidate_id,
            wnid: head.wnid,
            words: head.words,
            definition: head.definition,
            siblings: head.siblings,
            why: row.rank.and_then(WaitingFor::of_rank).map(why),
            large,
            small,
            tally: (row.yes, row.no, row.unsure),
            confidence,
            standing: standing(row.verdict),
            votes: votes
                .iter()
                .map(|vote| CaseVote {
                    answer: shown_answer(vote.answer),
                    voted_at: vote.voted_at,
                    excluded: vote.excluded,
                })
                .collect(),
            reports: store.case_reports(row.candidate_id).await?,
            decided: decided(row.expert, newest.as_ref(), expert),
            seen: newest.map_or(0, |newest| newest.expert_label_id),
            cursor: cursor_text(&row),
            project: (row.project_id, row.project_name),
            provenance: Provenance {
                file_name: row.file_name,
                source_url: row.source_url,
                licence: row.licence,
                attribution: row.attribution,
            },
        }))
    }

    async fn decided(&self, by: i64, candidate: i64, answer: ExpertAnswer, seen: i64) -> Outcome<()> {
        let row = self.asked(candidate).await?;
        let word = stored(answer);
        // Pressed twice, or said by somebody else meanwhile, it is one and the same.
        if row.expert == word.word() {
            return Ok(());
        }
        let newest = self.world.store.decided(candidate).await?;
        let newest_id = newest.as_ref().map_or(0, |newest| newest.expert_label_id);
        if let Some(other) = newest.filter(|newest| newest_id != seen && newest.account_id != by) {
            return Err(Failure::conflict(say::contradicted(
                locale(),
                other.name,
                in_words(row.expert),
                in_words(word.word()),
            )));
        }
        experts::label(&self.world, Label { by, candidate, answer: word, seen: row.expert, blind: false })
            .await?;
        Ok(())
    }
}

fn in_words(word: Option<bool>) -> &'static str {
    match word {
        Some(true) => say::said_yes(locale()),
        Some(false) => say::said_no(locale()),
        None => say::said_open(locale()),
    }
}

fn decided(word: Option<bool>, newest: Option<&DecidedRow>, expert: i64) -> Option<Decided> {
    let newest = newest?;
    Some(Decided {
        shows: word?,
        by: newest.name.clone(),
        is_mine: newest.account_id == expert,
        at: newest.labelled_at,
    })
}

fn stored(answer: ExpertAnswer) -> Word {
    match answer {
        ExpertAnswer::Yes => Word::Yes,
        ExpertAnswer::No => Word::No,
        ExpertAnswer::Open => Word::Open,
    }
}

fn why(waiting: WaitingFor) -> Why {
    match waiting {
        WaitingFor::Reported => Why::Reported,
        WaitingFor::Escalated => Why::Escalated,
        WaitingFor::OnHold => Why::OnHold,
        WaitingFor::Disputed => Why::Disputed,
    }
}

/// Where the queue goes on after a case: the place of its reason, its synset, itself.
fn cursor_text(row: &CaseRow) -> String {
    format!("{}-{}-{}", row.rank.unwrap_or(0), row.project_synset_id, row.candidate_id)
}

fn cursor(text: &str) -> Outcome<ReviewCursor> {
    if text.is_empty() {
        return Ok(ReviewCursor::default());
    }
    let mut parts = text.split('-').map(|part| part.parse::<i64>().ok());
    match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten(), parts.next()) {
        (Some(rank), Some(project_synset_id), Some(candidate_id), None) => {
            Ok(ReviewCursor { rank, project_synset_id, candidate_id })
        }
        _ => Err(Failure::invalid(say::damaged_queue(locale()))),
    }
}
