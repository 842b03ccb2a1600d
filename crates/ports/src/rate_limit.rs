//! Rate limits: how often something may be tried.

use std::time::Duration;

use async_trait::async_trait;
use thiserror::Error;

/// So many times in any stretch of time this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RateLimit {
    /// The most counts at a time; never 0, which means "no limit" to people: nothing is counted then.
    pub limit: u32,
    /// For how long a count counts.
    pub window: Duration,
}

/// Identifies one count, so that this one and no other can be given back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Receipt(pub String);

/// Whether one more is within the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is, and has been counted.
    Counted(Receipt),
    /// It is not, and has not been counted.
    Refused {
        /// When the oldest count that stands in the way ends: more than nothing and at most the window.
        retry_after: Duration,
    },
}

/// The limiter did not answer, and whether something was counted is not known. What has to be limited must not be done
/// uncounted.
#[derive(Debug, Error)]
#[error("the rate limiter is not available: {0}")]
pub struct RateLimitError(pub String);

/// Counts by key, over a sliding window.
///
/// A key is always used with the same limit. Each count ends by itself when its window is over, so no refusal is for
/// ever. Time is that of one clock for all who share the limiter: a monotonic one within a process, and between
/// processes one that may be set. An implementation may forget the least recently used keys when it runs out of space.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts one now if fewer than the limit were counted within the window. Of calls at the same time no more than the
    /// limit are counted.
    ///
    /// # Errors
    /// [`RateLimitError`] when the limiter does not answer in time; a count may have been made, and ends with its window.
    async fn take(&self, key: &str, limit: RateLimit) -> Result<Taken, RateLimitError>;

    /// Undoes a count. One that has ended, was given back before, or belongs to another key, changes nothing.
    ///
    /// # Errors
    /// [`RateLimitError`] when the limiter does not answer in time; the count then ends with its window.
    async fn give_back(&self, key: &str, receipt: &Receipt) -> Result<(), RateLimitError>;
}
