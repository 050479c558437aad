//! Seeds synsets into a project.

use super::selection;
use crate::world::World;
use app::api::selection::{SeedPage, SeedRequest};
use app::backend::{Answer, Seeding};
use app::viewer::Admin;
use async_trait::async_trait;

/// Implements [`Seeding`].
pub struct SeedingService {
    world: World,
}

#[async_trait]
impl Seeding for SeedingService {
    async fn page(
        &self,
        _: &Admin,
        project: i64,
        request: &SeedRequest,
        open: &[String],
    ) -> Answer<SeedPage> {
        Ok(selection::page(&self.world, project, request, open).await?)
    }

    async fn seed(&self, admin: &Admin, project: i64, request: &SeedRequest) -> Answer<u32> {
        Ok(selection::seed(&self.world, admin, project, request).await?)
    }

    async fn undo(&self, admin: &Admin, project: i64, seeding: i64) -> Answer<u32> {
        Ok(selection::undo(&self.world, admin, project, seeding).await?)
    }
}

impl SeedingService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world }
    }
}
