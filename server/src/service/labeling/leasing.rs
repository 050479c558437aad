//! Which candidates a worker is handed next, and which known images stand among them.

use super::group::Group;
use super::{LabelingService, Leased};
use crate::peers::Present;
use crate::service::Outcome;
use crate::service::preface::{self, Standing};
use app::api::ApiError;
use app::viewer::ScreenSize;
use domain::gold::gold_tiles;
use domain::sampling;
use std::cmp::Reverse;
use store::labeling::{ActiveSynset, AssignmentRow};
use store::projects::SynsetState;

/// What a page is expected to take, for each tile.
const MS_PER_TILE: i64 = 3_000;
/// How long after that a lease lives.
const LEASE_SLACK_MS: i64 = 5 * 60 * 1_000;
/// A page is leased ahead where there are so many pages' images for the worker: where few are left, others get them first.
const PAGES_AHEAD: usize = 4;
/// Synsets that are read from the database for one request, at most, while everybody waits: who has gone through nearly all of a large
/// project asks again, and goes on from there.
const MOST_READ: usize = 50;
/// Candidates of which so many are asked about by people of one cohort are looked for among so many at a time.
const COHORT_PAGE: usize = 256;

impl LabelingService {
    /// Leases the worker a batch of the project's synset that can use a worker most, unless something comes first there. It comes on the screen
    /// so many milliseconds later.
    pub(super) async fn lease_batch(
        &self,
        group: &mut Group,
        worker: i64,
        project: i64,
        screen: ScreenSize,
        later: i64,
    ) -> Outcome<Leased> {
        let Some((synset, mut chosen)) = self.useful(group, worker, project, screen).await? else {
            return Ok(Leased::Nothing);
        };
        if let Some(first) = self.before_synset(group, worker, synset).await? {
            return Ok(Leased::First(first));
        }
        self.mix_gold(group, synset, worker, &mut chosen).await?;
        // The order on the screen says nothing about the order of serving.
        chosen = sampling::order(self.world.chance.seed(), chosen.len())
            .into_iter()
            .filter_map(|i| chosen.get(i).copied())
            .collect();
        let tiles = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
        let assignment = AssignmentRow {
            assignment_id: group.assignment_id().await?,
            account_id: worker,
            project_synset_id: synset,
            assigned_at: group.now,
            expires_at: group.now + later + tiles * MS_PER_TILE + LEASE_SLACK_MS,
            submitted_at: None,
            candidates: store::Ids(chosen.clone()),
        };
        let (_, desk) = group.desk(synset).await?;
        desk.scheduler.hold(assignment.assignment_id, worker, chosen, assignment.expires_at);
        group.hand_out(project, assignment.clone());
        Ok(Leased::Batch(assignment))
    }

    /// Leases the page that the worker will fetch while the next one is on the screen: it need not be written then, see
    /// [`LabelingService::ready`]. Why there is none, if there is none, is said when it is fetched.
    pub(super) async fn lease_ahead(
        &self,
        group: &mut Group,
        worker: i64,
        project: i64,
        next: &Leased,
        screen: ScreenSize,
    ) -> Outcome<()> {
        let Leased::Batch(next) = next else { return Ok(()) };
        let (id, synset) = (next.assignment_id, next.project_synset_id);
        if group.open_assignment(worker, project, Some(id)).await?.is_some()
            || !group.try_hold(synset).await?
        {
            return Ok(());
        }
        let many = PAGES_AHEAD * next.candidates.0.len();
        if group.desk(synset).await?.1.scheduler.useful_to(worker).nth(many).is_none() {
            return Ok(());
        }
        let (tiles, now) = (i64::try_from(next.candidates.0.len()).unwrap_or(i64::MAX), group.now);
        let later = (next.expires_at - LEASE_SLACK_MS - now).clamp(0, tiles.saturating_mul(MS_PER_TILE));
        self.lease_batch(group, worker, project, screen, later).await.map(drop)
    }

    /// The first of the project's active synsets with candidates for this worker, locked, and those candidates.
    async fn useful(
        &self,
        group: &mut Group,
        worker: i64,
        project: i64,
        screen: ScreenSize,
    ) -> Outcome<Option<(i64, Vec<i64>)>> {
        if group.project(project).await?.votes_left == Some(0) {
            return Ok(None);
        }
        // Nearly always the worker stays, and nothing has to be sorted.
        if let Some(stays) = where_to_stay(group, worker, project).await?
            && group.try_hold(stays).await?
        {
            let chosen = self.choose(group, stays, worker, screen).await?;
            if !chosen.is_empty() {
                return Ok(Some((stays, chosen)));
            }
        }
        let (mut busy, mut unread) = (None, 0);
        for active in in_order(group, worker, project).await? {
            if group.has_nothing_for(worker, project, &active) {
                continue;
            }
            let synset = active.project_synset_id;
            unread += usize::from(!group.is_remembered(synset));
            if unread > MOST_READ {
                break;
            }
            if !group.try_hold(synset).await? {
                busy = busy.or(Some(synset));
                continue;
            }
            let chosen = self.choose(group, synset, worker, screen).await?;
            if !chosen.is_empty() {
                return Ok(Some((synset, chosen)));
            }
        }
        // Whoever has submitted nothing comes again, by itself at the beginning of the next group where another server is in what could be
        // useful. A submission stands.
        if let Some(busy) = busy {
            group.want(busy);
        }
        match (busy.is_some() || unread > MOST_READ) && group.is_untouched() {
            true => Err(ApiError::Unavailable { seconds: 1 }.into()),
            false => Ok(None),
        }
    }

    /// What comes first, if anything does, without handing out a batch: a submission that is sent again gets no new one.
    pub(super) async fn first_of_all(
        &self,
        group: &mut Group,
        worker: i64,
        project: i64,
        screen: ScreenSize,
    ) -> Outcome<Leased> {
        if let Some(first) = before_project(group, worker, project).await? {
            return Ok(Leased::First(first));
        }
        let Some((synset, _)) = self.useful(group, worker, project, screen).await? else {
            return Ok(Leased::Nothing);
        };
        let first = self.before_synset(group, worker, synset).await?;
        Ok(first.map_or(Leased::Nothing, Leased::First))
    }

    /// What a worker has yet to answer before the first batch of a synset. Whoever is admitted is not asked again.
    async fn before_synset(
        &self,
        group: &mut Group,
        worker: i64,
        synset: i64,
    ) -> Outcome<Option<app::api::labeling::Preface>> {
        if group.desk(synset).await?.1.admitted.contains_key(&worker) {
            return Ok(None);
        }
        let ontology = self.world.ontology.get();
        let row = group.held(synset)?.bench.synset.clone();
        let project = group.project(row.project_id).await?.row.clone();
        // Nothing of it is pending: who has answered about the synset in this group was admitted before.
        let tx = group.unchanged();
        let standing = preface::before_synset(tx, &ontology, worker, &project, &row).await?;
        if let Standing::First(first) = standing {
            return Ok(Some(*first));
        }
        let practised = tx.practised(worker, synset).await?.into_iter().collect();
        if matches!(standing, Standing::Ready) {
            group.pending.admitted.insert((worker, synset));
        }
        group.desk(synset).await?.1.admitted.insert(worker, practised);
        Ok(None)
    }

    /// A screen of candidates that can use one more vote than is already under way.
    async fn choose(
        &self,
        group: &mut Group,
        synset: i64,
        worker: i64,
        screen: ScreenSize,
    ) -> Outcome<Vec<i64>> {
        let now = group.now;
        let (bench, _) = group.desk(synset).await?;
        let project = bench.synset.project_id;
        // What can't be drawn is not handed out.
        let is_served = !bench.synset.paused
            && matches!(bench.synset.state, SynsetState::Calibrating | SynsetState::Labelling)
            && self.world.ontology.get().get(bench.synset.wnid).is_some();
        if !is_served {
            return Ok(Vec::new());
        }
        let wanted = match screen {
            ScreenSize::Small => bench.settings.batch_size_phone,
            ScreenSize::Large => bench.settings.batch_size,
        };
        let wanted = usize::try_from(wanted).unwrap_or(1);
        let cohort = group.participant(worker, project).await?.cohort;
        let limit = group.project(project).await?.cohort_limit;
        let (_, desk) = group.desk(synset).await?;
        desk.scheduler.expire(now);
        let Some((cohort, limit)) = cohort.zip(limit) else {
            return Ok(desk.scheduler.useful_to(worker).take(wanted).collect());
        };
        let useful: Vec<i64> = desk.scheduler.useful_to(worker).collect();
        let mut chosen = Vec::new();
        for some in useful.chunks(COHORT_PAGE) {
            let held = group.desk(synset).await?.1.scheduler.holders(some);
            let crowded = group.flushed().await?.crowded(some, &held, cohort, limit).await?;
            let free = some.iter().filter(|candidate| crowded.binary_search(candidate).is_err());
            chosen.extend(free.take(wanted - chosen.len()));
            if chosen.len() == wanted {
                break;
            }
        }
        Ok(chosen)
    }

    /// Puts images that an expert has labelled in the place of some, where what workers say of them is weighed.
    async fn mix_gold(
        &self,
        group: &mut Group,
        synset: i64,
        worker: i64,
        chosen: &mut Vec<i64>,
    ) -> Outcome<()> {
        let (_, desk) = group.desk(synset).await?;
        if desk.gold.is_empty() {
            return Ok(());
        }
        let (held, practised) = (desk.scheduler.held_by(worker), desk.admitted.get(&worker));
        let is_new = |candidate: &i64| {
            !desk.gold_answered.contains(&(worker, *candidate))
                && !held.contains(candidate)
                && !practised.is_some_and(|practised| practised.contains(candidate))
        };
        let of = |kind: bool| {
            let known = desk.gold.iter().filter(|(_, shows)| *shows == kind).map(|(id, _)| *id);
            known.filter(is_new).collect::<Vec<_>>()
        };
        let gold = gold_tiles(self.world.chance.seed(), chosen.len(), &of(true), &of(false));
        chosen.truncate(chosen.len().saturating_sub(gold.len()));
        chosen.extend(gold);
        Ok(())
    }
}

/// The terms that a worker has yet to agree to.
pub(super) async fn before_project(
    group: &mut Group,
    worker: i64,
    project: i64,
) -> Outcome<Option<app::api::labeling::Preface>> {
    let consented = group.participant(worker, project).await?.consented;
    let of = group.project(project).await?;
    Ok(preface::before_project(&of.row, of.terms.as_ref(), consented))
}

/// The synset that the worker was in last, unless a manager wants another one first.
async fn where_to_stay(group: &mut Group, worker: i64, project: i64) -> Outcome<Option<i64>> {
    let last = group.participant(worker, project).await?.last_synset;
    let active = group.active(project).await?;
    let stays = active.synsets.iter().find(|synset| Some(synset.project_synset_id) == last);
    Ok(stays.filter(|synset| synset.priority == active.first).map(|synset| synset.project_synset_id))
}

/// A project's active synsets in the order in which they are tried for a worker: those that a manager wants first; then the one that the
/// worker was in last; then those that are calibrating; then those that no other server hands out first; then those with the fewest
/// holds for each open candidate.
async fn in_order(group: &mut Group, worker: i64, project: i64) -> Outcome<Vec<ActiveSynset>> {
    let last = group.participant(worker, project).await?.last_synset;
    let active = group.active(project).await?;
    let servers = group.world.peers.now();
    let mut keyed: Vec<(Key, &ActiveSynset)> = active
        .synsets
        .iter()
        .map(|synset| (Key::of(synset, last, group.holds(synset.project_synset_id), &servers), synset))
        .collect();
    keyed.sort_by(|(one, a), (other, b)| {
        one.compare(other).then(a.project_synset_id.cmp(&b.project_synset_id))
    });
    Ok(keyed.into_iter().map(|(_, synset)| synset.clone()).collect())
}

struct Key {
    priority: Reverse<i64>,
    is_another: bool,
    is_labelling: bool,
    /// Two servers that hand out the same synset wait for each other, and read it again after each other.
    is_elsewhere: bool,
    load: f64,
}

impl Key {
    #[expect(clippy::cast_precision_loss, reason = "a share of images")]
    fn of(synset: &ActiveSynset, last: Option<i64>, holds: u64, servers: &Present) -> Self {
        Self {
            priority: Reverse(synset.priority),
            is_another: Some(synset.project_synset_id) != last,
            is_labelling: synset.state != SynsetState::Calibrating,
            is_elsewhere: !servers.is_first_for(synset.project_synset_id),
            load: holds as f64 / (1 + synset.open.max(0)) as f64,
        }
    }

    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let places = |key: &Self| (key.priority, key.is_another, key.is_labelling, key.is_elsewhere);
        places(self).cmp(&places(other)).then(self.load.total_cmp(&other.load))
    }
}
