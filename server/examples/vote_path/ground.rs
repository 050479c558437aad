//! A database with projects, people and as many candidates as are wanted, filled by a few large statements.
//!
//! Every synset leans on the same confidence table, which a small crowd has taught through the service. Synsets share one pool of images,
//! as candidates of different synsets may.

use crate::database::{Database, Direct, Engine};
use crate::options::Options;
use crate::people::{GOOD, label_all};
use app::viewer::{Account, Worker};
use domain::roles::Role;
use domain::wnid::Wnid;
use domain::wordnet::Synset;
use server::service::labeling::LabelingService;
use server::service::settings;
use server::world::World;
use sha2::{Digest as _, Sha256};
use std::ops::Range;
use std::path::PathBuf;
use store::projects::ProjectSettings;

/// Candidates of a synset, unless a project says otherwise.
pub const EACH: i64 = 10_000;
/// Multiplied with this prime, numbers below [`EACH`] are in another order, which stands for the random one of serving.
pub const SCATTER: i64 = 7_919;
/// Old votes in a submission.
const OLD_BATCH: i64 = 100;
/// People whose votes are old.
const OLD_PEOPLE: i64 = 100;
/// Images of the synset that teaches the table.
const SAMPLE: i64 = 60;
/// Its voters.
const TEACHERS: usize = 14;
/// What a table holds, without its key and its synset.
const CALIBRATION: &str = "version, through_submission_id, through_exclusion_id, through_expert_label_id, through_trust_id, method, images,
    anchored, prevalence, good_yes_rate, good_concentration, bad_yes_rate, bad_concentration, near_miss_share, target_precision, threshold,
    rejection, votes_cap, initial_votes, difficulty, created_at";

/// A project that is wanted.
#[derive(Clone, Copy)]
pub struct Planned {
    /// Tiles of a batch.
    pub batch: i64,
    /// Its synsets.
    pub synsets: i64,
    /// Candidates of each.
    pub each: i64,
    /// What has been done in it.
    pub state: State,
}

/// What has been done in a project.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Initial samples are drawn.
    Sampling,
    /// There are tables.
    Labelling,
    /// There are tables, and a vote on each candidate.
    Voted,
}

impl Planned {
    /// With synsets as large as usual, and tables.
    pub fn labelling(batch: i64, synsets: i64) -> Self {
        Self { batch, synsets, each: EACH, state: State::Labelling }
    }
}

/// A project that is there.
pub struct Project {
    /// Its id.
    pub id: i64,
    /// Its synsets' ids.
    pub synsets: Range<i64>,
    /// Its candidates' ids.
    pub candidates: Range<i64>,
}

/// What a measurement stands on.
pub struct Ground {
    /// The database.
    pub database: Database,
    /// The world around it.
    pub world: World,
    /// Those who label.
    pub people: Vec<Worker>,
    /// The projects, in the order of the plan.
    pub projects: Vec<Project>,
    /// An assignment that submissions of controls can name.
    pub assignment: i64,
}

impl Ground {
    /// Makes a database of this name and fills it.
    pub async fn lay(engine: Engine, options: &Options, name: &str, people: usize, plan: &[Planned]) -> Self {
        let database = Database::create(engine, options, name).await;
        let world = database.open().await;
        let most = plan.iter().map(|planned| planned.synsets).max().unwrap_or(1);
        wordnet(&world, u32::try_from(most).unwrap()).await;
        let people = accounts(&world, "person", people).await;
        let teachers = accounts(&world, "teacher", TEACHERS).await;
        let old = accounts(&world, "early", usize::try_from(OLD_PEOPLE).unwrap()).await;
        let model = Planned { batch: 48, synsets: 1, each: SAMPLE, state: State::Sampling };
        let taught = project(&world, &model).await;
        let mut ids = Vec::new();
        for planned in plan {
            ids.push(project(&world, planned).await);
        }
        world.store.close().await.unwrap();

        let mut filler = Filler::begin(&database, old[0].id()).await;
        filler.fill(taught, &model).await;
        filler.end().await;
        let world = database.open().await;
        label_all(&LabelingService::new(world.clone()), &teachers, taught).await;
        world.store.close().await.unwrap();

        let mut filler = Filler::begin(&database, old[0].id()).await;
        let mut projects = Vec::new();
        for (planned, id) in plan.iter().zip(ids) {
            projects.push(filler.fill(id, planned).await);
        }
        let assignment = filler.end().await;
        let world = database.open().await;
        Self { database, world, people, projects, assignment }
    }

    /// The service that is measured. What it knows of leases is its own: there must be one at a time.
    pub fn service(&self) -> LabelingService {
        LabelingService::new(self.world.clone())
    }

    /// PostgreSQL counts its rows, as it does every minute by itself: a new database's plans are for tables with nothing in them.
    pub async fn count_rows(&self) {
        if self.database.engine == Engine::Postgres {
            self.database.direct().await.run("analyze").await;
        }
    }

    /// Removes it.
    pub async fn clear(self) {
        self.world.store.close().await.unwrap();
        self.database.remove().await;
    }

    /// Ids of accounts.
    pub fn accounts(&self) -> Vec<i64> {
        self.people.iter().map(Worker::id).collect()
    }
}

/// A hierarchy of a root and so many children.
async fn wordnet(world: &World, children: u32) {
    let synset = |offset: u32| Synset {
        wnid: Wnid::from_offset(offset).unwrap(),
        words: vec![format!("thing {offset}")],
        definition: format!("what is called thing {offset}"),
        examples: Vec::new(),
        lexicographer_file: 5,
        hypernyms: (offset > 1).then(|| Wnid::from_offset(1).unwrap()).into_iter().collect(),
        instance_hypernyms: Vec::new(),
    };
    let synsets: Vec<Synset> = (1..=children + 1).map(synset).collect();
    let mut tx = world.store.begin().await.unwrap();
    tx.replace_ontology(&synsets).await.unwrap();
    tx.commit().await.unwrap();
}

/// Accounts whose password opens nothing: services are called directly.
async fn accounts(world: &World, name: &str, number: usize) -> Vec<Worker> {
    let mut tx = world.store.begin().await.unwrap();
    let mut people = Vec::with_capacity(number);
    for place in 0..number {
        let name = format!("{name}-{place}");
        let id = tx.insert_account(&name, Role::Worker, "none", world.now()).await.unwrap();
        people.push(Worker::of(Account { id, name, role: Role::Worker }).unwrap());
    }
    tx.commit().await.unwrap();
    people
}

/// A project with the usual settings in which nobody is asked about definitions, and its synsets.
async fn project(world: &World, planned: &Planned) -> i64 {
    let usual = settings::usual();
    let settings = ProjectSettings { batch_size: planned.batch, initial_sample: SAMPLE, ..usual };
    let wnids: Vec<Wnid> = (2..)
        .take(usize::try_from(planned.synsets).unwrap())
        .map(|offset| Wnid::from_offset(offset).unwrap())
        .collect();
    let mut tx = world.store.begin().await.unwrap();
    let name = format!("Project {}", hex::encode(world.chance.seed().to_be_bytes()));
    let id = tx.insert_project(&name, &settings, world.now()).await.unwrap();
    tx.set_definition_questions(id, false).await.unwrap();
    tx.seed_synsets(id, &wnids, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Fills a database that nothing else has open.
struct Filler {
    direct: Direct,
    /// SQLite's.
    file: PathBuf,
    /// First of the accounts whose votes are old.
    old: i64,
    /// Statements that make the indexes again.
    indexes: Vec<String>,
}

impl Filler {
    async fn begin(database: &Database, old: i64) -> Self {
        let mut direct = database.direct().await;
        if direct.engine() == Engine::Sqlite {
            // A crash would cost a database that can be made again. As the log is not used, nothing is written twice.
            direct.run("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -1000000; pragma temp_store = memory").await;
        }
        let mut this = Self { direct, file: database.file(), old, indexes: Vec::new() };
        this.take_indexes_away().await;
        this.images().await;
        this
    }

    /// Indexes are faster made of all rows at once.
    async fn take_indexes_away(&mut self) {
        let (names, made) = match self.direct.engine() {
            Engine::Sqlite => (
                "select name from sqlite_master where type = 'index' and sql is not null and tbl_name in ('candidate', 'vote') order by name",
                "select sql from sqlite_master where type = 'index' and sql is not null and tbl_name in ('candidate', 'vote') order by name",
            ),
            Engine::Postgres => (
                "select indexname::text from pg_indexes where indexdef like 'CREATE INDEX%' and tablename in ('candidate', 'vote')",
                "select indexdef from pg_indexes where indexdef like 'CREATE INDEX%' and tablename in ('candidate', 'vote')",
            ),
        };
        self.indexes = self.direct.texts(made).await;
        for name in self.direct.texts(names).await {
            self.direct.run(&format!("drop index {name}")).await;
        }
    }

    /// The pool of images, numbered.
    async fn images(&mut self) {
        let rows: Vec<String> = (0..EACH)
            .map(|number| format!("({number}, '{}')", hex::encode(Sha256::digest(number.to_string()))))
            .collect();
        self.direct.run("create table pool (number bigint primary key, sha256 text not null)").await;
        self.direct.run(&format!("insert into pool (number, sha256) values {}", rows.join(","))).await;
        self.direct
            .run(
                "insert into image (sha256, width, height, bytes, format, phash, phash_version, created_at)
                 select sha256, 640, 480, 50000, 'jpeg', number, 1, 0 from pool where true on conflict (sha256) do nothing",
            )
            .await;
    }

    /// A project's candidates and what was done with them. Keys are given here, so that the votes' are known without reading.
    async fn fill(&mut self, project: i64, planned: &Planned) -> Project {
        let Planned { synsets, each, state, .. } = *planned;
        let of_project = format!("from project_synset where project_id = {project}");
        let first = self.direct.number(&format!("select min(project_synset_id) {of_project}")).await;
        let last = self.direct.number(&format!("select max(project_synset_id) {of_project}")).await;
        assert_eq!(last - first + 1, synsets, "synsets that are seeded together have ids in a row");
        let candidate = 1 + self.direct.number("select coalesce(max(candidate_id), 0) from candidate").await;
        let candidates = candidate..candidate + synsets * each;
        let known = i64::from(state == State::Voted);
        let id = format!("{candidate} + (s.project_synset_id - {first}) * {each} + p.number");
        self.direct
            .run(&format!(
                "insert into candidate (candidate_id, project_synset_id, sha256, serving_rank, yes, no, file_name, created_at)
                 select {id}, s.project_synset_id, p.sha256, (p.number * {SCATTER}) % {each},
                        case when ({id}) % {GOOD} = 0 then {known} else 0 end, case when ({id}) % {GOOD} = 0 then 0 else {known} end,
                        'image.jpg', 0
                 from project_synset s cross join pool p where s.project_id = {project} and p.number < {each}
                 order by s.project_synset_id, p.number"
            ))
            .await;
        if state == State::Voted {
            self.votes(project, first, candidates.clone(), each).await;
        }
        let votes = known * each;
        match state {
            State::Sampling => self.sample(project, each).await,
            State::Labelling | State::Voted => self.tables(project, votes, each).await,
        }
        Project { id: project, synsets: first..last + 1, candidates }
    }

    /// A vote on each candidate, each synset's by another person, in submissions.
    async fn votes(&mut self, project: i64, first: i64, candidates: Range<i64>, each: i64) {
        let (old, from) = (self.old, candidates.start);
        let submission =
            1 + self.direct.number("select coalesce(max(submission_id), 0) from submission").await;
        let in_synset = each / OLD_BATCH;
        let place = format!("(s.project_synset_id - {first}) * {in_synset} + p.number");
        self.direct
            .run(&format!(
                "insert into submission (submission_id, account_id, submission_key, body_hash, assignment_id, recorded, submitted_at)
                 select {submission} + {place}, {old} + (s.project_synset_id - {first}) % {OLD_PEOPLE}, 'early-{project}-' || ({place}), 'early',
                        (select min(assignment_id) from assignment), {OLD_BATCH}, 0
                 from project_synset s cross join pool p where s.project_id = {project} and p.number < {in_synset}
                 order by s.project_synset_id, p.number"
            ))
            .await;
        self.direct
            .run(&format!(
                "insert into vote (candidate_id, account_id, answer, submission_id, voted_at)
                 select candidate_id, {old} + (candidate_id - {from}) / {each} % {OLD_PEOPLE}, case when yes = 1 then 'yes' else 'no' end,
                        {submission} + (candidate_id - {from}) / {OLD_BATCH}, 0
                 from candidate where candidate_id >= {from} order by candidate_id"
            ))
            .await;
    }

    async fn sample(&mut self, project: i64, each: i64) {
        self.direct
            .run(&format!(
                "update candidate set in_initial_sample = true where serving_rank < {SAMPLE} and project_synset_id in
                     (select project_synset_id from project_synset where project_id = {project});
                 update project_synset set state = 'calibrating', sample_seed = 1, candidates = {each} where project_id = {project}"
            ))
            .await;
    }

    /// Gives every synset the table that the teachers have taught.
    async fn tables(&mut self, project: i64, votes: i64, each: i64) {
        let copied: Vec<String> =
            CALIBRATION.split(',').map(|column| format!("k.{}", column.trim())).collect();
        let copied = copied.join(", ");
        self.direct
            .run(&format!(
                "insert into calibration (project_synset_id, {CALIBRATION})
                 select s.project_synset_id, {copied} from project_synset s
                 cross join (select * from calibration order by calibration_id limit 1) k where s.project_id = {project};
                 update project_synset set state = 'labelling', sample_seed = 1, candidates = {each}, votes = {votes}, calibration_id =
                     (select k.calibration_id from calibration k where k.project_synset_id = project_synset.project_synset_id)
                 where project_id = {project}"
            ))
            .await;
    }

    /// Puts everything in order for the program; returns an assignment, if there is one.
    async fn end(mut self) -> i64 {
        for sql in std::mem::take(&mut self.indexes) {
            self.direct.run(&sql).await;
        }
        self.direct.run("drop table pool").await;
        match self.direct.engine() {
            Engine::Sqlite => {
                self.direct.run("pragma synchronous = full; pragma journal_mode = wal").await;
                // What was filled must not be on its way to the disk while others wait for their syncs.
                std::fs::File::open(&self.file).unwrap().sync_all().unwrap();
            }
            Engine::Postgres => {
                for table in ["candidate", "submission"] {
                    let most = format!("(select coalesce(max({table}_id), 0) + 1 from {table})");
                    let sql = format!(
                        "select setval(pg_get_serial_sequence('{table}', '{table}_id'), {most}, false)"
                    );
                    self.direct.number(&sql).await;
                }
                self.direct.run("vacuum analyze").await;
                self.direct.run("checkpoint").await;
            }
        }
        self.direct.number("select coalesce(min(assignment_id), 0) from assignment").await
    }
}
