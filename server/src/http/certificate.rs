//! `GET /project/{project}/certificate.json`, for managers: the same figures as the page, for programs.

use super::error::HttpError;
use super::visitor::Signed;
use app::api::audits::{Certificate, Scope};
use app::backend::Projects;
use app::viewer::Manager;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use std::sync::Arc;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    synset: String,
    #[serde(default)]
    subtree: String,
}

/// Writes a certificate.
///
/// # Errors
/// 404 for an unknown project, and for a synset that is not part of it.
pub async fn certificate(
    State(projects): State<Arc<dyn Projects>>,
    Path(project): Path<i64>,
    Query(asked): Query<Asked>,
    manager: Signed<Manager>,
) -> Result<Json<Certificate>, HttpError> {
    let scope = Scope::named(asked.synset, asked.subtree);
    Ok(Json(projects.certificate(&manager.right, project, &scope).await?))
}
