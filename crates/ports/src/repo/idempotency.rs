//! Answers to requests that clients may send again.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{EntityTag, IdempotencyKey, UserId};

use crate::RepositoryError;

/// What distinguishes a request from others with the same key: a SHA-256 hash of all that matters of it.
pub type RequestHash = [u8; 32];

/// An answer as it is given again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The address of what was created.
    pub location: Option<String>,
    /// The tag of what was created or changed.
    pub tag: Option<EntityTag>,
    /// The body.
    pub body: Vec<u8>,
}

/// How a key stands when a request comes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Nobody else can use it until the unit of work ends.
    Free,
    /// Another unit of work is using it.
    InUse,
    /// A request with it was answered.
    Answered {
        /// Which request.
        request: RequestHash,
        /// The answer.
        answer: KeptAnswer,
    },
}

/// Keeps answers by account and key.
#[async_trait]
pub trait IdempotencyRepository: Send {
    /// Claims a key until the unit of work ends, without waiting for others. Answers older than `since` are forgotten.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn claim(
        &mut self,
        user: UserId,
        key: &IdempotencyKey,
        since: DateTime<Utc>,
    ) -> Result<Claim, RepositoryError>;

    /// Keeps the answer to the request that claimed the key.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `IdempotencyAccount` when the account is gone.
    async fn keep(
        &mut self,
        user: UserId,
        key: &IdempotencyKey,
        request: &RequestHash,
        answer: &KeptAnswer,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Removes at most `limit` answers from before that time, and answers how many it were. Those that another unit of
    /// work is busy with are left out.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn sweep(&mut self, before: DateTime<Utc>, limit: u32) -> Result<usize, RepositoryError>;
}
