//! Password hashing.

use std::fmt;

use async_trait::async_trait;
use irontrack_domain::account::Password;
use thiserror::Error;

/// A stored password hash, a PHC string. Never printed: `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Wraps a PHC string.
    #[must_use]
    pub const fn new(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string, for storage.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(hidden)")
    }
}

/// Why a hash could not be computed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HashError {
    /// Too many hashes are waiting already. Try again a little later.
    #[error("too many passwords are being checked at the moment")]
    Busy,
    /// Anything else; a defect.
    #[error("password hashing failed: {0}")]
    Unexpected(String),
}

/// Hashes passwords with a memory-hard function, a bounded number at a time.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// Whether one more could be taken now. To be asked before anything else is done for somebody unknown: who will be
    /// sent away must not cost the database anything. It promises nothing about a moment later.
    ///
    /// # Errors
    /// [`HashError::Busy`] when the queue is full.
    fn check_room(&self) -> Result<(), HashError>;

    /// Hashes a password with a new salt.
    ///
    /// # Errors
    /// [`HashError::Busy`] when the queue is full.
    async fn hash(&self, password: Password) -> Result<PasswordHash, HashError>;

    /// Whether the password belongs to the hash. Without a hash the same work is done for nothing and the answer is
    /// `false`, so that the time does not tell whether there is an account.
    ///
    /// # Errors
    /// [`HashError::Busy`] when the queue is full.
    async fn verify(&self, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashError>;
}
