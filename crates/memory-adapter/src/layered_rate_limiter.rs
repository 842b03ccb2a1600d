//! Two rate limiters, one upon the other.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use irontrack_ports::{RateLimit, RateLimitError, RateLimiter, Receipt, Taken};

use crate::MemoryRateLimiter;

/// A rate limiter in the memory of this process, and above it one that several processes share. It never fails.
///
/// What happens is counted in both, and both have to agree. While the shared one answers, its limit is the one that is
/// reached: it knows of everything that this process counted, and of more. While it does not, the limit of this process
/// goes on where it was. When it is back it counts on with what it still knows, and what it missed stays counted here.
/// So in any window there are never more counts than the limit in one process, nor more than the limit for each process
/// in all of them, however often the shared limiter goes away, comes back, or forgets.
///
/// Who is refused here is not asked about there: the limit is reached already, and somebody who keeps trying causes no
/// traffic.
pub struct LayeredRateLimiter {
    own: MemoryRateLimiter,
    shared: Arc<dyn RateLimiter>,
}

impl LayeredRateLimiter {
    /// Counts in both.
    #[must_use]
    pub fn new(own: MemoryRateLimiter, shared: Arc<dyn RateLimiter>) -> Self {
        Self { own, shared }
    }
}

#[async_trait]
impl RateLimiter for LayeredRateLimiter {
    async fn take(&self, key: &str, limit: RateLimit) -> Result<Taken, RateLimitError> {
        let own = match self.own.take(key, limit).await? {
            Taken::Counted(receipt) => receipt,
            refused @ Taken::Refused { .. } => return Ok(refused),
        };
        match self.shared.take(key, limit).await {
            Ok(Taken::Counted(shared)) => Ok(Taken::Counted(both(&own, &shared))),
            Ok(refused @ Taken::Refused { .. }) => {
                self.own.give_back(key, &own).await?;
                Ok(refused)
            }
            // It logs for itself that it is away.
            Err(RateLimitError(_)) => Ok(Taken::Counted(own)),
        }
    }

    async fn give_back(&self, key: &str, receipt: &Receipt) -> Result<(), RateLimitError> {
        let (own, shared) = apart(receipt);
        self.own.give_back(key, &own).await?;
        match shared {
            Some(shared) => self.shared.give_back(key, &shared).await,
            None => Ok(()),
        }
    }
}

/// Stands between the two receipts of a count; our own have digits only.
const BETWEEN: char = '/';

fn both(own: &Receipt, shared: &Receipt) -> Receipt {
    Receipt(format!("{}{BETWEEN}{}", own.0, shared.0))
}

fn apart(receipt: &Receipt) -> (Receipt, Option<Receipt>) {
    match receipt.0.split_once(BETWEEN) {
        Some((own, shared)) => (Receipt(own.to_owned()), Some(Receipt(shared.to_owned()))),
        None => (receipt.clone(), None),
    }
}

impl fmt::Debug for LayeredRateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LayeredRateLimiter").field("own", &self.own).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "layered_rate_limiter_tests.rs"]
mod tests;
