//! The server's outside: routes, and the layers that every request passes.
//!
//! From the outside in: security headers, log and count, compression, the client's address, the visitor's language, refusals made readable,
//! panics caught, other sites kept out, guessing slowed down, bodies held to their limits; then, for what people see,
//! the session and the visitor.

pub mod arrivals;
pub mod assets;
pub mod certificate;
pub mod client;
pub mod documents;
pub mod error;
pub mod events;
pub mod export;
pub mod guard;
pub mod headers;
pub mod health;
pub mod images;
pub mod limits;
pub mod metrics;
pub mod observe;
pub mod pages;
pub mod search;
pub mod serve;
pub mod session;
pub mod throttle;
pub mod uploads;
pub mod visitor;

use crate::config::PublicUrl;
use crate::language;
use crate::service;
use crate::world::World;
use app::api::ApiError;
use arrivals::Arrivals;
use assets::Site;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};
use client::Network;
use error::HttpError;
use events::Events;
use export::Exports;
use metrics::Metrics;
use observe::Observer;
use search::Searches;
use std::any::Any;
use std::sync::Arc;
use throttle::Throttle;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use uploads::Uploads;

/// Pages are compressed while they are sent: this is brotli's level at which that costs less than it saves.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(4);

/// What the outside must know of its surroundings.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The address that browsers use.
    pub public_url: PublicUrl,
    /// Proxies whose word about the client's address is taken.
    pub trusted_proxy: Vec<Network>,
    /// Who may read metrics.
    pub metrics_from: Vec<Network>,
}

/// Everything that answers a request.
pub fn router(world: &World, surroundings: &Surroundings, site: &Site) -> Router {
    let https = surroundings.public_url.is_https();
    let own: Arc<str> = surroundings.public_url.as_str().into();
    let style: Arc<str> = site.style().into();
    let proxies: Arc<[Network]> = surroundings.trusted_proxy.as_slice().into();
    let metrics = Metrics::of(&world.meter);
    let observer = Observer::new(metrics.clone(), world.chance.seed());
    Router::new()
        .merge(for_people(world, https, site))
        .merge(site.routes())
        .merge(health::routes(world, &metrics, &surroundings.metrics_from))
        .layer(from_fn(limits::hold))
        .layer(from_fn_with_state(Arc::new(Throttle::new(world)), throttle::limit))
        .layer(from_fn_with_state(own, guard::check))
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn_with_state(style, error::show))
        .layer(from_fn(language::listen))
        .layer(from_fn_with_state(proxies, client::find))
        .layer(CompressionLayer::new().quality(COMPRESSION))
        .layer(from_fn_with_state(observer, observe::observe))
        .layer(from_fn_with_state(https, headers::add))
}

fn for_people(world: &World, https: bool, site: &Site) -> Router {
    let import = post(uploads::receive).layer(DefaultBodyLimit::disable()).with_state(Uploads::new(world));
    let arrivals = Arrivals::new(world);
    let file = put(arrivals::receive).layer(DefaultBodyLimit::disable()).with_state(arrivals.clone());
    let refused = get(arrivals::refused).with_state(arrivals);
    let votes = get(export::votes).with_state(Exports::new(world));
    let search = get(search::search).with_state(Searches::new(world));
    let events = get(events::events).with_state(Events::new(world));
    let backend = service::backend(world);
    let certificate = get(certificate::certificate).with_state(backend.projects.clone());
    let picture = get(images::picture).with_state(world.clone());
    pages::routes(backend, site.page_assets())
        .route("/project/{project}/import", import)
        .route("/import/{import}/file", file)
        .route("/import/{import}/refused.csv", refused)
        .route("/project/{project}/votes.csv", votes)
        .route("/project/{project}/certificate.json", certificate)
        .route("/synsets/search.json", search)
        .route("/project/{project}/events", events)
        .route("/image/{size}/{name}", picture)
        .layer(from_fn_with_state(world.clone(), visitor::find))
        .layer(session::layer(world, https))
}

/// A panic is a defect of ours: its words are in the log already, and it costs the one request that met it.
fn caught(_: Box<dyn Any + Send>) -> Response {
    HttpError::from(ApiError::Internal).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use tower::ServiceExt as _;

    #[tokio::test]
    async fn a_panic_costs_one_request_and_says_nothing_of_itself() {
        let router = Router::new()
            .route("/", get(async || -> &'static str { panic!("the secret reason") }))
            .layer(CatchPanicLayer::custom(caught))
            .layer(from_fn_with_state(Arc::<str>::from("/synvote.css"), error::show));
        for (accept, kind) in
            [("text/html", "text/html; charset=utf-8"), ("application/json", "application/json")]
        {
            let request = Request::get("/").header("accept", accept).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(
                (response.status().as_u16(), &response.headers()["content-type"]),
                (500, &kind.parse().unwrap())
            );
            let body = to_bytes(response.into_body(), 10_000).await.unwrap();
            let text = std::str::from_utf8(&body).unwrap();
            assert!(!text.contains("secret") && !text.is_empty(), "{text}");
        }
    }
}
