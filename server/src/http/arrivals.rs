//! Takes the files of an import one by one, and hands out the list of those that were refused.

use super::error::HttpError;
use super::limits::ARRIVALS;
use super::visitor::Signed;
use crate::language::{carried, locale};
use crate::service::Failure;
use crate::service::importing::{Arrival, Arrived, refused_page};
use crate::texts::{imports as say, missing};
use crate::world::World;
use app::api::ApiError;
use app::viewer::Admin;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use futures::StreamExt as _;
use futures::stream::{Stream, try_unfold};
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What the routes need.
#[derive(Clone)]
pub struct Arrivals {
    world: World,
    places: Arc<Semaphore>,
}

impl Arrivals {
    /// Nothing is on its way yet.
    pub fn new(world: &World) -> Self {
        Self { world: world.clone(), places: Arc::new(Semaphore::new(ARRIVALS)) }
    }
}

/// What is said of a file beside its bytes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    name: String,
    #[serde(default)]
    modified: i64,
}

/// The answer to a file.
#[derive(Serialize)]
pub struct Receipt {
    /// Whether it was there already.
    known: bool,
}

/// `PUT /import/{import}/file?name=…&modified=…`: the bytes of one file. The same file again is known and changes nothing,
/// so whoever got no answer sends it again.
///
/// # Errors
/// 404 for an unknown import, 409 for one that takes no more, 422 for a file that can't be taken, 429 when too many are on
/// their way.
pub async fn receive(
    State(arrivals): State<Arrivals>,
    Path(import): Path<i64>,
    _: Signed<Admin>,
    about: Result<Query<About>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Receipt>, HttpError> {
    let Query(about) = about.map_err(|_| ApiError::Invalid(say::address(locale()).to_owned()))?;
    let _place = arrivals.places.try_acquire().map_err(|_| ApiError::TooOften { seconds: 2 })?;
    let said = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let begun = Arrival::begin(&arrivals.world, import, &about.name, about.modified, said).await?;
    let Some(mut arrival) = begun else { return Ok(Json(Receipt { known: true })) };
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        arrival.write(&chunk.map_err(broken_off)?).await?;
    }
    // Whoever hangs up now must not leave it half noted.
    let noted = tokio::spawn(carried(arrival.finish())).await;
    let arrived = noted.map_err(|error| Failure::Defect(error.to_string()))??;
    Ok(Json(Receipt { known: arrived == Arrived::Known }))
}

fn broken_off(error: axum::Error) -> HttpError {
    let mut reason: &dyn std::error::Error = &error;
    while let Some(source) = reason.source() {
        reason = source;
    }
    ApiError::Invalid(say::file_broke_off(locale(), reason.to_string())).into()
}

/// `GET /import/{import}/refused.csv`: name and reason of every file that was not taken.
///
/// # Errors
/// 404 for an unknown import.
pub async fn refused(
    State(arrivals): State<Arrivals>,
    Path(import): Path<i64>,
    _: Signed<Admin>,
) -> Result<Response, HttpError> {
    if arrivals.world.store.job(import).await?.is_none() {
        return Err(ApiError::NotFound(missing::import(locale(), import.to_string())).into());
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"refused-of-import-{import}.csv\"")),
    ];
    Ok((headers, Body::from_stream(pieces(arrivals.world, import))).into_response())
}

fn pieces(world: World, import: i64) -> impl Stream<Item = Result<Bytes, io::Error>> + Send + 'static {
    try_unfold((None, world), move |(after, world)| async move {
        match refused_page(&world, import, after).await {
            Ok(page) => Ok(page.map(|(text, last)| (Bytes::from(text), (Some(last), world)))),
            Err(error) => {
                tracing::warn!(%error, import, "a list of refused files broke off");
                Err(io::Error::other("the list broke off"))
            }
        }
    })
}
