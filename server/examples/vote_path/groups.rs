//! How many writes shared a transaction, as operators read it.

use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use server::meter::Meter;

/// Groups so far, and the writes in them.
pub struct Groups {
    groups: f64,
    writes: f64,
}

impl Groups {
    /// What a meter says now.
    pub fn of(meter: &Meter) -> Self {
        let mut registry = Registry::default();
        meter.register(&mut registry);
        let mut text = String::new();
        encode(&mut text, &registry).unwrap();
        let number = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.map_or(0.0, |value| value.trim().parse().unwrap())
        };
        Self { groups: number("write_group_count "), writes: number("write_group_sum ") }
    }

    /// Writes in a group since then.
    pub fn mean_since(&self, before: &Self) -> f64 {
        (self.writes - before.writes) / (self.groups - before.groups).max(1.0)
    }
}
