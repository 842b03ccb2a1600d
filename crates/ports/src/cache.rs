//! The cache: an accelerator, never the truth.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use thiserror::Error;

/// The cache did not answer. Go on without it.
#[derive(Debug, Error)]
#[error("the cache is not available: {0}")]
pub struct CacheError(pub String);

/// The right to fill one missing entry once. A removal of the entry takes the right away, so that a value which was
/// read before a change cannot be stored after it. Readers that miss together may hold the same ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FillTicket(pub String);

/// What the cache knows of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// The stored bytes.
    Hit(Arc<[u8]>),
    /// Nothing. Whoever reads the value from the database may [fill](Cache::fill) it with this ticket.
    Miss(FillTicket),
}

/// A store of bytes by key, with an expiry.
///
/// A reader that misses gets a [`FillTicket`], reads the database, and fills. A writer removes after its commit and
/// before its answer. An entry is thus never older than the last answered write.
#[async_trait]
pub trait Cache: Send + Sync {
    /// Looks a key up.
    ///
    /// # Errors
    /// [`CacheError`] when the cache does not answer in time.
    async fn get(&self, key: &str) -> Result<Lookup, CacheError>;

    /// Stores a value for at most `life`, unless the key was removed or filled since the ticket was given, or somebody
    /// else got another ticket for it. Returns whether it was stored.
    ///
    /// # Errors
    /// [`CacheError`] when the cache does not answer in time.
    async fn fill(&self, key: &str, ticket: FillTicket, value: Arc<[u8]>, life: Duration) -> Result<bool, CacheError>;

    /// Forgets the keys and invalidates their tickets.
    ///
    /// # Errors
    /// [`CacheError`] when the cache does not answer in time; entries may then live until they expire.
    async fn remove(&self, keys: &[String]) -> Result<(), CacheError>;

    /// Checks that the cache answers.
    ///
    /// # Errors
    /// [`CacheError`] when it does not.
    async fn ping(&self) -> Result<(), CacheError>;
}
