//! Votes a second, and what people wait for, beside what other ways of recording votes reach on the same database.

use crate::controls::pgbench::Pgbench;
use crate::controls::raw::Raw;
use crate::controls::rows::{Person, Rows};
use crate::database::{Database, Engine};
use crate::ground::{EACH, Ground, Planned};
use crate::groups::Groups;
use crate::options::Options;
use crate::people::{Spell, Until, Waits, label};
use crate::report::{Bar, Figure, Report};
use crate::timing::quantile;
use server::service::labeling::LabelingService;
use std::time::Duration;

/// How many label at once.
const PEOPLE: [usize; 4] = [1, 8, 32, 128];
/// Tiles of their batches; the one that has bars first.
const BATCHES: [i64; 3] = [36, 1, 100];
/// The usual batch has bars; the others show how things grow.
const USUAL: i64 = 36;
const ROUNDS_OF_USUAL: usize = 3;
const ROUNDS_OF_OTHERS: usize = 2;
/// Before the first round: statements are prepared, synsets loaded.
const WARM_UP: f64 = 0.4;
/// Synsets of the controls: what they record no project of ours shall see.
const CONTROL_SYNSETS: i64 = 20;
/// What one person and all together can be expected to give at most, so that there is enough for everybody.
const VOTES_A_SECOND: (f64, f64) = (6_000.0, 120_000.0);
/// Votes that a candidate can take before it may be settled.
const VOTES_EACH: f64 = 2.5;

/// A number of people with batches of a size.
#[derive(Clone, Copy)]
struct Case {
    people: usize,
    batch: i64,
}

impl Case {
    fn rounds(self) -> usize {
        if self.batch == USUAL { ROUNDS_OF_USUAL } else { ROUNDS_OF_OTHERS }
    }

    fn warm_up(spell: Duration) -> Duration {
        spell.mul_f64(WARM_UP)
    }

    /// Candidates that it may use up.
    fn candidates(self, spell: Duration) -> f64 {
        let (one, all) = VOTES_A_SECOND;
        let rate = (one * self.people as f64 * (self.batch as f64 / USUAL as f64).min(1.5)).min(all);
        rate * spell.as_secs_f64() * (self.rounds() as f64 + WARM_UP) / VOTES_EACH
    }
}

/// Measures on both engines, where there are both.
pub async fn measure(options: &Options, report: &mut Report) {
    for engine in Engine::all(options) {
        for batch in BATCHES {
            let cases = PEOPLE.into_iter().map(|people| Case { people, batch });
            let wanted: Vec<Case> = cases
                .filter(|case| options.wants(&format!("{}-{}-{batch}", engine.section(), case.people)))
                .collect();
            if !wanted.is_empty() {
                measure_batch(engine, options, report, batch, &wanted).await;
            }
        }
    }
}

async fn measure_batch(engine: Engine, options: &Options, report: &mut Report, batch: i64, cases: &[Case]) {
    let candidates: f64 = cases.iter().map(|case| case.candidates(options.spell)).sum();
    let synsets = 2 + (candidates / EACH as f64) as i64;
    let plan = [
        Planned::labelling(batch, synsets),
        Planned::labelling(batch, CONTROL_SYNSETS),
        Planned::labelling(batch, CONTROL_SYNSETS),
    ];
    let most = cases.iter().map(|case| case.people).max().unwrap_or(1).max(32);
    let ground = Ground::lay(engine, options, &format!("votes_{batch}"), most, &plan).await;
    let (service, mut controls) = (ground.service(), Controls::open(&ground, options, batch).await);
    report.begin(format!("Votes: {engine}, batches of {batch}"));
    for case in cases {
        measure_case((&ground, &service), options, report, &mut controls, *case).await;
    }
    controls.close().await;
    drop(service);
    ground.clear().await;
}

/// What stands beside the service on one database.
struct Controls {
    rows: Rows,
    people: Vec<Person>,
    raw: Option<Raw>,
    pgbench: Option<(Pgbench, Database)>,
}

impl Controls {
    async fn open(ground: &Ground, options: &Options, batch: i64) -> Self {
        let rows =
            Rows::open(&ground.database, ground.projects[1].synsets.clone().collect(), ground.assignment)
                .await;
        let people = rows.people(&ground.accounts());
        let is_sqlite = ground.database.engine == Engine::Sqlite;
        let raw = (is_sqlite && batch == USUAL).then(|| {
            let candidates = ground.projects[2].candidates.clone();
            Raw::open(&ground.database.file(), candidates, ground.accounts(), ground.assignment)
        });
        let pgbench = match &options.pgbench {
            Some(program) if !is_sqlite && batch == USUAL => {
                let database = Database::create(Engine::Postgres, options, "pgbench").await;
                Some((Pgbench::prepare(program, &database.url), database))
            }
            _ => None,
        };
        Self { rows, people, raw, pgbench }
    }

    async fn close(self) {
        if let Some((_, database)) = self.pgbench {
            database.remove().await;
        }
    }
}

/// What the rounds of a case have given.
#[derive(Default)]
struct Rounds {
    ours: Vec<Spell>,
    rows: Vec<Spell>,
    raw: Vec<f64>,
    pgbench: Vec<f64>,
}

async fn measure_case(
    (ground, service): (&Ground, &LabelingService),
    options: &Options,
    report: &mut Report,
    controls: &mut Controls,
    case: Case,
) {
    let (people, project) = (&ground.people[..case.people], ground.projects[0].id);
    label(service, people, project, Until::For(Case::warm_up(options.spell))).await;
    ground.count_rows().await;
    let groups = Groups::of(&ground.world.meter);
    let mut rounds = Rounds::default();
    for _ in 0..case.rounds() {
        rounds.rows.push(
            controls.rows.measure(&mut controls.people[..case.people], case.batch, options.spell).await,
        );
        if let Some(raw) = controls.raw.as_mut().filter(|_| case.people >= 32) {
            rounds.raw.push(tokio::task::block_in_place(|| raw.measure(options.spell)));
        }
        if let Some((pgbench, _)) = controls.pgbench.as_ref().filter(|_| case.people == 32) {
            rounds.pgbench.push(tokio::task::block_in_place(|| pgbench.measure(options.spell)));
        }
        rounds.ours.push(label(service, people, project, Until::For(options.spell)).await);
    }
    let group = Groups::of(&ground.world.meter).mean_since(&groups);
    tell(report, ground.database.engine, case, &rounds, group);
}

fn tell(report: &mut Report, engine: Engine, case: Case, rounds: &Rounds, group: f64) {
    let Case { people, batch } = case;
    let who = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
    let what = format!("{engine}, {who}, batches of {batch}");
    let has_bars = batch == USUAL;
    let votes: Vec<f64> = rounds.ours.iter().map(Spell::votes_a_second).collect();
    let rows: Vec<f64> = rounds.rows.iter().map(Spell::votes_a_second).collect();
    let figure = Figure::beside(format!("votes, {what}"), &votes, "a second", "row by row", &rows);
    report.add(if has_bars && people == 32 { figure.bar(Bar::ratio_at_least(5.0)) } else { figure });
    if !rounds.raw.is_empty() {
        let figure = Figure::beside(
            format!("votes against the limit, {what}"),
            &votes,
            "a second",
            "raw rusqlite",
            &rounds.raw,
        );
        report.add(figure.bar(Bar::ratio_at_least(if people == 32 { 0.4 } else { 0.8 })));
    }
    if !rounds.pgbench.is_empty() {
        let batches: Vec<f64> = rounds.ours.iter().map(Spell::batches_a_second).collect();
        let figure =
            Figure::beside(format!("batches, {what}"), &batches, "a second", "pgbench", &rounds.pgbench);
        report.add(figure.bar(Bar::ratio_at_least(0.4)));
    }
    let of = |spells: &[Spell], times: Waits, share: f64| -> Vec<f64> {
        spells.iter().map(|spell| quantile(times(spell), share)).collect()
    };
    let kinds: [(&str, Waits); 3] = [
        ("submit", |spell| &spell.submits),
        ("fetch", |spell| &spell.fetches),
        ("turn", |spell| &spell.turns),
    ];
    for (name, times) in kinds {
        for (at, share) in [("p50", 0.5), ("p99", 0.99)] {
            let (ours, theirs) = (of(&rounds.ours, times, share), of(&rounds.rows, times, share));
            let figure = Figure::beside(format!("{name} {at}, {what}"), &ours, "ms", "row by row", &theirs);
            let has_bar = has_bars && people == 32 && (name, at) == ("fetch", "p99");
            report.add(if has_bar { figure.bar(Bar::at_most(20.0)) } else { figure });
        }
    }
    report.add(Figure::new(format!("writes that share a transaction, {what}"), group, "on average"));
}
