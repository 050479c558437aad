//! Settings before they are saved: reads what is typed field by field, and follows every open image through the tables that
//! these settings would make.

use super::judging::Tables;
use super::ontology::{known, words};
use super::settings::{self, in_force, of_project, overrides_of};
use super::{Failure, Outcome, passing, replaying};
use crate::language::locale;
use crate::texts::{missing, settings as say};
use crate::world::World;
use app::api::forecasting::ForecastPage;
use app::api::replaying::ReplayPage;
use app::api::settings::SettingsForm;
use app::api::tuning::{Expected, Ground, MethodOutlook, SettingsPage};
use app::backend::{Answer, Tuning};
use app::viewer::{Admin, Manager};
use async_trait::async_trait;
use domain::consensus::{
    Calibration, Facts, Method, Policy, Prior, Prospect, Prospects, Verdict, calibrate, initial_need,
};
use domain::wnid::Wnid;
use std::collections::HashMap;
use store::labeling::CalibrationRow;
use store::projects::{OverrideSettings, ProjectRow, ProjectSettings, ProjectSynsetRow};

/// A limit above that limits nothing.
const MOST_OF_A_COHORT: i64 = 100;

/// Implements [`Tuning`].
pub struct TuningService {
    pub(super) world: World,
    tables: Tables,
}

#[async_trait]
impl Tuning for TuningService {
    async fn of_project(&self, _: &Admin, project: i64, typed: Option<SettingsForm>) -> Answer<SettingsPage> {
        Ok(self.page_of_project(project, typed).await?)
    }

    async fn of_synset(
        &self,
        _: &Admin,
        project: i64,
        wnid: &str,
        typed: Option<SettingsForm>,
    ) -> Answer<SettingsPage> {
        Ok(self.page_of_synset(project, wnid, typed).await?)
    }

    async fn replay(&self, _: &Manager, project: i64, typed: Option<SettingsForm>) -> Answer<ReplayPage> {
        Ok(replaying::page(&self.world, project, typed).await?)
    }

    async fn forecast(
        &self,
        _: &Manager,
        project: i64,
        synset: Option<&str>,
        target: &str,
    ) -> Answer<ForecastPage> {
        Ok(self.forecast_page(project, synset, target).await?)
    }

    async fn set_budget(&self, admin: &Admin, project: i64, votes: &str) -> Answer<()> {
        Ok(self.budgeted(admin.id(), project, votes).await?)
    }

    async fn set_cohort_limit(&self, admin: &Admin, project: i64, people: &str) -> Answer<()> {
        Ok(self.limited(admin.id(), project, people).await?)
    }

    async fn pass_verdicts(&self, admin: &Admin, project: i64, passes: bool) -> Answer<()> {
        Ok(passing::set_passing(&self.world, admin.id(), project, passes).await?)
    }
}

/// A synset with all that its prospects follow from.
pub(super) struct Case {
    pub(super) row: ProjectSynsetRow,
    pub(super) own: OverrideSettings,
    pub(super) table: Option<CalibrationRow>,
    /// How many images have the same facts, and whether they are in the initial sample.
    tallies: Vec<(Facts, bool, i64)>,
}

impl TuningService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world, tables: Tables::default() }
    }

    async fn page_of_project(&self, project: i64, typed: Option<SettingsForm>) -> Outcome<SettingsPage> {
        let project = self.project(project).await?;
        let present = of_project(&project);
        let shown = settings::shown(&present);
        let own = settings::all_set(&present);
        let typed = typed.unwrap_or_else(|| settings::form_of_project(&present));
        let wrong = settings::wrong_entries(&typed, true);
        let wanted = if wrong.is_empty() { settings::read_complete(&typed).ok() } else { None };
        let wanted = wanted.filter(|wanted| *wanted != present);
        let cases = self.cases(&project, None).await?;
        let now = self.expected(&cases, |case| in_force(&present, &case.own))?;
        let then = match &wanted {
            Some(wanted) => Some(self.expected(&cases, |case| in_force(wanted, &case.own))?),
            None => None,
        };
        let freed = self.freed(&project, None, &present, wanted.as_ref()).await?;
        let methods = self.methods(&cases, wanted.as_ref().unwrap_or(&present), &typed)?;
        Ok(SettingsPage {
            project: (project.project_id, project.name.clone()),
            synset: None,
            in_force: shown,
            own,
            typed,
            wrong,
            ground: ground(&cases, freed),
            now,
            then,
            methods,
            price: self.price(project.project_id).await?,
            passes_verdicts: self.world.store.passes_verdicts(project.project_id).await?,
            cohort_limit: self.world.store.cohort_limit(project.project_id).await?.flatten(),
        })
    }

    async fn page_of_synset(
        &self,
        project: i64,
        wnid: &str,
        typed: Option<SettingsForm>,
    ) -> Outcome<SettingsPage> {
        let project = self.project(project).await?;
        let wnid = known(&self.world.ontology.get(), wnid)?;
        let cases = self.cases(&project, Some(wnid)).await?;
        let unseeded = || Failure::not_found(missing::not_seeded(locale(), wnid.to_string(), &project.name));
        let case = cases.first().ok_or_else(unseeded)?;
        let (of_all, own) = (of_project(&project), case.own.clone());
        let present = in_force(&of_all, &own);
        let set = settings::shown_overrides(&own);
        let typed = typed.unwrap_or_else(|| settings::form(&set));
        let mut wrong = settings::wrong_entries(&typed, false);
        let wanted = settings::read(&typed).ok().map(|wanted| in_force(&of_all, &wanted));
        if wrong.is_empty()
            && let Some(wanted) = &wanted
        {
            wrong = settings::wrong_together(wanted);
        }
        let wanted = wanted.filter(|wanted| wrong.is_empty() && *wanted != present);
        let now = self.expected(&cases, |_| present.clone())?;
        let then = match &wanted {
            Some(wanted) => Some(self.expected(&cases, |_| wanted.clone())?),
            None => None,
        };
        let freed = self.freed(&project, Some(wnid), &present, wanted.as_ref()).await?;
        Ok(SettingsPage {
            project: (project.project_id, project.name.clone()),
            synset: Some((wnid.to_string(), words(&self.world.ontology.get(), wnid))),
            in_force: settings::shown(&present),
            own: set,
            typed,
            wrong,
            ground: ground(&cases, freed),
            now,
            then,
            methods: Vec::new(),
            price: self.price(project.project_id).await?,
            passes_verdicts: None,
            cohort_limit: None,
        })
    }

    /// What each way of deciding would mean, those with numbers as typed, where they can be used.
    fn methods(
        &self,
        cases: &[Case],
        settings: &ProjectSettings,
        typed: &SettingsForm,
    ) -> Outcome<Vec<MethodOutlook>> {
        let with = |method: Method| ProjectSettings { method, ..settings.clone() };
        let usable =
            settings::methods(typed).into_iter().filter(|method| settings::policy(&with(*method)).is_ok());
        usable
            .map(|method| {
                let of = with(method);
                let expected = self.expected(cases, |case| in_force(&of, &case.own))?;
                Ok(MethodOutlook { method: method.to_string(), expected })
            })
            .collect()
    }

    async fn limited(&self, by: i64, project: i64, people: &str) -> Outcome<()> {
        let text = people.trim();
        let wanted = match text.parse::<i64>() {
            _ if text.is_empty() => None,
            Ok(people) if (1..=MOST_OF_A_COHORT).contains(&people) => Some(people),
            _ => return Err(Failure::invalid(say::cohort(locale(), text, MOST_OF_A_COHORT))),
        };
        self.project(project).await?;
        let _writer = self.world.writer.lock().await;
        let mut tx = self.world.store.begin().await?;
        tx.set_cohort_limit(project, wanted).await?;
        let subject = format!("project {project}");
        tx.record_event(Some(by), "set cohort limit", &subject, &format!("{wanted:?}"), self.world.now())
            .await?;
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn price(&self, project: i64) -> Outcome<Option<(f64, String)>> {
        let price = self.world.store.price(project).await?;
        Ok(price.map(|price| (price.price_per_vote, price.currency)))
    }

    pub(super) async fn project(&self, id: i64) -> Outcome<ProjectRow> {
        let unknown = || Failure::not_found(missing::project(locale(), id.to_string()));
        self.world.store.project(id).await?.ok_or_else(unknown)
    }

    /// Every synset of a project, or one.
    pub(super) async fn cases(&self, project: &ProjectRow, only: Option<Wnid>) -> Outcome<Vec<Case>> {
        let store = &self.world.store;
        let mut rows = store.synsets_of_project(project.project_id).await?;
        rows.retain(|row| only.is_none_or(|only| row.wnid == only));
        let tables = store.calibrations_of_project(project.project_id).await?;
        let mut tables: HashMap<i64, CalibrationRow> =
            tables.into_iter().map(|row| (row.project_synset_id, row)).collect();
        let mut tallies: HashMap<i64, Vec<(Facts, bool, i64)>> = HashMap::new();
        for row in store.tally_counts_of_project(project.project_id).await? {
            let entry = (row.known.facts(), row.in_initial_sample, row.images);
            tallies.entry(row.project_synset_id).or_default().push(entry);
        }
        let case = |row: ProjectSynsetRow| Case {
            own: overrides_of(&row),
            table: tables.remove(&row.project_synset_id),
            tallies: tallies.remove(&row.project_synset_id).unwrap_or_default(),
            row,
        };
        Ok(rows.into_iter().map(case).collect())
    }

    /// What is to be expected of all of them under the settings that each has in force.
    pub(super) fn expected(
        &self,
        cases: &[Case],
        settings_of: impl Fn(&Case) -> ProjectSettings,
    ) -> Outcome<Expected> {
        // Thousands of tables take a good part of a second, in which others want to be answered.
        tokio::task::block_in_place(|| self.summed(cases, settings_of))
    }

    fn summed(&self, cases: &[Case], settings_of: impl Fn(&Case) -> ProjectSettings) -> Outcome<Expected> {
        let mut sum = Sum::default();
        for case in cases {
            let settings = settings_of(case);
            let policy = settings::policy(&settings)?;
            match &case.table {
                Some(row) => {
                    let built = self.tables.of(row)?;
                    let built = if is_of(row, &settings) { (*built).clone() } else { built.under(&policy) };
                    sum.add_calibrated(case, &built);
                }
                None => sum.add_uncalibrated(case, &settings, &policy),
            }
        }
        Ok(sum.expected())
    }

    /// Near duplicates that a smaller distance would set free.
    async fn freed(
        &self,
        project: &ProjectRow,
        only: Option<Wnid>,
        present: &ProjectSettings,
        wanted: Option<&ProjectSettings>,
    ) -> Outcome<Option<i64>> {
        let Some(wanted) = wanted.filter(|wanted| wanted.duplicate_distance < present.duplicate_distance)
        else {
            return Ok(None);
        };
        let store = &self.world.store;
        let distance = wanted.duplicate_distance;
        let row = match only {
            Some(wnid) => store.project_synset(project.project_id, wnid).await?,
            None => None,
        };
        Ok(Some(match row {
            Some(row) => store.duplicates_at_least(row.project_synset_id, distance).await?,
            None => store.duplicates_of_project_at_least(project.project_id, distance).await?,
        }))
    }
}

fn ground(cases: &[Case], freed: Option<i64>) -> Ground {
    Ground {
        synsets: i64::try_from(cases.len()).unwrap_or(i64::MAX),
        calibrated: i64::try_from(cases.iter().filter(|case| case.table.is_some()).count())
            .unwrap_or(i64::MAX),
        candidates: cases.iter().map(|case| case.row.candidates).sum(),
        duplicates: cases.iter().map(|case| case.row.duplicates).sum(),
        freed,
    }
}

/// Whether the stored table was built under these settings.
fn is_of(row: &CalibrationRow, settings: &ProjectSettings) -> bool {
    row.target_precision == settings.target_precision
        && row.fixed_threshold == settings.threshold
        && row.rejection == settings.rejection
        && row.votes_cap == settings.votes_cap
        && row.method == settings.method
}

/// An expert's word and reports settle an image whatever its votes; otherwise they decide what is to be expected.
fn prospect(prospects: &Prospects, built: &Calibration, facts: Facts) -> Prospect {
    let judged = facts.judge(Some(built));
    match judged.verdict {
        Verdict::Undecided => prospects.of(facts.votes()),
        Verdict::Positive => Prospect { acceptance: 1.0, good: judged.confidence, ..Prospect::default() },
        Verdict::Escalated => Prospect { escalation: 1.0, ..Prospect::default() },
        Verdict::Negative => Prospect::default(),
    }
}

/// Sums over images.
#[derive(Default)]
struct Sum {
    votes: f64,
    sample_votes: f64,
    variance: f64,
    accepted: f64,
    good: f64,
    all_good: f64,
    escalated: f64,
    on_hold: i64,
    /// Tables of synsets that have none, by what they follow from: they are all the same.
    usual: Option<(Policy, Calibration)>,
}

impl Sum {
    fn add_calibrated(&mut self, case: &Case, built: &Calibration) {
        let held = built.hold().is_some();
        self.on_hold += i64::from(held);
        let prospects = built.prospects();
        for (facts, _, images) in &case.tallies {
            let prospect = prospect(&prospects, built, *facts);
            self.all_good += facts.judge(Some(built)).confidence * *images as f64;
            // Nobody is asked about what is on hold, so what is open there stays open.
            if !held || prospect.votes == 0.0 {
                self.add(prospect, *images as f64);
            }
        }
    }

    /// Before its table is there, a synset is taken for a usual one.
    fn add_uncalibrated(&mut self, case: &Case, settings: &ProjectSettings, policy: &Policy) {
        let all: i64 = case.tallies.iter().map(|(_, _, images)| images).sum();
        let drawn: i64 =
            case.tallies.iter().filter(|(_, sampled, _)| *sampled).map(|(_, _, images)| images).sum();
        let mut missing = settings.initial_sample.min(all) - drawn;
        let built = self.usual(policy);
        let prospects = built.prospects();
        for (facts, sampled, images) in &case.tallies {
            let prospect = prospect(&prospects, &built, *facts);
            self.all_good += facts.judge(Some(&built)).confidence * *images as f64;
            if facts.judge(None).verdict.is_settled() {
                self.add(prospect, *images as f64);
                continue;
            }
            let to_draw = if *sampled { 0 } else { missing.clamp(0, *images) };
            missing -= to_draw;
            let in_sample = if *sampled { *images } else { to_draw };
            let need = initial_need(facts.tally, policy.initial_votes(), policy.cap());
            self.sample_votes += f64::from(need) * in_sample as f64;
            // The sample's votes settle most of its own images.
            self.add(Prospect { votes: 0.0, votes_squared: 0.0, ..prospect }, in_sample as f64);
            self.add(prospect, (*images - in_sample) as f64);
        }
    }

    fn usual(&mut self, policy: &Policy) -> Calibration {
        if let Some((of, built)) = &self.usual
            && of == policy
        {
            return built.clone();
        }
        let built = calibrate(&[], &Prior::global(), policy);
        self.usual = Some((*policy, built.clone()));
        built
    }

    fn add(&mut self, prospect: Prospect, images: f64) {
        self.votes += prospect.votes * images;
        self.variance += prospect.variance() * images;
        self.accepted += prospect.acceptance * images;
        self.good += prospect.good * images;
        self.escalated += prospect.escalation * images;
    }

    fn expected(&self) -> Expected {
        Expected {
            votes: self.votes + self.sample_votes,
            sample_votes: self.sample_votes,
            spread: self.variance.sqrt(),
            accepted: self.accepted,
            good: self.all_good,
            escalated: self.escalated,
            precision: (self.accepted > 0.0).then(|| self.good / self.accepted),
            on_hold: self.on_hold,
        }
    }
}
