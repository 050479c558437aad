//! Votes as CSV, written while they are read: constant memory, however many there are.

use super::error::HttpError;
use super::limits::EXPORTS;
use super::visitor::Signed;
use crate::language::locale;
use crate::service::export::{START, VoteCursor, header as header_line, page};
use crate::texts::missing;
use crate::world::World;
use app::api::ApiError;
use app::viewer::Manager;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures::stream::{Stream, try_unfold};
use std::io;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What the route needs.
#[derive(Clone)]
pub struct Exports {
    world: World,
    places: Arc<Semaphore>,
}

impl Exports {
    /// Nobody is exporting yet.
    pub fn new(world: &World) -> Self {
        Self { world: world.clone(), places: Arc::new(Semaphore::new(EXPORTS)) }
    }
}

/// `GET /project/{project}/votes.csv`, for managers.
///
/// # Errors
/// 404 for an unknown project; 429 when too many exports are being written.
pub async fn votes(
    State(exports): State<Exports>,
    Path(project): Path<i64>,
    _: Signed<Manager>,
) -> Result<Response, HttpError> {
    if exports.world.store.project(project).await?.is_none() {
        return Err(ApiError::NotFound(missing::project(locale(), project.to_string())).into());
    }
    let place = exports.places.try_acquire_owned().map_err(|_| ApiError::TooOften { seconds: 30 })?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"votes-of-project-{project}.csv\"")),
    ];
    Ok((headers, Body::from_stream(pieces(exports.world, project, place))).into_response())
}

enum Next {
    Header,
    After(VoteCursor),
}

/// Header, then page after page, each read only when the client has taken the one before. A failure breaks the download
/// off, so that a part is never taken for the whole.
fn pieces(
    world: World,
    project: i64,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = Result<Bytes, io::Error>> + Send + 'static {
    try_unfold((Next::Header, world, place), move |(next, world, place)| async move {
        let piece = match next {
            Next::Header => header_line().map(|text| Some((text, START))),
            Next::After(cursor) => {
                page(&world, project, cursor).await.map(|page| page.map(|(text, last, _)| (text, last)))
            }
        };
        match piece {
            Ok(piece) => {
                Ok(piece.map(|(text, cursor)| (Bytes::from(text), (Next::After(cursor), world, place))))
            }
            Err(error) => {
                tracing::warn!(%error, project, "an export of votes broke off");
                Err(io::Error::other("the export broke off"))
            }
        }
    })
}
