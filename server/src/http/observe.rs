//! One log line and one count for each request: id, actor, decision; never bodies, tokens, paths or query strings.

use super::metrics::Metrics;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use tracing::Instrument as _;

/// Who turned out to be asking; an inner layer says it.
#[derive(Clone, Default)]
pub struct Actor(Arc<OnceLock<i64>>);

impl Actor {
    /// Says who it is; the first word counts.
    pub fn set(&self, account: i64) {
        let _ = self.0.set(account);
    }
}

/// What the middleware needs.
#[derive(Clone)]
pub struct Observer {
    metrics: Metrics,
    next_id: Arc<AtomicU64>,
}

impl Observer {
    /// `start` makes ids of one run of the program differ from those of another.
    pub fn new(metrics: Metrics, start: u64) -> Self {
        Self { metrics, next_id: Arc::new(AtomicU64::new(start)) }
    }
}

/// Middleware: gives the request an id, answers with it, counts and logs.
pub async fn observe(State(observer): State<Observer>, mut request: Request, next: Next) -> Response {
    let id = format!("{:016x}", observer.next_id.fetch_add(1, Ordering::Relaxed));
    let method = name(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(none)".to_owned(), |path| path.as_str().to_owned());
    let actor = Actor::default();
    request.extensions_mut().insert(actor.clone());

    let open = observer.metrics.begin();
    let begun = tokio::time::Instant::now();
    let span = tracing::info_span!("request", id = %id);
    let mut response = next.run(request).instrument(span).await;
    drop(open);
    let took = begun.elapsed();
    let status = response.status().as_u16();

    observer.metrics.answered(method, &route, status, took);
    let actor = actor.0.get().copied();
    let ms = took.as_millis();
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(request.id = %id, actor.id = actor, method, route, status, ms, "{method} {route} answered {status}")
        };
    }
    match status {
        500.. => line!(warn),
        _ if is_frequent(&route) => line!(debug),
        _ => line!(info),
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

/// Pictures and machines' questions come by the dozen and say nothing when they go well.
fn is_frequent(route: &str) -> bool {
    ["/image/", "/import/{import}/file", "/pkg/", "/healthz", "/readyz", "/metrics"]
        .iter()
        .any(|start| route.starts_with(start))
}

/// The methods that we know, so that a client can't make up label values.
fn name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "OPTIONS" => "OPTIONS",
        _ => "OTHER",
    }
}
