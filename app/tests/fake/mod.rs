//! A server without a storage: made-up answers behind the screens, for tests and for looking at them.

mod accounts;
mod certificates;
mod data;
mod people;
mod selection;
mod tuning;
pub mod work;

use app::api::ApiError;
use app::api::audits::{Certificate, Scope};
use app::api::duplicates::{Decision, DuplicatesPage, PairFilter};
use app::api::forecasting::ForecastPage;
use app::api::importing::{FileFilter, FileKey, ImportForm, ImportPage, LeftOut};
use app::api::labeling::{Corrected, Given, Idle, LastBatch, Next, OpenProject, Receipt, Submission};
use app::api::ontology::{SynsetLine, SynsetPage};
use app::api::projects::{Gallery, GalleryKind, GallerySort, ImageDetail, ProjectLine, SynsetDetail};
use app::api::replaying::ReplayPage;
use app::api::review::ExpertAnswer;
use app::api::selection::{SeedPage, SeedRequest, TreePage, TreeQuery};
use app::api::serving::Turn;
use app::api::settings::SettingsForm;
use app::api::tuning::SettingsPage;
use app::api::watching::{Board, SubtreePage, TableRequest};
use app::backend::{Answer, Backend, Door, Importing, Labeling, Ontology, Origin, Projects, Seeding, Tuning};
use app::pages::{PageAssets, Script, respond};
use app::viewer::{Admin, Manager, ScreenSize, Worker};
use async_trait::async_trait;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::routing::post;
use domain::roles::Role;
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use std::sync::{Arc, Mutex, PoisonError};

/// The project whose synsets are all settled.
pub const SETTLED: i64 = 2;
/// The project that no worker can help with just now.
pub const BUSY: i64 = 3;
/// The project that exists, and whose storage can't be reached.
pub const UNREACHABLE: i64 = 503;

/// The made-up server, as one visitor sees it.
#[derive(Default)]
pub struct Stage {
    /// Who is signed in.
    pub role: Option<Role>,
    /// Where the browser side is served, if it is.
    pub script: Option<Script>,
    /// Whether there are no projects, accounts or imports yet.
    pub empty: bool,
    /// Answers that came in.
    pub submissions: Mutex<Vec<Submission>>,
    /// Seedings that came in.
    pub seeded: Mutex<Vec<SeedRequest>>,
    /// Settings that came in.
    pub settings: Mutex<Vec<SettingsForm>>,
    /// Budgets that were saved, as typed.
    pub budgets: Mutex<Vec<String>>,
    /// Experts' words that came in, by candidate.
    pub labels: Mutex<Vec<(i64, ExpertAnswer)>>,
    /// Decisions about workers that came in: excluded, and why.
    pub exclusions: Mutex<Vec<(bool, String)>>,
    /// Words about pairs that came in.
    pub audits: Mutex<Vec<(i64, bool)>>,
    pub reviews: Mutex<Vec<(i64, i64, Decision)>>,
    /// The sentence for the next page.
    pub notice: Mutex<Option<String>>,
}

impl Stage {
    /// A visitor with the role.
    pub fn of(role: Role) -> Self {
        Self { role: Some(role), ..Self::default() }
    }

    /// Its HTTP side.
    pub fn router(self: Arc<Self>) -> Router {
        let context = move || {
            let stage = Arc::clone(&self);
            provide_context::<Arc<dyn Door>>(stage.clone());
            provide_context(PageAssets { style: "/style.css".to_owned(), script: stage.script.clone() });
            provide_context(Backend {
                labeling: stage.clone(),
                work: stage.clone(),
                ontology: stage.clone(),
                projects: stage.clone(),
                workers: stage.clone(),
                experts: stage.clone(),
                seeding: stage.clone(),
                tuning: stage.clone(),
                importing: stage.clone(),
                accounts: stage,
            });
        };
        let provide = context.clone();
        let pages = move || {
            provide();
            obey_policy();
        };
        Router::new()
            .route(
                "/api/{*name}",
                post(move |request| leptos_axum::handle_server_fns_with_context(context.clone(), request)),
            )
            .fallback(move |request| respond(pages.clone(), request))
    }
}

/// Sets the policy that the real server sets, so that what breaks it breaks here.
fn obey_policy() {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let (Some(response), Ok(policy)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&policy)) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

fn put<T>(place: &Mutex<Vec<T>>, value: T) {
    place.lock().unwrap_or_else(PoisonError::into_inner).push(value);
}

fn known(project: i64) -> Answer<()> {
    match project {
        1..=9 => Ok(()),
        UNREACHABLE => Err(ApiError::Unavailable { seconds: 7 }),
        _ => Err(ApiError::NotFound(format!("There is no project {project}."))),
    }
}

fn tiles(screen: ScreenSize) -> i64 {
    match screen {
        ScreenSize::Small => 24,
        ScreenSize::Large => 48,
    }
}

#[async_trait]
impl Labeling for Stage {
    async fn open_projects(&self, _: &Worker) -> Answer<Vec<OpenProject>> {
        Ok(if self.empty { Vec::new() } else { data::open_projects() })
    }

    async fn next(&self, _: &Worker, project: i64, screen: ScreenSize) -> Answer<Next> {
        known(project)?;
        Ok(match project {
            SETTLED => Next::Nothing(Idle::AllSettled),
            BUSY => Next::Nothing(Idle::NothingForYouNow),
            work::STOPPED => Next::Stopped(work::REASON.to_owned()),
            _ => match work::preface(project) {
                Some(first) => Next::Preface(first),
                None => Next::Batch(data::batch(project, 44, tiles(screen))),
            },
        })
    }

    async fn submit(&self, _: &Worker, submission: Submission, screen: ScreenSize) -> Answer<Receipt> {
        let said = [&submission.yes, &submission.unsure, &submission.broken, &submission.offensive];
        if said.iter().all(|list| list.is_empty()) && !submission.none_of_these {
            let words = "Nothing is picked. Press “None of these” if no picture shows it.";
            return Err(ApiError::Invalid(words.to_owned()));
        }
        let next = match submission.assignment {
            46.. => Next::Nothing(Idle::AllSettled),
            assignment => Next::Batch(data::batch(1, assignment + 1, tiles(screen))),
        };
        put(&self.submissions, submission);
        Ok(Receipt { recorded: 24, next })
    }

    async fn prefetch(&self, _: &Worker, assignment: i64, screen: ScreenSize) -> Answer<Next> {
        Ok(match assignment {
            46.. => Next::Nothing(Idle::AllSettled),
            assignment => Next::Batch(data::batch(1, assignment + 1, tiles(screen))),
        })
    }

    async fn last(&self, _: &Worker, project: i64) -> Answer<Option<LastBatch>> {
        known(project)?;
        let batch = data::batch(project, 43, 24);
        let given = Given {
            yes: batch.tiles.iter().take(5).map(|tile| tile.candidate).collect(),
            unsure: batch.tiles.iter().skip(7).take(1).map(|tile| tile.candidate).collect(),
            ..Given::default()
        };
        Ok((project == 1).then_some(LastBatch { batch, given }))
    }

    async fn correct(&self, _: &Worker, submission: Submission) -> Answer<Corrected> {
        put(&self.submissions, submission);
        Ok(Corrected { project: 1, changed: 1 })
    }
}

#[async_trait]
impl Ontology for Stage {
    async fn search(&self, query: &str) -> Answer<Vec<SynsetLine>> {
        Ok(data::synsets()
            .into_iter()
            .filter(|synset| synset.words.iter().any(|word| word.contains(query)))
            .collect())
    }

    async fn synset(&self, wnid: &str) -> Answer<SynsetPage> {
        data::synset_page(wnid)
            .ok_or_else(|| ApiError::NotFound(format!("WordNet 3.0 has no noun synset {wnid}.")))
    }

    async fn tree(&self, query: &TreeQuery) -> Answer<TreePage> {
        Ok(selection::tree(&query.at, &query.open))
    }
}

#[async_trait]
impl Projects for Stage {
    async fn list(&self, _: &Manager) -> Answer<Vec<ProjectLine>> {
        Ok(if self.empty { Vec::new() } else { data::projects() })
    }

    async fn board(&self, _: &Manager, project: i64, asked: &TableRequest) -> Answer<Board> {
        known(project)?;
        Ok(data::board(project, self.empty, asked))
    }

    async fn certificate(&self, _: &Manager, project: i64, scope: &Scope) -> Answer<Certificate> {
        known(project)?;
        Ok(certificates::certificate(project, self.empty, scope))
    }

    async fn tree(&self, _: &Manager, project: i64, at: Option<&str>) -> Answer<SubtreePage> {
        known(project)?;
        Ok(data::tree(project, self.empty, at))
    }

    async fn synset(
        &self,
        _: &Manager,
        project: i64,
        wnid: &str,
        version: Option<i64>,
    ) -> Answer<SynsetDetail> {
        known(project)?;
        data::detail(project, wnid, version.unwrap_or(3))
            .ok_or_else(|| ApiError::NotFound(format!("{wnid} is not in this project.")))
    }

    async fn gallery(
        &self,
        _: &Manager,
        _: i64,
        _: &str,
        shown: (GalleryKind, GallerySort),
        after: Option<&str>,
    ) -> Answer<Gallery> {
        Ok(data::gallery(shown, after.and_then(|after| after.parse().ok()).unwrap_or_default()))
    }

    async fn image(
        &self,
        _: &Manager,
        project: i64,
        wnid: &str,
        candidate: i64,
        (kind, sort): (Option<GalleryKind>, GallerySort),
    ) -> Answer<ImageDetail> {
        known(project)?;
        data::image(wnid, candidate, kind, sort)
            .ok_or_else(|| ApiError::NotFound(format!("{wnid} has no candidate {candidate}.")))
    }

    async fn create(&self, _: &Admin, name: &str) -> Answer<i64> {
        if name == "Taken" {
            Err(ApiError::Conflict("There is a project called “Taken” already.".to_owned()))
        } else {
            Ok(4)
        }
    }

    async fn change_settings(&self, _: &Admin, project: i64, settings: SettingsForm) -> Answer<()> {
        known(project)?;
        put(&self.settings, settings);
        Ok(())
    }

    async fn change_overrides(
        &self,
        admin: &Admin,
        project: i64,
        _: &str,
        settings: SettingsForm,
    ) -> Answer<()> {
        self.change_settings(admin, project, settings).await
    }

    async fn set_price(&self, _: &Admin, project: i64, price: &str, _: &str) -> Answer<()> {
        known(project)?;
        match price.parse::<f64>() {
            Ok(_) => Ok(()),
            Err(_) => Err(ApiError::Invalid(format!("The price of a vote is {price:?}."))),
        }
    }

    async fn set_turn(&self, _: &Manager, project: i64, _: &str, _: Turn) -> Answer<()> {
        known(project)
    }

    async fn pause(&self, _: &Admin, project: i64, _: &str, _: bool) -> Answer<()> {
        known(project)
    }
}

#[async_trait]
impl Seeding for Stage {
    async fn page(
        &self,
        _: &Admin,
        project: i64,
        request: &SeedRequest,
        open: &[String],
    ) -> Answer<SeedPage> {
        known(project)?;
        Ok(selection::seed_page(request, open, self.empty))
    }

    async fn seed(&self, _: &Admin, _: i64, request: &SeedRequest) -> Answer<u32> {
        if request.list.contains("n99999999") {
            return Err(ApiError::Invalid("Line 1: WordNet 3.0 has no noun synset n99999999.".to_owned()));
        }
        put(&self.seeded, request.clone());
        Ok(403)
    }

    async fn undo(&self, _: &Admin, _: i64, seeding: i64) -> Answer<u32> {
        if seeding == 2 {
            Ok(403)
        } else {
            Err(ApiError::NotFound(format!("There is no seeding {seeding}.")))
        }
    }
}

#[async_trait]
impl Importing for Stage {
    async fn form(&self, _: &Admin, project: i64) -> Answer<ImportForm> {
        known(project)?;
        let latest =
            if self.empty { Vec::new() } else { [1, 2, 5].into_iter().filter_map(data::import).collect() };
        Ok(ImportForm { project: "Pets".to_owned(), latest })
    }

    async fn page(
        &self,
        _: &Admin,
        import: i64,
        shown: FileFilter,
        after: Option<i64>,
    ) -> Answer<ImportPage> {
        let page = data::import(import)
            .ok_or_else(|| ApiError::NotFound(format!("There is no import {import}.")))?;
        let next = page.next.filter(|_| after.is_none());
        Ok(ImportPage { shown, next, ..page })
    }

    async fn open(&self, _: &Admin, _: i64, wnid: &str, _: &Origin) -> Answer<i64> {
        if wnid == "n99999999" {
            return Err(ApiError::NotFound(
                "Synset n99999999 is not seeded in this project; seed it first.".to_owned(),
            ));
        }
        Ok(4)
    }

    async fn missing(&self, _: &Admin, _: i64, files: &[FileKey]) -> Answer<Vec<u32>> {
        Ok((0..).zip(files).map(|(place, _)| place).collect())
    }

    async fn leave_out(&self, _: &Admin, _: i64, _: Vec<LeftOut>) -> Answer<()> {
        Ok(())
    }

    async fn finish(&self, _: &Admin, _: i64) -> Answer<()> {
        Ok(())
    }

    async fn cancel(&self, _: &Admin, _: i64) -> Answer<()> {
        Ok(())
    }

    async fn resume(&self, _: &Admin, _: i64) -> Answer<()> {
        Ok(())
    }

    async fn duplicates(
        &self,
        _: &Admin,
        project: i64,
        wnid: &str,
        shown: PairFilter,
        after: Option<&str>,
    ) -> Answer<DuplicatesPage> {
        known(project)?;
        let found = data::duplicates(project, wnid, shown, after.is_some() || self.empty);
        found.ok_or_else(|| ApiError::NotFound(format!("{wnid} is not in this project.")))
    }

    async fn review(&self, _: &Admin, left: i64, right: i64, decision: Decision) -> Answer<String> {
        put(&self.reviews, (left, right, decision));
        Ok(format!("Candidate {left} stays; candidate {right} is dropped."))
    }
}

#[async_trait]
impl Tuning for Stage {
    async fn of_project(&self, _: &Admin, project: i64, typed: Option<SettingsForm>) -> Answer<SettingsPage> {
        known(project)?;
        Ok(tuning::page(None, typed))
    }

    async fn of_synset(
        &self,
        _: &Admin,
        project: i64,
        wnid: &str,
        typed: Option<SettingsForm>,
    ) -> Answer<SettingsPage> {
        known(project)?;
        Ok(tuning::page(Some(wnid), typed))
    }

    async fn replay(&self, _: &Manager, project: i64, typed: Option<SettingsForm>) -> Answer<ReplayPage> {
        known(project)?;
        Ok(tuning::replay(typed, self.empty))
    }

    async fn forecast(
        &self,
        _: &Manager,
        project: i64,
        synset: Option<&str>,
        target: &str,
    ) -> Answer<ForecastPage> {
        known(project)?;
        Ok(tuning::forecast(synset, target, self.empty))
    }

    async fn set_cohort_limit(&self, _: &Admin, project: i64, _: &str) -> Answer<()> {
        known(project)?;
        Ok(())
    }

    async fn pass_verdicts(&self, _: &Admin, project: i64, _: bool) -> Answer<()> {
        known(project)?;
        Ok(())
    }

    async fn set_budget(&self, _: &Admin, project: i64, votes: &str) -> Answer<()> {
        known(project)?;
        put(&self.budgets, votes.to_owned());
        Ok(())
    }
}
