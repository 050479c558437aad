//! Numbers for operators: how many requests, of which kind, how fast.

use crate::meter::Meter;
use prometheus_client::encoding::{EncodeLabelSet, text::encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::sync::Arc;
use std::time::Duration;

/// Upper ends of the duration buckets, in seconds.
const SECONDS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 4.0, 15.0];

/// The counters. Cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram>,
    open: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

impl Metrics {
    /// Everything at zero, and beside it what a world counts.
    pub fn of(meter: &Meter) -> Self {
        let requests = Family::<Answered, Counter>::default();
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| Histogram::new(SECONDS));
        let open = Gauge::default();
        let mut registry = Registry::with_prefix("synvote");
        registry.register("requests", "Requests answered, by route and status", requests.clone());
        registry.register("request_seconds", "Time to answer, by route", seconds.clone());
        registry.register("requests_open", "Requests being answered now", open.clone());
        meter.register(&mut registry);
        Self { registry: Arc::new(registry), requests, seconds, open }
    }

    /// A request begins; it counts as open until the value is dropped.
    pub fn begin(&self) -> Open {
        self.open.inc();
        Open(self.open.clone())
    }

    /// A request was answered. `route` is the pattern, never the path: paths hold ids and tokens.
    pub fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let answered = Answered { method: method.to_owned(), route: route.to_owned(), status };
        self.requests.get_or_create(&answered).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
    }

    /// All of it, in the OpenMetrics text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string can't fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// A request being answered.
pub struct Open(Gauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answered_requests_are_counted_by_route_and_status() {
        let meter = Meter::default();
        let metrics = Metrics::of(&meter);
        meter.votes.inc_by(36);
        let open = metrics.begin();
        for _ in 0..3 {
            metrics.answered("GET", "/image/{size}/{name}", 200, Duration::from_millis(7));
        }
        let text = metrics.text();
        let line = r#"synvote_requests_total{method="GET",route="/image/{size}/{name}",status="200"} 3"#;
        assert!(text.contains(line), "{text}");
        assert!(text.contains("synvote_requests_open 1"), "{text}");
        assert!(text.contains(r#"le="0.005",route="/image/{size}/{name}"} 0"#), "{text}");
        assert!(text.contains("synvote_votes_total 36"), "{text}");
        drop(open);
        assert!(metrics.text().contains("synvote_requests_open 0"));
    }
}
