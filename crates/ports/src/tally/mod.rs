//! What is counted while the program runs, for operators: plain numbers that anybody may add to, and that one place reads.
//!
//! Adding is one atomic operation, without a lock and without memory. The numbers are those of the process; who reads
//! them decides in which form they leave it. What a part knows of itself at any time, such as a pool, is not counted but
//! asked for ([`PoolWatch`], [`HashQueueWatch`]).

mod families;
mod histogram;
mod watch;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};

pub use families::{
    AUDIT_EVENTS, AUDIT_EVENTS_DROPPED, BREAKER_OPEN, CACHE_LOOKUPS, CHANNEL_LAG_MILLISECONDS, CHANNEL_UP, COUNTERS,
    COUNTERS_ALONE, GAUGES, HASHES_REFUSED, IDEMPOTENCY_REPLAYS, RATE_LIMIT_REFUSALS, TOKENS_REFUSED,
};
pub use histogram::Histogram;
pub use watch::{HashQueueState, HashQueueWatch, PoolState, PoolWatch};

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Nothing was counted yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    /// Counts one more.
    pub fn increment(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    /// How many there were.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// A number that goes up and down.
#[derive(Debug, Default)]
pub struct Gauge(AtomicI64);

impl Gauge {
    /// Zero.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicI64::new(0))
    }

    /// Moves it by so much.
    pub fn add(&self, difference: i64) {
        self.0.fetch_add(difference, Relaxed);
    }

    /// Sets it.
    pub fn set(&self, value: i64) {
        self.0.store(value, Relaxed);
    }

    /// What it is.
    #[must_use]
    pub fn get(&self) -> i64 {
        self.0.load(Relaxed)
    }
}

/// A number under a name of its own.
#[derive(Debug)]
pub struct Alone<T: 'static> {
    /// What it is called.
    pub name: &'static str,
    /// What it says, in one sentence without the full stop.
    pub help: &'static str,
    /// The number.
    pub number: T,
}

/// The values of the labels, in their order, and the number that they belong to.
pub type Series<T> = (&'static [&'static str], T);

/// Numbers of one kind, told apart by labels whose values are all known beforehand: nothing from outside becomes one. `S`
/// is an array of [`Series`], or a slice where families are listed.
#[derive(Debug)]
pub struct Family<S: ?Sized> {
    /// What they are called together.
    pub name: &'static str,
    /// What they say, in one sentence without the full stop.
    pub help: &'static str,
    /// The names of the labels.
    pub labels: &'static [&'static str],
    /// All numbers.
    pub series: S,
}

impl<T, const N: usize> Family<[Series<T>; N]> {
    /// The number with these values, if there is one.
    #[must_use]
    pub fn with(&self, values: &[&str]) -> Option<&T> {
        self.series.iter().find(|(known, _)| *known == values).map(|(_, number)| number)
    }
}

impl<const N: usize> Family<[Series<Counter>; N]> {
    /// Counts one more with these values. Values that are not known are not counted; tests look for such.
    pub fn count(&self, values: &[&str]) {
        if let Some(counter) = self.with(values) {
            counter.increment();
        }
    }
}

impl<const N: usize> Family<[Series<Gauge>; N]> {
    /// Sets the number with these values, if they are known.
    pub fn set(&self, values: &[&str], number: i64) {
        if let Some(gauge) = self.with(values) {
            gauge.set(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, time::Instant};

    use super::*;

    #[test]
    fn every_series_has_a_value_for_every_label_and_is_there_once() {
        let shapes = COUNTERS.iter().map(|family| {
            (family.name, family.labels, family.series.iter().map(|(values, _)| *values).collect::<Vec<_>>())
        });
        let gauges = GAUGES.iter().map(|family| {
            (family.name, family.labels, family.series.iter().map(|(values, _)| *values).collect::<Vec<_>>())
        });
        let mut names = HashSet::new();
        for (name, labels, series) in shapes.chain(gauges) {
            assert!(name.starts_with("irontrack_") && names.insert(name), "{name}");
            assert!(series.iter().all(|values| values.len() == labels.len()), "{name}");
            assert_eq!(series.iter().collect::<HashSet<_>>().len(), series.len(), "{name}");
        }
        assert!(COUNTERS_ALONE.iter().all(|alone| names.insert(alone.name)));
    }

    #[test]
    fn every_kind_of_audit_event_is_counted() {
        for kind in irontrack_domain::audit::AuditKind::ALL {
            assert!(AUDIT_EVENTS.with(&[kind.name()]).is_some(), "{}", kind.name());
        }
    }

    /// Requests count several times each. The bound is far above what it takes, and far below what a lock and a map do.
    #[test]
    fn counting_costs_next_to_nothing() {
        static ROUNDS: u32 = 200_000;
        static FAMILY: Family<[Series<Counter>; 2]> = Family {
            name: "irontrack_test",
            help: "",
            labels: &["cache", "result"],
            series: [(&["near", "hit"], Counter::new()), (&["shared", "hit"], Counter::new())],
        };
        let started = Instant::now();
        for _ in 0..ROUNDS {
            FAMILY.count(std::hint::black_box(&["shared", "hit"]));
        }
        let each = started.elapsed() / ROUNDS;
        println!("counting with labels: {each:?}");
        assert_eq!(FAMILY.with(&["shared", "hit"]).unwrap().get(), u64::from(ROUNDS));
        assert!(each.as_micros() < 5, "{each:?}");
    }
}
