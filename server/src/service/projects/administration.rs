//! What admins change: new projects, settings of projects and synsets, pauses.

use super::ProjectsService;
use crate::language::locale;
use crate::service::judging::Bench;
use crate::service::settings::{self, in_force, of_project, overrides_of, sentence};
use crate::service::{Failure, Outcome, importing};
use crate::texts::settings as say;
use crate::world::World;
use app::api::serving::Turn;
use app::api::settings::SettingsForm;
use app::viewer::{Admin, Manager};
use domain::text::ProjectName;
use store::StoreError;
use store::projects::{Price, SynsetState as StoredState};

/// The highest price of a vote, in any currency.
const MAX_PRICE: f64 = 1_000_000.0;
/// Characters of a currency's name.
const MAX_CURRENCY: usize = 8;

/// Makes a project with the usual settings and returns its id.
///
/// # Errors
/// The name is taken or not usable; the database.
pub async fn create(world: &World, by: Option<i64>, name: &str) -> Outcome<i64> {
    let name = ProjectName::parse(name).map_err(|error| Failure::invalid(sentence(&error.to_string())))?;
    let now = world.now();
    let mut tx = world.store.begin().await?;
    let id = match tx.insert_project(name.as_str(), &settings::usual(), now).await {
        Err(StoreError::Conflict(_)) => {
            return Err(Failure::conflict(say::name_taken(locale(), name.as_str())));
        }
        other => other?,
    };
    tx.record_event(by, "create project", &format!("project {id}"), name.as_str(), now).await?;
    tx.commit().await?;
    Ok(id)
}

impl ProjectsService {
    pub(super) async fn set_price_of(
        &self,
        admin: &Admin,
        project: i64,
        amount: &str,
        currency: &str,
    ) -> Outcome<()> {
        let wanted = read_price(amount, currency)?;
        self.project(project).await?;
        let mut tx = self.world.store.begin().await?;
        tx.set_price(project, wanted.as_ref()).await?;
        let detail = format!("{wanted:?}");
        tx.record_event(
            Some(admin.id()),
            "set price",
            &format!("project {project}"),
            &detail,
            self.world.now(),
        )
        .await?;
        tx.commit().await?;
        self.world.live.beat();
        Ok(())
    }

    pub(super) async fn set_project(&self, admin: &Admin, project: i64, form: &SettingsForm) -> Outcome<()> {
        let wanted = settings::read_complete(form)?;
        let row = self.project(project).await?;
        let synsets = self.world.store.synsets_of_project(project).await?;
        for synset in &synsets {
            let own = overrides_of(synset);
            let named = |failure: Failure| {
                Failure::invalid(say::overrides(locale(), synset.wnid.to_string(), failure.to_string()))
            };
            settings::policy(&in_force(&wanted, &own)).map_err(named)?;
        }
        let before = of_project(&row);
        let mut tx = self.world.store.begin().await?;
        tx.update_project_settings(project, &wanted).await?;
        tx.forget_outlooks(project).await?;
        let detail = format!("{wanted:?}");
        tx.record_event(Some(admin.id()), "set", &format!("project {project}"), &detail, self.world.now())
            .await?;
        tx.commit().await?;
        for synset in synsets {
            let own = overrides_of(&synset);
            if in_force(&before, &own) != in_force(&wanted, &own) {
                self.apply(synset.project_synset_id).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn set_synset(
        &self,
        admin: &Admin,
        project: i64,
        wnid: &str,
        form: &SettingsForm,
    ) -> Outcome<()> {
        let wanted = settings::read(form)?;
        let (project, wnid, row) = self.seeded(project, wnid).await?;
        settings::policy(&in_force(&of_project(&project), &wanted))?;
        let mut tx = self.world.store.begin().await?;
        tx.update_overrides(row.project_synset_id, &wanted).await?;
        tx.forget_outlooks(project.project_id).await?;
        let subject = format!("synset {wnid} of project {}", project.project_id);
        tx.record_event(Some(admin.id()), "set", &subject, &format!("{wanted:?}"), self.world.now()).await?;
        tx.commit().await?;
        self.apply(row.project_synset_id).await
    }

    /// Puts changed settings into force: near duplicates, the sample, and the table with every verdict that hangs on it. It
    /// gives the same result however often it runs, so a change that was interrupted is finished by saving it again.
    async fn apply(&self, project_synset: i64) -> Outcome<()> {
        let now = self.world.now();
        let mut tx = self.world.store.begin().await?;
        let mut bench = Bench::lock(&mut tx, &self.tables, project_synset).await?;
        importing::mark_near_duplicates(&mut tx, &mut bench, &self.tables, now).await?;
        if bench.table.is_some() {
            bench.calibrate(&mut tx, &self.tables, now).await?;
        } else if bench.synset.state != StoredState::Waiting {
            bench.draw_sample(&mut tx, self.world.chance.seed()).await?;
            bench.judge(&mut tx, &self.tables, &[], now).await?;
        }
        Ok(tx.commit().await?)
    }

    pub(super) async fn give_turn(
        &self,
        manager: &Manager,
        project: i64,
        wnid: &str,
        turn: Turn,
    ) -> Outcome<()> {
        let (project, wnid, row) = self.seeded(project, wnid).await?;
        let mut tx = self.world.store.begin().await?;
        tx.set_priority(row.project_synset_id, priority_of(turn)).await?;
        let subject = format!("synset {wnid} of project {}", project.project_id);
        tx.record_event(Some(manager.id()), "serve", &subject, turn.word(), self.world.now()).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn set_paused(
        &self,
        admin: &Admin,
        project: i64,
        wnid: &str,
        paused: bool,
    ) -> Outcome<()> {
        let (project, wnid, row) = self.seeded(project, wnid).await?;
        let mut tx = self.world.store.begin().await?;
        tx.set_paused(row.project_synset_id, paused).await?;
        let subject = format!("synset {wnid} of project {}", project.project_id);
        tx.record_event(
            Some(admin.id()),
            if paused { "pause" } else { "resume" },
            &subject,
            "",
            self.world.now(),
        )
        .await?;
        tx.commit().await?;
        self.world.live.beat();
        Ok(())
    }
}

const fn priority_of(turn: Turn) -> i64 {
    match turn {
        Turn::First => 1,
        Turn::Usual => 0,
        Turn::Last => -1,
    }
}

/// When the turn of a synset with this priority is.
pub(super) const fn turn_of(priority: i64) -> Turn {
    match priority {
        1.. => Turn::First,
        0 => Turn::Usual,
        _ => Turn::Last,
    }
}

/// A price from a form: a comma does for a point, and nothing at all is none.
fn read_price(amount: &str, currency: &str) -> Outcome<Option<Price>> {
    let (amount, currency) = (amount.trim(), currency.trim());
    if amount.is_empty() {
        return Ok(None);
    }
    let price: Option<f64> = amount.replace(',', ".").parse().ok();
    let price = price
        .filter(|price| (0.0..=MAX_PRICE).contains(price))
        .ok_or_else(|| Failure::invalid(say::price(locale(), amount, MAX_PRICE as i64)))?;
    if currency.chars().count() > MAX_CURRENCY || currency.chars().any(char::is_control) {
        return Err(Failure::invalid(say::currency(locale(), MAX_CURRENCY)));
    }
    Ok(Some(Price { price_per_vote: price, currency: currency.to_owned() }))
}
