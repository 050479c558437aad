//! What operators want to know of the vote path, counted where it happens.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Upper ends of the buckets of group sizes, in writes.
const WRITES: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 256.0];
/// Upper ends of the buckets of commit times, in seconds.
const SECONDS: [f64; 9] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0];

/// The counters. A clone is the same ones.
#[derive(Clone)]
pub struct Meter {
    /// Votes made durable.
    pub votes: Counter,
    /// Of these, votes on images that were settled already when they came.
    pub late: Counter,
    /// Writes of votes and leases that share a transaction.
    pub group: Histogram,
    /// Writes that wait for their transaction.
    pub waiting: Gauge,
    /// Writes that were turned away because too many waited.
    pub turned_away: Counter,
    /// Time that a commit takes.
    pub commit_seconds: Histogram,
    /// Holds of workers on images that are not expired.
    pub leases: Gauge,
    /// Writes that were put off because another server was in their synset.
    pub put_off: Counter,
    /// Servers of the database that are there.
    pub servers: Gauge,
}

impl Default for Meter {
    fn default() -> Self {
        Self {
            votes: Counter::default(),
            late: Counter::default(),
            group: Histogram::new(WRITES),
            waiting: Gauge::default(),
            turned_away: Counter::default(),
            commit_seconds: Histogram::new(SECONDS),
            leases: Gauge::default(),
            put_off: Counter::default(),
            servers: Gauge::default(),
        }
    }
}

impl Meter {
    /// Has the counters read from a registry.
    pub fn register(&self, registry: &mut Registry) {
        let Self { votes, late, group, waiting, turned_away, commit_seconds, leases, put_off, servers } =
            self.clone();
        registry.register("votes", "Votes made durable", votes);
        registry.register("votes_late", "Votes on images that were settled already", late);
        registry.register("write_group", "Writes of votes and leases that share a transaction", group);
        registry.register("writes_waiting", "Writes that wait for their transaction", waiting);
        registry.register("writes_turned_away", "Writes turned away because too many waited", turned_away);
        registry.register("commit_seconds", "Time that a commit of votes takes", commit_seconds);
        registry.register("leases", "Live holds of workers on images", leases);
        registry.register("writes_put_off", "Writes put off for another server in their synset", put_off);
        registry.register("servers", "Servers of the database that are there", servers);
    }
}
