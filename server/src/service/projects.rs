//! What managers watch, and what admins set.

use super::judging::Tables;
use super::ontology::known;
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::missing;
use crate::world::World;
use app::api::audits::{Certificate, Scope};
use app::api::projects::{Gallery, GalleryKind, GallerySort, ImageDetail, ProjectLine, SynsetDetail};
use app::api::serving::Turn;
use app::api::settings::SettingsForm;
use app::api::watching::{Board, SubtreePage, TableRequest};
use app::backend::{Answer, Projects};
use app::viewer::{Admin, Manager};
use async_trait::async_trait;
use domain::wnid::Wnid;
use store::projects::{ProjectRow, ProjectSynsetRow};

mod administration;
mod certificate;
mod gallery;
mod history;
mod now;
mod outlook;
mod progress;
mod synset;
mod table;
mod tree;

pub use administration::create;
pub use now::project_now;

/// Implements [`Projects`].
pub struct ProjectsService {
    world: World,
    tables: Tables,
}

#[async_trait]
impl Projects for ProjectsService {
    async fn list(&self, _: &Manager) -> Answer<Vec<ProjectLine>> {
        Ok(self.lines().await?)
    }

    async fn board(&self, _: &Manager, project: i64, asked: &TableRequest) -> Answer<Board> {
        Ok(self.table(project, asked).await?)
    }

    async fn tree(&self, _: &Manager, project: i64, at: Option<&str>) -> Answer<SubtreePage> {
        Ok(self.tree_at(project, at).await?)
    }

    async fn synset(
        &self,
        _: &Manager,
        project: i64,
        wnid: &str,
        version: Option<i64>,
    ) -> Answer<SynsetDetail> {
        Ok(self.detail(project, wnid, version).await?)
    }

    async fn gallery(
        &self,
        _: &Manager,
        project: i64,
        wnid: &str,
        shown: (GalleryKind, GallerySort),
        after: Option<&str>,
    ) -> Answer<Gallery> {
        Ok(self.gallery_of(project, wnid, shown, after).await?)
    }

    async fn image(
        &self,
        _: &Manager,
        project: i64,
        wnid: &str,
        candidate: i64,
        (kind, sort): (Option<GalleryKind>, GallerySort),
    ) -> Answer<ImageDetail> {
        Ok(self.image_of(project, wnid, candidate, kind, sort).await?)
    }

    async fn certificate(&self, _: &Manager, project: i64, scope: &Scope) -> Answer<Certificate> {
        Ok(self.certificate_of(project, scope).await?)
    }

    async fn create(&self, admin: &Admin, name: &str) -> Answer<i64> {
        Ok(create(&self.world, Some(admin.id()), name).await?)
    }

    async fn change_settings(&self, admin: &Admin, project: i64, form: SettingsForm) -> Answer<()> {
        Ok(self.set_project(admin, project, &form).await?)
    }

    async fn change_overrides(
        &self,
        admin: &Admin,
        project: i64,
        wnid: &str,
        form: SettingsForm,
    ) -> Answer<()> {
        Ok(self.set_synset(admin, project, wnid, &form).await?)
    }

    async fn set_price(&self, admin: &Admin, project: i64, price: &str, currency: &str) -> Answer<()> {
        Ok(self.set_price_of(admin, project, price, currency).await?)
    }

    async fn set_turn(&self, manager: &Manager, project: i64, wnid: &str, turn: Turn) -> Answer<()> {
        Ok(self.give_turn(manager, project, wnid, turn).await?)
    }

    async fn pause(&self, admin: &Admin, project: i64, wnid: &str, paused: bool) -> Answer<()> {
        Ok(self.set_paused(admin, project, wnid, paused).await?)
    }
}

impl ProjectsService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world, tables: Tables::default() }
    }

    async fn project(&self, id: i64) -> Outcome<ProjectRow> {
        let unknown = || Failure::not_found(missing::project(locale(), id.to_string()));
        self.world.store.project(id).await?.ok_or_else(unknown)
    }

    async fn seeded(&self, project: i64, wnid: &str) -> Outcome<(ProjectRow, Wnid, ProjectSynsetRow)> {
        let project = self.project(project).await?;
        let wnid = known(&self.world.ontology.get(), wnid)?;
        let row = self.world.store.project_synset(project.project_id, wnid).await?;
        let unknown = || Failure::not_found(missing::not_seeded(locale(), wnid.to_string(), &project.name));
        let row = row.ok_or_else(unknown)?;
        Ok((project, wnid, row))
    }
}
