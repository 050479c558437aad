//! What admins change: new projects, settings of projects and synsets, pauses.

use super::ProjectsService;
use crate::service::judging::Bench;
use crate::service::settings::{self, in_force, of_project, overrides_of, sentence};
use crate::service::{Failure, Outcome, importing};
use crate::world::World;
use app::api::projects::SettingsForm;
use app::viewer::Admin;
use domain::text::ProjectName;
use store::StoreError;
use store::projects::SynsetState as StoredState;

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
            return Err(Failure::conflict(format!(
                "There is a project named {name:?} already.",
                name = name.as_str()
            )));
        }
        other => other?,
    };
    tx.record_event(by, "create project", &format!("project {id}"), name.as_str(), now).await?;
    tx.commit().await?;
    Ok(id)
}

impl ProjectsService {
    pub(super) async fn set_project(&self, admin: &Admin, project: i64, form: &SettingsForm) -> Outcome<()> {
        let wanted = settings::read_complete(form)?;
        let row = self.project(project).await?;
        let synsets = self.world.store.synsets_of_project(project).await?;
        for synset in &synsets {
            let own = overrides_of(synset);
            let named = |failure| {
                Failure::invalid(format!("Synset {} overrides some of this: {failure}", synset.wnid))
            };
            settings::policy(&in_force(&wanted, &own)).map_err(named)?;
        }
        let before = of_project(&row);
        let mut tx = self.world.store.begin().await?;
        tx.update_project_settings(project, &wanted).await?;
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
        Ok(tx.commit().await?)
    }
}
