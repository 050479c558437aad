//! Searching WordNet while one types: JSON, for everybody who is signed in, as often as people can type.

use super::error::HttpError;
use super::limits::{SEARCHES_A_SECOND, SEARCHES_AT_ONCE};
use super::throttle::WorldClock;
use super::visitor::Signed;
use crate::service::ontology::OntologyService;
use crate::world::World;
use app::api::ApiError;
use app::api::ontology::SynsetLine;
use app::backend::Ontology as _;
use app::viewer::Worker;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderName, header};
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use serde::Deserialize;
use std::num::NonZeroU32;
use std::sync::Arc;

/// What the route needs.
#[derive(Clone)]
pub struct Searches {
    ontology: Arc<OntologyService>,
    limiter: Arc<RateLimiter<i64, DashMapStateStore<i64>, WorldClock, NoOpMiddleware<Nanos>>>,
    clock: WorldClock,
}

/// What is asked.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// A word, the beginning of one, or a wnid.
    #[serde(default)]
    q: String,
}

impl Searches {
    /// Nobody has searched yet.
    pub fn new(world: &World) -> Self {
        let clock = WorldClock::of(world);
        let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(number(SEARCHES_A_SECOND)).allow_burst(number(SEARCHES_AT_ONCE));
        let limiter = RateLimiter::new(quota, DashMapStateStore::default(), clock.clone());
        Self { ontology: Arc::new(OntologyService::new(world.clone())), limiter: Arc::new(limiter), clock }
    }
}

/// `GET /synsets/search.json?q=…`: the best synsets. A browser may keep the answer for itself for a while, since WordNet does
/// not change.
///
/// # Errors
/// 401 signed out; 422 when the query is too long; 429 when it comes too often.
pub async fn search(
    State(searches): State<Searches>,
    signed: Signed<Worker>,
    Query(asked): Query<Asked>,
) -> Result<([(HeaderName, &'static str); 1], Json<Vec<SynsetLine>>), HttpError> {
    searches.limiter.check_key(&signed.right.id()).map_err(|not_until| {
        let wait = not_until.wait_time_from(searches.clock.now());
        ApiError::TooOften { seconds: u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1) }
    })?;
    let found = searches.ontology.search(&asked.q).await?;
    Ok(([(header::CACHE_CONTROL, "private, max-age=300")], Json(found)))
}
