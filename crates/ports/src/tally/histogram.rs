//! How long things take.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// The upper ends of the buckets, in microseconds.
const ENDS: [u64; 13] = [
    1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000,
];

/// Times, in buckets from a millisecond to ten seconds.
#[derive(Debug, Default)]
pub struct Histogram {
    /// One more than ends: the last one is for what took longer.
    counts: [AtomicU64; ENDS.len() + 1],
    microseconds: AtomicU64,
}

impl Histogram {
    /// Adds a time.
    pub fn observe(&self, time: Duration) {
        let microseconds = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let bucket = ENDS.partition_point(|end| *end < microseconds);
        if let Some(count) = self.counts.get(bucket) {
            count.fetch_add(1, Relaxed);
        }
        self.microseconds.fetch_add(microseconds, Relaxed);
    }

    /// All times together, in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        Duration::from_micros(self.microseconds.load(Relaxed)).as_secs_f64()
    }

    /// The upper end of each bucket in seconds, without one for the last, and how many times are in it and in no bucket
    /// before it.
    #[must_use]
    pub fn buckets(&self) -> Vec<(Option<f64>, u64)> {
        let ends = ENDS.iter().map(|end| Some(Duration::from_micros(*end).as_secs_f64())).chain([None]);
        ends.zip(&self.counts).map(|(end, count)| (end, count.load(Relaxed))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_in_the_first_bucket_whose_end_it_does_not_exceed() {
        let histogram = Histogram::default();
        for microseconds in [0, 1_000, 1_001, 10_000_000, 10_000_001] {
            histogram.observe(Duration::from_micros(microseconds));
        }
        let counts: Vec<_> = histogram.buckets().into_iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(counts, [(Some(0.001), 2), (Some(0.0025), 1), (Some(10.0), 1), (None, 1)]);
        assert!((histogram.seconds() - 20.002_002).abs() < 1e-9, "{}", histogram.seconds());
    }
}
