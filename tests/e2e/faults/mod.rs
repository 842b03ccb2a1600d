//! Faults of what the server depends on, in the middle of its work: the cache, the database, its connections, and more
//! passwords than it can check. Each test prints what it has measured (`--nocapture`).
//!
//! In short form they run with all other tests, on machines that are busy with those: faults are short, and times are
//! only compared with bounds far off. `IRONTRACK_TEST_FAULTS=full` (`just faults`) makes faults as long as the goals say and
//! compares with the goals themselves.

mod channel;
mod garbage;
mod hashing;
mod pool;
mod postgres;
mod scene;
mod valkey;

use std::time::Duration;

use irontrack_tests::harness::Samples;

/// What counts in the short form, or in the full one.
fn short_or_full<T>(short: T, full: T) -> T {
    if std::env::var_os("IRONTRACK_TEST_FAULTS").is_some_and(|form| form == "full") { full } else { short }
}

/// Every answer that depends on the database comes within this time, whatever becomes of the database.
fn answer_limit() -> Duration {
    short_or_full(Duration::from_millis(3500), Duration::from_millis(2500))
}

/// Expects that all is well, or refused for the moment with 503 and when to come back, in time.
fn assert_well_or_refused(samples: &Samples, limit: Duration) {
    samples.assert_all("answered well, or refused with 503 and Retry-After", |sample| {
        sample.status().is_some_and(|status| status < 300)
            || sample.status() == Some(503) && sample.is_refused_for_now()
    });
    samples.assert_all(&format!("answered within {limit:?}"), |sample| sample.took <= limit);
}

/// Expects that all is well.
fn assert_well(samples: &Samples) {
    samples.assert_all("answered well", |sample| sample.status().is_some_and(|status| status < 300));
}
