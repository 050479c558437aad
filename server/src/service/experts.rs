//! An expert's word on a candidate: it overrides every table, and where the image teaches one, the table is built again.

use super::judging::{Bench, Tables};
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::{missing, watching as say};
use crate::world::World;
use domain::consensus::{Judgement, Reason};
use store::Tx;
use store::candidates::CandidateRow;
use store::labeling::ExpertAnswer;

/// What an expert says of a candidate.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    /// The expert.
    pub by: i64,
    /// The candidate.
    pub candidate: i64,
    /// What it is; [`ExpertAnswer::Open`] takes back what was said.
    pub answer: ExpertAnswer,
    /// The word that counted when the expert looked.
    pub seen: Option<bool>,
    /// The expert did not know what the votes had made of it, so that the word audits them.
    pub blind: bool,
}

/// Records the word, and judges the candidate and whatever hangs on it, in one transaction; returns the judgement.
///
/// # Errors
/// An unknown candidate; a near duplicate; another expert has spoken in the meantime; the database.
pub async fn label(world: &World, label: Label) -> Outcome<Judgement> {
    let _writer = world.writer.lock().await;
    let mut tx = world.store.begin().await?;
    match record(world, &mut tx, label).await {
        Ok(judged) => {
            tx.commit().await?;
            Ok(judged)
        }
        Err(refused @ Failure::Refused(_)) => {
            tx.rollback().await?;
            Err(refused)
        }
        Err(failure) => Err(failure),
    }
}

async fn record(world: &World, tx: &mut Tx, label: Label) -> Outcome<Judgement> {
    let Label { by, candidate: id, answer, seen, blind } = label;
    let unknown = || Failure::not_found(missing::candidate(locale(), id.to_string()));
    let synset = tx.candidate(id).await?.ok_or_else(unknown)?.project_synset_id;
    let (now, tables) = (world.now(), Tables::default());
    let mut bench = Bench::lock(tx, &tables, synset).await?;
    let row = tx.candidate(id).await?.ok_or_else(unknown)?;
    if let Some(kept) = row.duplicate_of {
        return Err(Failure::invalid(say::near_duplicate(locale(), id.to_string(), kept.to_string())));
    }
    if row.known.expert != seen {
        let said = match row.known.expert {
            Some(true) => say::decided_yes(locale()),
            Some(false) => say::decided_no(locale()),
            None => say::decided_open(locale()),
        };
        return Err(Failure::conflict(said));
    }
    let said = tx.insert_expert_label(id, by, answer, now).await?;
    if blind && is_auditable(&row) {
        tx.insert_audit(said, id, row.verdict).await?;
    }
    if row.in_initial_sample && bench.table.is_some() {
        bench.calibrate(tx, &tables, now).await?;
    } else {
        // A word in sight of the votes is no audit, but it may take back or change one.
        bench.judge_audited(tx, &tables, id, now).await?;
    }
    let facts = domain::consensus::Facts { expert: answer.word(), ..row.known.facts() };
    Ok(facts.judge(bench.table.as_ref().map(|(_, table)| table.as_ref())))
}

/// Whether the votes have settled it, and it taught no table.
fn is_auditable(row: &CandidateRow) -> bool {
    let reason = row.reason.as_deref().and_then(Reason::parse);
    !row.in_initial_sample && reason.is_some_and(Reason::is_by_votes)
}
