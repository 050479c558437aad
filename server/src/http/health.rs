//! What the machines around us ask: alive, ready, and how busy.

use super::client::{Client, Network};
use super::error::HttpError;
use super::limits::READY_HOLDS;
use super::metrics::Metrics;
use super::session::milliseconds;
use crate::language::locale;
use crate::texts::missing;
use crate::world::World;
use app::api::ApiError;
use axum::Router;
use axum::extract::{Extension, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::Mutex;

/// The routes: `/healthz`, `/readyz`, `/metrics`. None of them looks at a session.
pub fn routes(world: &World, metrics: &Metrics, metrics_from: &[Network]) -> Router {
    let readiness = Arc::new(Readiness { world: world.clone(), last: Mutex::new(None) });
    let reader = Reader { world: world.clone(), metrics: metrics.clone(), from: metrics_from.into() };
    Router::new()
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready).with_state(readiness))
        .route("/metrics", get(read).with_state(reader))
}

struct Readiness {
    world: World,
    /// When it was tried last (Unix ms), and whether it went well.
    last: Mutex<Option<(i64, bool)>>,
}

/// Ready means that a vote could be recorded now: it writes.
async fn ready(State(readiness): State<Arc<Readiness>>) -> Result<&'static str, HttpError> {
    let mut last = readiness.last.lock().await;
    let now = readiness.world.now();
    let is_ready = match *last {
        Some((at, was_ready)) if (0..milliseconds(READY_HOLDS)).contains(&(now - at)) => was_ready,
        // After a write that failed it must be shown that another would not.
        _ => match readiness.world.store.ready(readiness.world.write_failed.load(Ordering::Relaxed)).await {
            Ok(()) => {
                readiness.world.write_failed.store(false, Ordering::Relaxed);
                true
            }
            Err(error) => {
                tracing::warn!(%error, "not ready: the database takes no write");
                false
            }
        },
    };
    *last = Some((now, is_ready));
    if is_ready { Ok("ready\n") } else { Err(ApiError::Unavailable { seconds: 5 }.into()) }
}

#[derive(Clone)]
struct Reader {
    world: World,
    metrics: Metrics,
    from: Arc<[Network]>,
}

/// Only for the machines that were configured. A request that comes through a proxy that we don't know is a stranger's.
async fn read(
    State(reader): State<Reader>,
    client: Option<Extension<Client>>,
) -> Result<Response, HttpError> {
    let known = client.is_some_and(|Extension(client)| {
        !client.forwarded_by_a_stranger && reader.from.iter().any(|network| network.contains(client.address))
    });
    if !known {
        return Err(ApiError::NotFound(missing::page(locale()).to_owned()).into());
    }
    // A database that is away has no figure to give; the others are asked for then above all.
    if let Ok(leases) = reader.world.store.live_leases(reader.world.now()).await {
        reader.world.meter.leases.set(leases);
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], reader.metrics.text()).into_response())
}
