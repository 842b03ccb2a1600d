//! The cache and the rate limiter inside one process: the default without Valkey.

mod cache;
mod counts;
mod rate_limiter;
mod slot;
#[cfg(test)]
mod tests;

pub use cache::MemoryCache;
pub use rate_limiter::MemoryRateLimiter;
