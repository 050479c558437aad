//! What screens need of the server: one trait per actor. The server implements them; `app` knows nothing behind them.

use crate::api::audits::{AuditPage, Certificate, Scope};
use crate::api::serving::Turn;
use crate::api::{
    ApiError,
    accounts::{AccountsPage, Offer},
    duplicates::{Decision, DuplicatesPage, PairFilter},
    forecasting::ForecastPage,
    importing::{FileFilter, FileKey, ImportForm, ImportPage, LeftOut},
    labeling::{Corrected, LastBatch, Next, OpenProject, Receipt, Submission},
    ontology::{SynsetLine, SynsetPage},
    projects::{Gallery, GalleryKind, GallerySort, ImageDetail, ProjectLine, SynsetDetail},
    replaying::ReplayPage,
    review::{ExpertAnswer, Place, Queue, ReviewPage},
    selection::{SeedPage, SeedRequest, TreePage, TreeQuery},
    settings::SettingsForm,
    tuning::SettingsPage,
    watching::{Board, SubtreePage, TableRequest},
    work::{Entry, MyWork, PracticeFeedback},
    workers::{ExclusionPreview, SeenPreview, WorkerPage, WorkersPage, WorkersRequest},
};
use crate::viewer::{Account, Admin, Expert, Manager, ScreenSize, Worker};
use async_trait::async_trait;
use std::sync::Arc;

/// What a backend method answers.
pub type Answer<T> = Result<T, ApiError>;

/// Everything behind the screens.
#[derive(Clone)]
pub struct Backend {
    /// For workers.
    pub labeling: Arc<dyn Labeling>,
    /// For workers: what comes before the first batch, and what came of the work.
    pub work: Arc<dyn Work>,
    /// WordNet, for everybody signed in.
    pub ontology: Arc<dyn Ontology>,
    /// For managers, and settings for admins.
    pub projects: Arc<dyn Projects>,
    /// For managers: the people who vote.
    pub workers: Arc<dyn Workers>,
    /// For experts.
    pub experts: Arc<dyn Experts>,
    /// For admins.
    pub seeding: Arc<dyn Seeding>,
    /// For admins who are about to change settings.
    pub tuning: Arc<dyn Tuning>,
    /// For admins: photographs.
    pub importing: Arc<dyn Importing>,
    /// For everybody.
    pub accounts: Arc<dyn Accounts>,
}

/// Batches out, votes in.
#[async_trait]
pub trait Labeling: Send + Sync {
    /// Projects that this worker may label in.
    async fn open_projects(&self, worker: &Worker) -> Answer<Vec<OpenProject>>;
    /// The worker's oldest open batch in the project, or a new one, as large as suits the screen.
    async fn next(&self, worker: &Worker, project: i64, screen: ScreenSize) -> Answer<Next>;
    /// Records answers and returns the next batch.
    async fn submit(&self, worker: &Worker, submission: Submission, screen: ScreenSize) -> Answer<Receipt>;
    /// The batch after an open one.
    async fn prefetch(&self, worker: &Worker, assignment: i64, screen: ScreenSize) -> Answer<Next>;
    /// The page that the worker submitted last in the project, if it can still be changed.
    async fn last(&self, worker: &Worker, project: i64) -> Answer<Option<LastBatch>>;
    /// Changes the answers to that page.
    async fn correct(&self, worker: &Worker, submission: Submission) -> Answer<Corrected>;
}

/// What a worker agrees to and learns before labeling, and what came of it.
#[async_trait]
pub trait Work: Send + Sync {
    /// Agrees to a wording of a project's terms.
    async fn agree(&self, worker: &Worker, project: i64, version: i64) -> Answer<()>;
    /// Answers the definition question as it was shown after so many wrong answers.
    async fn answer_definition(
        &self,
        worker: &Worker,
        project: i64,
        wnid: &str,
        tries: i64,
        choice: Option<u32>,
    ) -> Answer<()>;
    /// Answers a page of practice.
    async fn answer_practice(
        &self,
        worker: &Worker,
        project: i64,
        wnid: &str,
        shown: Vec<i64>,
        yes: Vec<i64>,
    ) -> Answer<()>;
    /// The last page of practice that the worker answered, with what was right.
    async fn practice_feedback(&self, worker: &Worker, project: i64, wnid: &str) -> Answer<PracticeFeedback>;
    /// The worker's own page.
    async fn mine(&self, worker: &Worker) -> Answer<MyWork>;
    /// What comes before the first batch of a project.
    async fn entry(&self, admin: &Admin, project: i64) -> Answer<Entry>;
    /// Changes it; says whether there is a new wording that people must agree to.
    async fn change_entry(
        &self,
        admin: &Admin,
        project: i64,
        terms: &str,
        definition_questions: bool,
    ) -> Answer<bool>;
}

/// WordNet.
#[async_trait]
pub trait Ontology: Send + Sync {
    /// Synsets by word, prefix or wnid, best first, at most 50.
    async fn search(&self, query: &str) -> Answer<Vec<SynsetLine>>;
    /// A synset's page.
    async fn synset(&self, wnid: &str) -> Answer<SynsetPage>;
    /// The tree, from its usual starting points or from a synset. Marks a project's synsets: for those who may watch projects.
    async fn tree(&self, query: &TreeQuery) -> Answer<TreePage>;
}

/// What managers see and admins set.
#[async_trait]
pub trait Projects: Send + Sync {
    /// Every project.
    async fn list(&self, manager: &Manager) -> Answer<Vec<ProjectLine>>;
    /// How far a project is, and a page of its table.
    async fn board(&self, manager: &Manager, project: i64, asked: &TableRequest) -> Answer<Board>;
    /// The tree over a project's synsets, at a node or where it begins to branch.
    async fn tree(&self, manager: &Manager, project: i64, at: Option<&str>) -> Answer<SubtreePage>;
    /// A synset of a project, with a version of its table, or the newest.
    async fn synset(
        &self,
        manager: &Manager,
        project: i64,
        wnid: &str,
        version: Option<i64>,
    ) -> Answer<SynsetDetail>;
    /// A page of a synset's gallery.
    async fn gallery(
        &self,
        manager: &Manager,
        project: i64,
        wnid: &str,
        shown: (GalleryKind, GallerySort),
        after: Option<&str>,
    ) -> Answer<Gallery>;
    /// An image of a synset, with its neighbours in a gallery; without a kind, in the one in which it stands.
    async fn image(
        &self,
        manager: &Manager,
        project: i64,
        wnid: &str,
        candidate: i64,
        shown: (Option<GalleryKind>, GallerySort),
    ) -> Answer<ImageDetail>;
    /// What a synset, a subtree or a project has to show for its precision.
    async fn certificate(&self, manager: &Manager, project: i64, scope: &Scope) -> Answer<Certificate>;
    /// A new project's id.
    async fn create(&self, admin: &Admin, name: &str) -> Answer<i64>;
    /// Changes a project's settings.
    async fn change_settings(&self, admin: &Admin, project: i64, settings: SettingsForm) -> Answer<()>;
    /// Says what a vote costs.
    async fn set_price(&self, admin: &Admin, project: i64, price: &str, currency: &str) -> Answer<()>;
    /// Changes a synset's own settings.
    async fn change_overrides(
        &self,
        admin: &Admin,
        project: i64,
        wnid: &str,
        settings: SettingsForm,
    ) -> Answer<()>;
    /// Says when a synset's turn is.
    async fn set_turn(&self, manager: &Manager, project: i64, wnid: &str, turn: Turn) -> Answer<()>;
    /// Pauses or resumes a synset.
    async fn pause(&self, admin: &Admin, project: i64, wnid: &str, paused: bool) -> Answer<()>;
}

/// How good workers are, and whose votes count.
#[async_trait]
pub trait Workers: Send + Sync {
    /// A page of a project's workers.
    async fn page(&self, manager: &Manager, project: i64, request: &WorkersRequest) -> Answer<WorkersPage>;
    /// A worker in a project.
    async fn worker(&self, manager: &Manager, project: i64, account: i64) -> Answer<WorkerPage>;
    /// What excluding or restoring the worker would change.
    async fn preview(
        &self,
        manager: &Manager,
        project: i64,
        account: i64,
        excluded: bool,
    ) -> Answer<ExclusionPreview>;
    /// Excludes or restores the worker, if it still changes about what the preview said.
    async fn decide(
        &self,
        manager: &Manager,
        project: i64,
        account: i64,
        excluded: bool,
        reason: &str,
        seen: SeenPreview,
    ) -> Answer<()>;
}

/// What the crowd can't decide.
#[async_trait]
pub trait Experts: Send + Sync {
    /// What waits, in one project or in all.
    async fn queue(&self, expert: &Expert, project: Option<i64>) -> Answer<Queue>;
    /// The case at a place of the queue, or the one of this candidate.
    async fn review(&self, expert: &Expert, place: &Place, case: Option<i64>) -> Answer<ReviewPage>;
    /// Records the expert's word, unless somebody has said otherwise since label `seen`.
    async fn decide(&self, expert: &Expert, candidate: i64, answer: ExpertAnswer, seen: i64) -> Answer<()>;
    /// A settled image to check without knowing the verdict, after so many that were skipped.
    async fn audits(&self, expert: &Expert, project: i64, skipped: u32) -> Answer<AuditPage>;
    /// An image of an initial sample to label without knowing its votes, after so many that were skipped.
    async fn anchors(&self, expert: &Expert, project: i64, skipped: u32) -> Answer<AuditPage>;
    /// Records what the expert says of such an image.
    async fn audit(&self, expert: &Expert, candidate: i64, shows: bool) -> Answer<()>;
}

/// Seeding synsets.
#[async_trait]
pub trait Seeding: Send + Sync {
    /// What seeding would do, a tree to choose from, and what was seeded before.
    async fn page(
        &self,
        admin: &Admin,
        project: i64,
        request: &SeedRequest,
        open: &[String],
    ) -> Answer<SeedPage>;
    /// Seeds, and says how many are new.
    async fn seed(&self, admin: &Admin, project: i64, request: &SeedRequest) -> Answer<u32>;
    /// Takes a seeding's synsets without images out again, and says how many.
    async fn undo(&self, admin: &Admin, project: i64, seeding: i64) -> Answer<u32>;
}

/// Where the files of an import come from, as it was entered; what is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The page or file they were found at.
    pub source_url: String,
    /// An SPDX identifier or the licence's address.
    pub licence: String,
    /// The line to print beside the picture.
    pub attribution: String,
    /// Who made it.
    pub creator: String,
    /// The search that found them, in words: query, language, engine.
    pub found_by: String,
}

/// Bringing photographs in, and reviewing near duplicates. (The files themselves come by HTTP routes: they are streams.)
#[async_trait]
pub trait Importing: Send + Sync {
    /// What the form of an import shows.
    async fn form(&self, admin: &Admin, project: i64) -> Answer<ImportForm>;
    /// An import's progress, and a page of its files after a place.
    async fn page(
        &self,
        admin: &Admin,
        import: i64,
        shown: FileFilter,
        after: Option<i64>,
    ) -> Answer<ImportPage>;
    /// Opens an import for files that come one by one; returns its id.
    async fn open(&self, admin: &Admin, project: i64, wnid: &str, from: &Origin) -> Answer<i64>;
    /// Which files have not come yet.
    async fn missing(&self, admin: &Admin, import: i64, files: &[FileKey]) -> Answer<Vec<u32>>;
    /// Notes files that were not sent.
    async fn leave_out(&self, admin: &Admin, import: i64, files: Vec<LeftOut>) -> Answer<()>;
    /// Begins with the files that came.
    async fn finish(&self, admin: &Admin, import: i64) -> Answer<()>;
    /// Stops an import.
    async fn cancel(&self, admin: &Admin, import: i64) -> Answer<()>;
    /// Goes on with an import that stopped.
    async fn resume(&self, admin: &Admin, import: i64) -> Answer<()>;
    /// A page of pairs of a synset that are near duplicates, or nearly.
    async fn duplicates(
        &self,
        admin: &Admin,
        project: i64,
        wnid: &str,
        shown: PairFilter,
        after: Option<&str>,
    ) -> Answer<DuplicatesPage>;
    /// Says what a pair is; returns what came of it in a sentence.
    async fn review(&self, admin: &Admin, left: i64, right: i64, decision: Decision) -> Answer<String>;
}

/// Settings before they are saved.
#[async_trait]
pub trait Tuning: Send + Sync {
    /// A project's settings, what is wrong with what is typed, and what it would cost.
    async fn of_project(
        &self,
        admin: &Admin,
        project: i64,
        typed: Option<SettingsForm>,
    ) -> Answer<SettingsPage>;
    /// The same for a synset's own settings.
    async fn of_synset(
        &self,
        admin: &Admin,
        project: i64,
        wnid: &str,
        typed: Option<SettingsForm>,
    ) -> Answer<SettingsPage>;
    /// A project's recorded votes under other settings, or under those in force.
    async fn replay(
        &self,
        manager: &Manager,
        project: i64,
        typed: Option<SettingsForm>,
    ) -> Answer<ReplayPage>;
    /// What is to be expected of a project, or of one of its synsets, at other targets; an empty target: at the one that is set.
    async fn forecast(
        &self,
        manager: &Manager,
        project: i64,
        synset: Option<&str>,
        target: &str,
    ) -> Answer<ForecastPage>;
    /// Says from how many votes on nobody is asked any more; an empty number: as long as something is open.
    async fn set_budget(&self, admin: &Admin, project: i64, votes: &str) -> Answer<()>;
    /// Says whether a verdict on an image counts in the synsets above and below, too.
    async fn pass_verdicts(&self, admin: &Admin, project: i64, passes: bool) -> Answer<()>;
    /// Says how many people who came together may be asked about the same image; an empty number: any.
    async fn set_cohort_limit(&self, admin: &Admin, project: i64, people: &str) -> Answer<()>;
}

/// Accounts and the ways in.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Checks name and password and opens a session.
    async fn sign_in(&self, door: &dyn Door, name: &str, password: String) -> Answer<()>;
    /// Ends every session of the account.
    async fn sign_out_everywhere(&self, door: &dyn Door, worker: &Worker) -> Answer<()>;
    /// Changes the password; other sessions end.
    async fn change_password(
        &self,
        door: &dyn Door,
        worker: &Worker,
        present: String,
        new: String,
    ) -> Answer<()>;
    /// May anybody sign up as a worker?
    async fn sign_up_is_open(&self) -> Answer<bool>;
    /// Makes a worker and signs in.
    async fn sign_up(&self, door: &dyn Door, name: &str, password: String) -> Answer<()>;
    /// What an invitation offers.
    async fn offer(&self, token: &str) -> Answer<Offer>;
    /// Makes the invited account and signs in.
    async fn accept_invitation(
        &self,
        door: &dyn Door,
        token: &str,
        name: &str,
        password: String,
    ) -> Answer<()>;
    /// The admin's page.
    async fn page(&self, admin: &Admin, after: Option<&str>) -> Answer<AccountsPage>;
    /// A new invitation's link.
    async fn invite(&self, admin: &Admin, role: &str, days: u32) -> Answer<String>;
    /// Takes an invitation back.
    async fn withdraw_invitation(&self, admin: &Admin, invitation: i64) -> Answer<()>;
    /// Changes role and state of an account.
    async fn change_account(&self, admin: &Admin, account: i64, role: &str, disabled: bool) -> Answer<()>;
    /// Opens or closes sign-up.
    async fn set_open_sign_up(&self, admin: &Admin, open: bool) -> Answer<()>;
}

/// The visitor's session, as far as screens and accounts touch it. It is never written while voting.
#[async_trait]
pub trait Door: Send + Sync {
    /// Who is signed in, if anybody.
    fn account(&self) -> Option<Account>;
    /// The visitor's network address, for rate limits.
    fn address(&self) -> std::net::IpAddr;
    /// Opens a session under a new id.
    async fn sign_in(&self, account: &Account) -> Answer<()>;
    /// Ends the session.
    async fn sign_out(&self) -> Answer<()>;
    /// Leaves a sentence for the next page.
    async fn leave_notice(&self, notice: &str) -> Answer<()>;
    /// Takes the sentence that was left, if any.
    async fn take_notice(&self) -> Answer<Option<String>>;
}
