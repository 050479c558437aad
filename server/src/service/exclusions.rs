//! Whether a worker's answers in a project count: what a change would do, and the change. Votes stay as they are.

use super::judging::{Bench, Tables};
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::{missing, watching as say};
use crate::world::World;
use domain::consensus::Verdict;
use domain::wnid::Wnid;
use store::Tx;
use store::labeling::{GivenRow, TallyChange};

/// Longest reason, in characters.
pub const MAX_REASON: usize = 1_000;

/// What an exclusion or restoration changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Answers that no longer count, or count again: votes and reports.
    pub answers: u64,
    /// Synsets in which the worker answered.
    pub synsets: u64,
    /// Confidence tables that are built again.
    pub tables: u64,
    /// Verdicts that change, by synset and candidate.
    pub verdicts: Vec<ChangedVerdict>,
}

/// A candidate whose verdict changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedVerdict {
    /// The candidate.
    pub candidate: i64,
    /// Its synset.
    pub wnid: Wnid,
    /// What it is now.
    pub before: Verdict,
    /// What it becomes.
    pub after: Verdict,
}

/// A decision to be made.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// Who decides.
    pub by: i64,
    /// In which project.
    pub project: i64,
    /// About whom.
    pub account: i64,
    /// Out, or in again.
    pub excluded: bool,
    /// Why, for the worker to read.
    pub reason: &'a str,
}

/// What a decision would change. Nothing is written.
///
/// # Errors
/// Unknown project or account; the worker is so already; the database.
pub async fn preview(world: &World, decision: Decision<'_>) -> Outcome<Effect> {
    let _writer = world.writer.lock().await;
    let mut tx = world.store.begin().await?;
    let effect = carry_out(world, &mut tx, decision).await;
    tx.rollback().await?;
    effect
}

/// Decides, recounts, builds tables again where the worker's votes taught them, and judges again, in one transaction.
///
/// # Errors
/// As [`preview`]; a reason that is empty or longer than [`MAX_REASON`].
pub async fn decide(world: &World, decision: Decision<'_>) -> Outcome<Effect> {
    let length = decision.reason.trim().chars().count();
    if !(1..=MAX_REASON).contains(&length) || decision.reason.contains('\0') {
        return Err(Failure::invalid(say::reason_length(locale(), length, MAX_REASON)));
    }
    let _writer = world.writer.lock().await;
    let mut tx = world.store.begin().await?;
    // All of them, before it is asked how things stand: at another server somebody may decide the same, or record an answer of the worker
    // in a synset that is new to them.
    tx.hold_synsets_of_project(decision.project).await?;
    match carry_out(world, &mut tx, decision).await {
        Ok(effect) => {
            tx.commit().await?;
            Ok(effect)
        }
        Err(refused @ Failure::Refused(_)) => {
            tx.rollback().await?;
            Err(refused)
        }
        Err(failure) => Err(failure),
    }
}

async fn carry_out(world: &World, tx: &mut Tx, decision: Decision<'_>) -> Outcome<Effect> {
    let Decision { by, project, account, excluded, reason } = decision;
    let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
    tx.project(project).await?.ok_or_else(unknown)?;
    let stranger = || Failure::not_found(missing::account(locale(), account.to_string()));
    tx.account(account).await?.ok_or_else(stranger)?;
    let is_excluded = tx.exclusion(project, account).await?.is_some_and(|newest| newest.excluded);
    if is_excluded == excluded {
        let already = if excluded { say::excluded_already(locale()) } else { say::counted_already(locale()) };
        return Err(Failure::conflict(already));
    }
    let (now, tables) = (world.now(), Tables::default());
    tx.insert_exclusion(project, account, excluded, reason.trim(), by, now).await?;
    let subject = format!("account {account} in project {project}");
    let action = if excluded { "exclude" } else { "restore" };
    tx.record_event(Some(by), action, &subject, reason.trim(), now).await?;
    let mut effect = Effect::default();
    for synset in tx.synsets_answered(project, account).await? {
        let mut bench = Bench::lock(tx, &tables, synset).await?;
        let given = tx.given_in_synset(account, synset).await?;
        recount(tx, &mut bench, &tables, &given, excluded, now).await?;
        effect.add(&bench, &given);
    }
    Ok(effect)
}

/// Takes a worker's answers out of a synset's tallies or puts them back, and judges what hangs on them.
async fn recount(
    tx: &mut Tx,
    bench: &mut Bench,
    tables: &Tables,
    given: &[GivenRow],
    excluded: bool,
    now: i64,
) -> Outcome<()> {
    let by = if excluded { -1 } else { 1 };
    let change = |row: &GivenRow| {
        let tally = TallyChange::of(row.candidate_id);
        let tally = row.answer.map_or(tally, |answer| tally.answer(answer, row.weights, by));
        row.report.map_or(tally, |_| tally.report(by))
    };
    tx.change_tallies(&given.iter().map(change).collect::<Vec<_>>()).await?;
    let touched: Vec<i64> = given.iter().map(|row| row.candidate_id).collect();
    let states = tx.candidate_states(&touched).await?;
    if bench.table.is_some() && states.iter().any(|state| state.in_initial_sample) {
        bench.calibrate(tx, tables, now).await
    } else {
        bench.judge(tx, tables, &touched, now).await
    }
}

impl Effect {
    fn add(&mut self, bench: &Bench, given: &[GivenRow]) {
        let answers =
            given.iter().map(|row| u64::from(row.answer.is_some()) + u64::from(row.report.is_some()));
        self.answers += answers.sum::<u64>();
        self.synsets += 1;
        self.tables += u64::from(bench.built);
        let wnid = bench.synset.wnid;
        self.verdicts.extend(bench.changed.iter().map(|&(candidate, before, after)| ChangedVerdict {
            candidate,
            wnid,
            before,
            after,
        }));
    }
}
