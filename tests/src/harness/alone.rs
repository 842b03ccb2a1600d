//! Tests that take turns.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Waits until none of the other tests that call this is running, and keeps them waiting while the answer lives.
///
/// For tests that measure, or that keep all cores busy: beside each other they would measure each other.
#[must_use = "the turn is over when it is dropped"]
pub fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    // One that has failed has had its turn.
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}
