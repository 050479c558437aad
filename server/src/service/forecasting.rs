//! What is to be expected at other target precisions, and the budget at which asking ends.

use super::ontology::{known, words};
use super::settings::{self, in_force, of_project};
use super::tuning::{Case, TuningService};
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::{missing, settings as say};
use app::api::forecasting::{AtTarget, ForecastPage, LARGEST, SynsetForecast, TARGETS};
use app::api::settings::SettingsForm;
use store::projects::ProjectSettings;

/// The targets of the table.
const SOME: [f64; 8] = [0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.997, 0.999];
/// Hours that the pace is taken from.
const HOURS_A_DAY: i64 = 24;
const HOUR_MS: i64 = 3_600_000;
/// The most votes that a budget may allow.
const MOST_VOTES: i64 = 1_000_000_000;

impl TuningService {
    pub(super) async fn forecast_page(
        &self,
        project: i64,
        synset: Option<&str>,
        target: &str,
    ) -> Outcome<ForecastPage> {
        let project = self.project(project).await?;
        let ontology = self.world.ontology.get();
        let only = synset.map(|wnid| known(&ontology, wnid)).transpose()?;
        let (id, of_all) = (project.project_id, of_project(&project));
        let cases = self.cases(&project, only).await?;
        let one = match (only, cases.first()) {
            (Some(wnid), None) => {
                let words = missing::not_seeded(locale(), wnid.to_string(), &project.name);
                return Err(Failure::not_found(words));
            }
            (Some(_), one) => one,
            (None, _) => None,
        };
        let present = one.map_or_else(|| of_all.clone(), |one| in_force(&of_all, &one.own));
        let at = |target: f64| -> Outcome<AtTarget> {
            // A fixed threshold would leave the target without effect.
            let of = ProjectSettings { target_precision: target, threshold: None, ..present.clone() };
            let settings = |case: &Case| if one.is_some() { of.clone() } else { in_force(&of, &case.own) };
            Ok(AtTarget { target, expected: self.expected(&cases, settings)? })
        };
        let now = AtTarget {
            target: present.target_precision,
            expected: self.expected(&cases, |case| in_force(&of_all, &case.own))?,
        };
        let (wanted, wrong) = match read(target) {
            Ok(wanted) => (wanted.filter(|wanted| *wanted != present.target_precision), None),
            Err(failure) => (None, Some(failure.to_string())),
        };
        let has_target = present.method.fixed_votes().is_none();
        let targets =
            if has_target { SOME.into_iter().map(at).collect::<Outcome<Vec<_>>>()? } else { Vec::new() };
        let then = wanted.filter(|_| has_target).map(at).transpose()?;
        let form = match one {
            Some(one) => settings::form(&settings::shown_overrides(&one.own)),
            None => settings::form_of_project(&present),
        };
        let looked_at = wanted.unwrap_or(present.target_precision).to_string();
        let first = self.world.now().div_euclid(HOUR_MS) + 1 - HOURS_A_DAY;
        let hours = match one {
            Some(one) => self.world.store.votes_by_hour_of_synset(one.row.project_synset_id, first).await?,
            None => self.world.store.votes_by_hour(id, first).await?,
        };
        let (budget, votes) = self.world.store.budget(id).await?.unwrap_or_default();
        let tables = cases.iter().filter(|case| case.table.is_some()).count();
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Ok(ForecastPage {
            project: (id, project.name.clone()),
            synset: only.map(|wnid| (wnid.to_string(), words(&ontology, wnid))),
            tables: (count(tables), count(cases.len())),
            images: cases.iter().map(|case| case.row.candidates).sum(),
            now,
            has_target,
            then,
            targets,
            largest: if one.is_some() { Vec::new() } else { self.largest(&cases, &of_all)? },
            wrong,
            settings: SettingsForm { target_precision: looked_at, ..form },
            votes_last_day: hours.iter().map(|(_, votes)| votes).sum(),
            price: self.price(id).await?,
            votes,
            budget,
        })
    }

    /// The synsets that will take the most votes.
    fn largest(&self, cases: &[Case], of_all: &ProjectSettings) -> Outcome<Vec<SynsetForecast>> {
        let ontology = self.world.ontology.get();
        let each = |case: &Case| -> Outcome<SynsetForecast> {
            let expected = self.expected(std::slice::from_ref(case), |case| in_force(of_all, &case.own))?;
            Ok(SynsetForecast { wnid: case.row.wnid.to_string(), words: Vec::new(), expected })
        };
        let open = cases.iter().filter(|case| case.row.open() > 0);
        let mut all = open.map(each).collect::<Outcome<Vec<_>>>()?;
        all.retain(|one| one.expected.votes >= 0.5);
        all.sort_by(|one, other| other.expected.votes.total_cmp(&one.expected.votes));
        all.truncate(LARGEST);
        for one in &mut all {
            one.words = known(&ontology, &one.wnid).map(|wnid| words(&ontology, wnid)).unwrap_or_default();
        }
        Ok(all)
    }

    pub(super) async fn budgeted(&self, by: i64, project: i64, votes: &str) -> Outcome<()> {
        let text = votes.trim();
        let wanted = match text.parse::<i64>() {
            _ if text.is_empty() => None,
            Ok(votes) if (1..=MOST_VOTES).contains(&votes) => Some(votes),
            _ => return Err(Failure::invalid(say::budget(locale(), text, MOST_VOTES))),
        };
        let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
        self.world.store.project(project).await?.ok_or_else(unknown)?;
        let _writer = self.world.writer.lock().await;
        let mut tx = self.world.store.begin().await?;
        tx.set_budget(project, wanted).await?;
        let subject = format!("project {project}");
        tx.record_event(Some(by), "set budget", &subject, &format!("{wanted:?}"), self.world.now()).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The target that was asked for, if one was.
fn read(text: &str) -> Outcome<Option<f64>> {
    let text = text.trim();
    let (low, high) = TARGETS;
    match text.parse::<f64>() {
        _ if text.is_empty() => Ok(None),
        Ok(target) if (low..=high).contains(&target) => Ok(Some(target)),
        _ => {
            let name = say::target_precision(locale());
            Err(Failure::invalid(say::out_of_range(locale(), name, text, low.to_string(), high.to_string())))
        }
    }
}
