//! Signed-in sessions.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    RefreshId, SessionId, UserId,
    account::{Client, LoginSession},
};

use crate::RepositoryError;

/// Changes sessions. An ended session has no row.
#[async_trait]
pub trait SessionRepository: Send {
    /// Stores a new session.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `SessionAccount` when the account is gone.
    async fn insert(&mut self, session: &LoginSession) -> Result<(), RepositoryError>;

    /// Answers the session and locks its row until the unit of work ends; `None` when it has ended or belongs to
    /// another account.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock(&mut self, id: SessionId, user: UserId) -> Result<Option<LoginSession>, RepositoryError>;

    /// Exchanges the current refresh token for `next`, if `current` still is the current one and the session has not
    /// expired at `now`. Returns whether it was exchanged: exactly one of several concurrent callers gets `true`.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn rotate(
        &mut self,
        id: SessionId,
        current: RefreshId,
        next: RefreshId,
        client: &Client,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, RepositoryError>;

    /// Records that a session is being used, unless a later use is recorded already.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn touch(&mut self, id: SessionId, now: DateTime<Utc>) -> Result<(), RepositoryError>;

    /// Ends a session. Returns whether it was there.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete(&mut self, id: SessionId) -> Result<bool, RepositoryError>;

    /// The ids of all sessions of an account.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn ids_of(&mut self, user: UserId) -> Result<Vec<SessionId>, RepositoryError>;

    /// Ends all sessions of an account but one, and answers the ids of those that were ended.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete_of(&mut self, user: UserId, except: Option<SessionId>) -> Result<Vec<SessionId>, RepositoryError>;

    /// Ends one session if it belongs to that account. Returns whether it was there.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete_own(&mut self, id: SessionId, user: UserId) -> Result<bool, RepositoryError>;

    /// Removes the sessions of an account whose life is over.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete_expired(&mut self, user: UserId, now: DateTime<Utc>) -> Result<(), RepositoryError>;

    /// Ends all sessions of an account but the `keep` last used ones, ties by id, and answers the ids of those that
    /// were ended. Lock the account first: otherwise two callers may each leave room for one more.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn end_surplus(&mut self, user: UserId, keep: u32) -> Result<Vec<SessionId>, RepositoryError>;

    /// Removes at most `limit` sessions, whosever they are, whose life is over, and answers how many it were. Sessions
    /// that another unit of work is busy with are left out, so that nobody waits.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn sweep_expired(&mut self, now: DateTime<Utc>, limit: u32) -> Result<usize, RepositoryError>;
}
