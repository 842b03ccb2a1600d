//! The rate-limit port over a Valkey server.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use irontrack_ports::{RateLimit, RateLimitError, RateLimiter, Receipt, Taken};
use uuid::Uuid;

use crate::ConnectError;
use crate::calls::Calls;
use crate::connection::Endpoint;
use crate::counts::{TakeScript, counts_key};
use crate::pool::Pool;

/// A rate limiter that several instances share.
///
/// Every call ends within 50 ms, the wait for a connection included, with an error if need be. After five failures in a
/// row calls fail at once, and one in a second probes the server. A count whose answer was not waited for may stand; it
/// ends with its window.
///
/// Time is that of the server. Where its clock jumps ahead, counts end early by as much; where it is put back, they end
/// a window later at most. A server that loses its data or runs out of memory forgets counts.
pub struct ValkeyRateLimiter {
    prefix: String,
    pool: Arc<Pool>,
    take: TakeScript,
    calls: Calls,
    /// Receipts are numbered; this tells ours from those of other instances.
    instance: Uuid,
    next_receipt: AtomicU64,
}

impl ValkeyRateLimiter {
    /// Connects in the background, so that the server may be absent now. All keys start with the prefix. The runtime on
    /// which this is called has to live as long as the limiter: it drives the connections.
    ///
    /// URLs are those of [`ValkeyCache::lazy`](crate::ValkeyCache::lazy).
    ///
    /// # Errors
    /// [`ConnectError::Url`] when the URL is not valid.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn lazy(url: &str, prefix: &str) -> Result<Self, ConnectError> {
        let endpoint = Endpoint::new(url)?;
        let calls = Calls::new("the shared rate limiter", endpoint.address());
        let limiter = Self {
            prefix: prefix.to_owned(),
            pool: Arc::new(endpoint.pool()?),
            take: TakeScript::new(),
            calls,
            instance: Uuid::new_v4(),
            next_receipt: AtomicU64::new(0),
        };
        limiter.warm_up();
        Ok(limiter)
    }

    /// The same limiter with another limit than 50 ms for each call.
    #[must_use]
    pub fn with_call_limit(mut self, limit: Duration) -> Self {
        self.calls.limit = limit;
        self
    }

    /// Opens the first connection, so that the first call finds one.
    fn warm_up(&self) {
        let pool = self.pool.clone();
        self.calls.home().spawn(async move { pool.checkout().await.map(drop) });
    }

    fn new_receipt(&self) -> Receipt {
        let number = self.next_receipt.fetch_add(1, Ordering::Relaxed);
        Receipt(format!("{}.{number}", self.instance.simple()))
    }
}

#[async_trait]
impl RateLimiter for ValkeyRateLimiter {
    async fn take(&self, key: &str, limit: RateLimit) -> Result<Taken, RateLimitError> {
        let receipt = self.new_receipt();
        let script = self.take.call(&counts_key(&self.prefix, key), &receipt.0, limit);
        let waiting: u64 = self
            .calls
            .optional(async { script.invoke_async(&mut *self.pool.checkout().await?).await })
            .await
            .map_err(RateLimitError)?;
        Ok(match waiting {
            0 => Taken::Counted(receipt),
            // Not beyond the window, which the server may have been told in whole microseconds.
            _ => Taken::Refused { retry_after: Duration::from_micros(waiting).min(limit.window) },
        })
    }

    async fn give_back(&self, key: &str, receipt: &Receipt) -> Result<(), RateLimitError> {
        let mut command = redis::cmd("ZREM");
        command.arg(counts_key(&self.prefix, key)).arg(&receipt.0);
        self.calls
            .optional(async { command.exec_async(&mut *self.pool.checkout().await?).await })
            .await
            .map_err(RateLimitError)
    }
}

impl fmt::Debug for ValkeyRateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ValkeyRateLimiter")
            .field("address", &self.calls.address())
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
