//! Letting time pass: how long something is measured is said in seconds, not in events.

use std::time::Duration;

/// Waits that long.
#[expect(clippy::disallowed_methods, reason = "there is no event to wait for")]
pub(crate) fn pause(time: Duration) {
    std::thread::sleep(time);
}
