//! Which candidates a worker is handed next, and which known images stand among them.

use super::{LabelingService, Leased};
use crate::service::judging::Bench;
use crate::service::{Outcome, preface};
use app::api::labeling::EXAMPLES;
use app::viewer::ScreenSize;
use domain::gold::gold_tiles;
use domain::sampling;
use store::Tx;
use store::labeling::LeasableRow;

/// What a page is expected to take, for each tile.
const MS_PER_TILE: i64 = 3_000;
/// How long after that a lease lives.
const LEASE_SLACK_MS: i64 = 5 * 60 * 1_000;
/// Candidates that are looked at in one query while a batch is put together.
const LEASABLE_PAGE: i64 = 256;

impl LabelingService {
    /// Leases the worker a batch of the project's synset that can use a worker most, unless something comes first there.
    pub(super) async fn lease_batch(
        &self,
        tx: &mut Tx,
        worker: i64,
        project: i64,
        screen: ScreenSize,
    ) -> Outcome<Leased> {
        let now = self.world.now();
        let Some((bench, mut chosen)) = self.useful(tx, worker, project, screen, now).await? else {
            return Ok(Leased::Nothing);
        };
        let ontology = self.world.ontology.get();
        if let Some(first) = preface::before_synset(tx, &ontology, worker, &bench.synset, now).await? {
            return Ok(Leased::First(first));
        }
        self.mix_gold(tx, &bench, worker, &mut chosen, now).await?;
        // The order on the screen says nothing about the order of serving.
        chosen = sampling::order(self.world.chance.seed(), chosen.len())
            .into_iter()
            .filter_map(|i| chosen.get(i).copied())
            .collect();
        let tiles = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
        let expires_at = now + tiles * MS_PER_TILE + LEASE_SLACK_MS;
        let id =
            tx.insert_assignment(worker, bench.synset.project_synset_id, now, expires_at, &chosen).await?;
        Ok(tx.assignment(id, worker).await?.map_or(Leased::Nothing, Leased::Batch))
    }

    /// The first of the project's active synsets with candidates for this worker, locked, and those candidates.
    async fn useful(
        &self,
        tx: &mut Tx,
        worker: i64,
        project: i64,
        screen: ScreenSize,
        now: i64,
    ) -> Outcome<Option<(Bench, Vec<i64>)>> {
        if tx.is_budget_spent(project).await? {
            return Ok(None);
        }
        for active in tx.active_synsets(project, worker, now).await? {
            let bench = Bench::lock(tx, &self.tables, active.project_synset_id).await?;
            let wanted = match screen {
                ScreenSize::Small => bench.settings.batch_size_phone,
                ScreenSize::Large => bench.settings.batch_size,
            };
            let wanted = usize::try_from(wanted).unwrap_or(1);
            let chosen = self.choose(tx, &bench, worker, wanted, now).await?;
            if !chosen.is_empty() {
                return Ok(Some((bench, chosen)));
            }
        }
        Ok(None)
    }

    /// What comes first, if anything does, without handing out a batch: a submission that is sent again gets no new one.
    pub(super) async fn first_of_all(
        &self,
        tx: &mut Tx,
        worker: i64,
        project: i64,
        screen: ScreenSize,
    ) -> Outcome<Leased> {
        if let Some(first) = preface::before_project(tx, worker, project).await? {
            return Ok(Leased::First(first));
        }
        let now = self.world.now();
        let Some((bench, _)) = self.useful(tx, worker, project, screen, now).await? else {
            return Ok(Leased::Nothing);
        };
        let ontology = self.world.ontology.get();
        let first = preface::before_synset(tx, &ontology, worker, &bench.synset, now).await?;
        Ok(first.map_or(Leased::Nothing, Leased::First))
    }

    /// Up to `wanted` candidates that can use one more vote than is already under way.
    async fn choose(
        &self,
        tx: &mut Tx,
        bench: &Bench,
        worker: i64,
        wanted: usize,
        now: i64,
    ) -> Outcome<Vec<i64>> {
        let sample_only = bench.table.is_none();
        let can_use_a_vote = |row: &&LeasableRow| {
            i64::from(bench.need(row.known.facts(), row.in_initial_sample)) > row.live_leases
        };
        let cohort = tx.cohort_held(bench.synset.project_id, worker).await?;
        let (mut chosen, mut after) = (Vec::new(), None);
        while chosen.len() < wanted {
            let id = bench.synset.project_synset_id;
            let page = tx.leasable(id, worker, sample_only, after, LEASABLE_PAGE, now).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.serving_rank, last.candidate_id));
            let mut useful: Vec<i64> =
                page.iter().filter(can_use_a_vote).map(|row| row.candidate_id).collect();
            if let Some((cohort, limit)) = cohort {
                let crowded = tx.crowded(&useful, cohort, limit, now).await?;
                useful.retain(|candidate| crowded.binary_search(candidate).is_err());
            }
            chosen.extend(useful.into_iter().take(wanted - chosen.len()));
        }
        Ok(chosen)
    }

    /// Puts images that an expert has labelled in the place of some, where what workers say of them is weighed.
    async fn mix_gold(
        &self,
        tx: &mut Tx,
        bench: &Bench,
        worker: i64,
        chosen: &mut Vec<i64>,
        now: i64,
    ) -> Outcome<()> {
        if !bench.settings.method.weighs_votes() {
            return Ok(());
        }
        let shown = i64::try_from(EXAMPLES).unwrap_or(i64::MAX);
        let known = tx.gold_to_mix(worker, bench.synset.project_synset_id, shown, now).await?;
        let of = |kind: bool| {
            known.iter().filter(|(_, shows)| *shows == kind).map(|(id, _)| *id).collect::<Vec<_>>()
        };
        let gold = gold_tiles(self.world.chance.seed(), chosen.len(), &of(true), &of(false));
        chosen.truncate(chosen.len().saturating_sub(gold.len()));
        chosen.extend(gold);
        Ok(())
    }
}
