//! Faults of what the server depends on, in the middle of its work: the cache, the database, its connections, and more
//! passwords than it can check. Each test prints what it has measured (`--nocapture`).
//!
//! In short form they run with all other tests, on machines that may be slow and busy: faults are short, but last until
//! enough has happened in them, and times are compared with those of a server that has nothing to do with the fault, or
//! with bounds far off. `IRONTRACK_TEST_FAULTS=full` (`just faults`) makes faults as long as the goals say and compares
//! with the goals themselves. In both forms they take turns.

mod channel;
mod clock;
mod disk;
mod garbage;
mod hashing;
mod load;
mod overload;
mod pool;
mod postgres;
mod scene;
mod slow_clients;
mod valkey;

use std::time::Duration;

use irontrack_tests::harness::{Load, Sample, Samples, until};

/// What counts in the short form, or in the full one.
pub(crate) fn short_or_full<T>(short: T, full: T) -> T {
    if std::env::var_os("IRONTRACK_TEST_FAULTS").is_some_and(|form| form == "full") { full } else { short }
}

/// Every answer that depends on the database comes within this time, whatever becomes of the database.
fn answer_limit() -> Duration {
    short_or_full(Duration::from_secs(6), Duration::from_millis(2500))
}

/// How long a fault of the database lasts: longer than any answer takes.
fn outage() -> Duration {
    short_or_full(Duration::from_secs(9), Duration::from_secs(20))
}

/// Waits until everything that was asked for within a second from now on has been answered well, and tells how long that
/// took.
fn wait_until_well(load: &Load, limit: Duration) -> Duration {
    const SECOND: Duration = Duration::from_secs(1);
    let start = load.now();
    until(limit, "everything works for a second", || {
        let from = load.now().saturating_sub(SECOND);
        let latest = load.since(from.max(start));
        from >= start && !latest.0.is_empty() && latest.0.iter().all(is_well)
    })
}

fn is_well(sample: &Sample) -> bool {
    sample.status().is_some_and(|status| status < 300)
}

/// Expects that all is well, or refused for the moment with 503 and when to come back, in time.
fn assert_well_or_refused(samples: &Samples, limit: Duration) {
    samples.assert_all("answered well, or refused with 503 and Retry-After", |sample| {
        is_well(sample) || sample.status() == Some(503) && sample.is_refused_for_now()
    });
    samples.assert_all(&format!("answered within {limit:?}"), |sample| sample.took <= limit);
}

/// Expects that all is well.
fn assert_well(samples: &Samples) {
    samples.assert_all("answered well", is_well);
}
