//! The shared cache in Valkey or Redis, and the invalidation channel.
//!
//! A miss leaves a lease behind: a second key, beside the one of the value, that holds the ticket of the last reader
//! who missed. Filling succeeds only while the lease is still there with the same ticket, and a removal deletes both
//! keys, so that a value which was read before a change is never stored after it. Lua scripts make each step atomic.
//!
//! Values are sealed ([`Seal`]), so that nobody who can write to the server makes up an identity or a privilege.
//!
//! Entries must not come back from a disk: run the server without persistence (`save ""`, `appendonly no`), or a
//! restart may bring back values that were removed since the last snapshot.

mod breaker;
mod cache;
mod channel;
mod connection;
mod entry;
mod error;
mod home;
mod seal;

pub use cache::ValkeyCache;
pub use channel::ValkeyChannel;
pub use error::ConnectError;
pub use seal::Seal;
