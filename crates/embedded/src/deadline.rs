//! Waiting for something that nobody announces.

use std::thread;
use std::time::{Duration, Instant};

const INTERVAL: Duration = Duration::from_millis(10);

/// Asks `probe` every 10 ms until it has an answer; `None` when `limit` is over.
#[expect(clippy::disallowed_methods, reason = "a server that gets ready and a process that ends do not tell us")]
pub(crate) fn poll<T>(limit: Duration, mut probe: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = probe() {
            return Some(answer);
        }
        if start.elapsed() >= limit {
            return None;
        }
        thread::sleep(INTERVAL);
    }
}
