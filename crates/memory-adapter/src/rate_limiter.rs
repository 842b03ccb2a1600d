//! The rate-limit port over a map in memory.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use irontrack_ports::{RateLimit, RateLimitError, RateLimiter, Receipt, Taken};

use crate::counts::{Count, Counts, CountsByKey};

/// A rate limiter in the memory of this process, of bounded size. It never fails.
///
/// When the space is used up the least recently used keys are forgotten first. (Not a moka cache: its idea of the space
/// in use drifts when a key is removed and put back by several threads, and here the size is what protects.)
pub struct MemoryRateLimiter {
    state: Mutex<State>,
    capacity: usize,
}

struct State {
    keys: CountsByKey,
    next_id: u64,
}

impl MemoryRateLimiter {
    /// A limiter that has counted nothing yet and holds at most about so many bytes, keys and overhead included.
    #[must_use]
    pub fn new(capacity_bytes: usize) -> Self {
        Self { state: Mutex::new(State { keys: CountsByKey::default(), next_id: 0 }), capacity: capacity_bytes }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A refusal is a use of the key as well: what somebody keeps trying is not forgotten.
    fn count(&self, key: &str, RateLimit { limit, window }: RateLimit) -> Taken {
        let mut state = self.state();
        // The time within the lock, so that counts are in its order.
        let now = Instant::now();
        let mut counts = state.keys.remove(key).unwrap_or_else(|| Counts::new(window));
        counts.slide(now);
        let taken = if let Some(retry_after) = counts.waiting(limit, now) {
            Taken::Refused { retry_after }
        } else {
            let id = state.next_id;
            state.next_id += 1;
            counts.push(Count { at: now, id });
            Taken::Counted(Receipt(id.to_string()))
        };
        state.keys.insert(key, counts);
        state.keys.shrink(self.capacity, now);
        taken
    }

    fn uncount(&self, key: &str, receipt: &Receipt) {
        let Ok(id) = receipt.0.parse() else { return };
        let mut state = self.state();
        if let Some(mut counts) = state.keys.remove(key) {
            counts.remove(id);
            if !counts.is_empty() {
                state.keys.insert(key, counts);
            }
        }
    }

    /// The bytes in use.
    #[cfg(test)]
    fn bytes(&self) -> usize {
        self.state().keys.bytes()
    }
}

#[async_trait]
impl RateLimiter for MemoryRateLimiter {
    async fn take(&self, key: &str, limit: RateLimit) -> Result<Taken, RateLimitError> {
        Ok(self.count(key, limit))
    }

    async fn give_back(&self, key: &str, receipt: &Receipt) -> Result<(), RateLimitError> {
        self.uncount(key, receipt);
        Ok(())
    }
}

impl fmt::Debug for MemoryRateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the keys: they hold addresses of people.
        f.debug_struct("MemoryRateLimiter").finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "rate_limiter_tests.rs"]
mod tests;
