//! The shared cache in Valkey or Redis.
//!
//! A miss leaves a lease behind: a second key, beside the one of the value, that holds the ticket of the last reader
//! who missed. Filling succeeds only while the lease is still there with the same ticket, and a removal deletes both
//! keys, so that a value which was read before a change is never stored after it. Lua scripts make each step atomic.
//!
//! Entries must not come back from a disk: run the server without persistence (`save ""`, `appendonly no`), or a
//! restart may bring back values that were removed since the last snapshot.

mod breaker;
mod cache;
mod connection;
mod entry;
mod error;
mod home;
mod url;

pub use cache::ValkeyCache;
pub use error::ConnectError;
pub use url::UrlParts;
