//! The shared cache, the invalidation channel and the shared rate limiter in Valkey or Redis.
//!
//! # The cache
//!
//! A miss leaves a lease behind: a second key, beside the one of the value, that holds the ticket of the last reader
//! who missed. Filling succeeds only while the lease is still there with the same ticket, and a removal deletes both
//! keys, so that a value which was read before a change is never stored after it. Lua scripts make each step atomic.
//!
//! Values are sealed ([`Seal`]), so that nobody who can write to the server makes up an identity or a privilege.
//!
//! Entries must not come back from a disk: run the server without persistence (`save ""`, `appendonly no`), or a
//! restart may bring back values that were removed since the last snapshot.
//!
//! # The rate limiter
//!
//! The counts of a key are a sorted set, by the time of the server, that expires with its newest count. A script drops
//! what has ended, looks at how many are left, and counts one more, in one step. The limiter has a pool of connections
//! of its own, so that the many lookups of the cache do not stand before the few things that have to be counted.

mod breaker;
mod cache;
mod calls;
mod channel;
mod connection;
mod counts;
mod entry;
mod error;
mod home;
mod pool;
mod rate_limiter;
mod seal;
mod url;

pub use cache::ValkeyCache;
pub use channel::ValkeyChannel;
pub use error::ConnectError;
pub use rate_limiter::ValkeyRateLimiter;
pub use seal::Seal;
pub use url::UrlParts;
