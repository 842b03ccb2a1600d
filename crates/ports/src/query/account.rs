//! Reads about accounts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    SessionId, UserId,
    account::{Email, PersonName, Role},
};

use crate::{RepositoryError, repo::Credentials};

/// What authentication needs to know of an account and one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipalState {
    /// Name of the account.
    pub name: Option<PersonName>,
    /// Address of the account.
    pub email: Email,
    /// Whether the account may be used.
    pub is_active: bool,
    /// Role of the account.
    pub role: Role,
    /// The session; `None` when the account has no such session, any more.
    pub session: Option<SessionState>,
}

/// What authentication needs to know of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionState {
    /// When the session ends.
    pub expires_at: DateTime<Utc>,
    /// When the session was last used, as far as it was recorded.
    pub last_used_at: DateTime<Utc>,
}

/// Reads accounts.
#[async_trait]
pub trait AccountQueries: Send + Sync {
    /// The account and the state of one of its sessions; `None` when the account does not exist.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn principal(&self, user: UserId, session: SessionId) -> Result<Option<PrincipalState>, RepositoryError>;

    /// The credentials of the account with that address in [canonical](Email::canonical) spelling, ignoring case.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn credentials(&self, canonical_email: &str) -> Result<Option<Credentials>, RepositoryError>;
}
