//! A worker's own side: agreeing, answering what comes before labeling, and what came of the work.

use super::labeling::spawned;
use super::ontology::{known, synset_head, words};
use super::pictures::tile;
use super::settings::sentence;
use super::{Failure, Outcome, preface};
use crate::language::locale;
use crate::texts::{labeling as say, missing};
use crate::world::World;
use app::api::work::{Entry, MyWork, PracticeFeedback, PracticePicture};
use app::backend::{Answer, Work};
use app::viewer::{Admin, Worker};
use async_trait::async_trait;
use domain::qualifying::{PRACTICE_ROUNDS, practice_passed};
use domain::text::TermsText;
use std::collections::BTreeSet;
use store::projects::{ProjectRow, ProjectSynsetRow};
use store::{StoreError, Tx};

mod diary;

/// Implements [`Work`].
#[derive(Clone)]
pub struct WorkService {
    world: World,
}

#[async_trait]
impl Work for WorkService {
    async fn agree(&self, worker: &Worker, project: i64, version: i64) -> Answer<()> {
        let (this, worker) = (self.clone(), worker.id());
        spawned(async move { this.agree_to(worker, project, version).await }).await
    }

    async fn answer_definition(
        &self,
        worker: &Worker,
        project: i64,
        wnid: &str,
        tries: i64,
        choice: Option<u32>,
    ) -> Answer<()> {
        let (this, worker, wnid) = (self.clone(), worker.id(), wnid.to_owned());
        spawned(async move { this.define(worker, project, &wnid, tries, choice).await }).await
    }

    async fn answer_practice(
        &self,
        worker: &Worker,
        project: i64,
        wnid: &str,
        shown: Vec<i64>,
        yes: Vec<i64>,
    ) -> Answer<()> {
        let (this, worker, wnid) = (self.clone(), worker.id(), wnid.to_owned());
        spawned(async move { this.practise(worker, project, &wnid, &shown, &yes).await }).await
    }

    async fn practice_feedback(&self, worker: &Worker, project: i64, wnid: &str) -> Answer<PracticeFeedback> {
        Ok(self.feedback(worker.id(), project, wnid).await?)
    }

    async fn mine(&self, worker: &Worker) -> Answer<MyWork> {
        Ok(diary::mine(&self.world, worker.id()).await?)
    }

    async fn entry(&self, _: &Admin, project: i64) -> Answer<Entry> {
        Ok(self.entry_of(project).await?)
    }

    async fn change_entry(
        &self,
        admin: &Admin,
        project: i64,
        terms: &str,
        definition_questions: bool,
    ) -> Answer<bool> {
        let (this, admin, terms) = (self.clone(), admin.id(), terms.to_owned());
        spawned(async move { this.set_entry(admin, project, &terms, definition_questions).await }).await
    }
}

impl WorkService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world }
    }

    async fn project(&self, id: i64) -> Outcome<ProjectRow> {
        let unknown = || Failure::not_found(missing::project(locale(), id.to_string()));
        self.world.store.project(id).await?.ok_or_else(unknown)
    }

    async fn seeded(&self, project: i64, wnid: &str) -> Outcome<ProjectSynsetRow> {
        let project = self.project(project).await?;
        let wnid = known(&self.world.ontology.get(), wnid)?;
        let unknown = || Failure::not_found(missing::not_seeded(locale(), wnid.to_string(), &project.name));
        self.world.store.project_synset(project.project_id, wnid).await?.ok_or_else(unknown)
    }

    async fn agree_to(&self, worker: i64, project: i64, version: i64) -> Outcome<()> {
        self.project(project).await?;
        let newest = self.world.store.terms(project).await?.map(|terms| terms.version);
        if newest != Some(version) {
            return Err(Failure::conflict(say::terms_changed(locale())));
        }
        let mut tx = self.world.store.begin().await?;
        tx.insert_consent(worker, project, version, self.world.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Judges a choice by the order in which the question was shown. An answer to an older order is left alone: the page that
    /// follows asks the newest.
    async fn define(
        &self,
        worker: i64,
        project: i64,
        wnid: &str,
        tries: i64,
        choice: Option<u32>,
    ) -> Outcome<()> {
        let synset = self.seeded(project, wnid).await?;
        let (id, ontology) = (synset.project_synset_id, self.world.ontology.get());
        let mut tx = self.world.store.begin().await?;
        let row = tx.qualification(worker, id).await?.unwrap_or_default();
        if row.passed_at.is_some() || row.tries != tries {
            return Ok(tx.rollback().await?);
        }
        let choices = preface::choices(&ontology, worker, &synset, tries).unwrap_or_default();
        let chosen = choice.and_then(|place| choices.get(usize::try_from(place).ok()?).copied());
        match chosen {
            None => {
                tx.rollback().await?;
                return Err(Failure::invalid(say::choose_first(locale())));
            }
            Some(right) if right == synset.wnid => tx.pass_definition(worker, id, self.world.now()).await?,
            Some(wrong) => tx.note_mistake(worker, id, wrong).await?,
        }
        Ok(tx.commit().await?)
    }

    async fn practise(
        &self,
        worker: i64,
        project: i64,
        wnid: &str,
        shown: &[i64],
        yes: &[i64],
    ) -> Outcome<()> {
        let synset = self.seeded(project, wnid).await?;
        let mut tx = self.world.store.begin().await?;
        match self.record_practice(&mut tx, worker, &synset, shown, yes).await {
            Ok(()) => Ok(tx.commit().await?),
            Err(refused @ Failure::Refused(_)) => {
                tx.rollback().await?;
                Err(refused)
            }
            Err(failure) => Err(failure),
        }
    }

    async fn record_practice(
        &self,
        tx: &mut Tx,
        worker: i64,
        synset: &ProjectSynsetRow,
        shown: &[i64],
        yes: &[i64],
    ) -> Outcome<()> {
        let id = synset.project_synset_id;
        let row = tx.qualification(worker, id).await?.unwrap_or_default();
        let page = preface::practice_page(tx, worker, synset, &row).await?.unwrap_or_default();
        let set = |ids: &mut dyn Iterator<Item = i64>| ids.collect::<BTreeSet<i64>>();
        if set(&mut shown.iter().copied()) != set(&mut page.iter().map(|gold| gold.candidate_id)) {
            return Err(Failure::conflict(say::other_practice(locale())));
        }
        let answers: Vec<(i64, bool, bool)> = page
            .iter()
            .map(|gold| (gold.candidate_id, gold.shows, yes.contains(&gold.candidate_id)))
            .collect();
        let round = row.practice_rounds + 1;
        tx.record_practice(worker, id, round, &answers, self.world.now()).await?;
        let right = answers.iter().filter(|(_, known, said)| known == said).count();
        let after = tx.qualification(worker, id).await?.unwrap_or_default();
        let more = preface::practice_page(tx, worker, synset, &after).await?.is_some();
        if practice_passed(right, answers.len()) || !more {
            tx.finish_practice(worker, id, self.world.now()).await?;
        }
        Ok(())
    }

    async fn feedback(&self, worker: i64, project: i64, wnid: &str) -> Outcome<PracticeFeedback> {
        let synset = self.seeded(project, wnid).await?;
        let store = &self.world.store;
        let row = store.qualification(worker, synset.project_synset_id).await?.unwrap_or_default();
        let answers = store.practice_answers(worker, synset.project_synset_id, row.practice_rounds).await?;
        if answers.is_empty() {
            return Err(Failure::not_found(missing::not_practised(locale())));
        }
        let right = answers.iter().filter(|row| row.known == row.answered).count();
        let picture = |row: &store::work::PracticeRow| PracticePicture {
            tile: tile(row.candidate_id, &row.sha256),
            shows: row.known,
            picked: row.answered,
        };
        Ok(PracticeFeedback {
            project,
            synset: synset_head(&self.world.ontology.get(), synset.wnid)?,
            passed: practice_passed(right, answers.len()),
            again: row.practised_at.is_none() && row.practice_rounds < PRACTICE_ROUNDS,
            pictures: answers.iter().map(picture).collect(),
        })
    }

    async fn entry_of(&self, project: i64) -> Outcome<Entry> {
        let row = self.project(project).await?;
        let terms = self.world.store.terms(project).await?;
        let (version, written_at) =
            (terms.as_ref().map_or(0, |t| t.version), terms.as_ref().map(|t| t.written_at));
        Ok(Entry {
            project,
            name: row.name,
            consents: self.world.store.consents(project, version).await?,
            definition_questions: self.world.store.definition_questions(project).await?.unwrap_or(true),
            terms: terms.map(|terms| terms.text).unwrap_or_default(),
            version,
            written_at,
        })
    }

    async fn set_entry(&self, admin: i64, project: i64, terms: &str, asked: bool) -> Outcome<bool> {
        let wanted =
            TermsText::parse(terms).map_err(|error| Failure::invalid(sentence(&error.to_string())))?;
        self.project(project).await?;
        let now = self.world.now();
        let mut tx = self.world.store.begin().await?;
        let newest = tx.terms(project).await?;
        let (version, text) = newest.map_or((0, String::new()), |terms| (terms.version, terms.text));
        let is_new = text != wanted.as_str();
        if is_new {
            match tx.insert_terms(project, version + 1, wanted.as_str(), Some(admin), now).await {
                Err(StoreError::Conflict(_)) => {
                    return Err(Failure::conflict(say::terms_changed_by_other(locale())));
                }
                other => other?,
            }
        }
        tx.set_definition_questions(project, asked).await?;
        let detail = format!("terms version {}, definition questions: {asked}", version + i64::from(is_new));
        tx.record_event(Some(admin), "set entry", &format!("project {project}"), &detail, now).await?;
        tx.commit().await?;
        Ok(is_new && !wanted.as_str().is_empty())
    }
}
