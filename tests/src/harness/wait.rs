//! Waiting: for something that nobody announces, and while a fault lasts.

use std::time::{Duration, Instant};

/// Lets time pass: a fault has to last a while.
#[expect(clippy::disallowed_methods, reason = "nothing is waited for: this is how long a fault lasts")]
pub fn last(duration: Duration) {
    std::thread::sleep(duration);
}

/// Asks every few milliseconds until the answer is yes, and tells how long it took. Panics when the limit is over.
pub fn until(limit: Duration, what: &str, mut probe: impl FnMut() -> bool) -> Duration {
    let start = Instant::now();
    while !probe() {
        assert!(start.elapsed() < limit, "expected within {limit:?}: {what}");
        last(Duration::from_millis(5));
    }
    start.elapsed()
}
