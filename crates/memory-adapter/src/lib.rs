//! The cache and the rate limiter inside one process: the default without Valkey. With it the rate limiter stays, below
//! the one that is shared. Training logs are remembered here alone.

mod cache;
mod counts;
mod layered_rate_limiter;
mod rate_limiter;
mod slot;
#[cfg(test)]
mod tests;
mod training_logs;

pub use cache::MemoryCache;
pub use layered_rate_limiter::LayeredRateLimiter;
pub use rate_limiter::MemoryRateLimiter;
pub use training_logs::MemoryTrainingLogs;
