//! Wiring of the rate limiter.

use std::sync::Arc;

use irontrack_memory_adapter::{LayeredRateLimiter, MemoryRateLimiter};
use irontrack_ports::RateLimiter;
use irontrack_valkey_adapter::ValkeyRateLimiter;

use super::copies::PREFIX;
use crate::{Failure, settings::Settings};

/// Bytes that the rate limiter in this process may hold: tens of thousands of accounts and addresses.
const RATE_LIMITER_BYTES: usize = 16 * 1024 * 1024;

/// Counts in this process and, where there is a server for it, with all others.
pub(super) fn limiter(settings: &Settings) -> Result<Arc<dyn RateLimiter>, Failure> {
    let own = MemoryRateLimiter::new(RATE_LIMITER_BYTES);
    let Some(url) = &settings.cache.url else { return Ok(Arc::new(own)) };
    let shared =
        ValkeyRateLimiter::lazy(url.expose(), PREFIX).map_err(|error| Failure::usage(format!("CACHE_URL: {error}")))?;
    Ok(Arc::new(LayeredRateLimiter::new(own, Arc::new(shared))))
}
